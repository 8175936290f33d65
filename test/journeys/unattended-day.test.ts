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
  // What falls due at one moment is one message or two: whoever writes them is not the same each time.
  test.each([
    ['all', { ada: 20, ben: 26, grace: 52 }],
    ['important', { ada: 18, ben: 23, grace: 51 }],
    ['none', { ada: 17, ben: 21, grace: 42 }],
  ])('is so many messages at most where the policy has "thread: %s"', async (thread, most) => {
    const counted = await day(thread);
    for (const person of ['ada', 'ben', 'grace'] as const) {
      const [messages = 0, lines = 0] = counted[person];
      expect(messages).toBeGreaterThan(0);
      expect(messages).toBeLessThanOrEqual(most[person]);
      expect(lines > 0).toBe(thread === 'all' && platform === 'slack');
    }
  });
});
