import type { Timers } from '../../flow/ports.ts';
import type { Connection } from './connection.ts';

/** So many that a Monday morning takes a few statements, so few that each is short. */
const batchSize = 500;

/** The timers in PostgreSQL. */
export function postgresTimers({ prisma }: Pick<Connection, 'prisma'>): Timers {
  const fireBatch = async (now: Date): Promise<number> => {
    // Timers that another process is firing are skipped, not waited for. Jobs run in the order of `run_at`, which
    // cannot be the due time: the clock that timers go by need not be the database's.
    const fired = await prisma.$queryRaw<unknown[]>`
      with due as (
        select id from timer
         where fired_at is null and cancelled_at is null and due_at <= ${now}::timestamptz
         order by due_at, step, id
         limit ${batchSize}
           for update skip locked
      ),
      fired as (
        update timer set fired_at = ${now}::timestamptz from due where timer.id = due.id returning timer.*
      ),
      ordered as (
        select *, row_number() over (order by due_at, step, id) as place from fired order by due_at, step, id
      )
      select enqueue_job(
               'timer',
               json_build_object(
                 'id', id::text, 'handoffId', handoff_id, 'clock', clock, 'action', action, 'run', run),
               'timer:' || id,
               now() + place * interval '1 microsecond')
        from ordered`;
    return fired.length;
  };

  return {
    fireDue: async (now) => {
      let total = 0;
      for (;;) {
        const fired = await fireBatch(now);
        total += fired;
        if (fired < batchSize) return total;
      }
    },
  };
}
