import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresRetention } from '../../../src/adapters/postgres/retention.ts';
import { minute } from '../../flow/contracts/given.ts';
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

test('what was not over by then stays', async () => {
  await decided(3);
  expect(await postgresRetention(database).drop('events', minute(0))).toBe(0);
});
