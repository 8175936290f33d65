import { beforeEach, expect, test } from 'vitest';
import type { Install } from '../../../src/flow/ports.ts';
import { ann, bea, minute } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const annInTeams: Install = {
  userId: '1f0a3c5e-0000-4000-8000-000000000001',
  memberId: '29:ann',
  conversationId: 'a:1',
  serviceUrl: 'https://smba.example/emea/',
  emails: [ann],
};
const beaInTeams: Install = {
  ...annInTeams,
  userId: '1f0a3c5e-0000-4000-8000-000000000002',
  memberId: '29:bea',
  conversationId: 'a:2',
  emails: [bea],
};

/** What every store of installs does. */
export function installsContract(make: MakeStores): void {
  let installs: Stores['installs'];
  beforeEach(async () => {
    ({ installs } = await make());
    await installs.save(annInTeams, minute(0));
    await installs.save(beaInTeams, minute(1));
  });

  test('finds somebody by user, by conversation and by email', async () => {
    expect(await installs.byUser(annInTeams.userId)).toEqual(annInTeams);
    expect(await installs.byConversation('a:1')).toEqual(annInTeams);
    expect(await installs.byEmail(ann)).toEqual(annInTeams);
    expect(await installs.byEmail(bea)).toEqual(beaInTeams);
  });

  test('finds nobody who has not added the app', async () => {
    expect(await installs.byUser('somebody else')).toBeNull();
    expect(await installs.byConversation('a:3')).toBeNull();
    expect(await installs.byEmail('somebody@example.com')).toBeNull();
  });

  test('keeps where somebody was seen last', async () => {
    const moved = {
      ...annInTeams,
      memberId: '29:ann-2',
      conversationId: 'a:9',
      serviceUrl: 'https://smba.example/amer/',
    };
    await installs.save(moved, minute(2));
    expect(await installs.byUser(annInTeams.userId)).toEqual(moved);
    expect(await installs.byConversation('a:9')).toEqual(moved);
    expect(await installs.byConversation('a:1')).toBeNull();
  });

  test('has every email of somebody, whatever its case', async () => {
    await installs.save({ ...annInTeams, emails: ['Ann@Example.com', 'A.Nagel@Example.com'] }, minute(2));
    const found = await installs.byEmail('A.NAGEL@example.com');
    expect(found).toEqual({ ...annInTeams, emails: [ann, 'a.nagel@example.com'] });
    expect(await installs.byEmail('ANN@example.com')).toEqual(found);
  });

  test('keeps the emails that are known when somebody is seen without any', async () => {
    await installs.save({ ...annInTeams, conversationId: 'a:9', emails: [] }, minute(2));
    expect(await installs.byEmail(ann)).toEqual({ ...annInTeams, conversationId: 'a:9' });
  });

  test('drops an email that somebody has no longer', async () => {
    await installs.save({ ...annInTeams, emails: ['ann.nagel@example.com'] }, minute(2));
    expect(await installs.byEmail(ann)).toBeNull();
  });

  test('takes the one who was seen last when two have the same email, or the same conversation', async () => {
    const again = { ...annInTeams, userId: '1f0a3c5e-0000-4000-8000-000000000003' };
    await installs.save(again, minute(2));
    expect([await installs.byEmail(ann), await installs.byConversation('a:1')]).toEqual([again, again]);
    await installs.save(annInTeams, minute(3));
    expect([await installs.byEmail(ann), await installs.byConversation('a:1')]).toEqual([
      annInTeams,
      annInTeams,
    ]);
  });

  test('lists those whose emails nobody has asked for', async () => {
    expect(await installs.withoutEmails()).toEqual([]);
    const unasked = { ...annInTeams, userId: '1f0a3c5e-0000-4000-8000-000000000003', emails: [] };
    await installs.save(unasked, minute(2));
    expect(await installs.withoutEmails()).toEqual([unasked]);
    await installs.save({ ...unasked, emails: ['cleo@example.com'] }, minute(3));
    expect(await installs.withoutEmails()).toEqual([]);
  });

  test('forgets who removed the app, once and for all', async () => {
    await installs.remove(annInTeams.userId);
    await installs.remove(annInTeams.userId);
    expect(await installs.byUser(annInTeams.userId)).toBeNull();
    expect(await installs.byEmail(ann)).toBeNull();
    await installs.save({ ...annInTeams, emails: [] }, minute(2));
    expect(await installs.byUser(annInTeams.userId)).toEqual({ ...annInTeams, emails: [] });
    expect(await installs.byUser(beaInTeams.userId)).toEqual(beaInTeams);
  });
}
