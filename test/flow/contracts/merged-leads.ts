import { beforeEach, describe, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { byAnn, change, disqualified, lead, minute, opening, uuid, waiting } from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const dealCreated: HandoffEvent = { type: 'dealCreated', recordId: '6', at: minute(16) };
const dealWon: HandoffEvent = { type: 'dealWon', recordId: '6', at: minute(19) };

/** How every store of handoffs knows a lead that has had several ids: the first, 101 and 102, became 200. */
export function mergedLeadsContract(make: MakeStores): void {
  let stores: Stores;
  let handoffs: Stores['handoffs'];
  beforeEach(async () => {
    stores = await make();
    ({ handoffs } = stores);
    for (const id of ['101', '102', '200']) await handoffs.saveLead({ ...lead, id }, minute(0));
  });

  const ids = ['200', '101', '102'];
  const open = (number: number, leadId: string, leadIds = [leadId]) =>
    openIn(stores, leadIds, [], null, minute(0), () =>
      opening({ id: uuid(number), leadId, qualifiedAt: minute(number) }),
    );
  const knownOf = async (leadIds: string[]) => (await stores.arrivals.known([leadIds]))[0];
  const happens = (number: number, events: HandoffEvent[]) =>
    handoffs.change(uuid(number), byAnn(minute(20)), (handoff) => change(handoff, minute(20), events));
  const leadOf = async (number: number) => (await handoffs.view(uuid(number)))?.handoff.leadId;

  test('its handoffs are told from the newest on, whichever id they are under', async () => {
    await open(1, '101');
    await happens(1, [disqualified]);
    await open(2, '200');
    expect((await knownOf(ids))?.earlier.map(({ qualifiedAt }) => qualifiedAt)).toEqual([
      minute(2),
      minute(1),
    ]);
    expect((await knownOf(['102']))?.earlier).toEqual([]);
  });

  test('it has an open handoff when one is open under any of its ids', async () => {
    await open(1, '101');
    expect(await open(2, '200', ids)).toBe('openAlready');
    await happens(1, [disqualified]);
    expect(await open(2, '200', ids)).toBe('opened');
  });

  test('it waits no more under any of its ids once it is handed over', async () => {
    for (const leadId of ['101', '300']) {
      await openIn(stores, [leadId], [], null, minute(0), () => {
        const { hold, decision } = waiting();
        return { hold: { ...hold, leadId }, decision };
      });
    }
    await open(1, '200', ids);
    expect((await stores.holds.list()).map(({ leadId }) => leadId)).toEqual(['300']);
  });

  test('it is followed while a handoff is open, and until its deal is won', async () => {
    await open(1, '101');
    await happens(1, [dealCreated]);
    await open(2, '102');
    await happens(2, [disqualified]);
    await open(3, '200');
    expect((await knownOf(ids))?.followed.map(({ handoff }) => handoff.id)).toEqual([uuid(1), uuid(3)]);
    expect(await handoffs.followedLeads(['101', '102', '200', '999'])).toEqual(['101', '200']);
    expect(await handoffs.openLeads()).toEqual(['200']);
    await happens(1, [dealWon]);
    await happens(3, [disqualified]);
    expect((await knownOf(ids))?.followed.map(({ handoff }) => handoff.id)).toEqual([]);
    expect(await handoffs.followedLeads(['101', '200'])).toEqual([]);
    expect(await handoffs.openLeads()).toEqual([]);
  });

  test('a lead with several handoffs that are followed is one', async () => {
    await open(1, '101');
    await happens(1, [dealCreated]);
    await open(2, '101');
    expect(await handoffs.followedLeads(['101'])).toEqual(['101']);
  });

  test('snapshots are told of the leads that are known', async () => {
    expect(await handoffs.snapshots(['200', '999'])).toEqual(new Map([['200', { ...lead, id: '200' }]]));
    expect(await handoffs.snapshots([])).toEqual(new Map());
  });

  describe('when it is given its earlier handoffs', () => {
    test('all are under the id of today', async () => {
      await open(1, '101');
      await happens(1, [disqualified]);
      await open(2, '102');
      expect(await handoffs.adopt(['101', '102'], '200')).toEqual([]);
      expect([await leadOf(1), await leadOf(2)]).toEqual(['200', '200']);
      expect(await handoffs.adopt(['101', '102'], '200')).toEqual([]);
      expect(await open(3, '200')).toBe('openAlready');
      expect(await open(3, '101')).toBe('opened');
    });

    test.each([
      { first: '101', second: '200' },
      { first: '200', second: '101' },
      { first: '101', second: '102' },
    ])(
      'of two that are open, under $first and then $second, the second is left',
      async ({ first, second }) => {
        await open(1, first);
        await open(2, second);
        expect(await handoffs.adopt(['101', '102'], '200')).toEqual([uuid(2)]);
        await happens(2, [{ type: 'withdrawn', why: 'merged' }]);
        expect(await handoffs.adopt(['101', '102'], '200')).toEqual([]);
        expect([await leadOf(1), await leadOf(2)]).toEqual(['200', '200']);
        expect(await open(3, '200')).toBe('openAlready');
      },
    );

    test('of three that are open two are left', async () => {
      await open(2, '102');
      await open(3, '200');
      await open(1, '101');
      expect(await handoffs.adopt(['101', '102'], '200')).toEqual([uuid(2), uuid(3)]);
    });

    test('by several at once, it has them once', async () => {
      await open(1, '101');
      await open(2, '102');
      const left = await Promise.all([1, 2, 3].map(() => handoffs.adopt(['101', '102'], '200')));
      expect(left).toEqual([[uuid(2)], [uuid(2)], [uuid(2)]]);
    });
  });
}
