import { countCell, figureCell, listOf, textCell } from '../dashboard/cells.ts';
import { nameOn } from '../dashboard/names.ts';
import { allFilters, anybody, type Page, talliesBy } from '../dashboard/page.ts';
import type { Cell } from '../ports/dashboard.ts';

const shown = ['becameSql', 'toTouch', 'meetings', 'deals', 'won', 'disqualified', 'recycled'] as const;

/** What became of leads, by where they came from. */
export const sources: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words } = asked.visit;
    const tallies = await talliesBy('source', asked, needs);
    const sorted = tallies.toSorted((a, b) => b.tally.handoffs - a.tally.handoffs);
    const rows = sorted.map(({ name, tally, earlier }): Cell[] => {
      const only = name === null ? null : { source: name };
      const figures = shown.map((figure) => {
        const { to, ...cell } = figureCell(figure, tally, words, only ?? {});
        return only && to ? { ...cell, to } : cell;
      });
      return [
        textCell(nameOn('source', name, asked), only ? { page: 'funnel', query: only } : undefined),
        countCell(tally.handoffs, words, only ? listOf('all', only) : undefined),
        countCell(earlier.handoffs, words),
        ...figures,
      ];
    });
    return [
      {
        ...{ kind: 'chart', form: 'bars', unit: 'count' },
        title: words.text('dashboard.leadsBySource'),
        labels: sorted.map(({ name }) => nameOn('source', name, asked)),
        series: [
          { name: words.text('dashboard.leads'), values: sorted.map(({ tally }) => tally.handoffs) },
          { name: words.text('figures.meetings'), values: sorted.map(({ tally }) => tally.met.count) },
          { name: words.text('figures.deals'), values: sorted.map(({ tally }) => tally.opportunity.count) },
        ],
      },
      {
        ...{ kind: 'table', name: 'sources', rows, empty: words.text('dashboard.noLeads') },
        title: words.text('dashboard.bySource'),
        columns: [
          { title: words.text('dashboard.source') },
          { title: words.text('dashboard.leads'), isNumber: true },
          { title: words.text('dashboard.periodBefore'), isNumber: true },
          ...shown.map((figure) => ({ title: words.text(`figures.${figure}`), isNumber: true as const })),
        ],
      },
    ];
  },
};
