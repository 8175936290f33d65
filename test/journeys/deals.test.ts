import { afterEach, describe, expect, test } from 'vitest';
import { meeting } from '../../sandbox/hubspot/engagements.ts';
import { dealStage } from '../../sandbox/hubspot/pipelines.ts';
import { chats } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  startWorld,
  type World,
} from '../support/world.ts';

/** As RevOps writes it, by the words of HubSpot's pages. */
const rule = { when: 'accept', pipeline: 'sales pipeline', stage: 'Appointment scheduled' };

let world: World;
afterEach(() => world.close());

describe.each(chats)('in $name, the deal of a lead', ({ platform }) => {
  const chat = () => world.in(platform);
  const handoff = () => storedHandoff(world.database);
  const deals = () => world.hubspot.objects('deals');
  const started = async (...deals: object[]) => {
    world = await startWorld({ chats: platform, amend: { deals } });
    return demoRequest(world);
  };
  const accept = async (person = ada) => {
    await chat().press(person, 'accept');
    await world.settle();
  };

  test('is made when the rep accepts: theirs, in the stage that the policy names, and on the card', async () => {
    const lead = await started({ ...rule, name: '{company}: {trigger}' });
    expect(deals()).toEqual([]);
    await accept();
    const [deal] = deals();
    expect(deal?.properties).toMatchObject({
      dealname: 'Northwind Traders: Demo request',
      pipeline: 'default',
      dealstage: 'appointmentscheduled',
      hubspot_owner_id: ownerIdOf(world, ada),
      handoff_id: (await handoff()).id,
    });
    expect(deal?.associations.contacts).toEqual([lead]);
    expect(deal?.associations.companies).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Northwind Traders: Demo request, Appointment Scheduled');
    expect(JSON.stringify(chat().card(ada).face)).toContain(`/contacts/77/record/0-3/${deal?.id}`);
    expect(chat().told(ada).at(-1)).toContain(
      'A deal was made in HubSpot: Northwind Traders: Demo request, Appointment Scheduled.',
    );
    expect(chat().notified(ada)).toEqual([]);
  });

  test('is one, and ends nothing, until somebody moves it on', async () => {
    const lead = await started(rule);
    await accept();
    await chat().fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    await world.pass(10);
    expect(await handoff()).toMatchObject({ status: 'working', opportunityAt: null });
    expect(await happenedTo(world, lead)).not.toContain('excluded');
    const [deal] = deals();
    world.hubspot.setProperties('deals', deal?.id ?? '', { dealstage: 'qualifiedtobuy' });
    const movedAt = world.now();
    await world.settle();
    expect(await handoff()).toMatchObject({ outcome: 'converted', opportunityAt: movedAt });
    world.hubspot.setProperties('deals', deal?.id ?? '', { dealstage: 'closedwon' });
    await world.settle();
    expect((await handoff()).wonAt).toEqual(movedAt);
    expect(deals()).toHaveLength(1);
  });

  test('is not made beside an open one of the lead’s company', async () => {
    const lead = await started({ ...rule, unless: 'open deal' });
    const [companyId = ''] = world.hubspot.object('contacts', lead)?.associations.companies ?? [];
    const open = { dealname: 'Renewal', dealstage: 'contractsent' };
    world.hubspot.createDeal(open, { companyId });
    await accept();
    expect(deals().map(({ properties }) => properties['dealname'])).toEqual(['Renewal']);
    expect(chat().told(ada).at(-1)).toContain('No deal was made: there is an open one already.');
    expect(chat().card(ada).text).not.toContain('Appointment Scheduled');
  });

  test('that a meeting makes counts at once', async () => {
    const lead = await started({ ...rule, when: 'meeting' });
    await accept();
    expect(deals()).toEqual([]);
    const startsAt = new Date('2026-03-04T15:00:00Z');
    const booked = meeting({ ownerId: ownerIdOf(world, ada), startsAt, bookedBy: 'lead' });
    world.hubspot.log(booked, { contactId: lead });
    await world.settle();
    expect(deals()).toHaveLength(1);
    expect(await handoff()).toMatchObject({ status: 'closed', outcome: 'converted' });
    expect(chat().card(ada).text).toContain('Became a deal');
  });

  test('follows the lead to whoever gets it, and goes where the policy says when it is given up', async () => {
    await started({ ...rule, on_disqualify: { move_to: 'Closed Lost' } });
    await accept();
    await world.pass(70);
    await chat().fill(grace, 'reassign', { to: ben });
    await world.settle();
    expect(deals()[0]?.properties).toMatchObject({ hubspot_owner_id: ownerIdOf(world, ben) });
    await chat().fill(ben, 'disqualify', { reason: 'not_a_fit', note: '' });
    await world.settle();
    expect(deals()[0]?.properties).toMatchObject({ dealstage: 'closedlost', hs_is_closed: 'true' });
    expect(chat().told(ben).at(-1)).toContain(
      'Its deal goes to Closed Lost, unless somebody has moved it on: Northwind Traders: Demo request.',
    );
    expect(await handoff()).toMatchObject({ outcome: 'disqualified' });
  });

  test('stays when the lead is given up, unless the policy says otherwise', async () => {
    await started(rule);
    await accept();
    await chat().fill(ada, 'disqualify', { reason: 'not_a_fit', note: '' });
    await world.settle();
    expect(deals()[0]?.properties).toMatchObject({ dealstage: 'appointmentscheduled' });
    expect(chat().told(ada).at(-1)).toContain('Its deal stays in HubSpot: Northwind Traders: Demo request.');
  });
});

