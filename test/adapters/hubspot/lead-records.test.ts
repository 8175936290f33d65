import { describe, expect, test } from 'vitest';
import { apiVersions } from '../../../sandbox/hubspot/api-versions.ts';
import { leadStage } from '../../../sandbox/hubspot/pipelines.ts';
import { leadRecords } from '../../../src/adapters/hubspot/lead-records.ts';
import { only, resultOf } from '../../../src/flow/ports/crm.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import type { NewLeadRecord } from '../../../src/flow/ports/lead-records.ts';
import { startPortal } from './portal.ts';

describe.each(apiVersions)('in the API %s, HubSpot’s Lead object', (apiVersion) => {
  /** A portal with so many contacts at one company. */
  async function portalWith(count: number, options: Parameters<typeof startPortal>[0] = {}) {
    const test = await startPortal({ apiVersion, ...options });
    const { portal, hubspot, wait } = test;
    const ownerId = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
    const accountId = portal.createCompany({ name: 'Initech' });
    const leads = Array.from({ length: count }, (_, index) =>
      portal.createContact({ email: `c${index}@initech.test` }, { companyId: accountId }),
    );
    const [leadId = ''] = leads;
    const record = (override: Partial<NewLeadRecord> = {}): NewLeadRecord => ({
      leadId,
      accountId,
      name: 'Dana Ortiz',
      pipeline: 'lead-pipeline-id',
      stage: 'new-stage-id',
      ownerId,
      ...override,
    });
    test.requests();
    const port = leadRecords(hubspot, () => wait(0));
    return { ...test, port, leads, leadId, ownerId, accountId, record };
  }

  test('has the portal’s pipelines and reasons, which are remembered for some minutes', async () => {
    const { port, portal, wait, requests } = await portalWith(0);
    portal.definePipeline('leads', {
      id: '875086945',
      label: 'Outbound',
      stages: [leadStage('1', 'New', 'NEW'), leadStage('2', 'Done', 'QUALIFIED')],
    });
    const known = await port.portal();
    expect(known?.pipelines).toMatchObject([
      { id: 'lead-pipeline-id', stages: { length: 5 } },
      {
        label: 'Outbound',
        stages: [
          { id: '1', isClosed: false },
          { id: '2', isClosed: true },
        ],
      },
    ]);
    expect(known?.reasons).toContainEqual({ id: 'NOT_A_GOOD_FIT', label: 'Not a good fit' });
    await port.portal();
    expect(requests().sort()).toEqual([
      'GET pipelines/leads',
      'GET properties/leads/hs_lead_disqualification_reason',
    ]);
    wait(10);
    await port.portal();
    expect(requests()).toHaveLength(2);
  });

  test('is not there for an app without the scopes', async () => {
    const { port } = await portalWith(0, { scopes: [] });
    expect(await port.portal()).toBeNull();
  });

  test('is read again after HubSpot was away', async () => {
    const { port, portal } = await portalWith(0);
    portal.failNext({ status: 503 });
    await expect(port.portal()).rejects.toThrow(TemporaryFailure);
    expect(await port.portal()).not.toBeNull();
  });

  test('is made for a hundred contacts in one request, each the primary contact, with the company', async () => {
    const { port, portal, leads, record, requests, ownerId, accountId } = await portalWith(100);
    const made = await port.create(leads.map((leadId, index) => record({ leadId, name: `Lead ${index}` })));
    expect(requests()).toEqual(['POST leads/batch/create']);
    const ids = made.map(resultOf);
    expect(new Set(ids).size).toBe(100);
    expect(portal.object('leads', ids[7] ?? '')).toMatchObject({
      properties: {
        hs_lead_name: 'Lead 7',
        hs_pipeline: 'lead-pipeline-id',
        hs_pipeline_stage: 'new-stage-id',
        hubspot_owner_id: ownerId,
      },
      associations: { contacts: [leads[7]], companies: [accountId] },
    });
  });

  test('is made without an owner that HubSpot will not take, and without a company that is gone', async () => {
    const { port, portal, record, accountId } = await portalWith(1);
    portal.deleteRecord('companies', accountId);
    const id = only(await port.create([record({ ownerId: '999' })]));
    const made = portal.object('leads', id);
    expect(made?.properties).not.toHaveProperty('hubspot_owner_id');
    expect(made?.associations).not.toHaveProperty('companies');
  });

  test('of contacts is found in two requests, the newest first, also before HubSpot knows whose it is', async () => {
    const { port, leads, leadId, record, requests, wait } = await portalWith(3);
    const [first] = (await port.create([record()])).map(resultOf);
    wait(5);
    const [second] = (await port.create([record()])).map(resultOf);
    requests();
    const found = (await port.find(leads.map((one) => ({ leadId: one, recordId: null })))).map(resultOf);
    expect(found.map((records) => records.map(({ id }) => id))).toEqual([[second, first], [], []]);
    expect(requests()).toEqual(['POST associations/contacts/leads/batch/read', 'POST leads/batch/read']);
    expect(found[0]?.[0]).toMatchObject({ pipeline: 'lead-pipeline-id', stage: 'new-stage-id' });
    expect(leadId).toBe(leads[0]);
  });

  test('of which the contact is not the primary one is somebody else’s', async () => {
    const { port, portal, leads, leadId, record, wait } = await portalWith(2);
    const id = only(await port.create([record()]));
    const colleague = leads[1] ?? '';
    portal.associate({ type: 'leads', id }, { type: 'contacts', id: colleague });
    wait(1);
    portal.catchUp();
    const found = await port.find([leadId, colleague].map((one) => ({ leadId: one, recordId: null })));
    expect(found.map(resultOf)).toMatchObject([[{ id }], []]);
  });

  test('that is known is read by its id; one that was deleted is not there', async () => {
    const { port, portal, leadId, record, requests } = await portalWith(1);
    const [kept = '', deleted = ''] = (await port.create([record(), record()])).map(resultOf);
    portal.deleteRecord('leads', deleted);
    requests();
    const found = await port.find([kept, deleted].map((recordId) => ({ leadId, recordId })));
    expect(found.map(resultOf)).toMatchObject([[{ id: kept }], []]);
    expect(requests()).toEqual(['POST leads/batch/read']);
  });

  test('goes to stage, reason and owner in one request for all, and without a reason that is not there', async () => {
    const { port, portal, leads, record, requests } = await portalWith(2);
    const made = await port.create(leads.map((leadId) => record({ leadId })));
    const [first = '', second = ''] = made.map(resultOf);
    const ben = portal.createOwner({ email: 'ben@acme.test', firstName: 'Ben', lastName: 'Oz' }).id;
    requests();
    const changed = await port.update([
      { recordId: first, stage: 'unqualified-stage-id', reason: 'NOT_A_GOOD_FIT' },
      { recordId: second, stage: 'attempting-stage-id', ownerId: ben },
    ]);
    expect(changed.map(resultOf)).toEqual([undefined, undefined]);
    expect(requests()).toEqual(['POST leads/batch/update']);
    const valuesOf = (id: string) => portal.object('leads', id)?.properties ?? {};
    expect(valuesOf(first)).toMatchObject({
      hs_pipeline_stage: 'unqualified-stage-id',
      hs_lead_disqualification_reason: 'NOT_A_GOOD_FIT',
    });
    expect(valuesOf(second)).toMatchObject({
      hs_pipeline_stage: 'attempting-stage-id',
      hubspot_owner_id: ben,
    });

    const noReason = { recordId: second, stage: 'unqualified-stage-id', reason: 'SPAM' };
    expect(only(await port.update([noReason]))).toBeUndefined();
    expect(valuesOf(second)['hs_pipeline_stage']).toBe('unqualified-stage-id');
    expect(
      only(await port.update([{ recordId: first, stage: 'new-stage-id', reason: null }])),
    ).toBeUndefined();
    expect(valuesOf(first)).not.toHaveProperty('hs_lead_disqualification_reason');
  });

  // The older API knows no such rules.
  if (apiVersion === '2026-09') {
    test('is not closed without the reason that the admin demands', async () => {
      const { port, portal, record } = await portalWith(1);
      const required = 'hs_lead_disqualification_reason';
      const stage = 'unqualified-stage-id';
      portal.demand({ type: 'leads', required, when: { property: 'hs_pipeline_stage', value: stage } });
      const recordId = only(await port.create([record()]));
      const [refused] = await port.update([{ recordId, stage }]);
      expect(refused).toMatchObject({ ok: false, error: { name: 'PermanentFailure' } });
      expect(only(await port.update([{ recordId, stage, reason: 'NO_INTEREST' }]))).toBeUndefined();
      expect(portal.object('leads', recordId)?.properties['hs_pipeline_stage']).toBe(stage);
    });
  }

  test('that somebody deleted needs no more upkeep', async () => {
    const { port, portal, leads, record } = await portalWith(2);
    const made = await port.create(leads.map((leadId) => record({ leadId })));
    const [first = '', second = ''] = made.map(resultOf);
    portal.deleteRecord('leads', first);
    const stage = 'connected-stage-id';
    const changed = await port.update([first, second].map((recordId) => ({ recordId, stage })));
    expect(changed.map(resultOf)).toEqual([undefined, undefined]);
    expect(portal.object('leads', second)?.properties['hs_pipeline_stage']).toBe(stage);
  });

  test('of an attempt whose end is unknown is among those of the contact', async () => {
    const { port, portal, leadId, record } = await portalWith(1);
    portal.failNext({ method: 'POST', connection: 'drop-after-effect' });
    const [outcome] = await port.create([record()]);
    expect(outcome).toMatchObject({ ok: false, error: { outcome: 'unknown' } });
    expect(only(await port.find([{ leadId, recordId: null }]))).toHaveLength(1);
  });
});
