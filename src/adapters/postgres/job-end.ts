import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobHelpers } from 'graphile-worker';
import { TemporaryFailure } from '../../flow/failure.ts';

// The queue would write the ends of jobs itself, but not safely: in batches they deadlock with a transaction that adds
// several jobs, upon which it stops all workers; one by one, an end that cannot be written ends the process. Rows that
// were written here are not there any more, or not the worker's, when the queue comes to them.

type Query = JobHelpers['query'];

export async function endJob({ id }: Job, query: Query): Promise<void> {
  await query('delete from graphile_worker._private_jobs where id = $1', [id]);
}

/**
 * Has a job that failed tried again by a copy that takes its place: when the platform said, which uses up no attempt,
 * or else later each time, after 3 s at first and after 6 h in the end. Where a newer job of the same key has been
 * added meanwhile, that one does the work. After the last attempt the copy only stands for the failure.
 */
export async function tryLater(
  { id, key, attempts, max_attempts: maxAttempts }: Job,
  query: Query,
  error: unknown,
): Promise<'failed' | 'postponed' | 'replaced' | 'exhausted'> {
  const asked = error instanceof TemporaryFailure ? error.retryAfterSeconds : null;
  const counted = asked === null ? attempts : attempts - 1;
  const waitSeconds = asked ?? Math.exp(Math.min(attempts, 10));
  const { rowCount } = await query(
    `with failed as (
       update graphile_worker._private_jobs set key = null, attempts = max_attempts
        where id = $1 and key = $2
       returning *
     )
     insert into graphile_worker._private_jobs
       (task_id, payload, priority, max_attempts, created_at, key, attempts, run_at, last_error)
     select task_id, payload, priority, max_attempts, created_at, $2, $3, now() + make_interval(secs => $4), $5
       from failed`,
    [id, key, counted, waitSeconds, String(error)],
  );
  if (rowCount === 0) return 'replaced';
  if (asked !== null) return 'postponed';
  return attempts < maxAttempts ? 'failed' : 'exhausted';
}

const lookAgainAfterMs = 20;

/** Waits for the timers of the same handoff that were due before this one, whoever is running them. */
export async function untilFirst({ id }: Job, query: Query): Promise<void> {
  const earlierOne = `
    select from graphile_worker._private_jobs this
      join graphile_worker._private_jobs earlier on earlier.task_id = this.task_id and earlier.id < this.id
     where this.id = $1
       and earlier.payload->>'handoffId' = this.payload->>'handoffId'
       and (earlier.locked_at is not null or (earlier.is_available and earlier.run_at <= this.run_at))
     limit 1`;
  while ((await query(earlierOne, [id])).rowCount) await delay(lookAgainAfterMs);
}
