import { setTimeout as delay } from 'node:timers/promises';
import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';
import { residentMegabytes } from './memory.ts';
import { stageBot } from './stage.ts';

const starts = 5;
/** Waiting until it is idle takes its time. */
const startsUntilIdle = 2;
const idleAfterMs = 5_000;

/** How long the bot takes from its spawn to being ready, on a migrated database, and its memory when it has settled. */
export async function measureStart(databases: Databases): Promise<Figure[]> {
  // The first start migrates, and is not counted.
  const stage = await stageBot(databases, { limits: 'documented' });
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
  return [
    { name: 'start: spawn → ready, external database', unit: 's', values: seconds, target: { atMost: 1 } },
    { name: 'idle: resident memory', unit: 'MB', values: megabytes, target: { atMost: 150 } },
  ];
}
