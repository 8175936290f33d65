import { outcomeCurve, type Rate } from '../../domain/measure/outcome-curve.ts';
import { conclusion, spanInWords, withInterval } from '../../domain/measure/outcome-words.ts';
import { countCell, textCell } from '../dashboard/cells.ts';
import { allFilters, anybody, type Page } from '../dashboard/page.ts';
import type { Cell } from '../ports/dashboard.ts';

/** How many leads of each speed were met and became a deal, and the target that the company's own past suggests. */
export const outcome: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async ({ sight, visit: { words } }, { measures }) => {
    const { buckets, says } = outcomeCurve(await measures.speed(sight));
    const line = (name: string, of: (bucket: (typeof buckets)[number]) => Rate | null) => ({
      name,
      values: buckets.map((bucket) => of(bucket)?.rate ?? null),
      intervals: buckets.map((bucket) => of(bucket)),
    });
    const rateCell = (rate: Rate | null): Cell =>
      rate ? { shown: withInterval(rate, words), value: rate.rate } : textCell('–');
    return [
      { kind: 'text', title: words.text('dashboard.suggested'), text: conclusion(says, words) },
      {
        ...{ kind: 'chart', form: 'lines', unit: 'percent' },
        title: words.text('dashboard.outcomeBySpeed'),
        labels: buckets.map((bucket) => spanInWords(bucket, words)),
        series: [
          line(words.text('figures.meetings'), ({ met }) => met),
          line(words.text('figures.deals'), ({ won }) => won),
        ],
      },
      {
        ...{ kind: 'table', name: 'outcome', empty: words.text('dashboard.noLeads') },
        title: words.text('dashboard.bySpeed'),
        columns: [
          { title: words.text('stats.touched') },
          { title: words.text('stats.leadsColumn'), isNumber: true },
          { title: words.text('figures.meetings'), isNumber: true },
          { title: words.text('figures.deals'), isNumber: true },
        ],
        rows: buckets.map((bucket) => [
          textCell(spanInWords(bucket, words)),
          countCell(bucket.leads, words),
          rateCell(bucket.met),
          rateCell(bucket.won),
        ]),
        note: words.text('dashboard.bySpeedNote'),
      },
    ];
  },
};
