import { beforeEach, expect, test } from 'vitest';
import { accepted, byAnn, change, disqualified, lead, minute, opening, uuid } from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

/** What all timers do. */
export function timersContract(make: MakeStores): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
    await stores.handoffs.saveLead(lead, minute(0));
    await openIn(stores, [lead.id], [], null, minute(0), () => opening());
  });

  const stepsFired = async () => (await stores.timers.fired(uuid(1))).map(({ step }) => step);

  test('fire when they are due, once', async () => {
    expect(await stores.timers.fireDue(minute(19))).toBe(0);
    expect(await stores.timers.fireDue(minute(20))).toBe(1);
    expect(await stores.timers.fireDue(minute(20))).toBe(0);
    expect(await stores.timers.fireDue(minute(30))).toBe(2);
    expect(await stepsFired()).toHaveLength(3);
    expect(await stores.jobKeys()).toContain(`timer:${uuid(1)}`);
  });

  test('fire late rather than never', async () => {
    expect(await stores.timers.fireDue(minute(60 * 24 * 30))).toBe(3);
  });

  test('fire once each, however many are sweeping', async () => {
    const fired = await Promise.all(Array.from({ length: 5 }, () => stores.timers.fireDue(minute(30))));
    expect(fired.reduce((sum, count) => sum + count)).toBe(3);
    expect(await stepsFired()).toHaveLength(3);
  });

  test('wait again when they are put back', async () => {
    await stores.timers.fireDue(minute(20));
    const [timer] = await stores.timers.fired(uuid(1));
    await stores.timers.putBack(String(timer?.id));
    await stores.timers.done(String(timer?.id), minute(20));
    expect(await stores.timers.fired(uuid(1))).toEqual([]);
    expect(await stores.timers.fireDue(minute(19))).toBe(0);
    expect(await stores.timers.fireDue(minute(20))).toBe(1);
  });

  test('of an intro have a job of their own, and may be postponed', async () => {
    const intro = { clock: 'acknowledge', step: 0, action: 'introduce', run: 2, dueAt: minute(5) } as const;
    await stores.handoffs.change(uuid(1), byAnn(minute(4)), (handoff) =>
      change(handoff, minute(4), [accepted], [intro]),
    );
    expect(await stores.timers.fireDue(minute(5))).toBe(1);
    expect(await stores.jobKeys()).toContain(`intro:${uuid(1)}`);
    expect(await stores.timers.fired(uuid(1))).toEqual([]);
    const [timer] = await stores.timers.firedIntros(uuid(1));
    expect(timer).toMatchObject({ run: 2 });
    await stores.timers.postpone(String(timer?.id), minute(20));
    expect(await stores.timers.firedIntros(uuid(1))).toEqual([]);
    expect(await stores.timers.fireDue(minute(19))).toBe(0);
    expect(await stores.timers.fireDue(minute(20))).toBe(1);
    await stores.timers.done(String(timer?.id), minute(20));
    expect(await stores.timers.firedIntros(uuid(1))).toEqual([]);
  });

  test('do not fire for a handoff that was closed before', async () => {
    await stores.handoffs.change(uuid(1), byAnn(minute(5)), (handoff) =>
      change(handoff, minute(5), [disqualified]),
    );
    expect(await stores.timers.fireDue(minute(30))).toBe(0);
  });
}
