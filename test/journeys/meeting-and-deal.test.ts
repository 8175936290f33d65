import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meeting } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import { ada, demoRequest, grace, ownerIdOf, reconciled, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, what comes of a lead', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
    lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    await world.pass(10);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const handoff = () => storedHandoff(world.database);
  const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};

  test('a meeting that the lead books by Ada’s link is noted, and is no outreach of hers', async () => {
    const startsAt = new Date('2026-03-04T15:00:00Z');
    const booked = meeting({ ownerId: ownerIdOf(world, ada), startsAt, bookedBy: 'lead' });
    world.hubspot.log(booked, { contactId: lead });
    await world.settle();
    expect(await handoff()).toMatchObject({
      meetingAt: new Date('2026-03-02T14:13:00Z'),
      firstTouchAt: null,
    });
    expect(chat().told(ada).at(-1)).toContain('A meeting with the lead is booked');
    // With the meeting there is nothing left to remind of.
    await world.pass(60);
    expect(chat().notified(ada)).toEqual([]);
    expect(chat().cards(grace)).toEqual([]);
  });

  test('a deal ends the handoff as converted, and when it is won that is noted too', async () => {
    await chat().fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    const deal = { dealname: 'Northwind, 240 seats', dealstage: 'contractsent' };
    const id = world.hubspot.createDeal(deal, { contactId: lead });
    await world.settle();
    expect(await handoff()).toMatchObject({
      status: 'closed',
      outcome: 'converted',
      opportunityAt: new Date('2026-03-02T14:13:00Z'),
      wonAt: null,
    });
    expect(contact()).toMatchObject({ handoff_status: 'closed', handoff_outcome: 'converted' });
    expect(chat().card(ada).text).toContain('Became a deal 9:13 AM');
    expect(chat().card(ada).buttons).toEqual(['open']);
    await world.pass(60);
    expect(chat().cards(grace)).toEqual([]);

    world.hubspot.setProperties('deals', id, { dealstage: 'closedwon' });
    await world.settle();
    expect((await handoff()).wonAt).toEqual(new Date('2026-03-02T15:13:00Z'));
    expect(chat().card(ada).text).toContain('Became a deal 9:13 AM, won 10:13 AM');
  });

  test('a deal of a lead whom nobody has contacted ends nothing, until somebody has', async () => {
    world.hubspot.createDeal({ dealname: 'By a workflow', dealstage: 'contractsent' }, { contactId: lead });
    await world.settle();
    expect((await handoff()).status).toBe('accepted');
    await chat().fill(ada, 'logTouch', { did: 'emailed' });
    await world.settle();
    await world.pass(5);
    await reconciled(world);
    expect(await handoff()).toMatchObject({
      outcome: 'converted',
      opportunityAt: new Date('2026-03-02T14:13:00Z'),
    });
  });
});
