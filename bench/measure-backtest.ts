import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { inCheckout } from './checkout.ts';
import { createMigrated } from './migrated.ts';
import { seedPast } from './past.ts';
import { residentMegabytes } from './processes.ts';

const days = 90;
const until = new Date('2026-11-20T12:00:00Z');
const runs = 3;
/** Memory is flat when five times as many leads need hardly more of it. */
const few = 20_000;
const many = 100_000;

/** How long `handoff backtest` takes for 100,000 leads with two arrivals each, and how much memory. */
export async function measureBacktest({ databases, nodeArguments, tell }: Bench): Promise<void> {
  const seconds: number[] = [];
  for (const leads of [few, many]) {
    const url = await createMigrated(databases);
    await seedPast(url, { leads, days, until });
    const megabytes: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { tookMs, peakMegabytes } = await runBacktest(url, nodeArguments);
      megabytes.push(peakMegabytes);
      if (leads === many) seconds.push(tookMs / 1000);
    }
    tell({ name: `backtest: peak memory, ${leads} leads`, unit: 'MB', values: megabytes });
  }
  tell({ name: `backtest: ${many} leads, 90 days`, unit: 's', values: seconds, target: { atMost: 20 } });
}

/** Against the example policy, a proposed one with another threshold and another share. */
async function runBacktest(url: string, nodeArguments: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'handoff-bench-'));
  const inForce = inCheckout('policy.yaml');
  const proposed = join(folder, 'proposed.yaml');
  const text = await readFile(inForce, 'utf8');
  const threshold = text.replace('score_reached: 80', 'score_reached: 70').replace('below: 80', 'below: 70');
  await writeFile(
    proposed,
    threshold.replace('ben.castillo@example.com, weight: 25', 'ben.castillo@example.com, weight: 99'),
  );
  try {
    const commandLine = ['backtest', '--policy', proposed, '--in-force', inForce, '--format', 'csv'];
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...[...nodeArguments, inCheckout('src/cli.ts'), ...commandLine],
        ...['--until', until.toISOString(), '--out', join(folder, 'out.csv')],
      ],
      { env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: url }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const ended = once(child, 'exit');
    let peakMegabytes = 0;
    while (child.exitCode === null && child.signalCode === null) {
      const now = await residentMegabytes(child.pid ?? 0).catch(() => 0);
      if (now > peakMegabytes) peakMegabytes = now;
      await Promise.race([delay(50), ended]);
    }
    if (child.exitCode !== 0) throw new Error(`handoff backtest ended with ${child.exitCode}, expected 0`);
    return { tookMs: performance.now() - begun, peakMegabytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
