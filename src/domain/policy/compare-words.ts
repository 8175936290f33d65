/**
 * Values as they compare: HubSpot writes `COMPUTER_SOFTWARE` where people write "Computer Software", and ’ for '; any white
 * space is one space, and é is the same however it is put together.
 */
export function comparable(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('_', ' ')
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Letters of which a word goes on; scripts that put no space between words have none. */
const goesOnAtEnd =
  /(?=[\p{L}\p{N}\p{M}])[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u;
const goesOnAtBegin =
  /^(?=[\p{L}\p{N}\p{M}])[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether the words stand in the text as words: "intern" is no part of "international", nor "demo" of "demographics". */
export function containsWords(text: string, words: string): boolean {
  const within = comparable(text);
  const wanted = comparable(words);
  // What begins or ends with a sign, as "/pricing", has no word going on there.
  const begins = goesOnAtBegin.test(wanted);
  const ends = goesOnAtEnd.test(wanted);
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    // Two places hold a letter of any script.
    const goesOnBefore = begins && goesOnAtEnd.test(within.slice(Math.max(0, at - 2), at));
    if (!goesOnBefore && !(ends && goesOnAtBegin.test(within.slice(end, end + 2)))) return true;
  }
  return false;
}

/** Whether a language is the one meant, or one of its kinds: `de-at` is `de`, but `fil` is not `fi`. */
export function isLanguage(text: string, wanted: string): boolean {
  const [language, meant] = [comparable(text), comparable(wanted)].map((one) => one.replaceAll(' ', '-'));
  return language === meant || Boolean(language?.startsWith(`${meant}-`));
}

/**
 * Whether a postcode lies in an area, which is how it begins: 10115 in 10, EC2A 4BX in EC. In a postcode with letters a
 * number is whole: E14 5AB lies in E14, not in E1.
 */
export function isInArea(postcode: string, area: string): boolean {
  const [code, wanted] = [comparable(postcode), comparable(area)];
  if (!code.startsWith(wanted)) return false;
  const hasLetters = /^\p{L}/u.test(code);
  return !(hasLetters && /\d$/.test(wanted) && /\d/.test(code.charAt(wanted.length)));
}
