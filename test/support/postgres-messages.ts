/**
 * The messages of PostgreSQL's protocol, version 3, in one direction of a connection: a byte of type, a length that
 * counts itself, and the content. https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export type WireMessage = { type: string; content: Buffer };

const header = 5;

/** Cuts a stream of bytes into messages; what is not complete yet waits for the rest. */
export function messageReader(onMessage: (message: WireMessage) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (;;) {
      if (rest.length < header) return;
      const length = 1 + rest.readUInt32BE(1);
      if (rest.length < length) return;
      onMessage({ type: String.fromCharCode(rest[0] ?? 0), content: rest.subarray(header, length) });
      rest = rest.subarray(length);
    }
  };
}

/** The texts at the beginning of a content, each ended by a zero. */
export function textsOf({ content }: WireMessage, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  while (texts.length < count) {
    const end = content.indexOf(0, at);
    if (end === -1) throw new Error(`a message ends after ${texts.length} texts, expected ${count}`);
    texts.push(content.toString('utf8', at, end));
    at = end + 1;
  }
  return texts;
}
