import { expect, test } from 'vitest';
import type { Activity, Lead } from '../../../src/domain/lead/lead.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { start, startPortal, type TestPortal } from './portal.ts';

const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** A contact with everything a briefing shows, grown over an hour. */
function seedRichContact({ portal, wait }: TestPortal) {
  const owner = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' });
  const accountId = portal.createCompany({
    name: 'Initech',
    domain: 'initech.test',
    industry: 'COMPUTER_SOFTWARE',
    numberofemployees: '250',
    annualrevenue: '12000000.5',
    country: 'Germany',
    state: 'Bavaria',
    city: 'Munich',
    zip: '80331',
    hubspot_owner_id: owner.id,
  });
  const leadId = portal.createContact(
    {
      firstname: 'Zoë',
      lastname: 'Ek',
      email: 'zoe@initech.test',
      mobilephone: '+49 30 1',
      jobtitle: 'CTO',
      country: 'Germany',
      state: 'Berlin',
      city: 'Berlin',
      zip: '10115',
      hs_language: 'de-at',
      hs_seniority: 'executive',
      company: 'Initech GmbH',
      lifecyclestage: 'lead',
      hs_lead_status: 'OPEN',
      hubspot_owner_id: owner.id,
    },
    { companyId: accountId },
  );
  const track = (properties: Record<string, string>) =>
    portal.setProperties('contacts', leadId, properties, { source: 'ANALYTICS' });
  track({
    hs_analytics_source: 'PAID_SEARCH',
    hs_analytics_source_data_1: 'Autumn campaign',
    hs_analytics_source_data_2: 'operations software',
    hs_latest_source: 'EMAIL_MARKETING',
    hs_latest_source_data_1: 'Newsletter 7',
    hs_analytics_first_url: 'https://acme.test/blog',
    hs_analytics_first_timestamp: start.toISOString(),
    hs_analytics_last_url: 'https://acme.test/blog',
    hs_analytics_num_visits: '4',
    hs_chat_assistant_summary: 'Wants to replace a tool.',
    lead_score: '20',
  });
  wait(10);
  track({ hs_analytics_last_url: 'https://acme.test/pricing', lead_score: '60', fit_score: '35' });
  portal.setProperties('contacts', leadId, { lifecyclestage: 'marketingqualifiedlead' });
  wait(10);
  track({
    recent_conversion_event_name: 'Demo request',
    recent_conversion_date: String(at(20).getTime()),
    intent_score: '25',
  });
  const related = { contactId: leadId, companyId: accountId };
  portal.logEngagement(
    'emails',
    { hs_email_direction: 'INCOMING_EMAIL', hs_email_subject: 'Question', hs_email_text: 'Hello' },
    related,
  );
  wait(1);
  portal.logEngagement(
    'calls',
    { hs_call_direction: 'OUTBOUND', hs_call_body: '<p>Talked <b>long</b> &amp; well</p><p>More</p>' },
    related,
  );
  wait(1);
  portal.logEngagement('notes', { hs_note_body: `<p>${'Long '.repeat(40)}</p>` }, related);
  wait(1);
  portal.logEngagement('meetings', { hs_meeting_title: 'Demo' }, related);
  wait(1);
  portal.logEngagement('communications', { hs_communication_body: 'Hi!' }, related);
  wait(1);
  portal.logEngagement(
    'tasks',
    { hs_task_subject: 'Send offer', hs_timestamp: at(10_000).toISOString() },
    related,
  );
  return { leadId, accountId, ownerId: owner.id };
}

/** A record that somebody made at the time of which it tells, unless a test says otherwise. */
function activity(known: Pick<Activity, 'kind' | 'title' | 'at'> & Partial<Activity>): Activity {
  return {
    id: expect.any(String),
    direction: null,
    text: expect.toBeOneOf([expect.any(String), null]),
    createdAt: known.at,
    ownerId: null,
    automated: false,
    connected: false,
    calledOff: false,
    ours: false,
    ...known,
  };
}

