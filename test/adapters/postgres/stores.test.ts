import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
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
import { letWait, open as openIn } from '../../flow/contracts/settling.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query(
    'truncate handoff, inbound_event, lead, hold, decision, policy_version, job cascade',
  );
});

const stores = () => ({ arrivals: postgresArrivals(database) });

async function rows(sql: string): Promise<unknown[]> {
  return (await database.pool.query(sql)).rows;
}

const open = (part?: Parameters<typeof opening>[0], timers = opening().timers) =>
  openIn(stores(), [lead.id], [], null, minute(0), () => ({ ...opening(part), timers }));

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
    await inbox.store(
      [arrived(), arrived({ dedupeKey: 'echo', ignored: { as: 'ownEcho', why: 'our own echo' } })],
      minute(0),
    );
    const events = (await inbox.undecided(lead.id)).map(({ id }) => id);
    await openIn(stores(), [lead.id], events, null, minute(1), () => opening());
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
        reason: 'our own echo',
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
    await letWait(stores(), {
      leadId: lead.id,
      since: minute(0),
      because: 'nobody is at work',
      until: minute(60),
    });
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
  await database.pool.query('truncate job');
  const touch = { id: 'no uuid', kind: 'call', outcome: 'noAnswer', note: '' } as const;
  const broken = postgresHandoffs(database).change(uuid(1), byAnn(minute(5)), (handoff) =>
    change(handoff, minute(5), [{ type: 'touched', touch }]),
  );
  await expect(broken).rejects.toThrow();
  expect(await rows('select version from handoff')).toEqual([{ version: 1 }]);
  expect(await rows('select seq from handoff_event')).toEqual([{ seq: 1 }]);
  expect(await rows('select key from job')).toEqual([]);
});

describe('timers', () => {
  /** Sweeps that hold their timers and wait to add the jobs. */
  const sweeping = `select pid, query_start from pg_stat_activity where wait_event_type = 'Lock'
    and query like '%ask_jobs%' and datname = current_database()`;
  const many = (count: number): Timer[] =>
    Array.from({ length: count }, (_, step) => ({
      clock: 'touch',
      step,
      action: 'climb',
      run: 1,
      dueAt: minute(step % 60),
    }));

  const connect = () => connectPostgres(database.url, { poolSize: 1, onConnectionLost: () => {} });
  const jobs = () => rows(`select key from job where task = 'timer'`);

  test('of more than one batch fire once each while three processes sweep', async () => {
    await open({}, many(1_200));
    const replicas = [1, 2, 3].map(connect);
    const fired = await Promise.all(replicas.map((replica) => postgresTimers(replica).fireDue(minute(60))));
    await Promise.all(replicas.map((replica) => replica.close()));
    expect(fired.reduce((sum, count) => sum + count)).toBe(1_200);
    expect(await jobs()).toEqual([{ key: uuid(1) }]);
    expect(await rows('select count(*)::int from timer where fired_at is null')).toEqual([{ count: 0 }]);
  });

  test('fire once each when one of three processes dies while it sweeps', async () => {
    await open({}, many(1_200));
    const [dying, ...others] = [connect(), connect(), connect()];
    const queue = await database.pool.connect();
    await queue.query('begin; lock table job in share mode');
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
    expect(await jobs()).toEqual([{ key: uuid(1) }]);
  });

  test('are acted on in the order in which they were due, and told of whole', async () => {
    await open({}, many(4).reverse());
    const timers = postgresTimers(database);
    await timers.fireDue(minute(2));
    expect(await timers.fired(uuid(1))).toEqual(
      [0, 1, 2].map((step) => ({
        ...{ id: expect.any(String), handoffId: uuid(1), clock: 'touch', action: 'climb', step, run: 1 },
        dueAt: minute(step),
      })),
    );
    expect(await timers.fired(uuid(2))).toEqual([]);
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

describe('ask_jobs', () => {
  const ask = () => database.pool.query(`select from ask_jobs(array['deliver'], array['h1'])`);

  test('leaves a request for afterwards when somebody takes the waiting job at the same moment', async () => {
    await ask();
    const worker = await database.pool.connect();
    await worker.query('begin');
    const { rows: taken } = await worker.query<{ asked: string }>(
      'update job set taken_by = 7, attempts = 1, begun = true returning asked',
    );
    const asking = ask();
    const blocked = `select from pg_stat_activity where wait_event_type = 'Lock'
      and query like '%ask_jobs%' and datname = current_database()`;
    await expect.poll(() => rows(blocked)).toHaveLength(1);
    await worker.query('commit');
    worker.release();
    await asking;
    expect(await rows('select key, taken_by, attempts from job')).toEqual([
      { key: 'h1', taken_by: 7, attempts: 1 },
    ]);
    await database.pool.query(`select end_jobs(array['deliver'], array['h1'], $1, 7)`, [[taken[0]?.asked]]);
    expect(await rows('select key, taken_by, attempts, begun from job')).toEqual([
      { key: 'h1', taken_by: null, attempts: 0, begun: false },
    ]);
  });

  test('asks for nothing when it is given nothing, and once for what it is given twice', async () => {
    await database.pool.query('select from ask_jobs(null, null)');
    await database.pool.query(
      `select from ask_jobs(array['tell', 'tell'], array['a', 'a'], array[false, true])`,
    );
    expect(await rows('select task, key, urgent from job')).toEqual([
      { task: 'tell', key: 'a', urgent: true },
    ]);
  });

  test('tells once of many jobs of a task, and not of those that wait for their time', async () => {
    const listening = await database.pool.connect();
    const heard: (string | undefined)[] = [];
    listening.on('notification', ({ payload }) => heard.push(payload));
    await listening.query('listen job');
    await database.pool.query(
      `select from ask_jobs(array['deliver', 'deliver', 'deliver', 'tell'], array['a', 'b', 'c', 'd'],
                            array[false, false, true, false], array[0, 0, 0, 5])`,
    );
    await database.pool.query(`notify job, 'end'`);
    await expect.poll(() => heard).toContain('end');
    expect(heard).toEqual(['deliver', 'deliver urgent', 'end']);
    listening.release(true);
  });
});
