/** More is none of the words that the bot understands, and nothing that anybody waits for. */
const wordsMaxLength = 2000;

/** Both parts end before the next angle bracket, so that no text makes the search begin again and again. */
const mention = /<at\b[^<>]*>[^<>]*<\/at>/gi;
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What somebody typed to the bot, as it is typed elsewhere: without its mention, and without Slack's command. */
export function typedWords(text: string): string {
  return typed(text.slice(0, wordsMaxLength).replaceAll(mention, ' '))
    .replaceAll(/\s/g, ' ')
    .trim()
    .replace(/^\/handoff(?=\s|$)/i, '')
    .trim();
}

/** What somebody typed into Teams, which sends some of it as entities of HTML: `AT&amp;T`. */
export function typed(text: string): string {
  return text.replaceAll(entity, (whole, decimal, hexadecimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const point = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
