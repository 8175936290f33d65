import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';
import { startTimePassing } from '../../sandbox/pass-time.ts';
import { postgresRuns } from '../../src/adapters/postgres/runs.ts';
import { standstillMs } from '../../src/flow/watch/watch-sla.ts';
import { type TestDatabase, warmDatabase } from '../support/database.ts';

const start = new Date('2026-11-02T14:00:00Z');
const dayMs = 24 * 3_600_000;
const afterDays = (days: number) => new Date(start.getTime() + days * dayMs);

let now: Date;
let database: TestDatabase;
let hubspot: HubSpotServer;
let swept: Date[];
let ended: Date[];

beforeEach(async () => {
  now = start;
  swept = [];
  ended = [];
  database = await warmDatabase();
  hubspot = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => now,
  });
});

afterEach(async () => {
  await hubspot.close();
  await database.drop();
});

/** An app that looks at what waits, and a clock that stands still between its steps. */
async function passing(): Promise<(at: Date) => Promise<void>> {
  const moveTo = (at: Date) => {
    now = at;
  };
  const time = await startTimePassing({
    clock: { now: () => now, moveTo },
    hubspot,
    databaseUrl: database.url,
    sweep: async () => {
      swept.push(now);
      await database.pool.query('update hold set until = null where until <= $1', [now]);
    },
    watchPauses: async () => {
      ended.push(now);
      await database.pool.query('update suppression set lifted_at = $1 where until <= $1', [now]);
    },
    poll: async () => {},
  });
  onTestFinished(() => time.close());
  return time.until;
}

test('ninety days in which nothing is due take a hundred looks', async () => {
  const passUntil = await passing();
  await passUntil(afterDays(90));
  expect(now).toEqual(afterDays(90));
  expect(swept).toHaveLength(100);
});

test('an hour in which nothing is due takes a look every five minutes', async () => {
  const passUntil = await passing();
  await passUntil(afterDays(1 / 24));
  expect(swept).toHaveLength(12);
});

test('what the app waits for, and what HubSpot does by itself, each come at their time', async () => {
  const held = new Date(start.getTime() + 10 * dayMs + 61_000);
  await database.pool.query(
    "insert into hold (lead_id, since, because, until) values ('1', $1, '\"\"', $2)",
    [start, held],
  );
  const scheduled = new Date(start.getTime() + 20 * dayMs + 67_000);
  const done: Date[] = [];
  hubspot.schedule(scheduled, () => done.push(now));
  const passUntil = await passing();
  await passUntil(afterDays(90));
  expect(swept).toEqual(expect.arrayContaining([held, scheduled]));
  expect(done).toEqual([scheduled]);
});

test('a pause of nurture ends when its lease is over, and is looked at again in the end', async () => {
  const over = new Date(start.getTime() + 30 * dayMs + 71_000);
  await database.pool.query(
    "insert into suppression (lead_id, who, why, since, until) values ('1', '', '', $1, $2)",
    [start, over],
  );
  const passUntil = await passing();
  await passUntil(afterDays(90));
  expect(ended).toEqual([over, afterDays(90)]);
});

test('an app that has kept up has looked all the time; one that has not stood still', async () => {
  const runs = postgresRuns(database);
  const passUntil = await passing();
  await runs.note('sweep', start);
  await passUntil(afterDays(1));
  expect(await runs.last('sweep')).toEqual(afterDays(1));
  now = new Date(now.getTime() + standstillMs);
  await passUntil(afterDays(2));
  expect(await runs.last('sweep')).toEqual(afterDays(1));
});
