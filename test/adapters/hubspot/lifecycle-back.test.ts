import { describe, expect, test } from 'vitest';
import type { ApiVersion } from '../../../src/adapters/hubspot/paths.ts';
import { start, startPortal } from './portal.ts';

async function portalWithSql(apiVersion: ApiVersion = '2026-09', count = 1) {
  const there = await startPortal({ apiVersion });
  const leads = Array.from({ length: count }, (_, index) => {
    const id = there.portal.createContact({ email: `zoe.${index}@initech.test` });
    there.portal.setProperties('contacts', id, { lifecyclestage: 'salesqualifiedlead' });
    return id;
  });
  there.requests();
  const stageOf = (id = leads[0] ?? '') => there.portal.object('contacts', id)?.properties['lifecyclestage'];
  return { ...there, leads, leadId: leads[0] ?? '', stageOf };
}

const back = { lifecycleBack: 'lead', leadStatus: 'BAD_TIMING' } as const;

describe.each<ApiVersion>(['2026-09', 'legacy'])(
  'with the API of %s, an earlier lifecycle stage',
  (version) => {
    test('is reached by way of none, and read again', async () => {
      const { crm, leadId, stageOf, requests } = await portalWithSql(version);
      expect(await crm.writeLead(leadId, back)).toMatchObject({ refusedProperties: [] });
      expect(stageOf()).toBe('lead');
      expect(requests()).toEqual([
        `PATCH contacts/${leadId}`,
        `PATCH contacts/${leadId}`,
        'POST contacts/batch/read',
      ]);
    });

    test('costs a lot of leads two calls more, and those that go forward none', async () => {
      const { crm, leads, stageOf, requests } = await portalWithSql(version, 30);
      await crm.writeLeads(leads.map((id) => ({ id, change: back })));
      expect(leads.map(stageOf)).toEqual(leads.map(() => 'lead'));
      expect(requests()).toEqual([
        'POST contacts/batch/update',
        'POST contacts/batch/update',
        'POST contacts/batch/read',
      ]);
      await crm.writeLeads(leads.map((id) => ({ id, change: { lifecycleStage: 'salesqualifiedlead' } })));
      expect(requests()).toEqual(['POST contacts/batch/update']);
    });
  },
);

test('a stage that HubSpot does not take back is told as refused, and the rest is written', async () => {
  const { crm, portal, leadId, stageOf } = await portalWithSql();
  const unknown = { ...back, lifecycleBack: 'no_such_stage' };
  expect(await crm.writeLead(leadId, unknown)).toMatchObject({ refusedProperties: ['lifecyclestage'] });
  expect(stageOf()).toBeUndefined();
  expect(portal.object('contacts', leadId)?.properties['hs_lead_status']).toBe('BAD_TIMING');
});

test('two contacts that are the same have one note between them, also when the attempt before broke off', async () => {
  const { crm, portal, leadId } = await portalWithSql();
  const otherId = portal.createContact({ email: 'z@initech.test' });
  const handoffId = '0d7ad8c4-5b9e-4a4c-9f3b-0c7f8f2b6a11';
  const duplicate = { handoffId, leadId, otherId, ownerId: null, at: start };
  for (const mayExist of [false, true]) {
    expect(await crm.linkDuplicates([{ duplicate, mayExist }])).toEqual([{ ok: true, value: undefined }]);
  }
  const [ofOne, ofOther] = [leadId, otherId].map((id) => portal.objectsOf(id, 'notes'));
  expect(ofOne).toHaveLength(1);
  expect(ofOther).toEqual(ofOne);
  expect(ofOne?.[0]?.properties['hs_note_body']).toContain(`/record/0-1/${otherId}`);
});
