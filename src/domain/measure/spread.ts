import type { Spread } from './tally.ts';

/** The median and the ninth tenth of times, between two where none is there; it puts them into another order. */
export function spreadOf(times: Int32Array): Spread | null {
  const count = times.length;
  if (count === 0) return null;
  return { count, median: within(times, 0.5), p90: within(times, 0.9) };
}

function within(times: Int32Array, share: number): number {
  const place = share * (times.length - 1);
  const below = Math.floor(place);
  const low = select(times, below);
  if (below === place) return low;
  // What comes after it is not smaller, once it has been selected.
  let high = Number.POSITIVE_INFINITY;
  for (let at = below + 1; at < times.length; at += 1) high = Math.min(high, times[at] as number);
  return low + (high - low) * (place - below);
}

/** What would be at a place if they were in order; what is smaller comes before it. Quickselect: not all are put in order. */
function select(times: Int32Array, place: number): number {
  let [from, until] = [0, times.length - 1];
  while (from < until) {
    const pivot = times[(from + until) >> 1] as number;
    let [left, right] = [from, until];
    while (left <= right) {
      while ((times[left] as number) < pivot) left += 1;
      while ((times[right] as number) > pivot) right -= 1;
      if (left > right) break;
      [times[left], times[right]] = [times[right] as number, times[left] as number];
      left += 1;
      right -= 1;
    }
    if (place <= right) until = right;
    else if (place >= left) from = left;
    else break;
  }
  return times[place] as number;
}
