import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ada,
  ben,
  buttonsOf,
  createLead,
  grace,
  requestDemo,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';

const dario = 'dario.rossi@example.com';
const henrik = 'henrik.lund@example.com';

let world: World;
afterEach(() => world.close());

const cardOf = (person: string) => world.slack.messages(person).at(-1);
const ts = (person: string) => cardOf(person)?.ts ?? '';
const thread = (person: string) => cardOf(person)?.replies.map(textOf) ?? [];
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

describe('nobody answers', () => {
  beforeEach(async () => {
    world = await startWorld();
  });

  test('the rep is reminded in the thread five minutes before the target, once, so that it is noticed', async () => {
    await offered();
    await world.pass(9);
    expect(thread(ada)).toEqual([]);
    await world.pass(3);
    expect(thread(ada)).toEqual([expect.stringContaining('this lead waits for your answer')]);
    expect(cardOf(ada)?.replies[0]?.reply_broadcast).toBe(true);
    expect(world.slack.messages(grace)).toEqual([]);
  });

  test('past the target the manager gets a card with the choices, and the rep sees that they were told', async () => {
    await unanswered();
    expect(textOf(cardOf(grace))).toContain('has not answered; due');
    expect(buttonsOf(cardOf(grace))).toEqual([
      'handoff.form.reassign',
      'handoff.takeIt',
      'handoff.form.giveGrace',
      'handoff.open',
    ]);
    expect(textOf(cardOf(ada))).toContain('Answer was due');
    expect(thread(ada)).toEqual([
      expect.stringContaining('Reminder'),
      expect.stringContaining('No answer by'),
      expect.stringContaining('please decide'),
    ]);
    await world.pass(30);
    expect(world.slack.messages(grace)).toHaveLength(1);
    expect(thread(ada)).toHaveLength(3);
  });

  test('the manager reassigns: the new rep gets the card and a new target, the old one sees who has it', async () => {
    const lead = await unanswered();
    await world.slack.click(grace, { ts: ts(grace), actionId: 'handoff.form.reassign' });
    await world.slack.submitView(grace, { to: { value: ben } });
    await world.settle();

    expect(textOf(cardOf(ben))).toContain('Respond by');
    expect(buttonsOf(cardOf(ben))).toContain('handoff.accept');
    expect(textOf(cardOf(ada))).toContain('Now with');
    expect(buttonsOf(cardOf(ada))).toEqual(['handoff.open']);
    expect(contact(lead)).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
    expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);

    const refused = await world.slack.click(ben, { ts: ts(ben), actionId: 'handoff.accept' });
    expect(refused.status).toBe(200);
    await world.settle();
    await world.pass(20);
    expect(thread(ben).filter((text) => text.includes('waits for your answer'))).toEqual([]);
    const broadcast = cardOf(ada)?.replies.filter((reply) => reply.reply_broadcast) ?? [];
    expect(broadcast.map(textOf)).toEqual([expect.stringContaining('waits for your answer')]);
  });

  test('the manager takes it: accepted at once, with the touch still to come', async () => {
    const lead = await unanswered();
    await world.slack.click(grace, { ts: ts(grace), actionId: 'handoff.takeIt' });
    await world.settle();
    expect(contact(lead)).toMatchObject({
      handoff_rep: grace,
      handoff_status: 'accepted',
      lifecyclestage: 'salesqualifiedlead',
    });
    expect(buttonsOf(cardOf(grace))).toEqual([
      'handoff.form.logTouch',
      'handoff.form.disqualify',
      'handoff.form.reassign',
      'handoff.open',
    ]);
    expect(textOf(cardOf(ada))).toContain('Now with');
  });

  test('the manager gives grace: the target moves, and the ladder starts again from there', async () => {
    await unanswered();
    await world.slack.click(grace, { ts: ts(grace), actionId: 'handoff.form.giveGrace' });
    await world.slack.submitView(grace, { minutes: { value: '15' } });
    await world.settle();
    expect(textOf(cardOf(ada))).toContain('Respond by');
    expect(thread(ada).at(-1)).toContain('gave grace until');

    await world.pass(20);
    const toManager = cardOf(grace)?.replies.filter((reply) => reply.reply_broadcast) ?? [];
    expect(toManager.map(textOf)).toEqual([expect.stringContaining('please decide')]);
    expect(thread(ada).filter((text) => text.includes('Reminder'))).toHaveLength(2);
    expect(thread(ada).filter((text) => text.includes('No answer by'))).toHaveLength(2);
    expect(world.slack.messages(grace)).toHaveLength(1);
  });

  test('accepted but not touched: the second clock reminds and tells the manager', async () => {
    await offered();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    await world.settle();
    await world.pass(62);
    expect(thread(ada).join('\n')).toContain('the first touch is due');
    expect(textOf(cardOf(grace))).toContain('accepted but has not reached out');
  });

  test('what fell due while the bot was down happens when it is back, and a reminder after the fact does not', async () => {
    await offered();
    world.moveTo(new Date('2026-03-02T16:00:00Z'));
    await world.restart();
    await world.app.sweep();
    await world.settle();
    expect(thread(ada)).toEqual([
      expect.stringContaining('No answer by'),
      expect.stringContaining('please decide'),
    ]);
    expect(world.slack.messages(grace)).toHaveLength(1);
  });
});

describe('a rep without a Slack account', () => {
  test('is not silence: the manager gets the card and the reason', async () => {
    world = await startWorld({ absentFromSlack: [ada] });
    const lead = await offered();
    expect(textOf(cardOf(grace))).toContain('cannot be reached: has no account in any connected chat');
    expect(buttonsOf(cardOf(grace))).toContain('handoff.form.reassign');
    expect(contact(lead)).toMatchObject({ handoff_rep: ada, hs_lead_status: 'NEW' });
    expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);
  });

  test('whose manager has none either leaves the card to the fallback person, who can decide', async () => {
    world = await startWorld({ absentFromSlack: [dario, henrik] });
    const owner = world.hubspot.objects('users').find((user) => user.properties['hs_email'] === dario);
    const lead = createLead(world, { hubspot_owner_id: owner?.properties['hubspot_owner_id'] ?? '' });
    requestDemo(world, lead);
    await world.settle();
    expect(textOf(cardOf(grace))).toContain('cannot be reached');
    await world.slack.click(grace, { ts: ts(grace), actionId: 'handoff.takeIt' });
    await world.settle();
    expect(contact(lead)).toMatchObject({ handoff_rep: grace, handoff_status: 'accepted' });
  });
});
