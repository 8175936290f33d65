import type { Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffId } from '../../domain/handoff/handoff.ts';
import type { Cause, Change, Changed } from '../../flow/ports/handoffs.ts';
import { refundTurn } from './balances.ts';
import { saveCards } from './cards.ts';
import { addJobs } from './handoff-jobs.ts';
import { append } from './handoff-log.ts';
import { isUuid } from './is-uuid.ts';
import { countMissed } from './missed-cards.ts';
import { addNews } from './outbox.ts';
import { assignmentRow, columnsOf, handoffOf, timerRow, touchRow, withHolder } from './rows.ts';
import type { Transaction } from './transaction.ts';

/** Changes a handoff while nobody else can. */
export async function change(
  tx: Transaction,
  id: HandoffId,
  cause: Cause,
  decide: (handoff: Handoff) => Promise<Change | Refusal>,
): Promise<Changed | null> {
  const handoff = await lock(tx, id);
  if (!handoff) return null;
  if (cause.commandId !== null) {
    const where = { handoffId: id, commandId: cause.commandId };
    if (await tx.handoffEvent.count({ where })) return { outcome: 'repeated', handoff };
  }
  const decided = await decide(handoff);
  if ('refused' in decided) return { outcome: 'refused', refusal: decided, handoff };
  await commit(tx, handoff, decided, cause);
  return { outcome: 'changed', handoff: decided.handoff, events: decided.events };
}

/** The handoff as it is once nobody else is changing it; nobody else will until the transaction ends. */
async function lock(tx: Transaction, id: HandoffId): Promise<Handoff | null> {
  if (!isUuid(id)) return null;
  // Two statements: what a waiting statement read of other tables would be older than the lock.
  await tx.$executeRaw`select from handoff where id = ${id}::uuid for update`;
  const row = await tx.handoff.findUnique({ where: { id }, include: withHolder });
  return row && handoffOf(row);
}

/**
 * Saves a change. Every transaction takes what others may want as well in this order, so that none waits in a circle:
 * its handoff, the balances, the counts of missed cards, jobs.
 */
async function commit(tx: Transaction, before: Handoff, change: Change, cause: Cause): Promise<void> {
  const { handoff, events, timers, acceptedAt } = change;
  const handoffId = handoff.id;
  const data = { ...columnsOf(handoff), ...(acceptedAt && { acceptedAt }) };
  await tx.handoff.updateMany({ where: { id: handoffId }, data });
  await append(tx, handoffId, before.version, events, cause);
  if (handoff.clockRun !== before.clockRun) {
    const pending = { handoffId, firedAt: null, cancelledAt: null };
    await tx.timer.updateMany({ where: pending, data: { cancelledAt: cause.at } });
    await tx.timer.createMany({ data: timers.map((timer) => timerRow(handoffId, timer)) });
  }
  for (const [index, event] of events.entries()) {
    if (event.type === 'reassigned') {
      await tx.assignment.updateMany({ where: { handoffId, until: null }, data: { until: cause.at } });
      await tx.assignment.create({
        data: assignmentRow(handoffId, before.version + 1 + index, event.assignment),
        select: { seq: true },
      });
    }
    if (event.type === 'touched') {
      await tx.touch.create({ data: touchRow(handoff, event, cause), select: { id: true } });
    }
  }
  if (change.refund) await refundTurn(tx, change.refund);
  await countMissed(tx, change.missed);
  if (change.news.length > 0) await addNews(tx, change.news, cause.at);
  await saveCards(tx, change.cards);
  await addJobs(tx, handoffId, change.outdated);
}
