import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats, type SeenCard } from '../support/chats/client.ts';
import {
  ada,
  chloe,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  startWorld,
  type World,
} from '../support/world.ts';

describe.each(chats)(
  'in $name, a rep who cannot see to a lead now, which is due in four hours',
  ({ platform }) => {
    let world: World;
    beforeEach(async () => {
      const targets = { acknowledge: '4 h', touch: '24 h' };
      world = await startWorld({ chats: platform, amend: { 'triggers.0.targets': targets } });
    });
    afterEach(() => world.close());

    const chat = () => world.in(platform);
    const snooze = async (person: string, choice: string, on?: { card: SeenCard }) => {
      const filled = await chat().fill(person, 'snooze', { choice }, on);
      await world.settle();
      return filled;
    };

    test('puts it off, is left alone until then, and is called back', async () => {
      const lead = await demoRequest(world);
      expect(await snooze(ada, '2h')).toEqual({ ok: true, errors: {} });
      expect(chat().card(ada).text).toContain('Back at 11:03 AM · due 1:03 PM');
      expect(chat().card(ada).buttons).toContain('accept');
      await world.pass(119);
      expect(chat().notified(ada)).toEqual([]);
      await world.pass(1);
      expect(chat().notified(ada)).toEqual([expect.stringContaining('Your snooze is over')]);
      expect(chat().card(ada).text).toContain('Accept by 1:03 PM');
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'snoozed', 'snoozeEnded']);
    });

    test('may do so twice; a third time is not offered, and refused on a card from before', async () => {
      const lead = await demoRequest(world);
      expect(await chat().choices(ada, 'snooze')).toEqual([
        '30 minutes (until 9:33 AM)',
        '2 hours (until 11:03 AM)',
        'Ask Grace for time until Tue 9:00 AM',
        'Until a time of my own (past 1:03 PM asks Grace)',
      ]);
      await snooze(ada, '30min');
      await world.pass(31);
      const card = chat().card(ada);
      await snooze(ada, '2h');
      await world.pass(121);
      await chat().look(ada);
      expect(await chat().choices(ada, 'snooze')).toEqual([
        'Ask Grace for 2 hours (until 1:35 PM)',
        'Ask Grace for time until Tue 9:00 AM',
        'Ask Grace for a time of my own',
      ]);

      const before = await happenedTo(world, lead);
      expect(before.filter((type) => type === 'snoozed')).toHaveLength(2);
      const own = { choice: 'own', on: '2026-03-02', at: '12:55' };
      const again = await chat().fill(ada, 'snooze', own, { card });
      expect([again.ok, Object.keys(again.errors)]).toEqual([false, ['choice']]);
      expect(await happenedTo(world, lead)).toEqual(before);
    });

    test('until a time of their own is left alone until then; what is not allowed is told beside the field', async () => {
      const lead = await demoRequest(world);
      expect(await snooze(ada, 'own')).toMatchObject({ ok: false });
      const filled = await chat().fill(ada, 'snooze', { choice: 'own', on: '2026-03-02', at: '10:15' });
      await world.settle();
      expect(filled).toEqual({ ok: true, errors: {} });
      expect(chat().card(ada).text).toContain('Back at 10:15 AM · due 1:03 PM');
      const late = { choice: 'own', on: '2026-03-30', at: '10:15' };
      const refused = await chat().fill(ada, 'snooze', late);
      expect([refused.ok, Object.keys(refused.errors)]).toEqual([false, ['at']]);
      expect(refused.errors['at']).toContain('Choose a time to come, until');
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'snoozed']);
    });

    test('and is answered earlier is not called back', async () => {
      const lead = await demoRequest(world);
      await snooze(ada, '30min');
      await chat().press(ada, 'accept');
      await world.settle();
      await world.pass(40);
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'snoozed', 'accepted']);
      expect(chat().notified(ada)).toEqual([]);
    });

    test('puts off to tomorrow at nine where they are', async () => {
      await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, chloe) });
      await chat().press(chloe, 'accept');
      await world.settle();
      await snooze(chloe, 'tomorrow');
      expect(chat().card(chloe).text).toContain('Back at Tue 9:00 AM · due Wed 4:00 PM');
    });

    describe('past the target', () => {
      test('asks the manager, and until they decide the target stays', async () => {
        const lead = await demoRequest(world);
        await snooze(ada, 'tomorrow');
        expect(chat().card(ada).text).toContain(
          'Waiting for Grace Whitfield (you asked for Tue 9:00 AM) · still due 1:03 PM',
        );
        expect(chat().card(grace).text).toContain('Ada Okafor asks for time until Tue 9:00 AM · due 1:03 PM');
        expect(await chat().choices(ada, 'snooze')).toEqual([
          '30 minutes (until 9:33 AM)',
          '2 hours (until 11:03 AM)',
          'Until a time of my own (by 1:03 PM)',
        ]);
        expect((await happenedTo(world, lead)).filter((type) => type === 'graceAsked')).toHaveLength(1);
        await world.pass(241);
        expect((await happenedTo(world, lead)).slice(3)).toEqual(['breached', 'escalated']);
      });

      test('is left alone until then when the manager agrees, with as much time as there was left', async () => {
        const lead = await demoRequest(world);
        await snooze(ada, 'tomorrow');
        expect(await chat().choices(grace, 'giveGrace')).toContain(
          'As asked: until Tue 9:00 AM (due Tue 1:00 PM)',
        );
        await chat().fill(grace, 'giveGrace', { grace: 'asAsked' });
        await world.settle();
        const given = 'Grace Whitfield gave the time that was asked for: until Tue 9:00 AM, due Tue 1:00 PM.';
        expect(chat().notified(ada)).toEqual([expect.stringContaining(given)]);
        expect(chat().card(ada).text).toContain('Back at Tue 9:00 AM · due Tue 1:00 PM');

        await world.pass(23 * 60 + 56);
        expect((await happenedTo(world, lead)).at(-1)).toBe('graceGiven');
        await world.pass(1);
        expect(chat().notified(ada).at(-1)).toContain('Your snooze is over');
      });
    });
  },
);
