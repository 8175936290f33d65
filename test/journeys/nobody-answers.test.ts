import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import {
  ada,
  ben,
  createLead,
  grace,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const dario = 'dario.rossi@example.com';
const henrik = 'henrik.lund@example.com';

describe.each(chats)('in $name', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};

  async function offered(): Promise<string> {
    const lead = createLead(world);
    requestDemo(world, lead);
    await world.settle();
    return lead;
  }

  /** The demo request of 14:03 that Ada let pass: its target was 14:18. */
  async function unanswered(): Promise<string> {
    const lead = await offered();
    await world.pass(16);
    return lead;
  }

  const reminder = 'Reminder for Ada Okafor: this lead waits for your answer, due 2026-03-02T14:18:00Z.';
  const missed = 'No answer by 2026-03-02T14:18:00Z.';
  const decide = 'Grace Whitfield, please decide: reassign it, take it, or give grace.';

  describe('nobody answers', () => {
    beforeEach(async () => {
      world = await startWorld({ chats: platform });
    });

    test('the rep is reminded five minutes before the target, once, so that it is noticed', async () => {
      await offered();
      await world.pass(9);
      expect(chat().told(ada)).toEqual([]);
      await world.pass(3);
      expect(chat().told(ada)).toEqual([reminder]);
      expect(chat().notified(ada)).toEqual([expect.stringContaining(reminder)]);
      expect(chat().cards(grace)).toEqual([]);
    });

    test('past the target the manager gets a card with the choices, and the rep sees that they were told', async () => {
      await unanswered();
      expect(chat().card(grace).text).toContain('Ada Okafor has not answered; due 2026-03-02T14:18:00Z');
      expect(chat().card(grace).buttons).toEqual(['reassign', 'takeIt', 'giveGrace', 'open']);
      expect(chat().card(ada).text).toContain('Answer was due 2026-03-02T14:18:00Z');
      expect(chat().told(ada)).toEqual([reminder, missed, decide]);
      await world.pass(30);
      expect(chat().cards(grace)).toHaveLength(1);
      expect(chat().told(ada)).toHaveLength(3);
      expect(chat().notified(ada)).toHaveLength(1);
    });

    test('the manager reassigns: the new rep gets the card and a new target, the old one sees who has it', async () => {
      const lead = await unanswered();
      expect(await chat().fill(grace, 'reassign', { to: ben })).toEqual({ ok: true, errors: {} });
      await world.settle();

      expect(chat().card(ben).text).toContain('Respond by 2026-03-02T14:34:00Z');
      expect(chat().card(ben).buttons).toContain('accept');
      expect(chat().card(ada).text).toContain('Now with Ben Castillo since 2026-03-02T14:19:00Z');
      expect(chat().card(ada).buttons).toEqual(['open']);
      expect(contact(lead)).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
      expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);

      expect(await chat().press(ben, 'accept')).toEqual({ answered: true });
      await world.settle();
      await world.pass(20);
      expect(
        chat()
          .told(ben)
          .filter((text) => text.includes('Reminder for Ben')),
      ).toEqual([]);
      expect(chat().notified(ben)).toEqual([]);
      expect(chat().notified(ada)).toEqual([expect.stringContaining(reminder)]);
    });

    test('the manager takes it: accepted at once, with the touch still to come', async () => {
      const lead = await unanswered();
      await chat().press(grace, 'takeIt');
      await world.settle();
      expect(contact(lead)).toMatchObject({
        handoff_rep: grace,
        handoff_status: 'accepted',
        lifecyclestage: 'salesqualifiedlead',
      });
      expect(chat().card(grace).buttons).toEqual(['logTouch', 'disqualify', 'reassign', 'open']);
      expect(chat().card(ada).text).toContain('Now with Grace Whitfield');
    });

    test('the manager gives grace: the target moves, and the ladder starts again from there', async () => {
      await unanswered();
      expect(await chat().fill(grace, 'giveGrace', { minutes: '15' })).toEqual({ ok: true, errors: {} });
      await world.settle();
      expect(chat().card(ada).text).toContain('Respond by 2026-03-02T14:34:00Z');
      expect(chat().told(ada).at(-1)).toBe('Grace Whitfield gave grace until 2026-03-02T14:34:00Z.');

      await world.pass(20);
      expect(chat().notified(grace)).toEqual([expect.stringContaining(decide)]);
      expect(
        chat()
          .told(ada)
          .filter((text) => text.includes('Reminder')),
      ).toHaveLength(2);
      expect(
        chat()
          .told(ada)
          .filter((text) => text.includes('No answer by')),
      ).toHaveLength(2);
      expect(chat().notified(ada)).toHaveLength(2);
      expect(chat().cards(grace)).toHaveLength(1);
    });

    test('accepted but not touched: the second clock reminds and tells the manager', async () => {
      await offered();
      await chat().press(ada, 'accept');
      await world.settle();
      await world.pass(62);
      expect(chat().told(ada).join('\n')).toContain('the first touch is due');
      expect(chat().notified(ada)).toEqual([expect.stringContaining('the first touch is due')]);
      expect(chat().card(grace).text).toContain('Ada Okafor accepted but has not reached out');
    });

    test('what fell due while the bot was down happens when it is back, and a reminder after the fact does not', async () => {
      await offered();
      world.moveTo(new Date('2026-03-02T16:00:00Z'));
      await world.restart();
      await world.app.sweep();
      await world.settle();
      expect(chat().told(ada)).toEqual([missed, decide]);
      expect(chat().notified(ada)).toEqual([]);
      expect(chat().cards(grace)).toHaveLength(1);
    });
  });

  describe('a rep whom the chat does not know', () => {
    const absence = { slack: 'has no account in Slack', teams: 'has not installed the app in Teams' };

    test('is not silence: the manager gets the card and the reason', async () => {
      world = await startWorld({ chats: platform, absent: { [platform]: [ada] } });
      const lead = await offered();
      expect(chat().card(grace).text).toContain(`Ada Okafor cannot be reached: ${absence[platform]}`);
      expect(chat().card(grace).buttons).toContain('reassign');
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
