import { describe, expect, test } from 'vitest';
import { apiVersions } from '../../../sandbox/hubspot/api-versions.ts';
import { type Outcome, resultOf } from '../../../src/flow/ports/crm.ts';
import { startPortal, type TestPortal } from './portal.ts';

// What fails of a batch is told in another way in each.
describe.each(apiVersions)('in the API %s', (apiVersion) => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

  /** Contacts with nothing around them. */
  function seedContacts({ portal }: TestPortal, count: number): string[] {
    return numbers(count).map((index) => portal.createContact({ email: `c${index}@acme.test` }));
  }

  /** How often each request was made, without its method. */
  function countsOf(requests: readonly string[]): Record<string, number> {
    const paths = requests.map((request) => request.replace(/^\w+ /, ''));
    return Object.fromEntries(
      [...Map.groupBy(paths, (path) => path)].map(([path, all]) => [path, all.length]),
    );
  }

  const emailsOf = (outcomes: readonly Outcome<{ email: string | null } | null>[]) =>
    outcomes.map((outcome) => resultOf(outcome)?.email);

  const failedOf = (outcomes: readonly Outcome<unknown>[]) =>
    outcomes.flatMap((outcome, index) => (outcome.ok ? [] : [index]));

  test('a hundred leads with their companies, deals and activities cost seventeen requests, in any order', async () => {
    const test = await startPortal({ apiVersion });
    const { portal, crm, requests } = test;
    const ids = numbers(100).map((index) => {
      const companyId = portal.createCompany({ name: `Company ${index}` });
      const contactId = portal.createContact({ email: `c${index}@acme.test` }, { companyId });
      portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId });
      portal.logEngagement('calls', { hs_call_title: `Call ${index}` }, { contactId });
      portal.logEngagement('emails', { hs_email_subject: 'Re', hs_email_direction: 'EMAIL' }, { contactId });
      portal.logEngagement('meetings', { hs_meeting_title: 'Demo' }, { contactId });
      portal.logEngagement('notes', { hs_note_body: 'Big' }, { contactId });
      portal.logEngagement('communications', { hs_communication_body: 'Hi' }, { contactId });
      return contactId;
    });
    requests();
    const backwards = ids.toReversed();
    const leads = (await crm.leads(backwards, 'card')).map(resultOf);
    expect(countsOf(requests())).toEqual({
      'contacts/batch/read': 2,
      ...Object.fromEntries(
        ['companies', 'deals', 'calls', 'emails', 'meetings', 'notes', 'tasks', 'communications'].map(
          (type) => [`associations/contacts/${type}/batch/read`, 1],
        ),
      ),
      ...Object.fromEntries(
        ['companies', 'deals', 'calls', 'emails', 'meetings', 'notes', 'communications'].map((type) => [
          `${type}/batch/read`,
          1,
        ]),
      ),
    });
    expect(leads.map((lead) => lead?.id)).toEqual(backwards);
    expect(leads[99]).toMatchObject({ email: 'c0@acme.test', account: { name: 'Company 0' } });
    expect(leads[99]?.deals).toHaveLength(1);
    expect(leads.map((lead) => lead?.activities.length)).toEqual(ids.map(() => 5));
    expect(leads[0]?.activities.map(({ title }) => title)).toContain('Call 99');
  });

  test('read together a lead is the same as read alone', async () => {
    const test = await startPortal({ apiVersion, properties: { openDeals: true } });
    const { portal, crm, wait } = test;
    const others = seedContacts(test, 20);
    const companyId = portal.createCompany({ name: 'Initech' });
    const leadId = portal.createContact({ email: 'zoe@initech.test', lifecyclestage: 'lead' }, { companyId });
    const other = portal.createCompany({ name: 'Other' });
    portal.associate({ type: 'contacts', id: leadId }, { type: 'companies', id: other });
    portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { companyId });
    wait(5);
    portal.setProperties('contacts', leadId, { lifecyclestage: 'marketingqualifiedlead', lead_score: '60' });
    portal.logEngagement('notes', { hs_note_body: 'Big' }, { contactId: leadId });
    const alone = await crm.lead(leadId);
    const together = await crm.leads([...others, leadId], 'background');
    expect(together.at(-1)).toEqual({ ok: true, value: alone });
    expect(alone).toMatchObject({ account: { name: 'Initech' }, openDeals: 1, score: { value: 60 } });
  });

  test('a few leads are read one by one, which is fewer requests', async () => {
    const test = await startPortal({ apiVersion, accountBy: ['association'] });
    const ids = seedContacts(test, 3);
    test.requests();
    expect(emailsOf(await test.crm.leads(ids, 'card'))).toEqual([
      'c0@acme.test',
      'c1@acme.test',
      'c2@acme.test',
    ]);
    expect(test.requests().sort()).toEqual(ids.map((id) => `GET contacts/${id}`));
  });

  test.each([
    [1, 501],
    [20, 1_001],
  ])('read %i at once, a lead is known with the newest of its %i activities', async (count, activities) => {
    const test = await startPortal({ apiVersion });
    const ids = seedContacts(test, count);
    const contactId = ids.at(-1) ?? '';
    for (const index of numbers(activities)) {
      test.portal.logEngagement('notes', { hs_note_body: `Note ${index}` }, { contactId });
    }
    const lead = resultOf((await test.crm.leads(ids, 'card')).at(-1) ?? { ok: false, error: 'none' });
    expect(lead?.activities.map(({ title }) => title).toSorted()).toEqual(
      numbers(10)
        .map((index) => `Note ${activities - 10 + index}`)
        .toSorted(),
    );
  });

  test('of merged and deleted contacts in a lot the ones are read under their new id, the others are null', async () => {
    const test = await startPortal({ apiVersion });
    const { portal, crm } = test;
    const ids = seedContacts(test, 20);
    const [first = '', second = '', deleted = '', erased = '', ...others] = ids;
    const merged = portal.mergeContacts(first, second);
    portal.deleteRecord('contacts', deleted);
    portal.privacyDelete(erased);
    const leads = (await crm.leads([...ids, '404', merged, merged], 'background')).map(resultOf);
    expect(leads.map((lead) => lead?.id ?? null)).toEqual([
      merged,
      merged,
      null,
      null,
      ...others,
      null,
      merged,
      merged,
    ]);
  });

  test('what HubSpot refuses as a whole is asked again in halves', async () => {
    const test = await startPortal({ apiVersion });
    const ids = seedContacts(test, 20);
    test.portal.failNext({ path: /contacts\/batch\/read$/, status: 400, times: 2 });
    test.requests();
    expect(failedOf(await test.crm.leads(ids, 'card'))).toEqual([]);
    expect(countsOf(test.requests())).toMatchObject({ 'contacts/batch/read': 5 });
  });

  test('leads that HubSpot reads in no batch are read alone', async () => {
    const test = await startPortal({ apiVersion });
    const ids = seedContacts(test, 20);
    test.portal.failNext({ path: /contacts\/batch\/read$/, status: 404, times: 100 });
    const emails = emailsOf(await test.crm.leads([...ids, '404'], 'card'));
    expect(emails).toEqual([...numbers(20).map((index) => `c${index}@acme.test`), undefined]);
  });

  test('only the lead fails whose record HubSpot will not read', async () => {
    const test = await startPortal({ apiVersion });
    const { portal, crm } = test;
    const ids = seedContacts(test, 4);
    for (const contactId of ids) portal.logEngagement('notes', { hs_note_body: 'Hi' }, { contactId });
    // The four, a half, and of that half one alone.
    portal.failNext({ path: /notes\/batch\/read$/, status: 400, times: 3 });
    const outcomes = await crm.leads(ids, 'card');
    expect(failedOf(outcomes)).toEqual([0]);
    expect(outcomes[0]).toMatchObject({ error: { name: 'PermanentFailure' } });
  });

  test('a part that meets a limit fails for a while, and the others do not', async () => {
    const test = await startPortal({ apiVersion, concurrency: 1 });
    const ids = seedContacts(test, 70);
    const headers = { 'Retry-After': '0' };
    test.portal.failNext({ path: /contacts\/batch\/read$/, status: 429, headers });
    const outcomes = await test.crm.leads(ids, 'card');
    expect(failedOf(outcomes)).toEqual(numbers(50));
    expect(outcomes[0]).toMatchObject({ error: { name: 'TemporaryFailure', outcome: 'notDone' } });
  });

  test('a server that fails for a moment at their associations makes all be read again', async () => {
    const test = await startPortal({ apiVersion });
    const ids = seedContacts(test, 20);
    test.portal.failNext({ path: /contacts\/calls/, status: 503 });
    const outcomes = await test.crm.leads(ids, 'card');
    expect(failedOf(outcomes)).toEqual(numbers(20));
    expect(outcomes[0]).toMatchObject({ error: { name: 'TemporaryFailure' } });
  });

  test('without the right to see their deals or emails leads are read without them', async () => {
    const test = await startPortal({ apiVersion });
    const ids = seedContacts(test, 20);
    const [contactId = ''] = ids;
    test.portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId });
    test.portal.logEngagement('notes', { hs_note_body: 'Big' }, { contactId });
    const body = { status: 'error', category: 'MISSING_SCOPES', message: 'No' };
    test.portal.failNext({ path: /contacts\/(deals|emails)/, status: 403, body, times: 2 });
    const [lead] = (await test.crm.leads(ids, 'card')).map(resultOf);
    expect(lead).toMatchObject({ deals: [], openDeals: null, activities: [{ kind: 'note' }] });
  });

  test('without the right to see anything all fail for good', async () => {
    const test = await startPortal({ apiVersion });
    const ids = seedContacts(test, 20);
    const body = { status: 'error', category: 'MISSING_SCOPES', message: 'No' };
    test.portal.failNext({ path: /contacts\/batch\/read$/, status: 403, body });
    const outcomes = await test.crm.leads(ids, 'card');
    expect(failedOf(outcomes)).toEqual(numbers(20));
    expect(outcomes[0]).toMatchObject({ error: { name: 'PermanentFailure', code: 'MISSING_SCOPES' } });
  });

  test('nobody is nobody', async () => {
    const { crm, requests } = await startPortal({ apiVersion });
    expect(await crm.leads([], 'card')).toEqual([]);
    expect(requests()).toEqual([]);
  });

  test('a lead without a card is read before what waits in the background', async () => {
    const test = await startPortal({ apiVersion, concurrency: 1, accountBy: ['association'] });
    const [first = '', second = '', third = '', card = ''] = seedContacts(test, 4);
    test.requests();
    await Promise.all([
      ...[first, second, third].map((id) => test.crm.leads([id], 'background')),
      test.crm.leads([card], 'card'),
    ]);
    expect(test.requests()).toEqual([first, card, second, third].map((id) => `GET contacts/${id}`));
  });
});
