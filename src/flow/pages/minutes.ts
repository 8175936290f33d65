import { hasSpread, minutesWent } from '../../domain/measure/definitions.ts';
import { timeInWords } from '../../domain/measure/figure-words.ts';
import type { Spread } from '../../domain/measure/tally.ts';
import { weekInWords } from '../../domain/time/week-words.ts';
import { countCell, textCell, tookCell } from '../dashboard/cells.ts';
import {
  type Asked,
  allFilters,
  anybody,
  bothTallies,
  type Page,
  type PageNeeds,
  talliesBy,
} from '../dashboard/page.ts';
import type { Block, Cell, Figure } from '../ports/dashboard.ts';
import { stages } from '../ports/measured-lists.ts';

const shares = ['system', 'offHours', 'rep'] as const;

/** Where the time went from qualifying to the first touch: which was the system's, which nobody's, and which the reps'. */
export const minutes: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words } = asked.visit;
    const { tally, earlier } = await bothTallies(asked, needs);
    const [went, before] = [minutesWent(tally), minutesWent(earlier)];
    const figures = shares.map((share): Figure => {
      const value = tookCell(went?.[share], words);
      return {
        ...{ label: words.text(`dashboard.went_${share}`), value, change: null, definition: 'went' },
        before: before
          ? words.text('dashboard.before', { value: timeInWords(before[share], words) })
          : words.text('dashboard.noneBefore'),
      };
    });
    return [
      { kind: 'figures', title: words.text('dashboard.went', { count: tally.spent.count }), figures },
      await byWeek(asked, needs),
      await byStage(asked, needs),
    ];
  },
};

async function byWeek(asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words } = asked.visit;
  const weeks = (await talliesBy('week', asked, needs))
    .flatMap(({ name, tally }) => (name === null ? [] : [{ name, went: minutesWent(tally) }]))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return {
    ...{ kind: 'chart', form: 'stack', unit: 'seconds' },
    title: words.text('dashboard.wentByWeek'),
    labels: weeks.map(({ name }) => weekInWords(name, words)),
    series: shares.map((share) => ({
      name: words.text(`dashboard.went_${share}`),
      values: weeks.map(({ went }) => went?.[share] ?? null),
    })),
  };
}

async function byStage({ sight, visit: { words } }: Asked, { lists }: PageNeeds): Promise<Block> {
  const found = await lists.stages(sight);
  const ninth = (spread: Spread | undefined) => (spread && hasSpread(spread) ? spread.p90 : null);
  const rows = stages.map((stage): Cell[] => {
    const spread = found.get(stage);
    return [
      textCell(words.text(`dashboard.stage_${stage}`)),
      tookCell(spread?.median, words),
      tookCell(ninth(spread), words),
      countCell(spread?.count ?? 0, words),
    ];
  });
  return {
    ...{ kind: 'table', name: 'stages', rows, empty: '' },
    title: words.text('dashboard.stages'),
    columns: [
      { title: words.text('dashboard.stage') },
      { title: words.text('dashboard.median'), isNumber: true },
      { title: words.text('dashboard.p90Title'), isNumber: true },
      { title: words.text('dashboard.leads'), isNumber: true },
    ],
    note: words.text('dashboard.stagesNote'),
  };
}
