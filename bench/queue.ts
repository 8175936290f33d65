// What a job costs in the queue: node bench/queue.ts
import { readdir, readFile } from 'node:fs/promises';
import { Logger, run, runMigrations } from 'graphile-worker';
import { Pool, type PoolClient } from 'pg';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { startDatabases } from './databases.ts';

const jobs = 1_000;
const atOnce = 10;
/** How often a job is asked for again while it is being worked on. */
const turns = 10;

/** A queue that is measured: how jobs are asked for, and how somebody works on them. */
type Candidate = {
  name: string;
  prepare(pool: Pool): Promise<void>;
  ask(pool: Pool, keys: readonly string[]): Promise<void>;
  work(pool: Pool, done: (key: string) => Promise<void>): Promise<() => Promise<void>>;
};

type GraphileOptions = { batches: boolean; turns: boolean };

/** graphile-worker by nothing but what it documents. */
function graphile(name: string, { batches, turns }: GraphileOptions): Candidate {
  return {
    name,
    prepare: (pool) => runMigrations({ pgPool: pool }),
    ask: async (pool, keys) => {
      await pool.query({
        name: 'ask',
        text: `select graphile_worker.add_job('deliver', json_build_object('key', key), job_key => key, max_attempts => 25,
                                              queue_name => case when $2 then key end)
                 from unnest($1::text[]) as key`,
        values: [keys, turns],
      });
    },
    work: async (pool, done) => {
      const runner = await run({
        pgPool: pool,
        concurrency: atOnce,
        noHandleSignals: true,
        parsedCronItems: [],
        logger: new Logger(() => () => {}),
        taskList: { deliver: (payload) => done((payload as { key: string }).key) },
        preset: {
          worker: batches
            ? { localQueue: { size: 100 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }
            : { completeJobBatchDelay: -1, failJobBatchDelay: -1 },
        },
      });
      return () => runner.stop();
    },
  };
}

const claim = {
  name: 'claim',
  text: `with picked as (
           select task, key from job
            where task = 'deliver' and taken_by is null and not urgent and run_at <= now()
            order by run_at limit $1 for update skip locked
         )
         update job set taken_by = $2, taken_at = now(), attempts = attempts + 1, begun = true
           from picked where job.task = picked.task and job.key = picked.key
         returning job.key, job.asked::float8`,
};

/** The smallest table of our own: lots are claimed in one statement and ended in one. */
function own(name: string, lot: number): Candidate {
  return {
    name,
    prepare: async (pool) => {
      await migrate({ pool });
    },
    ask: async (pool, keys) => {
      const values = [keys.map(() => 'deliver'), keys];
      await pool.query({ name: 'ask', text: 'select count(*) from ask_jobs($1, $2)', values });
    },
    work: async (pool, done) => {
      const listening = await pool.connect();
      await listening.query('listen job');
      let isAsked = false;
      let working = false;
      const work = async () => {
        if (working) return;
        working = true;
        for (let isFull = false; isFull || isAsked; ) {
          isAsked = false;
          const { rows } = await pool.query<{ key: string; asked: number }>({ ...claim, values: [lot, 1] });
          isFull = rows.length === lot;
          await Promise.all(rows.map(({ key }) => done(key)));
          const values = [
            rows.map(() => 'deliver'),
            rows.map(({ key }) => key),
            rows.map(({ asked }) => asked),
            1,
          ];
          if (rows.length > 0)
            await pool.query({ name: 'end', text: 'select end_jobs($1, $2, $3, $4)', values });
        }
        working = false;
      };
      listening.on('notification', () => {
        isAsked = true;
        void work();
      });
      return async () => listening.release(true);
    },
  };
}

/** Counts what goes over the connections of a pool. */
function counted(url: string): { pool: Pool; count: { statements: number; empty: number } } {
  const count = { statements: 0, empty: 0 };
  const pool = new Pool({ connectionString: url, max: atOnce + 4 });
  pool.on('error', () => {});
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<{ rowCount: number | null }>;
    client.query = (async (...args: unknown[]) => {
      count.statements += 1;
      const [first] = args;
      const claims =
        typeof first === 'object' &&
        first !== null &&
        'name' in first &&
        /^(get_job|claim)/.test(String(first.name));
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

async function measure(candidate: Candidate, url: string): Promise<void> {
  const { pool, count } = counted(url);
  const admin = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  await candidate.prepare(admin);
  const { rows } = await admin.query<{ pid: number }>('select pg_backend_pid() as pid');
  const backend = rows[0]?.pid ?? 0;
  const waiting = new Map<string, () => Promise<void> | void>();
  const stop = await candidate.work(pool, async (key) => waiting.get(key)?.());
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
    console.log(candidate.name.padEnd(34), name.padEnd(8), JSON.stringify(figures));
  };

  await scenario('lone', async () => {
    for (let n = 0; n < jobs; n += 1) {
      const done = doneWith(`lone ${n}`);
      await candidate.ask(pool, [`lone ${n}`]);
      await done;
    }
  });
  await scenario('burst', async () => {
    const all = Array.from({ length: jobs }, (_, n) => `burst ${n}`);
    const done = all.map(doneWith);
    for (let n = 0; n < jobs; n += 100) await candidate.ask(pool, all.slice(n, n + 100));
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
      await candidate.ask(pool, ['turn']);
      await began.promise;
      await candidate.ask(pool, ['turn']);
      const again = doneWith('turn');
      release.resolve();
      await again;
    }
  });
  await stop();
  await pool.end();
  await admin.end();
}

const databases = await startDatabases();
try {
  for (const candidate of [
    own('own table', 100),
    graphile('graphile, batches', { batches: true, turns: false }),
    graphile('graphile, batches and turns', { batches: true, turns: true }),
  ]) {
    await measure(candidate, await databases.create());
  }
} finally {
  await databases.stop();
}
