import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobHelpers } from 'graphile-worker';
import { TemporaryFailure } from '../../../flow/ports/failure.ts';

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
  job: Job,
  query: Query,
  error: unknown,
): Promise<'failed' | 'postponed' | 'replaced' | 'exhausted'> {
  const { attempts, max_attempts: maxAttempts } = job;
  const asked = error instanceof TemporaryFailure ? error.retryAfterSeconds : null;
  const counted = asked === null ? attempts : attempts - 1;
  const waitSeconds = asked ?? Math.exp(Math.min(attempts, 10));
  const isDone = await copy(job, query, { attempts: counted, waitSeconds, lastError: String(error) });
  if (!isDone) return 'replaced';
  if (asked !== null) return 'postponed';
  return attempts < maxAttempts ? 'failed' : 'exhausted';
}

/** Lets a job wait in its old place, as if it had never been taken. */
export async function putBack(job: Job, query: Query): Promise<void> {
  await copy(job, query, { attempts: job.attempts - 1, waitSeconds: null, lastError: null });
}

/** @param as when it runs, from now on; null: as soon as before. @returns false when a newer job has its key */
async function copy(
  { id, key }: Job,
  query: Query,
  as: { attempts: number; waitSeconds: number | null; lastError: string | null },
): Promise<boolean> {
  const { rowCount } = await query(
    `with taken as (
       update graphile_worker._private_jobs set key = null, attempts = max_attempts
        where id = $1 and key = $2
       returning *
     )
     insert into graphile_worker._private_jobs
       (task_id, payload, priority, max_attempts, created_at, key, attempts, run_at, last_error)
     select task_id, payload, priority, max_attempts, created_at, $2, $3,
            coalesce(now() + make_interval(secs => $4), run_at), $5
       from taken`,
    [id, key, as.attempts, as.waitSeconds, as.lastError],
  );
  return rowCount !== 0;
}

const lookAgainAfterMs = 20;

/**
 * Waits for the timers of the same handoff that were due before this one, whoever is running them.
 * @returns false when one of them is run by nobody, as after its process was killed: all workers may be waiting for it,
 * and one of them has to take it
 */
export async function isFirst({ id }: Job, query: Query): Promise<boolean> {
  const earlierOnes = `
    select bool_or(earlier.locked_at is null) as "isLeft"
      from graphile_worker._private_jobs this
      join graphile_worker._private_jobs earlier
        on earlier.task_id = this.task_id and (earlier.run_at, earlier.id) < (this.run_at, this.id)
     where this.id = $1
       and earlier.payload->>'handoffId' = this.payload->>'handoffId'
       and (earlier.locked_at is not null or earlier.is_available)
    having count(*) > 0`;
  // Whoever takes one at this very moment is not seen yet at the first look.
  for (let looks = 1; ; looks += 1) {
    const { rows } = await query<{ isLeft: boolean }>(earlierOnes, [id]);
    const [earlier] = rows;
    if (!earlier) return true;
    if (earlier.isLeft && looks > 1) return false;
    await delay(lookAgainAfterMs);
  }
}
