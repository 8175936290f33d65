import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresOutbox } from '../../../src/adapters/postgres/outbox.ts';
import { eachAlone, type Lane, type TakenJob } from '../../../src/adapters/postgres/queue/job.ts';
import { type Jobs, postgresJobs } from '../../../src/adapters/postgres/queue/jobs.ts';
import { readStanding } from '../../../src/adapters/postgres/standing.ts';
import { postgresTimers } from '../../../src/adapters/postgres/timers.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import type { TaskName } from '../../../src/flow/ports/jobs.ts';
import { actOnFired } from '../../../src/flow/watch/watch-sla.ts';
import { lead, minute, opening, uuid } from '../../flow/contracts/given.ts';
import { open as openIn } from '../../flow/contracts/settling.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const running: Jobs[] = [];
beforeEach(async () => {
  await database.pool.query('truncate job, handoff, lead cascade');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
});

type Process = Jobs & { lines: string[]; failed: string[] };

/** How many jobs gave up, and how many failed and will be tried again. */
async function troubled(): Promise<{ exhausted: number; retrying: number }> {
  const { jobs } = await readStanding(database, new Date());
  const sum = (of: 'exhausted' | 'retrying') => jobs.reduce((total, one) => total + one[of], 0);
  return { exhausted: sum('exhausted'), retrying: sum('retrying') };
}

/** A process with these lanes. */
function processWith(...lanes: Lane[]): Process {
  const lines: string[] = [];
  const keep = (facts: object, message: string) => lines.push(`${message} ${JSON.stringify(facts)}`);
  const failed: string[] = [];
  const jobs = postgresJobs(database, {
    lanes,
    log: { debug: () => {}, warn: keep, error: keep },
    onFailed: (task, became) => failed.push(`${task} ${became}`),
  });
  running.push(jobs);
  return { ...jobs, lines, failed };
}

const laneOf = (
  task: TaskName,
  work: (job: TakenJob) => Promise<void> | void,
  part: Partial<Lane> = {},
): Lane => ({
  ...{ task, lot: 1, atOnce: 3, work: eachAlone(async (job) => work(job)) },
  ...part,
});

/** A process that delivers as is given. */
const delivering = (work: (job: TakenJob) => Promise<void> | void, part: Partial<Lane> = {}) =>
  processWith(laneOf('deliver', work, part));

type Request = { task?: TaskName; urgent?: boolean; taker?: number | null };

async function ask(
  keys: string | readonly string[],
  { task = 'deliver', urgent = false, taker }: Request = {},
) {
  const all = typeof keys === 'string' ? [keys] : keys;
  const { rows } = await database.pool.query<{ key: string; asked: string }>(
    'select key, asked from ask_jobs($1, $2, $3, null, $4)',
    [all.map(() => task), all, all.map(() => urgent), all.map(() => taker ?? null)],
  );
  return rows.map(({ key, asked }) => ({ task, key, asked: Number(asked) }));
}

type Row = { key: string; attempts: number; waits: number; taken: boolean };

async function waiting(): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>(
    `select key, attempts, extract(epoch from run_at - now())::float as waits, taken_by is not null as taken
       from job order by task, key`,
  );
  return rows;
}

/** The jobs wait for so many seconds less. */
const pass = (seconds: number) =>
  database.pool.query(`update job set run_at = run_at - $1 * interval '1 s'`, [seconds]);

/** Expects the only job to wait for so many seconds since the deed, however long the deed and the look at it took. */
async function waitsFor(seconds: number, deed: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await deed();
  const [job, ...others] = await waiting();
  expect(others).toEqual([]);
  expect(job?.waits).toBeLessThanOrEqual(seconds);
  expect(Number(job?.waits) + (performance.now() - begun) / 1000).toBeGreaterThanOrEqual(seconds);
}

/** Resolves once the database is as expected, which a notification of ours could not tell. */
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 10 });
const untilNothingIsLeft = () => until(async () => expect(await waiting()).toEqual([]));

