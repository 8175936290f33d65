import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signatureHeaders } from '../../sandbox/hubspot/signature.ts';
import {
  ada,
  ben,
  createLead,
  hubspotSecrets,
  portalId,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ chats: 'slack' });
});
afterEach(() => world.close());

const chat = () => world.in('slack');
const cards = () => [ada, ben].flatMap((person) => chat().cards(person));

/** The events of a demo request, taken out of HubSpot's hands to be delivered as the test pleases. */
async function heldBack() {
  const lead = createLead(world);
  await world.settle();
  world.hubspot.pauseWebhooks();
  requestDemo(world, lead);
  const events = world.hubspot.takePendingWebhooks();
  world.hubspot.resumeWebhooks();
  expect(events.length).toBeGreaterThan(0);
  return { lead, events };
}

describe('webhooks', () => {
  test('delivered three times and in any order bring one card', async () => {
    const { events } = await heldBack();
    for (const batch of [events, [...events].reverse(), events]) {
      expect((await world.hubspot.deliver(batch)).status).toBe(200);
    }
    await world.settle();
    await world.hubspot.deliver(events);
    await world.settle();
    expect(cards()).toHaveLength(1);
    const stored = await world.database.prisma.inboundEvent.findMany();
    expect(stored.every(({ decision }) => decision !== null)).toBe(true);
  });

  test('about an older state never override what HubSpot says now', async () => {
    const { lead, events } = await heldBack();
    world.hubspot.setProperties('contacts', lead, { lifecyclestage: 'customer' });
    await world.hubspot.deliver(events);
    await world.settle();
    expect(cards()).toEqual([]);
    const decisions = await world.database.prisma.inboundEvent.findMany({ where: { leadId: lead } });
    expect(decisions.map(({ reason }) => reason)).toContain('Already a customer: lifecycle stage Customer');
  });

  test('that are our own echoes start nothing', async () => {
    const { events } = await heldBack();
    await world.hubspot.deliver(events);
    await world.settle();
    await chat().press(ada, 'accept');
    await world.settle();
    expect(cards()).toHaveLength(1);
    expect(await world.database.prisma.handoff.count()).toBe(1);
  });

  test('in a batch of 100 about 100 contacts all end as decisions', async () => {
    const { lead, events } = await heldBack();
    const [event] = events;
    if (!event) throw new Error('HubSpot has no event to send');
    const gone = Array.from({ length: 99 }, (_, index) => ({ ...event, objectId: 900_000 + index }));
    expect((await world.hubspot.deliver([event, ...gone])).status).toBe(200);
    await world.settle();
    expect(cards()).toHaveLength(1);
    const decisions = await world.database.prisma.inboundEvent.groupBy({
      by: ['decision', 'reason'],
      _count: true,
    });
    expect(decisions).toContainEqual({ decision: 'ignored', reason: 'the contact is gone', _count: 99 });
    expect(decisions.every(({ decision }) => decision !== null)).toBe(true);
    expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);
  });

  test('one odd event among a hundred costs none of the others, and is told in log and measures', async () => {
    const { events } = await heldBack();
    const [event] = events;
    if (!event) throw new Error('HubSpot has no event to send');
    const { portalId: _, ...odd } = event;
    const gone = Array.from({ length: 98 }, (_, index) => ({ ...event, objectId: 900_000 + index }));
    expect((await world.hubspot.deliver([event, odd as typeof event, ...gone])).status).toBe(200);
    await world.settle();
    expect(cards()).toHaveLength(1);
    expect(world.log.join()).toContain('event 1 has no usable portalId');
    const measures = await (await fetch(`${world.app.metricsUrl}/metrics`)).text();
    expect(measures).toContain('handoff_events_odd_total 1');
    expect(measures).toContain('handoff_hubspot_signatures_total{version="v3",accepted="true"}');
  });

  test('whose hundred values are as long as HubSpot allows are taken', async () => {
    const { lead, events } = await heldBack();
    const [event] = events;
    if (!event) throw new Error('HubSpot has no event to send');
    // Four bytes in two characters, as HubSpot counts them, or one of four.
    const propertyValue = '𝄞'.repeat(65_536);
    const long = Array.from({ length: 99 }, (_, index) => ({
      ...event,
      objectId: Number(lead),
      eventId: index,
      propertyName: 'message',
      propertyValue,
    }));
    expect((await world.hubspot.deliver([event, ...long])).status).toBe(200);
    await world.settle();
    expect(cards()).toHaveLength(1);
  });

  test.each([
    ['forged', { signature: 'forged' } as const],
    ['unsigned', { signature: 'none' } as const],
    ['signed with version 1 only', { signature: 'v1' } as const],
    ['signed six minutes ago', { timestamp: Date.parse('2026-03-02T13:57:00Z') }],
    ['signed six minutes from now', { timestamp: Date.parse('2026-03-02T14:09:00Z') }],
  ])('that are %s are turned away with 401, and nothing is stored', async (_name, how) => {
    const { events } = await heldBack();
    const before = await world.database.prisma.inboundEvent.count();
    const answer = await world.hubspot.deliver(events, how);
    expect(answer.status).toBe(401);
    expect(answer.body).toBe('{"message":"unauthorized"}');
    expect(await world.database.prisma.inboundEvent.count()).toBe(before);
  });

  test('from another portal are stored with the reason why they are ignored', async () => {
    const { lead, events } = await heldBack();
    const foreign = events.map((event) => ({ ...event, portalId: portalId + 1 }));
    expect((await world.hubspot.deliver(foreign)).status).toBe(200);
    await world.settle();
    expect(cards()).toEqual([]);
    const reasons = await world.database.prisma.inboundEvent.findMany({
      where: { dedupeKey: { startsWith: '78:' } },
    });
    expect(reasons.map(({ reason }) => reason)).toEqual(events.map(() => 'from portal 78, not 77'));
    expect(world.hubspot.objectsOf(lead, 'tasks')).toEqual([]);
  });

  test.each([
    ['text', 'text/plain', '[]', 415],
    ['broken JSON', 'application/json', '[{', 400],
    ['no event at all', 'application/json', '[]', 400],
    ['101 events', 'application/json', JSON.stringify(Array(101).fill({})), 400],
    ['5,000 levels of JSON', 'application/json', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 400],
    ['a body above 25 MB', 'application/json', `["${'x'.repeat(27 * 1024 * 1024)}"]`, 413],
  ])('with %s get a clear 4xx, though signed', async (_name, type, body, status) => {
    const uri = `${world.app.url}/hubspot/webhooks`;
    const signing = { secret: hubspotSecrets.hubspotClientSecret, method: 'POST', uri, body };
    const headers = { ...signatureHeaders('v3', signing, world.now().getTime()), 'content-type': type };
    const response = await fetch(uri, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await world.database.prisma.inboundEvent.count()).toBe(0);
  });
});
