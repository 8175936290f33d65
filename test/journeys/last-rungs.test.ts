import { afterEach, describe, expect, test } from 'vitest';
import { chats, type SeenCard } from '../support/chats/client.ts';
import { ada, ben, chloe, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

const dario = 'dario.rossi@example.com';
const elif = 'elif.demir@example.com';

describe.each(chats)(
  'in $name, a lead that nobody answers and that was due 14:18',
  ({ platform, channel }) => {
    let world: World;
    afterEach(() => world.close());

    const chat = () => world.in(platform);
    const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};

    const started = async (acknowledge: readonly object[]) => {
      world = await startWorld({ chats: platform, amend: { 'escalation.acknowledge': acknowledge } });
      chat().addChannel(channel);
      return demoRequest(world);
    };

    test('has one card in the channel, which keeps up with what becomes of it and shows no way to reach the lead', async () => {
      const lead = await started([
        { at: '1 min', do: { tell_channel: channel } },
        { at: '2 min', do: { reassign: 'routing' } },
      ]);
      const inTheChannel = () => {
        const [card, ...others] = chat().channel(channel);
        expect(others).toEqual([]);
        return card?.text;
      };
      await world.pass(16);
      expect(inTheChannel()).toContain('Nobody has answered · due 2026-03-02T14:18:00Z, Ada Okafor holds it');
      await world.pass(1);
      expect(inTheChannel()).toContain('Ben Castillo has until 2026-03-02T14:35:00Z');
      expect(inTheChannel()).not.toContain('@northwind.example');
      await chat().press(ben, 'accept');
      await world.settle();
      expect(inTheChannel()).toContain('Ben Castillo accepted 2026-03-02T14:20:00Z');
      await chat().fill(ben, 'disqualify', { reason: 'no_budget' });
      await world.settle();
      expect(inTheChannel()).toContain('Disqualified by Ben Castillo 2026-03-02T14:20:00Z: No budget');
      expect(chat().channel(channel)[0]?.buttons).toEqual(['open']);
      expect((await happenedTo(world, lead)).at(-1)).toBe('disqualified');
    });

    test.runIf(platform === 'slack')(
      'is taken in the channel by whoever it is open to, and by nobody else',
      async () => {
        const lead = await started([
          { at: '1 min', do: 'offer to team' },
          { at: '2 min', do: { tell_channel: channel } },
        ]);
        const members = [ben, chloe, dario];
        world.in('slack').server.setChannel({ id: channel, name: 'handoffs', members });
        await world.pass(17);
        const [card] = chat().channel(channel);
        expect(card?.buttons).toEqual(['takeIt', 'open']);
        await chat().press(dario, 'takeIt', { card: card as SeenCard });
        await world.settle();
        expect(chat().refusals(dario).at(-1)).toContain('Grace Whitfield');
        await chat().press(ben, 'takeIt', { card: card as SeenCard });
        await world.settle();
        expect(contact(lead)['handoff_rep']).toBe(ben);
        expect(chat().channel(channel)[0]?.buttons).toEqual(['open']);
        expect(chat().channel(channel)[0]?.text).toContain('Ben Castillo');
        // Somebody who still has the button in front of them hears who was faster.
        await chat().press(chloe, 'takeIt', { card: card as SeenCard });
        await world.settle();
        expect(chat().refusals(chloe).at(-1)).toContain('Ben Castillo holds this lead now');
      },
    );

    test('says which channel could not be told, and goes on', async () => {
      world = await startWorld({
        chats: platform,
        amend: {
          'escalation.acknowledge': [
            { at: '1 min', do: { tell_channel: channel } },
            { at: '2 min', do: 'message' },
          ],
        },
      });
      await demoRequest(world);
      await world.pass(18);
      // In Slack it is called by its name.
      const named = { slack: channel, teams: 'a channel' }[platform];
      expect(chat().told(ada).join('\n')).toContain(`Could not tell ${named}`);
      expect(chat().notified(ada)).toEqual([expect.stringContaining('2 min late')]);
      expect(world.seen.some(({ what }) => what === 'undeliverable')).toBe(true);
    });

    test('goes round until everybody at work has had it, never twice to one, and then stays where it is', async () => {
      const lead = await started([{ at: '0 min', do: { reassign: 'routing' } }]);
      await world.pass(6 * 15 + 1);
      const reps = await world.database.prisma.assignment.findMany({ orderBy: { seq: 'asc' } });
      const had = reps.map(({ rep }) => rep);
      // First those of the team who are at work, then those of the other, and who answers for what nobody takes.
      expect(had).toEqual([ada, ben, dario, elif, grace]);
      expect((await happenedTo(world, lead)).at(-1)).toBe('nobodyFree');
      expect(chat().told(grace).at(-1)).toBe(
        'There is nobody to pass it on to: everybody who could take it is away or has had it.',
      );
      expect(contact(lead)['handoff_rep']).toBe(grace);
    });
  },
);