/** A promise for each key that was begun, which the test keeps or breaks. */
function held() {
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const work = ({ key }: TakenJob) => {
    begun.push(key);
    return new Promise<void>((resolve) => ends.set(key, resolve));
  };
  return { begun, work, end: (key: string) => ends.get(key)?.() };
}

/** What the queue asks of the database from now on, by the name of the statement, and how many rows it got. */
function countStatements() {
  const spied = vi.spyOn(database.pool, 'query');
  return async (name: string): Promise<number[]> => {
    const places = spied.mock.calls.flatMap(([query], place) =>
      (query as unknown as { name?: string }).name === name ? [place] : [],
    );
    const answers = places.map(
      (place) => spied.mock.results[place]?.value as unknown as Promise<{ rowCount: number }>,
    );
    return (await Promise.all(answers)).map(({ rowCount }) => rowCount);
  };
}

describe('a process', () => {
  test('begins with a job as soon as it is asked for, without looking by itself', async () => {
    const query = database.pool.query.bind(database.pool) as (...args: unknown[]) => unknown;
    vi.spyOn(database.pool, 'query').mockImplementation(((...args: unknown[]) => {
      const [first] = args as [{ name?: string }];
      return first.name === 'look for jobs' ? Promise.reject(new Error('looks')) : query(...args);
    }) as never);
    const seen: string[] = [];
    const jobs = delivering(({ key }) => {
      seen.push(key);
    });
    await jobs.start();
    for (let count = 1; count <= 15; count += 1) {
      await ask(`h${count}`);
      await until(() => expect(seen).toHaveLength(count));
    }
  });

  test('makes one claim for a lone job, and none that finds nothing', async () => {
    const seen: string[] = [];
    const jobs = processWith(
      laneOf(
        'intake',
        async ({ key }) => {
          await ask(`handoff of ${key}`);
        },
        { lot: 100, atOnce: 2 },
      ),
      laneOf('deliver', ({ key }) => {
        seen.push(key);
      }),
      laneOf('write-back', () => {}),
      laneOf('timer', () => {}),
    );
    await jobs.start();
    await ask('first', { task: 'intake' });
    await until(async () => expect(seen).toHaveLength(1));
    await untilNothingIsLeft();
    const rowsOf = countStatements();
    for (const key of ['101', '102', '103']) {
      await ask(key, { task: 'intake' });
      await until(() => expect(seen).toContain(`handoff of ${key}`));
      await untilNothingIsLeft();
    }
    expect(await rowsOf('claim jobs')).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await rowsOf('end jobs')).toHaveLength(6);
  });

  test('makes a lot of what has come meanwhile, with one claim and one end', async () => {
    const { begun, work, end } = held();
    const lots: number[] = [];
    const each = eachAlone(async (job) => work(job));
    let heardAll = false;
    const last = laneOf('tell', () => {
      heardAll = true;
    });
    const jobs = processWith(last, {
      ...{ task: 'intake', lot: 100, atOnce: 1 },
      work: (lot) => {
        lots.push(lot.length);
        return each(lot);
      },
    });
    await jobs.start();
    await ask('1', { task: 'intake' });
    await until(() => expect(begun).toEqual(['1']));
    const rowsOf = countStatements();
    const others = Array.from({ length: 99 }, (_, index) => String(index + 2));
    for (const key of others) await ask(key, { task: 'intake' });
    // It hears of them in their order.
    await ask('last', { task: 'tell' });
    await until(() => expect(heardAll).toBe(true));
    end('1');
    await until(() => expect(begun).toHaveLength(100));
    for (const key of others) end(key);
    await untilNothingIsLeft();
    expect(lots).toEqual([1, 99]);
    expect(await rowsOf('claim jobs')).toEqual([1, 99]);
    expect(await rowsOf('end jobs')).toHaveLength(3);
  });

  test('takes the oldest first, as many as it has places for, and then goes on', async () => {
    const { begun, work, end } = held();
    const keys = Array.from({ length: 7 }, (_, index) => `h${index}`);
    for (const key of keys) await ask(key);
    await delivering(work).start();
    for (const [count, key] of keys.entries()) {
      await until(() => expect(begun).toEqual(keys.slice(0, count + 3)));
      end(key);
    }
    await untilNothingIsLeft();
  });

  test('keeps a place for urgent jobs, which come before the others', async () => {
    const { begun, work, end } = held();
    await ask(['a', 'b', 'c', 'd']);
    const jobs = delivering(work, { reserve: 1 });
    await jobs.start();
    await until(() => expect(begun).toEqual(['a', 'b']));
    await ask('clicked', { urgent: true });
    await until(() => expect(begun).toEqual(['a', 'b', 'clicked']));
    await ask('clicked too', { urgent: true });
    end('a');
    await until(() => expect(begun).toEqual(['a', 'b', 'clicked', 'clicked too']));
    end('b');
    end('clicked');
    await until(() => expect(begun).toEqual(['a', 'b', 'clicked', 'clicked too', 'c', 'd']));
    for (const key of begun) end(key);
    await untilNothingIsLeft();
  });

  test('asks for no others while only the places of urgent jobs are free', async () => {
    const { begun, work, end } = held();
    const jobs = delivering(work, { reserve: 1 });
    await jobs.start();
    await ask(['a', 'b']);
    await until(() => expect(begun).toEqual(['a', 'b']));
    const rowsOf = countStatements();
    for (const key of ['c', 'd', 'e']) await ask(key);
    await ask('clicked', { urgent: true });
    await until(() => expect(begun).toContain('clicked'));
    expect(await rowsOf('claim jobs')).toEqual([1]);
    end('clicked');
    end('a');
    await until(() => expect(begun).toEqual(['a', 'b', 'clicked', 'c']));
    await until(async () => {
      for (const key of begun) end(key);
      expect(await waiting()).toEqual([]);
    });
  });

  test('does one thing at a time for a handoff, and misses no change that came meanwhile', async () => {
    const { begun, work, end } = held();
    await Promise.all([delivering(work).start(), delivering(work).start()]);
    await ask('h1');
    await until(() => expect(begun).toEqual(['h1']));
    for (let change = 0; change < 6; change += 1) await ask('h1');
    await ask('h2');
    await until(() => expect(begun).toEqual(['h1', 'h2']));
    end('h1');
    // The six that came meanwhile are one.
    await until(() => expect(begun).toEqual(['h1', 'h2', 'h1']));
    end('h1');
    end('h2');
    await untilNothingIsLeft();
    expect(begun).toEqual(['h1', 'h2', 'h1']);
  });

  test('finishes what it has begun when it is stopped, and begins nothing more', async () => {
    const { begun, work, end } = held();
    const jobs = delivering(work);
    await jobs.start();
    await ask('h1');
    await until(() => expect(begun).toEqual(['h1']));
    let stopped = false;
    const stopping = jobs.stop().then(() => {
      stopped = true;
    });
    expect(await waiting()).toMatchObject([{ key: 'h1', taken: true }]);
    expect(stopped).toBe(false);
    end('h1');
    await stopping;
    await ask('h2');
    expect(await waiting()).toMatchObject([{ key: 'h2', taken: false }]);
    expect(begun).toEqual(['h1']);
  });

  test('goes on after the database has dropped all connections', async () => {
    const lost = vi.spyOn(console, 'error').mockReturnValue();
    const { begun, work, end } = held();
    const jobs = delivering(work);
    await jobs.start();
    await ask('h1');
    await until(() => expect(begun).toEqual(['h1']));
    await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    end('h1');
    await until(async () => {
      await ask('h2');
    });
    await until(() => expect(begun).toContain('h2'));
    end('h2');
    await untilNothingIsLeft();
    expect(begun.filter((key) => key === 'h1')).toEqual(['h1']);
    lost.mockRestore();
  });

  test('finds what it was given without hearing of it', async () => {
    const seen: [string, boolean][] = [];
    const jobs = delivering(({ key, again }) => {
      seen.push([key, again]);
    });
    await jobs.start();
    await ask('lost', { taker: jobs.taker() });
    await database.pool.query(`update job set taken_at = now() - interval '11 s'`);
    await until(() => expect(seen).toEqual([['lost', true]]));
    await untilNothingIsLeft();
  });
});

