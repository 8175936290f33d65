import { isDeepStrictEqual } from 'node:util';
import { type HandoffEvent, openTo } from '../../../../src/domain/handoff/handoff.ts';
import type { PersonId, TargetName } from '../../../../src/domain/policy/policy.ts';
import type { TestDatabase } from '../../database.ts';
import type { History } from '../history.ts';

/** What is wrong with the handoffs themselves: their owners, their logs, and what was done about answered ones. */
export async function wrongHandoffs(
  database: TestDatabase,
  histories: readonly History[],
  people: readonly PersonId[],
): Promise<string[]> {
  return [
    ...histories.flatMap((history) => [
      ...wrongOwner(history, people),
      ...wrongLog(history),
      ...wrongState(history),
      ...chasedAfterAnswer(history),
    ]),
    ...(await withoutOneAssignment(database)),
    ...openTwice(histories),
  ];
}

function wrongOwner({ handoff }: History, people: readonly PersonId[]): string[] {
  const owners = [handoff.assignment.rep, ...openTo(handoff)];
  return owners
    .filter((person) => !people.includes(person))
    .map((person) => `handoff ${handoff.id} is with ${person}, whom nobody knows`);
}

function wrongLog({ handoff, log }: History): string[] {
  const expected = Array.from({ length: handoff.version }, (_, index) => index + 1);
  const found = log.map(({ seq }) => seq);
  return isDeepStrictEqual(found, expected)
    ? []
    : [`the log of ${handoff.id} has the events ${found.join(' ')}, expected 1 to ${handoff.version}`];
}

function wrongState({ handoff, steps }: History): string[] {
  const replayed: object = steps.at(-1)?.after ?? {};
  return Object.entries(handoff).flatMap(([field, stored]) => {
    const told: unknown = Reflect.get(replayed, field);
    if (isDeepStrictEqual(stored, told)) return [];
    return [`${handoff.id} has ${field} ${JSON.stringify(stored)}, its log says ${JSON.stringify(told)}`];
  });
}

const both = ['acknowledge', 'touch'] as const;
/** Which clocks stop by an event until somebody else gets the lead. */
const stops: Readonly<Partial<Record<HandoffEvent['type'], readonly TargetName[]>>> = {
  accepted: ['acknowledge'],
  touched: both,
  disqualified: both,
  gaveUp: both,
  recycled: both,
  withdrawn: both,
  dealCreated: both,
};

/** Nobody is reminded of what is answered, or told that it was missed. */
function chasedAfterAnswer({ handoff, log }: History): string[] {
  const stopped = new Set<TargetName>();
  return log.flatMap(({ seq, event }) => {
    if (event.type === 'reassigned' || event.type === 'overturned') stopped.clear();
    for (const clock of stops[event.type] ?? []) stopped.add(clock);
    const chases = 'clock' in event && stopped.has(event.clock);
    return chases
      ? [`${handoff.id} has ${event.type} (${event.clock}) as event ${seq}, after the answer`]
      : [];
  });
}

async function withoutOneAssignment({ pool }: TestDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; current: number }>(
    `select handoff.id, count(assignment.seq)::int as current
       from handoff left join assignment
         on assignment.handoff_id = handoff.id and assignment.until is null and assignment.rep = handoff.rep
      group by handoff.id having count(assignment.seq) <> 1`,
  );
  return rows.map(({ id, current }) => `handoff ${id} has ${current} assignments of now, expected one`);
}

function openTwice(histories: readonly History[]): string[] {
  const open = histories
    .filter(({ handoff }) => handoff.status !== 'closed')
    .map(({ handoff }) => handoff.leadId);
  return open
    .filter((lead, index) => open.indexOf(lead) !== index)
    .map((lead) => `lead ${lead} has more than one open handoff`);
}
