import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, chloe, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)(
  'in $name, a lead of Ada’s that is due 17:25, five minutes before she and Grace go home',
  ({ platform, channel }) => {
    let world: World;
    afterEach(() => world.close());

    const chat = () => world.in(platform);
    const containing = (lines: readonly string[]) => lines.map((text) => expect.stringContaining(text));

    async function offered(ladder: readonly object[]): Promise<string> {
      world = await startWorld({ chats: platform, amend: { 'escalation.acknowledge': ladder } });
      chat().addChannel(channel);
      world.moveTo(new Date('2026-03-02T22:10:00Z'));
      const lead = await demoRequest(world);
      expect(chat().card(ada).text).toContain('Accept by 5:25 PM');
      return lead;
    }

    test('waits with its messages until she is at work, and repetitions of a night are one', async () => {
      const lead = await offered([
        { at: '10 min', do: 'message', repeat: { times: 3, every: '1 h' } },
        { at: '4 h', do: 'tell manager' },
      ]);
      await world.pass(15 * 60);
      expect(world.now()).toEqual(new Date('2026-03-03T13:10:00Z'));
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'breached']);
      expect(chat().cards(grace)).toEqual([]);

      await world.pass(60);
      expect(chat().notified(ada)).toEqual(containing(['15 hr, 35 min late: Dana Ortiz']));
      expect(chat().cards(grace)).toHaveLength(1);
      expect(chat().card(grace).text).toContain('Ada Okafor has not answered · late since Mon 5:25 PM');
      expect(await happenedTo(world, lead)).toEqual([
        ...['offered', 'delivered', 'breached', 'reminded', 'escalated'],
      ]);
    });

    test('is offered to whoever of the team is at work, and told to the channel, all the same', async () => {
      await offered([
        { at: '0 min', do: 'tell manager', off_hours: 'now' },
        { at: '10 min', do: 'offer to team' },
        { at: '20 min', do: { tell_channel: channel } },
      ]);
      await world.pass(36);
      expect(chat().cards(grace)).toHaveLength(1);
      // In Los Angeles it is half past two.
      expect(chat().card(chloe).buttons).toEqual(['takeIt', 'open']);
      expect(chat().cards(ben)).toEqual([]);
      expect(chat().channel(channel)).toHaveLength(1);
    });

    test('tells a channel in the morning where the policy says so', async () => {
      await offered([{ at: '20 min', do: { tell_channel: channel }, off_hours: 'wait' }]);
      await world.pass(15 * 60);
      expect(chat().channel(channel)).toEqual([]);
      await world.pass(60);
      expect(chat().channel(channel)).toHaveLength(1);
    });
  },
);
