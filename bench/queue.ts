// What a job costs in the queue: node bench/queue.ts
import { readdir, readFile } from 'node:fs/promises';
import { Pool, type PoolClient } from 'pg';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { eachAlone } from '../src/adapters/postgres/queue/job.ts';
import { postgresJobs } from '../src/adapters/postgres/queue/jobs.ts';
import { startDatabases } from './databases.ts';

const all = 1_000;
/** How often a job is asked for again while it is being worked on. */
const turns = 10;

/** Counts what goes over the connections of a pool. */
function counted(url: string): { pool: Pool; count: { statements: number; empty: number } } {
  const count = { statements: 0, empty: 0 };
  const pool = new Pool({ connectionString: url, max: 10 });
  pool.on('error', () => {});
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<{ rowCount: number | null }>;
    client.query = (async (...args: unknown[]) => {
      count.statements += 1;
      const [first] = args;
      const claims =
        typeof first === 'object' && first !== null && 'name' in first && first.name === 'claim jobs';
      if (typeof args.at(-1) === 'function') return query(...args);
      const answer = await query(...args);
      if (claims && answer.rowCount === 0) count.empty += 1;
      return answer;
    }) as typeof client.query;
  });
  return { pool, count };
}

/** Seconds that the server of this connection has computed so far, by all its processes. */
async function serverSeconds(pid: number): Promise<number> {
  const stat = async (id: string) =>
    (await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
  const server = (await stat(String(pid)))[1] ?? '';
  const ticks = (fields: readonly string[], from: number, to: number) =>
    fields.slice(from, to).reduce((sum, one) => sum + Number(one), 0);
  let total = ticks(await stat(server), 11, 15);
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const fields = await stat(id);
    if (fields[1] === server) total += ticks(fields, 11, 13);
  }
  return total / 100;
}

async function measure(url: string): Promise<void> {
  const { pool, count } = counted(url);
  const admin = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  await migrate({ pool: admin });
  const { rows } = await admin.query<{ pid: number }>('select pg_backend_pid() as pid');
  const backend = rows[0]?.pid ?? 0;
  const waiting = new Map<string, () => Promise<void> | void>();
  const jobs = postgresJobs(
    { pool },
    {
      log: { debug: () => {}, warn: console.error, error: console.error },
      lanes: [
        { task: 'deliver', lot: 100, atOnce: 2, work: eachAlone(async ({ key }) => waiting.get(key)?.()) },
      ],
    },
  );
  await jobs.start();
  const ask = async (keys: readonly string[]) => {
    const values = [keys.map(() => 'deliver'), keys];
    await pool.query({ name: 'ask', text: 'select from ask_jobs($1, $2)', values });
  };
  const doneWith = (key: string) => new Promise<void>((resolve) => waiting.set(key, resolve));

  const scenario = async (name: string, act: () => Promise<void>) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = {
      ...count,
      node: process.cpuUsage(),
      server: await serverSeconds(backend),
      at: performance.now(),
    };
    await act();
    const seconds = (performance.now() - before.at) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const node = process.cpuUsage(before.node);
    const figures = {
      seconds: seconds.toFixed(2),
      statements: count.statements - before.statements,
      'empty claims': count.empty - before.empty,
      'node cpu s': ((node.user + node.system) / 1e6).toFixed(2),
      'postgres cpu s': ((await serverSeconds(backend)) - before.server).toFixed(2),
    };
    console.log(name.padEnd(8), JSON.stringify(figures));
  };

  await scenario('lone', async () => {
    for (let n = 0; n < all; n += 1) {
      const done = doneWith(`lone ${n}`);
      await ask([`lone ${n}`]);
      await done;
    }
  });
  await scenario('burst', async () => {
    const keys = Array.from({ length: all }, (_, n) => `burst ${n}`);
    const done = keys.map(doneWith);
    for (let n = 0; n < all; n += 100) await ask(keys.slice(n, n + 100));
    await Promise.all(done);
  });
  await scenario('turns', async () => {
    for (let n = 0; n < turns; n += 1) {
      const began = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      waiting.set('turn', () => {
        began.resolve();
        return release.promise;
      });
      await ask(['turn']);
      await began.promise;
      await ask(['turn']);
      const again = doneWith('turn');
      release.resolve();
      await again;
    }
  });
  await jobs.stop();
  await pool.end();
  await admin.end();
}

const databases = await startDatabases();
try {
  await measure(await databases.create());
} finally {
  await databases.stop();
}
