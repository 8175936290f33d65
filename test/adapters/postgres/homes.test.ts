import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresHomes } from '../../../src/adapters/postgres/homes.ts';
import { write } from '../../../src/adapters/postgres/write.ts';
import type { HomeScope } from '../../../src/domain/home/home-facts.ts';
import { ann, bea, minute } from '../../flow/contracts/given.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

const scope: HomeScope = { reader: ann, watches: [ann], teams: [], members: [ann] };

async function secondsToWait(): Promise<number[]> {
  const { rows } = await database.pool.query<{ wait: number }>(
    `select round(greatest(extract(epoch from run_at - now()), 0))::int as wait from job where task = 'home'`,
  );
  return rows.map(({ wait }) => wait);
}

async function changed(by: string | null): Promise<void> {
  await write(database.pool, { homes: [{ people: [ann, bea], since: minute(0), by }] });
}

/** The job was asked for so long ago. */
async function waited(seconds: number): Promise<void> {
  await database.pool.query(`update job set run_at = run_at - $1 * interval '1 second'`, [seconds]);
}

test('a home waits two seconds for further changes, which do not put it off', async () => {
  await postgresHomes(database).open(scope, 'U1', minute(0));
  await changed(bea);
  expect(await secondsToWait()).toEqual([2]);
  await waited(1);
  await changed(null);
  expect(await secondsToWait()).toEqual([1]);
  await waited(5);
  await changed(null);
  expect(await secondsToWait()).toEqual([0]);
});

test('whoever made the change does not wait', async () => {
  await postgresHomes(database).open(scope, 'U1', minute(0));
  await changed(bea);
  await changed(ann);
  expect(await secondsToWait()).toEqual([0]);
});

test('a publication that failed begins anew with the next change', async () => {
  await postgresHomes(database).open(scope, 'U1', minute(0));
  await changed(null);
  await database.pool.query(`update job set attempts = 7, run_at = now() + interval '1 hour'`);
  await changed(null);
  expect(await secondsToWait()).toEqual([2]);
});
