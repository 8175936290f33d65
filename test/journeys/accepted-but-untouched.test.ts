import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)(
  'in $name, a lead that was accepted at 14:03 and is to be touched by 15:03',
  ({ platform, channel }) => {
    let world: World;
    let lead: string;
    beforeEach(async () => {
      const ladder = [
        { at: '-15 min', do: 'remind' },
        { at: '0 min', do: 'tell manager' },
        { at: '15 min', do: 'offer to team' },
        { at: '30 min', do: 'message' },
        { at: '1 h', do: { tell_channel: channel } },
        { at: '90 min', do: { reassign: 'routing' } },
      ];
      world = await startWorld({ chats: platform, amend: { 'escalation.touch': ladder } });
      chat().addChannel(channel);
      lead = await demoRequest(world);
      await chat().press(ada, 'accept');
      await world.settle();
    });
    afterEach(() => world.close());

    const chat = () => world.in(platform);
    const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};
    const containing = (lines: readonly string[]) => lines.map((text) => expect.stringContaining(text));

    const offered = 'Ben Castillo may claim it now; it stays with Ada Okafor until then.';

    test('opens again with the fact, for the rep and for the manager', async () => {
      await world.pass(61);
      expect(chat().card(ada).text).toContain('Reach out now: due 10:03 AM · moves on at 11:33 AM');
      expect(chat().notified(ada)).toEqual(containing(['there is a newer message', 'Reach out now']));
      expect(chat().card(grace).text).toContain(
        'Decide now: Ada Okafor accepted but has not reached out · due 10:03 AM',
      );
      expect(chat().card(grace).buttons).toEqual([
        'giveTo',
        'reassign',
        'takeIt',
        'giveGrace',
        'ping',
        'update',
        'open',
      ]);
    });

    test('goes up the second ladder to the end, each rung once, and then to somebody else', async () => {
      await world.pass(151);
      expect(await happenedTo(world, lead)).toEqual([
        ...['offered', 'delivered', 'accepted', 'reminded', 'breached', 'escalated', 'offeredToTeam'],
        ...['reminded', 'channelTold', 'reassigned', 'delivered'],
      ]);
      expect(chat().notified(ada)).toEqual(
        containing([
          'there is a newer message',
          'there is a newer message',
          offered,
          'Ben Castillo has it now',
        ]),
      );
      expect(chat().channel(channel)).toHaveLength(1);
      expect(chat().told(ada).at(-1)).toContain('Ada Okafor did not reach out; Ben Castillo has it now');
      // Whoever gets it has to accept it first, and has the whole target.
      expect(chat().card(ben).text).toContain('Accept by 11:48 AM');
      expect(chat().card(ben).buttons).toContain('accept');
      expect(contact()).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
    });

    test('is left alone once somebody has reached out', async () => {
      await world.pass(80);
      expect(chat().card(ben).buttons).toEqual(['takeIt', 'open']);
      await chat().fill(ada, 'logTouch', { did: 'noAnswer' });
      await world.settle();
      expect(chat().card(ada).text).toContain('Try again by Wed 10:23 AM · 1 of 6');
      expect(chat().card(grace).text).toContain('Ada Okafor is on it');
      expect(chat().card(ben).buttons).toEqual(['open']);
      const told = chat().told(ada);
      await world.pass(80);
      expect(chat().told(ada)).toEqual(told);
      expect((await happenedTo(world, lead)).at(-1)).toBe('touched');
      expect(chat().channel(channel)).toEqual([]);
    });

    test('can be claimed by a team mate, who has accepted with it', async () => {
      await world.pass(80);
      await chat().press(ben, 'takeIt');
      await world.settle();
      expect(contact()).toMatchObject({ handoff_rep: ben, handoff_status: 'accepted' });
      expect(chat().card(ben).text).toContain('Yours. Reach out by 11:23 AM');
      expect(chat().card(ada).text).toContain('With Ben Castillo since 10:23 AM');
    });
  },
);
