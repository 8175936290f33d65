import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waysIn } from '../support/chats/client.ts';
import { ada, ben, createLead, ownerIdOf, requestDemo, startWorld, type World } from '../support/world.ts';

describe.each(waysIn)('in $name', ({ platform, socketMode }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform, socketMode });
  });
  afterEach(() => world.close());

  /** A demo request that has reached Ada, whose turn it is. */
  async function offered(properties: Record<string, string> = {}): Promise<string> {
    const lead = createLead(world, properties);
    requestDemo(world, lead);
    await world.settle();
    return lead;
  }

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};

  describe('a demo request', () => {
    test('reaches the rep whose turn it is as one card that says who, why now, why you and until when', async () => {
      await offered();
      expect(chat().cards(ada)).toHaveLength(1);
      const { text, buttons } = chat().card(ada);
      expect(text).toContain('Dana Ortiz · Northwind Traders');
      expect(text).toContain('VP Operations');
      expect(text).toContain('240 people');
      expect(text).toContain('Accept by 9:18 AM · filled in “Request a demo”');
      expect(text).toContain('Yours because: next turn in Americas');
      expect(buttons).toEqual(['accept', 'logTouch', 'disqualify', 'snooze', 'handBack', 'update', 'open']);
    });

    test('is written to HubSpot: owner, status, our properties and a task due with the answer', async () => {
      const lead = await offered();
      expect(contact(lead)).toMatchObject({
        hubspot_owner_id: ownerIdOf(world, ada),
        hs_lead_status: 'NEW',
        handoff_status: 'offered',
        handoff_rep: ada,
        handoff_trigger: 'demo_request',
      });
      const [task, ...others] = world.hubspot.objectsOf(lead, 'tasks');
      expect(others).toEqual([]);
      expect(task?.properties).toMatchObject({
        hs_task_subject: 'Follow up: Dana Ortiz, Northwind Traders (Demo request)',
        hs_task_status: 'NOT_STARTED',
        hubspot_owner_id: ownerIdOf(world, ada),
      });
      expect(Date.parse(task?.properties['hs_timestamp'] ?? '')).toBe(Date.parse('2026-03-02T14:18:00Z'));
    });

    test('goes to the owner of the contact, out of turn', async () => {
      await offered({ hubspot_owner_id: ownerIdOf(world, ben) });
      expect(chat().cards(ada)).toEqual([]);
      expect(chat().card(ben).text).toContain('Yours because: owner of this contact');
    });

    test('that lacks a required field is held until the field arrives', async () => {
      const lead = await offered({ email: '' });
      expect(chat().cards(ada)).toEqual([]);
      const held = await world.database.prisma.inboundEvent.findMany({
        where: { leadId: lead, decision: 'held' },
      });
      expect(held[0]?.reason).toBe('filled in “Request a demo”, but lacks email');

      world.hubspot.setProperties('contacts', lead, { email: 'dana@northwind.example' });
      await world.settle();
      expect(chat().cards(ada)).toHaveLength(1);
    });
  });

  describe('accepting', () => {
    test('turns the card, tells what happened, and makes the lead an SQL that is open', async () => {
      const lead = await offered();
      expect(await chat().press(ada, 'accept')).toEqual({ answered: true });
      await world.settle();

      const { text, buttons } = chat().card(ada);
      expect(text).toContain('Yours. Reach out by 10:03 AM');
      expect(buttons).toEqual(['logTouch', 'undo', 'disqualify', 'snooze', 'handBack', 'update', 'open']);
      expect(chat().told(ada)).toEqual(['Ada Okafor accepted. First touch due 10:03 AM.']);
      expect(chat().notified(ada)).toEqual([]);
      expect(contact(lead)).toMatchObject({
        lifecyclestage: 'salesqualifiedlead',
        hs_lead_status: 'OPEN',
        handoff_status: 'accepted',
      });
      const task = world.hubspot.objectsOf(lead, 'tasks')[0];
      expect(Date.parse(task?.properties['hs_timestamp'] ?? '')).toBe(Date.parse('2026-03-02T15:03:00Z'));
    });

    test('again on an older card is refused kindly and has no second effect', async () => {
      await offered();
      const card = chat().card(ada);
      await world.pass(11);
      await chat().press(ada, 'accept');
      await world.settle();
      expect(await chat().press(ada, 'accept', { card })).toEqual({ answered: true });
      await world.settle();

      expect(chat().refusals(ada)).toEqual([
        'Already accepted 2026-03-02T14:14:00Z. Log a touch when you have reached out.',
      ]);
      expect(chat().card(ada).buttons).toEqual([
        'logTouch',
        'undo',
        'disqualify',
        'snooze',
        'handBack',
        'update',
        'open',
      ]);
      expect(chat().told(ada)).toEqual([
        'Ada Okafor was reminded to answer by 9:18 AM.',
        'Ada Okafor accepted. First touch due 10:14 AM.',
      ]);
      const events = await world.database.prisma.handoffEvent.findMany({ orderBy: { seq: 'asc' } });
      expect(events.map(({ type }) => type)).toEqual(['offered', 'delivered', 'reminded', 'accepted']);
    });
  });

  describe('logging a touch', () => {
    test('asks in a form, stops the clock, and becomes an engagement on contact and company', async () => {
      const lead = await offered();
      await chat().press(ada, 'accept');
      await world.settle();
      const filled = await chat().fill(ada, 'logTouch', {
        did: 'talked',
        note: 'Wants SSO. Call back <Friday> & bring pricing.',
      });
      expect(filled).toEqual({ ok: true, errors: {} });
      await world.settle();

      expect(chat().card(ada).text).toContain('Next step by Wed 9:03 AM');
      const [call, ...others] = world.hubspot.objectsOf(lead, 'calls');
      expect(others).toEqual([]);
      expect(call?.properties).toMatchObject({
        hs_call_direction: 'OUTBOUND',
        hubspot_owner_id: ownerIdOf(world, ada),
      });
      expect(call?.properties['hs_call_body']).toContain('&lt;Friday&gt; &amp; bring pricing');
      expect(contact(lead)).toMatchObject({ hs_lead_status: 'CONNECTED', handoff_status: 'working' });
      // It is due again when they mean to try again, as the form suggested.
      const task = world.hubspot.objectsOf(lead, 'tasks')[0]?.properties;
      expect(task).toMatchObject({ hs_task_status: 'NOT_STARTED', hs_timestamp: '2026-03-04T14:03:00Z' });

      await world.pass(90);
      expect(chat().told(ada)).toEqual([
        expect.stringContaining('accepted'),
        'Ada Okafor called and talked. "Wants SSO. Call back <Friday> & bring pricing." Next try by 2026-03-04T14:03:00Z.',
      ]);
    });

    test('before accepting accepts as well', async () => {
      const lead = await offered();
      await chat().fill(ada, 'logTouch', { did: 'emailed' });
      await world.settle();
      expect(contact(lead)).toMatchObject({
        lifecyclestage: 'salesqualifiedlead',
        hs_lead_status: 'ATTEMPTED_TO_CONTACT',
      });
      expect(world.hubspot.objectsOf(lead, 'emails')).toHaveLength(1);
    });

    test('twice from the card as it was before, as on another device, logs both', async () => {
      const lead = await offered();
      const card = chat().card(ada);
      await chat().fill(ada, 'logTouch', { did: 'noAnswer' }, { card });
      await chat().fill(ada, 'logTouch', { did: 'emailed' }, { card });
      await world.settle();
      expect(world.hubspot.objectsOf(lead, 'calls')).toHaveLength(1);
      expect(world.hubspot.objectsOf(lead, 'emails')).toHaveLength(1);
    });
  });

  describe('disqualifying', () => {
    test('asks for a reason, closes the handoff and tells HubSpot why', async () => {
      const lead = await offered();
      const nothing = await chat().fill(ada, 'disqualify', {});
      expect(nothing).toEqual({ ok: false, errors: { reason: expect.any(String) } });
      await chat().fill(ada, 'disqualify', { reason: 'no_budget', note: 'Next year at the earliest' });
      await world.settle();

      const { text, buttons } = chat().card(ada);
      expect(text).toContain('Disqualified by you 9:03 AM: No budget');
      expect(buttons).toEqual(['undo', 'open']);
      expect(contact(lead)).toMatchObject({
        hs_lead_status: 'UNQUALIFIED',
        handoff_status: 'closed',
        handoff_outcome: 'disqualified',
        handoff_disqualify_reason: 'no_budget',
        handoff_disqualify_note: 'Next year at the earliest',
      });
    });

    test('with a reason that needs a note says so at the field and changes nothing until there is one', async () => {
      const lead = await offered();
      const bare = await chat().fill(ada, 'disqualify', { reason: 'other' });
      expect(bare).toEqual({ ok: false, errors: { note: expect.any(String) } });
      await world.settle();
      expect(contact(lead)['hs_lead_status']).toBe('NEW');

      await chat().fill(ada, 'disqualify', { note: 'Contract runs until May' });
      await world.settle();
      expect(contact(lead)).toMatchObject({
        hs_lead_status: 'UNQUALIFIED',
        handoff_disqualify_reason: 'other',
        handoff_disqualify_note: 'Contract runs until May',
      });
    });

    test('uses the evidence up: the same demo request brings no second card, a new one does', async () => {
      const lead = await offered();
      await chat().fill(ada, 'disqualify', { reason: 'other', note: 'On leave' });
      await world.settle();
      world.hubspot.setProperties('contacts', lead, { email: 'dana.ortiz@northwind.example' });
      await world.settle();
      const cards = () => [...chat().cards(ada), ...chat().cards(ben)].length;
      expect(cards()).toBe(1);

      await world.pass(5);
      requestDemo(world, lead);
      await world.settle();
      expect(cards()).toBe(2);
    });
  });

  describe('what the lead wrote', () => {
    test('stays text on the card', async () => {
      const written = '<!channel> *Bold* {{DATE(2030-01-01T00:00:00Z,SHORT)}}';
      await offered({ firstname: written, lastname: '<https://evil.example|click>' });
      expect(chat().card(ada).text).toContain(`${written} <https://evil.example|click>`);
    });
  });
});
