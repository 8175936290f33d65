import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, grace, ownerIdOf, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, where a rep is set away after two cards in a row', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    const ladder = [{ at: '1 h', do: 'tell manager' }];
    const amend = { silent_after: 2, 'escalation.acknowledge': ladder };
    world = await startWorld({ chats: platform, amend });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const holder = (lead: string) => world.hubspot.object('contacts', lead)?.properties['handoff_rep'];
  /** A lead of Ada's own. */
  const forAda = () => demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });

  /** One after the other, each of which is due a quarter of an hour later. */
  async function letPass(count: number): Promise<string[]> {
    const leads: string[] = [];
    for (let passed = 0; passed < count; passed += 1) {
      leads.push(await forAda());
      await world.pass(16);
    }
    return leads;
  }

  test('an answer in between begins the count anew', async () => {
    await letPass(1);
    const answered = await forAda();
    await chat().press(ada, 'accept');
    await world.settle();
    await letPass(1);
    expect(chat().bulletins(ada)).toEqual([]);
    expect(holder(answered)).toBe(ada);
    expect(holder(await forAda())).toBe(ada);
  });

  test('cards that come at the same time are let pass once', async () => {
    const leads = [await forAda(), await forAda(), await forAda()];
    await world.pass(17);
    expect(chat().bulletins(ada)).toEqual([]);
    expect(leads.map(holder)).toEqual([ada, ada, ada]);
  });

  test('a card that others may claim is no card that one lets pass', async () => {
    await demoRequest(world, { product_interest: 'academy' });
    await demoRequest(world, { product_interest: 'academy' });
    await world.pass(17);
    for (const person of [ada, ben, grace]) expect(chat().bulletins(person)).toEqual([]);
  });

  test('who was told of nothing, because the bot was down, has let nothing pass', async () => {
    const leads = [await forAda(), await forAda()];
    world.moveTo(new Date('2026-03-02T17:00:00Z'));
    await world.app.sweep();
    await world.settle();
    expect(
      chat()
        .bulletins(ada)
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining('2 leads passed their target while the bot was down')]);
    expect(leads.map(holder)).toEqual([ada, ada]);
  });
});
