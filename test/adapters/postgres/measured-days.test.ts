import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { talliesOf } from '../../../src/adapters/postgres/tallies.ts';
import type { Tally } from '../../../src/domain/measure/tally.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';
import { measuredPast } from '../../support/measured-past.ts';

const now = new Date('2026-03-31T00:00:00Z');
const march = { from: new Date('2026-03-01T00:00:00Z'), until: now };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

/** Eight leads a day; tallies, and how many statements were asked, and how many days read, since it was last looked. */
async function aMonth() {
  await measuredPast(database, 240, now);
  let [statements, days] = [0, 0];
  const query = async (text: string, values: unknown[]) => {
    const result = await database.pool.query<Record<string, unknown>>(text, values);
    statements += 1;
    days += result.rows.filter(({ known }) => known === false).length;
    return result;
  };
  const tallies = talliesOf({ query } as Pick<TestDatabase['pool'], 'query'>);
  return {
    tally: async (sight = march) => (await tallies(sight, null, now)).get(null) as Tally,
    looked: () => {
      const since = { statements, days };
      [statements, days] = [0, 0];
      return since;
    },
  };
}

test('numbers are three statements, and the second time no day is read', async () => {
  const { tally, looked } = await aMonth();
  const first = await tally();
  expect(looked()).toEqual({ statements: 3, days: 60 });
  expect(await tally()).toEqual(first);
  expect(looked()).toEqual({ statements: 3, days: 0 });
});

test('of a longer period only the days are read that were not in the first one', async () => {
  const { tally, looked } = await aMonth();
  await tally({ ...march, from: new Date('2026-03-21T00:00:00Z') });
  looked();
  expect((await tally()).handoffs).toBe(240);
  expect(looked().days).toBe(40);
});

test('a day that has changed is read anew, and that one alone', async () => {
  const { tally, looked } = await aMonth();
  const before = await tally();
  await database.pool.query(
    `with changed as (
       update measured_handoff set is_rescued = true
        where handoff_id = (select handoff_id from measured_handoff where qualified_at::date = '2026-03-10' limit 1)
       returning qualified_at::date as day)
     update measured_day set stamp = gen_random_uuid() from changed where measured_day.day = changed.day`,
  );
  looked();
  expect(await tally()).toEqual({ ...before, rescued: before.rescued + 1 });
  expect(looked().days).toBe(2);
});

test('a period that begins and ends within days has the leads of its hours', async () => {
  const { tally } = await aMonth();
  const hours = { from: new Date('2026-03-10T06:00:00Z'), until: new Date('2026-03-11T03:00:00.001Z') };
  expect((await tally(hours)).handoffs).toBe(8);
  expect((await tally({ ...hours, until: new Date('2026-03-11T03:00:00Z') })).handoffs).toBe(7);
});
