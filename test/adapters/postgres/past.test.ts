import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresInbox } from '../../../src/adapters/postgres/inbox.ts';
import { postgresPast } from '../../../src/adapters/postgres/past.ts';
import { toJson } from '../../../src/adapters/postgres/stored-json.ts';
import { readOnlyDatabase } from '../../../src/commands/database.ts';
import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { PastLead } from '../../../src/domain/past/replay.ts';
import type { InboundEvent } from '../../../src/flow/ports/inbox.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { ada, assignment, at, ben, lead, minutesAfter } from '../../support/examples.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate handoff, inbound_event, lead cascade');
});

const from = at('10:00');
const to = at('20:00');

async function save(...leads: Partial<Lead>[]): Promise<void> {
  for (const one of leads) await postgresHandoffs(database).saveLead(lead(one), at('12:00'));
}

/** Something arrives about a lead; `ignored` when it is known at the door that nobody need look into it. */
async function arrives(
  leadId: string,
  when: Date,
  event: { key?: string; type?: string; payload?: unknown } & Partial<
    Pick<InboundEvent, 'ignored' | 'occurredAt'>
  > = {},
): Promise<void> {
  const { key = `${leadId} ${when.toISOString()}`, type = 'object.propertyChange', ignored = null } = event;
  const { payload = {}, occurredAt = when } = event;
  const stored = { dedupeKey: `${key} ${type}`, leadId, record: null, type, payload, ignored, occurredAt };
  await postgresInbox(database).store([stored], when);
}

async function moments(): Promise<{ at: Date; past: PastLead }[]> {
  const all: { at: Date; past: PastLead }[] = [];
  for await (const batch of postgresPast(database).moments(from, to)) all.push(...batch);
  return all;
}

/** A handoff as the bot leaves it in its tables. */
async function handoffRow({
  id = crypto.randomUUID(),
  leadId = '501',
  rep = ada,
  team = 'Americas',
  closedAt = null,
  qualifiedAt = at('12:00'),
  ...state
}: Partial<Pick<Handoff, 'id' | 'leadId' | 'qualifiedAt' | 'acknowledgedAt' | 'deliveredAt'>> & {
  rep?: string;
  team?: string | null;
  closedAt?: Date | null;
  firstTouchAt?: Date;
  ackBreachedAt?: Date;
} = {}): Promise<void> {
  const facts = { trigger: 'demo_request', status: 'offered', qualifiedAt, assignment: { rep, team } };
  const nothingYet = { deliveredAt: null, acknowledgedAt: null, firstTouchAt: null, touchBreachedAt: null };
  await database.pool.query(
    `insert into handoff (id, lead_id, version, state, rep, qualified_at, closed_at, followed)
     values ($1, $2, 1, $3, $4, $5, $6, true)`,
    [id, leadId, JSON.stringify(toJson({ ...facts, ...nothingYet, ...state })), rep, qualifiedAt, closedAt],
  );
  const row = { id, rep, team, qualified_at: qualifiedAt };
  await database.pool.query(
    `insert into assignment (handoff_id, seq, rep, team, at, reasons) values ($1, 1, $2, $3, $4, $5)`,
    [row.id, row.rep, row.team, row.qualified_at, JSON.stringify(assignment().reasons)],
  );
}