describe('a job that a statement took at once', () => {
  test('is worked on without a claim, with what is in memory', async () => {
    const seen: unknown[] = [];
    const lane: Lane<{ name: string }> = {
      ...{ task: 'deliver', lot: 1, atOnce: 2 },
      work: eachAlone(async ({ key, item, again }) => {
        seen.push([key, item, again]);
      }),
    };
    const jobs = processWith(lane);
    await jobs.start();
    await ask('before');
    await until(() => expect(seen).toHaveLength(1));
    await untilNothingIsLeft();
    const rowsOf = countStatements();
    const [taken] = await ask('h1', { taker: jobs.taker() });
    expect(taken).toMatchObject({ key: 'h1' });
    if (taken) jobs.handOver(taken, { name: 'Ada' });
    await until(() =>
      expect(seen).toEqual([
        ['before', undefined, false],
        ['h1', { name: 'Ada' }, false],
      ]),
    );
    await untilNothingIsLeft();
    expect(await rowsOf('claim jobs')).toEqual([]);
    expect(await rowsOf('end jobs')).toHaveLength(1);
  });

  test('is not taken where somebody has asked for it before', async () => {
    await ask('h1');
    expect(await ask('h1', { taker: 7 })).toEqual([]);
    expect(await waiting()).toMatchObject([{ key: 'h1', taken: false, attempts: 0 }]);
  });

  test('is given back by a process that stops before it has begun', async () => {
    const { begun, work, end } = held();
    const lane = laneOf('deliver', work, { atOnce: 1 });
    const jobs = processWith(lane);
    await jobs.start();
    for (const job of await ask(['h1', 'h2'], { taker: jobs.taker() })) jobs.handOver(job);
    await until(() => expect(begun).toEqual(['h1']));
    const taker = jobs.taker();
    const stopping = jobs.stop();
    end('h1');
    await stopping;
    for (const job of await ask('h3', { taker })) jobs.handOver(job);
    await until(async () =>
      expect(await waiting()).toMatchObject([
        { key: 'h2', taken: false, attempts: 0 },
        { key: 'h3', taken: false, attempts: 0 },
      ]),
    );
    const seen: boolean[] = [];
    await delivering(({ again }) => {
      seen.push(again);
    }).drain();
    expect(seen).toEqual([false, false]);
  });
});

