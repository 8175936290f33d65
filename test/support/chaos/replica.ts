// One of several processes of the bot on one database. Its clock runs fast, and it sweeps every few minutes of it.

import { flushCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { startApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { fastClock } from './fast-clock.ts';

const sweepEveryMs = 50;
/** At once and then about once a second, which by day is as often as it should be: every twenty minutes. */
const sweepsAReconcile = 20;
/** When all were killed at once it takes them some seconds to come back. */
const standsStillAfterMs = 2 * 3_600_000;

/** Of the log, in which everything stands, only trouble and which timers were acted on. */
const worthTelling = /"level":[456]0|"msg":"ready"|"task":"timer".*"msg":"job done"/;

const starter = process.ppid;
const { config, secrets } = readConfig(process.env);
const app = await startApp(config, secrets, {
  clock: fastClock({
    startsAt: Number(process.env['CHAOS_STARTS_AT']),
    days: Number(process.env['CHAOS_DAYS']),
  }),
  standsStillAfterMs,
  logTo: { write: (line) => worthTelling.test(line) && process.stdout.write(line) },
});
// Whoever is killed keeps nothing: from what this one has compiled the next ones start faster.
flushCompileCache();
// Whoever started this process may have been killed as well.
for (let sweeps = 1; process.ppid === starter; sweeps += 1) {
  await app.sweep();
  if (sweeps % sweepsAReconcile === 1) await app.reconcile();
  await delay(sweepEveryMs);
}
process.exit();
