/** Values as they compare: HubSpot writes `COMPUTER_SOFTWARE` where people write "Computer Software", and ’ for '. */
export function comparable(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', ' ').replaceAll('’', "'");
}

/** Whether the words stand in the text as words: "intern" is no part of "international", nor "demo" of "demographics". */
export function containsWords(text: string, words: string): boolean {
  const within = comparable(text);
  const wanted = comparable(words);
  const letterAt = (place: number) => /[\p{L}\p{N}]/u.test(within.charAt(place));
  // What begins or ends with a sign, as "/pricing", has no word going on there.
  const begins = /^[\p{L}\p{N}]/u.test(wanted);
  const ends = /[\p{L}\p{N}]$/u.test(wanted);
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    if (!(begins && letterAt(at - 1)) && !(ends && letterAt(at + wanted.length))) return true;
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
