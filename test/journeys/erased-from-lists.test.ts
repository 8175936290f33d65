import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, ownerIdOf, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, a list of leads, one of which asks to be forgotten', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  test('is taken back, and the others keep their cards', async () => {
    const chat = world.in(platform);
    const leads: string[] = [];
    for (const firstname of ['Dana', 'Eric']) {
      leads.push(await demoRequest(world, { firstname, hubspot_owner_id: ownerIdOf(world, ada) }));
    }
    await world.app.stop();
    world.moveTo(new Date('2026-03-02T20:03:00Z'));
    await world.restart();
    await world.app.sweep();
    await world.settle();
    for (const person of [ada, grace]) expect(chat.bulletins(person)[0]?.text).toContain('2 leads');

    world.hubspot.privacyDelete(leads[0] ?? '');
    await world.settle();
    for (const person of [ada, grace]) {
      expect(chat.conversation(person).join('\n')).not.toContain('Dana');
      expect(chat.bulletins(person).filter(({ text }) => text.includes('2 leads'))).toEqual([]);
    }
    expect(chat.cards(ada).filter(({ text }) => text.includes('Eric Ortiz'))).toHaveLength(1);
  });
});