describe('a job that a statement ends', () => {
  const ending = (before = async () => {}) => {
    const jobs: Process = processWith({
      ...{ task: 'write-back', lot: 10, atOnce: 1 },
      work: async (lot) => {
        await before();
        await database.pool.query('select end_jobs($1, $2, $3, $4)', [
          lot.map(({ task }) => task),
          lot.map(({ key }) => key),
          lot.map(({ asked }) => asked),
          jobs.taker(),
        ]);
        return lot.map(() => ({ outcome: 'ended' as const }));
      },
    });
    return jobs;
  };

  test('needs no end of its own', async () => {
    await ask(['h1', 'h2', 'h3'], { task: 'write-back' });
    const rowsOf = countStatements();
    await ending().drain();
    expect(await waiting()).toEqual([]);
    expect(await rowsOf('end jobs')).toEqual([]);
  });

  test('waits as if it were new when it was asked for meanwhile, and the others are over', async () => {
    await ask(['h1', 'h2', 'h3'], { task: 'write-back' });
    let times = 0;
    await ending(async () => {
      times += 1;
      if (times === 1) await ask('h2', { task: 'write-back' });
    }).drain();
    expect(times).toBe(2);
    expect(await waiting()).toEqual([]);
  });

  test('is left alone when it is somebody else’s by now', async () => {
    const [mine] = await ask('h1', { taker: 7 });
    await database.pool.query('update job set taken_by = 8');
    const end = (taker: number) =>
      database.pool.query<{ ended: number }>('select end_jobs($1, $2, $3, $4) as ended', [
        ...[['deliver'], ['h1'], [mine?.asked]],
        taker,
      ]);
    expect((await end(7)).rows).toEqual([{ ended: 0 }]);
    expect(await waiting()).toMatchObject([{ key: 'h1', taken: true }]);
    expect((await end(8)).rows).toEqual([{ ended: 1 }]);
  });

  test('answers no request but the one that it was taken for, however often the job was done since', async () => {
    const [first] = await ask('h1', { taker: 7 });
    await database.pool.query('truncate job');
    const [second] = await ask('h1', { taker: 7 });
    expect(second?.asked).toBeGreaterThan(Number(first?.asked));
  });
});

