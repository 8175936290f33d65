import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectPostgres } from '../../../src/adapters/postgres/connection.ts';
import { Prisma } from '../../../src/adapters/postgres/generated/client.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresHolds } from '../../../src/adapters/postgres/holds.ts';
import { postgresInbox } from '../../../src/adapters/postgres/inbox.ts';
import { postgresPolicyTexts } from '../../../src/adapters/postgres/policy-versions.ts';
import { fireBatch, postgresTimers } from '../../../src/adapters/postgres/timers.ts';
import type { Timer } from '../../../src/domain/time/sla.ts';
import {
  ann,
  arrived,
  bea,
  byAnn,
  change,
  lead,
  minute,
  opening,
  reassigned,
  uuid,
} from '../../flow/contracts/given.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query(
    'truncate handoff, inbound_event, lead, hold, decision, policy_version, graphile_worker._private_jobs cascade',
  );
});

async function rows(sql: string): Promise<unknown[]> {
  return (await database.pool.query(sql)).rows;
}

const open = (part?: Parameters<typeof opening>[0], timers = opening().timers) =>
  postgresHandoffs(database).open([lead.id], [], null, minute(0), () => ({ ...opening(part), timers }));

describe('what the tables keep beyond the ports', () => {
  test('who held a handoff, from when until when', async () => {
    await open();
    await postgresHandoffs(database).change(uuid(1), byAnn(minute(15)), (handoff) =>
      change(handoff, minute(15), [reassigned]),
    );
    expect(await rows('select seq, rep, team, at, until from assignment order by seq')).toEqual([
      { seq: 1, rep: ann, team: 'DACH', at: minute(0), until: minute(15) },
      { seq: 2, rep: bea, team: null, at: minute(15), until: null },
    ]);
  });

  test('the touches, by whom', async () => {
    await open();
    const touch = { id: uuid(7), kind: 'call', outcome: 'noAnswer', note: 'rang\0' } as const;
    await postgresHandoffs(database).change(uuid(1), byAnn(minute(5)), (handoff) =>
      change(handoff, minute(5), [{ type: 'touched', touch }]),
    );
    expect(await rows('select rep, kind, outcome, note, at from touch')).toEqual([
      { rep: ann, kind: 'call', outcome: 'noAnswer', note: 'rang', at: minute(5) },
    ]);
  });

  test('the decision on every event, with its reason and handoff', async () => {
    const inbox = postgresInbox(database);
    await inbox.store([arrived(), arrived({ dedupeKey: 'echo', ignored: 'our own change' })], minute(0));
    const events = (await inbox.undecided(lead.id)).map(({ id }) => id);
    await postgresHandoffs(database).open([lead.id], events, null, minute(1), () => opening());
    expect(
      await rows(
        'select dedupe_key, decision, reason, handoff_id, decided_at from inbound_event order by id',
      ),
    ).toEqual([
      {
        dedupe_key: 'a',
        decision: 'handoff',
        reason: 'became marketingqualifiedlead',
        handoff_id: uuid(1),
        decided_at: minute(1),
      },
      {
        dedupe_key: 'echo',
        decision: 'ignored',
        reason: 'our own change',
        handoff_id: null,
        decided_at: minute(0),
      },
    ]);
  });

  test('each policy once, since when it was first seen', async () => {
    await postgresPolicyTexts(database, () => minute(0)).save({ hash: 'abc', text: 'triggers: []' });
    await postgresPolicyTexts(database, () => minute(9)).save({ hash: 'abc', text: 'triggers: []' });
    expect(await rows('select * from policy_version')).toEqual([
      { hash: 'abc', text: 'triggers: []', since: minute(0) },
    ]);
  });

  test('which policies the open handoffs began under', async () => {
    const texts = postgresPolicyTexts(database, () => minute(0));
    await texts.save({ hash: 'abc', text: 'triggers: []' });
    await texts.save({ hash: 'def', text: 'triggers: [] # new' });
    expect(await texts.inUse()).toEqual(new Map());
    await open();
    expect(await texts.inUse()).toEqual(new Map([['abc', 'triggers: []']]));
  });

  test('why a lead is looked at again, and that its time had come', async () => {
    const holds = postgresHolds(database);
    await holds.save({ leadId: lead.id, since: minute(0), because: 'nobody is at work', until: minute(60) });
    await holds.wakeDue(minute(61));
    expect(
      await rows('select lead_id, type, payload, occurred_at, received_at, decision from inbound_event'),
    ).toEqual([
      {
        lead_id: lead.id,
        type: 'hold.over',
        payload: {},
        occurred_at: minute(60),
        received_at: minute(61),
        decision: null,
      },
    ]);
  });
});

test('a lead is found by its name without a look at its snapshot', async () => {
  await database.pool.query(
    `insert into lead (id, name, snapshot, read_at)
     select id::text, 'lead ' || id, $1, now() from generate_series(1, 3000) as id`,
    [JSON.stringify(lead)],
  );
  await database.pool.query('vacuum analyze lead');
  const plan = await rows(`explain select id from lead where name is not null
    and not exists (select from unnest(array['lindt']) as word where position(word in name) = 0)
    order by name, id limit 10`);
  expect(JSON.stringify(plan)).toContain('Index Only Scan using lead_name_id_idx');
});

