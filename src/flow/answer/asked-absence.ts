/**
 * An absence as somebody asked for it: a question about it is asked first, whose button names it. `from` is `askedAt` for
 * whoever goes at once, so that a button that is pressed twice means the same absence.
 */
export type AskedAbsence = { askedAt: Date; from: Date; until: Date | null };

/** The words on a button, after `ooo`. */
export const goWord = 'go';
export const undoWord = 'undo';
export const cancelWord = 'cancel';

const noEnd = 'open';

/** `2026-03-03T15:00:00.000Z/2026-03-03T15:00:00.000Z/open` */
export function absenceToWords({ askedAt, from, until }: AskedAbsence): string {
  return [askedAt, from, until].map((at) => at?.toISOString() ?? noEnd).join('/');
}

/** @returns null when they are no such words */
export function absenceFromWords(words: string): AskedAbsence | null {
  const [askedAt, from, until, ...more] = words
    .split('/')
    .map((one) => (one === noEnd ? null : instantOf(one)));
  if (!askedAt || !from || until === undefined || more.length > 0) return null;
  if (words.split('/').some((one) => one !== noEnd && !instantOf(one))) return null;
  return { askedAt, from, until };
}

function instantOf(text: string): Date | null {
  const at = new Date(text);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(at.getTime()) ? at : null;
}
