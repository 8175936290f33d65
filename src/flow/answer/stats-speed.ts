import type { Section } from '../../domain/card/card.ts';
import { outcomeCurve, type SpeedBucket } from '../../domain/measure/outcome-curve.ts';
import { conclusion, spanInWords, withInterval } from '../../domain/measure/outcome-words.ts';
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
