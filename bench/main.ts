import { parseArgs } from 'node:util';
import { startDatabases } from './databases.ts';
import type { Figure } from './figure.ts';
import { measureBacktest } from './measure-backtest.ts';
import { measureBurst } from './measure-burst.ts';
import { measureKill } from './measure-kill.ts';
import { measureLatency } from './measure-latency.ts';
import { measureStart } from './measure-start.ts';
import { measureSweep } from './measure-sweep.ts';
import { measureThroughput } from './measure-throughput.ts';
import { jsonOf, machine, tableOf } from './report.ts';

const measures = {
  start: measureStart,
  latency: measureLatency,
  throughput: measureThroughput,
  burst: measureBurst,
  kill: measureKill,
  sweep: measureSweep,
  backtest: measureBacktest,
};
const names = Object.keys(measures) as (keyof typeof measures)[];

const { values: options } = parseArgs({
  options: {
    /** Figures for programs. */
    json: { type: 'boolean', default: false },
    /** One of the measures, or several. */
    only: { type: 'string', multiple: true, default: names },
    /** A directory for a CPU profile of the bot under load. */
    profile: { type: 'string' },
  },
});
const unknown = options.only.filter((name) => !names.some((known) => known === name));
if (unknown.length > 0) throw new Error(`--only ${unknown.join(', ')}: expected some of ${names.join(', ')}`);
const nodeArguments = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];

// The database server must not outlive us.
const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => reject(new Error(`ended by ${signal}`)));
  }
});
interrupted.catch(() => {});

const figures: Figure[] = [];
const databases = await startDatabases();
try {
  for (const name of names.filter((known) => options.only.includes(known))) {
    const begun = performance.now();
    figures.push(...(await Promise.race([measures[name](databases, nodeArguments), interrupted])));
    console.error(`${name}: measured in ${Math.round((performance.now() - begun) / 1000)} s`);
  }
} finally {
  await databases.stop();
}
console.log(options.json ? jsonOf(figures) : `${machine()}\n\n${tableOf(figures)}`);
