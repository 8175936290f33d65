import type { Bench } from './bench.ts';
import { type Burst, burst } from './burst.ts';
import { repsOf } from './company.ts';
import { ratios } from './figure.ts';
import { fillPast } from './former.ts';
import { createMigrated } from './migrated.ts';
import { stageBot } from './stage.ts';
import { type Sustained, sustain } from './sustain.ts';

/** Fewer while one works on the bench itself: `BENCH_PAST=10000`. */
const past = Number(process.env['BENCH_PAST'] ?? 1_000_000);
const rounds = 2;
const load = { warmUp: 100, leads: 2_500, withinMs: 25_000 };
const burstOf = 200;
const burstWithinMs = 300_000;

/** What a company with a million past handoffs waits longer than a new one. */
export async function measurePast(bench: Bench): Promise<void> {
  const database = await createMigrated(bench.databases);
  await fillPast({ databaseUrl: database, reps: repsOf(6) }, past);
  const empty: number[] = [];
  const filled: number[] = [];
  // In turns, so that both meet the same weather.
  for (let round = 0; round < rounds; round += 1) {
    empty.push((await throughput(bench, {})).leadsPerSecond);
    filled.push((await throughput(bench, { database })).leadsPerSecond);
  }
  const name = `with ${past} past handoffs`;
  bench.tell(
    { name: 'sustained, empty tables', unit: 'leads/s', values: empty },
    { name: `sustained, ${name}`, unit: 'leads/s', values: filled },
    {
      name: `sustained, ${name}, against empty tables`,
      unit: '×',
      values: ratios(filled, empty),
      target: { atLeast: 0.9 },
    },
  );
  const quick = await burstWith(bench, {});
  const slow = await burstWith(bench, { database });
  bench.tell(
    {
      name: `burst of ${burstOf} over 6, until the last card, ${name}`,
      unit: 's',
      values: [slow.secondsToLastCard],
    },
    {
      name: `burst of ${burstOf} over 6, ${name}, against empty tables`,
      unit: '×',
      values: [slow.secondsToLastCard / quick.secondsToLastCard],
    },
  );
}

/** Empty ones, or those of a database. */
type Tables = { database?: string };

async function throughput(bench: Bench, tables: Tables): Promise<Sustained> {
  const stage = await stageBot(bench, { limits: 'off', ...tables });
  const sustained = await sustain(bench, stage, load);
  await stage.close();
  return sustained;
}

async function burstWith(bench: Bench, tables: Tables): Promise<Burst> {
  const stage = await stageBot(bench, { limits: 'documented', ...tables });
  const measured = await burst(stage, burstOf, burstWithinMs);
  await stage.close();
  return measured;
}
