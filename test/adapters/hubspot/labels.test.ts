import { describe, expect, test } from 'vitest';
import { startPortal } from './portal.ts';

const forbidden = { status: 403, body: { status: 'error', category: 'MISSING_SCOPES', message: 'no' } };

async function portalWithLead(options: Parameters<typeof startPortal>[0] = {}) {
  const test = await startPortal(options);
  const { portal } = test;
  const companyId = portal.createCompany({ name: 'Initech', industry: 'TRANSPORTATION_TRUCKING_RAILROAD' });
  const leadId = portal.createContact(
    { email: 'zoe@initech.test', lifecyclestage: 'lead', hs_latest_source: 'AI_REFERRALS' },
    { companyId, source: 'IMPORT' },
  );
  const labels = async () => (await test.crm.lead(leadId))?.labels;
  return { ...test, leadId, labels };
}

const asked = (requests: readonly string[]) => requests.filter((one) => !one.includes('batch')).sort();

describe.each(['2026-09', 'legacy'] as const)(
  'what a lead has is read with its labels (%s)',
  (apiVersion) => {
    test('which the portal’s admin gives', async () => {
      const { portal, labels, leadId } = await portalWithLead({
        apiVersion,
        properties: { product: 'product' },
      });
      portal.defineProperty('contacts', {
        ...{ name: 'product', label: 'Product', type: 'enumeration', fieldType: 'select' },
        options: [{ value: 'p_1', label: 'Route planner' }],
      });
      portal.setProperties('contacts', leadId, { lifecyclestage: 'marketingqualifiedlead', product: 'p_1' });
      expect(await labels()).toEqual({
        industry: { TRANSPORTATION_TRUCKING_RAILROAD: 'Transportation/Trucking/Railroad' },
        lifecycleStage: { lead: 'Lead', marketingqualifiedlead: 'Marketing Qualified Lead' },
        source: { AI_REFERRALS: 'AI referrals' },
        product: { p_1: 'Route planner' },
      });
    });

    test('of which HubSpot is asked once an hour, for all leads', async () => {
      const { labels, leadId, requests, wait } = await portalWithLead({ apiVersion });
      await labels();
      const first = ['GET properties/companies/industry', 'GET properties/contacts'];
      expect(asked(requests({ withLabels: true }))).toEqual([`GET contacts/${leadId}`, ...first]);
      wait(59);
      await labels();
      expect(asked(requests({ withLabels: true }))).toEqual([`GET contacts/${leadId}`]);
      wait(1);
      await labels();
      expect(asked(requests({ withLabels: true }))).toEqual([`GET contacts/${leadId}`, ...first]);
    });
  },
);

test.each(['companies/industry', 'contacts'])('without the labels of %s the lead is read', async (path) => {
  const { portal, crm, leadId } = await portalWithLead();
  portal.failNext({
    path: path === 'contacts' ? /properties.*contacts$/ : /properties.*industry$/,
    ...forbidden,
  });
  expect(await crm.lead(leadId)).toMatchObject({
    email: 'zoe@initech.test',
    labels: path === 'contacts' ? { industry: {} } : { lifecycleStage: { lead: 'Lead' } },
  });
});

test('a deal shows the label of its stage; without the right to see pipelines it shows none', async () => {
  const { portal, crm, leadId, wait } = await portalWithLead();
  portal.createDeal({ dealname: '60 seats', dealstage: 'contractsent' }, { contactId: leadId });
  portal.failNext({ path: /pipelines/, ...forbidden });
  const stages = async () => (await crm.lead(leadId))?.deals.map(({ name, stage }) => [name, stage]);
  expect(await stages()).toEqual([['60 seats', null]]);
  wait(60);
  expect(await stages()).toEqual([['60 seats', 'Contract Sent']]);
});
