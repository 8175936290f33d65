import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import {
  ada,
  ben,
  demoRequest,
  grace,
  happenedTo,
  outOfOffice,
  startWorld,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, a rep who is away and has not answered a lead', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    const ladder = [{ at: '0 min', do: 'tell manager' }];
    world = await startWorld({ chats: platform, amend: { 'escalation.acknowledge': ladder } });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};

  const leaving = {
    'until Wednesday, as they say in chat': () => goAway(chat(), ada, 'wednesday'),
    'until Wednesday, as HubSpot knows': () => outOfOffice(world, ada, new Date('2026-03-04T05:00:00Z')),
    'until they say that they are back': () => goAway(chat(), ada),
  };

  test.each(Object.keys(leaving) as (keyof typeof leaving)[])(
    '%s: it goes to somebody else at once, and the manager knows why',
    async (how) => {
      const lead = await demoRequest(world);
      await world.pass(5);
      await leaving[how]();
      await world.settle();
      expect(contact(lead)).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
      expect(chat().card(ben).text).toContain('Accept by 9:23 AM');
      expect(chat().card(ada).text).toContain('With Ben Castillo since 9:08 AM');
      expect(chat().card(grace).text).toContain('Ben Castillo has until 9:23 AM');
      expect(chat().card(grace).text).toContain('Before: Ada Okafor');
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'reassigned', 'delivered']);
    },
  );

  test('only until before it is due: they keep it', async () => {
    // In New York it is twenty past five, and the quarter of an hour ends the next morning.
    world.moveTo(new Date('2026-03-02T22:20:00Z'));
    const lead = await demoRequest(world);
    expect(chat().card(ada).text).toContain('Accept by Tue 9:05 AM');
    await goAway(chat(), ada, 'tomorrow');
    await world.settle();
    expect(contact(lead)['handoff_rep']).toBe(ada);
    // The ten minutes of the evening were no working time.
    expect(chat().card(ada).text).toContain('Accept by Tue 9:15 AM');
  });

  test('and nobody else could take it: they keep it, due when they are back, and the manager knows', async () => {
    const lead = await demoRequest(world);
    for (const person of [ben, 'dario.rossi@example.com', 'elif.demir@example.com']) {
      await goAway(chat(), person);
    }
    await world.pass(16);
    await chat().press(grace, 'takeIt');
    await world.settle();
    await chat().fill(grace, 'reassign', { to: ada });
    await world.settle();
    await goAway(chat(), ada, 'wednesday');
    await world.settle();
    expect(contact(lead)).toMatchObject({ handoff_rep: ada, handoff_status: 'offered' });
    expect(chat().card(ada).text).toContain('Accept by Wed 9:15 AM');
    expect(chat().card(grace).text).toMatch(/Ada Okafor is out of office.* until 2026-03-04T14:00:00Z/);
  });
});
