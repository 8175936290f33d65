import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, happenedTo, requestDemo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, a lead that asks for a demo again', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const again = async (lead: string) => {
    requestDemo(world, lead);
    await world.settle();
    await chat().look(ada);
    await world.settle();
  };

  test('within half an hour is a count on the card, and no message', async () => {
    const lead = await demoRequest(world);
    await world.pass(2);
    await again(lead);
    await world.pass(2);
    await again(lead);
    expect((await happenedTo(world, lead)).filter((type) => type === 'repeated')).toHaveLength(2);
    expect(chat().cards(ada)).toHaveLength(1);
    expect(chat().notified(ada)).toEqual([]);
    expect(chat().card(ada).text).toContain('3rd: Demo request, 9:07 AM');
  });

  test('later is told to whoever has it', async () => {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    await world.pass(40);
    await again(lead);
    expect(chat().card(ada).text).toContain('2nd: Demo request');
    expect(chat().notified(ada).at(-1)).toContain('They did it again: Demo request');
  });
});
