import type { Handoff, HandoffEvent, HandoffId, Outcome, Refusal } from '../../domain/handoff.ts';
import type { Lead } from '../../domain/lead.ts';
import type { Cause, Change, Changed, Handoffs, HandoffView, Opening, Waiting } from '../../flow/ports.ts';
import { lockBalances, readBalance, refundTurn, saveBalances } from './balances.ts';
import type { Connection } from './connection.ts';
import { saveDecision } from './decisions.ts';
import type { Prisma } from './generated/client.ts';
import { saveHold } from './holds.ts';
import { findLeads, saveLead } from './leads.ts';
import {
  assignmentRow,
  beginningOf,
  cardOf,
  columnsOf,
  dataOf,
  handoffOf,
  loggedOf,
  timerRow,
  withHolder,
} from './rows.ts';
import { fromJson, storable } from './stored-json.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** Handoffs, their history, timers and rotation balances in PostgreSQL. */
export function postgresHandoffs({ prisma }: Pick<Connection, 'prisma'>): Handoffs {
  return {
    saveLead: (lead, now) => saveLead({ prisma }, lead, now),

    findLeads: (text) => findLeads({ prisma }, text),

    earlierOf: (leadId) =>
      prisma.handoff.findMany({
        where: { leadId },
        orderBy: { qualifiedAt: 'desc' },
        select: { trigger: true, qualifiedAt: true, closedAt: true },
      }),

    heldBy: async (person) => {
      const where = { rep: person, closedAt: null };
      const rows = await prisma.handoff.findMany({
        where,
        orderBy: [{ respondBy: 'asc' }, { id: 'asc' }],
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    balance: () => inTransaction(prisma, (tx) => readBalance(tx, null)),

    open: (leadId, inbox, source, at, decide) =>
      inTransaction(prisma, async (tx) => {
        await lockBalances(tx);
        // Nobody else opens one meanwhile, and an insert that found one open would wait for whoever is closing it.
        if (await tx.handoff.count({ where: { leadId, closedAt: null } })) return 'openAlready';
        const decided = decide(await readBalance(tx, at));
        await saveDecision(tx, decided.decision);
        if ('hold' in decided) await letWait(tx, decided, inbox, at);
        else await begin(tx, decided, inbox, source, at);
        return 'hold' in decided ? decided : 'opened';
      }),

    change: (id, cause, decide) =>
      inTransaction(prisma, (tx) => change(tx, id, cause, async (handoff) => decide(handoff))),

    reassign: (id, cause, decide) =>
      inTransaction(prisma, (tx) =>
        change(tx, id, cause, async (handoff) => {
          await lockBalances(tx);
          const decided = decide(handoff, await readBalance(tx, cause.at));
          if (!('refused' in decided) && decided.credits) await saveBalances(tx, decided.credits);
          return decided;
        }),
      ),

    view: async (id) => {
      if (!isUuid(id)) return null;
      // One snapshot: a log that runs ahead of the handoff's state would tell two stories.
      return prisma.$transaction(async (tx) => readView(tx, id), { isolationLevel: 'RepeatableRead' });
    },

    facts: async (from, to) => {
      const rows = await prisma.handoff.findMany({
        where: { qualifiedAt: { gte: from, lt: to } },
        orderBy: { qualifiedAt: 'asc' },
        omit: { targets: true },
      });
      return rows.map((row) => {
        const { rep, team, trigger, source, qualifiedAt, deliveredAt, acknowledgedAt, acceptedAt } = row;
        const { firstTouchAt, closedAt, reason } = row;
        return {
          ...{ rep, team, trigger, source, qualifiedAt, deliveredAt, acknowledgedAt, acceptedAt },
          ...{ firstTouchAt, closedAt, reason },
          ackBreached: row.ackBreachedAt !== null,
          touchBreached: row.touchBreachedAt !== null,
          outcome: row.outcome as Outcome | null,
        };
      });
    },

    saveWriteBack: async (id, { taskId, ...progress }) => {
      const data = { ...progress, ...(taskId === undefined ? {} : { crmTaskId: taskId }) };
      await prisma.handoff.updateMany({ where: { id }, data });
    },

    saveTouchWritten: async (touchId, crmId) => {
      await prisma.touch.updateMany({ where: { id: touchId }, data: { crmId } });
    },

    deliverAgain: async (person) => {
      await prisma.$queryRaw`
        select enqueue_job('deliver', json_build_object('handoffId', id::text), 'deliver:' || id::text)
          from handoff
         where closed_at is null
           and (${person} in (rep, escalated_to)
                or status = 'offered'
                   and exists (select from assignment
                                where handoff_id = handoff.id and until is null and ${person} = any(open_to)))
         order by id`;
    },
  };
}

async function change(
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

async function begin(
  tx: Transaction,
  { handoff, events, timers, credits, decision }: Opening,
  inbox: readonly bigint[],
  source: string | null,
  at: Date,
): Promise<void> {
  const { id, leadId } = handoff;
  const data = { ...beginningOf(handoff, source), ...columnsOf(handoff), ...milestones(events, at) };
  await tx.handoff.create({ data, select: { id: true } });
  await tx.assignment.create({ data: assignmentRow(id, 1, handoff.assignment), select: { seq: true } });
  await append(tx, id, 0, events, { by: null, at, commandId: null });
  await tx.timer.createMany({ data: timers.map((timer) => timerRow(id, timer)) });
  if (credits) await saveBalances(tx, credits);
  await tx.hold.deleteMany({ where: { leadId } });
  const reason = storable(decision.reason);
  await decideEvents(tx, inbox, { decision: 'handoff', reason, handoffId: id, decidedAt: at });
  await addJobs(tx, id, { writeBack: true });
}

async function letWait(
  tx: Transaction,
  { hold, decision }: Waiting,
  inbox: readonly bigint[],
  at: Date,
): Promise<void> {
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

/** The handoff as it is once nobody else is changing it; nobody else will until the transaction ends. */
async function lock(tx: Transaction, id: HandoffId): Promise<Handoff | null> {
  if (!isUuid(id)) return null;
  // Two statements: what a waiting statement read of other tables would be older than the lock.
  await tx.$executeRaw`select from handoff where id = ${id}::uuid for update`;
  const row = await tx.handoff.findUnique({ where: { id }, include: withHolder });
  return row && handoffOf(row);
}

async function commit(tx: Transaction, before: Handoff, change: Change, cause: Cause): Promise<void> {
  const { handoff, events, timers } = change;
  const handoffId = handoff.id;
  const columns = { ...columnsOf(handoff), ...milestones(events, cause.at) };
  await tx.handoff.updateMany({ where: { id: handoffId }, data: columns });
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
      const { id, kind, outcome, note } = event.touch;
      const rep = cause.by ?? handoff.assignment.rep;
      const touch = { id, handoffId, rep, kind, outcome, note: storable(note), at: cause.at };
      await tx.touch.create({ data: touch, select: { id: true } });
    }
  }
  const restarted = handoff.clockRun !== before.clockRun;
  // The arrival of a card is told by the job that sent it, which does the rest as well.
  if (restarted || events.some(({ type }) => type !== 'delivered')) {
    const writeBack = restarted || events.some(({ type }) => !untold.has(type));
    await addJobs(tx, handoffId, { writeBack });
  }
  if (change.refund) await refundTurn(tx, change.refund);
}

/** What the measures need after the state has moved on. */
function milestones(events: readonly HandoffEvent[], at: Date): { acceptedAt?: Date } {
  return events.some(({ type }) => type === 'accepted') ? { acceptedAt: at } : {};
}

/** Adds events to the log. The command's id stands on the first, where the unique index keeps it from a second effect. */
async function append(
  tx: Transaction,
  handoffId: HandoffId,
  lastSeq: number,
  events: readonly HandoffEvent[],
  { by, at, commandId }: Cause,
): Promise<void> {
  await tx.handoffEvent.createMany({
    data: events.map((event, index) => ({
      ...{ handoffId, at, by, type: event.type, data: dataOf(event) },
      seq: lastSeq + 1 + index,
      commandId: index === 0 ? commandId : null,
    })),
  });
}

/** HubSpot need not hear of these, unless a due time moved with them. */
const untold: ReadonlySet<HandoffEvent['type']> = new Set([
  'breached',
  'delivered',
  'escalated',
  'reminded',
  'unreachable',
]);

/** Has the cards and HubSpot brought up to date. Changes in quick succession share a job that has not begun. */
async function addJobs(tx: Transaction, id: HandoffId, { writeBack }: { writeBack: boolean }): Promise<void> {
  const tasks = ['deliver', ...(writeBack ? ['write-back'] : [])];
  await tx.$queryRaw`
    select enqueue_job(task, json_build_object('handoffId', ${id}::text), task || ':' || ${id}::text)
      from unnest(${tasks}::text[]) as task`;
}

async function readView(tx: Transaction, id: HandoffId): Promise<HandoffView | null> {
  const row = await tx.handoff.findUnique({ where: { id }, include: withHolder });
  if (!row) return null;
  const lead = await tx.lead.findUnique({ where: { id: row.leadId } });
  if (!lead) throw new Error(`Lead ${row.leadId} of handoff ${id} has no snapshot: expected one.`);
  const log = await tx.handoffEvent.findMany({ where: { handoffId: id }, orderBy: { seq: 'asc' } });
  const cards = await tx.card.findMany({ where: { handoffId: id } });
  const touches = await tx.touch.findMany({ where: { handoffId: id }, select: { id: true, crmId: true } });
  const written = touches.flatMap((touch) => (touch.crmId ? [[touch.id, touch.crmId] as const] : []));
  const { writtenSeq, writingSeq, crmTaskId: taskId } = row;
  return {
    handoff: handoffOf(row),
    lead: fromJson<Lead>(lead.snapshot),
    log: log.map(loggedOf),
    cards: cards.map(cardOf),
    crm: { writtenSeq, writingSeq, taskId, touchIds: new Map(written) },
  };
}

/** Ids come back to us on cards; one that somebody made up must not reach a column of type uuid. */
function isUuid(id: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
}