test('a pipeline of the portal’s own is named by its label', async () => {
  world = await startWorld({
    chats: 'slack',
    amend: { deals: [{ when: 'accept', pipeline: 'Renewals', stage: 'Due' }] },
    prepare: (hubspot) =>
      hubspot.definePipeline('deals', {
        id: '871',
        label: 'Renewals',
        stages: [dealStage('8711', 'Due', 0.5), dealStage('8712', 'Renewed', 1)],
      }),
  });
  await demoRequest(world);
  await world.in('slack').press(ada, 'accept');
  await world.settle();
  expect(world.hubspot.objects('deals')[0]?.properties).toMatchObject({ pipeline: '871', dealstage: '8711' });
});

test('a deal that HubSpot does not take keeps nothing else from being written, and its rep is told', async () => {
  // The older API has no such rules.
  world = await startWorld({ chats: 'slack', apiVersion: '2026-09', amend: { deals: [rule] } });
  const lead = await demoRequest(world);
  world.hubspot.demand({ type: 'deals', required: 'amount', when: 'created' });
  await world.in('slack').press(ada, 'accept');
  await world.settle();
  expect(world.hubspot.objects('deals')).toEqual([]);
  expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({ handoff_status: 'accepted' });
  expect(world.in('slack').notified(ada).at(-1)).toContain('HubSpot did not take the deal');
});

test('a lead that comes back is not held off by the deal that the bot made for it before', async () => {
  world = await startWorld({ chats: 'slack', amend: { deals: [rule] } });
  const lead = await demoRequest(world);
  await world.in('slack').press(ada, 'accept');
  await world.settle();
  // For which a demo request counts all the same.
  await world.in('slack').fill(ada, 'disqualify', { reason: 'other', note: 'Asked to be left alone' });
  await world.settle();
  await world.pass(60 * 24);
  world.hubspot.setProperties(
    'contacts',
    lead,
    {
      recent_conversion_event_name: 'Website: Request a demo',
      recent_conversion_date: String(world.now().getTime()),
    },
    { source: 'FORM' },
  );
  await world.settle();
  expect(await world.database.prisma.handoff.count({ where: { leadId: lead } })).toBe(2);
});
