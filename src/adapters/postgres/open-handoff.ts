import type { LeadId } from '../../domain/lead/lead.ts';
import type { Balance, Opening, Waiting } from '../../flow/ports/handoffs.ts';
import { lockBalances, readBalance, saveBalances } from './balances.ts';
import { saveDecision } from './decisions.ts';
import type { Prisma } from './generated/client.ts';
import { addJobs } from './handoff-jobs.ts';
import { append } from './handoff-log.ts';
import { saveHold } from './holds.ts';
import { addNews } from './outbox.ts';
import { assignmentRow, beginningOf, columnsOf, timerRow } from './rows.ts';
import { storable } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** What a lead is known by, which events led to it, and where it came from. */
type Occasion = { leadIds: readonly LeadId[]; inbox: readonly bigint[]; source: string | null; at: Date };

/** Opens a handoff, or lets the lead wait, while the balances are held. */
export async function open(
  tx: Transaction,
  occasion: Occasion,
  decide: (balance: Balance) => Opening | Waiting,
): Promise<'opened' | 'openAlready' | Waiting> {
  const { leadIds, at } = occasion;
  await lockBalances(tx);
  // Nobody else opens one meanwhile, and an insert that found one open would wait for whoever is closing it.
  if (await tx.handoff.count({ where: { leadId: { in: [...leadIds] }, closedAt: null } }))
    return 'openAlready';
  const decided = decide(await readBalance(tx, at, { leadIds }));
  await saveDecision(tx, decided.decision);
  if ('hold' in decided) {
    await letWait(tx, decided, occasion);
    return decided;
  }
  await begin(tx, decided, occasion);
  return 'opened';
}

async function begin(
  tx: Transaction,
  { handoff, events, timers, credits, decision, news }: Opening,
  { leadIds, inbox, source, at }: Occasion,
): Promise<void> {
  const { id } = handoff;
  const data = { ...beginningOf(handoff, source), ...columnsOf(handoff) };
  await tx.handoff.create({ data, select: { id: true } });
  await tx.assignment.create({ data: assignmentRow(id, 1, handoff.assignment), select: { seq: true } });
  await append(tx, id, 0, events, { by: null, at, commandId: null });
  await tx.timer.createMany({ data: timers.map((timer) => timerRow(id, timer)) });
  if (credits) await saveBalances(tx, credits);
  await tx.hold.deleteMany({ where: { leadId: { in: [...leadIds] } } });
  const reason = storable(decision.reason);
  await decideEvents(tx, inbox, { decision: 'handoff', reason, handoffId: id, decidedAt: at });
  if (news.length > 0) await addNews(tx, news, at);
  await addJobs(tx, id, { cards: true, crm: true });
}

async function letWait(tx: Transaction, { hold, decision }: Waiting, { inbox, at }: Occasion): Promise<void> {
  await saveHold(tx, hold);
  await decideEvents(tx, inbox, { decision: 'held', reason: storable(decision.reason), decidedAt: at });
}

async function decideEvents(
  tx: Transaction,
  inbox: readonly bigint[],
  data: Prisma.InboundEventUpdateManyMutationInput,
): Promise<void> {
  await tx.inboundEvent.updateMany({ where: { id: { in: [...inbox] }, decidedAt: null }, data });
}
