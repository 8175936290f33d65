import type { Line } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import { timeInWords } from './figure-words.ts';
import type { Curve, Rate, SpeedBucket } from './outcome-curve.ts';

/** The target that a curve suggests, or why it suggests none. */
export function conclusion(says: Curve['says'], words: Words): Line {
  switch (says.what) {
    case 'target': {
      const [faster, slower] = [percent(says.faster.rate, words), percent(says.slower.rate, words)];
      return words.line('stats.target', { within: timeInWords(says.within, words), faster, slower });
    }
    case 'noDifference':
      return words.line('stats.noDifference', { leads: says.leads });
    case 'tooFew':
      return words.line('stats.tooFew', { leads: says.leads, needed: says.needed });
    default:
      return says satisfies never;
  }
}

/** Within which time of qualifying leads were touched. */
export function spanInWords({ from, until }: SpeedBucket, words: Words): string {
  if (until === null) return words.text('stats.later', { time: timeInWords(from, words) });
  if (from === 0) return words.text('stats.within', { time: timeInWords(until, words) });
  return words.text('stats.after', { from: timeInWords(from, words), until: timeInWords(until, words) });
}

/** As `40% (28% to 53%)`. */
export function withInterval({ rate, low, high }: Rate, words: Words): string {
  return words.text('stats.interval', {
    ...{ percent: percent(rate, words), low: percent(low, words), high: percent(high, words) },
  });
}

function percent(share: number, { language }: Words): string {
  return share.toLocaleString(language, { style: 'percent' });
}
