import type { Standing } from '../../flow/ports/standing.ts';
import type { Routine } from '../../flow/ports/time.ts';
import type { Connection } from './connection.ts';
import { run } from './statement.ts';

/** What is done again and again whatever happens; all else is noted as well, by names without end. */
const routines: readonly Routine[] = ['sweep', 'reconcile', 'pauses', 'retain'];

/** How things stand, in one statement: it reads the jobs and handoffs that are open, and counts none of the past. */
export async function readStanding({ pool }: Pick<Connection, 'pool'>, now: Date): Promise<Standing> {
  const [standing] = await run<Standing>(pool, statement, [now, routines]);
  if (!standing) throw new Error('PostgreSQL told how things stand without a row: expected one');
  return standing;
}

/** $1 now by the clock of the bot, by which timers and runs are noted; jobs go by that of the database. */
const statement = {
  name: 'read how things stand',
  text: `
select
  (select coalesce(json_agg(kind), '[]') from (
     select task,
            count(*) filter (where taken_by is null and run_at <= now()) as due,
            coalesce(extract(epoch from now() - min(run_at) filter (where taken_by is null and run_at <= now())), 0)
              as "oldestSeconds",
            count(*) filter (where failed and run_at < 'infinity') as retrying,
            count(*) filter (where failed and run_at = 'infinity' and discarded is null) as exhausted
       from job cross join lateral (select last_error is not null and taken_by is null as failed) as state
      group by task) as kind) as jobs,
  (select coalesce(json_agg(stand), '[]') from (
     select state ->> 'status' as status, count(*) from handoff where closed_at is null group by 1) as stand) as handoffs,
  (select count(*) from hold)::int as held,
  (select count(*) from retraction where done_at is null and refused is null)::int as retractions,
  (select coalesce(greatest(0, extract(epoch from $1::timestamptz - min(due_at))), 0)
     from timer where fired_at is null and cancelled_at is null)::float8 as "timersLateSeconds",
  (select coalesce(json_agg(json_build_object(
            'routine', routine, 'secondsAgo', greatest(0, extract(epoch from $1::timestamptz - at)))), '[]')
     from run where routine = any ($2::text[])) as routines,
  (select coalesce(json_agg(json_build_object(
            'table', relname, 'bytes', pg_total_relation_size(relid), 'rows', n_live_tup) order by relname), '[]')
     from pg_stat_user_tables where schemaname = current_schema) as tables`,
};
