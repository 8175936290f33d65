import { Client } from '@hubspot/api-client';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { dealStage } from '../../sandbox/hubspot/pipelines.ts';
import { type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';

const now = new Date('2026-11-20T10:00:00Z');
let hubspot: HubSpotServer;
let client: Client;

beforeEach(async () => {
  const server = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => now,
    limits: 'off',
  });
  onTestFinished(() => server.close());
  hubspot = server;
  client = new Client({ accessToken: 'pat-test', basePath: hubspot.url });
});

const renewals = {
  id: '871',
  label: 'Renewals',
  stages: [dealStage('8711', 'Due', 0.5), dealStage('8712', 'Renewed', 1), dealStage('8713', 'Lost', 0)],
};

async function refusal(call: Promise<unknown>): Promise<{ code: number; body: unknown }> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) throw new Error('Expected HubSpot to refuse the call');
  return error as { code: number; body: unknown };
}

describe('pipelines', () => {
  test('are listed with their stages, of which the closed ones say so; by name and by type id', async () => {
    hubspot.definePipeline('deals', renewals);
    const { results } = await client.crm.pipelines.pipelinesApi.getAll('deals');
    expect(results.map(({ id, label, displayOrder }) => [id, label, displayOrder])).toEqual([
      ['default', 'Sales Pipeline', 0],
      ['871', 'Renewals', 1],
    ]);
    expect(results[0]?.stages.at(-1)).toMatchObject({
      id: 'closedlost',
      label: 'Closed Lost',
      displayOrder: 6,
      metadata: { isClosed: 'true', probability: '0.0' },
    });
    const byId = await client.crm.pipelines.pipelinesApi.getById('0-3', '871');
    expect(byId.stages.map(({ metadata }) => metadata?.['isClosed'])).toEqual(['false', 'true', 'true']);
    const leads = await client.crm.pipelines.pipelinesApi.getAll('0-136');
    expect(leads.results[0]).toMatchObject({ id: 'lead-pipeline-id', label: 'Lead pipeline' });
  });

  test('of other objects and other ids there are none', async () => {
    const { pipelinesApi } = client.crm.pipelines;
    expect(await refusal(pipelinesApi.getAll('contacts'))).toMatchObject({ code: 400 });
    expect(await refusal(pipelinesApi.getById('deals', '404'))).toMatchObject({ code: 404 });
  });
});

describe('a deal', () => {
  const create = (properties: Record<string, string>) =>
    client.crm.deals.basicApi.create({ properties: { dealname: 'Seats', ...properties }, associations: [] });

  test('stands in a stage of its pipeline, which is the sales pipeline unless told otherwise', async () => {
    hubspot.definePipeline('deals', renewals);
    const { id } = await create({ dealstage: 'appointmentscheduled' });
    expect(hubspot.object('deals', id)?.properties).toMatchObject({ pipeline: 'default' });
    await create({ pipeline: '871', dealstage: '8711' });
    for (const wrong of [
      { dealstage: '8711' },
      { pipeline: '871', dealstage: 'closedwon' },
      { pipeline: '871', dealstage: 'nowhere' },
      { pipeline: 'nowhere', dealstage: '8711' },
    ]) {
      const { code, body } = await refusal(create(wrong));
      expect(code).toBe(400);
      expect(body).toMatchObject({ category: 'VALIDATION_ERROR', errors: [{ code: 'INVALID_OPTION' }] });
    }
  });

  test('in a stage of another pipeline is closed as that stage says', async () => {
    hubspot.definePipeline('deals', renewals);
    const { id } = await create({ pipeline: '871', dealstage: '8711' });
    await client.crm.deals.basicApi.update(id, { properties: { dealstage: '8712' } });
    expect(hubspot.object('deals', id)?.properties).toMatchObject({
      hs_is_closed: 'true',
      hs_is_closed_won: 'true',
    });
  });

  test('with a value that only one record may have is refused when another has it', async () => {
    const property = { name: 'handoff_id', label: 'Handoff', type: 'string', fieldType: 'text' } as const;
    hubspot.defineProperty('deals', { ...property, hasUniqueValue: true });
    const values = { dealstage: 'appointmentscheduled', handoff_id: 'h-1' };
    const { id } = await create(values);
    const { code, body } = await refusal(create(values));
    expect(code).toBe(400);
    expect(body).toMatchObject({ errors: [{ code: 'CONFLICTING_UNIQUE_VALUE' }] });
    const { results } = await client.crm.deals.batchApi.read({
      idProperty: 'handoff_id',
      inputs: [{ id: 'h-1' }],
      properties: [],
      propertiesWithHistory: [],
    });
    expect(results.map((one) => one.id)).toEqual([id]);
  });
});
