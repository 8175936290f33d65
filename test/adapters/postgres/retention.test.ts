import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresRetention } from '../../../src/adapters/postgres/retention.ts';
import { postgresSuppressions } from '../../../src/adapters/postgres/suppressions.ts';
import { lead, minute, opening, uuid } from '../../flow/contracts/given.ts';
import { letWait, settlementOf } from '../../flow/contracts/settling.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

async function decided(count: number): Promise<void> {
  await database.pool.query(
    `insert into inbound_event (dedupe_key, type, payload, occurred_at, received_at, decided_at)
     select n::text, 'contact.creation', '{}', $1, $1, $1 from generate_series(1, $2) as n`,
    [minute(0), count],
  );
}

test('what is over goes in lots, until nothing of it is left', async () => {
  await decided(1_200);
  const { drop } = postgresRetention(database);
  const lots = [];
  for (let lot = 0; lot < 4; lot += 1) lots.push(await drop('events', minute(1)));
  expect(lots).toEqual([500, 500, 200, 0]);
});

test("of a workflow's request the key stays, so that it cannot be sent once more, and nothing else", async () => {
  const { pool } = database;
  await pool.query(
    `insert into inbound_event (dedupe_key, type, lead_id, payload, reason, occurred_at, received_at, decided_at)
     values ('workflow:1', 'workflow.action', '501', '{"inputFields": {}}', 'Dana', $1, $1, $1)`,
    [minute(0)],
  );
  const { drop } = postgresRetention(database);
  expect([await drop('events', minute(1)), await drop('events', minute(1))]).toEqual([1, 0]);
  const { rows } = await pool.query('select dedupe_key, lead_id, payload, reason from inbound_event');
  expect(rows).toEqual([{ dedupe_key: 'workflow:1', lead_id: null, payload: {}, reason: null }]);
});

test('two processes share the work, and neither waits for the other', async () => {
  await decided(900);
  const { drop } = postgresRetention(database);
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select from inbound_event where dedupe_key::int <= 300 for update`);
    expect([await drop('events', minute(1)), await drop('events', minute(1))]).toEqual([500, 100]);
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect(await drop('events', minute(1))).toBe(300);
});

test('what was said of a lead that is kept no longer is taken back, unless it goes on as another, and what was given up is tried again', async () => {
  const { pool } = database;
  await pool.query(`insert into erasure (lead_id, at) values ('1', now())`);
  await pool.query(
    `insert into lead (id, snapshot, read_at) values ('2', '{"formerIds": []}', $1), ('5', '{"formerIds": ["4"]}', $1)`,
    [minute(0)],
  );
  await pool.query(
    `insert into said select 'slack', 'D1', id || '.0', id from unnest(array['1', '2', '4', '6']) as id`,
  );
  await pool.query(
    `insert into retraction (lead_id, platform, conversation_id, message_id, is_card)
     values ('3', 'teams', 'c', 'm', true)`,
  );
  await postgresRetention(database).retractAgain();
  const { rows } = await pool.query('select task, key from job order by key');
  expect(rows).toEqual(['1', '3', '6'].map((key) => ({ task: 'retract', key })));
  const said = await pool.query('select lead_id from said order by lead_id');
  expect(said.rows).toEqual([{ lead_id: '2' }, { lead_id: '4' }]);
});

/** A lead that sales had, until then. */
async function had(id: string, until = minute(10)): Promise<void> {
  const begun = opening({ id: uuid(Number(id)), leadId: id });
  const settled = { ...settlementOf([id], [], begun), lead: { ...lead, id } };
  await postgresArrivals(database).settle([settled], [], { versions: new Map() }, minute(0));
  await database.pool.query('update handoff set closed_at = $2 where lead_id = $1', [id, until]);
}

test('a lead is outlived when its last handoff ended before, nobody looked at it since, and nothing waits', async () => {
  for (const id of ['1', '2', '3', '4']) await had(id);
  await had('5', minute(25));
  await letWait(
    { arrivals: postgresArrivals(database) },
    {
      ...{ leadId: '2', since: minute(11), because: 'lacks phone', until: null },
    },
  );
  await database.pool.query(
    `insert into inbound_event (dedupe_key, type, lead_id, payload, occurred_at, received_at)
     values ('demo', 'contact.creation', '3', '{}', $1, $1)`,
    [minute(11)],
  );
  await database.pool.query(`update lead set read_at = $1 where id = '4'`, [minute(21)]);
  expect(await postgresRetention(database).outlived(minute(20))).toEqual(['1']);
});

test('a lead whose nurture is paused is kept as long as that lasts', async () => {
  await had('1');
  const ledger = postgresSuppressions(database);
  const pause = { leadId: '1', who: 'ops', why: 'talks to legal', since: minute(5), until: minute(90) };
  await ledger.pauseByHand(pause);
  expect(await postgresRetention(database).outlived(minute(20))).toEqual([]);
  const [open] = await ledger.openOf(['1']);
  await ledger.lift([open?.id ?? ''], minute(15), 'byHand');
  expect(await postgresRetention(database).outlived(minute(20))).toEqual(['1']);
});

test('what was not over by then stays', async () => {
  await decided(3);
  expect(await postgresRetention(database).drop('events', minute(0))).toBe(0);
});

test('a lead that sleeps is kept for as long after its day as others after they ended', async () => {
  const { pool } = database;
  await had('1');
  const { outlived } = postgresRetention(database);
  expect(await outlived(minute(60))).toEqual(['1']);
  await pool.query(`update handoff set state = jsonb_set(state, '{sentBack}', $1)`, [
    JSON.stringify({ revisitAt: { $date: minute(90).toISOString() } }),
  ]);
  expect(await outlived(minute(60))).toEqual([]);
  expect(await outlived(minute(91))).toEqual(['1']);
});