test('a rich contact becomes a lead with all a rep should know', async () => {
  const test = await startPortal();
  const { leadId, accountId, ownerId } = seedRichContact(test);
  const lead = await test.crm.lead(leadId);
  expect(lead).toEqual<Lead>({
    id: leadId,
    formerIds: [],
    url: `https://app.hubspot.com/contacts/4711/record/0-1/${leadId}`,
    name: 'Zoë Ek',
    email: 'zoe@initech.test',
    phone: '+49 30 1',
    jobTitle: 'CTO',
    country: 'Germany',
    state: 'Berlin',
    city: 'Berlin',
    postcode: '10115',
    language: 'de-at',
    seniority: 'executive',
    company: 'Initech GmbH',
    product: null,
    hasAllMeetings: true,
    openDeals: null,
    properties: {},
    ownerId,
    ownerSince: start,
    lifecycleStage: 'marketingqualifiedlead',
    stageEnteredAt: { lead: start, marketingqualifiedlead: at(10) },
    leadStatus: 'OPEN',
    account: {
      id: accountId,
      name: 'Initech',
      domain: 'initech.test',
      industry: 'COMPUTER_SOFTWARE',
      employees: 250,
      revenue: 12000000.5,
      country: 'Germany',
      state: 'Bavaria',
      city: 'Munich',
      postcode: '80331',
      ownerId,
      properties: {},
    },
    score: {
      value: 60,
      components: [
        { label: 'Fit', points: 35 },
        { label: 'Intent', points: 25 },
      ],
      history: [
        { value: 60, at: at(10) },
        { value: 20, at: start },
      ],
    },
    source: {
      original: 'PAID_SEARCH',
      detail: 'Autumn campaign',
      furtherDetail: 'operations software',
      latest: 'EMAIL_MARKETING',
      latestDetail: 'Newsletter 7',
      latestFurtherDetail: null,
    },
    conversions: [{ name: 'Demo request', at: at(20) }],
    pages: [
      { url: 'https://acme.test/pricing', at: at(10) },
      { url: 'https://acme.test/blog', at: start },
    ],
    visits: 4,
    activities: [
      activity({ kind: 'task', title: 'Send offer', at: at(25) }),
      activity({ kind: 'message', title: 'Hi!', at: at(24) }),
      activity({ kind: 'meeting', title: 'Demo', at: at(23) }),
      activity({ kind: 'note', title: expect.stringMatching(/^Long Long .{109}…$/), at: at(22) }),
      activity({ kind: 'call', direction: 'outbound', title: 'Talked long & well', at: at(21) }),
      activity({ kind: 'email', direction: 'inbound', title: 'Question', at: at(20) }),
    ],
    deals: [],
    accountDeals: [],
    summary: 'Wants to replace a tool.',
    formAnswers: [],
    labels: {
      industry: { COMPUTER_SOFTWARE: 'Computer software' },
      lifecycleStage: { lead: 'Lead', marketingqualifiedlead: 'Marketing Qualified Lead' },
      leadStatus: { OPEN: 'Open' },
      seniority: { executive: 'Executive' },
      source: { PAID_SEARCH: 'Paid search', EMAIL_MARKETING: 'Email marketing' },
    },
    consent: { optedOut: null, marketable: null, lawfulBasis: null },
    emailBounced: null,
    timeZone: 'Europe/Berlin',
  });
});

test('reading asks for the contact once, then for what it has, one request a kind', async () => {
  const test = await startPortal();
  const { leadId, accountId } = seedRichContact(test);
  await test.crm.lead(leadId);
  expect(test.requests().sort()).toEqual([
    `GET contacts/${leadId}`,
    'POST calls/batch/read',
    'POST communications/batch/read',
    'POST companies/batch/read',
    'POST emails/batch/read',
    'POST meetings/batch/read',
    'POST notes/batch/read',
    'POST tasks/batch/read',
  ]);
  const plain = test.portal.createContact({ email: 'new@initech.test' }, { companyId: accountId });
  await test.crm.lead(plain);
  expect(test.requests()).toEqual([`GET contacts/${plain}`, 'POST companies/batch/read']);
});

