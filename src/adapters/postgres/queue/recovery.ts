import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { TaskName } from '../../../flow/ports/jobs.ts';
import { maxAttempts } from './job-statements.ts';
import { processLock } from './session.ts';

/** A process whose connection broke has this long to come back before it counts as dead. */
const comesBackWithinMs = 500;

/** Whoever takes a job knows so by then, unless the answer was lost. */
const knownWithinSeconds = 10;

const living = `array(
  select objid::bigint from pg_locks
   where locktype = 'advisory' and classid = ${processLock} and objsubid = 2 and granted
     and database = (select oid from pg_database where datname = current_database()))`;

/** What a process learns when it looks by itself. */
export type Look = {
  /** Tasks with a job that can begin. */
  due: TaskName[];
  /** Processes that have jobs and are not there: killed, or cut off. */
  absent: number[];
  /** The jobs that we have for a while. */
  kept: { task: TaskName; key: string }[];
};

/** For what no notification tells: the time of a job has come, or another process is gone. One statement for all. */
export async function look(pool: Pool, tasks: readonly TaskName[], processId: number): Promise<Look> {
  const { rows } = await pool.query<Look>({
    name: 'look for jobs',
    text: `
      select array(select task from unnest($1::text[]) as lane (task)
                    where exists (select from job
                                   where job.task = lane.task and taken_by is null and run_at <= now())) as due,
             array(select distinct taken_by from job
                    where taken_by is not null and taken_by <> all (${living})) as absent,
             coalesce((select json_agg(json_build_object('task', task, 'key', key)) from job
                        where taken_by = $2 and taken_at < now() - ${knownWithinSeconds} * interval '1 s'),
                      '[]') as kept`,
    values: [tasks, processId],
  });
  return rows[0] ?? { due: [], absent: [], kept: [] };
}

const freeText = (whose: string) => `
  with freed as (
    update job
       set taken_by = null, taken_at = null,
           run_at = case when attempts < ${maxAttempts} then run_at else 'infinity' end,
           last_error = case when attempts < ${maxAttempts} then last_error
                             else coalesce(last_error, 'whoever worked on it was gone each time') end
     where ${whose}
    returning task, urgent
  )
  select pg_notify('job', task || case when urgent then ' urgent' else '' end) from freed`;

/**
 * Frees the jobs of processes that are gone for good. PostgreSQL may take a moment to notice that one was killed.
 * @returns how many jobs
 */
export async function freeJobsOf(pool: Pool, absent: readonly number[]): Promise<number> {
  if (absent.length === 0) return 0;
  await delay(comesBackWithinMs);
  const { rowCount } = await pool.query({
    name: 'free jobs of others',
    text: freeText(`taken_by = any ($1::integer[]) and taken_by <> all (${living})`),
    values: [absent],
  });
  return rowCount ?? 0;
}

/** Frees jobs of ours that we know nothing of, because the answer to what took them was lost. */
export async function freeForgotten(pool: Pool, forgotten: Look['kept'], processId: number): Promise<void> {
  if (forgotten.length === 0) return;
  await pool.query({
    name: 'free our jobs',
    text: freeText(`taken_by = $3 and (task, key) in (select * from unnest($1::text[], $2::text[]))`),
    values: [forgotten.map(({ task }) => task), forgotten.map(({ key }) => key), processId],
  });
}
