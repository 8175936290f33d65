import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

const pollMs = 20;

/**
 * Waits until the bot has done everything, what it writes back to HubSpot included.
 * @throws when it has not in time.
 */
export async function untilQuiet(databaseUrl: string, withinMs: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  // A connection that breaks is noticed at the next query.
  client.on('error', () => {});
  await client.connect();
  const deadline = performance.now() + withinMs;
  try {
    for (;;) {
      const { rows } = await client.query<{ jobs: number; error: string | null }>(
        'select count(*)::int as jobs, max(last_error) as error from job',
      );
      const { jobs = 0, error = null } = rows[0] ?? {};
      if (jobs === 0) return;
      if (performance.now() > deadline) {
        const why = error ? `; one failed: ${error}` : '';
        throw new Error(`${jobs} jobs are left after ${withinMs / 1000} s, expected none${why}`);
      }
      await delay(pollMs);
    }
  } finally {
    await client.end();
  }
}
