import type { Change } from '../../flow/ports/handoffs.ts';
import type { Transaction } from './transaction.ts';

/**
 * Counts the cards that somebody let pass, those that ran at the same time once; who answers one begins from nothing
 * again.
 */
export async function countMissed(tx: Transaction, { passed, answered }: Change['missed']): Promise<void> {
  for (const { rep, reachedAt, due } of passed) {
    await tx.rep.updateMany({
      where: { id: rep, OR: [{ missedAt: null }, { missedAt: { lt: reachedAt } }] },
      data: { missedInRow: { increment: 1 }, missedAt: due },
    });
  }
  if (answered.length === 0) return;
  // Most answers find nothing to forget, and touch no row. The order is that in which everybody takes these rows.
  await tx.$executeRaw`
    with forgotten as (
      select id from rep where id = any(${[...answered]}::text[]) and missed_in_row > 0 order by id for update
    )
    update rep set missed_in_row = 0 from forgotten where rep.id = forgotten.id`;
}
