import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, grace, startWorld, type World } from '../support/world.ts';

/** A working day of nine demo requests, every fifty minutes, on which nobody looks at their chat. */
describe.each(chats)('in $name, a day of nine leads that nobody looks at', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  /** How many messages each has by the end: cards, lines below them, and messages of their own. */
  async function messagesOfTheDay(thread: string) {
    world = await startWorld({ chats: platform, amend: { thread } });
    for (let number = 0; number < 9; number += 1) {
      await demoRequest(world, { firstname: `Dana ${number}`, email: `dana.${number}@northwind.example` });
      await world.pass(50);
    }
    const of = (person: string) => world.in(platform).conversation(person).length;
    return { ada: of(ada), ben: of(ben), grace: of(grace) };
  }

  // Grace ends up with seven of the nine, and is told how it came about of all.
  test.each([
    ['all', { slack: { ada: 0, ben: 0, grace: 0 }, teams: { ada: 0, ben: 0, grace: 0 } }],
    ['important', { slack: { ada: 0, ben: 0, grace: 0 }, teams: { ada: 0, ben: 0, grace: 0 } }],
    ['none', { slack: { ada: 0, ben: 0, grace: 0 }, teams: { ada: 0, ben: 0, grace: 0 } }],
  ])('is so many messages where the policy has "thread: %s"', async (thread, messages) => {
    expect(await messagesOfTheDay(thread)).toEqual(messages[platform]);
  });
});