const ann = 'ann@example.com';
const clockStood = { kind: 'clockStood', from: new Date(0), until: new Date(1) } as const;
const addNews = () => postgresOutbox(database).add([{ person: ann, news: clockStood }], new Date(0));

test('news are told some seconds after the last of them came', async () => {
  await addNews();
  await pass(6);
  await waitsFor(5, addNews);
});

test('no log line names a person', async () => {
  await addNews();
  const jobs = processWith(laneOf('tell', () => Promise.reject(new Error('the world is down'))));
  await jobs.drain();
  expect(jobs.lines).toEqual([expect.stringContaining('job failed {"task":"tell"')]);
  expect(jobs.lines.join()).not.toContain(ann);
});

describe('drain', () => {
  test('runs what is due and what it leads to', async () => {
    const seen: string[] = [];
    await ask('h1');
    await delivering(async ({ key }) => {
      seen.push(key);
      if (seen.length < 5) await ask(`h${seen.length + 1}`);
    }).drain();
    expect(seen).toEqual(['h1', 'h2', 'h3', 'h4', 'h5']);
    expect(await waiting()).toEqual([]);
  });

  test('runs what waits for more to come, and not what failed', async () => {
    const told: string[] = [];
    await ask('h1');
    await processWith(
      laneOf('deliver', async () => {
        await addNews();
        throw new Error('the world is down');
      }),
      laneOf('tell', ({ key }) => {
        told.push(key);
      }),
    ).drain();
    expect(told).toEqual([ann]);
    expect(await waiting()).toMatchObject([{ key: 'h1', attempts: 1 }]);
  });

  test('runs beside another of the same process', async () => {
    const seen: string[] = [];
    const jobs = delivering(({ key }) => {
      seen.push(key);
    });
    await ask(['h1', 'h2']);
    await Promise.all([jobs.drain(), jobs.drain()]);
    await ask('h3');
    await jobs.drain();
    expect(seen.sort()).toEqual(['h1', 'h2', 'h3']);
    expect(await waiting()).toEqual([]);
  });
});

