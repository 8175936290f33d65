import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, connectPostgres } from '../src/adapters/postgres/connection.ts';
import { postgresMeasuredLists } from '../src/adapters/postgres/measured-lists.ts';
import { postgresMeasures } from '../src/adapters/postgres/measures.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { postgresRuns } from '../src/adapters/postgres/runs.ts';
import { keepMeasured } from '../src/flow/measure/keep-measured.ts';
import { type Side, sides } from '../src/flow/ports/measures.ts';
import { readPolicyFile } from '../src/policy-file.ts';
import type { Bench } from './bench.ts';
import { inCheckout, isOwnCheckout } from './checkout.ts';
import { repsOf } from './company.ts';
import { percentile } from './figure.ts';
import { fillAnswered } from './former.ts';
import { residentMegabytes } from './processes.ts';
import { seedLogs, seedYear } from './year-of-measures.ts';

/** Fewer while one works on the bench itself: `BENCH_PAST=10000`. */
const handoffs = Number(process.env['BENCH_PAST'] ?? 1_000_000);
const until = new Date('2026-11-20T12:00:00Z');
const dayMs = 86_400_000;
const runs = 20;
const changed = 1_000;

/** How long numbers take with a year of 1,000,000 handoffs, and what it costs to keep them. */
export async function measureStats(bench: Bench): Promise<void> {
  if (!isOwnCheckout) throw new Error('it counts measures itself: run the bench of that checkout');
  const { databases, unwinding } = bench;
  const url = await databases.create();
  const connection = connectPostgres(url, { poolSize: 18, onConnectionLost: () => {} });
  unwinding.defer(() => connection.close());
  await migrate({ pool: connection.pool });
  await seedYear(connection.pool, { count: handoffs, until });
  await tallyTimes(bench, connection);
  await exportTimes(bench, url);
  await keepTimes(bench, connection, url);
}

const team = { teams: ['team 1'] };
const narrow = { teams: ['team 1'], triggers: ['trigger_0'], sources: ['SOURCE_0', 'SOURCE_1'] };

/** As `/handoff stats` and the pages of the dashboard ask: a period and the one before it, and one side of it. */
async function tallyTimes({ tell, databases }: Bench, connection: Connection): Promise<void> {
  let { tallies } = postgresMeasures(connection);
  const sight = (days: number, ago: number) => ({
    from: new Date(until.getTime() - (days + ago) * dayMs),
    until: new Date(until.getTime() - ago * dayMs),
  });
  const compared = (days: number, filter = {}, by: Side | null = null) =>
    Promise.all([
      tallies({ ...sight(days, 0), ...filter }, null, until),
      tallies({ ...sight(days, days), ...filter }, null, until),
      by && tallies({ ...sight(days, 0), ...filter }, by, until),
    ]);
  const time = async (
    name: string,
    ask: () => Promise<unknown>,
    { p95, before = () => {} }: { p95?: number; before?: () => unknown } = {},
  ) => {
    await ask();
    const times: number[] = [];
    const cpu = databases.cpuSeconds();
    for (let run = 0; run < runs; run += 1) {
      await before();
      const begun = performance.now();
      await ask();
      times.push(performance.now() - begun);
    }
    const cpuMs = ((databases.cpuSeconds() - cpu) / runs) * 1000;
    tell(
      { name: `${name}, p50`, unit: 'ms', values: [percentile(times, 50)] },
      {
        ...{ name: `${name}, p95`, unit: 'ms', values: [percentile(times, 95)] },
        ...(p95 && { target: { atMost: p95 } }),
      },
      { name: `${name}, CPU of PostgreSQL`, unit: 'ms', values: [cpuMs] },
    );
  };
  for (const days of [7, 30, 90]) {
    const name = `stats: ${days} days against ${days} before`;
    await time(name, () => compared(days), { p95: days <= 30 ? 300 : 1_000 });
    await time(`${name}, a team by rep`, () => compared(days, team, 'rep'), {
      p95: days <= 30 ? 300 : 1_000,
    });
    await time(`${name}, filtered`, () => compared(days, narrow), { p95: 300 });
  }
  const begins = () => {
    ({ tallies } = postgresMeasures(connection));
  };
  // Most days on which leads qualified that are still worked on change between two looks.
  const goesOn = () =>
    connection.pool.query(
      `update measured_day set stamp = gen_random_uuid() where day > $1::timestamptz - interval '20 days'`,
      [until],
    );
  const both = 'stats: 30 days against 30 before';
  await time(`${both}, 20 of the days have changed`, () => compared(30), { before: goesOn, p95: 300 });
  await time(`${both}, first look of a process`, () => compared(30), { before: begins });
  for (const by of sides)
    await time(`dashboard: 30 days by ${by}`, () => compared(30, {}, by), { p95: 1_000 });
  await time('dashboard: a year', () => tallies(sight(365, 0), null, until), { p95: 1_000 });
  await time(
    'dashboard: a year of a team by rep',
    () => tallies({ ...sight(365, 0), ...team }, 'rep', until),
    { p95: 1_000 },
  );
  await time('dashboard: a year by week', () => tallies(sight(365, 0), 'week', until), { p95: 1_000 });
  const { list } = postgresMeasuredLists(connection);
  const page = { skip: 0, take: 50 };
  for (const which of ['all', 'late'] as const)
    await time(`dashboard: list of a year, ${which}`, () => list(sight(365, 0), which, page, until), {
      p95: 1_000,
    });
}

