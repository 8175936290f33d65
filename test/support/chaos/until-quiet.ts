import { setTimeout as delay } from 'node:timers/promises';
import type { Surroundings } from '../world.ts';

const lookEveryMs = 100;
/** Whoever was busy with a request or a sweep has added by then what it leads to. */
const quietForMs = 1_500;

/**
 * Waits until every webhook has arrived, every timer that is due was fired, HubSpot was asked for what no webhook told,
 * and no job is left. Jobs that were to wait begin at once.
 * @param withinMs what is not done by then is left
 */
export async function untilQuiet({ hubspot, database, now }: Surroundings, withinMs: number): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (let quietSince = Date.now(); Date.now() - quietSince < quietForMs && Date.now() < giveUpAt; ) {
    await hubspot.settled();
    await database.pool.query(
      `with waiting as (
         select task, key from job
          where run_at > now() and run_at < 'infinity' and taken_by is null
            for update skip locked
       )
       update job set run_at = now() from waiting where job.task = waiting.task and job.key = waiting.key`,
    );
    const { rows } = await database.pool.query<{ busy: boolean }>(
      `select exists (select from job)
           or exists (select from timer where fired_at is null and cancelled_at is null and due_at <= $1)
           or not exists (select from run where routine = 'reconcile' and at >= $1::timestamptz - interval '2 minutes')
           as busy`,
      [now()],
    );
    if (rows[0]?.busy) quietSince = Date.now();
    await delay(lookEveryMs);
  }
}