describe('a job that fails', () => {
  type Attempt = Pick<TakenJob, 'attempt' | 'last' | 'again'>;
  const failing = (error: () => unknown, seen: Attempt[] = []) =>
    delivering(({ attempt, last, again }) => {
      seen.push({ attempt, last, again });
      const thrown = error();
      if (thrown) throw thrown;
    });
  const down = () => new Error('the world is down\0');

  test('is tried again later each time, and knows which attempt it is', async () => {
    const seen: Attempt[] = [];
    await ask('h1');
    const jobs = failing(down, seen);
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await waitsFor(Math.exp(attempt), () => jobs.drain());
      expect(await waiting()).toMatchObject([{ key: 'h1', attempts: attempt, taken: false }]);
      await pass(60);
    }
    expect(seen).toEqual([
      { attempt: 1, last: false, again: false },
      ...[2, 3, 4].map((attempt) => ({ attempt, last: false, again: true })),
    ]);
    expect(jobs.lines[0]).toContain('job failed {"task":"deliver","handoffId":"h1"');
    expect(await troubled()).toEqual({ exhausted: 0, retrying: 1 });
  });

  test('is exhausted after the 25th attempt, stays in sight, and begins anew when it is asked for', async () => {
    const seen: Attempt[] = [];
    await ask('h1');
    await database.pool.query('update job set attempts = 24, begun = true');
    const jobs = failing(down, seen);
    await jobs.drain();
    await pass(1_000_000);
    await jobs.drain();
    expect(seen).toEqual([{ attempt: 25, last: true, again: true }]);
    expect(jobs.failed).toEqual(['deliver exhausted']);
    expect(await troubled()).toEqual({ exhausted: 1, retrying: 0 });
    await ask('h1');
    await jobs.drain();
    expect(seen.slice(1)).toEqual([{ attempt: 1, last: false, again: true }]);
    expect(await troubled()).toEqual({ exhausted: 0, retrying: 1 });
  });

  test('waits as long as the platform said, which is no attempt', async () => {
    await ask('h1');
    const busy = new TemporaryFailure('slow down', { outcome: 'notDone', retryAfterSeconds: 90 });
    const jobs = failing(() => busy);
    await waitsFor(90, () => jobs.drain());
    expect(jobs.failed).toEqual(['deliver postponed']);
    expect(await waiting()).toMatchObject([{ key: 'h1', attempts: 0, taken: false }]);
  });

  test.each([
    ['without a word', null],
    ['with a wait', 90],
  ])('begins anew at once when it was asked for meanwhile, %s', async (_, retryAfterSeconds) => {
    const seen: Attempt[] = [];
    await ask('h1');
    const jobs = delivering(async ({ key, attempt, last, again }) => {
      seen.push({ attempt, last, again });
      if (seen.length > 1) return;
      await ask(key);
      throw new TemporaryFailure('away', { outcome: 'unknown', retryAfterSeconds });
    });
    await jobs.drain();
    // Nobody knows how far the first came, whatever was asked for since.
    expect(seen).toEqual([
      { attempt: 1, last: false, again: false },
      { attempt: 1, last: false, again: true },
    ]);
    expect(await waiting()).toEqual([]);
    expect(await troubled()).toEqual({ exhausted: 0, retrying: 0 });
  });

  test('begins at once when it is asked for while it waits', async () => {
    let isDown = true;
    const seen: Attempt[] = [];
    await ask('h1');
    const jobs = failing(() => (isDown ? down() : null), seen);
    await jobs.drain();
    isDown = false;
    await ask('h1');
    await jobs.drain();
    expect(seen[1]).toEqual({ attempt: 1, last: false, again: true });
    expect(await waiting()).toEqual([]);
  });

  test('does not take the others of its lot with it', async () => {
    const seen: string[] = [];
    await ask(['h1', 'h2', 'h3']);
    const jobs = delivering(
      ({ key }) => {
        seen.push(key);
        if (key === 'h2') throw down();
      },
      { lot: 3, atOnce: 1 },
    );
    const rowsOf = countStatements();
    await jobs.drain();
    expect(seen).toEqual(['h1', 'h2', 'h3']);
    expect(await waiting()).toMatchObject([{ key: 'h2', attempts: 1, taken: false }]);
    expect(await rowsOf('end jobs')).toHaveLength(1);
    expect(await rowsOf('fail jobs')).toHaveLength(1);
  });

  test.each<[string, Lane['work']]>([
    ['when their lot throws', () => Promise.reject(new Error('the world is down'))],
    ['when their lot forgets one', async () => [{ outcome: 'done' }]],
  ])('is each of a lot, %s', async (_, work) => {
    await ask(['h1', 'h2']);
    await processWith({ task: 'deliver', lot: 2, atOnce: 1, work }).drain();
    expect(await waiting()).toMatchObject([
      { key: 'h1', attempts: 1, taken: false },
      { key: 'h2', attempts: 1, taken: false },
    ]);
  });
});

