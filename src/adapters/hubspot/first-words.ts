import { isMark, linesOf } from './body.ts';

const longest = 300;

/** Where the HTML of a mail begins to quote the one that it answers: in general, in Gmail, and in Outlook. */
const quoteInHtml = /<blockquote\b|class="gmail_quote|id="(?:divRplyFwdMsg|appendonsend)"/i;

/** What is no text in HTML begins and ends so. */
const unseen: readonly (readonly [begins: RegExp, ends: RegExp])[] = [
  [/<!--/, /-->/],
  [/<head\b/i, /<\/head>/i],
  [/<style\b/i, /<\/style>/i],
  [/<script\b/i, /<\/script>/i],
];

/** A line that begins the mail that is answered, as mail programs write it in English and the bot's other languages. */
const attributions: readonly (readonly [begins: string, says: string])[] = [
  ['on ', ' wrote'],
  ['am ', ' schrieb'],
  ['em ', ' escreveu'],
  ['el ', ' escribió'],
  ['le ', ' a écrit'],
];
const attributionMaxLength = 400;
const quoteBegins = [
  /^-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|mensagem original) ?-{2,}$/i,
  /^_{10,}$/,
  /^(?:from|von|de): .{0,200}(?:@|\bsent: |\bgesendet: )/i,
];

/** A line after which nothing but a name and an address follows. */
const signatureBegins = [
  /^--$/,
  /^(?:sent|gesendet|enviado) (?:from|von|do) (?:my|meinem|meu) .{2,40}$/i,
  /^(?:von meinem .{2,40} gesendet|get outlook for .{2,40})$/i,
  /^(?:(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|best|cheers|sincerely|thanks)[,.!]?$/i,
  /^(?:(?:mit )?(?:freundlichen|besten|vielen|herzlichen|viele|beste|liebe|schöne) grüßen?|atenciosamente|abraços?)[,.!]?$/i,
];

/**
 * The first words of what somebody wrote, as plain text: without what a mail quotes, the signature, and the bot's marks;
 * null when that leaves nothing.
 */
export function firstWordsOf(body: string): string | null {
  const text = written(body).join(' ').replaceAll(/\s+/g, ' ');
  if (text === '') return null;
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

/** A part that does not end is left as it is. */
function without(html: string, [begins, ends]: readonly [RegExp, RegExp]): string {
  const [before = '', ...parts] = html.split(begins);
  const rest = parts.map((part) => {
    const [, ...after] = part.split(ends);
    return after.length > 0 ? after.join(' ') : part;
  });
  return [before, ...rest].join(' ');
}

/** "On Mon, Nov 23, Maya Chen wrote:" */
function isAttribution(line: string): boolean {
  const said = line.toLowerCase();
  return (
    said.length <= attributionMaxLength &&
    said.endsWith(':') &&
    attributions.some(([begins, says]) => said.startsWith(begins) && said.includes(says))
  );
}

/** Up to the element in which the quote stands. */
function beforeQuote(html: string): string {
  const quote = html.search(quoteInHtml);
  return quote === -1 ? html : html.slice(0, html.lastIndexOf('<', quote));
}

function written(body: string): string[] {
  const html = unseen.reduce(without, body);
  const lines = linesOf(beforeQuote(html)).filter((line) => !isMark(line));
  const end = lines.findIndex((line, place) => {
    const isQuoted = line.startsWith('>') || isAttribution(line) || quoteBegins.some((one) => one.test(line));
    // A mail may begin with "Thanks!".
    return isQuoted || (place > 0 && signatureBegins.some((one) => one.test(line)));
  });
  return end === -1 ? lines : lines.slice(0, end);
}
