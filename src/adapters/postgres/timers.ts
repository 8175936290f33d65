import { z } from 'zod';
import type { DueTimer, Timers } from '../../flow/ports/time.ts';
import type { Connection } from './connection.ts';
import { Prisma } from './generated/client.ts';

/** So many that a Monday morning takes a few statements, so few that each is short. */
const batchSize = 500;

const firedTimer = z.object({
  id: z.bigint().transform(String),
  handoffId: z.string(),
  clock: z.enum(['acknowledge', 'touch']),
  action: z.enum(['breach', 'climb', 'wake', 'revisit', 'digest', 'notify', 'tryAgain', 'settle']),
  step: z.int(),
  run: z.int(),
  dueAt: z.date(),
}) satisfies z.ZodType<DueTimer>;

/** The timers in PostgreSQL. */
export function postgresTimers({ prisma }: Pick<Connection, 'prisma'>): Timers {
  return {
    fireDue: async (now) => {
      let total = 0;
      for (;;) {
        const [answer] = await prisma.$queryRaw<{ fired: number }[]>(fireBatch(now));
        const fired = answer?.fired ?? 0;
        total += fired;
        if (fired < batchSize) return total;
      }
    },

    fired: async (handoffId) => {
      const rows = await prisma.timer.findMany({
        where: { handoffId, action: { not: 'introduce' }, firedAt: { not: null }, doneAt: null },
        orderBy: [{ dueAt: 'asc' }, { step: 'asc' }, { id: 'asc' }],
        select: { id: true, handoffId: true, clock: true, action: true, step: true, run: true, dueAt: true },
      });
      return rows.map((row) => firedTimer.parse(row));
    },

    firedIntros: async (handoffId) => {
      const rows = await prisma.timer.findMany({
        where: { handoffId, action: 'introduce', firedAt: { not: null }, doneAt: null },
        orderBy: { id: 'asc' },
        select: { id: true, run: true },
      });
      return rows.map(({ id, run }) => ({ id: String(id), run }));
    },

    done: async (id, at) => {
      await prisma.timer.updateMany({
        where: { id: BigInt(id), firedAt: { not: null } },
        data: { doneAt: at },
      });
    },

    putBack: async (id) => {
      await prisma.timer.updateMany({
        where: { id: BigInt(id), cancelledAt: null },
        data: { firedAt: null },
      });
    },

    postpone: async (id, until) => {
      await prisma.timer.updateMany({
        where: { id: BigInt(id), cancelledAt: null },
        data: { firedAt: null, dueAt: until },
      });
    },
  };
}

/**
 * Fires the timers that have been due for the longest time, and has their handoffs act on them. Those that another
 * process is firing are skipped, not waited for. They are updated by an array of ids, since a join may read the whole
 * table.
 */
export function fireBatch(now: Date): Prisma.Sql {
  return Prisma.sql`
    with due as (
      select id from timer
       where fired_at is null and cancelled_at is null and due_at <= ${now}::timestamptz
       order by due_at, step, id
       limit ${batchSize}
         for update skip locked
    ),
    fired as (
      update timer set fired_at = ${now}::timestamptz where id = any(array(select id from due)) returning handoff_id, action
    ),
    asked as (
      select distinct case action when 'introduce' then 'intro' else 'timer' end as task, handoff_id::text as key from fired
    )
    select (select count(*) from fired)::int as fired,
           (select count(*) from ask_jobs(array(select task from asked), array(select key from asked)))`;
}
