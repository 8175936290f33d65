import { beforeEach, describe, expect, test } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { ann, bea, minute } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const hours: WorkingHours = {
  zone: 'Europe/Berlin',
  week: { 1: [{ fromMinute: 540, toMinute: 1020 }], 5: [{ fromMinute: 0, toMinute: 1440 }] },
};
const annInHubSpot = { id: ann, name: 'Ann', ownerId: '1', active: true, hours };
const link = 'https://meetings.hubspot.com/bea';
const beaInHubSpot = { id: bea, name: 'Bea', ownerId: '2', active: true, hours: null };
const account = { userId: 'U1', zone: 'Europe/Berlin', locale: 'de-DE', conversationId: 'D1' };

/** What every directory does. */
export function directoryContract(make: MakeStores): void {
  let directory: Stores['directory'];
  beforeEach(async () => {
    ({ directory } = await make());
    await directory.savePeople([beaInHubSpot, annInHubSpot], minute(0));
  });

  test('knows the people that were saved, as they were saved last', async () => {
    const beate = { ...beaInHubSpot, name: 'Beate', ownerId: null, active: false, hours, meetingLink: link };
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
      { platform: 'slack', userId: 'U1', conversationId: 'D1', locale: 'de-DE', checkedAt: minute(1) },
      { platform: 'teams', userId: 'U1', conversationId: null, locale: 'de-DE', checkedAt: minute(2) },
    ]);
  });

  test('knows that somebody has no account, and since when', async () => {
    await directory.saveAccount(ann, 'slack', account, minute(1));
    await directory.saveAccount(ann, 'slack', null, minute(2));
    await directory.saveAccount(bea, 'slack', null, minute(3));
    expect(await directory.byAccount('slack', 'U1')).toBeNull();
    const nobody = { platform: 'slack', userId: null, conversationId: null, locale: null };
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
  const later = { ...holiday, from: minute(70), until: minute(80) };
  const away = { from: minute(5), until: null, why: 'out of office' };

  test('knows who is away or will be, by whichever source says so, the earliest first', async () => {
    expect(await directory.absences(minute(0))).toEqual(new Map());
    await directory.saveAbsences(ann, 'hubspot', [later, holiday], minute(0));
    await directory.saveAbsences(ann, 'chat', [away], minute(0));
    await directory.saveAbsences(bea, 'silence', [holiday], minute(0));
    expect(await directory.absences(minute(0))).toEqual(
      new Map([
        [ann, [away, holiday, later]],
        [bea, [holiday]],
      ]),
    );
  });

  test('knows for 60 days who was away', async () => {
    await directory.saveAbsences(ann, 'hubspot', [holiday, later], minute(0));
    const days = (count: number) => 24 * 60 * count;
    expect(await directory.absences(minute(59 + days(60)))).toEqual(new Map([[ann, [holiday, later]]]));
    expect(await directory.absences(minute(60 + days(60)))).toEqual(new Map([[ann, [later]]]));
    expect(await directory.absences(minute(80 + days(60)))).toEqual(new Map());
  });

  test('replaces what one source said, and leaves the other be', async () => {
    await directory.saveAbsences(ann, 'hubspot', [holiday], minute(0));
    await directory.saveAbsences(ann, 'chat', [away], minute(0));
    await directory.saveAbsences(ann, 'hubspot', [], minute(0));
    expect(await directory.absences(minute(0))).toEqual(new Map([[ann, [away]]]));
    await directory.saveAbsences(ann, 'chat', [], minute(0));
    expect(await directory.absences(minute(0))).toEqual(new Map());
  });

  test.each([
    { what: 'one that lasts and is not named any more ends now', said: [], at: 40, known: [[10, 40]] },
    { what: 'one that begins now and is not named is none', said: [], at: 10, known: [] },
    { what: 'one that is still to come is replaced', said: [[20, 50]], at: 5, known: [[20, 50]] },
    { what: 'one that lasts gets the end that is named now', said: [[10, 90]], at: 40, known: [[10, 90]] },
    { what: 'one that is over stays', said: [], at: 60, known: [[10, 60]] },
    { what: 'one that is over is not doubled', said: [[10, 60]], at: 61, known: [[10, 60]] },
    {
      what: 'one that is over may be new',
      said: [[0, 5]],
      at: 30,
      known: [
        [0, 5],
        [10, 30],
      ],
    },
    {
      what: 'one that began later than was known cuts the other off',
      said: [[30, 60]],
      at: 40,
      known: [
        [10, 40],
        [30, 60],
      ],
    },
  ])('of an absence from minute 10 to 60, $what', async ({ said, at, known }) => {
    const spans = (all: number[][]) =>
      all.map(([from = 0, until = 0]) => ({ ...holiday, from: minute(from), until: minute(until) }));
    await directory.saveAbsences(ann, 'hubspot', [holiday], minute(0));
    await directory.saveAbsences(ann, 'hubspot', spans(said), minute(at));
    expect((await directory.absences(minute(at))).get(ann) ?? []).toEqual(spans(known));
  });

  test('ends an absence without an end when its source says no more of it', async () => {
    await directory.saveAbsences(ann, 'silence', [away], minute(5));
    await directory.saveAbsences(ann, 'silence', [], minute(30));
    expect((await directory.absences(minute(30))).get(ann)).toEqual([{ ...away, until: minute(30) }]);
  });

  describe('an absence without an end that its source tells of as of now, again and again', () => {
    const tell = (at: number, ...reasons: string[]) =>
      directory.saveAbsences(
        ann,
        'hubspot',
        reasons.map((why) => ({ from: minute(at), until: null, why })),
        minute(at),
      );
    const known = async () => (await directory.absences(minute(30))).get(ann);
    beforeEach(async () => {
      for (let at = 5; at < 15; at += 1) await tell(at, 'set to away');
    });

    test('is one, from when it was told first', async () => {
      expect(await known()).toEqual([{ from: minute(5), until: null, why: 'set to away' }]);
    });

    test('ends when its source says no more of it, and may begin anew', async () => {
      await tell(20);
      const over = { from: minute(5), until: minute(20), why: 'set to away' };
      expect(await known()).toEqual([over]);
      await tell(25, 'set to away');
      expect(await known()).toEqual([over, { from: minute(25), until: null, why: 'set to away' }]);
    });

    test('ends when its source gives another reason', async () => {
      await tell(20, 'ill');
      expect(await known()).toEqual([
        { from: minute(5), until: minute(20), why: 'set to away' },
        { from: minute(20), until: null, why: 'ill' },
      ]);
    });

    test('ends when its source gives a later beginning', async () => {
      const later = { from: minute(40), until: null, why: 'set to away' };
      await directory.saveAbsences(ann, 'hubspot', [later], minute(20));
      expect(await known()).toEqual([{ from: minute(5), until: minute(20), why: 'set to away' }, later]);
    });

    test('is none of another source’s', async () => {
      const other = { from: minute(20), until: null, why: 'set to away' };
      await directory.saveAbsences(ann, 'chat', [other], minute(20));
      expect(await known()).toEqual([{ from: minute(5), until: null, why: 'set to away' }, other]);
    });

    test('is one though its reason holds what no text in a database can', async () => {
      for (const at of [20, 25]) await tell(at, 'ill\0');
      expect(await known()).toHaveLength(2);
    });
  });

  test('keeps what somebody has chosen for themselves, whatever HubSpot tells of them afterwards', async () => {
    const rules = [{ kind: 'mail', afterMinutes: 30 }] as const;
    const [before] = (await directory.people()).filter(({ id }) => id === ann);
    expect(before?.notify).toBeUndefined();
    await directory.saveNotifyRules(ann, rules);
    if (before) await directory.savePeople([before], minute(1));
    expect((await directory.people()).find(({ id }) => id === ann)?.notify).toEqual(rules);
    await directory.saveNotifyRules(ann, []);
    expect((await directory.people()).find(({ id }) => id === ann)?.notify).toEqual([]);
  });

  test('keeps that somebody wants no summaries, until they want them again', async () => {
    const isOff = async () => (await directory.people()).find(({ id }) => id === ann)?.summaryOff;
    const [before] = (await directory.people()).filter(({ id }) => id === ann);
    expect(await isOff()).toBeUndefined();
    await directory.saveSummaryOff(ann, true);
    if (before) await directory.savePeople([before], minute(1));
    expect(await isOff()).toBe(true);
    await directory.saveSummaryOff(ann, false);
    expect(await isOff()).toBeUndefined();
  });

  test('keeps the language that somebody has chosen, until they want that of their chat', async () => {
    const languageOfAnn = async () => (await directory.people()).find(({ id }) => id === ann)?.language;
    const [before] = (await directory.people()).filter(({ id }) => id === ann);
    await directory.saveLanguage(ann, 'de');
    if (before) await directory.savePeople([before], minute(1));
    expect(await languageOfAnn()).toBe('de');
    await directory.saveLanguage(ann, null);
    expect(await languageOfAnn()).toBeUndefined();
  });

  test('keeps each absence once when several say the same at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => directory.saveAbsences(ann, 'hubspot', [holiday], minute(0))));
    expect(await directory.absences(minute(0))).toEqual(new Map([[ann, [holiday]]]));
  });
}
