import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Change } from '../../flow/ports/handoffs.ts';
import type { Connection } from './connection.ts';
import type { Transaction } from './transaction.ts';

/**
 * Has what is outdated brought up to date. The last that a transaction does: jobs are shared by those who change a
 * handoff and those who have many delivered again, and whoever waits for one must hold nothing else that they want.
 * Changes in quick succession share a job that has not begun.
 */
export async function addJobs(tx: Transaction, id: HandoffId, outdated: Change['outdated']): Promise<void> {
  const tasks = [...(outdated.cards ? ['deliver'] : []), ...(outdated.crm ? ['write-back'] : [])];
  if (tasks.length === 0) return;
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
