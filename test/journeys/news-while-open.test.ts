import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meeting } from '../../sandbox/hubspot/engagements.ts';
import { afterVisit } from '../../sandbox/hubspot/tracking.ts';
import { chats } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  createLead,
  demoRequest,
  happenedTo,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, of a lead that sales has', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const handoff = () => storedHandoff(world.database);
  const set = (lead: string, properties: Record<string, string>) =>
    world.hubspot.setProperties('contacts', lead, properties);
  const ends = (meetingId: string, hs_meeting_outcome: string) =>
    world.hubspot.setProperties('meetings', meetingId, { hs_meeting_outcome });

  test('a demo request during four hours of time makes it fifteen minutes, and the rep is told', async () => {
    const lead = createLead(world);
    set(lead, { lead_score: '60' });
    await world.settle();
    expect(await handoff()).toMatchObject({ trigger: 'score', respondBy: new Date('2026-03-02T18:03:00Z') });
    await world.pass(10);
    requestDemo(world, lead);
    await world.settle();
    expect(await handoff()).toMatchObject({
      trigger: 'demo_request',
      respondBy: new Date('2026-03-02T14:28:00Z'),
    });
    expect(chat().notified(ada).at(-1)).toContain('There is more now: Dana Ortiz');
    expect(chat().card(ada).text).toContain('Accept by 9:28 AM · now filled in “Request a demo”');
    expect(world.hubspot.object('contacts', lead)?.properties['handoff_trigger']).toBe('demo_request');
  });

  test('a title that the policy excludes withdraws what nobody has answered', async () => {
    const lead = await demoRequest(world);
    set(lead, { jobtitle: 'Student' });
    await world.settle();
    expect(await handoff()).toMatchObject({
      status: 'closed',
      outcome: 'withdrawn',
      reason: 'Is a student',
    });
    expect(chat().card(ada).text).toContain('Withdrawn');
    expect(chat().card(ada).buttons).toEqual(['open']);
  });

  test('the same is told of what somebody has accepted, once, and leaves it to them', async () => {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    for (const jobtitle of ['Student', 'Student of law']) {
      set(lead, { jobtitle });
      await world.settle();
    }
    expect((await handoff()).status).toBe('accepted');
    const told = (await happenedTo(world, lead)).filter((type) => type === 'excluded');
    expect(told).toEqual(['excluded']);
  });

  test.each([
    ['is called off', (id: string) => ends(id, 'CANCELED')],
    ['the lead does not come to', (id: string) => ends(id, 'NO_SHOW')],
    [
      'is deleted',
      (id: string, lead: string) => {
        world.hubspot.deleteRecord('meetings', id);
        // Nothing tells of that; it is found with the next that is heard of the lead.
        set(lead, { jobtitle: 'Head of Sales' });
      },
    ],
  ])('a meeting that %s starts the clock again, and the rep is told', async (_, fallsThrough) => {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    await world.pass(10);
    const startsAt = new Date('2026-03-04T15:00:00Z');
    const booked = meeting({ ownerId: ownerIdOf(world, ada), startsAt, bookedBy: 'lead' });
    const id = world.hubspot.log(booked, { contactId: lead });
    await world.settle();
    await world.pass(120);
    expect(chat().notified(ada)).toEqual([]);
    fallsThrough(id, lead);
    await world.settle();
    expect(await handoff()).toMatchObject({ meetingAt: null, touchBy: new Date('2026-03-02T17:13:00Z') });
    expect(chat().notified(ada).at(-1)).toContain('The meeting fell through');
  });

  const inTwoDays = new Date('2026-03-04T15:00:00Z');
  test.each<[string, (lead: string) => Promise<string>]>([
    [
      'in HubSpot',
      async (lead) => {
        const booked = meeting({ ownerId: ownerIdOf(world, ada), startsAt: inTwoDays });
        return world.hubspot.log(booked, { contactId: lead });
      },
    ],
    [
      'and told on the card',
      async (lead) => {
        await chat().fill(ada, 'logTouch', { did: 'booked', meetsOn: '2026-03-04', meetsAt: '10:00' });
        await world.settle();
        const [told] = world.hubspot.objectsOf(lead, 'meetings');
        return told?.id ?? '';
      },
    ],
  ])('one that the rep has booked %s, and that is called off, has them reach out again', async (_, book) => {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    await world.pass(10);
    const id = await book(lead);
    await world.settle();
    expect((await handoff()).status).toBe('working');
    await world.pass(120);
    ends(id, 'CANCELED');
    await world.settle();
    expect(await handoff()).toMatchObject({ meetingAt: null, touchBy: new Date('2026-03-02T17:13:00Z') });
    expect(chat().notified(ada).at(-1)).toContain('The meeting fell through');
    await world.pass(61);
    expect(await happenedTo(world, lead)).toContain('breached');
  });

  test('another router’s owner, set between the bot’s reading and its writing, is followed', async () => {
    const lead = createLead(world);
    let isSet = false;
    const stop = world.hubspot.onChange((news) => {
      const isRead = news.kind === 'request' && news.request.path.endsWith(`/contacts/${lead}`);
      if (!isRead || news.request.method !== 'GET' || isSet) return;
      isSet = true;
      // A moment later: what was read has the owner of before.
      queueMicrotask(() => {
        const owner = { hubspot_owner_id: ownerIdOf(world, ben) };
        world.hubspot.setProperties('contacts', lead, owner, { source: 'AUTOMATION_PLATFORM' });
      });
    });
    requestDemo(world, lead);
    await world.settle();
    stop();
    await world.pass(5);
    expect((await handoff()).assignment.rep).toBe(ben);
    expect(world.hubspot.object('contacts', lead)?.properties['hubspot_owner_id']).toBe(
      ownerIdOf(world, ben),
    );
  });
});

describe('what becomes known of a company late', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: 'slack' });
  });
  afterEach(() => world.close());

  test('its size, two minutes after three visits to the prices, makes the lead qualify', async () => {
    const companyId = world.hubspot.createCompany({ name: 'Northwind Traders' });
    const lead = world.hubspot.createContact(
      { email: 'dana@northwind.example', firstname: 'Dana', lastname: 'Ortiz', lead_score: '31' },
      { companyId },
    );
    for (const _ of [1, 2, 3]) {
      await world.pass(35);
      const known = world.hubspot.object('contacts', lead)?.properties ?? {};
      const values = afterVisit(known, ['https://www.example.com/pricing'], world.now());
      world.hubspot.setProperties('contacts', lead, values, { source: 'ANALYTICS' });
    }
    await world.settle();
    await world.pass(2);
    expect(world.in('slack').cards(ada)).toEqual([]);
    world.hubspot.setProperties('companies', companyId, { numberofemployees: '450' });
    await world.settle();
    expect((await storedHandoff(world.database)).trigger).toBe('pricing');
    expect(world.in('slack').card(ada).text).toContain('looked at Pricing 3 times');
  });
});
