import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import { ada, ben, chloe, demoRequest, grace, ownerIdOf, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, Grace has the card of a lead that Ada let pass at 14:18', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({
      chats: platform,
      amend: { 'escalation.acknowledge': [{ at: '0 min', do: 'tell manager' }] },
    });
    lead = await demoRequest(world);
    await world.pass(16);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};

  describe('reassigning', () => {
    test('offers those who are there with what they have on their hands, and who is not at work last', async () => {
      await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ben) });
      await chat().look(grace);
      expect(await chat().choices(grace, 'reassign')).toEqual([
        ...['Dario Rossi · 0 open (recommended)', 'Elif Demir · 0 open'],
        ...['Henrik Lund · 0 open', 'Ben Castillo · 1 open'],
        'Chloe Nguyen · 0 open · not at work until 9:00 AM in Los Angeles',
        'Farah Singh · 0 open · not at work until Tue 10:00 AM in Kolkata',
        // Who asks has a button of their own for taking it.
        'Grace Whitfield · 0 open',
      ]);
    });

    test('gives the new rep the card and a new target; the old one sees who has it', async () => {
      expect(await chat().fill(grace, 'reassign', { to: ben })).toEqual({ ok: true, errors: {} });
      await world.settle();
      expect(chat().card(ben).text).toContain('Accept by 9:34 AM');
      expect(chat().card(ben).buttons).toContain('accept');
      expect(chat().card(ada).text).toContain('With Ben Castillo since 9:19 AM');
      expect(chat().card(ada).buttons).toEqual(['open']);
      expect(contact()).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
      expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);

      await chat().press(ben, 'accept');
      await world.settle();
      await world.pass(20);
      expect(chat().notified(ben)).toEqual([]);
      expect(
        chat()
          .told(ben)
          .filter((text) => text.includes('Reminder')),
      ).toEqual([]);
    });
  });

  describe('whom routing would choose', () => {
    test('gets it by one press, and nobody has to be looked for', async () => {
      const [give = ''] = /Give to \w+ · \d open/.exec(chat().card(grace).text) ?? [];
      expect(give).toBe('Give to Ben · 0 open');
      await chat().chooseOnCard(grace, give);
      await world.settle();
      expect(chat().card(ben).text).toContain('Accept by 9:34 AM');
      expect(chat().card(ada).text).toContain('With Ben Castillo since 9:19 AM');
      expect(contact()).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
    });

    test('but has gone away since, does not get it; the form is there instead', async () => {
      const card = chat().card(grace);
      await goAway(chat(), ben, 'friday');
      await chat().chooseOnCard(grace, 'Give to Ben · 0 open', { card });
      await world.settle();
      expect(chat().refusals(grace).at(-1)).toMatch(/Ben Castillo is out of office .*choose somebody else/);
      expect(contact()).toMatchObject({ handoff_rep: ada });
      expect(await chat().fill(grace, 'reassign', { to: chloe }, { card })).toEqual({ ok: true, errors: {} });
      await world.settle();
      expect(contact()).toMatchObject({ handoff_rep: chloe });
    });

    test('is not offered on a card that waits for nobody', async () => {
      await chat().fill(grace, 'reassign', { to: ben });
      await world.settle();
      expect(chat().card(grace).text).not.toContain('Give to');
    });
  });

  test('taking it is accepting it, with the touch still to come', async () => {
    await chat().press(grace, 'takeIt');
    await world.settle();
    expect(contact()).toMatchObject({
      handoff_rep: grace,
      handoff_status: 'accepted',
      lifecyclestage: 'salesqualifiedlead',
    });
    expect(chat().card(grace).buttons).toEqual([
      'logTouch',
      'disqualify',
      'snooze',
      'reassign',
      'update',
      'open',
    ]);
    expect(chat().card(ada).text).toContain('With Grace Whitfield since 9:19 AM');
    expect(chat().told(ada).join()).toContain('Grace Whitfield took it over');
  });
});
