import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waysIn } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import { ada, ben, createLead, grace, requestDemo, startWorld, type World } from '../support/world.ts';

const mallory = 'mallory@elsewhere.example';

describe.each(waysIn)('in $name', ({ platform, socketMode }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({ chats: platform, socketMode });
    lead = createLead(world);
    requestDemo(world, lead);
    await world.settle();
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const handoff = () => storedHandoff(world.database);
  const events = async () => {
    const rows = await world.database.prisma.handoffEvent.findMany({ orderBy: { seq: 'asc' } });
    return rows.map(({ type }) => type);
  };

  describe('two people at once', () => {
    test('rep accepts while the manager takes it: both are answered, one holds it, HubSpot agrees', async () => {
      await world.pass(16);
      const [accepted, taken] = await Promise.all([
        chat().press(ada, 'accept'),
        chat().press(grace, 'takeIt'),
      ]);
      expect([accepted.answered, taken.answered]).toEqual([true, true]);
      await world.settle();

      // The manager's word counts in either order; the rep may have been first.
      expect((await handoff()).assignment.rep).toBe(grace);
      const types = await events();
      expect(types.filter((type) => type === 'reassigned')).toHaveLength(1);
      expect(chat().refusals(ada).length + types.filter((type) => type === 'accepted').length).toBe(2);
      expect(world.hubspot.object('contacts', lead)?.properties['handoff_rep']).toBe(grace);
      expect(chat().card(ada).text).toContain('With Grace Whitfield since 9:19 AM');
    });

    test('ten clicks on Accept within a moment are one acceptance', async () => {
      const card = chat().card(ada);
      const clicks = await Promise.all(
        Array.from({ length: 10 }, () => chat().press(ada, 'accept', { card })),
      );
      expect(clicks.every(({ answered }) => answered)).toBe(true);
      await world.settle();
      expect(await events()).toEqual(['offered', 'delivered', 'accepted']);
      expect(chat().told(ada)).toHaveLength(1);
      // In Teams they cannot be told from one click that the platform repeats, and all get the accepted card.
      expect(chat().refusals(ada)).toHaveLength({ slack: 9, teams: 0 }[platform]);
    });
  });

  describe('a click', () => {
    test('on an old card of a lead that has moved on is answered kindly and changes nothing', async () => {
      const card = chat().card(ada);
      await world.pass(16);
      await chat().fill(grace, 'reassign', { to: ben });
      await world.settle();
      const stale = await chat().press(ada, 'accept', { card });
      expect(stale.answered).toBe(true);
      await world.settle();
      expect(chat().refusals(ada)).toEqual(['Ben Castillo holds this lead now. Nothing was changed.']);
      expect(await handoff()).toMatchObject({ assignment: { rep: ben }, status: 'offered' });
    });

    test('on an old form of a lead that has moved on is answered kindly and changes nothing', async () => {
      await world.pass(16);
      const card = chat().card(grace);
      await chat().fill(ada, 'disqualify', { reason: 'spam' });
      await world.settle();
      const filled = await chat().fill(grace, 'giveGrace', { grace: '15' }, { card });
      expect(filled.ok).toBe(false);
      await world.settle();
      // In Slack the form stays, with why.
      expect([...Object.values(filled.errors), ...chat().refusals(grace)]).toEqual([
        'This lead was disqualified. Nothing was changed.',
      ]);
      expect((await events()).at(-1)).toBe('disqualified');
    });

    test.each([
      ['who is not in the policy', mallory],
      ['whose lead it is not', ben],
    ])('by somebody %s is answered and changes nothing', async (_who, stranger) => {
      chat().addPerson({ email: mallory, name: 'Mallory' });
      await chat().arrive(mallory);
      const pressed = await chat().pressForeign(stranger, 'accept', chat().card(ada));
      expect(pressed.answered).toBe(true);
      await world.settle();
      expect(await handoff()).toMatchObject({ assignment: { rep: ada }, status: 'offered' });
      expect(await events()).toEqual(['offered', 'delivered']);
      expect(chat().cards(stranger)).toEqual([]);
    });
  });

  describe('a question', () => {
    test('about the team is answered with how the team answered', async () => {
      world.moveTo(new Date('2026-03-02T14:07:00Z'));
      await chat().press(ada, 'accept');
      await world.settle();
      const answer = await chat().ask(grace, 'stats team 7d');
      expect(answer).toContain('Americas, last 7 days');
      expect(answer).toMatch(/Answered in time:? 1 of 1/);
    });

    test('for help is answered with what can be asked, and a word it does not know is named', async () => {
      expect(await chat().ask(ada, 'help')).toContain('What you can ask');
      expect(await chat().ask(ada, 'dance')).toContain('I don\'t know "dance" yet');
    });
  });
});
