import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, grace, startWorld, type World } from '../support/world.ts';

/** A working day of nine demo requests, every fifty minutes, on which nobody looks at their chat. */
describe.each(chats)('in $name, a day of nine leads that nobody looks at', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  /** How many messages each has by the end, and lines that lie in the threads of cards and make no noise. */
  async function day(thread: string) {
    world = await startWorld({ chats: platform, amend: { thread } });
    for (let number = 0; number < 9; number += 1) {
      await demoRequest(world, { firstname: `Dana ${number}`, email: `dana.${number}@northwind.example` });
      await world.pass(50);
    }
    const of = (person: string) => [world.in(platform).conversation(person).length, quietLines(person)];
    return { ada: of(ada), ben: of(ben), grace: of(grace) };
  }

  /** Only Slack has threads in a conversation. */
  function quietLines(person: string): number {
    if (platform === 'teams') return 0;
    const replies = world
      .in('slack')
      .server.messages(person)
      .flatMap((message) => message.replies);
    return replies.filter(({ reply_broadcast }) => !reply_broadcast).length;
  }

  // Ada and Ben are paused at noon. Grace is asked to decide over each lead, and has most of them in the end, unanswered.
  test.each([
    [
      'all',
      {
        slack: { ada: [17, 31], ben: [23, 42], grace: [47, 145] },
        teams: { ada: [18, 0], ben: [24, 0], grace: [49, 0] },
      },
    ],
    [
      'important',
      {
        slack: { ada: [15, 0], ben: [20, 0], grace: [46, 0] },
        teams: { ada: [16, 0], ben: [21, 0], grace: [48, 0] },
      },
    ],
    [
      'none',
      {
        slack: { ada: [14, 0], ben: [18, 0], grace: [37, 0] },
        teams: { ada: [15, 0], ben: [19, 0], grace: [39, 0] },
      },
    ],
  ])('is so many messages where the policy has "thread: %s"', async (thread, expected) => {
    expect(await day(thread)).toEqual(expected[platform]);
  });
});
