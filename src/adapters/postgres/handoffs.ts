import type { Handoffs } from '../../flow/ports/handoffs.ts';
import { adoptHandoffs } from './adopt-handoffs.ts';
import { change, reassign } from './change-handoff.ts';
import type { Connection } from './connection.ts';
import { deliverAgain, redraw, redrawFor } from './handoff-jobs.ts';
import { findLeads, leadsAt, saveLead, snapshots } from './leads.ts';
import { readViews, readViewsOf } from './read-handoffs.ts';
import { readSleeping } from './sleeping.ts';
import { excludedFrom, readStandings } from './standings.ts';
import { inTransaction } from './transaction.ts';
import { noteWritten } from './written-back.ts';

/**
 * Handoffs, their history, timers and rotation balances in PostgreSQL.
 * @param taker the process whose jobs are ended; null: none are
 */
export function postgresHandoffs(
  { prisma, pool }: Pick<Connection, 'prisma' | 'pool'>,
  taker: () => number | null = () => null,
): Handoffs {
  return {
    saveLead: (lead, now) => saveLead({ prisma }, lead, now),

    findLeads: (text, sight) => findLeads({ prisma }, text, sight),

    snapshots: (ids) => snapshots({ prisma }, ids),

    ofLeads: (ids) => readViewsOf(pool, ids),

    followedLeads: async (among) => {
      const rows = await prisma.handoff.groupBy({
        by: ['leadId'],
        where: { leadId: { in: [...among] }, followed: true },
        orderBy: { leadId: 'asc' },
      });
      return rows.map(({ leadId }) => leadId);
    },

    leadsAt: (companies, since) => leadsAt({ prisma }, companies, since),

    openLeads: async () => {
      const rows = await prisma.handoff.findMany({
        where: { closedAt: null },
        orderBy: { leadId: 'asc' },
        select: { leadId: true },
      });
      return rows.map(({ leadId }) => leadId);
    },

    adopt: (former, leadId) => inTransaction(prisma, (tx) => adoptHandoffs(tx, former, leadId)),

    sleeping: () => readSleeping(pool),

    heldBy: async (person) => {
      const { rows } = await pool.query<{ id: string }>(
        `select id from handoff where rep = $1 and closed_at is null
          order by state -> 'respondBy' ->> '$date', id`,
        [person],
      );
      return rows.map(({ id }) => id);
    },

    takenFrom: async (person, since) => {
      const { rows } = await pool.query<{ id: string }>(
        `select distinct handoff_id as id
           from assignment as next join assignment as former using (handoff_id)
          where next.at >= $2 and former.until = next.at and former.rep = $1
          order by id`,
        [person, since],
      );
      return rows.map(({ id }) => id);
    },

    balance: async (leadId, handoffId) => {
      const standings = await readStandings(pool, null, { reps: 'all', leadIds: [leadId], handoffId });
      return { ...standings, excluded: excludedFrom(standings, [leadId]) };
    },

    change: (known, cause, decide) => change({ pool, taker }, known, cause, decide),

    reassign: (id, cause, decide) => reassign({ pool, taker }, id, cause, decide),

    view: async (id) => (await readViews(pool, [id]))[0] ?? null,

    views: (ids) => readViews(pool, ids),

    noteWritten: (written) => noteWritten(pool, written, taker()),

    redraw: (id) => redraw(pool, id),

    redrawFor: (person) => redrawFor(pool, person),

    deliverAgain: (person) => deliverAgain(pool, person),
  };
}