test('leads that wait for their turn share the reading of their companies', async () => {
  const test = await startPortal({ concurrency: 2 });
  const ids = Array.from({ length: 20 }, (_, index) => {
    const companyId = test.portal.createCompany({ name: `Company ${index}` });
    return test.portal.createContact({ email: `c${index}@acme.test` }, { companyId });
  });
  const leads = await Promise.all(ids.map((id) => test.crm.lead(id)));
  expect(leads.map((lead) => lead?.account?.name)).toEqual(ids.map((_, index) => `Company ${index}`));
  const shared = test.requests().filter((request) => request.endsWith('/companies/batch/read'));
  expect(shared.length).toBeLessThan(5);
});

test('a bare contact is a lead of nulls', async () => {
  const test = await startPortal();
  const leadId = test.portal.createContact({ email: 'bare@acme.test' });
  expect(await test.crm.lead(leadId)).toMatchObject({
    name: null,
    city: null,
    postcode: null,
    language: null,
    seniority: null,
    company: null,
    account: null,
    score: null,
    conversions: [],
    pages: [],
    visits: null,
    activities: [],
    summary: null,
    source: { original: null, detail: null, latest: null, latestDetail: null },
  });
});

test('a lead that never was, was deleted or was erased is null', async () => {
  const { portal, crm } = await startPortal();
  const [deleted, erased] = ['d@acme.test', 'e@acme.test'].map((email) => portal.createContact({ email }));
  portal.deleteRecord('contacts', deleted ?? '');
  portal.privacyDelete(erased ?? '');
  expect(await crm.lead('404')).toBeNull();
  expect(await crm.lead(deleted ?? '')).toBeNull();
  expect(await crm.lead(erased ?? '')).toBeNull();
});

test('properties that the policy names are read of contact and company, as far as they have a value', async () => {
  const { portal, crm } = await startPortal({
    properties: {
      product: 'product_interest',
      contact: ['hs_role', 'seats', 'not_in_this_portal'],
      company: ['type', 'description'],
    },
  });
  for (const name of ['product_interest', 'seats']) {
    portal.defineProperty('contacts', { name, label: name, type: 'string', fieldType: 'text' });
  }
  const companyId = portal.createCompany({ name: 'Initech', type: 'PROSPECT' });
  const leadId = portal.createContact(
    { email: 'zoe@initech.test', product_interest: 'academy', hs_role: 'sales', seats: ' ' },
    { companyId },
  );
  expect(await crm.lead(leadId)).toMatchObject({
    product: 'academy',
    properties: { hs_role: 'sales' },
    account: { properties: { type: 'PROSPECT' } },
  });
});

test('a merged contact is found by any of its old ids, under its new one, and names them all', async () => {
  const { portal, crm } = await startPortal();
  const [first = '', second = '', third = ''] = ['first', 'second', 'third'].map((name) =>
    portal.createContact({ email: `${name}@acme.test` }),
  );
  const between = portal.mergeContacts(first, second);
  const merged = portal.mergeContacts(between, third);
  for (const id of [first, second, third, between, merged]) {
    expect(await crm.lead(id)).toMatchObject({
      id: merged,
      email: 'first@acme.test',
      formerIds: [first, second, between, third],
    });
  }
});

test('ids that were merged into a contact long ago are known as well', async () => {
  const { portal, crm } = await startPortal();
  const leadId = portal.createContact({
    email: 'a@acme.test',
    hs_calculated_merged_vids: '101:1500000000000;102:1600000000000',
    hs_merged_object_ids: '102;103',
  });
  expect((await crm.lead(leadId))?.formerIds).toEqual(['102', '103', '101']);
});

