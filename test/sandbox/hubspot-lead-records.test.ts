import { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/AssociationSpec.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startHubSpot } from '../../sandbox/hubspot/server.ts';

const names = { hs_lead_name: 'Dana Ortiz' };
const read = 'crm.objects.leads.read';
const write = 'crm.objects.leads.write';

/** A portal with a contact, and the library on it. */
async function portal(options: { scopes?: readonly string[] } = {}) {
  let now = new Date('2026-11-20T10:00:00Z');
  const hubspot = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => now,
    limits: 'off',
    ...options,
  });
  onTestFinished(() => hubspot.close());
  const contactId = hubspot.createContact({ email: 'dana@acme.test' });
  const { crm } = new Client({ accessToken: 'pat-test', basePath: hubspot.url });
  const leads = crm.objects.leads.basicApi;
  const create = (properties: Record<string, string>, ...types: number[]) => {
    const associationCategory = AssociationSpecAssociationCategoryEnum.HubspotDefined;
    const associations = types.map((associationTypeId) => ({
      to: { id: contactId },
      types: [{ associationCategory, associationTypeId }],
    }));
    return leads.create({ properties, associations });
  };
  const valuesOf = async (id: string) =>
    (await leads.getById(id, ['hs_pipeline', 'hs_pipeline_stage', 'hs_primary_contact_id'])).properties;
  return {
    hubspot,
    crm,
    leads,
    contactId,
    create,
    valuesOf,
    waitSeconds: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1_000);
    },
  };
}

const refused = async (call: Promise<unknown>) => {
  const answer = await call.then(
    () => ({ code: 200 }),
    (error: unknown) => error as { code: number; body: { category?: string } },
  );
  return [answer.code, 'body' in answer ? answer.body.category : null];
};

describe('a record of the Lead object', () => {
  test('needs a name, and its primary contact, when it is made', async () => {
    const { create } = await portal();
    expect(await refused(create({}, 578))).toEqual([400, 'VALIDATION_ERROR']);
    expect(await refused(create(names))).toEqual([400, 'VALIDATION_ERROR']);
    expect(await refused(create(names, 608))).toEqual([400, 'VALIDATION_ERROR']);
    expect(await refused(create(names, 578))).toEqual([200, null]);
  });

  test('is new in the first pipeline unless told otherwise, and never in a stage of another', async () => {
    const { create, valuesOf, leads } = await portal();
    const { id } = await create(names, 578);
    expect(await valuesOf(id)).toMatchObject({
      hs_pipeline: 'lead-pipeline-id',
      hs_pipeline_stage: 'new-stage-id',
    });
    const stray = leads.update(id, { properties: { hs_pipeline_stage: 'appointmentscheduled' } });
    expect(await refused(stray)).toEqual([400, 'VALIDATION_ERROR']);
  });

  test('tells some seconds later whose it is', async () => {
    const { create, valuesOf, waitSeconds, contactId } = await portal();
    const { id } = await create(names, 578);
    expect(await valuesOf(id)).toMatchObject({ hs_primary_contact_id: null });
    waitSeconds(10);
    expect(await valuesOf(id)).toMatchObject({ hs_primary_contact_id: contactId });
  });

  test('is no more without its primary contact', async () => {
    const { create, leads, crm, contactId } = await portal();
    const { id } = await create(names, 578);
    await crm.associations.v4.basicApi.archive('leads', id, 'contacts', contactId);
    expect(await refused(leads.getById(id))).toEqual([404, 'OBJECT_NOT_FOUND']);
  });

  test('goes on with a contact that was merged', async () => {
    const { hubspot, create, contactId } = await portal();
    const { id } = await create(names, 578);
    const merged = hubspot.mergeContacts(hubspot.createContact({ email: 'd@acme.test' }), contactId);
    expect(hubspot.objectsOf(merged, 'leads').map((record) => record.id)).toEqual([id]);
  });

  test('is behind its scopes, wherever it is asked for', async () => {
    const without = await portal({ scopes: [] });
    const calls = [
      without.leads.getPage(),
      without.crm.pipelines.pipelinesApi.getAll('leads'),
      without.crm.properties.coreApi.getAll('0-136'),
      without.crm.associations.v4.batchApi.getPage('contacts', 'leads', { inputs: [{ id: '1' }] }),
    ];
    for (const call of calls) expect(await refused(call)).toEqual([403, 'MISSING_SCOPES']);
    const reading = await portal({ scopes: [read] });
    expect(await refused(reading.leads.getPage())).toEqual([200, null]);
    expect(await refused(reading.create(names, 578))).toEqual([403, 'MISSING_SCOPES']);
    const both = await portal({ scopes: [read, write] });
    expect(await refused(both.create(names, 578))).toEqual([200, null]);
  });
});
