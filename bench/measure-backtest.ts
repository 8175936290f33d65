import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectPostgres } from '../src/adapters/postgres/connection.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';
import { residentMegabytes } from './memory.ts';
import { seedPast } from './past.ts';

const days = 90;
const until = new Date('2026-11-20T12:00:00Z');
const runs = 3;
/** Memory is flat when five times as many leads need hardly more of it. */
const few = 20_000;
const many = 100_000;

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** How long `handoff backtest` takes for 100,000 leads with two arrivals each, and how much memory. */
export async function measureBacktest(
  databases: Databases,
  nodeArguments: readonly string[],
): Promise<Figure[]> {
  const seconds: number[] = [];
  const peaks = new Map<number, number[]>();
  for (const leads of [few, many]) {
    const url = await databases.create();
    const connection = connectPostgres(url, { poolSize: 2, onConnectionLost: () => {} });
    await migrate({ pool: connection.pool });
    await seedPast(connection.pool, { leads, days, until });
    await connection.close();
    const measured: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { tookMs, peakMegabytes } = await runBacktest(url, nodeArguments);
      measured.push(peakMegabytes);
      if (leads === many) seconds.push(tookMs / 1000);
    }
    peaks.set(leads, measured);
  }
  const memory = (leads: number): Figure => ({
    name: `backtest: peak memory, ${leads} leads`,
    unit: 'MB',
    values: peaks.get(leads) ?? [],
  });
  return [
    { name: `backtest: ${many} leads, 90 days`, unit: 's', values: seconds, target: { atMost: 20 } },
    memory(few),
    memory(many),
  ];
}

/** Against the example policy, a proposed one with another threshold and another share. */
async function runBacktest(url: string, nodeArguments: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'handoff-bench-'));
  const inForce = pathOf('../policy.yaml');
  const proposed = join(folder, 'proposed.yaml');
  const text = await readFile(inForce, 'utf8');
  const threshold = text.replace('score_reached: 80', 'score_reached: 70').replace('below: 80', 'below: 70');
  await writeFile(
    proposed,
    threshold.replace('ben.castillo@example.com, weight: 25', 'ben.castillo@example.com, weight: 99'),
  );
  try {
    const arguments_ = ['backtest', '--policy', proposed, '--in-force', inForce, '--format', 'csv'];
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...[...nodeArguments, pathOf('../src/cli.ts'), ...arguments_],
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
