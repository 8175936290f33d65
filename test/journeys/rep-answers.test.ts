import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ada,
  ben,
  buttonsOf,
  createLead,
  requestDemo,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** A demo request that has reached Ada, whose turn it is. */
async function offered(properties: Record<string, string> = {}): Promise<string> {
  const lead = createLead(world, properties);
  requestDemo(world, lead);
  await world.settle();
  return lead;
}

const cardOf = (person: string) => world.slack.messages(person).at(-1);
const ts = (person: string) => cardOf(person)?.ts ?? '';
const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
const ownerIdOf = (email: string) =>
  world.hubspot.objects('users').find((user) => user.properties['hs_email'] === email)?.properties[
    'hubspot_owner_id'
  ];

describe('a demo request', () => {
  test('reaches the rep whose turn it is as one card that says who, why now, why you and until when', async () => {
    await offered();
    expect(world.slack.messages(ada)).toHaveLength(1);
    const text = textOf(cardOf(ada));
    expect(text).toContain('Demo request: Dana Ortiz · Northwind Traders');
    expect(text).toContain('VP Operations');
    expect(text).toContain('240 employees');
    expect(text).toContain('Sent in "Request a demo: Website"');
    expect(text).toContain('Next turn in Americas');
    expect(text).toContain('Respond by');
    expect(JSON.stringify(cardOf(ada)?.blocks)).toContain(String(Date.parse('2026-03-02T14:18:00Z') / 1000));
    expect(buttonsOf(cardOf(ada))).toEqual([
      'handoff.accept',
      'handoff.form.logTouch',
      'handoff.form.disqualify',
      'handoff.open',
    ]);
  });

  test('is written to HubSpot: owner, status, our properties and a task due with the answer', async () => {
    const lead = await offered();
    expect(contact(lead)).toMatchObject({
      hubspot_owner_id: ownerIdOf(ada),
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
      hubspot_owner_id: ownerIdOf(ada),
    });
    expect(Date.parse(task?.properties['hs_timestamp'] ?? '')).toBe(Date.parse('2026-03-02T14:18:00Z'));
  });

  test('goes to the owner of the contact, out of turn', async () => {
    await offered({ hubspot_owner_id: ownerIdOf(ben) ?? '' });
    expect(world.slack.messages(ada)).toEqual([]);
    expect(textOf(cardOf(ben))).toContain('Owner of this contact');
  });

  test('that lacks a required field is held until the field arrives', async () => {
    const lead = await offered({ email: '' });
    expect(world.slack.messages(ada)).toEqual([]);
    const held = await world.database.prisma.inboundEvent.findMany({
      where: { leadId: lead, decision: 'held' },
    });
    expect(held[0]?.reason).toBe('sent in "Request a demo: Website", but lacks email');

    world.hubspot.setProperties('contacts', lead, { email: 'dana@northwind.example' });
    await world.settle();
    expect(world.slack.messages(ada)).toHaveLength(1);
  });
});

describe('accepting', () => {
  test('turns the card, tells the thread, and makes the lead an SQL that is open', async () => {
    const lead = await offered();
    const clicked = await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    expect(clicked).toMatchObject({ acknowledged: true, status: 200 });
    await world.settle();

    expect(textOf(cardOf(ada))).toContain('Accepted');
    expect(buttonsOf(cardOf(ada))).not.toContain('handoff.accept');
    expect(cardOf(ada)?.replies.map(textOf)).toEqual([expect.stringContaining('accepted. First touch due')]);
    expect(contact(lead)).toMatchObject({
      lifecyclestage: 'salesqualifiedlead',
      hs_lead_status: 'OPEN',
      handoff_status: 'accepted',
    });
    const task = world.hubspot.objectsOf(lead, 'tasks')[0];
    expect(Date.parse(task?.properties['hs_timestamp'] ?? '')).toBe(Date.parse('2026-03-02T15:03:00Z'));
  });

  test('twice is refused kindly and has no second effect', async () => {
    await offered();
    const before = cardOf(ada)?.blocks;
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    await world.settle();
    const again = await world.slack.click(ada, {
      ts: ts(ada),
      actionId: 'handoff.accept',
      stale: [...(before ?? [])],
    });
    await world.settle();

    expect(again.status).toBe(200);
    expect(world.slack.ephemerals(ada).map(textOf)).toEqual([expect.stringContaining('Already accepted')]);
    expect(cardOf(ada)?.replies).toHaveLength(1);
    const events = await world.database.prisma.handoffEvent.findMany({ orderBy: { seq: 'asc' } });
    expect(events.map(({ type }) => type)).toEqual(['offered', 'delivered', 'accepted']);
  });
});

