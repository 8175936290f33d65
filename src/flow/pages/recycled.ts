import { readsPeople } from '../../domain/measure/reader.ts';
import { textCell } from '../dashboard/cells.ts';
import { leadCells } from '../dashboard/lead-names.ts';
import { nameOn, reasonInWords } from '../dashboard/names.ts';
import { type Asked, anybody, type Page } from '../dashboard/page.ts';
import type { Sleeping } from '../ports/handoffs.ts';
import { timeCell } from './live.ts';

/** Leads that went back to nurture, and when they come again. */
export const recycled: Page = {
  isFor: anybody,
  filters: ['team', 'rep', 'trigger'],
  read: async (asked, { handoffs }) => {
    const { words, reader } = asked.visit;
    const theirs = (await handoffs.sleeping()).filter((one) => isAskedFor(one, asked));
    const leadCell = await leadCells(
      theirs.map(({ lead }) => lead.id),
      asked,
      { handoffs },
    );
    const withPeople = readsPeople(reader);
    const column = (key: 'lead' | 'comesBack' | 'reason' | 'rep' | 'trigger') => ({
      title: words.text(`dashboard.${key}`),
    });
    return [
      {
        ...{
          kind: 'table',
          name: 'recycled',
          title: words.text('dashboard.asleep', { count: theirs.length }),
        },
        columns: [
          ...[column('lead'), column('comesBack'), column('reason')],
          ...[...(withPeople ? [column('rep')] : []), column('trigger')],
        ],
        rows: theirs.map(({ handoff }) => [
          leadCell(handoff.leadId),
          timeCell(handoff.status === 'closed' ? (handoff.sentBack?.revisitAt ?? null) : null),
          textCell(reasonInWords(handoff.status === 'closed' ? handoff.reason : null, asked.policy, words)),
          ...(withPeople ? [textCell(nameOn('rep', handoff.assignment.rep, asked))] : []),
          textCell(nameOn('trigger', handoff.trigger, asked)),
        ]),
        empty: words.text('answers.sleepingNoneText'),
      },
    ];
  },
};

function isAskedFor({ handoff }: Sleeping, { visit: { reader }, filters }: Asked): boolean {
  const { rep, team } = handoff.assignment;
  const isTheirs =
    reader.role === 'rep'
      ? rep === reader.person
      : reader.teams === 'all' || (team !== null && reader.teams.includes(team));
  const isAsked =
    (!filters.team || team === filters.team) &&
    (!filters.rep || rep === filters.rep) &&
    (!filters.trigger || handoff.trigger === filters.trigger);
  return isTheirs && isAsked;
}
