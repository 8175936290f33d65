import { beforeEach, describe, expect, test } from 'vitest';
import { ann, boss, byAnn, change, disqualified, lead, minute, opening, uuid } from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const address = { handoffId: uuid(1), person: ann, platform: 'slack', conversationId: 'D1' } as const;
const begun = { ...address, toldSeq: 2 };
const unsent = { ...begun, messageId: null, attempt: 1, revision: 0, tellingSeq: 2, seenAt: null };
const saved = { ...address, messageId: '17.1', attempt: 1, revision: 3, toldSeq: 2, tellingSeq: 3 };
const sent = { ...saved, seenAt: null };

/** What every store of cards does. */
export function cardsContract(make: MakeStores): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
    await stores.handoffs.saveLead(lead, minute(0));
    await openIn(stores, [lead.id], [], null, minute(0), () => opening());
  });

  const cards = async () => (await stores.handoffs.view(uuid(1)))?.cards;

  test('a card about to be sent has no message yet, and each attempt has its number', async () => {
    expect(await stores.cards.beginSend(begun)).toBe(1);
    expect(await stores.cards.beginSend(begun)).toBe(2);
    expect(await cards()).toEqual([{ ...unsent, attempt: 2 }]);
  });

  test('a card about to be sent keeps its attempt', async () => {
    await stores.cards.beginSend(begun);
    expect(await cards()).toEqual([unsent]);
  });

  test('a sent card is kept as it was saved last', async () => {
    await stores.cards.beginSend(begun);
    await stores.cards.save({ ...saved, revision: 1 });
    await stores.cards.save(saved);
    expect(await cards()).toEqual([sent]);
  });

  test('a card that is sent anew, elsewhere, has no message again', async () => {
    await stores.cards.save(saved);
    await stores.cards.beginSend({ ...begun, conversationId: 'D2' });
    expect(await cards()).toEqual([{ ...unsent, attempt: 2, conversationId: 'D2' }]);
  });

  test('a message is adopted by a card that has none, and changes nothing on one that has', async () => {
    await stores.cards.beginSend(begun);
    expect(await stores.cards.adopt({ ...unsent, revision: 2 }, '17.1')).toBe(true);
    expect(await cards()).toEqual([{ ...unsent, revision: 2, messageId: '17.1' }]);
    await stores.cards.save(saved);
    expect(await stores.cards.adopt({ ...unsent, revision: 2 }, '17.2')).toBe(false);
    expect(await cards()).toEqual([sent]);
  });

  test('a message that is known already is adopted by no other card', async () => {
    const known = { platform: 'slack', conversationId: 'D1' } as const;
    await openIn(stores, ['102'], [], null, minute(0), () => opening({ id: uuid(2), leadId: '102' }));
    await stores.cards.save({ ...saved, handoffId: uuid(2) });
    await stores.cards.noteSaid({ ...known, messageId: '17.9', leadIds: [lead.id] });
    await stores.cards.beginSend(begun);
    for (const messageId of ['17.1', '17.9']) {
      expect(await stores.cards.isKnown({ ...known, messageId })).toBe(true);
      expect(await stores.cards.adopt({ ...unsent, revision: 2 }, messageId)).toBe(false);
    }
    expect(await cards()).toEqual([unsent]);
    expect(await stores.cards.isKnown({ ...known, messageId: '17.2' })).toBe(false);
    expect(await stores.cards.isKnown({ ...known, conversationId: 'D2', messageId: '17.1' })).toBe(false);
    expect(await stores.cards.isKnown({ ...known, platform: 'teams', messageId: '17.1' })).toBe(false);
  });

  test('of somebody’s forms about a handoff there is one of each kind, until it is taken', async () => {
    const of = { handoffId: uuid(1), platform: 'teams', userId: 'u-1', form: 'logTouch' } as const;
    const message = (messageId: string) => ({ conversationId: 'a:1', messageId });
    expect(await stores.cards.keepForm({ ...of, ...message('1') })).toEqual([]);
    expect(await stores.cards.keepForm({ ...of, form: 'snooze', ...message('2') })).toEqual([]);
    expect(await stores.cards.keepForm({ ...of, userId: 'u-2', ...message('3') })).toEqual([]);
    expect(await stores.cards.keepForm({ ...of, ...message('4') })).toEqual([message('1')]);
    expect(await stores.cards.takeForm(of)).toEqual(message('4'));
    expect(await stores.cards.takeForm(of)).toBeNull();
    expect(await stores.cards.takeForm({ ...of, handoffId: 'forged' })).toBeNull();
    const left = (await stores.cards.openForms(uuid(1))).map(({ messageId }) => messageId);
    expect(left.toSorted()).toEqual(['2', '3']);
  });

  test('of somebody’s forms none is lost sight of, however many come at the same time', async () => {
    const of = { handoffId: uuid(1), platform: 'teams', userId: 'u-1', form: 'logTouch' } as const;
    const ids = ['1', '2', '3', '4', '5'];
    const keep = (messageId: string) => stores.cards.keepForm({ ...of, conversationId: 'a:1', messageId });
    const before = (await Promise.all(ids.map(keep))).flat();
    const open = await stores.cards.openForms(uuid(1));
    expect([...before, ...open].map(({ messageId }) => messageId).toSorted()).toEqual(ids);
    expect(open).toHaveLength(1);
  });

  test('there is one card for each person and platform', async () => {
    await stores.cards.save(saved);
    await stores.cards.save({ ...saved, platform: 'teams' });
    await stores.cards.save({ ...saved, person: boss });
    expect(await cards()).toHaveLength(3);
  });

  describe('a change that a card led to', () => {
    const changeWith = (card: typeof saved, refused = false) =>
      stores.handoffs.change(uuid(1), byAnn(minute(2)), (handoff) =>
        refused
          ? { refused: 'stale' }
          : { ...change(handoff, minute(2), [disqualified]), cards: [card, { ...card, person: boss }] },
      );

    test('saves it, new or known, but for when it was seen', async () => {
      await stores.cards.save({ ...saved, revision: 1 });
      await stores.cards.noteSeen(ann, 'slack', uuid(1), minute(1));
      expect(await changeWith(saved)).toMatchObject({ outcome: 'changed' });
      const [anns, bosss] = (await cards())?.toSorted((a, b) => a.person.localeCompare(b.person)) ?? [];
      expect(anns).toEqual({ ...sent, seenAt: minute(1) });
      expect(bosss).toEqual({ ...sent, person: boss });
    });

    test('saves none when it is refused', async () => {
      expect(await changeWith(saved, true)).toMatchObject({ outcome: 'refused' });
      expect(await cards()).toEqual([]);
    });
  });

  describe('that somebody has seen', () => {
    const seen = async (id: string) => {
      const cards = (await stores.handoffs.view(id))?.cards ?? [];
      return Object.fromEntries(
        cards.map(({ person, platform, seenAt }) => [`${person} ${platform}`, seenAt]),
      );
    };
    const open = (id: string, leadId: string) =>
      openIn(stores, [leadId], [], null, minute(0), () => opening({ id, leadId }));
    beforeEach(async () => {
      await stores.handoffs.saveLead({ ...lead, id: '102' }, minute(0));
      await open(uuid(2), '102');
      for (const handoffId of [uuid(1), uuid(2)]) await stores.cards.save({ ...saved, handoffId });
      await stores.cards.save({ ...saved, platform: 'teams' });
      await stores.cards.save({ ...saved, person: boss });
    });

    test('is noted on the one card', async () => {
      await stores.cards.noteSeen(ann, 'slack', uuid(1), minute(3));
      const others = { [`${ann} teams`]: null, [`${boss} slack`]: null };
      expect(await seen(uuid(1))).toEqual({ [`${ann} slack`]: minute(3), ...others });
      expect(await seen(uuid(2))).toEqual({ [`${ann} slack`]: null });
    });

    test('stays noted when the card is saved or sent anew, and never goes back', async () => {
      await stores.cards.noteSeen(ann, 'slack', uuid(1), minute(3));
      await stores.cards.noteSeen(ann, 'slack', uuid(1), minute(2));
      await stores.cards.save(saved);
      await stores.cards.beginSend(begun);
      expect((await seen(uuid(1)))[`${ann} slack`]).toEqual(minute(3));
    });

    test('in a conversation is noted on every card there whose handoff is open', async () => {
      await stores.handoffs.saveLead({ ...lead, id: '103' }, minute(0));
      await open(uuid(3), '103');
      await stores.cards.beginSend({ ...begun, handoffId: uuid(3) });
      await stores.handoffs.change(uuid(2), byAnn(minute(2)), (handoff) =>
        change(handoff, minute(2), [disqualified]),
      );
      await stores.cards.noteSeen(ann, 'slack', null, minute(3));
      const others = { [`${ann} teams`]: null, [`${boss} slack`]: null };
      expect(await seen(uuid(1))).toEqual({ [`${ann} slack`]: minute(3), ...others });
      expect(await seen(uuid(2))).toEqual({ [`${ann} slack`]: null });
      expect(await seen(uuid(3)), 'one that has not come yet').toEqual({ [`${ann} slack`]: null });
    });

    test.each(['not-an-id', uuid(99)])('is nothing when there is no handoff %s', async (id) => {
      await stores.cards.noteSeen(ann, 'slack', id, minute(3));
      expect((await seen(uuid(1)))[`${ann} slack`]).toBeNull();
    });
  });
}
