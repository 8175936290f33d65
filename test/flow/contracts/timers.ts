import { beforeEach, expect, test } from 'vitest';
import { byAnn, change, disqualified, lead, minute, opening, uuid } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

/** What all timers do. */
export function timersContract(make: MakeStores): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
    await stores.handoffs.saveLead(lead, minute(0));
    await stores.handoffs.open([lead.id], [], null, minute(0), () => opening());
  });

  const timerJobs = async () => (await stores.jobKeys()).filter((key) => key.startsWith('timer:'));

  test('fire when they are due, once', async () => {
    expect(await stores.timers.fireDue(minute(19))).toBe(0);
    expect(await stores.timers.fireDue(minute(20))).toBe(1);
    expect(await stores.timers.fireDue(minute(20))).toBe(0);
    expect(await stores.timers.fireDue(minute(30))).toBe(2);
    expect(await timerJobs()).toHaveLength(3);
  });

  test('fire late rather than never', async () => {
    expect(await stores.timers.fireDue(minute(60 * 24 * 30))).toBe(3);
  });

  test('fire once each, however many are sweeping', async () => {
    const fired = await Promise.all(Array.from({ length: 5 }, () => stores.timers.fireDue(minute(30))));
    expect(fired.reduce((sum, count) => sum + count)).toBe(3);
    expect(await timerJobs()).toHaveLength(3);
  });

  test('wait again when they are put back', async () => {
    await stores.timers.fireDue(minute(20));
    const [key = ''] = await timerJobs();
    await stores.timers.putBack(key.slice('timer:'.length));
    expect(await stores.timers.fireDue(minute(19))).toBe(0);
    expect(await stores.timers.fireDue(minute(20))).toBe(1);
  });

  test('do not fire for a handoff that was closed before', async () => {
    await stores.handoffs.change(uuid(1), byAnn(minute(5)), (handoff) =>
      change(handoff, minute(5), [disqualified]),
    );
    expect(await stores.timers.fireDue(minute(30))).toBe(0);
  });
}
