import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { connectPostgres } from '../../../src/adapters/postgres/connection.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresInbox } from '../../../src/adapters/postgres/inbox.ts';
import type { Settlement } from '../../../src/flow/ports/arrivals.ts';
import {
  accepted,
  ann,
  arrived,
  byAnn,
  change,
  lead,
  minute,
  opening,
  uuid,
} from '../../flow/contracts/given.ts';
import { settlementOf } from '../../flow/contracts/settling.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';
import { type PostgresWire, startPostgresWire } from '../../support/postgres-wire.ts';

/** The process that looks at the leads. */
const taker = 7;
const nobodyTook = { versions: new Map<string, number>() };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

async function rows<Row = unknown>(sql: string): Promise<Row[]> {
  return (await database.pool.query(sql)).rows as Row[];
}

/** An event about each lead came in, and the process has the jobs of looking at them. */
async function lotOf(count: number): Promise<Settlement[]> {
  const ids = Array.from({ length: count }, (_, index) => `${101 + index}`);
  const inbox = postgresInbox(database);
  await inbox.store(
    ids.map((leadId) => arrived({ dedupeKey: leadId, leadId })),
    minute(0),
  );
  await database.pool.query('update job set taken_by = $1, attempts = 1, begun = true', [taker]);
  const taken = await rows<{ key: string; asked: number }>('select key, asked::int from job');
  const events = await rows<{ id: string; lead_id: string }>('select id, lead_id from inbound_event');
  return ids.map((leadId, index) => {
    const own = events.filter((event) => event.lead_id === leadId).map(({ id }) => BigInt(id));
    const asked = taken.find(({ key }) => key === leadId)?.asked ?? 0;
    return {
      ...settlementOf([leadId], own, opening({ id: uuid(index + 1), leadId })),
      lead: { ...lead, id: leadId },
      job: { task: 'intake', key: leadId, asked },
    };
  });
}

const waitingForLocks = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;

const jobs = () => rows('select task, key, taken_by from job order by task, key');

describe('a process that settles a lot', () => {
  test('has the jobs of showing the new handoffs at once, and is done with those of looking at the leads', async () => {
    const opened = await postgresArrivals(database, () => taker).settle(
      await lotOf(2),
      [],
      nobodyTook,
      minute(1),
    );
    const taken = await rows<{ key: string; asked: number }>(
      `select key, asked::int from job where task = 'deliver' order by key`,
    );
    expect(opened).toEqual(taken.map(({ key, asked }) => ({ handoffId: key, asked })));
    expect(await jobs()).toEqual([
      { task: 'deliver', key: uuid(1), taken_by: taker },
      { task: 'deliver', key: uuid(2), taken_by: taker },
      { task: 'write-back', key: uuid(1), taken_by: null },
      { task: 'write-back', key: uuid(2), taken_by: null },
    ]);
  });

  test('leaves the job of a lead waiting about which something came meanwhile', async () => {
    const lot = await lotOf(2);
    await postgresInbox(database).store([arrived({ dedupeKey: 'again', leadId: '102' })], minute(1));
    await postgresArrivals(database, () => taker).settle(lot, [], nobodyTook, minute(1));
    expect(await rows(`select key, taken_by, attempts, begun from job where task = 'intake'`)).toEqual([
      { key: '102', taken_by: null, attempts: 0, begun: false },
    ]);
    expect(await rows('select dedupe_key from inbound_event where decided_at is null')).toEqual([
      { dedupe_key: 'again' },
    ]);
  });

  test('keeps its jobs, and takes none, when somebody was faster', async () => {
    const lot = await lotOf(2);
    const arrivals = postgresArrivals(database, () => taker);
    const turn = { pool: 'DACH', after: new Map([[ann, 1]]) };
    await arrivals.settle([], [turn], nobodyTook, minute(0));
    const before = await jobs();
    expect(await arrivals.settle(lot, [turn], nobodyTook, minute(1))).toBeNull();
    expect(await jobs()).toEqual(before);
  });

  test('waits for nobody with its jobs in hand: a lead whose time comes meanwhile is looked at again', async () => {
    const [settlement] = await lotOf(1);
    await database.pool.query(
      `insert into hold (lead_id, since, because) values ('101', now(), '"nobody is at work"')`,
    );
    const waking = await database.pool.connect();
    try {
      await waking.query(`begin; select from hold for update`);
      const settled = postgresArrivals(database, () => taker).settle(
        settlement ? [settlement] : [],
        [],
        nobodyTook,
        minute(1),
      );
      await expect.poll(() => rows(waitingForLocks)).toHaveLength(1);
      await waking.query(`select from ask_jobs(array['intake'], array['101'])`);
      await waking.query('commit');
      expect(await settled).toHaveLength(1);
    } finally {
      waking.release(true);
    }
    expect(await rows(`select key, taken_by from job where task = 'intake'`)).toEqual([
      { key: '101', taken_by: null },
    ]);
  });
});

