import { mistakesAllowed, mistakesBetween } from '../domain/words/meant.ts';

/** Words for a key that the file cannot have there: the one that was probably meant, or all that it can have. */
export function unknownKey(key: string, known: readonly string[]): string {
  const meant = closest(key, known);
  if (meant) return `is unknown, did you mean ${meant}?`;
  return `is unknown, expected one of ${known.join(', ')}`;
}

/** The known key that differs by a typing mistake, else the longest of which one is a part of the other. */
function closest(key: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, mistakes: mistakesBetween(key.toLowerCase(), name) }))
    .sort((a, b) => a.mistakes - b.mistakes);
  if (best && best.mistakes <= mistakesAllowed(key)) return best.name;
  return known
    .filter((name) => name.length > 3 && key.length > 3 && (key.includes(name) || name.includes(key)))
    .sort((a, b) => b.length - a.length)[0];
}