test('an owner is the owner since the last change, also one to nobody, and stays it in a merge', async () => {
  const { portal, crm, wait } = await startPortal();
  const [ann, bob] = ['ann', 'bob'].map(
    (firstName) => portal.createOwner({ email: `${firstName}@acme.test`, firstName, lastName: 'Lee' }).id,
  );
  const leadId = portal.createContact({ email: 'a@acme.test' });
  const owned = async () => {
    const { ownerId, ownerSince } = (await crm.lead(leadId)) ?? {};
    return { ownerId, ownerSince };
  };
  const assign = (owner = '') => portal.setProperties('contacts', leadId, { hubspot_owner_id: owner });
  expect(await owned()).toEqual({ ownerId: null, ownerSince: null });
  assign(ann);
  wait(10);
  assign(bob);
  expect(await owned()).toEqual({ ownerId: bob, ownerSince: at(10) });
  wait(10);
  assign();
  expect(await owned()).toEqual({ ownerId: null, ownerSince: at(20) });
  wait(10);
  assign(ann);
  wait(10);
  portal.mergeContacts(leadId, portal.createContact({ email: 'b@acme.test' }));
  expect(await owned()).toEqual({ ownerId: ann, ownerSince: at(30) });
});

test('of several companies the primary one is the account', async () => {
  const { portal, crm } = await startPortal();
  const primary = portal.createCompany({ name: 'Primary' });
  const leadId = portal.createContact({ email: 'a@acme.test' }, { companyId: primary });
  const other = portal.createCompany({ name: 'Other' });
  portal.associate({ type: 'contacts', id: leadId }, { type: 'companies', id: other });
  expect((await crm.lead(leadId))?.account?.name).toBe('Primary');
});

test('a stage that the portal added itself is dated by the history of the stage', async () => {
  const { portal, crm, wait } = await startPortal();
  portal.defineProperty('contacts', {
    name: 'lifecyclestage',
    label: 'Lifecycle Stage',
    type: 'enumeration',
    fieldType: 'radio',
    options: ['lead', '81234567', 'customer'].map((value) => ({ value, label: value })),
  });
  const leadId = portal.createContact({ email: 'a@acme.test', lifecyclestage: 'lead' });
  wait(30);
  portal.setProperties('contacts', leadId, { lifecyclestage: '81234567' });
  expect((await crm.lead(leadId))?.stageEnteredAt).toEqual({ lead: start, '81234567': at(30) });
});

test("the bot's own follow-up task is no activity; what it logged for the rep is", async () => {
  const { portal, crm } = await startPortal();
  const leadId = portal.createContact({ email: 'a@acme.test' });
  const handoff = {
    handoffId: '6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f',
    leadId,
    accountId: null,
    ownerId: null,
  };
  await crm.createTask({ ...handoff, subject: 'Follow up', body: 'Soon', dueAt: at(60) });
  const touch = {
    id: '0b7d3f52-8c1e-4e6a-a9d4-7f6e5d4c3b2a',
    kind: 'other',
    outcome: 'sent',
    note: '',
  } as const;
  await crm.logTouch({ ...handoff, touch, title: 'Other', at: at(5) }, false);
  expect((await crm.lead(leadId))?.activities).toEqual([
    activity({ kind: 'note', title: 'Other', at: at(5), createdAt: start, ours: true }),
  ]);
});

test('only the newest ten of each kind are read', async () => {
  const { portal, crm } = await startPortal();
  const leadId = portal.createContact({ email: 'a@acme.test' });
  for (let index = 1; index <= 12; index += 1) {
    portal.logEngagement('notes', { hs_note_body: `Note ${index}` }, { contactId: leadId });
  }
  const titles = (await crm.lead(leadId))?.activities.map(({ title }) => title);
  expect(titles).toHaveLength(10);
  expect(titles).not.toContain('Note 2');
});

