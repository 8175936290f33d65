import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postgresDirectory } from '../../../src/adapters/postgres/directory.ts';
import { type Jobs, postgresJobs } from '../../../src/adapters/postgres/queue/jobs.ts';
import { rememberedDirectory } from '../../../src/adapters/postgres/remembered-directory.ts';
import type { Directory } from '../../../src/flow/ports/people.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { ada, at, ben } from '../../support/examples.ts';

let database: TestDatabase;
let jobs: Jobs;
/** What is asked of the database. */
let asked: Directory;
let directory: Directory;
/** Another process's way to the same tables. */
let elsewhere: Directory;

const now = at('12:00');
const person = (id: string, name: string) => ({ id, name, ownerId: null, active: true, hours: null });

beforeEach(async () => {
  database = await testDatabase();
  asked = postgresDirectory(database);
  elsewhere = postgresDirectory(database);
  for (const reading of ['people', 'absences', 'byAccount'] as const) vi.spyOn(asked, reading);
  const remembered = rememberedDirectory(asked);
  directory = remembered.directory;
  const log = { debug: () => {}, warn: () => {}, error: () => {} };
  jobs = postgresJobs(database, { lanes: [], log, listeners: [remembered.listener] });
  await elsewhere.savePeople([person(ada, 'Ada Okafor')], now);
});
afterEach(async () => {
  await jobs.stop();
  await database.drop();
});

const names = async () => (await directory.people()).map(({ name }) => name);

test('people and absences are read once', async () => {
  await jobs.start();
  for (let time = 0; time < 3; time += 1) {
    expect(await names()).toEqual(['Ada Okafor']);
    expect(await directory.absences(now)).toEqual(new Map());
  }
  expect(asked.people).toHaveBeenCalledOnce();
  expect(asked.absences).toHaveBeenCalledOnce();
});

test('what another process changes is known here', async () => {
  await jobs.start();
  await names();
  await directory.absences(now);
  await elsewhere.savePeople([person(ada, 'Ada Okafor-Lindt'), person(ben, 'Ben Castillo')], now);
  await expect.poll(names).toEqual(['Ada Okafor-Lindt', 'Ben Castillo']);
  const away = { from: now, until: null, why: 'out of office' };
  await elsewhere.saveAbsences(ada, 'chat', [away], now);
  await expect.poll(() => directory.absences(now)).toEqual(new Map([[ada, [away]]]));
});

test('how many cards somebody let pass is no reason to read people again', async () => {
  await jobs.start();
  await names();
  await database.pool.query('update rep set missed_in_row = 1');
  await elsewhere.savePeople([person(ada, 'Ada Lindt')], now);
  await expect.poll(names).toEqual(['Ada Lindt']);
  expect(asked.people).toHaveBeenCalledTimes(2);
});

test('what is changed here is known at once', async () => {
  await jobs.start();
  await names();
  await directory.savePeople([person(ada, 'Ada Lindt')], now);
  expect(await names()).toEqual(['Ada Lindt']);
  await directory.saveAccount(ada, 'slack', { userId: 'U1', conversationId: 'D1', zone: null }, now);
  expect(await directory.byAccount('slack', 'U1')).toBe(ada);
  expect(asked.byAccount).not.toHaveBeenCalled();
  expect(await directory.byAccount('slack', 'U2')).toBeNull();
});

test('everything is read from the database while nobody listens', async () => {
  expect(await names()).toEqual(['Ada Okafor']);
  await elsewhere.savePeople([person(ada, 'Ada Lindt')], now);
  expect(await names()).toEqual(['Ada Lindt']);
  await jobs.start();
  await names();
  await jobs.stop();
  await elsewhere.savePeople([person(ada, 'Ada Okafor')], now);
  expect(await names()).toEqual(['Ada Okafor']);
});

test('a reading that failed is not remembered', async () => {
  await jobs.start();
  vi.mocked(asked.people).mockRejectedValueOnce(new Error('away'));
  await expect(directory.people()).rejects.toThrow('away');
  expect(await names()).toEqual(['Ada Okafor']);
});
