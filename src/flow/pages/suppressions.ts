import { readsPeople } from '../../domain/measure/reader.ts';
import { textCell } from '../dashboard/cells.ts';
import { leadCells } from '../dashboard/lead-names.ts';
import { nameOn } from '../dashboard/names.ts';
import { type Asked, anybody, type Page } from '../dashboard/page.ts';
import type { PauseEntry } from '../ports/suppressions.ts';
import { timeCell } from './live.ts';

/** Of whose leads nurture is paused, and why. */
export const suppressions: Page = {
  isFor: anybody,
  filters: ['team', 'rep', 'trigger'],
  read: async (asked, { suppressions: kept, handoffs }) => {
    const { words, reader } = asked.visit;
    const theirs = (await kept.list('open')).filter((entry) => isAskedFor(entry, asked));
    const leadCell = await leadCells(
      theirs.map(({ leadId }) => leadId),
      asked,
      { handoffs },
    );
    const withPeople = readsPeople(reader);
    const column = (key: 'lead' | 'because' | 'rep' | 'since' | 'until' | 'inHubSpot') => ({
      title: words.text(`dashboard.${key}`),
    });
    return [
      {
        ...{ kind: 'table', name: 'pauses', title: words.text('dashboard.pauses', { count: theirs.length }) },
        columns: [
          ...[column('lead'), column('because'), ...(withPeople ? [column('rep')] : [])],
          ...[column('since'), column('until'), column('inHubSpot')],
        ],
        rows: theirs.map((entry) => [
          leadCell(entry.leadId),
          textCell(because(entry, asked)),
          ...(withPeople
            ? [textCell(entry.cause.kind === 'hand' ? '' : nameOn('rep', entry.cause.rep, asked))]
            : []),
          ...[timeCell(entry.since), timeCell(entry.until)],
          textCell(words.text(entry.written?.paused ? 'dashboard.toldHubSpot' : 'dashboard.notToldHubSpot')),
        ]),
        empty: words.text('answers.pausesNoneText'),
      },
    ];
  },
};

function isAskedFor({ cause }: PauseEntry, { visit: { reader }, filters }: Asked): boolean {
  const { team, rep, trigger } = filters;
  if (cause.kind === 'hand') return reader.teams === 'all' && !team && !rep && !trigger;
  if (reader.role === 'rep' && cause.rep !== reader.person) return false;
  const isTheirs =
    reader.teams === 'all' ||
    reader.role === 'rep' ||
    (cause.team !== null && reader.teams.includes(cause.team));
  return (
    isTheirs &&
    (!team || cause.team === team) &&
    (!rep || cause.rep === rep) &&
    (!trigger || cause.trigger === trigger)
  );
}

function because({ cause }: PauseEntry, asked: Asked): string {
  if (cause.kind === 'handoff') return nameOn('trigger', cause.trigger, asked);
  return asked.visit.words.text('answers.pausedByHand', cause);
}
