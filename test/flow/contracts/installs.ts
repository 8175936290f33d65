import { beforeEach, expect, test } from 'vitest';
import type { Install } from '../../../src/flow/ports/chat.ts';
import { ann, bea, minute } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const annInTeams: Install = {
  userId: '1f0a3c5e-0000-4000-8000-000000000001',
  memberId: '29:ann',
  conversationId: 'a:1',
  serviceUrl: 'https://smba.example/emea/',
  zone: 'Europe/Berlin',
  locale: 'de-DE',
  emails: [ann],
  emailsAt: minute(0),
};
const beaInTeams: Install = {
  ...annInTeams,
  userId: '1f0a3c5e-0000-4000-8000-000000000002',
  memberId: '29:bea',
  conversationId: 'a:2',
  emails: [bea],
  emailsAt: minute(1),
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

  test('says of whom nobody knew before, also when two save them at the same time', async () => {
    const cleo = { ...annInTeams, userId: '1f0a3c5e-0000-4000-8000-000000000003' };
    const saved = await Promise.all([installs.save(cleo, minute(2)), installs.save(cleo, minute(2))]);
    expect(saved.toSorted()).toEqual([false, true]);
    expect(await installs.save(annInTeams, minute(2))).toBe(false);
    await installs.remove(cleo.userId);
    expect(await installs.save(cleo, minute(3))).toBe(true);
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
    expect(await installs.byUser(annInTeams.userId)).toEqual({ ...moved, emailsAt: minute(2) });
    expect((await installs.byConversation('a:9'))?.userId).toBe(annInTeams.userId);
    expect(await installs.byConversation('a:1')).toBeNull();
  });

  test('has every email of somebody, whatever its case', async () => {
    await installs.save({ ...annInTeams, emails: ['Ann@Example.com', 'A.Nagel@Example.com'] }, minute(2));
    const found = await installs.byEmail('A.NAGEL@example.com');
    expect(found).toEqual({ ...annInTeams, emails: [ann, 'a.nagel@example.com'], emailsAt: minute(2) });
    expect(await installs.byEmail('ANN@example.com')).toEqual(found);
  });

  test('keeps the emails that are known, and since when, when somebody is saved without any', async () => {
    await installs.save({ ...annInTeams, conversationId: 'a:9', emails: [] }, minute(2));
    expect(await installs.byEmail(ann)).toEqual({ ...annInTeams, conversationId: 'a:9' });
  });

  test('keeps the zone that was told last', async () => {
    await installs.save({ ...annInTeams, zone: null }, minute(2));
    expect((await installs.byUser(annInTeams.userId))?.zone).toBe('Europe/Berlin');
    await installs.save({ ...annInTeams, zone: 'Asia/Tokyo' }, minute(3));
    expect((await installs.byUser(annInTeams.userId))?.zone).toBe('Asia/Tokyo');
  });

  test('keeps the language that was told last', async () => {
    await installs.save({ ...annInTeams, locale: null }, minute(2));
    expect((await installs.byUser(annInTeams.userId))?.locale).toBe('de-DE');
    await installs.save({ ...annInTeams, locale: 'pt-BR' }, minute(3));
    expect((await installs.byUser(annInTeams.userId))?.locale).toBe('pt-BR');
  });

  test('drops an email that somebody has no longer', async () => {
    await installs.save({ ...annInTeams, emails: ['ann.nagel@example.com'] }, minute(2));
    expect(await installs.byEmail(ann)).toBeNull();
  });

  test('takes the one who was saved last of two in one conversation, and told last of two with one email', async () => {
    const again = { ...annInTeams, userId: '1f0a3c5e-0000-4000-8000-000000000003' };
    const found = async () => [
      (await installs.byConversation('a:1'))?.userId,
      (await installs.byEmail(ann))?.userId,
    ];
    await installs.save(again, minute(2));
    expect(await found()).toEqual([again.userId, again.userId]);
    await installs.save({ ...annInTeams, emails: [] }, minute(3));
    expect(await found()).toEqual([annInTeams.userId, again.userId]);
    await installs.save(annInTeams, minute(4));
    expect(await found()).toEqual([annInTeams.userId, annInTeams.userId]);
  });

  test('lists those whose emails were never told, or not since then, the longest unasked first, so many', async () => {
    expect(await installs.toAskAgain(minute(0), 9)).toEqual([]);
    expect(await installs.toAskAgain(minute(1), 9)).toEqual([annInTeams]);
    const unasked = {
      ...annInTeams,
      userId: '1f0a3c5e-0000-4000-8000-000000000003',
      emails: [],
      emailsAt: null,
    };
    await installs.save(unasked, minute(2));
    expect(await installs.toAskAgain(minute(0), 9)).toEqual([unasked]);
    expect(await installs.toAskAgain(minute(2), 9)).toEqual([unasked, annInTeams, beaInTeams]);
    expect(await installs.toAskAgain(minute(2), 2)).toEqual([unasked, annInTeams]);
    await installs.save({ ...unasked, emails: ['cleo@example.com'] }, minute(3));
    await installs.save(annInTeams, minute(3));
    expect(await installs.toAskAgain(minute(3), 9)).toEqual([beaInTeams]);
  });

  test('lists whoever was asked of in vain after the others', async () => {
    const nobody = { ...annInTeams, emails: [], emailsAt: null };
    const unasked = { ...nobody, userId: '1f0a3c5e-0000-4000-8000-000000000003' };
    const unheard = { ...nobody, userId: '1f0a3c5e-0000-4000-8000-000000000004' };
    for (const install of [unasked, unheard]) await installs.save(install, minute(2));
    await installs.noteAsked(unheard.userId, minute(3));
    expect(await installs.toAskAgain(minute(0), 9)).toEqual([unasked, unheard]);
    await installs.noteAsked(unasked.userId, minute(4));
    await installs.save({ ...unasked, emails: [] }, minute(5));
    expect(await installs.toAskAgain(minute(0), 9)).toEqual([unheard, unasked]);
    expect(await installs.toAskAgain(minute(2), 1)).toEqual([annInTeams]);
  });

  test('forgets who removed the app, once and for all', async () => {
    await installs.remove(annInTeams.userId);
    await installs.remove(annInTeams.userId);
    expect(await installs.byUser(annInTeams.userId)).toBeNull();
    expect(await installs.byEmail(ann)).toBeNull();
    await installs.save({ ...annInTeams, emails: [] }, minute(2));
    expect(await installs.byUser(annInTeams.userId)).toEqual({ ...annInTeams, emails: [], emailsAt: null });
    expect(await installs.byUser(beaInTeams.userId)).toEqual(beaInTeams);
  });
}
