import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import {
  ada,
  ben,
  chloe,
  createLead,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const dario = 'dario.rossi@example.com';
const henrik = 'henrik.lund@example.com';

describe.each(chats)('in $name', ({ platform, channel }) => {
  let world: World;
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  const containing = (lines: readonly string[]) => lines.map((text) => expect.stringContaining(text));

  describe('nobody answers the demo request of 14:03, which is due 14:18', () => {
    const ladder = [
      { at: '-5 min', do: 'remind' },
      { at: '0 min', do: 'tell manager' },
      { at: '5 min', do: 'offer to team' },
      { at: '15 min', do: 'message', repeat: { times: 1, every: '10 min' } },
      { at: '30 min', do: { tell_channel: channel } },
      { at: '45 min', do: { reassign: 'routing' } },
    ];

    const started = async () => {
      world = await startWorld({ chats: platform, amend: { 'escalation.acknowledge': ladder } });
      chat().addChannel(channel);
      return demoRequest(world);
    };

    const reminder = 'Ada Okafor was reminded to answer by 9:18 AM.';
    const missed = 'No answer by 9:18 AM.';
    const decide = 'Grace Whitfield was asked to decide.';
    const offered = 'Ben Castillo may claim it now; it stays with Ada Okafor until then.';
    const message = 'Ada Okafor was reminded: the answer was due 9:18 AM.';
    // In Slack it is called by its name.
    const inChannel = expect.stringMatching(/^Told /);
    const moved = 'Ada Okafor did not answer; Ben Castillo has it now, until 10:18 AM.';

    test('the rep is reminded five minutes before the target, once, so that it is noticed', async () => {
      await started();
      await world.pass(9);
      expect(chat().told(ada)).toEqual([]);
      await world.pass(3);
      expect(chat().told(ada)).toEqual([reminder]);
      expect(chat().notified(ada)).toEqual(containing(['5 min left to accept ']));
      expect(chat().cards(grace)).toEqual([]);
    });

    test('past the target the manager gets one card with the choices, and the rep sees that they were told', async () => {
      await started();
      await world.pass(16);
      expect(chat().cards(grace)).toHaveLength(1);
      expect(chat().card(grace).text).toContain(
        'Decide now: Ada Okafor has not answered · late since 9:18 AM',
      );
      expect(chat().card(grace).text).toContain('they have not opened it, as far as the chat tells');
      expect(chat().card(grace).buttons).toEqual([
        'giveTo',
        'reassign',
        'takeIt',
        'giveGrace',
        'ping',
        'update',
        'open',
      ]);
      expect(chat().card(ada).text).toContain('Late since 9:18 AM · moves on at 10:03 AM');
      expect(chat().told(ada)).toEqual([reminder, missed, decide]);
    });

    test('every rung of the ladder is climbed once, in order, up to the channel and to somebody else', async () => {
      const lead = await started();
      await world.pass(21);
      // In Los Angeles it is six in the morning.
      expect(chat().cards(chloe)).toEqual([]);
      expect(chat().card(ben).buttons).toEqual(['takeIt', 'open']);
      expect(chat().card(ada).buttons).toContain('accept');
      expect(chat().card(ada).text).toContain('Ben Castillo may claim it now');
      expect(chat().channel(channel)).toEqual([]);

      await world.pass(25);
      expect(
        chat()
          .channel(channel)
          .map(({ text }) => text),
      ).toEqual(containing(['Nobody has answered · due 2026-03-02T14:18:00Z, Ada Okafor holds it']));

      await world.pass(15);
      const climbed = await happenedTo(world, lead);
      expect(climbed).toEqual([
        ...['offered', 'delivered', 'reminded', 'breached', 'escalated', 'offeredToTeam'],
        ...['reminded', 'reminded', 'channelTold', 'reassigned', 'delivered'],
      ]);
      expect(chat().told(ada)).toEqual([
        ...[reminder, missed, decide, offered, message, message, inChannel],
        moved,
      ]);
      // Of each message that called her there is a line left, and nothing to press.
      const left = ['late since 9:18 AM', offered, 'there is a newer message', 'Ben Castillo has it now'];
      expect(chat().notified(ada)).toEqual(containing(left));
      expect(chat().notified(grace)).toEqual(containing([moved]));
      expect(chat().notified(ben)).toEqual(containing([moved]));
      for (const person of [ada, ben, grace]) expect(chat().cards(person)).toHaveLength(1);
      expect(chat().card(ben).buttons).toContain('accept');
      expect(chat().card(ada).buttons).toEqual(['open']);
      expect(contact(lead)).toMatchObject({
        handoff_rep: ben,
        hubspot_owner_id: ownerIdOf(world, ben),
      });
    });

    test('an answer ends it: nothing more is told, to nobody', async () => {
      const lead = await started();
      await world.pass(26);
      await chat().press(ada, 'accept');
      await world.settle();
      const before = { happened: await happenedTo(world, lead), told: chat().told(ada) };
      expect(before.happened.at(-1)).toBe('accepted');
      expect(chat().card(ben).buttons).toEqual(['open']);
      await world.pass(40);
      expect(await happenedTo(world, lead)).toEqual(before.happened);
      expect(chat().told(ada)).toEqual(before.told);
      expect(chat().channel(channel)).toEqual([]);
    });
  });

  describe('a rep whom the chat does not know', () => {
    const absence = { slack: 'has no account in Slack', teams: 'has not installed the app in Teams' };

    test('is not silence: the manager gets the card and the reason, and nobody to ping', async () => {
      world = await startWorld({ chats: platform, absent: { [platform]: [ada] } });
      const lead = await demoRequest(world);
      expect(chat().card(grace).text).toContain(`Ada Okafor cannot be reached: ${absence[platform]}`);
      expect(chat().card(grace).buttons).toEqual([
        'giveTo',
        'reassign',
        'takeIt',
        'giveGrace',
        'update',
        'open',
      ]);
      expect(contact(lead)).toMatchObject({ handoff_rep: ada, hs_lead_status: 'NEW' });
      expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);
    });

    test('whose manager is unknown as well leaves the card to the fallback person, who can decide', async () => {
      world = await startWorld({ chats: platform, absent: { [platform]: [dario, henrik] } });
      const lead = createLead(world, { hubspot_owner_id: ownerIdOf(world, dario) });
      requestDemo(world, lead);
      await world.settle();
      expect(chat().card(grace).text).toContain(`Dario Rossi cannot be reached: ${absence[platform]}`);
      await chat().press(grace, 'takeIt');
      await world.settle();
      expect(contact(lead)).toMatchObject({ handoff_rep: grace, handoff_status: 'accepted' });
    });
  });
});
