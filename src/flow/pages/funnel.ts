import { definitions, type Figure, isTelling } from '../../domain/measure/definitions.ts';
import { figureInWords } from '../../domain/measure/figure-words.ts';
import type { Tally } from '../../domain/measure/tally.ts';
import type { Words } from '../../domain/words/words.ts';
import { countCell, figureCell, figuresBlock, listOf, textCell } from '../dashboard/cells.ts';
import { nameOn } from '../dashboard/names.ts';
import {
  type Asked,
  allFilters,
  anybody,
  bothTallies,
  type Page,
  type PageNeeds,
  talliesBy,
} from '../dashboard/page.ts';
import type { Block, Cell } from '../ports/dashboard.ts';

const steps = ['becameSql', 'touched', 'meetings', 'deals', 'won'] as const;

/** How far leads came. */
export const funnel: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words } = asked.visit;
    const both = await bothTallies(asked, needs);
    const { tally, earlier } = both;
    return [
      figuresBlock(
        words.text('dashboard.inShort', { count: tally.handoffs }),
        [...steps, 'disqualified', 'recycled'],
        both,
        words,
      ),
      {
        ...{ kind: 'chart', form: 'bars', unit: 'count' },
        title: words.text('dashboard.howFar'),
        labels: stepsOf(tally, words).map(({ label }) => label),
        series: [
          {
            name: words.text('dashboard.thisPeriod'),
            values: stepsOf(tally, words).map(({ count }) => count),
          },
          {
            name: words.text('dashboard.periodBefore'),
            values: stepsOf(earlier, words).map(({ count }) => count),
          },
        ],
      },
      stepTable(tally, words),
      await byTrigger(asked, needs),
    ];
  },
};

function stepsOf(tally: Tally, words: Words) {
  const reached = steps.map((name) => {
    const { count } = definitions[name].of(tally) as Extract<Figure, { kind: 'share' }>;
    return { name, label: words.text(`dashboard.step_${name}`), count };
  });
  return [
    { name: 'all' as const, label: words.text('dashboard.step_all'), count: tally.handoffs },
    ...reached,
  ];
}

function stepTable(tally: Tally, words: Words): Block {
  const all = stepsOf(tally, words);
  const rows = all.map(({ name, label, count }, index): Cell[] => {
    const previous = all[index - 1]?.count ?? 0;
    const share = { kind: 'share', count, of: previous } as const;
    return [
      textCell(label),
      countCell(count, words, listOf(name)),
      index === 0 || previous === 0
        ? { shown: '–', value: null, tone: 'quiet' }
        : {
            shown: isTelling(share)
              ? (count / previous).toLocaleString(words.language, { style: 'percent' })
              : figureInWords(share, words),
            value: count / previous,
          },
    ];
  });
  return {
    ...{ kind: 'table', name: 'steps', rows, empty: '' },
    title: words.text('dashboard.steps'),
    columns: [
      { title: words.text('dashboard.step') },
      { title: words.text('dashboard.leads'), isNumber: true },
      { title: words.text('dashboard.ofPrevious'), isNumber: true },
    ],
    note: words.text('dashboard.stepsNote'),
  };
}

async function byTrigger(asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words } = asked.visit;
  const rows = (await talliesBy('trigger', asked, needs))
    .toSorted((a, b) => b.tally.handoffs - a.tally.handoffs)
    .map(({ name, tally }): Cell[] => [
      textCell(nameOn('trigger', name, asked), { page: 'funnel', query: { trigger: name } }),
      countCell(tally.handoffs, words, listOf('all', { trigger: name })),
      ...steps.map((step) => figureCell(step, tally, words, { trigger: name })),
    ]);
  return {
    ...{ kind: 'table', name: 'triggers', rows, empty: words.text('dashboard.noLeads') },
    title: words.text('dashboard.byTrigger'),
    columns: [
      { title: words.text('dashboard.trigger') },
      { title: words.text('dashboard.leads'), isNumber: true },
      ...steps.map((step) => ({ title: words.text(`figures.${step}`), isNumber: true as const })),
    ],
  };
}
