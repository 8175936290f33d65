import { type Handoff, type HandoffEvent, type HandoffId, running } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Connection } from './connection.ts';
import type { Transaction } from './transaction.ts';

/** HubSpot need not hear of these, unless a due time moved with them. */
const untold: ReadonlySet<HandoffEvent['type']> = new Set([
  'breached',
  'channelTold',
  'channelUnreachable',
  'delivered',
  'escalated',
  'graceAsked',
  'meetingBooked',
  'nobodyFree',
  'offeredToTeam',
  'ownerLost',
  'pinged',
  'reminded',
  'shown',
  'snoozed',
  'snoozeEnded',
  'unreachable',
]);

/**
 * Has the cards and HubSpot brought up to date after a change. The last that a transaction does: jobs are shared by
 * those who change a handoff and those who have many delivered again, and whoever waits for one must hold nothing else
 * that they want.
 */
export async function addJobsAfter(
  tx: Transaction,
  before: Handoff,
  handoff: Handoff,
  events: readonly HandoffEvent[],
): Promise<void> {
  const moved = running(handoff)?.due.getTime() !== running(before)?.due.getTime();
  // The arrival of a card is told by the job that sent it, which does the rest as well.
  if (!moved && events.every(({ type }) => type === 'delivered')) return;
  await addJobs(tx, handoff.id, { writeBack: moved || events.some(({ type }) => !untold.has(type)) });
}

/** Changes in quick succession share a job that has not begun. */
export async function addJobs(
  tx: Transaction,
  id: HandoffId,
  { writeBack }: { writeBack: boolean },
): Promise<void> {
  const tasks = ['deliver', ...(writeBack ? ['write-back'] : [])];
  const keys = tasks.map(() => id);
  await tx.$queryRaw`select from ask_jobs(${tasks}::text[], ${keys}::text[])`;
}

/** Has the cards of every open handoff delivered again that somebody holds, may claim or was told of. */
export async function deliverAgain({ prisma }: Pick<Connection, 'prisma'>, person: PersonId): Promise<void> {
  await prisma.$queryRaw`
    with concerned as (
      select id from handoff
       where closed_at is null
         and (${person} in (rep, escalated_to) or status in ('offered', 'accepted') and ${person} = any(open_to))
    )
    select from ask_jobs(array(select 'deliver' from concerned), array(select id::text from concerned))`;
}
