import { beforeEach, describe, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { whyForOperators } from '../../../src/domain/words/why.ts';
import type { Settlement } from '../../../src/flow/ports/arrivals.ts';
import type { Hold } from '../../../src/flow/ports/inbox.ts';
import {
  ann,
  arrived,
  bea,
  boss,
  byAnn,
  change,
  decision,
  disqualified,
  lead,
  minute,
  opening,
  reassigned,
  uuid,
  waiting,
} from './given.ts';
import { letWait, open as openIn, settlementOf } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const handedBack: HandoffEvent = { type: 'handedBack', reason: 'other', note: 'knows Bea' };
const dealCreated: HandoffEvent = { type: 'dealCreated', recordId: '6', at: minute(6) };
const nobodyTook = { versions: new Map<string, number>() };

/** What every store of what arrives about leads does. */
export function arrivalsContract(make: MakeStores): void {
  let stores: Stores;
  let arrivals: Stores['arrivals'];
  beforeEach(async () => {
    stores = await make();
    ({ arrivals } = stores);
    for (const id of ['101', '102', '103']) await stores.handoffs.saveLead({ ...lead, id }, minute(0));
  });

  const knownOf = async (ids: string[]) => (await arrivals.known([ids]))[0];
  const open = (number: number, leadId: string, qualifiedAt = minute(number)) =>
    openIn(stores, [leadId], [], null, minute(0), () => opening({ id: uuid(number), leadId, qualifiedAt }));
  const happens = (number: number, events: HandoffEvent[]) =>
    stores.handoffs.change(uuid(number), byAnn(minute(20)), (handoff) => change(handoff, minute(20), events));
  const undecided = async (leadId: string) => (await stores.inbox.undecided(leadId)).map(({ id }) => id);

  describe('what is known of a lead', () => {
    test('are the events that wait, of the id that was asked for alone, the oldest first', async () => {
      await stores.inbox.store([arrived(), arrived({ dedupeKey: 'b', leadId: '102' })], minute(0));
      await stores.inbox.store([arrived({ dedupeKey: 'c', type: 'hold.over' })], minute(1));
      await stores.inbox.store([arrived({ dedupeKey: 'd' })], minute(2));
      const [first = 0n, ...rest] = await undecided('101');
      await stores.inbox.decide([first], { decision: 'ignored', reason: 'a student' }, minute(3));
      const events = (await knownOf(['101', '102']))?.events;
      expect(events).toEqual([
        { id: rest[0], type: 'hold.over', receivedAt: minute(1) },
        { id: rest[1], type: 'contact.propertyChange', receivedAt: minute(2) },
      ]);
    });

    test('is why it waits, under whichever id, and whether HubSpot has been told', async () => {
      const { hold } = waiting();
      await letWait(stores, { ...hold, leadId: '102' });
      await stores.holds.markTold([{ ...hold, leadId: '102' }]);
      expect((await knownOf(['101', '102']))?.hold).toEqual({ ...hold, leadId: '102', told: true });
      expect((await knownOf(['101']))?.hold).toBeNull();
    });

    test('are its handoffs, the newest first, but one that is open before all', async () => {
      await open(1, '101', minute(1));
      await happens(1, [disqualified]);
      await open(2, '101', minute(12));
      await happens(2, [disqualified]);
      await open(3, '102', minute(5));
      const closed = { trigger: 'mql', closedAt: minute(20) };
      expect((await knownOf(['101', '102']))?.earlier).toMatchObject([
        { trigger: 'mql', qualifiedAt: minute(5), closedAt: null, end: null },
        { ...closed, qualifiedAt: minute(12), end: { handoffId: uuid(2) } },
        { ...closed, qualifiedAt: minute(1), end: { handoffId: uuid(1) } },
      ]);
    });

    test('is everything about those that are followed, the oldest first', async () => {
      await open(2, '102');
      await open(1, '101');
      await happens(1, [dealCreated]);
      await open(3, '101');
      await happens(3, [disqualified]);
      const at = { handoffId: uuid(2), person: ann, platform: 'slack', conversationId: 'D1' } as const;
      await stores.cards.beginSend({ ...at, toldSeq: 1 });
      const followed = (await knownOf(['101', '102', '999']))?.followed;
      expect(followed).toEqual([await stores.handoffs.view(uuid(1)), await stores.handoffs.view(uuid(2))]);
    });

    test('are the workflows that handed it over, of each id the newest first', async () => {
      const requested = (dedupeKey: string, leadId: string, trigger: string, at: number) =>
        arrived({
          dedupeKey,
          leadId,
          type: 'workflow.action',
          payload: { inputFields: { trigger } },
          occurredAt: minute(at),
        });
      await stores.inbox.store(
        [
          requested('a', '101', 'demo', 1),
          requested('b', '101', 'upsell', 3),
          requested('c', '101', '', 4),
          requested('d', '102', 'event', 5),
          requested('e', '103', 'other', 6),
          arrived({ dedupeKey: 'f' }),
        ],
        minute(7),
      );
      expect((await knownOf(['101', '102']))?.workflows).toEqual([
        { name: 'upsell', at: minute(3) },
        { name: 'demo', at: minute(1) },
        { name: 'event', at: minute(5) },
      ]);
    });

    test('is told of as many leads as were asked for, in that order, of one twice and of one unknown', async () => {
      await open(1, '102');
      const nothing = { events: [], erased: false, hold: null, earlier: [], followed: [], workflows: [] };
      const known = await arrivals.known([['999'], ['102'], ['101', '102'], ['102']]);
      expect(known[0]).toEqual(nothing);
      expect(known.map(({ earlier }) => earlier.length)).toEqual([0, 1, 1, 1]);
      expect(known[3]).toEqual(known[1]);
      expect(await arrivals.known([])).toEqual([]);
    });
  });

  describe('what assigning depends on', () => {
    const standings = (leadIds: string[], reps: string[]) => arrivals.standings(leadIds, reps, minute(30));

    test('is the load of those reps who are asked for', async () => {
      await open(1, '101');
      await open(2, '102');
      await happens(2, [reassigned]);
      const { load } = await standings(['103'], [ann, boss]);
      expect(load).toEqual(new Map([[ann, { open: 1, givenAt: [minute(0), minute(0)] }]]));
      expect((await standings([], [bea])).load).toEqual(new Map([[bea, { open: 1, givenAt: [minute(15)] }]]));
    });

    test('is who handed a lead back, of each lead', async () => {
      await open(1, '101');
      await open(2, '102');
      await happens(1, [handedBack, reassigned]);
      const { excluded } = await standings(['101', '102', '999'], []);
      const of = (id: string) => [...(excluded.get(id) ?? [])];
      expect([of('101'), of('102'), of('999')]).toEqual([[[ann, 'handedBack']], [], []]);
    });

    test('are the balances of each pool, with a version that every turn changes', async () => {
      expect((await standings([], [])).versions).toEqual(new Map());
      const turn = (credit: number) => ({ pool: 'DACH', after: new Map([[ann, credit]]) });
      await arrivals.settle([], [turn(0.1)], nobodyTook, minute(0));
      const once = await standings([], []);
      expect(once.credits).toEqual(new Map([['DACH', turn(0.1).after]]));
      await arrivals.settle([], [turn(-0.3)], once, minute(1));
      const twice = await standings([], []);
      expect(twice.credits).toEqual(new Map([['DACH', turn(-0.3).after]]));
      expect(twice.versions.get('DACH')).not.toBe(once.versions.get('DACH'));
    });
  });

  describe('settling a lot', () => {
    const holdOf = (leadId: string): Hold => ({ ...waiting().hold, leadId });
    const turn = { pool: 'DACH', after: new Map([[ann, 0.5]]) };

    /** One lead is handed over, one waits, one waits no more, and one that waited is handed over. */
    async function lotOf(): Promise<Settlement[]> {
      const ids = ['101', '102', '103', '104'];
      const arriving = ids.map((leadId) => arrived({ dedupeKey: leadId, leadId }));
      await stores.inbox.store(arriving, minute(0));
      await stores.forgetJobs();
      for (const id of ['103', '104']) await letWait(stores, holdOf(id));
      const [first, second, third, fourth] = await Promise.all(ids.map(undecided));
      const ignored = decision({ leadId: '103' });
      return [
        {
          ...settlementOf(['101'], first ?? [], opening({ id: uuid(1) })),
          lead: { ...lead, name: 'Lea Hauser' },
        },
        {
          ...settlementOf(['102'], second ?? [], {
            hold: holdOf('102'),
            decision: { ...waiting().decision, leadId: '102' },
          }),
          lead: null,
        },
        {
          ids: ['103'],
          events: third ?? [],
          decided: { decision: 'ignored', reason: whyForOperators(ignored.reason) },
          decision: ignored,
          outcome: { released: true },
          lead: null,
          job: null,
        },
        {
          ...settlementOf(['104'], fourth ?? [], opening({ id: uuid(4), leadId: '104' })),
          lead: { ...lead, id: '104' },
        },
      ];
    }

    const everything = async () => ({
      views: await stores.handoffs.views([uuid(1), uuid(4)]),
      leads: await stores.handoffs.snapshots(['101', '102', '103', '104']),
      holds: await stores.holds.list(),
      decisions: await Promise.all(['101', '102', '103', '104'].map((id) => stores.decisions.ofLead(id))),
      undecided: await Promise.all(['101', '102', '103', '104'].map(undecided)),
      credits: (await stores.handoffs.balance('101')).credits,
      jobs: await stores.jobKeys(),
    });

    test('keeps what came of each lead', async () => {
      const lot = await lotOf();
      const opened = await arrivals.settle(lot, [turn], nobodyTook, minute(1));
      expect(opened).toEqual([
        { handoffId: uuid(1), asked: null },
        { handoffId: uuid(4), asked: null },
      ]);
      const { views, ...kept } = await everything();
      expect(views.map(({ handoff, log }) => [handoff.id, log.length]).sort()).toEqual([
        [uuid(1), 1],
        [uuid(4), 1],
      ]);
      expect(kept).toEqual({
        leads: new Map([
          ['101', { ...lead, name: 'Lea Hauser' }],
          ['102', { ...lead, id: '102' }],
          ['103', { ...lead, id: '103' }],
          ['104', { ...lead, id: '104' }],
        ]),
        holds: [holdOf('102')],
        decisions: lot.map((one) => [one.decision]),
        undecided: [[], [], [], []],
        credits: new Map([['DACH', turn.after]]),
        jobs: [`deliver:${uuid(1)}`, `deliver:${uuid(4)}`, `write-back:${uuid(1)}`, `write-back:${uuid(4)}`],
      });
    });

    test.each([
      { which: 'the first', before: [] },
      { which: 'a later', before: [0.1] },
    ])('keeps nothing of it when $which turn of the pool was taken meanwhile', async ({ before }) => {
      const take = async (credit: number) => {
        const after = new Map([[bea, credit]]);
        return arrivals.settle([], [{ pool: 'DACH', after }], await standings(), minute(0));
      };
      const standings = () => arrivals.standings([], [], minute(0));
      for (const credit of before) await take(credit);
      const lot = await lotOf();
      const decidedOn = await standings();
      await take(0.2);
      const kept = await everything();
      expect(await arrivals.settle(lot, [turn], decidedOn, minute(1))).toBeNull();
      expect(await everything()).toEqual(kept);
      expect(await arrivals.settle(lot, [turn], await standings(), minute(1))).toHaveLength(2);
    });

    test.each(['is handed over', 'waits'])(
      'keeps nothing of it when a lead that %s has an open handoff under another id',
      async (what) => {
        const lot = await lotOf();
        await open(9, '200');
        await stores.forgetJobs();
        const before = await everything();
        const place = what === 'waits' ? 1 : 3;
        const known = lot.map((one, index) => (index === place ? { ...one, ids: [...one.ids, '200'] } : one));
        expect(await arrivals.settle(known, [turn], nobodyTook, minute(1))).toBeNull();
        expect(await everything()).toEqual(before);
        await happens(9, [disqualified]);
        expect(await arrivals.settle(known, [turn], nobodyTook, minute(1))).toHaveLength(2);
      },
    );

    test('lets a lead wait no more that has an open handoff', async () => {
      await letWait(stores, holdOf('101'));
      await openIn(stores, ['102'], [], null, minute(0), () => opening({ leadId: '102' }));
      const released = { lead: null, ids: ['101', '102'], events: [], decision: null, job: null };
      const decided = { decision: 'handoff', reason: 'a call', handoffId: uuid(1) } as const;
      const lot: Settlement[] = [{ ...released, decided, outcome: { released: true } }];
      expect(await arrivals.settle(lot, [], nobodyTook, minute(1))).toEqual([]);
      expect(await stores.holds.list()).toEqual([]);
    });
  });
}