describe('a process that was killed', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  /** Starts a process that works on jobs. @returns what it says it is doing. */
  function startProcess(): string[] {
    const script = fileURLToPath(new URL('../../support/job-runner.ts', import.meta.url));
    child = spawn(process.execPath, [script, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    if (child.stdout) createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line)));
    return said;
  }

  async function kill(): Promise<void> {
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
  }

  test('leaves its jobs to the others at once, and only those that it had not done', async () => {
    const said = startProcess();
    await ask('done');
    await until(() => expect(said).toEqual(['done']));
    await untilNothingIsLeft();
    await ask('stuck');
    await until(() => expect(said).toEqual(['done', 'stuck']));
    const seen: [string, number, boolean][] = [];
    const jobs = delivering(({ key, attempt, again }) => {
      seen.push([key, attempt, again]);
    });
    const rowsOf = countStatements();
    await jobs.start();
    await until(async () => expect(await rowsOf('look for jobs')).toHaveLength(1));
    expect(await waiting(), 'while it is alive').toMatchObject([{ key: 'stuck', taken: true }]);

    await kill();
    await until(() => expect(seen).toEqual([['stuck', 2, true]]));
    await untilNothingIsLeft();
  });

  test('leaves a job that was asked for meanwhile to be done once', async () => {
    const said = startProcess();
    await ask('stuck');
    await until(() => expect(said).toEqual(['stuck']));
    await ask('stuck');
    await kill();
    const seen: string[] = [];
    const jobs = delivering(({ key }) => {
      seen.push(key);
    });
    await jobs.start();
    await untilNothingIsLeft();
    expect(seen).toEqual(['stuck']);
    expect(await troubled()).toEqual({ exhausted: 0, retrying: 0 });
  });

  test('has its jobs exhausted when they have killed one after the other', async () => {
    await ask('h1', { taker: 7 });
    await database.pool.query('update job set attempts = 25');
    const jobs = delivering(() => expect.unreachable());
    await jobs.drain();
    expect(await troubled()).toEqual({ exhausted: 1, retrying: 0 });
    expect(jobs.lines).toEqual([expect.stringContaining('freed the jobs of processes that are gone')]);
  });

  test('leaves the timers of a handoff where they were: none is run again that was done, none before its turn', async () => {
    await postgresHandoffs(database).saveLead(lead, minute(0));
    const timers = [3, 1, 2].map((step) => ({
      ...{ clock: 'touch' as const, action: 'climb' as const, run: 1 },
      ...{ step, dueAt: minute(step) },
    }));
    const stores = { arrivals: postgresArrivals(database) };
    await openIn(stores, [lead.id], [], null, minute(0), () => ({ ...opening(), timers }));
    await database.pool.query('truncate job');
    const said = startProcess();
    await postgresTimers(database).fireDue(minute(2));
    await until(() => expect(said).toEqual(['timer 1', 'timer 2']));
    await postgresTimers(database).fireDue(minute(3));
    await kill();
    const seen: number[] = [];
    const ports = { timers: postgresTimers(database), clock: () => minute(9) };
    const act = actOnFired(ports, async ({ step }) => {
      seen.push(step);
    });
    await processWith(laneOf('timer', (job) => act(job.key, job))).start();
    await until(async () =>
      expect(await database.prisma.timer.count({ where: { handoffId: uuid(1), doneAt: null } })).toBe(0),
    );
    expect(seen).toEqual([2, 3]);
  });
});
