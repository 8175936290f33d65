import slackNames from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

/** With one tone of skin, or with two where an emoji shows two people. */
const code = /:([a-z0-9_+-]+):(?::skin-tone-([2-6])(-[2-6])?:)?/g;

const lightestSkin = 0x1f3fb;
/** Shows what is a plain sign as well, such as ❤, as an emoji. */
const asEmoji = '\uFE0F';

/** The emoji of Slack, which takes its names from the data set of iamcal. */
const emojiByName = new Map(
  Object.entries(slackNames).flatMap(([code, names]) => [names].flat().map((name) => [name, emojiOf(code)])),
);

/** Emoji as everybody reads them: Slack's forms send those that somebody types as codes, `:+1:`. Unknown ones stay. */
export function withEmoji(text: string): string {
  return text.replaceAll(code, (written, name: string, tone, secondTone, at: number) => {
    const emoji = isInWord(text, at, at + written.length) ? undefined : emojiByName.get(name);
    if (emoji === undefined) return written;
    return tone === undefined || secondTone !== undefined ? emoji : withSkin(emoji, Number(tone));
  });
}

/** As the minutes of "10:100:3". */
function isInWord(text: string, from: number, to: number): boolean {
  return /\w/.test(text.charAt(from - 1)) && /\w/.test(text.charAt(to));
}

/** @param code its code points in hexadecimal, such as `1F937-200D-2642-FE0F` */
function emojiOf(code: string): string {
  const points = code.split('-').map((point) => Number.parseInt(point, 16));
  const emoji = String.fromCodePoint(...points);
  return points.length > 1 || /\p{Emoji_Presentation}/u.test(emoji) ? emoji : emoji + asEmoji;
}

/** The tone follows whoever has it, before what they do. Slack counts from 2 on, as the Fitzpatrick scale does. */
function withSkin(emoji: string, tone: number): string {
  const skin = String.fromCodePoint(lightestSkin + tone - 2);
  return emoji.replace(/^(\p{Emoji_Modifier_Base})\uFE0F?/u, `$1${skin}`);
}
