import { beforeEach, expect, test } from 'vitest';
import { minute } from './given.ts';
import { letWait, waitsNoMore } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const lacking = { leadId: '101', since: minute(0), because: 'demo, but lacks phone', until: null };
const waiting = {
  leadId: '102',
  since: minute(1),
  because: 'demo, but nobody is at work',
  until: minute(60),
};

/** What every store of the leads that wait does. */
export function holdsContract(make: MakeStores): void {
  let stores: Stores;
  let holds: Stores['holds'];
  beforeEach(async () => {
    stores = await make();
    ({ holds } = stores);
  });

  test('lists the leads that wait, the longest waiting first', async () => {
    await letWait(stores, waiting);
    await letWait(stores, lacking);
    expect(await holds.list()).toEqual([lacking, waiting]);
    expect(await holds.of('102')).toEqual({ ...waiting, told: false });
    expect(await holds.of('103')).toBeNull();
  });

  test('takes until when a lead waits now, and stays told when the reason is the same', async () => {
    await letWait(stores, waiting);
    await holds.markTold([waiting]);
    await letWait(stores, { ...waiting, since: minute(9), until: minute(90) });
    expect((await holds.of('102'))?.told).toBe(true);
    expect(await holds.list()).toEqual([{ ...waiting, until: minute(90) }]);
  });

  test('takes a new reason, and keeps since when the lead has been waiting', async () => {
    await letWait(stores, lacking);
    await holds.markTold([lacking]);
    await letWait(stores, { ...waiting, leadId: '101' });
    expect((await holds.of('101'))?.told).toBe(false);
    await holds.markTold([lacking]);
    expect((await holds.of('101'))?.told).toBe(false);
    expect(await holds.list()).toEqual([{ ...waiting, leadId: '101', since: minute(0) }]);
  });

  test('releases a lead once', async () => {
    await letWait(stores, lacking);
    await waitsNoMore(stores, ['101']);
    await waitsNoMore(stores, ['101']);
    expect(await holds.list()).toEqual([]);
  });

  test('has a lead looked at again when its time has come, and not before', async () => {
    await letWait(stores, lacking);
    await letWait(stores, waiting);
    expect(await holds.wakeDue(minute(59))).toBe(0);
    expect(await stores.jobKeys()).toEqual([]);
    expect(await holds.wakeDue(minute(60))).toBe(1);
    expect(await stores.jobKeys()).toEqual(['intake:102']);
    expect(await stores.inbox.undecided('102')).toHaveLength(1);
    // Should nothing come of it, it is looked at again.
    expect(await holds.list()).toEqual([lacking, { ...waiting, until: minute(120) }]);
    expect(await holds.wakeDue(minute(119))).toBe(0);
    expect(await holds.wakeDue(minute(120))).toBe(1);
  });

  test('has it looked at once, however many sweep at the same time', async () => {
    const due = Array.from({ length: 30 }, (_, index) => ({ ...waiting, leadId: `${index}` }));
    for (const hold of due) await letWait(stores, hold);
    const woken = await Promise.all([1, 2, 3].map(() => holds.wakeDue(minute(60))));
    expect(woken.reduce((sum, count) => sum + count)).toBe(30);
    expect(await holds.wakeDue(minute(61))).toBe(0);
    const undecided = await Promise.all(due.map(({ leadId }) => stores.inbox.undecided(leadId)));
    expect(undecided.map((events) => events.length)).toEqual(due.map(() => 1));
  });

  test('has it looked at again each time it was told to wait, even until the same moment', async () => {
    await letWait(stores, waiting);
    await holds.wakeDue(minute(60));
    await letWait(stores, waiting);
    expect(await holds.wakeDue(minute(60))).toBe(1);
    expect(await stores.inbox.undecided('102')).toHaveLength(2);
  });

  test('has every lead looked at again when what they wait for may have changed', async () => {
    await letWait(stores, lacking);
    await letWait(stores, waiting);
    expect(await holds.wakeAll(minute(5))).toBe(2);
    expect(await stores.jobKeys()).toEqual(['intake:101', 'intake:102']);
    expect(await holds.list()).toEqual([lacking, { ...waiting, until: minute(65) }]);
  });
}
