import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresRuns } from '../../../src/adapters/postgres/runs.ts';
import { readStanding } from '../../../src/adapters/postgres/standing.ts';
import { minute, opening, uuid, waiting } from '../../flow/contracts/given.ts';
import { letWait, open } from '../../flow/contracts/settling.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

const standing = (now = minute(60)) => readStanding(database, now);
const sql = (text: string) => database.pool.query(text);

describe('how things stand', () => {
  test('is that there is nothing, when there is nothing', async () => {
    const { tables, ...rest } = await standing();
    expect(rest).toEqual({
      jobs: [],
      handoffs: [],
      held: 0,
      retractions: 0,
      timersLateSeconds: 0,
      routines: [],
    });
    expect(tables).toContainEqual({ table: 'handoff', bytes: expect.any(Number), rows: expect.any(Number) });
  });

  test('tells of jobs by kind which are due and for how long, which failed and which gave up', async () => {
    await sql(`
      insert into job (task, key, run_at, taken_by, last_error) values
        ('deliver', 'due', now() - interval '90 s', null, null),
        ('deliver', 'due later', now() + interval '1 h', null, null),
        ('deliver', 'in hand', now() - interval '1 h', 7, 'once'),
        ('deliver', 'failed', now() + interval '1 h', null, 'twice'),
        ('deliver', 'failed, and due', now() - interval '30 s', null, 'twice'),
        ('write-back', 'gave up', 'infinity', null, 'too often')`);
    const { jobs } = await standing();
    expect(jobs.toSorted((a, b) => a.task.localeCompare(b.task))).toEqual([
      { task: 'deliver', due: 2, oldestSeconds: expect.closeTo(90, -1), retrying: 2, exhausted: 0 },
      { task: 'write-back', due: 0, oldestSeconds: 0, retrying: 0, exhausted: 1 },
    ]);
  });

  test('tells where handoffs stand that are open, how many leads wait, and how late the timers are', async () => {
    const stores = { arrivals: postgresArrivals(database) };
    for (const number of [1, 2]) {
      const leadId = String(100 + number);
      await open(stores, [leadId], [], null, minute(0), () => opening({ id: uuid(number), leadId }));
    }
    await sql(`update handoff set closed_at = now() where id = '${uuid(2)}'`);
    await sql(`delete from timer where handoff_id = '${uuid(2)}'`);
    await letWait(stores, { ...waiting().hold, leadId: '103' });
    const { rows } = await database.pool.query<{ due: Date }>('select min(due_at) as due from timer');
    const due = rows[0]?.due ?? expect.fail('expected a timer');
    const { handoffs, held, timersLateSeconds } = await standing(new Date(due.getTime() + 45_000));
    expect({ handoffs, held, timersLateSeconds }).toEqual({
      handoffs: [{ status: 'offered', count: 1 }],
      held: 1,
      timersLateSeconds: 45,
    });
    expect(await standing(new Date(due.getTime() - 1))).toMatchObject({ timersLateSeconds: 0 });
    await sql('update timer set fired_at = now()');
    expect(await standing(new Date(due.getTime() + 45_000))).toMatchObject({ timersLateSeconds: 0 });
  });

  test('tells when everything was last done that is done again and again, and of no other run', async () => {
    const runs = postgresRuns(database);
    await runs.note('sweep', minute(59));
    await runs.note('no lead records under a policy', minute(10));
    expect((await standing()).routines).toEqual([{ routine: 'sweep', secondsAgo: 60 }]);
  });

  test('counts the messages that are still to be taken back', async () => {
    await sql(`
      insert into retraction (lead_id, platform, conversation_id, message_id, is_card, done_at, refused) values
        ('1', 'slack', 'c', '1', true, null, null),
        ('1', 'slack', 'c', '2', true, now(), null),
        ('1', 'slack', 'c', '3', true, null, 'is_archived')`);
    expect((await standing()).retractions).toBe(1);
  });

  test('takes one statement', async () => {
    const query = vi.spyOn(database.pool, 'query');
    await standing();
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
  });
});
