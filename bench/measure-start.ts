import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { residentMegabytes } from './processes.ts';
import { stageBot } from './stage.ts';

const starts = 5;
/** Waiting until it is idle takes its time. */
const startsUntilIdle = 2;
const idleAfterMs = 5_000;

/**
 * How long the bot takes from its spawn to being ready, on a migrated database, and its memory when it has settled; and
 * what Teams adds to both.
 */
export async function measureStart(bench: Bench): Promise<void> {
  const alone = await startsOf(bench, { teams: false });
  bench.tell(
    {
      name: 'start: spawn → ready, external database',
      unit: 's',
      values: alone.seconds,
      target: { atMost: 1 },
    },
    { name: 'idle: resident memory', unit: 'MB', values: alone.megabytes, target: { atMost: 150 } },
  );
  const withTeams = await startsOf(bench, { teams: true });
  bench.tell(
    { name: 'start with Teams on', unit: 's', values: withTeams.seconds },
    { name: 'idle with Teams on', unit: 'MB', values: withTeams.megabytes },
  );
}

async function startsOf(
  bench: Bench,
  { teams }: { teams: boolean },
): Promise<{ seconds: number[]; megabytes: number[] }> {
  // The first start migrates, and is not counted.
  const stage = await stageBot(bench, { limits: 'documented', teams });
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    await stage.child.stop();
    await stage.restart();
    seconds.push(stage.child.readyAfterMs / 1000);
    if (start >= startsUntilIdle) continue;
    await delay(idleAfterMs);
    megabytes.push(await residentMegabytes(stage.child.pid));
  }
  await stage.close();
  return { seconds, megabytes };
}
