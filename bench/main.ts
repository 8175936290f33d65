import { parseArgs } from 'node:util';
import type { Measure } from './bench.ts';
import { checkout } from './checkout.ts';
import { startDatabases } from './databases.ts';
import { measureBacktest } from './measure-backtest.ts';
import { measureBurst, measureCrowd } from './measure-burst.ts';
import { measureCost } from './measure-cost.ts';
import { measureDoor } from './measure-door.ts';
import { measureKill } from './measure-kill.ts';
import { measureLatency } from './measure-latency.ts';
import { measurePast } from './measure-past.ts';
import { measureRung } from './measure-rung.ts';
import { measureStart } from './measure-start.ts';
import { measureStats } from './measure-stats.ts';
import { measureSweep } from './measure-sweep.ts';
import { measureThroughput } from './measure-throughput.ts';
import { head, jsonFor, lineFor, machine, type Row } from './report.ts';

type Planned = { measure: Measure; withinMs: number };

const minute = 60_000;
/** In the order of the report, each with the time after which it is given up. */
const measures: Record<string, Planned> = {
  start: { measure: measureStart, withinMs: 5 * minute },
  latency: { measure: measureLatency, withinMs: 10 * minute },
  throughput: { measure: measureThroughput, withinMs: 10 * minute },
  cost: { measure: measureCost, withinMs: 5 * minute },
  rung: { measure: measureRung, withinMs: 5 * minute },
  door: { measure: measureDoor, withinMs: 5 * minute },
  burst: { measure: measureBurst, withinMs: 20 * minute },
  crowd: { measure: measureCrowd, withinMs: 20 * minute },
  past: { measure: measurePast, withinMs: 60 * minute },
  kill: { measure: measureKill, withinMs: 10 * minute },
  sweep: { measure: measureSweep, withinMs: 10 * minute },
  backtest: { measure: measureBacktest, withinMs: 20 * minute },
  stats: { measure: measureStats, withinMs: 30 * minute },
};
const names = Object.keys(measures);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** One line of JSON for each figure, for programs. */
    json: { type: 'boolean', default: false },
    /** A directory for a CPU profile of the bot under load. */
    profile: { type: 'string' },
  },
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: expected some of ${names.join(', ')}`);
const wanted = Object.entries(measures).filter(
  ([name]) => positionals.length === 0 || positionals.includes(name),
);
const nodeArguments = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];

// The database server must not outlive us.
const interrupted = Promise.withResolvers<never>();
interrupted.promise.catch(() => {});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupted.reject(new Error(`ended by ${signal}`)));
}

// What a measure that was given up still does ends neither the others nor us before the server is stopped.
process.on('uncaughtException', (error) => console.error(error));

const print = (row: Row) => console.log(options.json ? jsonFor(row) : lineFor(row));
const databases = await startDatabases();
let failed = false;
try {
  if (options.json) console.log(JSON.stringify({ machine: machine(), checkout }));
  else console.log(`${machine()}\n${checkout}\n\n${head}`);
  for (const [name, plan] of wanted) {
    const begun = performance.now();
    const error = await run(plan);
    console.error(`${name}: ${Math.round((performance.now() - begun) / 1000)} s`);
    if (!error) continue;
    failed = true;
    print({ measure: name, failed: error.message });
    if (error.message.startsWith('ended by')) break;
  }
} finally {
  await databases.stop();
}
process.exit(failed ? 1 : 0);

/** @returns why it did not finish, if it did not: the others are measured all the same. */
async function run({ measure, withinMs }: Planned): Promise<Error | null> {
  const unwinding = new AsyncDisposableStack();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const deadline = setTimeout(
    () => reject(new Error(`not finished after ${withinMs / minute} min`)),
    withinMs,
  );
  const tell = (...figures: readonly Row[]) => {
    for (const figure of figures) print(figure);
  };
  try {
    const measuring = measure({ databases, nodeArguments, tell, unwinding });
    // Given up, it fails once more when what it works with is taken away.
    measuring.catch(() => {});
    await Promise.race([measuring, late, interrupted.promise]);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(deadline);
    await unwinding.disposeAsync().catch((error: unknown) => console.error(error));
  }
}
