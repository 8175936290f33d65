import { nameToEmoji } from 'gemoji';

const code = /:([a-z0-9_+-]+):(?::skin-tone-([2-6]):)?/g;

const lightestSkin = 0x1f3fb;
const regionalA = 0x1f1e6;

/** Emoji as everybody reads them: Slack's forms send those that somebody types as codes, `:+1:`. Unknown ones stay. */
export function withEmoji(text: string): string {
  return text.replaceAll(code, (written, name: string, tone: string | undefined, at: number) => {
    const emoji = isInWord(text, at, at + written.length) ? undefined : (flag(name) ?? named(name));
    return emoji === undefined ? written : emoji + skin(tone);
  });
}

/** As the minutes of "10:100:3". */
function isInWord(text: string, from: number, to: number): boolean {
  return /\w/.test(text.charAt(from - 1)) && /\w/.test(text.charAt(to));
}

function named(name: string): string | undefined {
  const known = name.replaceAll('-', '_');
  return Object.hasOwn(nameToEmoji, known) ? nameToEmoji[known] : undefined;
}

/** `flag-de` is made of the letters of its country. */
function flag(name: string): string | undefined {
  const [, country] = /^flag-([a-z]{2})$/.exec(name) ?? [];
  if (country === undefined) return undefined;
  return String.fromCodePoint(...[...country].map((letter) => regionalA + letter.charCodeAt(0) - 97));
}

/** Slack counts the tones of skin from 2 on, as the Fitzpatrick scale does. */
function skin(tone: string | undefined): string {
  return tone === undefined ? '' : String.fromCodePoint(lightestSkin + Number(tone) - 2);
}
