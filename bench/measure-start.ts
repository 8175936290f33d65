import { setTimeout as delay } from 'node:timers/promises';
import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';
import { residentMegabytes } from './memory.ts';
import { stageBot } from './stage.ts';

const starts = 5;
/** Waiting until it is idle takes its time. */
const startsUntilIdle = 2;
const idleAfterMs = 5_000;

/**
 * How long the bot takes from its spawn to being ready, on a migrated database, and its memory when it has settled; and
 * what Teams adds to both.
 */
export async function measureStart(databases: Databases): Promise<Figure[]> {
  const alone = await startsOf(databases, { teams: false });
  const withTeams = await startsOf(databases, { teams: true });
  return [
    {
      name: 'start: spawn → ready, external database',
      unit: 's',
      values: alone.seconds,
      target: { atMost: 1 },
    },
    { name: 'start with Teams on', unit: 's', values: withTeams.seconds },
    { name: 'idle: resident memory', unit: 'MB', values: alone.megabytes, target: { atMost: 150 } },
    { name: 'idle with Teams on', unit: 'MB', values: withTeams.megabytes },
  ];
}

async function startsOf(
  databases: Databases,
  { teams }: { teams: boolean },
): Promise<{ seconds: number[]; megabytes: number[] }> {
  // The first start migrates, and is not counted.
  const stage = await stageBot(databases, { limits: 'documented', teams });
  const seconds: number[] = [];
  const megabytes: number[] = [];
  try {
    for (let start = 0; start < starts; start += 1) {
      await stage.child.stop();
      await stage.restart();
      seconds.push(stage.child.readyAfterMs / 1000);
      if (start >= startsUntilIdle) continue;
      await delay(idleAfterMs);
      megabytes.push(await residentMegabytes(stage.child.pid));
    }
  } finally {
    await stage.close();
  }
  return { seconds, megabytes };
}
