import type { Handoff, HandoffEvent, HandoffId, Outcome } from '../../domain/handoff.ts';
import type { Lead } from '../../domain/lead.ts';
import type { Standing } from '../../domain/route.ts';
import type { Cause, Change, Handoffs, HandoffView, Opening } from '../../flow/ports.ts';
import type { Connection } from './connection.ts';
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
import { fromJson, storable, toJson } from './stored-json.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** Handoffs, their history, timers and rotation balances in PostgreSQL. */
export function postgresHandoffs({ prisma }: Pick<Connection, 'prisma'>): Handoffs {
  return {
    saveLead: async (lead, now) => {
      const saved = { snapshot: toJson(lead), readAt: now };
      await prisma.lead.upsert({ where: { id: lead.id }, create: { id: lead.id, ...saved }, update: saved });
    },

    lastOf: (leadId) =>
      prisma.handoff.findFirst({
        where: { leadId },
        orderBy: { qualifiedAt: 'desc' },
        select: { qualifiedAt: true, closedAt: true },
      }),

    open: (inbox, source, at, decide) =>
      inTransaction(prisma, async (tx) => {
        const opening = decide(await lockBalances(tx));
        const { handoff, events } = opening;
        const row = { ...beginningOf(handoff, source), ...columnsOf(handoff), ...milestones(events, at) };
        // The index handoff_open_per_lead turns a second one away.
        const { count } = await tx.handoff.createMany({ data: row, skipDuplicates: true });
        if (count === 0) return false;
        await tx.assignment.create({
          data: assignmentRow(handoff.id, 1, handoff.assignment),
          select: { seq: true },
        });
        await append(tx, handoff.id, 0, events, { by: null, at, commandId: null });
        await tx.timer.createMany({ data: opening.timers.map((timer) => timerRow(handoff.id, timer)) });
        await saveBalances(tx, opening.credits);
        await tx.inboundEvent.updateMany({
          where: { id: { in: [...inbox] }, decidedAt: null },
          data: { decision: 'handoff', reason: evidenceOf(events), handoffId: handoff.id, decidedAt: at },
        });
        await addJobs(tx, handoff.id, { writeBack: true });
        return true;
      }),

    change: (id, cause, decide) =>
      inTransaction(prisma, async (tx) => {
        const handoff = await lock(tx, id);
        if (!handoff) return null;
        if (cause.commandId !== null) {
          const where = { handoffId: id, commandId: cause.commandId };
          if (await tx.handoffEvent.count({ where })) return { outcome: 'repeated', handoff };
        }
        const decided = decide(handoff);
        if ('refused' in decided) return { outcome: 'refused', refusal: decided, handoff };
        await commit(tx, handoff, decided, cause);
        return { outcome: 'changed', handoff: decided.handoff, events: decided.events };
      }),

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
          from handoff where closed_at is null and ${person} in (rep, escalated_to)`;
    },
  };
}

/**
 * The balances of all pools, held until the transaction ends: intakes of several processes take turns, so that each
 * decides on what the one before left behind. One lock for all of them cannot deadlock.
 */
async function lockBalances(tx: Transaction): Promise<Standing['credits']> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('rotation balances', 0))`;
  const pools = new Map<string, Map<string, number>>();
  for (const { pool, rep, credit } of await tx.rotationCredit.findMany()) {
    pools.set(pool, (pools.get(pool) ?? new Map()).set(rep, credit));
  }
  return pools;
}

async function saveBalances(tx: Transaction, credits: Opening['credits']): Promise<void> {
  if (!credits) return;
  const after = JSON.stringify(Object.fromEntries(credits.after));
  await tx.$executeRaw`
    insert into rotation_credit (pool, rep, credit)
    select ${credits.pool}, key, value::float8 from jsonb_each_text(${after}::jsonb)
    on conflict (pool, rep) do update set credit = excluded.credit`;
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
  if (!restarted && events.every(({ type }) => type === 'delivered')) return;
  const writeBack = restarted || events.some(({ type }) => !untold.has(type));
  await addJobs(tx, handoffId, { writeBack });
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

function evidenceOf(events: readonly HandoffEvent[]): string | null {
  return events.find((event) => event.type === 'offered')?.evidence ?? null;
}

/** Ids come back to us on cards; one that somebody made up must not reach a column of type uuid. */
function isUuid(id: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
}
