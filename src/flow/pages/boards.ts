import { mayMakeBoards } from '../../domain/measure/reader.ts';
import type { Page } from '../dashboard/page.ts';

/** The boards on walls: made, listed and revoked. */
export const boards: Page = {
  isFor: mayMakeBoards,
  filters: [],
  read: async ({ visit, policy }, { gate }) => {
    const { teams } = visit.reader;
    const theirs = teams === 'all' ? policy.teams.map(({ name }) => name) : teams;
    return [
      {
        kind: 'boards',
        boards: await gate.boards(visit),
        teams: teams === 'all' ? [null, ...theirs] : theirs,
      },
    ];
  },
};
