import { setTimeout as delay } from 'node:timers/promises';
import type { RoundTrip } from '../test/support/postgres-wire.ts';
import type { Counters } from './stage.ts';

/** What the bot did in some time. */
export type Counted = {
  statements: number;
  roundTrips: number;
  commits: number;
  hubspotCalls: number;
  slackCalls: number;
  seconds: number;
};

/** What it does in a second when there is nothing to do: it polls and sweeps. */
export type Idle = Pick<Counted, 'statements' | 'roundTrips' | 'commits'>;

/** Counts from now on, until the function that it returns is called. */
export async function startCounting({ wire, hubspot, slack }: Counters): Promise<() => Promise<Counted>> {
  await wire.reset();
  const before = { hubspot: hubspot.calls.length, slack: slack.calls.length };
  const begun = performance.now();
  return async () => {
    const seconds = (performance.now() - begun) / 1000;
    return {
      ...(await wire.count()),
      hubspotCalls: hubspot.calls.length - before.hubspot,
      slackCalls: slack.calls.length - before.slack,
      seconds,
    };
  };
}

export async function countIdle(counters: Counters, forMs: number): Promise<Idle> {
  const stop = await startCounting(counters);
  await delay(forMs);
  const { statements, roundTrips, commits, seconds } = await stop();
  return {
    statements: statements / seconds,
    roundTrips: roundTrips / seconds,
    commits: commits / seconds,
  };
}

/** What it did because there was something to do. */
export function withoutIdle(counted: Counted, idle: Idle): Counted {
  const { statements, roundTrips, commits, seconds } = counted;
  return {
    ...counted,
    statements: statements - idle.statements * seconds,
    roundTrips: roundTrips - idle.roundTrips * seconds,
    commits: commits - idle.commits * seconds,
  };
}

/**
 * How many round trips, of SQL and HTTP, stand one after the other before some moment: from there back, each time the
 * one that ended last before the next began. Those that run beside each other are one.
 */
export function inSequence(
  trips: readonly Pick<RoundTrip, 'from' | 'until'>[],
  { since, before }: { since: number; before: number },
): number {
  const byEnd = trips.filter(({ from }) => from >= since).toSorted((a, b) => b.until - a.until);
  let at = before;
  let count = 0;
  for (const { from, until } of byEnd) {
    if (until > at) continue;
    at = from;
    count += 1;
  }
  return count;
}