describe('the moments of the past', () => {
  test('come in the order of time, each with the lead as it was read last', async () => {
    await save({ id: '1', name: 'One' }, { id: '2', name: 'Two' });
    await arrives('1', at('13:00'));
    await arrives('2', at('12:00'));
    await arrives('1', at('11:00'));
    const told = (await moments()).map(({ at: when, past }) => [when, past.lead]);
    expect(told).toEqual([
      [at('11:00'), lead({ id: '1', name: 'One' })],
      [at('12:00'), lead({ id: '2', name: 'Two' })],
      [at('13:00'), lead({ id: '1', name: 'One' })],
    ]);
  });

  test('lie in the period, its end excluded', async () => {
    await save({ id: '1' });
    for (const when of [minutesAfter(from, -1), from, minutesAfter(to, -1), to]) await arrives('1', when);
    expect((await moments()).map(({ at: when }) => when)).toEqual([from, minutesAfter(to, -1)]);
  });

  test('are one when several events came together, and none for what nobody had to look into', async () => {
    await save({ id: '1' });
    await arrives('1', at('11:00'), { key: 'a' });
    await arrives('1', at('11:00'), { key: 'b' });
    await arrives('1', at('12:00'), { ignored: { as: 'ownEcho', why: 'our own echo' } });
    await arrives('1', at('12:01'), {
      ignored: { as: 'unknownType', why: 'unknown event type object.restore' },
    });
    await arrives('1', at('12:02'), { type: 'hold.over' });
    await arrives('never read', at('12:03'));
    expect((await moments()).map(({ at: when }) => when)).toEqual([at('11:00')]);
  });

  test('know the workflows that handed the lead over, newest first', async () => {
    await save({ id: '1' });
    for (const [when, trigger] of [
      [at('11:00'), 'old'],
      [at('12:00'), 'new'],
    ] as const) {
      await arrives('1', when, { type: 'workflow.action', payload: { inputFields: { trigger } } });
    }
    expect((await moments())[0]?.past.workflows).toEqual([
      { name: 'new', at: at('12:00') },
      { name: 'old', at: at('11:00') },
    ]);
  });

  test('know what the bot did with the lead, oldest first', async () => {
    await save({ id: '501' });
    await arrives('501', at('13:00'));
    await handoffRow({ qualifiedAt: at('12:00') });
    await handoffRow({ qualifiedAt: at('11:00'), closedAt: at('11:30') });
    const { reasons } = assignment();
    const told = { trigger: 'demo_request', reasons };
    expect((await moments())[0]?.past.handoffs).toEqual([
      { ...told, qualifiedAt: at('11:00'), assignedAt: at('11:00'), closedAt: at('11:30') },
      { ...told, qualifiedAt: at('12:00'), assignedAt: at('12:00'), closedAt: null },
    ]);
  });

  test('come in batches, of which none is lost', async () => {
    const count = 600;
    await database.pool.query(
      `insert into lead (id, snapshot, read_at)
       select n::text, jsonb_build_object('id', n::text), now() from generate_series(1, $1::int) as n`,
      [count],
    );
    await database.pool.query(
      `insert into inbound_event (dedupe_key, lead_id, type, payload, occurred_at, received_at)
       select n::text, n::text, 'object.creation', '{}', $2, $2::timestamptz + n * interval '1 s'
         from generate_series(1, $1::int) as n`,
      [count, from],
    );
    const ids = (await moments()).map(({ past }) => Number(past.lead.id));
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  test('let go of their connection when nobody wants the rest', async () => {
    await save({ id: '1' });
    await arrives('1', at('11:00'));
    for await (const _ of postgresPast(database).moments(from, to)) break;
    const { rows } = await database.pool.query('select count(*)::int as open from pg_cursors');
    expect([rows, database.pool.idleCount]).toEqual([[{ open: 0 }], database.pool.totalCount]);
  });
});

describe('what is known of answers', () => {
  test('leaves out handoffs that changed hands, or that nobody had to answer yet', async () => {
    await handoffRow({
      id: '00000000-0000-4000-8000-000000000001',
      acknowledgedAt: at('12:05'),
      closedAt: to,
    });
    await database.pool.query(
      `insert into assignment (handoff_id, seq, rep, at, reasons) select id, 2, $1, $2, '[]' from handoff`,
      [ben, at('12:10')],
    );
    await handoffRow({ leadId: '2' });
    await handoffRow({
      ...{
        leadId: '3',
        deliveredAt: at('12:01'),
        acknowledgedAt: at('12:05'),
        firstTouchAt: at('12:20'),
      },
    });
    await handoffRow({ leadId: '4', ackBreachedAt: at('12:15'), rep: ben, team: null });
    const answers = await postgresPast(database).answers(from, to);
    expect(answers.toSorted((a, b) => a.rep.localeCompare(b.rep))).toEqual([
      {
        ...{ rep: ada, team: 'Americas', since: at('12:01'), touchBreached: false },
        ...{ acknowledgedAt: at('12:05'), firstTouchAt: at('12:20') },
      },
      {
        ...{ rep: ben, team: null, since: at('12:00'), touchBreached: false },
        ...{ acknowledgedAt: null, firstTouchAt: null },
      },
    ]);
  });
});

test('what was open at a moment, and how long the closed ones were, is told', async () => {
  const past = postgresPast(database);
  expect(await past.timeToClose()).toBeNull();
  await handoffRow({ leadId: '1', closedAt: at('13:00') });
  await handoffRow({ leadId: '2', closedAt: at('15:00'), rep: ben });
  await handoffRow({ leadId: '3' });
  await handoffRow({ leadId: '4', qualifiedAt: at('14:00') });
  expect(await past.openAt(at('13:30'))).toEqual([
    { rep: ben, closedAt: at('15:00') },
    { rep: ada, closedAt: null },
  ]);
  expect(await past.timeToClose()).toEqual({ medianMs: 2 * 3_600_000, count: 2 });
});

test('leads are named by their name, or else by their email', async () => {
  await save({ id: '1', name: 'One' }, { id: '2', name: null, email: 'two@example.com' });
  await save({ id: '3', name: null, email: null });
  const names = await postgresPast(database).names(['1', '2', '3', '4']);
  expect([...names].toSorted()).toEqual([
    ['1', 'One'],
    ['2', 'two@example.com'],
  ]);
});

test('a command that only reads could not write if it wanted', async () => {
  await using unwinding = new AsyncDisposableStack();
  const connection = await readOnlyDatabase({ DATABASE_URL: database.url }, unwinding);
  await expect(connection?.pool.query('delete from lead')).rejects.toThrow(/read-only transaction/);
});
