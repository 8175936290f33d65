/**
 * Bytes of a card's JSON. Teams' figures are 28 KB, 40 KB and 100 KB, of the card or of the whole message, depending on
 * the page; this is below the lowest.
 */
export const cardMaxBytes = 25_000;

/** Length of a value in JSON, in UTF-8: at least its number of UTF-16 units, whichever Teams counts. */
export function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** As many items, from the first on, as `room` bytes hold. */
export function fitting<Item>(items: readonly Item[], room: number, { atLeast = 0 } = {}): Item[] {
  let left = room;
  const end = items.findIndex((item) => {
    left -= byteLength(item) + 1;
    return left < 0;
  });
  return end === -1 ? [...items] : items.slice(0, Math.max(end, atLeast));
}

/** How much each may have at most, so that all together stay within `room`: small needs leave more to the large ones. */
export function shareOf(room: number, needs: readonly number[]): number {
  let left = Math.max(0, room);
  const ascending = needs.toSorted((a, b) => a - b);
  for (const [index, need] of ascending.entries()) {
    const share = Math.floor(left / (needs.length - index));
    if (need > share) return share;
    left -= need;
  }
  return left;
}
