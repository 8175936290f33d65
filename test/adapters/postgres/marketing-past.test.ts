import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresErasures } from '../../../src/adapters/postgres/erasures.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresMarketingPast } from '../../../src/adapters/postgres/marketing-past.ts';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import {
  accepted,
  ann,
  bea,
  boss,
  byAnn,
  change,
  disqualified,
  lead,
  minute,
  opening,
  reassigned,
  uuid,
} from '../../flow/contracts/given.ts';
import { settlementOf } from '../../flow/contracts/settling.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(database.pool));

const fromPaidSearch: Lead = {
  ...lead,
  source: { original: 'PAID_SEARCH', detail: 'spring', latest: 'OFFLINE', latestDetail: 'IMPORT' },
};
const facts = (from: Date, until: Date) => postgresMarketingPast(database).facts({ from, until });

/** A handoff of the lead that qualified a minute before 0, or when it says. */
async function begins(part: Parameters<typeof opening>[0] = {}, of: Lead = fromPaidSearch): Promise<void> {
  const id = part.leadId ?? of.id;
  const settled = { ...settlementOf([id], [], opening(part)), lead: { ...of, id } };
  await postgresArrivals(database).settle([settled], [], { versions: new Map() }, minute(0));
}

async function happens(at: Date, ...events: HandoffEvent[]): Promise<void> {
  await postgresHandoffs(database).change(uuid(1), byAnn(at), (handoff) => change(handoff, at, events));
}

const touched: HandoffEvent = {
  type: 'touched',
  touch: { id: uuid(9), kind: 'call', outcome: 'noAnswer', note: '' },
};

/** Ann lets it wait, Bea accepts, calls and sends it back. */
async function sentBack(): Promise<void> {
  await begins();
  await happens(minute(10), { type: 'escalated', clock: 'acknowledge', manager: boss });
  await happens(minute(15), reassigned);
  await happens(minute(20), accepted, touched);
  await happens(minute(40), disqualified);
}

test('of a handoff marketing is told where its lead came from, who had it, and how it ended', async () => {
  await sentBack();
  expect(await facts(minute(-1), minute(60))).toEqual([
    {
      handoffId: uuid(1),
      leadId: lead.id,
      trigger: 'mql',
      origin: {
        source: 'PAID_SEARCH',
        campaign: 'spring',
        latestSource: 'OFFLINE',
        latestCampaign: null,
        score: { value: 61, components: [{ label: 'Fit', points: 61 }] },
      },
      team: null,
      qualifiedAt: minute(-1),
      acceptedAt: minute(20),
      closedAt: minute(40),
      outcome: 'disqualified',
      reason: 'timing',
      note: 'in autumn',
      held: [
        { rep: ann, from: minute(0), until: minute(15) },
        { rep: bea, from: minute(15), until: null },
      ],
      touches: 1,
      escalations: 1,
      back: null,
    },
  ]);
});

test('a handoff is told of in each period in which it qualified, was accepted or ended, and in no other', async () => {
  await sentBack();
  const ids = async (from: number, until: number) =>
    (await facts(minute(from), minute(until))).map(({ handoffId }) => handoffId);
  expect(await ids(-1, 0)).toEqual([uuid(1)]);
  expect(await ids(0, 20)).toEqual([]);
  expect(await ids(20, 21)).toEqual([uuid(1)]);
  expect(await ids(21, 40)).toEqual([]);
  expect(await ids(40, 41)).toEqual([uuid(1)]);
  expect(await ids(41, 60)).toEqual([]);
});

test('they come oldest first, also open ones', async () => {
  await begins({ id: uuid(1), leadId: '101', qualifiedAt: minute(2) });
  await begins({ id: uuid(2), leadId: '102', qualifiedAt: minute(1) }, { ...lead, score: null });
  const told = await facts(minute(0), minute(60));
  expect(told.map(({ leadId, note, origin }) => [leadId, note, origin?.score?.value])).toEqual([
    ['102', '', undefined],
    ['101', '', 61],
  ]);
});

test('what the rep said when they handed it back is not why it was sent back', async () => {
  await begins();
  await happens(minute(5), { type: 'handedBack', reason: 'other', note: 'mine is another region' });
  await happens(minute(6), { type: 'withdrawn', why: 'the contact is no more' });
  expect((await facts(minute(0), minute(60)))[0]).toMatchObject({ outcome: 'withdrawn', note: '' });
});

test('a lead that was sent back to nurture before has come back, and what it did then has woken it', async () => {
  await begins();
  const before = { outcome: 'recycled', recycled: 1, note: '' };
  await database.pool.query(`update handoff set state = state || jsonb_build_object('back', $1::jsonb)`, [
    before,
  ]);
  expect((await facts(minute(-1), minute(60)))[0]?.back).toEqual({ wokenBy: 'mql' });
  await database.pool.query(
    `update handoff set state = jsonb_set(state, '{back,outcome}', '"disqualified"')`,
  );
  expect((await facts(minute(-1), minute(60)))[0]?.back).toBeNull();
});

test('leads of which nurture is paused are counted once, those of a team by who has them', async () => {
  await begins({ id: uuid(1), leadId: '101' });
  await begins({ id: uuid(2), leadId: '102' });
  await database.pool.query(
    `insert into suppression (lead_id, handoff_id, who, why, since, until, lifted_at)
     select lead_id, handoff_id, 'x', 'x', $1, $1, lifted_at from (values
       ('101', $2::uuid, null::timestamptz), ('101', null, null), ('102', $3::uuid, $1), ('103', null, null)
     ) as pause (lead_id, handoff_id, lifted_at)`,
    [minute(0), uuid(1), uuid(2)],
  );
  const { paused } = postgresMarketingPast(database);
  expect([await paused(null), await paused(['DACH']), await paused(['Americas'])]).toEqual([2, 1, 0]);
});

test('the lead is erased; numbers and source stay, and the note goes', async () => {
  await sentBack();
  const [before] = await facts(minute(-1), minute(60));
  const erasing = { ids: [lead.id], at: minute(50), why: 'erased', isForGood: true } as const;
  await postgresErasures(database).erase(erasing, () => ({ refused: 'stale' }));
  expect(await facts(minute(-1), minute(60))).toEqual([{ ...before, note: '' }]);
});
