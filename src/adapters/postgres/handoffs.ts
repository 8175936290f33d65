import type { Outcome } from '../../domain/handoff/handoff.ts';
import type { Handoffs } from '../../flow/ports/handoffs.ts';
import { adoptHandoffs } from './adopt-handoffs.ts';
import { lockBalances, readBalance, saveBalances } from './balances.ts';
import { change } from './change-handoff.ts';
import type { Connection } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { deliverAgain } from './handoff-jobs.ts';
import { isUuid } from './is-uuid.ts';
import { findLeads, noteOwner, saveLead, snapshots } from './leads.ts';
import { open } from './open-handoff.ts';
import { inTransaction } from './transaction.ts';
import { readView } from './view-handoff.ts';

/** Of these HubSpot may have news; the index `handoff_followed` holds just them. */
const followed = {
  OR: [{ closedAt: null }, { opportunityAt: { not: null }, wonAt: null }],
} satisfies Prisma.HandoffWhereInput;

/** Handoffs, their history, timers and rotation balances in PostgreSQL. */
export function postgresHandoffs({ prisma }: Pick<Connection, 'prisma'>): Handoffs {
  return {
    saveLead: (lead, now) => saveLead({ prisma }, lead, now),

    noteOwner: (leadId, ownerId) => noteOwner({ prisma }, leadId, ownerId),

    findLeads: (text) => findLeads({ prisma }, text),

    snapshots: (ids) => snapshots({ prisma }, ids),

    earlierOf: (leadIds) =>
      prisma.handoff.findMany({
        where: { leadId: { in: [...leadIds] } },
        orderBy: { qualifiedAt: 'desc' },
        select: { trigger: true, qualifiedAt: true, closedAt: true },
      }),

    followed: async (leadIds) => {
      const rows = await prisma.handoff.findMany({
        where: { leadId: { in: [...leadIds] }, ...followed },
        orderBy: [{ qualifiedAt: 'asc' }, { id: 'asc' }],
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    followedLeads: async (among) => {
      const rows = await prisma.handoff.groupBy({
        by: ['leadId'],
        where: { leadId: { in: [...among] }, ...followed },
        orderBy: { leadId: 'asc' },
      });
      return rows.map(({ leadId }) => leadId);
    },

    openLeads: async () => {
      const rows = await prisma.handoff.findMany({
        where: { closedAt: null },
        orderBy: { leadId: 'asc' },
        select: { leadId: true },
      });
      return rows.map(({ leadId }) => leadId);
    },

    adopt: (former, leadId) => inTransaction(prisma, (tx) => adoptHandoffs(tx, former, leadId)),

    heldBy: async (person) => {
      const where = { rep: person, closedAt: null };
      const rows = await prisma.handoff.findMany({
        where,
        orderBy: [{ respondBy: 'asc' }, { id: 'asc' }],
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    balance: (leadId, handoffId) =>
      inTransaction(prisma, (tx) => readBalance(tx, null, { leadIds: [leadId], handoffId })),

    open: (leadIds, inbox, source, at, decide) =>
      inTransaction(prisma, (tx) => open(tx, { leadIds, inbox, source, at }, decide)),

    change: (id, cause, decide) =>
      inTransaction(prisma, (tx) => change(tx, id, cause, async (handoff) => decide(handoff))),

    reassign: (id, cause, decide) =>
      inTransaction(prisma, (tx) =>
        change(tx, id, cause, async (handoff) => {
          await lockBalances(tx);
          const { leadId } = handoff;
          const balance = await readBalance(tx, cause.at, { leadIds: [leadId], handoffId: id });
          const decided = decide(handoff, balance);
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

    deliverAgain: (person) => deliverAgain({ prisma }, person),
  };
}
