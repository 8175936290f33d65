import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Lead } from '../../domain/lead/lead.ts';
import type { HandoffView } from '../../flow/ports/handoffs.ts';
import { cardOf, handoffOf, loggedOf, withHolder } from './rows.ts';
import { fromJson } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** Everything about one handoff, as the transaction sees it. */
export async function readView(tx: Transaction, id: HandoffId): Promise<HandoffView | null> {
  const row = await tx.handoff.findUnique({ where: { id }, include: withHolder });
  if (!row) return null;
  const lead = await tx.lead.findUnique({ where: { id: row.leadId } });
  if (!lead) throw new Error(`Lead ${row.leadId} of handoff ${id} has no snapshot: expected one.`);
  const log = await tx.handoffEvent.findMany({ where: { handoffId: id }, orderBy: { seq: 'asc' } });
  const cards = await tx.card.findMany({ where: { handoffId: id } });
  const written = row.touches.flatMap((touch) => (touch.crmId ? [[touch.id, touch.crmId] as const] : []));
  const { writtenSeq, writingSeq, contactSeq, crmTaskId: taskId } = row;
  return {
    handoff: handoffOf(row),
    lead: fromJson<Lead>(lead.snapshot),
    log: log.map(loggedOf),
    cards: cards.map(cardOf),
    crm: { writtenSeq, writingSeq, contactSeq, taskId, touchIds: new Map(written) },
  };
}
