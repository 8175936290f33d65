import { expect, test } from 'vitest';
import { minutesAfter } from '../../support/examples.ts';
import { start, startPortal } from './portal.ts';

const forbidden = { status: 403, body: { status: 'error', category: 'MISSING_SCOPES', message: 'No deals' } };

/** A lead at a company, in a portal whose policy asks for open deals unless told otherwise. */
async function portalWithDeals({ openDeals = true }: { openDeals?: boolean } = {}) {
  const test = await startPortal({ properties: { openDeals } });
  const companyId = test.portal.createCompany({ name: 'Initech' });
  const contactId = test.portal.createContact({ email: 'zoe@initech.test' }, { companyId });
  const deal = (dealstage: string, related: { contactId?: string; companyId?: string }) =>
    test.portal.createDeal({ dealname: 'Seats', dealstage }, related);
  const openDealsOf = async (id = contactId) => (await test.crm.lead(id))?.openDeals;
  return { ...test, companyId, contactId, deal, openDealsOf };
}

test('open deals of the lead and of its company count, each once', async () => {
  const { contactId, companyId, deal, openDealsOf } = await portalWithDeals();
  expect(await openDealsOf()).toBe(0);
  deal('contractsent', { contactId });
  deal('appointmentscheduled', { companyId });
  deal('qualifiedtobuy', { contactId, companyId });
  deal('closedwon', { contactId, companyId });
  deal('closedlost', { companyId });
  expect(await openDealsOf()).toBe(3);
});

test('a deal that is closed counts no more', async () => {
  const { portal, contactId, deal, openDealsOf } = await portalWithDeals();
  const id = deal('contractsent', { contactId });
  expect(await openDealsOf()).toBe(1);
  portal.setProperties('deals', id, { dealstage: 'closedwon' });
  expect(await openDealsOf()).toBe(0);
});

test('deals of a company that the lead was matched to count as well', async () => {
  const { portal, deal, openDealsOf } = await portalWithDeals();
  const companyId = portal.createCompany({ name: 'Hooli', domain: 'hooli.test' });
  deal('contractsent', { companyId });
  expect(await openDealsOf(portal.createContact({ email: 'gavin@hooli.test' }))).toBe(1);
});

test('they cost one request, and another when there are any deals', async () => {
  const { contactId, deal, openDealsOf, requests } = await portalWithDeals();
  requests();
  await openDealsOf();
  const usual = [`GET contacts/${contactId}`, 'POST companies/batch/read'];
  const ofCompany = 'POST associations/companies/deals/batch/read';
  expect(requests().sort()).toEqual([...usual, ofCompany].sort());
  deal('contractsent', { contactId });
  await openDealsOf();
  expect(requests().sort()).toEqual([...usual, ofCompany, 'POST deals/batch/read'].sort());
});

test('many leads at once share the requests for their deals', async () => {
  const { portal, crm, requests } = await startPortal({ properties: { openDeals: true }, concurrency: 2 });
  const ids = Array.from({ length: 20 }, (_, index) => {
    const companyId = portal.createCompany({ name: `Company ${index}` });
    if (index % 2 === 0) portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { companyId });
    return portal.createContact({ email: `c${index}@acme.test` }, { companyId });
  });
  const leads = await Promise.all(ids.map((id) => crm.lead(id)));
  expect(leads.map((lead) => lead?.openDeals)).toEqual(ids.map((_, index) => (index % 2 === 0 ? 1 : 0)));
  expect(requests().filter((request) => request.includes('deals')).length).toBeLessThan(10);
});

test('a policy that does not ask for open deals costs no request for those of the company', async () => {
  const { contactId, companyId, deal, openDealsOf, requests } = await portalWithDeals({ openDeals: false });
  deal('contractsent', { companyId });
  requests();
  expect(await openDealsOf()).toBeNull();
  expect(requests().filter((request) => request.includes('deals'))).toEqual([]);
  deal('contractsent', { contactId });
  expect(await openDealsOf()).toBeNull();
  expect(requests().filter((request) => request.includes('deals'))).toEqual(['POST deals/batch/read']);
});

test.each([true, false])(
  "the lead's own deals are known, newest first, with when each was won or lost (open deals counted: %s)",
  async (openDeals) => {
    const { portal, crm, wait, contactId, companyId, deal } = await portalWithDeals({ openDeals });
    const lost = deal('closedlost', { contactId });
    wait(10);
    const open = deal('contractsent', { contactId, companyId });
    const made = wait(10);
    const won = deal('contractsent', { contactId });
    const ofCompany = deal('contractsent', { companyId });
    const wonAt = wait(10);
    portal.setProperties('deals', won, { dealstage: 'closedwon' });
    const lead = await crm.lead(contactId);
    expect(lead?.deals).toMatchObject([
      { id: won, createdAt: made, wonAt, lostAt: null },
      { id: open, createdAt: minutesAfter(start, 10), wonAt: null, lostAt: null },
      { id: lost, createdAt: start, wonAt: null, lostAt: start },
    ]);
    expect(lead?.accountDeals).toMatchObject(openDeals ? [{ id: ofCompany, wonAt: null, lostAt: null }] : []);
  },
);

test('of many deals of the lead the newest ten are known, and all are counted', async () => {
  const { crm, contactId, deal } = await portalWithDeals();
  const ids = Array.from({ length: 12 }, () => deal('contractsent', { contactId }));
  const lead = await crm.lead(contactId);
  expect(lead?.deals.map(({ id }) => id).sort()).toEqual(ids.slice(2));
  expect(lead?.openDeals).toBe(12);
});

test('of a company with 700 deals every one is looked at, the oldest as well', async () => {
  const { companyId, contactId, deal, openDealsOf, requests } = await portalWithDeals();
  deal('contractsent', { companyId });
  for (let made = 1; made < 699; made += 1) deal('closedlost', { companyId });
  deal('contractsent', { companyId, contactId });
  requests();
  expect(await openDealsOf()).toBe(2);
  const asked = requests().filter((request) => request.includes('deals'));
  // Associations come in pages of 500, and records of 100.
  expect(asked.filter((request) => request.includes('associations'))).toHaveLength(2);
  expect(asked.filter((request) => request.includes('deals/batch/read'))).toHaveLength(9);
});

test.each([
  ['the contact with its deals', /contacts\/\d+$/],
  ['the deals of its company', /companies\/deals/],
  ['deals', /deals\/batch\/read$/],
])('without the right to read %s there are no deals, and the lead is read', async (_, path) => {
  const { portal, crm, contactId, deal } = await portalWithDeals();
  deal('contractsent', { contactId });
  portal.failNext({ path, ...forbidden });
  expect(await crm.lead(contactId)).toMatchObject({
    email: 'zoe@initech.test',
    account: { name: 'Initech' },
    deals: [],
    openDeals: null,
  });
});

test('a server that fails for a moment makes the lead be read again', async () => {
  const { portal, crm, contactId, deal } = await portalWithDeals();
  deal('contractsent', { contactId });
  portal.failNext({ path: /deals\/batch\/read$/, status: 503 });
  await expect(crm.lead(contactId)).rejects.toMatchObject({ name: 'TemporaryFailure' });
});
