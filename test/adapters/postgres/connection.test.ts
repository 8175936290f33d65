import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPostgres } from '../../../src/adapters/postgres/connection.ts';
import { run } from '../../../src/adapters/postgres/statement.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const endAllOthers = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

test('survives losing its connections, idle or in use, and reports the idle ones', async () => {
  const lost: string[] = [];
  const { pool, prisma, close } = connectPostgres(database.url, {
    poolSize: 2,
    onConnectionLost: (error) => lost.push(error.message),
  });
  const inUse = await pool.connect();
  await prisma.rep.count();
  const [idleLost, inUseLost] = [once(pool, 'error'), new Promise((ended) => inUse.once('end', ended))];
  await database.pool.query(endAllOthers);
  await Promise.all([idleLost, inUseLost]);
  expect(lost).toEqual(['terminating connection due to administrator command']);
  inUse.release(true);
  expect(await prisma.rep.count()).toBe(0);
  await close();
});

test('a statement that waits too long for others is given up, and asked again later', async () => {
  const { pool, close } = connectPostgres(database.url, { poolSize: 1, onConnectionLost: () => {} });
  await pool.query(`set lock_timeout = '1ms'`);
  const other = await database.pool.connect();
  await other.query('begin; lock table run');
  const note = { name: 'note', text: 'insert into run (routine, at) values ($1, now())' };
  await expect(run(pool, note, ['sweep'])).rejects.toMatchObject({
    name: 'TemporaryFailure',
    outcome: 'unknown',
  });
  await other.query('rollback');
  other.release();
  await close();
});
