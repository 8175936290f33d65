/** Nobody makes more mistakes in a word than this. */
const mistakesMost = 2;

/**
 * How many letters were added, left out, mistaken for others, or changed places with the next; infinitely many between
 * words so different in length that none is the other, however long somebody's text is.
 */
export function mistakesBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mistakesMost) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const hasSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (isSame ? 0 : 1)];
      next.push(Math.min(...ways, hasSwapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY));
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** So many mistakes a word may have and still be meant: one in three letters, two at most. */
export function mistakesAllowed(word: string): number {
  return Math.min(mistakesMost, Math.floor(word.length / 3));
}