test('a write-back that ends waits for nobody with its job in hand: what happens meanwhile asks for another', async () => {
  const [settlement] = await lotOf(1);
  await postgresArrivals(database).settle(settlement ? [settlement] : [], [], nobodyTook, minute(0));
  await database.pool.query(`update job set taken_by = $1 where task = 'write-back'`, [taker]);
  const [job] = await rows<{ asked: number }>(`select asked::int from job where task = 'write-back'`);
  const changing = await database.pool.connect();
  try {
    await changing.query('begin; select from handoff for update');
    const noted = postgresHandoffs(database, () => taker).noteWritten([
      {
        handoffId: uuid(1),
        leadId: lead.id,
        writtenSeq: 1,
        touchIds: new Map(),
        job: { task: 'write-back', key: uuid(1), asked: job?.asked ?? 0 },
      },
    ]);
    await expect.poll(() => rows(waitingForLocks)).toHaveLength(1);
    await changing.query(`select from ask_jobs(array['write-back'], array[$1])`, [uuid(1)]);
    await changing.query('commit');
    await noted;
  } finally {
    changing.release(true);
  }
  expect(await rows(`select taken_by from job where task = 'write-back'`)).toEqual([{ taken_by: null }]);
  expect(await rows('select written_seq from handoff')).toEqual([{ written_seq: 1 }]);
});

describe('what it costs', () => {
  let wire: PostgresWire;
  let counted: ReturnType<typeof connectPostgres>;
  beforeEach(async () => {
    wire = await startPostgresWire(database.url);
    counted = connectPostgres(wire.url, { poolSize: 1, onConnectionLost: () => {} });
    // What the first connection asks counts for nothing.
    await counted.pool.query('select 1');
    return async () => {
      await counted.close();
      await wire.close();
    };
  });

  test('to settle a hundred leads is one statement and one commit', async () => {
    const lot = await lotOf(100);
    const turn = { pool: 'DACH', after: new Map([[ann, 1]]) };
    await wire.reset();
    const opened = await postgresArrivals(counted, () => taker).settle(lot, [turn], nobodyTook, minute(1));
    expect(opened).toHaveLength(100);
    expect(await wire.count()).toEqual({ statements: 1, roundTrips: 1, commits: 1 });
  });

  test('to know a hundred leads, and what assigning them depends on, is one statement each', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `${index}`);
    const arrivals = postgresArrivals(counted);
    await wire.reset();
    await arrivals.known(ids.map((id) => [id]));
    await arrivals.standings(ids, [ann], minute(0));
    expect(await wire.count()).toEqual({ statements: 2, roundTrips: 2, commits: 0 });
  });

  test('to change a handoff is two statements and one commit', async () => {
    await postgresArrivals(database).settle(await lotOf(1), [], nobodyTook, minute(0));
    await wire.reset();
    const changed = await postgresHandoffs(counted).change(uuid(1), byAnn(minute(5), 'click'), (handoff) =>
      change(handoff, minute(5), [accepted]),
    );
    expect(changed?.outcome).toBe('changed');
    expect(await wire.count()).toEqual({ statements: 2, roundTrips: 2, commits: 1 });
  });

  test('to refuse a change, or a command that was carried out before, is one statement and no commit', async () => {
    await postgresArrivals(database).settle(await lotOf(1), [], nobodyTook, minute(0));
    const handoffs = postgresHandoffs(counted);
    const accept = () =>
      handoffs.change(uuid(1), byAnn(minute(5), 'click'), (handoff) =>
        change(handoff, minute(5), [accepted]),
      );
    await accept();
    await wire.reset();
    expect((await accept())?.outcome).toBe('repeated');
    await handoffs.change(uuid(1), byAnn(minute(6)), () => ({ refused: 'nothingRunning' }));
    expect(await wire.count()).toEqual({ statements: 2, roundTrips: 2, commits: 0 });
  });
});
