import { setImmediate as soon } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresCards } from '../../../src/adapters/postgres/cards.ts';
import { postgresErasures } from '../../../src/adapters/postgres/erasures.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { lead, minute, opening, uuid } from '../../flow/contracts/given.ts';
import { settlementOf } from '../../flow/contracts/settling.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

/** What every table holds of a lead's person, and what becomes of that; whoever adds one says so here. */
const personal: Record<string, string> = {
  inbound_event: 'payload and reason are emptied',
  lead: 'goes',
  decision: 'goes',
  hold: 'goes',
  handoff:
    'the reasons in its state for which rules were not for the lead go; its source, campaign and points stay',
  handoff_event: 'evidence, notes and such reasons go',
  assignment: 'such reasons go',
  touch: 'the note goes',
  card: 'goes; its message is taken back; those of open handoffs of its company are drawn anew, without it',
  said: 'goes; its message is taken back',
  suppression: 'goes',
  nurture_state: 'goes',
  open_form: 'goes; its message is taken back, as it was said',
  event_cursor: 'ids alone',
  job: 'jobs of looking at the lead go, and the errors of all others',
  retraction: 'ids alone',
  erasure: 'the id alone',
  timer: 'nothing',
  news: 'nothing but the id of a handoff',
  policy_version: 'nothing',
  rotation: 'nothing',
  run: 'nothing',
  model_use: 'nothing',
  measured_handoff: 'ids, times and numbers alone; its source and campaign stay',
  measured_assignment: 'ids, times and numbers alone',
  measured_day: 'nothing',
  measured_sides: 'our people; sources, of nobody in particular',
  rep: 'our people',
  absence: 'our people',
  chat_account: 'our people',
  teams_install: 'our people',
  pass: 'our people; of its secret a hash',
  home: 'ids alone; the page itself is published without the lead',
};

test('of every table it is known what in it is personal', async () => {
  const { rows } = await database.pool.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public' and tablename !~ 'migrations$'`,
  );
  expect(rows.map(({ tablename }) => tablename).sort()).toEqual(Object.keys(personal).sort());
});

const erase = () =>
  postgresErasures(database).erase({ ids: [lead.id], at: minute(1), why: 'erased', isForGood: true }, () => ({
    refused: 'stale',
  }));

async function count(table: string): Promise<number> {
  const { rows } = await database.pool.query(`select count(*)::int as count from ${table}`);
  return rows[0].count;
}

test('who had read a lead before it was erased cannot keep it, nor begin a handoff', async () => {
  await erase();
  const settled = { ...settlementOf([lead.id], [], opening()), lead };
  const settling = postgresArrivals(database).settle([settled], [], { versions: new Map() }, minute(2));
  await expect(settling).rejects.toMatchObject({ code: 'HE001' });
  await expect(postgresHandoffs(database).saveLead(lead, minute(2))).rejects.toThrow();
  expect([await count('lead'), await count('handoff'), await count('decision')]).toEqual([0, 0, 0]);
});

test('an erasure waits for whoever is keeping the lead at that moment, and takes that as well', async () => {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(`insert into lead (id, snapshot, read_at) values ($1, '{"name": "Lea"}', now())`, [
      lead.id,
    ]);
    let isOver = false;
    const erasing = erase().then(() => {
      isOver = true;
    });
    const waits = `select from pg_locks where locktype = 'advisory' and not granted`;
    while ((await database.pool.query(waits)).rowCount === 0) await soon();
    expect(isOver).toBe(false);
    await client.query('commit');
    await erasing;
  } finally {
    client.release();
  }
  expect(await count('lead')).toBe(0);
});

test('a message that is noted while its lead is being erased waits for that, and is taken back', async () => {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(lead_lock($1))', [lead.id]);
    await client.query('insert into erasure (lead_id, at) values ($1, now())', [lead.id]);
    const said = { platform: 'teams', conversationId: 'c', messageId: 'm', leadIds: [lead.id] } as const;
    const noting = postgresCards(database).noteSaid(said);
    const waits = `select from pg_locks where locktype = 'advisory' and not granted`;
    while ((await database.pool.query(waits)).rowCount === 0) await soon();
    await client.query('commit');
    await noting;
  } finally {
    client.release();
  }
  expect([await count('said'), await count('retraction'), await count('job')]).toEqual([0, 1, 1]);
});

test('the cards of a colleague who is with sales are drawn anew, as they may name the lead', async () => {
  const handoffs = postgresHandoffs(database);
  const colleague = { ...lead, id: '102' };
  const stranger = { ...lead, id: '103', account: null };
  for (const [number, one] of [colleague, stranger].entries()) {
    await handoffs.saveLead(one, minute(0));
    const begun = opening({ id: uuid(number + 1), leadId: one.id });
    await postgresArrivals(database).settle(
      [{ ...settlementOf([one.id], [], begun), lead: one }],
      [],
      { versions: new Map() },
      minute(0),
    );
    await database.pool.query(
      `insert into card (handoff_id, person, platform, conversation_id, message_id, revision, told_seq, telling_seq)
       values ($1, 'ann', 'slack', 'D1', '1.1', 1, 1, 1)`,
      [uuid(number + 1)],
    );
  }
  await handoffs.saveLead(lead, minute(0));
  await database.pool.query('delete from job');
  await erase();
  const { rows } = await database.pool.query('select handoff_id, revision, told_seq from card order by 1');
  expect(rows).toEqual([
    { handoff_id: uuid(1), revision: 0, told_seq: 1 },
    { handoff_id: uuid(2), revision: 1, told_seq: 1 },
  ]);
  const jobs = await database.pool.query('select task, key from job');
  expect(jobs.rows).toEqual([{ task: 'deliver', key: uuid(1) }]);
  expect((await handoffs.view(uuid(1)))?.memory.colleagues).toEqual([]);
});

test('an erasure that breaks off leaves everything as it was', async () => {
  await postgresHandoffs(database).saveLead(lead, minute(0));
  const settled = { ...settlementOf([lead.id], [], opening()), lead };
  await postgresArrivals(database).settle([settled], [], { versions: new Map() }, minute(0));
  const broken = postgresErasures(database).erase(
    { ids: [lead.id], at: minute(1), why: 'erased', isForGood: true },
    () => {
      throw new Error('cannot decide');
    },
  );
  await expect(broken).rejects.toThrow('cannot decide');
  expect([await count('lead'), await count('erasure')]).toEqual([1, 0]);
});
