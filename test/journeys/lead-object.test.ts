import { afterEach, describe, expect, test } from 'vitest';
import { leadStage } from '../../sandbox/hubspot/pipelines.ts';
import { chats } from '../support/chats/client.ts';
import {
  ada,
  ben,
  createLead,
  demoRequest,
  grace,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, HubSpot’s Lead object', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const records = (lead: string) =>
    world.hubspot.objectsOf(lead, 'leads').map(({ properties }) => properties);
  const start = async (
    leadObject: unknown = 'on',
    options: Partial<Parameters<typeof startWorld>[0]> = {},
  ) => {
    world = await startWorld({ chats: platform, amend: { lead_object: leadObject }, ...options });
  };

  test('follows a lead from the offer to its deal', async () => {
    await start();
    const lead = await demoRequest(world);
    expect(records(lead)).toMatchObject([
      {
        hs_lead_name: 'Dana Ortiz',
        hs_pipeline: 'lead-pipeline-id',
        hs_pipeline_stage: 'new-stage-id',
        hubspot_owner_id: ownerIdOf(world, ada),
      },
    ]);
    await chat().press(ada, 'accept');
    await world.settle();
    expect(records(lead)).toMatchObject([{ hs_pipeline_stage: 'new-stage-id' }]);
    await world.pass(10);
    await chat().fill(ada, 'logTouch', { did: 'noAnswer' });
    await world.settle();
    expect(records(lead)).toMatchObject([{ hs_pipeline_stage: 'attempting-stage-id' }]);
    await chat().fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    expect(records(lead)).toMatchObject([{ hs_pipeline_stage: 'connected-stage-id' }]);
    await world.pass(10);
    world.hubspot.createDeal({ dealname: 'Northwind', dealstage: 'contractsent' }, { contactId: lead });
    await world.settle();
    expect(records(lead)).toMatchObject([{ hs_pipeline_stage: 'qualified-stage-id' }]);
  });

  test('that is open is taken over, also on a board of the company’s own, and ends with its reason', async () => {
    await start(
      {
        pipeline: 'Inbound',
        stages: { attempting: 'Working' },
        reasons: { no_budget: 'No commercial interest' },
      },
      {
        prepare: (hubspot) =>
          hubspot.definePipeline('leads', {
            id: '875086945',
            label: 'Inbound',
            stages: [
              leadStage('1', 'New', 'NEW'),
              leadStage('2', 'Working', 'IN_PROGRESS'),
              leadStage('3', 'Connected', 'IN_PROGRESS'),
              leadStage('4', 'Qualified', 'QUALIFIED'),
              leadStage('5', 'Disqualified', 'UNQUALIFIED'),
            ],
          }),
      },
    );
    const lead = createLead(world);
    const made = { hs_lead_name: 'Dana', hs_pipeline: '875086945', hs_pipeline_stage: '2' };
    world.hubspot.createLeadRecord(made, { contactId: lead });
    requestDemo(world, lead);
    await world.settle();
    expect(records(lead)).toMatchObject([
      { hs_lead_name: 'Dana', hs_pipeline_stage: '2', hubspot_owner_id: ownerIdOf(world, ada) },
    ]);
    await chat().press(ada, 'accept');
    await world.settle();
    await chat().fill(ada, 'disqualify', { reason: 'no_budget' });
    await world.settle();
    expect(records(lead)).toMatchObject([
      { hs_pipeline_stage: '5', hs_lead_disqualification_reason: 'NO_INTEREST' },
    ]);
  });

  test('goes to whoever gets the lead, and stays where a rep has moved it by hand', async () => {
    await start();
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    const [id = ''] = world.hubspot.objectsOf(lead, 'leads').map((record) => record.id);
    world.hubspot.setProperties('leads', id, { hs_pipeline_stage: 'connected-stage-id' });
    await chat().fill(ada, 'logTouch', { did: 'noAnswer' });
    await world.settle();
    expect(records(lead)).toMatchObject([{ hs_pipeline_stage: 'connected-stage-id' }]);
    await chat().fill(ada, 'handBack', { reason: 'no_capacity' });
    await world.settle();
    const [record] = records(lead);
    expect(record?.['hubspot_owner_id']).not.toBe(ownerIdOf(world, ada));
    expect(record).toMatchObject({
      hubspot_owner_id: world.hubspot.object('contacts', lead)?.properties['hubspot_owner_id'],
      hs_pipeline_stage: 'connected-stage-id',
    });
  });

  test('is one, whatever breaks off', async () => {
    await start();
    world.hubspot.failNext({ method: 'POST', path: /\/leads$/, connection: 'drop-after-effect' });
    const lead = await demoRequest(world);
    expect(records(lead)).toHaveLength(1);
    await world.restart();
    await world.retryNow();
    expect(records(lead)).toHaveLength(1);
    await chat().press(ada, 'accept');
    await world.settle();
    await chat().fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    expect(records(lead)).toMatchObject([{ hs_pipeline_stage: 'connected-stage-id' }]);
  });

  test('is missed once by the admins where the scopes are missing, and nothing else is', async () => {
    await start('on', { scopes: [] });
    for (const _ of [1, 2]) {
      const lead = await demoRequest(world);
      expect(records(lead)).toEqual([]);
      expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({ hs_lead_status: 'NEW' });
    }
    const told = chat()
      .bulletins(grace)
      .filter(({ text }) => text.includes('crm.objects.leads.write'));
    expect(told).toHaveLength(1);
    expect([ada, ben].flatMap((rep) => chat().cards(rep)).length).toBeGreaterThan(0);
  });
});
