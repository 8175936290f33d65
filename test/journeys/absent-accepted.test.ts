import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import {
  ada,
  demoRequest,
  grace,
  happenedTo,
  outOfOffice,
  startWorld,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, a rep who is away and has accepted a lead', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    const ladder = [{ at: '0 min', do: 'tell manager' }];
    world = await startWorld({ chats: platform, amend: { 'escalation.touch': ladder } });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  const taskDue = (lead: string) =>
    new Date(world.hubspot.objectsOf(lead, 'tasks')[0]?.properties['hs_timestamp'] ?? '');

  async function accepted(): Promise<string> {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    return lead;
  }

  const leaving = {
    'as they say in chat': () => goAway(chat(), ada, 'wednesday'),
    'as HubSpot knows': () => outOfOffice(world, ada, new Date('2026-03-04T14:00:00Z')),
  };

  test.each(Object.keys(leaving) as (keyof typeof leaving)[])(
    '%s: it stays theirs, is due later, and the manager knows',
    async (how) => {
      const lead = await accepted();
      await world.pass(20);
      await leaving[how]();
      await world.settle();
      // Forty minutes of the hour were left.
      expect(contact(lead)).toMatchObject({ handoff_rep: ada, handoff_status: 'accepted' });
      expect(chat().card(ada).text).toContain('Reach out by Wed 9:40 AM');
      expect(taskDue(lead)).toEqual(new Date('2026-03-04T14:40:00Z'));
      expect(chat().card(grace).text).toContain('reach out by Wed 9:40 AM');
      expect(chat().card(grace).text).toMatch(/Ada Okafor is out of office.* until 2026-03-04T14:00:00Z/);
      await world.pass(60);
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'accepted', 'rescheduled']);
    },
  );

  test('and is back early: it is due earlier again, and the ladder with it', async () => {
    const lead = await accepted();
    await world.pass(20);
    await goAway(chat(), ada, 'wednesday');
    await world.settle();
    await world.pass(60);
    await chat().ask(ada, 'back');
    await world.settle();
    expect(chat().card(ada).text).toContain('Reach out by 11:03 AM');
    expect(taskDue(lead)).toEqual(new Date('2026-03-02T16:03:00Z'));
    await world.pass(41);
    expect((await happenedTo(world, lead)).slice(3)).toEqual([
      ...['rescheduled', 'rescheduled', 'breached', 'escalated'],
    ]);
  });
});
