import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { standstillMs } from '../src/flow/watch/watch-sla.ts';
import type { MovableClock } from './clock.ts';
import type { HubSpotServer } from './hubspot/server.ts';

export type TimePassing = {
  /** Moves the clock forward to a moment; resolves when everything that falls due on the way is done. */
  until: (at: Date) => Promise<void>;
  close: () => Promise<void>;
};

/** So often the app looks for itself what time has brought; no shorter step would show more. */
const shortestStepMs = 5 * 60_000;
/** Into so many steps a long time is cut, besides those to what is due. */
const idleSteps = 100;
/** What is done may set something that is due at once, which may do so as well. */
const roundsAtOnce = 5;
/** Slack takes a message a second in a conversation, also in a sandbox; nobody waits for a job that hangs. */
const workWithinMs = 6_000;
const lookAgainMs = 15;

/** What the app waits for, and until when. */
const waits = [
  'select due_at as due from timer where fired_at is null and cancelled_at is null',
  'select until as due from hold',
];
/** The pauses of nurture that end by themselves; the sweep leaves them to a routine of their own. */
const leases = 'select until as due from suppression where lifted_at is null';

/** Lets time pass as it would have: from one thing that is due to the next, in the app and in HubSpot, each at its time. */
export async function startTimePassing(world: {
  clock: MovableClock;
  hubspot: Pick<HubSpotServer, 'nextDue' | 'catchUp' | 'settled'>;
  databaseUrl: string;
  sweep: () => Promise<void>;
  watchPauses: () => Promise<void>;
  /** Looks in HubSpot for what no webhook told. */
  poll: () => Promise<void>;
}): Promise<TimePassing> {
  const { clock, hubspot, sweep, watchPauses, poll } = world;
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
  /** The first of those times that is past, or still to come. */
  const first = async (of: readonly string[], when: 'due <= $1' | 'due > $1'): Promise<Date | null> => {
    const { rows } = await client.query<{ due: Date | null }>(
      `select min(due) as due from (${of.join(' union all ')}) as waits where ${when}`,
      [clock.now()],
    );
    return rows[0]?.due ?? null;
  };
  /** In milliseconds; infinity when nothing is. */
  const nextDue = async (): Promise<number> => {
    const due = [await first([...waits, leases], 'due > $1'), hubspot.nextDue()];
    return Math.min(...due.map((at) => at?.getTime() ?? Number.POSITIVE_INFINITY));
  };
  const doWhatIsDue = async () => {
    hubspot.catchUp();
    await hubspot.settled();
    if (await first([leases], 'due <= $1')) await watchPauses();
    for (let round = 0; round < roundsAtOnce; round += 1) {
      await sweep();
      await workIsDone();
      if ((await first(waits, 'due <= $1')) === null) return;
    }
  };
  /** Nothing is due on the way: an app that has kept up would have looked again and again, and found nothing. */
  const jumpTo = async (at: Date) => {
    const keptUpSince = new Date(clock.now().getTime() - standstillMs);
    await client.query("update run set at = $1 where routine = 'sweep' and at < $1 and at > $2", [
      at,
      keptUpSince,
    ]);
    clock.moveTo(at);
  };

  const goTo = async (at: Date) => {
    const distanceMs = at.getTime() - clock.now().getTime();
    const longestStepMs = Math.max(shortestStepMs, distanceMs / idleSteps);
    await workIsDone();
    while (clock.now() < at) {
      const now = clock.now().getTime();
      const next = Math.min(now + longestStepMs, at.getTime(), await nextDue());
      await jumpTo(new Date(Math.max(now, next)));
      await doWhatIsDue();
    }
    // Once is enough to find everything, and HubSpot lets nobody search sixty times in a breath.
    if (distanceMs < shortestStepMs) return;
    await poll();
    await watchPauses();
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
