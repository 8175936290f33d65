import { answeredBy, evolve, type Handoff, type HandoffEvent } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Cause } from '../../flow/ports/handoffs.ts';
import type { Transaction } from './transaction.ts';

/**
 * Counts the cards that somebody let pass by these events, those that ran at the same time once; who answers one begins
 * from nothing again.
 */
export async function countMissed(
  tx: Transaction,
  before: Handoff,
  events: readonly HandoffEvent[],
  { by, at }: Cause,
): Promise<void> {
  const answered: PersonId[] = [];
  let handoff = before;
  for (const event of events) {
    const { reachedAt } = handoff;
    if (event.type === 'breached' && event.unanswered && event.rep && reachedAt) {
      await tx.rep.updateMany({
        where: { id: event.rep, OR: [{ missedAt: null }, { missedAt: { lt: reachedAt } }] },
        data: { missedInRow: { increment: 1 }, missedAt: event.due },
      });
    }
    const reader = answeredBy(handoff, event, by);
    if (reader) answered.push(reader);
    handoff = evolve(handoff, event, at);
  }
  if (answered.length === 0) return;
  // Most answers find nothing to forget, and touch no row. The order is that in which everybody takes these rows.
  await tx.$executeRaw`
    with forgotten as (
      select id from rep where id = any(${answered}::text[]) and missed_in_row > 0 order by id for update
    )
    update rep set missed_in_row = 0 from forgotten where rep.id = forgotten.id`;
}
