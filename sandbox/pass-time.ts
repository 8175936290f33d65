import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { MovableClock } from './clock.ts';

export type TimePassing = {
  /** Moves the clock forward to a moment; resolves when everything that falls due on the way is done. */
  until: (at: Date) => Promise<void>;
  close: () => Promise<void>;
};

/** Not every wait of the app is a timer: some end at the first sweep after their time. */
export const longestStepMs = 5 * 60_000;
/** As often as the app does by itself. */
const pollEveryMs = 5 * 60_000;
/** Slack takes a message a second in a conversation, also in a sandbox; nobody waits for a job that hangs. */
const workWithinMs = 6_000;
const lookAgainMs = 15;

/** Lets time pass as it would have: from one timer to the next, each at its time. */
export async function startTimePassing(world: {
  clock: MovableClock;
  databaseUrl: string;
  sweep: () => Promise<void>;
  /** Looks in HubSpot for what no webhook told. */
  poll: () => Promise<void>;
}): Promise<TimePassing> {
  const { clock, sweep, poll } = world;
  const client = new Client({ connectionString: world.databaseUrl });
  await client.connect();

  const isWorking = async (): Promise<boolean> => {
    const { rowCount } = await client.query('select from job where run_at <= now() limit 1');
    return rowCount !== 0;
  };
  const workIsDone = async () => {
    const deadline = performance.now() + workWithinMs;
    while ((await isWorking()) && performance.now() < deadline) await delay(lookAgainMs);
  };
  /** When the next timer is due, in milliseconds; infinity when none is. */
  const nextTimer = async (): Promise<number> => {
    const { rows } = await client.query<{ due: Date | null }>(
      'select min(due_at) as due from timer where fired_at is null and cancelled_at is null and due_at > $1',
      [clock.now()],
    );
    return rows[0]?.due?.getTime() ?? Number.POSITIVE_INFINITY;
  };

  const goTo = async (at: Date) => {
    const from = clock.now();
    await workIsDone();
    while (clock.now() < at) {
      const furthest = Math.min(clock.now().getTime() + longestStepMs, at.getTime());
      clock.moveTo(new Date(Math.min(furthest, await nextTimer())));
      await sweep();
      await workIsDone();
    }
    // Once is enough to find everything, and HubSpot lets nobody search sixty times in a breath.
    if (at.getTime() - from.getTime() < pollEveryMs) return;
    await poll();
    await workIsDone();
  };
  // One journey at a time: two would move the clock past each other's steps.
  let journey = Promise.resolve();
  return {
    until: (at) => {
      journey = journey.catch(() => {}).then(() => goTo(at));
      return journey;
    },
    close: () => client.end(),
  };
}
