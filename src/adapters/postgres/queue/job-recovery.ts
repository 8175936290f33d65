import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { isHeld } from './presence.ts';

/** A process whose connection broke has this long to come back before it counts as dead. */
const comesBackWithinMs = 500;

/** Who has jobs locked and is not there: killed, or cut off. */
const absentHolders = `select distinct locked_by as id from graphile_worker._private_jobs as job
  where locked_by is not null and not ${isHeld('locked_by')}`;

/**
 * Frees the jobs of killed workers, which the job queue itself would leave locked for four hours, and clears away jobs
 * that a newer one replaced while they ran and failed. Every pool of workers holds its id as a presence.
 * @returns how many workers were found dead.
 */
export async function recoverJobs(pool: Pool): Promise<number> {
  const absent = await idsOf(pool);
  if (absent.length > 0) await delay(comesBackWithinMs);
  const stillAbsent = absent.length > 0 ? await idsOf(pool) : [];
  const dead = absent.filter((id) => stillAbsent.includes(id));
  if (dead.length > 0) {
    await pool.query('select graphile_worker.force_unlock_workers($1)', [dead]);
    await pool.query(`select pg_notify('jobs:insert', '{"count":1000}')`);
  }
  await pool.query(
    'delete from graphile_worker._private_jobs where key is null and attempts >= max_attempts and locked_at is null',
  );
  return dead.length;
}

async function idsOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(absentHolders);
  return rows.map(({ id }) => id);
}

/** Jobs that gave up for good or failed so far. One that a newer job has replaced is none of them. */
export async function countTroubled(pool: Pool): Promise<{ exhausted: number; retrying: number }> {
  const { rows } = await pool.query<{ exhausted: number; retrying: number }>(
    `select count(*) filter (where attempts >= max_attempts)::int as exhausted,
            count(*) filter (where attempts < max_attempts)::int as retrying
       from graphile_worker._private_jobs
      where last_error is not null and locked_at is null and key is not null`,
  );
  return rows[0] ?? { exhausted: 0, retrying: 0 };
}
