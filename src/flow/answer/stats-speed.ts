import type { Section } from '../../domain/card/card.ts';
import { timeInWords } from '../../domain/measure/figure-words.ts';
import { type Curve, outcomeCurve, type Rate, type SpeedBucket } from '../../domain/measure/outcome-curve.ts';
import type { Line } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';

/** How often leads of each speed were met, and the target that this suggests. */
export function speedSections(counted: readonly SpeedBucket[], words: Words): Section[] {
  const { buckets, says } = outcomeCurve(counted);
  const rows = buckets.map((bucket) => [
    spanInWords(bucket, words),
    String(bucket.leads),
    bucket.met ? withInterval(bucket.met, words) : '',
  ]);
  return [
    { kind: 'text', title: '', text: conclusion(says, words) },
    {
      kind: 'table',
      columns: [
        { title: words.text('stats.touched') },
        { title: words.text('stats.leadsColumn'), isNumber: true },
        { title: words.text('stats.met'), isNumber: true },
      ],
      rows,
    },
  ];
}

function conclusion(says: Curve['says'], words: Words): Line {
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

function spanInWords({ from, until }: SpeedBucket, words: Words): string {
  if (until === null) return words.text('stats.later', { time: timeInWords(from, words) });
  if (from === 0) return words.text('stats.within', { time: timeInWords(until, words) });
  return words.text('stats.after', { from: timeInWords(from, words), until: timeInWords(until, words) });
}

function withInterval({ rate, low, high }: Rate, words: Words): string {
  return words.text('stats.interval', {
    ...{ percent: percent(rate, words), low: percent(low, words), high: percent(high, words) },
  });
}

function percent(share: number, { language }: Words): string {
  return share.toLocaleString(language, { style: 'percent' });
}
