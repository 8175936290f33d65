import { beforeEach, describe, expect, test } from 'vitest';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { HomeScope } from '../../../src/domain/home/home-facts.ts';
import {
  accepted,
  ann,
  assignment,
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
} from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const dayMinutes = 24 * 60;

const ofAnn: HomeScope = { reader: ann, watches: [ann], teams: ['DACH'], members: [ann, bea] };
const ofBoss: HomeScope = {
  reader: boss,
  watches: [boss, ann, bea],
  teams: ['DACH'],
  members: [boss, ann, bea],
};
const ofBea: HomeScope = { reader: bea, watches: [bea], teams: ['DACH'], members: [ann, bea] };

/** What every store tells of people's homes, and which of them it asks for. */
export function homesContract(make: MakeStores): void {
  let stores: Stores;
  let homes: Stores['homes'];
  beforeEach(async () => {
    stores = await make();
    ({ homes } = stores);
    for (const id of [lead.id, '102', '103']) await stores.handoffs.saveLead({ ...lead, id }, minute(0));
  });

  const open = (part: Partial<Pick<Handoff, 'id' | 'leadId' | 'qualifiedAt' | 'assignment'>> = {}) =>
    openIn(stores, [part.leadId ?? lead.id], [], null, minute(0), () => opening(part));
  const happens = (events: HandoffEvent[], at: Date, id = uuid(1)) =>
    stores.handoffs.change(id, byAnn(at), (handoff) => change(handoff, at, events));
  const openIds = async (scope: HomeScope) => {
    const { facts } = await homes.read(scope, minute(20));
    return facts.open.map(({ handoff }) => handoff.id).sort();
  };

  describe('what stands in a home', () => {
    test('the open handoffs of whoever is watched, with their leads', async () => {
      await open();
      await open({ id: uuid(2), leadId: '102', assignment: { ...assignment, rep: bea } });
      const { facts } = await homes.read(ofAnn, minute(20));
      expect(facts.open).toEqual([{ handoff: opening().handoff, lead }]);
      expect(await openIds(ofBoss)).toEqual([uuid(1), uuid(2)]);
    });

    test('those that the reader may claim, and those on which they are to decide, whoever holds them', async () => {
      await open();
      await open({ id: uuid(2), leadId: '102' });
      await happens(
        [{ type: 'offeredToTeam', clock: 'acknowledge', team: 'DACH', openTo: [bea] }],
        minute(5),
      );
      await happens([{ type: 'escalated', clock: 'acknowledge', manager: boss }], minute(6), uuid(2));
      expect(await openIds(ofBea)).toEqual([uuid(1)]);
      expect(await openIds({ ...ofBoss, watches: [boss] })).toEqual([uuid(2)]);
    });

    test('nothing but a count of what ended in the last week, by how it ended', async () => {
      await open();
      await happens([disqualified], minute(10));
      await open({ id: uuid(2), leadId: '102' });
      await happens([{ type: 'withdrawn', why: 'the contact is no more' }], minute(11), uuid(2));
      const { facts } = await homes.read(ofAnn, minute(20));
      expect(facts.open).toEqual([]);
      expect(facts.closed).toEqual([
        { outcome: 'disqualified', count: 1 },
        { outcome: 'withdrawn', count: 1 },
      ]);
      expect((await homes.read(ofAnn, minute(20 + 7 * dayMinutes))).facts.closed).toEqual([]);
      expect((await homes.read(ofBea, minute(20))).facts.closed).toEqual([]);
    });

    test('how many leads sleep and come back to the reader', async () => {
      await open();
      const recycled: HandoffEvent = {
        ...{ type: 'recycled', reason: 'timing', note: '', lifecycle: null, leadStatus: null },
        lock: { until: null, unless: 'stronger' },
        revisitAt: minute(90 * dayMinutes),
      };
      await happens([recycled], minute(10));
      expect((await homes.read(ofAnn, minute(20))).facts.sleeping).toBe(1);
      expect((await homes.read(ofBea, minute(20))).facts.sleeping).toBe(0);
      await open({ id: uuid(2), qualifiedAt: minute(15) });
      expect((await homes.read(ofAnn, minute(20))).facts.sleeping).toBe(0);
    });

    test('whether the reader has ever had a lead', async () => {
      await open();
      await happens([disqualified], minute(10));
      expect((await homes.read(ofAnn, minute(20))).facts.hadAny).toBe(true);
      expect((await homes.read(ofBea, minute(20))).facts.hadAny).toBe(false);
    });

    test('what the members have on their hands, and their turns of the week', async () => {
      await open();
      await happens([accepted], minute(10));
      const { facts } = await homes.read(ofBoss, minute(20));
      expect(facts.load).toEqual(new Map([[ann, { open: 1, givenAt: [minute(0)] }]]));
      expect(facts.turns).toEqual(new Map([['DACH', new Map([[ann, 1]])]]));
      await happens([reassigned], minute(15));
      expect((await homes.read(ofBoss, minute(20))).facts.turns).toEqual(
        new Map([['DACH', new Map([[ann, 1]])]]),
      );
      const later = await homes.read(ofBoss, minute(8 * dayMinutes));
      expect(later.facts.turns).toEqual(new Map());
    });

    test('the balances of its teams’ rotations', async () => {
      const after = new Map([
        [ann, -0.5],
        [bea, 0.5],
      ]);
      await openIn(stores, [lead.id], [], null, minute(0), () => ({
        ...opening(),
        credits: { pool: 'DACH', after },
      }));
      expect((await homes.read(ofAnn, minute(20))).facts.credits).toEqual(new Map([['DACH', after]]));
      expect((await homes.read({ ...ofAnn, teams: [] }, minute(20))).facts.credits).toEqual(new Map());
    });
  });

  describe('which homes are asked for', () => {
    const asked = async () => {
      const keys = (await stores.jobKeys()).filter((key) => key.startsWith('home:'));
      await stores.forgetJobs();
      return keys;
    };
    const opens = (scope: HomeScope, at = minute(0)) => homes.open(scope, `U-${scope.reader}`, at);

    test('none that nobody has opened', async () => {
      await open();
      await happens([accepted], minute(10));
      expect(await asked()).toEqual([]);
    });

    test('those in which a handoff stands that begins or changes, and no others', async () => {
      await opens(ofAnn);
      await opens(ofBea);
      await opens(ofBoss);
      await open();
      expect(await asked()).toEqual([`home:${ann}`, `home:${boss}`]);
      await happens([accepted], minute(10));
      expect(await asked()).toEqual([`home:${ann}`, `home:${boss}`]);
      await happens([reassigned], minute(15));
      expect(await asked()).toEqual([`home:${ann}`, `home:${bea}`, `home:${boss}`]);
    });

    test('those of whoever may claim it, until somebody has', async () => {
      await opens({ ...ofBea });
      await open();
      await happens(
        [{ type: 'offeredToTeam', clock: 'acknowledge', team: 'DACH', openTo: [bea] }],
        minute(5),
      );
      expect(await asked()).toEqual([`home:${bea}`]);
      await happens([accepted], minute(10));
      expect(await asked()).toEqual([`home:${bea}`]);
      await happens([disqualified], minute(12));
      expect(await asked()).toEqual([]);
    });

    test('none for a change that no card shows', async () => {
      await opens(ofAnn);
      await open();
      await stores.forgetJobs();
      const arrived = { type: 'delivered', to: ann, respondBy: minute(30) } as const;
      await happens([{ ...arrived, granted: { from: minute(0), minutes: 30 } }], minute(1));
      expect(await asked()).toEqual([]);
    });

    test('none that was opened more than a day ago', async () => {
      await opens(ofAnn, minute(-5 - dayMinutes));
      await open();
      expect(await asked()).toEqual([]);
      await opens(ofAnn, minute(1));
      await happens([accepted], minute(10));
      expect(await asked()).toEqual([`home:${ann}`]);
    });

    test('those in which somebody stands whose absence has changed', async () => {
      await opens(ofAnn);
      await opens(ofBea);
      await opens(ofBoss);
      await homes.refresh(bea, minute(1));
      expect(await asked()).toEqual([`home:${bea}`, `home:${boss}`]);
      await homes.refresh(bea, minute(2 * dayMinutes));
      expect(await asked()).toEqual([]);
    });
  });

  describe('what is kept of a home', () => {
    const published = { hash: 'h1', shown: 's1', leadIds: [lead.id] };

    test('nothing as long as nobody opened it', async () => {
      await homes.published(ann, published);
      expect((await homes.read(ofAnn, minute(0))).kept).toBeNull();
    });

    test('whose it is and how it was published last; opening it tells how it was before', async () => {
      expect((await homes.open(ofAnn, 'U1', minute(0))).kept).toBeNull();
      expect((await homes.read(ofAnn, minute(0))).kept).toEqual({ userId: 'U1', hash: null, shown: null });
      await homes.published(ann, published);
      const kept = { userId: 'U1', hash: 'h1', shown: 's1' };
      expect((await homes.open(ofAnn, 'U2', minute(5))).kept).toEqual(kept);
      expect((await homes.read(ofAnn, minute(6))).kept).toEqual({ ...kept, userId: 'U2' });
    });

    test('of which leads it tells: without them it is published anew, whenever it was opened', async () => {
      await open();
      await homes.open(ofAnn, 'U1', minute(-2 * dayMinutes));
      await homes.published(ann, published);
      await stores.forgetJobs();
      const erasing = { ids: [lead.id], at: minute(50), why: 'erased', isForGood: true } as const;
      await stores.erasures.erase(erasing, () => ({ refused: 'stale' }));
      expect(await stores.jobKeys()).toContain(`home:${ann}`);
      await stores.forgetJobs();
      await homes.published(ann, published);
      expect(await stores.jobKeys()).toEqual([`home:${ann}`]);
      await homes.published(ann, { ...published, leadIds: ['102'] });
      await stores.forgetJobs();
      await homes.published(ann, { ...published, leadIds: ['102'] });
      expect(await stores.jobKeys()).toEqual([]);
    });

    test('nothing once it was given up', async () => {
      await homes.open(ofAnn, 'U1', minute(0));
      await homes.giveUp(ann);
      expect((await homes.read(ofAnn, minute(0))).kept).toBeNull();
      await open();
      expect((await stores.jobKeys()).filter((key) => key.startsWith('home:'))).toEqual([]);
    });
  });
}
