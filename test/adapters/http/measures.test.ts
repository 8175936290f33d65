import { beforeEach, expect, test } from 'vitest';
import { type Measures, measures } from '../../../src/adapters/http/measures.ts';

let asked: Record<'jobs' | 'tables' | 'retractions', number>;
let nowMs: number;
let fails: boolean;
let bot: Measures;

beforeEach(() => {
  asked = { jobs: 0, tables: 0, retractions: 0 };
  nowMs = 0;
  fails = false;
  const answer =
    <T>(of: keyof typeof asked, value: T) =>
    async () => {
      asked[of] += 1;
      if (fails) throw new Error('the database is away');
      return value;
    };
  bot = measures(
    {
      jobs: answer('jobs', { exhausted: 1, retrying: 2 }),
      tables: answer('tables', [{ table: 'lead', bytes: 8192, rows: 3 }]),
      retractions: answer('retractions', { remaining: 4 }),
    },
    () => nowMs,
  );
});

test('one scrape asks the database for everything once', async () => {
  const text = await bot.registry.metrics();
  expect(asked).toEqual({ jobs: 1, tables: 1, retractions: 1 });
  expect(text).toContain('handoff_jobs_exhausted 1');
  expect(text).toContain('handoff_jobs_retrying 2');
  expect(text).toContain('handoff_table_bytes{table="lead"} 8192');
  expect(text).toContain('handoff_table_rows{table="lead"} 3');
  expect(text).toContain('handoff_retractions_remaining 4');
});

test('scrapes of five seconds share its answers, at the same time or one after the other', async () => {
  await Promise.all([bot.registry.metrics(), bot.registry.metrics()]);
  nowMs = 4_999;
  await bot.registry.metrics();
  expect(asked).toEqual({ jobs: 1, tables: 1, retractions: 1 });
  nowMs = 5_000;
  await bot.registry.metrics();
  expect(asked).toEqual({ jobs: 2, tables: 2, retractions: 2 });
});

test('a failure is not kept', async () => {
  fails = true;
  await expect(bot.registry.metrics()).rejects.toThrow('the database is away');
  fails = false;
  expect(await bot.registry.metrics()).toContain('handoff_jobs_retrying 2');
});
