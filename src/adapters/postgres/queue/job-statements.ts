import type { Pool } from 'pg';
import { TemporaryFailure } from '../../../flow/ports/failure.ts';
import type { Failed, TaskName } from '../../../flow/ports/jobs.ts';
import { summaryOf } from '../../log.ts';
import { storable } from '../stored-json.ts';
import type { TakenJob } from './job.ts';

/** After so many attempts, which take four days, a job only stands for its failure. */
export const maxAttempts = 25;

/** How many jobs a lane has places for. */
export type Places = { all: number; notUrgent: number };

type Claimed = TakenJob & { urgent: boolean };

/** Urgent ones first, then those that wait the longest. A claim that need not be durable does not wait for the disk. */
const claimText = `
  with urgent as (
    select task, key, begun from job
     where task = $1 and urgent and taken_by is null and run_at <= now()
     order by run_at limit $2 for update skip locked
  ),
  other as (
    select task, key, begun from job
     where task = $1 and not urgent and taken_by is null and run_at <= now()
     order by run_at limit least($3, $2 - (select count(*) from urgent)) for update skip locked
  ),
  picked as (select * from urgent union all select * from other)
  update job set taken_by = $4, taken_at = now(), attempts = attempts + 1, begun = true
    from picked
   where job.task = picked.task and job.key = picked.key
  returning job.key, job.asked::float8, job.attempts as attempt, picked.begun as again, job.urgent, job.run_at,
            case when not $5 then set_config('synchronous_commit', 'off', true) end`;

/** Takes jobs of a task for a process, up to what there are places for. */
export async function claim(
  pool: Pool,
  { task, durable, by }: { task: TaskName; durable: boolean; by: number },
  { all, notUrgent }: Places,
): Promise<Claimed[]> {
  const { rows } = await pool.query<Omit<Claimed, 'task' | 'last'> & { run_at: Date }>({
    name: 'claim jobs',
    text: claimText,
    values: [task, all, notUrgent, by, durable],
  });
  return rows
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || +a.run_at - +b.run_at)
    .map(({ key, asked, attempt, again, urgent }) => ({
      task,
      key,
      asked,
      attempt,
      again,
      urgent,
      last: attempt >= maxAttempts,
    }));
}

/** Ends jobs that are done. Should that be lost in a crash, they are done again. */
export async function endDone(pool: Pool, jobs: readonly TakenJob[], by: number): Promise<void> {
  await pool.query({
    name: 'end jobs',
    text: `select end_jobs($1, $2, $3, $4), set_config('synchronous_commit', 'off', true)`,
    values: [...placesOf(jobs), by],
  });
}

const failText = `
  with own as (select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::float8[])
                 as own (task, key, asked, error, wait)),
  verdict as (
    select job.task, job.key, own.error, own.wait,
           case when job.asked <> own.asked then 'replaced'
                when own.wait is not null then 'postponed'
                when job.attempts < $7 then 'failed'
                else 'exhausted' end as outcome
      from job join own on job.task = own.task and job.key = own.key
     where job.taken_by = $6
     order by job.task, job.key
       for update of job
  ),
  settled as (
    update job
       set taken_by = null, taken_at = null,
           attempts = case verdict.outcome when 'replaced' then 0 when 'postponed' then attempts - 1 else attempts end,
           last_error = case verdict.outcome when 'replaced' then null else verdict.error end,
           run_at = case verdict.outcome
                      when 'replaced' then run_at
                      when 'postponed' then now() + verdict.wait * interval '1 second'
                      when 'failed' then now() + exp(least(attempts, 10)) * interval '1 second'
                      else 'infinity' end
      from verdict
     where job.task = verdict.task and job.key = verdict.key
    returning job.task, job.key, job.urgent, job.run_at <= now() as due, verdict.outcome
  )
  select key, outcome, case when due then pg_notify('job', task || case when urgent then ' urgent' else '' end) end
    from settled`;

export type FailedJob = { job: TakenJob; error: unknown };

/**
 * Has jobs that failed tried again: when the platform said, which uses up no attempt, or else later each time, after 3 s
 * at first and after 6 h in the end. One that was asked for again meanwhile begins anew at once.
 * @returns what became of each key
 */
export async function tryLater(
  pool: Pool,
  failed: readonly FailedJob[],
  by: number,
): Promise<ReadonlyMap<string, Failed>> {
  const { rows } = await pool.query<{ key: string; outcome: Failed }>({
    name: 'fail jobs',
    text: failText,
    values: [
      ...placesOf(failed.map(({ job }) => job)),
      failed.map(({ error }) => storable(summaryOf(error))),
      failed.map(({ error }) => (error instanceof TemporaryFailure ? error.retryAfterSeconds : null)),
      by,
      maxAttempts,
    ],
  });
  return new Map(rows.map(({ key, outcome }) => [key, outcome]));
}

/** Lets jobs wait in their old place, as if they had never been taken. */
export async function giveBack(pool: Pool, jobs: readonly TakenJob[], by: number): Promise<void> {
  await pool.query({
    name: 'give jobs back',
    text: `
      with given as (
        update job set taken_by = null, taken_at = null, attempts = greatest(attempts - 1, 0), begun = own.again
          from unnest($1::text[], $2::text[], $3::boolean[]) as own (task, key, again)
         where job.task = own.task and job.key = own.key and job.taken_by = $4
        returning job.task, job.urgent
      )
      select pg_notify('job', task || case when urgent then ' urgent' else '' end) from given`,
    values: [jobs.map(({ task }) => task), jobs.map(({ key }) => key), jobs.map(({ again }) => again), by],
  });
}

/** Lets jobs begin at once that were to wait for others of their kind. @returns whether there were any. */
export async function bringForward(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update job set run_at = now()
      where run_at > now() and run_at < 'infinity' and attempts = 0 and last_error is null and taken_by is null`,
  );
  return rowCount !== 0;
}

function placesOf(jobs: readonly TakenJob[]): [string[], string[], number[]] {
  return [jobs.map(({ task }) => task), jobs.map(({ key }) => key), jobs.map(({ asked }) => asked)];
}
