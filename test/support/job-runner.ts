// A process of its own that works on jobs, for tests that kill it. It hangs in the job of handoff `stuck`.
import { connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { postgresJobs } from '../../src/adapters/postgres/queue/jobs.ts';

const connection = connectPostgres(process.argv[2] ?? '', { poolSize: 6, onConnectionLost: console.error });
const say = async (line: object) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const log = { debug: () => {}, warn: () => {}, error: console.error };
const jobs = postgresJobs(connection, {
  concurrency: 3,
  log,
  tasks: {
    intake: say,
    deliver: async ({ handoffId }) => {
      await say({ handoffId });
      if (handoffId === 'stuck') await new Promise(() => {});
    },
    'write-back': say,
    timer: say,
    'find-leads': say,
    tell: say,
  },
});
await jobs.start();