/** Memory is flat when a year needs hardly more of it than a month. */
async function exportTimes({ tell, nodeArguments }: Bench, url: string): Promise<void> {
  for (const since of ['2026-10-21..2026-11-19', '2025-11-21..2026-11-19']) {
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...[...nodeArguments, inCheckout('src/cli.ts'), 'export', '--since', since],
        ...['--policy', inCheckout('policy.yaml'), '--out', '/dev/null'],
      ],
      { env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: url }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const ended = once(child, 'exit');
    let peak = 0;
    while (child.exitCode === null && child.signalCode === null) {
      peak = Math.max(peak, await residentMegabytes(child.pid ?? 0).catch(() => 0));
      await Promise.race([delay(50), ended]);
    }
    if (child.exitCode !== 0) throw new Error(`handoff export ended with ${child.exitCode}, expected 0`);
    tell(
      { name: `export: ${since}`, unit: 's', values: [(performance.now() - begun) / 1000] },
      { name: `export: ${since}, peak memory`, unit: 'MB', values: [peak] },
    );
  }
}

/** What it costs to keep the measures: to see that nothing has changed, and for each handoff that has. */
async function keepTimes({ tell }: Bench, connection: Connection, url: string): Promise<void> {
  const [measures, runsKept] = [postgresMeasures(connection), postgresRuns(connection)];
  await seedLogs(connection.pool, until);
  const { policy } = readPolicyFile(inCheckout('policy.yaml'));
  const lately = new Date(until.getTime() - 15 * 60_000);
  await runsKept.note('measure', until);
  const looks: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    const some = await measures.unmeasured(lately, null);
    looks.push(performance.now() - begun);
    if (some.length > 0) throw new Error(`${some.length} handoffs are not measured, expected none`);
  }
  tell({
    ...{ name: `measures: a look when nothing changed, ${handoffs} handoffs`, unit: 'ms', values: looks },
    target: { atMost: 5 },
  });
  const from = new Date(until.getTime() + dayMs);
  await fillAnswered(url, repsOf(40), { count: changed, from, days: 1 });
  const begun = performance.now();
  const counted = await keepMeasured({
    ...{ measures, runs: runsKept, clock: () => new Date(from.getTime() + 5 * dayMs) },
    policy: () => policy,
  });
  if (counted !== changed) throw new Error(`${counted} handoffs were measured, expected ${changed}`);
  tell({
    ...{ name: 'measures: for each handoff that changed', unit: 'ms' },
    values: [(performance.now() - begun) / changed],
    target: { atMost: 5 },
  });
}
