import type { Timers } from '../../flow/ports/time.ts';
import type { Connection } from './connection.ts';
import { Prisma } from './generated/client.ts';

/** So many that a Monday morning takes a few statements, so few that each is short. */
const batchSize = 500;

/** The timers in PostgreSQL. */
export function postgresTimers({ prisma }: Pick<Connection, 'prisma'>): Timers {
  return {
    fireDue: async (now) => {
      let total = 0;
      for (;;) {
        const fired = await prisma.$queryRaw<unknown[]>(fireBatch(now));
        total += fired.length;
        if (fired.length < batchSize) return total;
      }
    },

    putBack: async (id) => {
      await prisma.timer.updateMany({
        where: { id: BigInt(id), cancelledAt: null },
        data: { firedAt: null },
      });
    },
  };
}

/**
 * Fires the timers that have been due for the longest time. Those that another process is firing are skipped, not
 * waited for. They are updated by an array of ids, since a join may read the whole table. Jobs run in the order of
 * `run_at`, which cannot be the due time: the clock that timers go by need not be the database's.
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
      update timer set fired_at = ${now}::timestamptz where id = any(array(select id from due)) returning *
    ),
    ordered as (
      select *, row_number() over (order by due_at, step, id) as place from fired order by due_at, step, id
    )
    select enqueue_job(
             'timer',
             json_build_object(
               'id', id::text, 'handoffId', handoff_id, 'clock', clock, 'action', action, 'step', step,
               'run', run, 'dueAt', due_at),
             'timer:' || id,
             now() + place * interval '1 microsecond')
      from ordered`;
}
