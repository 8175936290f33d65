import { setTimeout as delay } from 'node:timers/promises';
import type { Deeds } from './deeds.ts';
import type { Fleet } from './fleet.ts';
import type { Random } from './random.ts';

/** How often each deed is done in a minute. */
const timesAMinute = [
  ['comeAsLead', 60],
  ['useCard', 320],
  ['useBulletin', 20],
  ['touchInHubSpot', 40],
  ['changeHubSpot', 12],
  ['sayWhereabouts', 25],
  ['loseAnswer', 20],
] as const satisfies readonly (readonly [keyof Deeds, number])[];

/** A span of real milliseconds since 1970. */
type Span = { from: number; until: number };

/**
 * Lets people do what they do at times that have nothing to do with each other, whatever takes longer going on
 * meanwhile. What is past when this is called happens at once.
 */
export async function doDeeds(deeds: Deeds, { from, until }: Span, random: Random): Promise<void> {
  const planned = timesAMinute.flatMap(([name, times]) =>
    Array.from({ length: Math.round((times * (until - from)) / 60_000) }, () => {
      const chance = random.fork();
      return { at: random.between(from, until), does: () => deeds[name](chance) };
    }),
  );
  const begun: unknown[] = [];
  for (const { at, does } of planned.toSorted((a, b) => a.at - b.at)) {
    await delay(Math.max(0, at - Date.now()));
    begun.push(does());
  }
  await Promise.all(begun);
}

/** Kills every replica again and again, some before they are ready, and once all of them together. */
export async function killAtRandom(fleet: Fleet, span: Span, random: Random): Promise<void> {
  const lives = fleet.indices.map((index) => keepKilling(fleet, index, span, random.fork()));
  await Promise.all([...lives, killAll(fleet, span, random.fork())]);
}

async function keepKilling(fleet: Fleet, index: number, { until }: Span, random: Random): Promise<void> {
  while (Date.now() < until) {
    const isReadyFirst = random.next() < 0.8;
    const livesMs = random.between(0, isReadyFirst ? 9_000 : 1_500);
    const isDeadMs = random.between(0, 2_000);
    const ready = fleet.start(index);
    if (isReadyFirst) await ready;
    await delay(Math.min(livesMs, Math.max(0, until - Date.now())));
    await fleet.kill(index);
    await delay(isDeadMs);
  }
}

async function killAll(fleet: Fleet, { from, until }: Span, random: Random): Promise<void> {
  await delay(Math.max(0, random.between(from, until) - Date.now()));
  await Promise.all(fleet.indices.map(fleet.kill));
  await delay(random.between(0, 2_000));
  await fleet.startAll();
}
