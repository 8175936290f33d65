import { beforeEach, expect, test } from 'vitest';
import { ann, boss, lead, minute, opening, uuid } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const address = { handoffId: uuid(1), person: ann, platform: 'slack', conversationId: 'D1' } as const;
const begun = { ...address, toldSeq: 2 };
const unsent = { ...begun, messageId: null, revision: 0, tellingSeq: 2 };
const sent = { ...address, messageId: '17.1', revision: 3, toldSeq: 2, tellingSeq: 3 };

/** What every store of cards does. */
export function cardsContract(make: MakeStores): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
    await stores.handoffs.saveLead(lead, minute(0));
    await stores.handoffs.open(lead.id, [], null, minute(0), () => opening());
  });

  const cards = async () => (await stores.handoffs.view(uuid(1)))?.cards;

  test('a card about to be sent has no message yet', async () => {
    await stores.cards.beginSend(begun, minute(1));
    expect(await cards()).toEqual([unsent]);
  });

  test('a sent card is kept as it was saved last', async () => {
    await stores.cards.beginSend(begun, minute(1));
    await stores.cards.save({ ...sent, revision: 1 });
    await stores.cards.save(sent);
    expect(await cards()).toEqual([sent]);
  });

  test('a card that is sent anew, elsewhere, has no message again', async () => {
    await stores.cards.save(sent);
    await stores.cards.beginSend({ ...begun, conversationId: 'D2' }, minute(2));
    expect(await cards()).toEqual([{ ...unsent, conversationId: 'D2' }]);
  });

  test('a message is adopted by a card that has none, and changes nothing on one that has', async () => {
    await stores.cards.beginSend(begun, minute(1));
    expect(await stores.cards.adopt({ ...unsent, revision: 2 }, '17.1')).toBe(true);
    expect(await cards()).toEqual([{ ...unsent, revision: 2, messageId: '17.1' }]);
    await stores.cards.save(sent);
    expect(await stores.cards.adopt({ ...unsent, revision: 2 }, '17.2')).toBe(false);
    expect(await cards()).toEqual([sent]);
  });

  test('there is one card for each person and platform', async () => {
    await stores.cards.save(sent);
    await stores.cards.save({ ...sent, platform: 'teams' });
    await stores.cards.save({ ...sent, person: boss });
    expect(await cards()).toHaveLength(3);
  });
}
