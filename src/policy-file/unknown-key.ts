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
  if (best && best.mistakes <= Math.min(2, Math.floor(key.length / 3))) return best.name;
  return known
    .filter((name) => name.length > 3 && key.length > 3 && (key.includes(name) || name.includes(key)))
    .sort((a, b) => b.length - a.length)[0];
}

/** How many letters were added, left out or mistaken for others. */
function mistakesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
