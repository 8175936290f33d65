import { definitions } from '../../domain/measure/definitions.ts';
import { weekInWords } from '../../domain/time/week-words.ts';
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
import type { Block, Chart } from '../ports/dashboard.ts';

/** What everybody should know first. */
export const overview: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words, reader } = asked.visit;
    const both = await bothTallies(asked, needs);
    const { tally } = both;
    const names = ['answeredInTime', 'toAcknowledge', 'toTouch', 'meetings', 'deals', 'fallback'] as const;
    return [
      figuresBlock(words.text('dashboard.inShort', { count: tally.handoffs }), names, both, words),
      await inTimeByWeek(asked, needs),
      ...(reader.role === 'rep' ? [] : [await byTeam(asked, needs)]),
    ];
  },
};

/** How many were answered in time, week by week. */
export async function inTimeByWeek(asked: Asked, needs: PageNeeds): Promise<Chart> {
  const { words } = asked.visit;
  const weeks = (await talliesBy('week', asked, needs))
    .flatMap(({ name, tally }) => (name === null ? [] : [{ name, tally }]))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const shares = (name: 'answeredInTime' | 'touchedInTime') =>
    weeks.map(({ tally }) => {
      const { count, of } = definitions[name].of(tally) as { count: number; of: number };
      return of === 0 ? null : count / of;
    });
  return {
    ...{ kind: 'chart', form: 'lines', unit: 'percent' },
    title: words.text('dashboard.inTimeByWeek'),
    labels: weeks.map(({ name }) => weekInWords(name, words)),
    series: (['answeredInTime', 'touchedInTime'] as const).map((name) => ({
      name: words.text(`figures.${name}`),
      values: shares(name),
    })),
  };
}

async function byTeam(asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words } = asked.visit;
  const teams = await talliesBy('team', asked, needs);
  const rows = teams
    .map(({ name, tally }) => ({ name, label: nameOn('team', name, asked), tally }))
    .toSorted((a, b) => a.label.localeCompare(b.label, words.language))
    .map(({ name, label, tally }) => {
      const only = name === null ? {} : { team: name };
      return [
        textCell(label, name === null ? undefined : { page: 'overview', query: only }),
        countCell(tally.handoffs, words, name === null ? undefined : listOf('all', only)),
        ...(['answeredInTime', 'toAcknowledge', 'toTouch', 'meetings'] as const).map((figure) =>
          figureCell(figure, tally, words, only),
        ),
      ];
    });
  return {
    ...{ kind: 'table', name: 'teams', rows },
    title: words.text('dashboard.byTeam'),
    columns: [
      { title: words.text('dashboard.team') },
      { title: words.text('dashboard.leads'), isNumber: true },
      ...(['answeredInTime', 'toAcknowledge', 'toTouch', 'meetings'] as const).map((figure) => ({
        title: words.text(`figures.${figure}`),
        isNumber: true as const,
      })),
    ],
    empty: words.text('dashboard.noLeads'),
  };
}
