import { describe, expect, test } from 'vitest';
import { apiVersions } from '../../../sandbox/hubspot/api-versions.ts';
import { call } from '../../../sandbox/hubspot/engagements.ts';
import { addressIn } from '../../../src/adapters/hubspot/paths.ts';
import { handoffProperties, setupProperties } from '../../../src/adapters/hubspot/properties.ts';
import { start, startPortal } from './portal.ts';

describe.each(apiVersions)('in the API %s', (apiVersion) => {
  const pathsOf = {
    '2026-09': /^\/(crm\/\w+|scheduler)\/2026-09(\/|$)/,
    legacy: /^\/(crm\/v[34]|scheduler\/v3)\//,
  };

  test('a lead is read, written, searched for and given a task, at paths of this version alone', async () => {
    const { portal, crm } = await startPortal({ apiVersion });
    const ownerId = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
    const accountId = portal.createCompany({ name: 'Initech', domain: 'initech.test' });
    const leadId = portal.createContact({ email: 'zoe@initech.test', firstname: 'Zoë' });
    portal.log(call(), { contactId: leadId });
    const dealId = portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId: leadId });

    expect(await crm.lead(leadId)).toMatchObject({
      name: 'Zoë',
      // Nobody has set it: its value is null.
      jobTitle: null,
      account: { name: 'Initech' },
      activities: [{ kind: 'call' }],
      deals: [{ id: dealId }],
    });
    await crm.writeLead(leadId, { ownerId, leadStatus: 'OPEN', record: { trigger: 'demo' } });
    expect(portal.object('contacts', leadId)?.properties).toMatchObject({
      hs_lead_status: 'OPEN',
      handoff_trigger: 'demo',
    });
    const task = { handoffId: 'h-1', leadId, accountId, ownerId, subject: 'Call', body: '', dueAt: start };
    const taskId = await crm.createTask(task);
    expect(await crm.findTask(task)).toBe(taskId);
    await crm.completeTask(taskId);
    expect(portal.object('tasks', taskId)?.properties['hs_task_status']).toBe('COMPLETED');
    expect(await crm.owners()).toMatchObject([{ id: ownerId, email: 'ann@acme.test', active: true }]);
    const changed: string[] = [];
    for await (const leads of crm.leadsChangedSince(start)) changed.push(...leads.map(({ id }) => id));
    expect(changed).toEqual([leadId]);
    expect(await crm.gone([leadId, '404'])).toEqual(['404']);
    const { pipelines } = await crm.choices(['deals', 'leads']);
    expect([pipelines.deals?.[0]?.id, pipelines.leads?.[0]?.id]).toEqual(['default', 'lead-pipeline-id']);

    const asked = portal.requests.map(({ path }) => path);
    expect(asked.length).toBeGreaterThan(12);
    expect(asked.filter((path) => !pathsOf[apiVersion].test(path))).toEqual([]);
  });

  test('setup makes our properties', async () => {
    const { hubspot, portal } = await startPortal({ apiVersion, withHandoffProperties: false });
    expect(await setupProperties(hubspot)).toEqual(handoffProperties.map(({ name }) => name));
    expect(await setupProperties(hubspot)).toEqual([]);
    expect(portal.requests.filter(({ path }) => !pathsOf[apiVersion].test(path))).toEqual([]);
  });

  test('what fails of a batch is told by itself', async () => {
    const { portal, hubspot } = await startPortal({ apiVersion });
    const leadId = portal.createContact({ email: 'zoe@initech.test' });
    const read = await hubspot.read('read contacts', (crm) =>
      crm.objects.batchApi.read('contacts', {
        inputs: [{ id: leadId }, { id: '404' }],
        properties: [],
        propertiesWithHistory: [],
      }),
    );
    expect(read.results.map(({ id }) => id)).toEqual([leadId]);
    expect('errors' in read && read.errors).toMatchObject([{ category: 'OBJECT_NOT_FOUND' }]);
    expect(portal.requests.at(-1)?.status).toBe(apiVersion === 'legacy' ? 207 : 200);
  });
});

test.each([
  ['https://api.hubapi.com/crm/v3/objects/contacts/7?properties=email', '/crm/objects/2026-09/contacts/7'],
  ['https://api.hubapi.com/crm/v3/owners/?limit=500', '/crm/owners/2026-09'],
  ['https://api.hubapi.com/crm/v4/associations/a/b/batch/read', '/crm/associations/2026-09/a/b/batch/read'],
  [
    'https://proxy.example.com/hubspot/crm/v3/properties/contacts',
    '/hubspot/crm/properties/2026-09/contacts',
  ],
])('%s is asked at its dated path, with its query', (address, path) => {
  const { pathname, search, origin } = new URL(addressIn('2026-09', address));
  expect(pathname).toBe(path);
  expect({ search, origin }).toEqual({ search: new URL(address).search, origin: new URL(address).origin });
});

test('a path that is in no table is not asked for', () => {
  expect(() => addressIn('2026-09', 'https://api.hubapi.com/marketing/v3/emails')).toThrow(
    "No path of HubSpot's for /marketing/v3/emails: expected it in the table",
  );
});