describe('logging a touch', () => {
  test('opens a form, stops the clock, and becomes an engagement on contact and company', async () => {
    const lead = await offered();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    await world.settle();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.form.logTouch' });
    const submitted = await world.slack.submitView(ada, {
      kind: { value: 'call' },
      outcome: { value: 'connected' },
      note: { value: 'Wants SSO. Call back <Friday> & bring pricing.' },
    });
    expect(submitted).toMatchObject({ result: 'acknowledged', errors: {} });
    expect(world.slack.openView(ada)).toBeNull();
    await world.settle();

    expect(textOf(cardOf(ada))).toContain('Working · 1 touch');
    const [call, ...others] = world.hubspot.objectsOf(lead, 'calls');
    expect(others).toEqual([]);
    expect(call?.properties).toMatchObject({
      hs_call_direction: 'OUTBOUND',
      hubspot_owner_id: ownerIdOf(ada),
    });
    expect(call?.properties['hs_call_body']).toContain('&lt;Friday&gt; &amp; bring pricing');
    expect(contact(lead)).toMatchObject({ hs_lead_status: 'CONNECTED', handoff_status: 'working' });
    expect(world.hubspot.objectsOf(lead, 'tasks')[0]?.properties['hs_task_status']).toBe('COMPLETED');

    await world.pass(90);
    expect(
      cardOf(ada)
        ?.replies.map(textOf)
        .filter((text) => text.includes('No touch')),
    ).toEqual([]);
  });

  test('before accepting accepts as well', async () => {
    const lead = await offered();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.form.logTouch' });
    await world.slack.submitView(ada, {
      kind: { value: 'email' },
      outcome: { value: 'sent' },
      note: { value: null },
    });
    await world.settle();
    expect(contact(lead)).toMatchObject({
      lifecyclestage: 'salesqualifiedlead',
      hs_lead_status: 'ATTEMPTED_TO_CONTACT',
    });
    expect(world.hubspot.objectsOf(lead, 'emails')).toHaveLength(1);
  });
});

describe('disqualifying', () => {
  test('asks for a reason, closes the handoff and tells HubSpot why', async () => {
    const lead = await offered();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.form.disqualify' });
    const nothing = await world.slack.submitView(ada, {});
    expect(nothing.result).toBe('refused');
    await world.slack.submitView(ada, {
      reason: { value: 'no_budget' },
      note: { value: 'Next year at the earliest' },
    });
    await world.settle();

    expect(textOf(cardOf(ada))).toContain('Disqualified by');
    expect(textOf(cardOf(ada))).toContain(': No budget');
    expect(buttonsOf(cardOf(ada))).toEqual(['handoff.open']);
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
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.form.disqualify' });
    const bare = await world.slack.submitView(ada, { reason: { value: 'timing' }, note: { value: null } });
    expect(bare.errors).toEqual({ note: expect.stringContaining('needs a note') });
    expect(contact(lead)['hs_lead_status']).toBe('NEW');

    await world.slack.submitView(ada, {
      reason: { value: 'timing' },
      note: { value: 'Contract runs until May' },
    });
    await world.settle();
    expect(contact(lead)['hs_lead_status']).toBe('UNQUALIFIED');
  });

  test('uses the evidence up: the same demo request brings no second card, a new one does', async () => {
    const lead = await offered();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.form.disqualify' });
    await world.slack.submitView(ada, { reason: { value: 'spam' }, note: { value: null } });
    await world.settle();
    world.hubspot.setProperties('contacts', lead, { email: 'dana.ortiz@northwind.example' });
    await world.settle();
    const cards = () => [...world.slack.messages(ada), ...world.slack.messages(ben)].length;
    expect(cards()).toBe(1);

    await world.pass(5);
    requestDemo(world, lead);
    await world.settle();
    expect(cards()).toBe(2);
  });
});
