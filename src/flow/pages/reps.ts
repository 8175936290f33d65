import { readsPeople } from '../../domain/measure/reader.ts';
import type { Tally } from '../../domain/measure/tally.ts';
import { countCell, figureCell, figuresBlock, listOf, textCell } from '../dashboard/cells.ts';
import { nameOn } from '../dashboard/names.ts';
import {
  type Asked,
  allFilters,
  bothTallies,
  type Page,
  type PageNeeds,
  talliesBy,
  tallyOf,
} from '../dashboard/page.ts';
import type { Block, Cell } from '../ports/dashboard.ts';

const shown = ['answeredInTime', 'toAcknowledge', 'toTouch', 'accepted', 'handedBack', 'movedOn'] as const;

/**
 * What happened to leads while somebody had them, each in their own time: a rep sees themselves beside the team, whoever
 * manages sees the team, by name and in no order of merit.
 */
export const reps: Page = {
  isFor: readsPeople,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words, reader } = asked.visit;
    if (reader.role === 'rep') {
      const both = await bothTallies(asked, needs);
      const title = words.text('dashboard.yours', { count: both.tally.assignments });
      return [figuresBlock(title, shown, both, words), await besideTeam(both.tally, asked, needs)];
    }
    return [await byRep(asked, needs)];
  },
};

/** Of their team a rep learns how it did as a whole. */
async function besideTeam(own: Tally, asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words, reader } = asked.visit;
  const { reps: _, ...sight } = asked.sight;
  const teams = reader.teams === 'all' ? [] : reader.teams;
  const tally = await tallyOf({ ...sight, teams }, { ...needs, now: asked.now });
  const rows = shown.map((name): Cell[] => {
    const { to: _link, ...ofTeam } = figureCell(name, tally, words);
    return [textCell(words.text(`figures.${name}`)), figureCell(name, own, words), ofTeam];
  });
  return {
    ...{ kind: 'table', name: 'team', rows, empty: '' },
    title: words.text('dashboard.besideTeam'),
    columns: [
      { title: words.text('dashboard.figure') },
      { title: words.text('dashboard.you'), isNumber: true },
      { title: words.list(teams), isNumber: true },
    ],
  };
}

async function byRep(asked: Asked, needs: PageNeeds): Promise<Block> {
  const { words } = asked.visit;
  const rows = (await talliesBy('rep', asked, needs))
    .flatMap(({ name, tally }) => (name === null ? [] : [{ name, label: nameOn('rep', name, asked), tally }]))
    .toSorted((a, b) => a.label.localeCompare(b.label, words.language))
    .map(({ name, label, tally }): Cell[] => {
      const only = { rep: name };
      return [
        textCell(label, { page: 'reps', query: only }),
        countCell(tally.assignments, words, listOf('held', only)),
        ...shown.map((figure) => figureCell(figure, tally, words, only)),
        countCell(tally.rescues, words, listOf('takenOver', only)),
      ];
    });
  return {
    ...{ kind: 'table', name: 'reps', rows, empty: words.text('dashboard.noLeads') },
    title: words.text('dashboard.byRep'),
    columns: [
      { title: words.text('dashboard.rep') },
      { title: words.text('dashboard.held'), isNumber: true },
      ...shown.map((figure) => ({ title: words.text(`figures.${figure}`), isNumber: true as const })),
      { title: words.text('dashboard.which_takenOver'), isNumber: true },
    ],
    note: words.text('dashboard.byRepNote'),
  };
}
