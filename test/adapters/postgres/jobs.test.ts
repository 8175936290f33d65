import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { postgresOutbox } from '../../../src/adapters/postgres/outbox.ts';
import { recoverJobs } from '../../../src/adapters/postgres/queue/job-recovery.ts';
import type { Attempt, Tasks } from '../../../src/adapters/postgres/queue/job-tasks.ts';
import { type Jobs, postgresJobs } from '../../../src/adapters/postgres/queue/jobs.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import type { DueTimer } from '../../../src/flow/ports/time.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const running: Jobs[] = [];
beforeEach(async () => {
  await database.pool.query('truncate graphile_worker._private_jobs');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
});

type Deliver = (handoffId: string, attempt: Attempt) => Promise<void> | void;

/** Workers whose `deliver` does what is given; nothing else has anything to do. */
function workersThat(deliver: Deliver, other: Partial<Tasks> = {}): Jobs & { lines: string[] } {
  const lines: string[] = [];
  const keep = (facts: object, message: string) => lines.push(`${message} ${JSON.stringify(facts)}`);
  const nothing = async () => {};
  const tasks: Tasks = {
    ...{ intake: nothing, 'write-back': nothing, timer: nothing, 'find-leads': nothing, tell: nothing },
    deliver: async ({ handoffId }, attempt) => deliver(handoffId, attempt),
    ...other,
  };
  const log = { debug: () => {}, warn: keep, error: keep };
  const jobs = postgresJobs(database, { tasks, log, concurrency: 3 });
  running.push(jobs);
  return { ...jobs, lines };
}

async function add(
  handoffId: string,
  task = 'deliver',
  key = `${task}:${handoffId}`,
  more = {},
): Promise<void> {
  const payload = JSON.stringify({ handoffId, ...more });
  await database.pool.query('select enqueue_job($1, $2::json, $3)', [task, payload, key]);
}

type Row = { key: string | null; attempts: number; waits: number; locked: boolean };

async function waiting(): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>(
    `select key, attempts, extract(epoch from run_at - now())::float as waits, locked_at is not null as locked
       from graphile_worker._private_jobs order by id`,
  );
  return rows;
}

/** Resolves once the database is as expected, which a notification of ours could not tell. */
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 10 });