test('a kind of engagement that the token may not read is left out', async () => {
  const test = await startPortal();
  const { leadId } = seedRichContact(test);
  const body = { status: 'error', category: 'MISSING_SCOPES', message: 'Needs sales-email-read' };
  test.portal.failNext({ method: 'POST', path: /emails\/batch\/read$/, status: 403, body });
  const kinds = (await test.crm.lead(leadId))?.activities.map(({ kind }) => kind);
  expect(kinds).toEqual(['task', 'message', 'meeting', 'note', 'call']);
});

test.each([
  ['a dropped connection', { connection: 'drop' }, null],
  ['silence', { connection: 'hang' }, null],
  ["a proxy's error page", { status: 502, body: '<h1>Bad Gateway</h1>' }, null],
  ["a proxy's page of a bad request", { status: 400, body: '<h1>Bad Request</h1>' }, null],
  ["a proxy's page that asks who we are", { status: 401, body: '<h1>Log in</h1>' }, null],
  ["a proxy's page that forbids it", { status: 403, body: '<h1>Blocked</h1>' }, null],
  ["a proxy's page of nothing found", { status: 404, body: '<h1>Not found</h1>' }, null],
  ["a proxy's answer in JSON", { status: 404, body: { error: 'no route' } }, null],
  ["a proxy's page instead of the answer", { status: 200, body: '<h1>Welcome</h1>' }, null],
  ['a 500', { status: 500 }, null],
  ['a 503 with Retry-After', { status: 503, headers: { 'Retry-After': '7' } }, 7],
  ['a locked record', { status: 423 }, 2],
  ['the limit of ten seconds', { status: 429 }, 10],
  ['the limit with Retry-After', { status: 429, headers: { 'Retry-After': '3' } }, 3],
  ['the limit of a second', { status: 429, body: { status: 'error', policyName: 'SECONDLY' } }, 1],
  ['the limit of a day', { status: 429, body: { status: 'error', policyName: 'DAILY' } }, 3600],
] as const)('%s is a temporary failure that changed nothing', async (_, fault, retryAfterSeconds) => {
  const { portal, crm } = await startPortal({ timeoutMs: 100 });
  const leadId = portal.createContact({ email: 'a@acme.test' });
  portal.failNext(fault);
  const failure = await crm.lead(leadId).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TemporaryFailure);
  expect(failure).toMatchObject({ outcome: 'notDone', retryAfterSeconds });
});

test('a server that is not there is a temporary failure', async () => {
  const { portal, crm } = await startPortal();
  await portal.close();
  await expect(crm.writeLead('1', { leadStatus: 'OPEN' })).rejects.toMatchObject({
    name: 'TemporaryFailure',
    outcome: 'notDone',
    message: 'HubSpot did not answer when asked to write one of the contacts: ECONNREFUSED',
  });
});

test('after a 429 nothing is sent until the time is up', async () => {
  const { portal, crm, requests } = await startPortal();
  portal.failNext({ status: 429, headers: { 'Retry-After': '0.3' } });
  const before = performance.now();
  await expect(crm.lead('1')).rejects.toBeInstanceOf(TemporaryFailure);
  expect(await crm.lead('1')).toBeNull();
  expect(performance.now() - before).toBeGreaterThan(290);
  expect(requests()).toHaveLength(2);
});

test("a refusal carries HubSpot's word and none of its sentences, which quote people", async () => {
  const { portal, crm } = await startPortal();
  const body = { status: 'error', category: 'INVALID_AUTHENTICATION', message: 'zoe@initech.test is wrong' };
  portal.failNext({ status: 401, body });
  const failure = await crm.lead('1').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PermanentFailure);
  if (!(failure instanceof PermanentFailure)) return;
  expect(failure.code).toBe('INVALID_AUTHENTICATION');
  expect(failure.message).toBe('HubSpot would not read a contact: 401 INVALID_AUTHENTICATION');
  expect(JSON.stringify([failure, failure.cause, String(failure.cause)])).not.toContain('zoe');
});
