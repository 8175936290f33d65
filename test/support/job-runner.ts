// A process of its own that works on jobs, for tests that kill it. It hangs in the job of handoff `stuck`, and in the
// second timer of any handoff.
import { connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { eachAlone } from '../../src/adapters/postgres/queue/job.ts';
import { postgresJobs } from '../../src/adapters/postgres/queue/jobs.ts';
import { postgresTimers } from '../../src/adapters/postgres/timers.ts';
import { actOnFired } from '../../src/flow/watch/watch-sla.ts';

const connection = connectPostgres(process.argv[2] ?? '', { poolSize: 6, onConnectionLost: console.error });
const say = (what: string) => {
  process.stdout.write(`${JSON.stringify(what)}\n`);
};
const forever = () => new Promise<void>(() => {});
const ports = { timers: postgresTimers(connection), clock: () => new Date() };
const act = actOnFired(ports, async ({ step }) => {
  say(`timer ${step}`);
  if (step === 2) await forever();
});
const jobs = postgresJobs(connection, {
  log: { debug: () => {}, warn: () => {}, error: console.error },
  lanes: [
    {
      task: 'deliver',
      lot: 1,
      atOnce: 3,
      work: eachAlone(async ({ key }) => {
        say(key);
        if (key === 'stuck') await forever();
      }),
    },
    { task: 'timer', lot: 1, atOnce: 1, work: eachAlone((job) => act(job.key, job)) },
  ],
});
await jobs.start();
