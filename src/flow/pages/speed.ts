import type { FigureName } from '../../domain/measure/definitions.ts';
import type { Tally } from '../../domain/measure/tally.ts';
import { weekInWords } from '../../domain/time/week-words.ts';
import { countCell, figureCell, figuresBlock, listOf, p90Cell, textCell } from '../dashboard/cells.ts';
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

const shown = [
  'toAcknowledge',
  'toAcknowledgeWall',
  'toTouch',
  'toTouchWall',
  'toMeeting',
  'toDeal',
] as const;

/** How long things took: half of them, and nine of ten, in working time and by the clock. */
export const speed: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words } = asked.visit;
    const both = await bothTallies(asked, needs);
    return [
      figuresBlock(words.text('dashboard.inShort', { count: both.tally.handoffs }), shown, both, words),
      await byWeek(asked, needs),
      await byTrigger(asked, needs),
    ];
  },
};

async function byWeek(asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words } = asked.visit;
  const weeks = (await talliesBy('week', asked, needs))
    .flatMap(({ name, tally }) => (name === null ? [] : [{ name, tally }]))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const line = (name: FigureName, of: (tally: Tally) => number | null) => ({
    name: words.text(`figures.${name}`),
    values: weeks.map(({ tally }) => of(tally)),
  });
  return {
    ...{ kind: 'chart', form: 'lines', unit: 'seconds' },
    title: words.text('dashboard.medianByWeek'),
    labels: weeks.map(({ name }) => weekInWords(name, words)),
    series: [
      line('toAcknowledge', ({ toAcknowledge }) => toAcknowledge.working?.median ?? null),
      line('toTouch', ({ toTouch }) => toTouch.working?.median ?? null),
    ],
  };
}

async function byTrigger(asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words } = asked.visit;
  const times = ['toAcknowledge', 'toAcknowledgeWall', 'toTouch', 'toTouchWall'] as const;
  const rows = (await talliesBy('trigger', asked, needs))
    .toSorted((a, b) => b.tally.assignments - a.tally.assignments)
    .map(({ name, tally }): Cell[] => {
      const only = { trigger: name };
      return [
        textCell(nameOn('trigger', name, asked), { page: 'speed', query: only }),
        countCell(tally.assignments, words, listOf('held', only)),
        ...times.flatMap((time) => [figureCell(time, tally, words, only), p90Cell(time, tally, words)]),
      ];
    });
  return {
    ...{ kind: 'table', name: 'triggers', rows, empty: words.text('dashboard.noLeads') },
    title: words.text('dashboard.byTrigger'),
    columns: [
      { title: words.text('dashboard.trigger') },
      { title: words.text('dashboard.held'), isNumber: true },
      ...times.flatMap((time) => [
        {
          title: words.text('dashboard.medianOf', { what: words.text(`figures.${time}`) }),
          isNumber: true as const,
        },
        {
          title: words.text('dashboard.p90Of', { what: words.text(`figures.${time}`) }),
          isNumber: true as const,
        },
      ]),
    ],
    note: words.text('dashboard.secondsInFile'),
  };
}
