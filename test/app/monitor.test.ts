import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Connection } from '../../src/adapters/postgres/connection.ts';
import { openLog } from '../../src/app/log.ts';
import { type Monitor, openMonitor } from '../../src/app/monitor.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const log = openLog({ logLevel: 'silent' }, { write: () => {} });
const open = (connection: Connection, isMeasured = true): Promise<Monitor> =>
  openMonitor(connection, {
    isMeasured,
    onObservation: undefined,
    clock: () => new Date(),
    log,
    isCron: true,
  });

/** Counts what the database is asked from now on. */
function statements() {
  const query = vi.spyOn(database.pool, 'query');
  onTestFinished(() => query.mockRestore());
  return () => query.mock.calls.length;
}

test('a storm of scrapes costs the database one statement in five seconds', async () => {
  const { measures } = await open(database);
  const asked = statements();
  await Promise.all(Array.from({ length: 50 }, () => measures?.()));
  await measures?.();
  expect(asked()).toBe(1);
  const runs = performance.now.bind(performance);
  const later = vi.spyOn(performance, 'now').mockImplementation(() => runs() + 5_000);
  onTestFinished(() => later.mockRestore());
  await measures?.();
  expect(asked()).toBe(2);
});

test('where nobody reads them nothing is measured', async () => {
  const { measures, observe } = await open(database, false);
  const asked = statements();
  observe({ what: 'received', events: 1 });
  expect(measures).toBeNull();
  expect(asked()).toBe(0);
});

test('a database that is away, or silent, is told of in the measures, which come all the same', async () => {
  const { measures } = await open(database);
  const query = vi.spyOn(database.pool, 'query').mockImplementation(() => {
    throw new Error('connect ECONNREFUSED');
  });
  onTestFinished(() => query.mockRestore());
  const away = await measures?.();
  expect(away?.text).toMatch(/^handoff_database_up 0$/m);
  expect(away?.text).toMatch(/^handoff_events_received_total 0$/m);
  expect(away?.text).not.toMatch(/^handoff_jobs_due/m);
});
