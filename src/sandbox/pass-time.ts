import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { MovableClock } from './clock.ts';

export interface TimePassing {
  /** Moves the clock forward to a moment; resolves when everything that falls due on the way is done. */
  until: (at: Date) => Promise<void>;
  close: () => Promise<void>;
}

/** Short enough that a reminder comes before its target passes: the app sends none after the fact. */
const stepMs = 5 * 60_000;
/** Slack takes a message a second in a conversation, also in a sandbox; nobody waits for a job that hangs. */
const workWithinMs = 6_000;
const pollMs = 15;

/** Lets time pass as it would have: in small steps, each with everything that falls due in it. */
export async function startTimePassing(world: {
  clock: MovableClock;
  databaseUrl: string;
  sweep: () => Promise<void>;
}): Promise<TimePassing> {
  const { clock, sweep } = world;
  const client = new Client({ connectionString: world.databaseUrl });
  await client.connect();

  const isWorking = async (): Promise<boolean> => {
    const { rowCount } = await client.query(
      'select from graphile_worker.jobs where attempts < max_attempts and run_at <= now() limit 1',
    );
    return rowCount !== 0;
  };
  const workIsDone = async () => {
    const deadline = performance.now() + workWithinMs;
    while ((await isWorking()) && performance.now() < deadline) await delay(pollMs);
  };

  const goTo = async (at: Date) => {
    await workIsDone();
    while (clock.now() < at) {
      clock.moveTo(new Date(Math.min(clock.now().getTime() + stepMs, at.getTime())));
      await sweep();
      await workIsDone();
    }
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
