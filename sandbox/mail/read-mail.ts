/** A mail as a client shows it. */
export type ReadMail = {
  headers: ReadonlyMap<string, string>;
  from: string;
  subject: string;
  messageId: string;
  text: string;
  html: string;
};

/** RFC 5322, 3.6: each of these stands in a message once. */
const once = ['date', 'from', 'message-id', 'subject'] as const;

/**
 * Reads a mail with a text and an HTML part.
 * @returns what is wrong with it by RFC 5322 and 2045, in words
 */
export function readMail(source: string): ReadMail | { wrong: string } {
  const long = source.split('\r\n').find((line) => Buffer.byteLength(line) > 998);
  if (long !== undefined) return { wrong: 'a line of more than 998 octets (RFC 5322, 2.1.1)' };
  if (/(^|[^\r])\n|\r(?!\n)/.test(source)) return { wrong: 'a bare CR or LF (RFC 5321, 2.3.8)' };
  const { headers, names, body } = partOf(source);
  if (/[^\r\n\t -~]/.test(source.slice(0, source.length - body.length)))
    return { wrong: 'a header with more than ASCII (RFC 5322, 2.2)' };
  for (const name of once) {
    const count = names.filter((one) => one === name).length;
    if (count !== 1) return { wrong: `${count} headers ${name}, expected one (RFC 5322, 3.6)` };
  }
  const header = (name: string) => headers.get(name) ?? '';
  if (!/^<[^\s<>@]+@[^\s<>@]+>$/.test(header('message-id')))
    return { wrong: `a Message-ID ${header('message-id')} (RFC 5322, 3.6.4)` };
  const [, boundary] = /^multipart\/alternative;.*boundary="([^"]+)"/s.exec(header('content-type')) ?? [];
  if (boundary === undefined)
    return { wrong: `a body of ${header('content-type')}, expected two forms of it` };
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => partOf(part.replace(/^\r\n/, '')));
  const form = (type: string) => {
    const part = parts.find((one) => one.headers.get('content-type')?.startsWith(type));
    return part ? decoded(part.body, part.headers.get('content-transfer-encoding') ?? '7bit') : '';
  };
  return {
    headers,
    from: unworded(header('from')),
    subject: unworded(header('subject')),
    messageId: header('message-id'),
    text: form('text/plain'),
    html: form('text/html'),
  };
}

function partOf(source: string) {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const named = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: new Map(named), names: named.map(([name]) => name), body: source.slice(end + 4) };
}

function decoded(body: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString();
    case 'quoted-printable':
      return unquoted(body.replaceAll('=\r\n', ''));
    default:
      return body;
  }
}

function unquoted(text: string): string {
  return Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString();
}

/** Encoded words of headers (RFC 2047), and such in a row without the blanks between them. */
function unworded(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : unquoted(word.replaceAll('_', ' ')),
    );
}