test('a change that breaks off leaves nothing behind', async () => {
  await open();
  await database.pool.query('truncate graphile_worker._private_jobs');
  const touch = { id: 'no uuid', kind: 'call', outcome: 'noAnswer', note: '' } as const;
  const broken = postgresHandoffs(database).change(uuid(1), byAnn(minute(5)), (handoff) =>
    change(handoff, minute(5), [{ type: 'touched', touch }]),
  );
  await expect(broken).rejects.toThrow();
  expect(await rows('select version from handoff')).toEqual([{ version: 1 }]);
  expect(await rows('select seq from handoff_event')).toEqual([{ seq: 1 }]);
  expect(await rows('select key from graphile_worker.jobs')).toEqual([]);
});

describe('timers', () => {
  /** Sweeps that hold their timers and wait to add the jobs. */
  const sweeping = `select pid, query_start from pg_stat_activity where wait_event_type = 'Lock'
    and query like '%enqueue_job%' and datname = current_database()`;
  const many = (count: number): Timer[] =>
    Array.from({ length: count }, (_, step) => ({
      clock: 'touch',
      step,
      action: 'climb',
      run: 1,
      dueAt: minute(step % 60),
    }));

  const connect = () => connectPostgres(database.url, { poolSize: 1, onConnectionLost: () => {} });
  const jobs = () =>
    rows(`select count(*)::int, count(distinct key)::int as keys from graphile_worker.jobs
      where task_identifier = 'timer'`);

  test('of more than one batch fire once each while three processes sweep', async () => {
    await open({}, many(1_200));
    const replicas = [1, 2, 3].map(connect);
    const fired = await Promise.all(replicas.map((replica) => postgresTimers(replica).fireDue(minute(60))));
    await Promise.all(replicas.map((replica) => replica.close()));
    expect(fired.reduce((sum, count) => sum + count)).toBe(1_200);
    expect(await jobs()).toEqual([{ count: 1_200, keys: 1_200 }]);
    expect(await rows('select count(*)::int from timer where fired_at is null')).toEqual([{ count: 0 }]);
  });

  test('fire once each when one of three processes dies while it sweeps', async () => {
    await open({}, many(1_200));
    const [dying, ...others] = [connect(), connect(), connect()];
    const queue = await database.pool.connect();
    await queue.query('begin; lock table graphile_worker._private_jobs in share mode');
    const broken = expect(postgresTimers(dying).fireDue(minute(60))).rejects.toThrow();
    await expect.poll(() => rows(sweeping)).toHaveLength(1);
    const sweeps = others.map((other) => postgresTimers(other).fireDue(minute(60)));
    await expect.poll(() => rows(sweeping)).toHaveLength(3);
    await rows(`select pg_terminate_backend(pid) from (${sweeping} order by query_start limit 1) as first`);
    await broken;
    await queue.query('rollback');
    queue.release();
    const fired = await Promise.all(sweeps);
    fired.push(await postgresTimers(database).fireDue(minute(60)));
    await Promise.all([dying, ...others].map((replica) => replica.close()));
    expect(fired.reduce((sum, count) => sum + count)).toBe(1_200);
    expect(await jobs()).toEqual([{ count: 1_200, keys: 1_200 }]);
  });

  test('are fired in the order in which they were due, and told of whole', async () => {
    await open({}, many(3).reverse());
    await postgresTimers(database).fireDue(minute(60));
    expect(
      await rows(`select payload from graphile_worker._private_jobs join timer on payload->>'id' = timer.id::text
        order by run_at`),
    ).toEqual(
      [0, 1, 2].map((step) => ({
        payload: {
          ...{ id: expect.any(String), handoffId: uuid(1), clock: 'touch', action: 'climb', step, run: 1 },
          dueAt: expect.stringMatching(`^2026-03-02T09:0${step}:00`),
        },
      })),
    );
  });

  test('that are due are found by the index of the pending ones, and no others are read', async () => {
    await open({}, many(20));
    await database.pool.query(
      `insert into timer (handoff_id, clock, step, action, run, due_at)
       select $1, 'touch', 1, 'climb', 1, $2::timestamptz + n * interval '1 s' from generate_series(1, 50000) as n`,
      [uuid(1), minute(60)],
    );
    await database.pool.query('vacuum analyze timer');
    const plan = await database.prisma.$queryRaw<{ 'QUERY PLAN': string }[]>(
      Prisma.sql`explain (analyze, costs off, timing off) ${fireBatch(minute(60))}`,
    );
    const reads = plan.map((line) => line['QUERY PLAN']).filter((line) => /Scan .*timer/.test(line));
    expect(reads.map((line) => /(?<=-> {2}).*(?= \(actual)/.exec(line)?.[0])).toEqual([
      'Index Scan using timer_pending on timer',
      'Index Scan using timer_pkey on timer timer_1',
    ]);
    expect(reads[0]).toContain('rows=20');
  });
});

describe('enqueue_job', () => {
  const add = () => database.pool.query(`select enqueue_job('deliver', '{"handoffId":"h1"}', 'deliver:h1')`);

  test('adds a new job when a worker takes the waiting one at the same moment', async () => {
    await add();
    const worker = await database.pool.connect();
    await worker.query('begin');
    await worker.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker', attempts = 1`,
    );
    const adding = add();
    const blocked = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%enqueue_job%'
        and datname = current_database()`;
    await expect.poll(() => rows(blocked)).toHaveLength(1);
    await worker.query('commit');
    worker.release();
    await adding;
    expect(
      await rows(`select key, locked_at is not null as taken from graphile_worker._private_jobs order by id`),
    ).toEqual([
      { key: null, taken: true },
      { key: 'deliver:h1', taken: false },
    ]);
  });
});