describe('workers', () => {
  test('begin with a job as soon as it is added', async () => {
    const took: number[] = [];
    let begun = () => {};
    const jobs = workersThat(() => begun());
    await jobs.start();
    for (let count = 0; count < 15; count += 1) {
      const done = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const start = performance.now();
      await add('h1');
      await done;
      took.push(performance.now() - start);
    }
    // Far below the two seconds after which they would look by themselves.
    expect(took.sort((a, b) => a - b)[7]).toBeLessThan(100);
  });

  test('do one thing at a time for a handoff, and miss no change that came meanwhile', async () => {
    const release: (() => void)[] = [];
    const seen: string[] = [];
    const deliver = (id: string) => {
      seen.push(id);
      return new Promise<void>((resolve) => release.push(resolve));
    };
    const [one, two] = [workersThat(deliver), workersThat(deliver)];
    await Promise.all([one.start(), two.start()]);
    await add('h1');
    await until(() => expect(seen).toEqual(['h1']));
    for (let change = 0; change < 6; change += 1) {
      await add('h1');
      await until(async () =>
        expect((await waiting()).filter(({ key, locked }) => key && locked)).toHaveLength(1),
      );
    }
    await add('h2');
    await until(() => expect(seen).toContain('h2'));
    expect(seen).toEqual(['h1', 'h2']);
    const settle = setInterval(() => {
      for (const done of release.splice(0)) done();
    }, 5);
    await until(async () => expect(await waiting()).toEqual([]));
    clearInterval(settle);
    // Of the six that waited, the newest is enough; a process that was only waiting for the other may run one more.
    const again = seen.filter((id) => id === 'h1').length - 1;
    expect(again).toBeGreaterThanOrEqual(1);
    expect(again).toBeLessThanOrEqual(3);
  });

  test('run the timers of a handoff in the order in which they were due', async () => {
    const seen: string[] = [];
    const timer: Tasks['timer'] = async ({ id }) => {
      seen.push(id);
    };
    const facts = { clock: 'touch', action: 'climb', step: 2, run: 1, dueAt: '2026-03-02T09:20:00+00:00' };
    for (const id of ['1', '2', '3']) await add('h1', 'timer', `timer:${id}`, { ...facts, id });
    await workersThat(() => {}, { timer }).drain();
    expect(seen).toEqual(['1', '2', '3']);
  });

  test('take the timers that a killed process has left before those that wait for them', async () => {
    const seen: string[] = [];
    const timer: Tasks['timer'] = async ({ id }) => {
      seen.push(id);
    };
    const facts = { clock: 'touch', action: 'climb', step: 2, run: 1, dueAt: '2026-03-02T09:20:00+00:00' };
    const ids = ['1', '2', '3', '4', '5', '6', '7'];
    for (const id of ids) await add('h1', 'timer', `timer:${id}`, { ...facts, id });
    // As many are left as there are workers, and more wait for them.
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'killed', attempts = 1
        where key in ('timer:1', 'timer:2', 'timer:3')`,
    );
    const jobs = workersThat(() => {}, { timer });
    await jobs.start();
    await until(async () => expect(await waiting()).toEqual([]));
    expect(seen).toEqual(ids);
    expect(await jobs.troubled()).toEqual({ exhausted: 0, retrying: 0 });
  });

  test('are given a timer as it was set', async () => {
    const seen: DueTimer[] = [];
    const timer: Tasks['timer'] = async (due) => {
      seen.push(due);
    };
    const set = { id: '7', clock: 'touch', action: 'wake', step: 0, run: 3 } as const;
    await add('h1', 'timer', 'timer:7', { ...set, dueAt: '2026-03-02T10:20:00.5+01:00' });
    await workersThat(() => {}, { timer }).drain();
    expect(seen).toEqual([{ ...set, handoffId: 'h1', dueAt: new Date('2026-03-02T09:20:00.500Z') }]);
  });

  test('finish what they have begun when they are stopped, and begin nothing more', async () => {
    let finish = () => {};
    const seen: string[] = [];
    const jobs = workersThat((id) => {
      seen.push(id);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    await jobs.start();
    await add('h1');
    await until(() => expect(seen).toEqual(['h1']));
    let stopped = false;
    const stopping = jobs.stop().then(() => {
      stopped = true;
    });
    expect(await waiting()).toMatchObject([{ key: 'deliver:h1', locked: true }]);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await add('h2');
    expect(await waiting()).toMatchObject([{ key: 'deliver:h2', locked: false }]);
    expect(seen).toEqual(['h1']);
  });

  test('go on after the database has dropped all connections', async () => {
    const lost = vi.spyOn(console, 'error').mockReturnValue();
    const seen: string[] = [];
    let finish = () => {};
    const jobs = workersThat((id) => {
      seen.push(id);
      return seen.length === 1
        ? new Promise((resolve) => {
            finish = resolve;
          })
        : undefined;
    });
    await jobs.start();
    await add('h1');
    await until(() => expect(seen).toEqual(['h1']));
    await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    // Its end may not have been written; then it runs again.
    finish();
    await until(() => add('h2'));
    await until(async () => expect(await waiting()).toEqual([]));
    expect(seen).toContain('h2');
    lost.mockRestore();
  });
});

const ann = 'ann@example.com';
const clockStood = { kind: 'clockStood', from: new Date(0), until: new Date(1) } as const;
const addNews = () => postgresOutbox(database).add([{ person: ann, news: clockStood }], new Date(0));

test('news are told some seconds after the last of them came', async () => {
  await addNews();
  await database.pool.query(`update graphile_worker._private_jobs set run_at = now() - interval '1 s'`);
  await addNews();
  const [job, ...others] = await waiting();
  expect(others).toEqual([]);
  expect(job?.waits).toBeGreaterThan(3);
  expect(job?.waits).toBeLessThanOrEqual(5);
});

test('no log line names a person', async () => {
  await addNews();
  const jobs = workersThat(() => {}, { tell: () => Promise.reject(new Error('the world is down')) });
  await jobs.drain();
  expect(jobs.lines).toEqual([expect.stringContaining('job failed {"task":"tell"')]);
  expect(jobs.lines.join()).not.toContain(ann);
});

describe('drain', () => {
  test('runs what is due and what it leads to', async () => {
    const seen: string[] = [];
    await add('h1');
    await workersThat(async (id) => {
      seen.push(id);
      if (seen.length < 5) await add(`h${seen.length + 1}`);
    }).drain();
    expect(seen).toEqual(['h1', 'h2', 'h3', 'h4', 'h5']);
    expect(await waiting()).toEqual([]);
  });

  test('runs what waits for more to come, and not what failed', async () => {
    const told: string[] = [];
    const tell: Tasks['tell'] = async ({ person }) => {
      told.push(person);
    };
    await add('h1');
    await workersThat(
      async () => {
        await addNews();
        throw new Error('the world is down');
      },
      { tell },
    ).drain();
    expect(told).toEqual([ann]);
    expect(await waiting()).toMatchObject([{ key: 'deliver:h1', attempts: 1 }]);
  });
});

describe('a job that fails', () => {
  test('is tried again later, and knows which attempt it is', async () => {
    const attempts: Attempt[] = [];
    await add('h1');
    const jobs = workersThat((_, attempt) => {
      attempts.push(attempt);
      throw new Error('the world is down');
    });
    await jobs.drain();
    expect(attempts).toEqual([{ attempt: 1, last: false }]);
    const [job] = await waiting();
    expect(job).toMatchObject({ key: 'deliver:h1', attempts: 1, locked: false });
    expect(job?.waits).toBeGreaterThan(1);
    expect(jobs.lines).toEqual([expect.stringContaining('"task":"deliver","handoffId":"h1"')]);
    expect((await jobs.troubled()).exhausted).toBe(0);
  });

  test('is exhausted after the 25th attempt', async () => {
    const attempts: Attempt[] = [];
    await add('h1');
    await database.pool.query('update graphile_worker._private_jobs set attempts = 24');
    const jobs = workersThat((_, attempt) => {
      attempts.push(attempt);
      throw new Error('the world is down');
    });
    await jobs.drain();
    expect(attempts).toEqual([{ attempt: 25, last: true }]);
    expect((await jobs.troubled()).exhausted).toBe(1);
  });

  test('waits as long as the platform said, which is no attempt', async () => {
    await add('h1');
    const busy = new TemporaryFailure('slow down', { outcome: 'notDone', retryAfterSeconds: 90 });
    await workersThat(() => Promise.reject(busy)).drain();
    const [job, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(job).toMatchObject({ key: 'deliver:h1', attempts: 0, locked: false });
    expect(job?.waits).toBeGreaterThan(80);
    expect(job?.waits).toBeLessThan(90);
  });

  test.each([
    ['without a word', null],
    ['with a wait', 90],
  ])('leaves the work to a newer one that was added meanwhile, %s', async (_, retryAfterSeconds) => {
    const attempts: Attempt[] = [];
    await add('h1');
    const jobs = workersThat(async (id, attempt) => {
      attempts.push(attempt);
      if (attempts.length > 1) return;
      await add(id);
      throw new TemporaryFailure('away', { outcome: 'unknown', retryAfterSeconds });
    });
    await jobs.drain();
    expect(attempts).toEqual([
      { attempt: 1, last: false },
      { attempt: 1, last: false },
    ]);
    expect(await waiting()).toEqual([]);
    expect((await jobs.troubled()).exhausted).toBe(0);
  });

  test('is no job of ours when its payload is none', async () => {
    await database.pool.query(`select enqueue_job('deliver', '{"handoff":1}', 'odd')`);
    const jobs = workersThat(() => expect.unreachable());
    await jobs.drain();
    expect(await waiting()).toMatchObject([{ key: 'odd', attempts: 1 }]);
    expect(jobs.lines.join()).toContain('job failed');
  });
});

describe('a worker that was killed', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  /** Starts a process that works on jobs. @returns what it says it is doing. */
  function startProcess(): string[] {
    const script = fileURLToPath(new URL('../../support/job-runner.ts', import.meta.url));
    child = spawn(process.execPath, [script, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    if (child.stdout)
      createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line).handoffId));
    return said;
  }

  test('leaves its jobs to the others at once, and only those that it had not done', async () => {
    const said = startProcess();
    await add('done');
    await until(() => expect(said).toEqual(['done']));
    await until(async () => expect(await waiting()).toEqual([]));
    await add('stuck');
    await until(() => expect(said).toEqual(['done', 'stuck']));
    expect(await recoverJobs(database.pool), 'while it is alive').toBe(0);

    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    const seen: [string, number][] = [];
    const jobs = workersThat((id, { attempt }) => {
      seen.push([id, attempt]);
    });
    await jobs.start();
    await until(() => expect(seen).toEqual([['stuck', 2]]));
    await until(async () => expect(await waiting()).toEqual([]));
  });

  test('leaves nothing behind of a job that a newer one has replaced', async () => {
    const said = startProcess();
    await add('stuck');
    await until(() => expect(said).toEqual(['stuck']));
    await add('stuck');
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    const seen: string[] = [];
    const jobs = workersThat((id) => {
      seen.push(id);
    });
    await jobs.start();
    await until(async () => expect(await waiting()).toEqual([]));
    expect(seen).toEqual(['stuck']);
    expect((await jobs.troubled()).exhausted).toBe(0);
  });
});
