import { beforeEach, expect, test } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy.ts';
import { ann, bea, minute } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const hours: WorkingHours = {
  zone: 'Europe/Berlin',
  week: { 1: [{ fromMinute: 540, toMinute: 1020 }], 5: [{ fromMinute: 0, toMinute: 1440 }] },
};
const annInHubSpot = { id: ann, name: 'Ann', ownerId: '1', active: true, hours };
const beaInHubSpot = { id: bea, name: 'Bea', ownerId: '2', active: true, hours: null };
const account = { userId: 'U1', zone: 'Europe/Berlin', conversationId: 'D1' };

/** What every directory does. */
export function directoryContract(make: MakeStores): void {
  let directory: Stores['directory'];
  beforeEach(async () => {
    ({ directory } = await make());
    await directory.savePeople([beaInHubSpot, annInHubSpot], minute(0));
  });

  test('knows the people that were saved, as they were saved last', async () => {
    const beate = { ...beaInHubSpot, name: 'Beate', ownerId: null, active: false, hours };
    await directory.savePeople([beate], minute(1));
    expect(await directory.people()).toEqual([
      { ...annInHubSpot, accounts: [] },
      { ...beate, accounts: [] },
    ]);
    await directory.savePeople([{ ...annInHubSpot, hours: null }], minute(2));
    expect((await directory.people())[0]?.hours).toBeNull();
  });

  test('lets owners swap their persons', async () => {
    await directory.savePeople(
      [
        { ...annInHubSpot, ownerId: '2' },
        { ...beaInHubSpot, ownerId: '1' },
      ],
      minute(1),
    );
    expect((await directory.people()).map(({ ownerId }) => ownerId)).toEqual(['2', '1']);
  });

  test('finds a person by their account in a platform', async () => {
    await directory.saveAccount(ann, 'slack', account, minute(1));
    await directory.saveAccount(ann, 'teams', { ...account, conversationId: null }, minute(2));
    expect(await directory.byAccount('slack', 'U1')).toBe(ann);
    expect(await directory.byAccount('slack', 'U2')).toBeNull();
    expect((await directory.people())[0]?.accounts).toEqual([
      { platform: 'slack', userId: 'U1', conversationId: 'D1', checkedAt: minute(1) },
      { platform: 'teams', userId: 'U1', conversationId: null, checkedAt: minute(2) },
    ]);
  });

  test('knows that somebody has no account, and since when', async () => {
    await directory.saveAccount(ann, 'slack', account, minute(1));
    await directory.saveAccount(ann, 'slack', null, minute(2));
    await directory.saveAccount(bea, 'slack', null, minute(3));
    expect(await directory.byAccount('slack', 'U1')).toBeNull();
    const nobody = { platform: 'slack', userId: null, conversationId: null };
    expect((await directory.people()).map(({ accounts }) => accounts)).toEqual([
      [{ ...nobody, checkedAt: minute(2) }],
      [{ ...nobody, checkedAt: minute(3) }],
    ]);
  });

  test('gives an account to its new person when their email was changed', async () => {
    await directory.saveAccount(ann, 'slack', account, minute(1));
    await directory.saveAccount(bea, 'slack', account, minute(2));
    expect(await directory.byAccount('slack', 'U1')).toBe(bea);
    expect((await directory.people())[0]?.accounts[0]?.userId).toBeNull();
  });

  const holiday = { from: minute(10), until: minute(60), why: 'on holiday' };
  const away = { from: minute(5), until: null, why: 'out of office' };

  test('knows who is away or will be, by whichever source says so, the earliest first', async () => {
    expect(await directory.absences(minute(0))).toEqual(new Map());
    await directory.saveAbsences(ann, 'hubspot', [
      { ...holiday, from: minute(70), until: minute(80) },
      holiday,
    ]);
    await directory.saveAbsences(ann, 'chat', [away]);
    await directory.saveAbsences(bea, 'hubspot', [holiday]);
    const later = { ...holiday, from: minute(70), until: minute(80) };
    expect(await directory.absences(minute(0))).toEqual(
      new Map([
        [ann, [away, holiday, later]],
        [bea, [holiday]],
      ]),
    );
    expect(await directory.absences(minute(60))).toEqual(new Map([[ann, [away, later]]]));
  });

  test('replaces what one source said, and leaves the other be', async () => {
    await directory.saveAbsences(ann, 'hubspot', [holiday]);
    await directory.saveAbsences(ann, 'chat', [away]);
    await directory.saveAbsences(ann, 'hubspot', []);
    expect(await directory.absences(minute(0))).toEqual(new Map([[ann, [away]]]));
    await directory.saveAbsences(ann, 'chat', []);
    expect(await directory.absences(minute(0))).toEqual(new Map());
  });

  test('keeps each absence once when several say the same at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => directory.saveAbsences(ann, 'hubspot', [holiday])));
    expect(await directory.absences(minute(0))).toEqual(new Map([[ann, [holiday]]]));
  });
}
