import { beforeEach, expect, test } from 'vitest';
import { ann, bea, minute } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const annInHubSpot = { id: ann, name: 'Ann', ownerId: '1', active: true };
const beaInHubSpot = { id: bea, name: 'Bea', ownerId: '2', active: true };
const account = { userId: 'U1', zone: 'Europe/Berlin', conversationId: 'D1' };

/** What every directory does. */
export function directoryContract(make: MakeStores): void {
  let directory: Stores['directory'];
  beforeEach(async () => {
    ({ directory } = await make());
    await directory.savePeople([beaInHubSpot, annInHubSpot], minute(0));
  });

  test('knows the people that were saved, as they were saved last', async () => {
    await directory.savePeople([{ ...beaInHubSpot, name: 'Beate', ownerId: null, active: false }], minute(1));
    expect(await directory.people()).toEqual([
      { ...annInHubSpot, accounts: [] },
      { ...beaInHubSpot, name: 'Beate', ownerId: null, active: false, accounts: [] },
    ]);
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
}
