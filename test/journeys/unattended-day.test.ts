import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, createLead, grace, requestDemo, startWorld, type World } from '../support/world.ts';

/** A working day of nine demo requests, an hour apart, on which nobody looks at their chat. */
describe.each(chats)('in $name, a day of nine leads that nobody looks at', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  const day = async (thread: string) => {
    world = await startWorld({ chats: platform, amend: { thread } });
    for (let lead = 0; lead < 9; lead += 1) {
      requestDemo(
        world,
        createLead(world, { firstname: `Dana ${lead}`, email: `dana.${lead}@northwind.example` }),
      );
      await world.settle();
      await world.pass(50);
    }
    const chat = world.in(platform);
    const counts = (person: string) => ({
      messages: chat.conversation(person).length,
      noticed: chat.notified(person).length,
      lines: chat.told(person).length,
    });
    return { ada: counts(ada), ben: counts(ben), grace: counts(grace) };
  };

  test.each(['all', 'important', 'none'])('with thread: %s', async (thread) => {
    console.error(platform, thread, JSON.stringify(await day(thread)));
    expect(1).toBe(1);
  });
});
