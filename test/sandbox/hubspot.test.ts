import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client, Signature } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { type Filter, FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { email, meeting, message } from '../../sandbox/hubspot/engagements.ts';
import { type HubSpotOptions, type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';
import { signV3 } from '../../sandbox/hubspot/signature.ts';
import type { WebhookEvent } from '../../sandbox/hubspot/subscriptions.ts';

const startedAt = new Date('2026-11-20T10:00:00Z');
const associationCategory = AssociationSpecAssociationCategoryEnum.HubspotDefined;

let now: Date;
let hubspot: HubSpotServer;
let client: Client;

async function start(overrides: Partial<HubSpotOptions> = {}): Promise<HubSpotServer> {
  const server = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    appId: 99,
    now: () => now,
    limits: 'off',
    ...overrides,
  });
  onTestFinished(() => server.close());
  return server;
}

beforeEach(async () => {
  now = startedAt;
  hubspot = await start();
  client = new Client({ accessToken: 'pat-test', basePath: hubspot.url });
});

function later(minutes: number): Date {
  now = new Date(now.getTime() + minutes * 60_000);
  return now;
}

type Refusal = {
  code: number;
  body: { status: string; message: string; category: string; correlationId: string; errors?: unknown[] };
};

/** What the client throws for a call that HubSpot refuses. */
async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome === undefined) throw new Error('Expected HubSpot to refuse the call');
  return outcome as Refusal;
}

async function rejectedProperties(call: Promise<unknown>): Promise<Record<string, string>> {
  const { code, body } = await refusal(call);
  expect(code).toBe(400);
  expect(body).toMatchObject({
    status: 'error',
    category: 'VALIDATION_ERROR',
    correlationId: expect.any(String),
  });
  const [, list] = body.message.split('Property values were not valid: ');
  const results = JSON.parse(list ?? '') as { name: string; error: string }[];
  return Object.fromEntries(results.map(({ name, error }) => [name, error]));
}

function call(path: string, init: RequestInit & { token?: string } = {}): Promise<Response> {
  const { token = 'pat-test', ...rest } = init;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...init.headers };
  return fetch(`${hubspot.url}${path}`, { ...rest, headers });
}

const contact = (properties: Record<string, string>) => client.crm.contacts.basicApi.create({ properties });
const update = (id: string, properties: Record<string, string>) =>
  client.crm.contacts.basicApi.update(id, { properties });
const valuesOf = (id: string) => hubspot.object('contacts', id)?.properties ?? {};

describe('a request', () => {
  test.each(['wrong', ''])('with the token "%s" is refused', async (accessToken) => {
    const stranger = new Client({ accessToken, basePath: hubspot.url });
    const { code, body } = await refusal(stranger.crm.owners.ownersApi.getPage());
    expect(code).toBe(401);
    expect(body).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
  });

  test('to an unknown path gets a 404 in the format of HubSpot', async () => {
    const response = await call('/crm/v3/tickets');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({ status: 'error', category: 'OBJECT_NOT_FOUND' });
  });

  test.each([
    ['/crm/objects/2026-09/contacts', 200],
    ['/crm/v3/objects/contacts', 200],
    ['/crm/objects/2025-01/contacts', 404],
    ['/crm/v3/2026-09/contacts', 404],
    ['/crm/v4/objects/contacts', 404],
    ['/crm/owners/2026-09', 200],
    ['/crm/owners/v3', 404],
    ['/crm/properties/2026-09/contacts', 200],
    ['/crm/pipelines/2026-09/deals', 200],
    ['/account-info/2026-09/details', 200],
    ['/crm/lists/2026-09/101', 404],
  ])('to %s, a path of a version that there is or not, gets %s', async (path, status) => {
    expect((await call(path)).status).toBe(status);
  });

  test('for a batch of which some are not there gets 207 by number, and 200 by date', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const body = JSON.stringify({ inputs: [{ id }, { id: '404' }] });
    const post = (path: string) =>
      call(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
    const legacy = await post('/crm/v3/objects/contacts/batch/read');
    const dated = await post('/crm/objects/2026-09/contacts/batch/read');
    expect([legacy.status, dated.status]).toEqual([207, 200]);
    expect(await dated.json()).toMatchObject({
      results: [{ id }],
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['404'] } }],
    });
  });

  test.each([
    ['2026-09', '/crm/objects/2026-09/contacts', 400],
    ['legacy', '/crm/v3/objects/contacts', 201],
  ])('in %s obeys, or knows nothing of, what the admin demands of a new record', async (_, path, status) => {
    hubspot.demand({ type: 'contacts', required: 'phone', when: 'created' });
    hubspot.demand({ type: 'contacts', required: 'state', when: { property: 'country', value: 'US' } });
    const body = JSON.stringify({ properties: { email: 'ada@example.com', country: 'US' } });
    const response = await call(path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.status).toBe(status);
    const refusal = (code: string, name: string, message: string) => ({
      message,
      code,
      context: { propertyName: [name] },
    });
    if (status === 201) return;
    expect(await response.json()).toMatchObject({
      status: 'error',
      category: 'VALIDATION_ERROR',
      errors: [
        refusal('MISSING_REQUIRED_PROPERTY', 'phone', 'A value for phone must be provided'),
        refusal(
          'MISSING_CONDITIONAL_REQUIRED_PROPERTY',
          'state',
          'state is required because of a conditional property rule based on [country]',
        ),
      ],
    });
    expect(hubspot.objects('contacts')).toEqual([]);
  });

  test('obeys the bounds that the admin set for a number, and a rule that was taken back no more', async () => {
    hubspot.defineProperty('contacts', {
      name: 'budget',
      label: 'Budget',
      type: 'number',
      fieldType: 'number',
      validation: { allows: { atLeast: 1000 }, error: 'NUMBER_OUT_OF_RANGE', message: 'At least 1,000.' },
    });
    const when = { property: 'lifecyclestage', value: 'salesqualifiedlead' };
    const takeBack = hubspot.demand({ type: 'contacts', required: 'budget', when });
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const write = async (properties: Record<string, string>) => {
      const path = `/crm/objects/2026-09/contacts/${id}`;
      const headers = { 'Content-Type': 'application/json' };
      return (await call(path, { method: 'PATCH', body: JSON.stringify({ properties }), headers })).status;
    };
    expect(await write({ budget: '999' })).toBe(400);
    expect(await write({ budget: '1000' })).toBe(200);
    expect(await write({ budget: '' })).toBe(200);
    expect(await write({ lifecyclestage: 'salesqualifiedlead' })).toBe(400);
    takeBack();
    expect(await write({ lifecyclestage: 'salesqualifiedlead' })).toBe(200);
  });

  test('whose body is not JSON is refused', async () => {
    const post = (body: string, contentType: string) =>
      call('/crm/v3/objects/contacts', { method: 'POST', body, headers: { 'Content-Type': contentType } });
    expect((await post('{"properties":{}}', 'text/plain')).status).toBe(415);
    expect((await post('{"properties":', 'application/json')).status).toBe(400);
  });

  test.each([42, true, null])('that writes %j instead of a string is refused', async (value) => {
    const body = JSON.stringify({ properties: { email: 'ada@example.com', annualrevenue: value } });
    const response = await call('/crm/v3/objects/contacts', { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(hubspot.objects('contacts')).toEqual([]);
  });

  test('is logged with its status', async () => {
    await contact({ email: 'ada@example.com' });
    await refusal(contact({ email: 'ada@example.com' }));
    expect(hubspot.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['POST', '/crm/v3/objects/contacts', 201],
      ['POST', '/crm/v3/objects/contacts', 409],
    ]);
  });
});

describe('a record', () => {
  test('is read by name, by type id and by email, with the wanted properties only', async () => {
    const { id } = await contact({ email: 'Ada@Example.com', firstname: 'Ada', jobtitle: 'CTO' });
    const byEmail = await client.crm.contacts.basicApi.getById(
      'ADA@example.com',
      ['jobtitle', 'phone', 'no_such_property'],
      undefined,
      undefined,
      false,
      'email',
    );
    expect(byEmail.id).toBe(id);
    expect(byEmail.properties).toEqual({
      jobtitle: 'CTO',
      phone: null,
      hs_object_id: id,
      createdate: '2026-11-20T10:00:00Z',
      lastmodifieddate: '2026-11-20T10:00:00Z',
    });
    const byTypeId = await client.crm.objects.basicApi.getById('0-1', id);
    expect(byTypeId.properties).toMatchObject({ email: 'ada@example.com', firstname: 'Ada', lastname: null });
  });

  test('keeps the history of a property, newest first', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com', hs_lead_status: 'NEW' }, { source: 'FORM' });
    later(5);
    await update(id, { hs_lead_status: 'OPEN' });
    const { propertiesWithHistory } = await client.crm.contacts.basicApi.getById(id, [], ['hs_lead_status']);
    expect(propertiesWithHistory?.['hs_lead_status']).toMatchObject([
      { value: 'OPEN', sourceType: 'INTEGRATION', sourceId: '99', timestamp: now },
      { value: 'NEW', sourceType: 'FORM', timestamp: startedAt },
    ]);
  });

  test('that does not exist is answered with 404', async () => {
    const { code, body } = await refusal(client.crm.contacts.basicApi.getById('424242'));
    expect([code, body.category]).toEqual([404, 'OBJECT_NOT_FOUND']);
    const named = await refusal(update('ada', { firstname: 'Ada' }));
    expect(named.body.message).toBe('Object not found.  objectId are usually numeric.');
  });

  test('is archived by a delete and read only with archived=true', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    await client.crm.contacts.basicApi.archive(id);
    expect((await refusal(client.crm.contacts.basicApi.getById(id))).code).toBe(404);
    const archived = await client.crm.contacts.basicApi.getById(id, [], [], [], true);
    expect([archived.archived, archived.archivedAt]).toEqual([true, startedAt]);
  });

  test('is listed page by page', async () => {
    for (const name of ['Ada', 'Grace', 'Edsger']) hubspot.createContact({ firstname: name });
    const first = await client.crm.contacts.basicApi.getPage(2);
    expect(first.results.map((one) => one.properties['firstname'])).toEqual(['Ada', 'Grace']);
    const second = await client.crm.contacts.basicApi.getPage(2, first.paging?.next?.after);
    expect(second.results.map((one) => one.properties['firstname'])).toEqual(['Edsger']);
    expect(second.paging).toBeUndefined();
    expect((await refusal(client.crm.contacts.basicApi.getPage(101))).code).toBe(400);
  });

  test('with the email of another contact is refused and names the other', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    const other = await contact({ email: 'grace@example.com' });
    for (const call of [
      () => contact({ email: 'ADA@example.com' }),
      () => update(other.id, { email: 'ada@example.com' }),
    ]) {
      const { code, body } = await refusal(call());
      expect([code, body.category, body.message]).toEqual([
        409,
        'CONFLICT',
        `Contact already exists. Existing ID: ${id}`,
      ]);
    }
  });

  test('without the properties its type requires is refused', async () => {
    const missing = async (call: Promise<unknown>) => (await refusal(call)).body.message;
    expect(await missing(contact({ jobtitle: 'CTO' }))).toContain('required properties were not set');
    expect(
      await missing(
        client.crm.objects.tasks.basicApi.create({ properties: { hs_task_subject: 'Call Ada' } }),
      ),
    ).toBe('Error creating TASK. Some required properties were not set.');
    expect(await missing(client.crm.deals.basicApi.create({ properties: { dealname: 'Big' } }))).toContain(
      'DEAL',
    );
  });
});

describe('an email', () => {
  test('is free again once its contact has another one, is archived or is erased', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    await update(id, { email: 'ada@example.org' });
    const second = await contact({ email: 'ada@example.com' });
    hubspot.deleteRecord('contacts', second.id);
    const third = await contact({ email: 'ada@example.com' });
    hubspot.privacyDelete(third.id);
    expect((await contact({ email: 'ada@example.com' })).id).not.toBe(third.id);
  });
});

describe('a property value', () => {
  test('is refused together with every other bad one, and nothing is written', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    const rejected = await rejectedProperties(
      update(id, {
        firstname: 'Ada',
        handoff_score: '1',
        hs_lead_status: 'WARM',
        annualrevenue: 'a lot',
        hs_object_id: '1',
        hs_analytics_source: 'OFFLINE',
        email: 'ada',
        hubspot_owner_id: '123',
        numemployees: '40',
      }),
    );
    expect(rejected).toEqual({
      handoff_score: 'PROPERTY_DOESNT_EXIST',
      hs_lead_status: 'INVALID_OPTION',
      annualrevenue: 'INVALID_INTEGER',
      hs_object_id: 'READ_ONLY_VALUE',
      hs_analytics_source: 'READ_ONLY_VALUE',
      email: 'INVALID_EMAIL',
      hubspot_owner_id: 'INVALID_OPTION',
      numemployees: 'INVALID_OPTION',
    });
    expect(valuesOf(id)['firstname']).toBeUndefined();
  });

  test('of an unknown property is refused in the words of HubSpot', async () => {
    const { body } = await refusal(contact({ email: 'ada@example.com', x: '1' }));
    expect(body.message).toBe(
      'Property values were not valid: [{"isValid":false,"message":"Property \\"x\\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"x","localizedErrorMessage":"Property \\"x\\" does not exist","portalId":4711}]',
    );
    expect(body.errors).toEqual([
      {
        message: 'Property "x" does not exist',
        code: 'PROPERTY_DOESNT_EXIST',
        context: { propertyName: ['x'] },
      },
    ]);
  });

  test('of an activity is checked against the options of its type', async () => {
    const at = { hs_timestamp: startedAt.toISOString() };
    const { tasks, calls, emails, meetings, communications } = client.crm.objects;
    const bad: [Promise<unknown>, string][] = [
      [tasks.basicApi.create({ properties: { ...at, hs_task_status: 'DONE' } }), 'hs_task_status'],
      [tasks.basicApi.create({ properties: { ...at, hs_task_priority: 'URGENT' } }), 'hs_task_priority'],
      [tasks.basicApi.create({ properties: { ...at, hs_task_type: 'VISIT' } }), 'hs_task_type'],
      [calls.basicApi.create({ properties: { ...at, hs_call_direction: 'OUT' } }), 'hs_call_direction'],
      [calls.basicApi.create({ properties: { ...at, hs_call_status: 'DONE' } }), 'hs_call_status'],
      [
        calls.basicApi.create({ properties: { ...at, hs_call_disposition: 'Connected' } }),
        'hs_call_disposition',
      ],
      [emails.basicApi.create({ properties: { ...at, hs_email_direction: 'OUT' } }), 'hs_email_direction'],
      [meetings.basicApi.create({ properties: { ...at, hs_meeting_outcome: 'HELD' } }), 'hs_meeting_outcome'],
      [
        communications.basicApi.create({ properties: { ...at, hs_communication_channel_type: 'FAX' } }),
        'hs_communication_channel_type',
      ],
    ];
    for (const [call, name] of bad)
      expect(await rejectedProperties(call)).toEqual({ [name]: 'INVALID_OPTION' });
    const malformed = tasks.basicApi.create({ properties: { hs_timestamp: 'tomorrow' } });
    expect(await rejectedProperties(malformed)).toEqual({ hs_timestamp: 'INVALID_LONG' });
  });

  test('of a time is taken as ISO 8601 or as milliseconds and read as ISO 8601', async () => {
    const due = async (hs_timestamp: string) =>
      (await client.crm.objects.tasks.basicApi.create({ properties: { hs_timestamp } })).properties[
        'hs_timestamp'
      ];
    expect(await due('2026-11-20T12:00:00+02:00')).toBe('2026-11-20T10:00:00Z');
    expect(await due(String(startedAt.getTime() + 1))).toBe('2026-11-20T10:00:00.001Z');
  });

  test('is cleared by an empty string', async () => {
    const { id } = await contact({ email: 'ada@example.com', jobtitle: 'CTO' });
    const { properties } = await update(id, { jobtitle: '' });
    expect(properties['jobtitle']).toBeNull();
  });

  test('with several options is a semicolon-separated list', async () => {
    const { id } = await contact({ email: 'ada@example.com', hs_buying_role: 'CHAMPION;END_USER' });
    expect(await rejectedProperties(update(id, { hs_buying_role: 'CHAMPION;BOSS' }))).toEqual({
      hs_buying_role: 'INVALID_OPTION',
    });
  });
});

describe('a property definition', () => {
  const paused = {
    name: 'handoff_nurture_paused',
    label: 'Nurture paused',
    groupName: 'contactinformation',
    type: PropertyCreateTypeEnum.Bool,
    fieldType: PropertyCreateFieldTypeEnum.Booleancheckbox,
    options: [
      { label: 'Yes', value: 'true', hidden: false },
      { label: 'No', value: 'false', hidden: false },
    ],
  };

  test('of a custom property is absent until it is created', async () => {
    const { coreApi } = client.crm.properties;
    expect((await refusal(coreApi.getByName('contacts', paused.name))).code).toBe(404);
    await coreApi.create('contacts', paused);
    expect((await coreApi.getByName('contacts', paused.name)).hubspotDefined).toBeUndefined();
    await contact({ email: 'ada@example.com', handoff_nurture_paused: 'true' });
    expect(
      await rejectedProperties(contact({ email: 'b@example.com', handoff_nurture_paused: 'yes' })),
    ).toEqual({
      handoff_nurture_paused: 'INVALID_OPTION',
    });
  });

  test('can be seeded at the start', async () => {
    hubspot = await start({
      properties: { contacts: [{ name: 'fit_score', label: 'Fit', type: 'number', fieldType: 'number' }] },
    });
    const id = hubspot.createContact({ email: 'ada@example.com', fit_score: '71' });
    expect(valuesOf(id)['fit_score']).toBe('71');
  });

  test.each([
    ['an upper-case name', { name: 'Handoff' }, 400],
    ['a reserved name', { name: 'hs_handoff' }, 400],
    ['an unknown group', { groupName: 'handoff' }, 400],
    ['a field type of another type', { fieldType: PropertyCreateFieldTypeEnum.Text }, 400],
    ['a boolean without its two options', { options: [] }, 400],
    ['a name that is taken', { name: 'email' }, 409],
  ])('with %s is refused', async (_, override, status) => {
    const { code } = await refusal(
      client.crm.properties.coreApi.create('contacts', { ...paused, ...override }),
    );
    expect(code).toBe(status);
  });

  test('belongs to a group that exists', async () => {
    const { coreApi, groupsApi } = client.crm.properties;
    const group = { name: 'handoff', label: 'Lead Handoff', displayOrder: -1 };
    await groupsApi.create('contacts', group);
    expect((await refusal(groupsApi.create('contacts', group))).code).toBe(409);
    expect((await coreApi.create('contacts', { ...paused, groupName: 'handoff' })).groupName).toBe('handoff');
    const { results } = await groupsApi.getAll('contacts');
    expect(results.map(({ name }) => name)).toEqual(['contactinformation', 'handoff']);
  });

  test('batch reports the ones that exist and creates the others', async () => {
    const result = await client.crm.properties.batchApi.create('contacts', {
      inputs: [paused, { ...paused, name: 'email' }],
    });
    expect(result.results.map(({ name }) => name)).toEqual([paused.name]);
    expect(result).toMatchObject({ numErrors: 1, errors: [{ category: 'OBJECT_ALREADY_EXISTS' }] });
  });

  test('tells options, read-only values and the standard ones', async () => {
    const { results } = await client.crm.properties.coreApi.getAll('contacts');
    const named = (name: string) => results.find((one) => one.name === name);
    expect(named('hs_lead_status')?.options.map(({ value }) => value)).toContain('ATTEMPTED_TO_CONTACT');
    expect(named('hs_analytics_source')?.modificationMetadata?.readOnlyValue).toBe(true);
    expect(named('hubspot_owner_id')).toMatchObject({ externalOptions: true, hubspotDefined: true });
  });
});

describe('a lifecycle stage', () => {
  test('moves forward and is dated 13 seconds later', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    expect(valuesOf(id)['lifecyclestage']).toBe('lead');
    later(60);
    await update(id, { lifecyclestage: 'marketingqualifiedlead' });
    expect(valuesOf(id)['lifecyclestage']).toBe('marketingqualifiedlead');
    expect(valuesOf(id)).not.toHaveProperty('hs_v2_date_entered_marketingqualifiedlead');
    later(13 / 60);
    expect(valuesOf(id)).toMatchObject({
      hs_lifecyclestage_marketingqualifiedlead_date: '2026-11-20T11:00:00Z',
      hs_v2_date_entered_marketingqualifiedlead: '2026-11-20T11:00:00Z',
    });
  });

  test('that would move back is ignored with a 200, and the other values are written', async () => {
    const { id } = await contact({ email: 'ada@example.com', lifecyclestage: 'salesqualifiedlead' });
    const { properties } = await update(id, { lifecyclestage: 'marketingqualifiedlead', jobtitle: 'CTO' });
    expect(properties).toMatchObject({ lifecyclestage: 'salesqualifiedlead', jobtitle: 'CTO' });
  });

  test('of a seed keeps the date of entry the seed gives', () => {
    const id = hubspot.createContact({
      email: 'ada@example.com',
      lifecyclestage: 'marketingqualifiedlead',
      hs_lifecyclestage_marketingqualifiedlead_date: '2026-03-01T09:00:00Z',
      createdate: '2026-02-01T09:00:00Z',
    });
    expect(valuesOf(id)['hs_lifecyclestage_marketingqualifiedlead_date']).toBe('2026-03-01T09:00:00Z');
    expect(hubspot.object('contacts', id)?.createdAt).toEqual(new Date('2026-02-01T09:00:00Z'));
  });

  test('goes back by being cleared first', async () => {
    const { id } = await contact({ email: 'ada@example.com', lifecyclestage: 'salesqualifiedlead' });
    await update(id, { lifecyclestage: '' });
    await update(id, { lifecyclestage: 'marketingqualifiedlead' });
    expect(valuesOf(id)['lifecyclestage']).toBe('marketingqualifiedlead');
    later(1);
    expect(valuesOf(id)).toHaveProperty('hs_lifecyclestage_salesqualifiedlead_date');
    expect(hubspot.object('contacts', id)?.history['lifecyclestage']?.map(({ value }) => value)).toEqual([
      'marketingqualifiedlead',
      '',
      'salesqualifiedlead',
    ]);
  });

  test('is pulled back by a person, which clears the dates of the stages left', async () => {
    const { id } = await contact({ email: 'ada@example.com', lifecyclestage: 'salesqualifiedlead' });
    hubspot.setProperties(
      'contacts',
      id,
      { lifecyclestage: 'subscriber' },
      { source: 'AUTOMATION_PLATFORM' },
    );
    expect(valuesOf(id)['lifecyclestage']).toBe('salesqualifiedlead');
    hubspot.setProperties('contacts', id, { lifecyclestage: 'subscriber' });
    expect(valuesOf(id)['lifecyclestage']).toBe('subscriber');
    expect(valuesOf(id)).not.toHaveProperty('hs_lifecyclestage_salesqualifiedlead_date');
  });

  test('becomes opportunity when a deal is connected', async () => {
    const { id } = await contact({ email: 'ada@example.com', lifecyclestage: 'marketingqualifiedlead' });
    await client.crm.deals.basicApi.create({
      properties: { dealname: 'Ada', dealstage: 'appointmentscheduled' },
      associations: [
        { to: { id }, types: [{ associationCategory: associationCategory, associationTypeId: 3 }] },
      ],
    });
    expect(valuesOf(id)).toMatchObject({ lifecyclestage: 'opportunity', num_associated_deals: '1' });
  });
});

describe('an activity', () => {
  test('of outreach counts as a contact, a note and an incoming email do not', async () => {
    const contactId = hubspot.createContact({ email: 'ada@example.com' });
    hubspot.logEngagement('notes', { hs_note_body: 'Called before?' }, { contactId });
    hubspot.logEngagement('emails', { hs_email_direction: 'INCOMING_EMAIL' }, { contactId });
    expect(valuesOf(contactId)).not.toHaveProperty('hs_first_outreach_date');
    later(1);
    hubspot.logEngagement('calls', { hs_call_direction: 'OUTBOUND' }, { contactId });
    later(1);
    hubspot.logEngagement('emails', { hs_email_direction: 'EMAIL' }, { contactId });
    expect(valuesOf(contactId)).toMatchObject({
      hs_first_outreach_date: '2026-11-20T10:01:00Z',
      notes_last_contacted: '2026-11-20T10:02:00Z',
      num_contacted_notes: '2',
      num_notes: '4',
      hs_sales_email_last_replied: '2026-11-20T10:00:00Z',
    });
    expect(hubspot.objectsOf(contactId, 'calls')).toHaveLength(1);
  });

  test('of the API counts once it is associated', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    const call = await client.crm.objects.calls.basicApi.create({
      properties: { hs_timestamp: startedAt.toISOString(), hs_call_direction: 'OUTBOUND' },
    });
    expect(valuesOf(id)).not.toHaveProperty('num_contacted_notes');
    await client.crm.associations.v4.basicApi.createDefault('calls', call.id, 'contacts', id);
    expect(valuesOf(id)['num_contacted_notes']).toBe('1');
  });

  test('tells what made it', async () => {
    const { id: leadId } = await contact({ email: 'ada@example.com' });
    const sources = [
      message(),
      email({ from: 'sequence' }),
      meeting({ startsAt: startedAt, bookedBy: 'lead' }),
    ].map((engagement) => {
      const id = hubspot.log(engagement, { contactId: leadId });
      return hubspot.object(engagement.type, id)?.properties['hs_object_source'];
    });
    expect(sources).toEqual(['CRM_UI', 'SEQUENCES', 'MEETINGS']);
    expect(valuesOf(leadId)).toMatchObject({ hs_object_source: 'INTEGRATION', hs_object_source_id: '99' });
    const { code } = await refusal(update(leadId, { hs_object_source: 'CRM_UI' }));
    expect(code).toBe(400);
  });

  test('that is a task gets its completion date when it is completed', async () => {
    const id = hubspot.logEngagement('tasks', { hs_task_subject: 'Call Ada' });
    later(30);
    await client.crm.objects.tasks.basicApi.update(id, { properties: { hs_task_status: 'COMPLETED' } });
    expect(hubspot.object('tasks', id)?.properties['hs_task_completion_date']).toBe('2026-11-20T10:30:00Z');
  });
});

describe('a batch', () => {
  const some = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }));
  const read = (inputs: { id: string }[], propertiesWithHistory: string[] = []) =>
    client.crm.contacts.batchApi.read({ inputs, properties: ['email'], propertiesWithHistory });

  test('read answers 207 and names what is missing', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const answer = await read([{ id }, { id: '5' }]);
    expect(answer.results.map((one) => one.properties['email'])).toEqual(['ada@example.com']);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['5'] } }],
    });
  });

  test('read takes 100 inputs, and 50 with histories', async () => {
    expect((await read(some(100))).results).toEqual([]);
    expect((await refusal(read(some(101)))).code).toBe(400);
    expect((await refusal(read(some(51), ['email']))).code).toBe(400);
  });

  test('read finds contacts by email', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const answer = await client.crm.contacts.batchApi.read({
      inputs: [{ id: 'ada@example.com' }],
      idProperty: 'email',
      properties: [],
      propertiesWithHistory: [],
    });
    expect(answer.results.map((one) => one.id)).toEqual([id]);
  });

  test('create writes nothing when one input is bad', async () => {
    const good = { properties: { email: 'ada@example.com' } };
    const bad = { properties: { email: 'grace@example.com', nope: '1' } };
    expect((await refusal(client.crm.contacts.batchApi.create({ inputs: [good, bad] }))).code).toBe(400);
    expect(hubspot.objects('contacts')).toEqual([]);
  });

  test('create with trace ids writes the good inputs and reports the bad ones', async () => {
    const answer = await client.crm.contacts.batchApi.create({
      inputs: [
        { objectWriteTraceId: 'a', properties: { email: 'ada@example.com' } },
        { objectWriteTraceId: 'b', properties: { email: 'ada@example.com' } },
      ],
    });
    expect(answer.results).toMatchObject([{ objectWriteTraceId: 'a' }]);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'CONFLICT', context: { objectWriteTraceId: ['b'] } }],
    });
  });

  test('is answered in another order than it was sent in', async () => {
    const emails = ['ada@example.com', 'grace@example.com'];
    const { results } = await client.crm.contacts.batchApi.create({
      inputs: emails.map((email) => ({ objectWriteTraceId: email, properties: { email } })),
    });
    expect(results.map((one) => one.objectWriteTraceId)).toEqual(emails.toReversed());
  });

  test('read answers a merged contact under its new id', async () => {
    const [first = '', second = ''] = ['ada', 'grace'].map((name) =>
      hubspot.createContact({ email: `${name}@example.com` }),
    );
    const merged = hubspot.mergeContacts(first, second);
    expect((await read([{ id: first }])).results.map((one) => one.id)).toEqual([merged]);
  });

  test('update writes the known records, reports the others and refuses an id given twice', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const input = { id, properties: { jobtitle: 'CTO' } };
    const answer = await client.crm.contacts.batchApi.update({ inputs: [input, { ...input, id: '5' }] });
    expect(answer).toMatchObject({ results: [{ id }], numErrors: 1 });
    expect(valuesOf(id)['jobtitle']).toBe('CTO');
    const twice = await refusal(client.crm.contacts.batchApi.update({ inputs: [input, input] }));
    expect(twice.body.message).toBe(`Duplicate IDs found in batch input: [${id}]. IDs must be unique`);
  });

  test('upsert updates by email and creates the rest', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const answer = await client.crm.contacts.batchApi.upsert({
      inputs: ['ada@example.com', 'grace@example.com'].map((email) => ({
        id: email,
        idProperty: 'email',
        properties: { jobtitle: 'CTO' },
      })),
    });
    expect(answer.results.map((one) => ['_new' in one && one._new, one.properties['jobtitle']])).toEqual([
      [true, 'CTO'],
      [false, 'CTO'],
    ]);
    expect(valuesOf(id)['jobtitle']).toBe('CTO');
  });

  test('archive leaves no record behind', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    await client.crm.contacts.batchApi.archive({ inputs: [{ id }] });
    expect(hubspot.object('contacts', id)?.archived).toBe(true);
  });
});

describe('a search', () => {
  type Search = Parameters<Client['crm']['contacts']['searchApi']['doSearch']>[0];
  const search = (request: Partial<Search>) =>
    client.crm.contacts.searchApi.doSearch({ properties: ['email'], ...request } as Search);
  const found = async (...filters: Filter[]) =>
    (await search({ filterGroups: [{ filters }] } as Partial<Search>)).results.map(
      (one) => one.properties['firstname'] ?? one.properties['email']?.split('@')[0],
    );
  const filter = (
    propertyName: string,
    operator: keyof typeof FilterOperatorEnum,
    rest: Partial<Filter> = {},
  ) => ({ propertyName, operator: FilterOperatorEnum[operator], ...rest }) as Filter;

  beforeEach(() => {
    hubspot.createContact({
      email: 'ada@example.com',
      annualrevenue: '10',
      company: 'Acme Ltd',
      hs_lead_status: 'NEW',
    });
    later(1);
    hubspot.createContact({ email: 'grace@example.com', annualrevenue: '9', company: 'acme' });
    later(1);
    hubspot.createContact({ email: 'edsger@example.com', company: 'Beta' });
  });

  test.each([
    ['EQ ignores the case of a text', filter('company', 'Eq', { value: 'ACME' }), ['grace']],
    ['NEQ matches also what has no value', filter('annualrevenue', 'Neq', { value: '9' }), ['ada', 'edsger']],
    ['GT compares numbers as numbers', filter('annualrevenue', 'Gt', { value: '9' }), ['ada']],
    ['LTE compares numbers as numbers', filter('annualrevenue', 'Lte', { value: '9' }), ['grace']],
    [
      'BETWEEN includes both ends',
      filter('createdate', 'Between', {
        value: '2026-11-20T10:00:00Z',
        highValue: String(startedAt.getTime() + 60_000),
      }),
      ['ada', 'grace'],
    ],
    ['IN on a text needs lower case', filter('company', 'In', { values: ['acme ltd', 'Beta'] }), ['ada']],
    ['an enumeration minds the case', filter('hs_lead_status', 'Eq', { value: 'new' }), []],
    ['NOT_IN', filter('hs_lead_status', 'NotIn', { values: ['NEW'] }), ['grace', 'edsger']],
    ['HAS_PROPERTY', filter('hs_lead_status', 'HasProperty'), ['ada']],
    ['NOT_HAS_PROPERTY', filter('annualrevenue', 'NotHasProperty'), ['edsger']],
    [
      'CONTAINS_TOKEN matches a word',
      filter('company', 'ContainsToken', { value: 'acme' }),
      ['ada', 'grace'],
    ],
    ['CONTAINS_TOKEN takes a star', filter('company', 'ContainsToken', { value: 'be*' }), ['edsger']],
  ])('%s', async (_, one, names) => {
    expect(await found(one)).toEqual(names);
  });

  test('joins filters with and, groups with or', async () => {
    const { results } = await search({
      filterGroups: [
        {
          filters: [
            filter('company', 'ContainsToken', { value: 'acme' }),
            filter('annualrevenue', 'Gt', { value: '9' }),
          ],
        },
        { filters: [filter('company', 'Eq', { value: 'beta' })] },
      ],
    } as Partial<Search>);
    expect(results.map((one) => one.properties['email'])).toEqual(['ada@example.com', 'edsger@example.com']);
  });

  test('sorts by one property and pages', async () => {
    const sorts = [{ propertyName: 'createdate', direction: 'DESCENDING' }] as never;
    const first = await search({ sorts, limit: 2 });
    expect(first.total).toBe(3);
    expect(first.results.map((one) => one.properties['email'])).toEqual([
      'edsger@example.com',
      'grace@example.com',
    ]);
    const second = await search({ sorts, limit: 2, after: first.paging?.next?.after ?? '' });
    expect(second.results.map((one) => one.properties['email'])).toEqual(['ada@example.com']);
    expect(second.paging).toBeUndefined();
  });

  test('finds companies by their domain and by the words of their name', async () => {
    hubspot.createCompany({ name: 'Acme Holding, Inc.', domain: 'acme.test' });
    hubspot.createCompany({ name: 'Acme', domain: 'acme.example' });
    hubspot.createCompany({ name: 'Acmeology' });
    const companies = async (...filters: Filter[]) => {
      const request = { filterGroups: [{ filters }], properties: ['name'] };
      const { results } = await client.crm.objects.searchApi.doSearch('companies', request);
      return results.map(({ properties }) => properties['name']);
    };
    expect(await companies(filter('domain', 'Eq', { value: 'ACME.test' }))).toEqual(['Acme Holding, Inc.']);
    const word = (value: string) => filter('name', 'ContainsToken', { value });
    expect(await companies(word('acme'))).toEqual(['Acme Holding, Inc.', 'Acme']);
    expect(await companies(word('acme'), word('holding'))).toEqual(['Acme Holding, Inc.']);
  });

  test('finds activities by the contact they belong to', async () => {
    const [contactId] = (await search({ query: 'grace' })).results.map(({ id }) => id);
    const callId = hubspot.logEngagement('calls', {}, { contactId: contactId ?? '' });
    hubspot.logEngagement('calls', {});
    const { results } = await client.crm.objects.calls.searchApi.doSearch({
      filterGroups: [{ filters: [filter('associations.contact', 'Eq', { value: contactId ?? '' })] }],
    } as never);
    expect(results.map(({ id }) => id)).toEqual([callId]);
  });

  const one = filter('email', 'HasProperty');
  const group = (count: number) => ({ filters: Array.from({ length: count }, () => one) });
  test.each([
    ['an unknown property', { filterGroups: [{ filters: [filter('nope', 'HasProperty')] }] }],
    ['a value for HAS_PROPERTY', { filterGroups: [{ filters: [{ ...one, value: 'x' }] }] }],
    ['a single value for IN', { filterGroups: [{ filters: [filter('email', 'In', { value: 'x' })] }] }],
    [
      'no upper end for BETWEEN',
      { filterGroups: [{ filters: [filter('createdate', 'Between', { value: '1' })] }] },
    ],
    [
      'an unknown operator',
      { filterGroups: [{ filters: [{ propertyName: 'email', operator: 'LIKE', value: 'x' }] }] },
    ],
    ['a word for a number', { filterGroups: [{ filters: [filter('annualrevenue', 'Gt', { value: 'x' })] }] }],
    ['6 groups', { filterGroups: Array.from({ length: 6 }, () => group(1)) }],
    ['7 filters in a group', { filterGroups: [group(7)] }],
    ['19 filters', { filterGroups: [group(6), group(6), group(6), group(1)] }],
    ['2 sorts', { sorts: ['email', 'company'] }],
    ['a page of 201', { limit: 201 }],
    ['a page beyond 10,000', { limit: 100, after: '9901' }],
    ['a body of more than 3,000 characters', { properties: ['x'.repeat(3_000)] }],
  ])('with %s is refused', async (_, request) => {
    const { code, body } = await refusal(search(request as never));
    expect([code, body.category]).toEqual([400, 'VALIDATION_ERROR']);
  });
});

test('a deal that is closed is closed at that time, unless somebody says when', () => {
  const closed = (values: Record<string, string>) => {
    const id = hubspot.createDeal({ dealname: 'Big', dealstage: 'contractsent', closedate: '2027-01-31' });
    hubspot.setProperties('deals', id, { dealstage: 'closedwon', ...values });
    return hubspot.object('deals', id)?.properties['closedate'];
  };
  expect(closed({})).toBe('2026-11-20T10:00:00Z');
  expect(closed({ closedate: '2026-11-19' })).toBe('2026-11-19T00:00:00Z');
});

describe('an association', () => {
  const v4 = () => client.crm.associations.v4;
  const spec = (associationTypeId: number) =>
    ({ associationCategory: associationCategory, associationTypeId }) as never;

  test('is made with a new record and read from both sides', async () => {
    const { id } = await contact({ email: 'ada@example.com' });
    const task = await client.crm.objects.tasks.basicApi.create({
      properties: { hs_timestamp: startedAt.toISOString() },
      associations: [{ to: { id }, types: [spec(204)] }],
    });
    const read = await client.crm.objects.tasks.basicApi.getById(task.id, [], [], ['contacts']);
    expect(read.associations?.['contacts']?.results).toMatchObject([{ id, type: 'task_to_contact' }]);
    const { results } = await v4().basicApi.getPage('contacts', id, 'tasks');
    expect(results).toMatchObject([
      { toObjectId: Number(task.id), associationTypes: [{ typeId: 203, label: null }] },
    ]);
  });

  test.each([
    ['of the opposite direction', 203],
    ['of another type of record', 194],
    ['that does not exist', 9_999],
  ])('type %s is refused and no record is made', async (_, associationTypeId) => {
    const { id } = await contact({ email: 'ada@example.com' });
    const create = client.crm.objects.tasks.basicApi.create({
      properties: { hs_timestamp: startedAt.toISOString() },
      associations: [{ to: { id }, types: [spec(associationTypeId)] }],
    });
    const { code, body } = await refusal(create);
    expect(code).toBe(400);
    expect(body.message).toContain('One or more associations are invalid');
    expect(hubspot.objects('tasks')).toEqual([]);
  });

  test('to the first company is primary until another one is', async () => {
    const first = hubspot.createCompany({ name: 'Acme' });
    const second = hubspot.createCompany({ name: 'Beta' });
    const id = hubspot.createContact({ email: 'ada@example.com' }, { companyId: first });
    expect(valuesOf(id)['associatedcompanyid']).toBe(first);
    await v4().basicApi.create('contacts', id, 'companies', second, [spec(1)]);
    expect(valuesOf(id)['associatedcompanyid']).toBe(second);
    const { associations } = await client.crm.contacts.basicApi.getById(id, [], [], ['companies']);
    expect(associations?.['companies']?.results).toMatchObject([
      { id: first, type: 'contact_to_company_unlabeled' },
      { id: second, type: 'contact_to_company_unlabeled' },
      { id: second, type: 'contact_to_company' },
    ]);
  });

  test('of a type for other records is refused', async () => {
    const companyId = hubspot.createCompany({ name: 'Acme' });
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const { code } = await refusal(v4().basicApi.create('contacts', id, 'companies', companyId, [spec(4)]));
    expect(code).toBe(400);
  });

  test('is removed from both sides', async () => {
    const companyId = hubspot.createCompany({ name: 'Acme' });
    const id = hubspot.createContact({ email: 'ada@example.com' }, { companyId });
    await v4().basicApi.archive('companies', companyId, 'contacts', id);
    expect(hubspot.object('contacts', id)?.associations).toEqual({});
    expect(valuesOf(id)).not.toHaveProperty('associatedcompanyid');
  });

  test('batch read reports who has none as an error of a 207', async () => {
    const companyId = hubspot.createCompany({ name: 'Acme' });
    const id = hubspot.createContact({ email: 'ada@example.com' }, { companyId });
    const lonely = hubspot.createContact({ email: 'grace@example.com' });
    const answer = await v4().batchApi.getPage('contacts', 'companies', { inputs: [{ id }, { id: lonely }] });
    expect(answer.results).toMatchObject([{ _from: { id }, to: [{ toObjectId: Number(companyId) }] }]);
    expect(answer).toMatchObject({
      errors: [
        {
          subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
          message: `No company is associated with contact ${lonely}.`,
        },
      ],
    });
  });

  test('are told 500 at a time, with a cursor for each record of a batch', async () => {
    const [many = '', few = ''] = ['ada', 'grace'].map((name) =>
      hubspot.createContact({ email: `${name}@example.com` }),
    );
    const log = (contactId: string) => hubspot.logEngagement('notes', { hs_note_body: 'Hi' }, { contactId });
    const notes = Array.from({ length: 501 }, () => log(many));
    log(few);
    const page = async (inputs: { id: string; after?: string }[]) =>
      (await v4().batchApi.getPage('contacts', 'notes', { inputs })).results;
    const [first, other] = await page([{ id: many }, { id: few }]);
    expect(first?.to).toHaveLength(500);
    expect(other?.paging).toBeUndefined();
    const [last] = await page([{ id: many, after: first?.paging?.next?.after ?? '' }]);
    expect(last?.to.map(({ toObjectId }) => String(toObjectId))).toEqual(notes.slice(500));
    expect(last?.paging).toBeUndefined();
    const record = await client.crm.contacts.basicApi.getById(many, [], undefined, ['notes']);
    expect(record.associations?.['notes']?.results).toHaveLength(500);
    expect(record.associations?.['notes']?.paging?.next?.after).toBe(notes[500]);
  });

  test('batch read tells the deals of companies, and a deal whether it is closed', async () => {
    const companyId = hubspot.createCompany({ name: 'Acme' });
    const deals = ['contractsent', 'closedwon'].map((dealstage) =>
      hubspot.createDeal({ dealname: 'Big', dealstage }, { companyId }),
    );
    const { results } = await client.crm.associations.v4.batchApi.getPage('companies', 'deals', {
      inputs: [{ id: companyId }],
    });
    expect(results[0]?.to.map(({ toObjectId }) => String(toObjectId))).toEqual(deals);
    const read = await client.crm.objects.batchApi.read('deals', {
      inputs: deals.map((id) => ({ id })),
      properties: ['hs_is_closed'],
      propertiesWithHistory: [],
    });
    expect(read.results.map(({ properties }) => properties['hs_is_closed'])).toEqual(['false', 'true']);
  });

  test('batch takes 1,000 inputs to read and 2,000 to create', async () => {
    const inputs = Array.from({ length: 1_001 }, (_, index) => ({ id: String(index) }));
    expect((await refusal(v4().batchApi.getPage('contacts', 'companies', { inputs }))).code).toBe(400);
    const companyId = hubspot.createCompany({ name: 'Acme' });
    const id = hubspot.createContact({ email: 'ada@example.com' });
    const pair = { _from: { id }, to: { id: companyId }, types: [spec(279)] };
    const tooMany = v4().batchApi.create('contacts', 'companies', { inputs: Array(2_001).fill(pair) });
    expect((await refusal(tooMany)).code).toBe(400);
    await v4().batchApi.create('contacts', 'companies', { inputs: [pair] });
    expect(hubspot.object('contacts', id)?.associations).toEqual({ companies: [companyId] });
  });
});

describe('people', () => {
  const ada = { email: 'ada@acme.test', firstName: 'Ada', lastName: 'Byron' };

  test('are owners, found by email and listed page by page', async () => {
    const owner = hubspot.createOwner(ada);
    hubspot.createOwner({ ...ada, email: 'grace@acme.test' });
    const { ownersApi } = client.crm.owners;
    expect((await ownersApi.getPage('ADA@acme.test')).results).toMatchObject([
      { id: owner.id, userId: owner.userId },
    ]);
    const first = await ownersApi.getPage(undefined, undefined, 1);
    const second = await ownersApi.getPage(undefined, first.paging?.next?.after, 1);
    expect([...first.results, ...second.results].map(({ email }) => email)).toEqual([
      'ada@acme.test',
      'grace@acme.test',
    ]);
    expect((await ownersApi.getById(Number(owner.id))).email).toBe('ada@acme.test');
  });

  test('who left are archived owners without a user, and get no new records', async () => {
    const owner = hubspot.createOwner(ada);
    const { id } = await contact({ email: 'lead@example.com', hubspot_owner_id: owner.id });
    expect(valuesOf(id)['hubspot_owner_assigneddate']).toBe('2026-11-20T10:00:00Z');
    hubspot.deactivateOwner(owner.id);
    expect((await client.crm.owners.ownersApi.getPage()).results).toEqual([]);
    expect(
      (await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, true)).results,
    ).toMatchObject([{ id: owner.id, userId: null, userIdIncludingInactive: owner.userId }]);
    expect(await rejectedProperties(contact({ email: 'b@example.com', hubspot_owner_id: owner.id }))).toEqual(
      {
        hubspot_owner_id: 'INVALID_OPTION',
      },
    );
  });

  test('have a user record with working hours, joined by the owner id', async () => {
    const workingHours = [{ days: 'MONDAY_TO_FRIDAY', startMinute: 540, endMinute: 1020 }];
    const owner = hubspot.createOwner({ ...ada, workingHours, zone: 'Europe/London' });
    const properties = ['hubspot_owner_id', 'hs_email', 'hs_working_hours', 'hs_standard_time_zone'];
    const { results } = await client.crm.objects.basicApi.getPage('users', 10, undefined, properties);
    expect(results[0]?.id).toBe(owner.userRecordId);
    expect(results[0]?.properties).toMatchObject({
      hubspot_owner_id: owner.id,
      hs_working_hours: JSON.stringify(workingHours),
      hs_standard_time_zone: 'Europe/London',
    });
  });

  test('belong to an account with a deal pipeline', async () => {
    expect(await (await call('/account-info/v3/details')).json()).toMatchObject({ portalId: 4711 });
    const { results } = await client.crm.pipelines.pipelinesApi.getAll('deals');
    expect(results[0]?.stages.map(({ id }) => id)).toContain('closedwon');
  });
});

describe('the rate limits', () => {
  beforeEach(async () => {
    hubspot = await start({ limits: 'documented' });
  });

  test('allow 190 requests in ten seconds and say how many are left', async () => {
    const answers = await Promise.all(Array.from({ length: 191 }, () => call('/account-info/v3/details')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(await refused[0]?.json()).toMatchObject({
      status: 'error',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      message: 'You have reached your ten_secondly_rolling limit.',
    });
    expect(Object.fromEntries(refused[0]?.headers ?? [])).toMatchObject({
      'x-hubspot-ratelimit-max': '190',
      'x-hubspot-ratelimit-remaining': '0',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '625000',
      'x-hubspot-ratelimit-daily-remaining': '624810',
    });
  });

  test('allow 5 searches a second, count them apart and say nothing about it', async () => {
    const search = () => call('/crm/v3/objects/contacts/search', { method: 'POST', body: '{}' });
    const answers = await Promise.all(Array.from({ length: 6 }, search));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(await refused[0]?.json()).toMatchObject({
      policyName: 'SECONDLY',
      message: 'You have reached your secondly limit.',
    });
    expect([...(answers[0]?.headers.keys() ?? [])].filter((name) => name.includes('ratelimit'))).toEqual([]);
    expect((await call('/account-info/v3/details')).headers.get('x-hubspot-ratelimit-remaining')).toBe('189');
  });
});

describe('a scripted fault', () => {
  test('hits the matching requests as often as told', async () => {
    hubspot.failNext({ method: 'POST', path: /contacts$/, status: 502, times: 2 });
    hubspot.createContact({ email: 'grace@example.com' });
    expect((await client.crm.contacts.basicApi.getPage()).results).toHaveLength(1);
    expect((await refusal(contact({ email: 'ada@example.com' }))).code).toBe(502);
    expect((await refusal(contact({ email: 'ada@example.com' }))).code).toBe(502);
    expect((await contact({ email: 'ada@example.com' })).id).toBeDefined();
  });

  test('answers with the given headers and body', async () => {
    hubspot.failNext({ status: 429, headers: { 'Retry-After': '7' } });
    const limited = await call('/crm/v3/owners');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await limited.json()).toMatchObject({ policyName: 'TEN_SECONDLY_ROLLING' });
    hubspot.failNext({ status: 503, body: '<h1>Unavailable</h1>' });
    expect((await call('/crm/v3/owners')).headers.get('content-type')).toBe('text/html');
  });

  test('drops the connection before or after the effect', async () => {
    hubspot.failNext({ connection: 'drop' });
    await expect(contact({ email: 'ada@example.com' })).rejects.toThrow();
    expect(hubspot.objects('contacts')).toHaveLength(0);
    hubspot.failNext({ connection: 'drop-after-effect' });
    await expect(contact({ email: 'ada@example.com' })).rejects.toThrow();
    expect(hubspot.objects('contacts')).toHaveLength(1);
    expect(hubspot.requests.map(({ status }) => status)).toEqual([null, null]);
  });

  test('hangs until the caller gives up', async () => {
    hubspot.failNext({ connection: 'hang' });
    await expect(call('/crm/v3/owners', { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
    expect((await call('/crm/v3/owners')).status).toBe(200);
  });
});

describe('a signature', () => {
  test('of version 3 is that of the documented example', () => {
    const request = {
      secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
      method: 'POST',
      uri: 'https://www.example.com/webhook_uri',
      body: "{'example_field':'example_value'}",
    };
    expect(signV3(request, 1_693_657_560_000)).toBe('K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=');
  });

  test('of version 3 is over the URI with the twelve escapes decoded and no others', () => {
    const sign = (uri: string) => signV3({ secret: 's', method: 'POST', uri, body: '[]' }, 1);
    expect(sign('https://a.example/h?u=b%3Ac%2fd%20e')).toBe(sign('https://a.example/h?u=b:c/d%20e'));
    expect(sign('https://a.example/h?u=%20')).not.toBe(sign('https://a.example/h?u= '));
  });
});

/** The signature as HubSpot's own client computes it. */
function officialSignature(
  version: string,
  options: { requestBody: string; url: string; timestamp?: number },
): string {
  const given = { method: 'POST', clientSecret: 'secret', signature: '', ...options };
  return Signature.getSignature('POST', version, given);
}

describe('a webhook', () => {
  type Received = {
    headers: IncomingHttpHeaders;
    body: string;
    events: WebhookEvent[];
  };
  let received: Received[];
  /** The statuses of the next answers; 204 afterwards. */
  let answers: number[];
  let url: string;

  beforeEach(async () => {
    received = [];
    answers = [];
    const app = createServer(async (request, response) => {
      const body = await text(request);
      received.push({ headers: request.headers, body, events: JSON.parse(body) });
      response.writeHead(answers.shift() ?? 204).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      app.closeAllConnections();
      app.close();
    });
    url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/hubspot/webhooks`;
    hubspot.setWebhookUrl(url);
  });
  const events = () => received.flatMap((one) => one.events);

  test('tells of a change to a subscribed property, signed in v3 and v1', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com' });
    await hubspot.settled();
    received = [];
    later(1);
    hubspot.setProperties('contacts', id, { hs_lead_status: 'NEW', city: 'Rome' }, { source: 'FORM' });
    await hubspot.settled();

    expect(received).toHaveLength(1);
    expect(events()).toEqual([
      {
        eventId: expect.any(Number),
        subscriptionId: expect.any(Number),
        portalId: 4711,
        appId: 99,
        occurredAt: now.getTime(),
        subscriptionType: 'object.propertyChange',
        attemptNumber: 0,
        objectId: Number(id),
        objectTypeId: '0-1',
        propertyName: 'hs_lead_status',
        propertyValue: 'NEW',
        isSensitive: false,
        changeSource: 'FORM',
        sourceId: 'form',
      },
    ]);
    const { headers, body } = received[0] as Received;
    const signed = { requestBody: body, url };
    expect(headers['x-hubspot-request-timestamp']).toBe(String(now.getTime()));
    expect(headers['x-hubspot-signature-v3']).toBe(
      officialSignature('v3', { ...signed, timestamp: now.getTime() }),
    );
    expect(headers['x-hubspot-signature']).toBe(officialSignature('v1', signed));
    expect(headers['x-hubspot-signature-version']).toBe('v1');
  });

  test("echoes the app's own writes with its id as the source", async () => {
    const { id } = await contact({ email: 'ada@example.com', lifecyclestage: 'salesqualifiedlead' });
    await update(id, { lifecyclestage: '' });
    await hubspot.settled();
    expect(events().every((one) => one.changeSource === 'INTEGRATION' && one['sourceId'] === '99')).toBe(
      true,
    );
    const stages = events().filter((one) => one['propertyName'] === 'lifecyclestage');
    expect(stages.map((one) => one['propertyValue'])).toEqual(['salesqualifiedlead', '']);
  });

  test('is not sent for a value that stays the same or a stage that stays ahead', async () => {
    const id = hubspot.createContact({ email: 'ada@example.com', lifecyclestage: 'salesqualifiedlead' });
    await hubspot.settled();
    received = [];
    await update(id, { lifecyclestage: 'salesqualifiedlead', email: 'ada@example.com' });
    await update(id, { lifecyclestage: 'lead' });
    await hubspot.settled();
    expect(received).toEqual([]);
  });

  test('tells of creations, associations, deletions and erasures', async () => {
    const companyId = hubspot.createCompany({ name: 'Acme' });
    const id = hubspot.createContact({ email: 'ada@example.com' }, { companyId });
    const callId = hubspot.logEngagement('calls', {}, { contactId: id });
    const other = hubspot.createContact({ email: 'grace@example.com' });
    hubspot.deleteRecord('contacts', id);
    hubspot.privacyDelete(other);
    await hubspot.settled();
    const told = events().filter((one) => one.subscriptionType !== 'object.propertyChange');
    expect(told.map((one) => [one.subscriptionType, one.objectId, one['objectTypeId']])).toEqual([
      ['object.creation', Number(id), '0-1'],
      ['object.associationChange', undefined, undefined],
      ['object.associationChange', undefined, undefined],
      ['object.creation', Number(callId), '0-48'],
      ['object.associationChange', undefined, undefined],
      ['object.creation', Number(other), '0-1'],
      ['object.deletion', Number(id), '0-1'],
      ['object.deletion', Number(other), '0-1'],
      ['contact.privacyDeletion', Number(other), undefined],
    ]);
    expect(told[1]).toEqual({
      eventId: expect.any(Number),
      subscriptionId: expect.any(Number),
      portalId: 4711,
      appId: 99,
      occurredAt: now.getTime(),
      subscriptionType: 'object.associationChange',
      attemptNumber: 0,
      fromObjectId: Number(id),
      fromObjectTypeId: '0-1',
      toObjectId: Number(companyId),
      toObjectTypeId: '0-2',
      associationCategory: 'HUBSPOT_DEFINED',
      associationTypeId: 279,
      associationRemoved: false,
      isPrimaryAssociation: false,
      changeSource: 'CRM_UI',
      sourceId: 'userId:1001',
    });
    expect(told[2]).toMatchObject({ associationTypeId: 1, isPrimaryAssociation: true });
    expect(hubspot.object('contacts', other)).toBeUndefined();
  });

  test('of a merge names the new record, to which the old ids lead', async () => {
    const ada = hubspot.createContact({ email: 'ada@example.com' });
    const double = hubspot.createContact({ email: 'ada.byron@example.com', phone: '123' });
    const callId = hubspot.logEngagement('calls', {}, { contactId: double });
    const [acme, beta] = [hubspot.createCompany({ name: 'Acme' }), hubspot.createCompany({ name: 'Beta' })];
    hubspot.associate({ type: 'contacts', id: double }, { type: 'companies', id: acme });
    hubspot.associate({ type: 'contacts', id: ada }, { type: 'companies', id: beta });
    const merged = hubspot.mergeContacts(ada, double);
    await hubspot.settled();
    expect(events().find((one) => one.subscriptionType === 'object.merge')).toMatchObject({
      objectId: Number(ada),
      primaryObjectId: Number(ada),
      mergedObjectIds: [Number(double)],
      newObjectId: Number(merged),
      // The phone number, and what HubSpot computed from the call.
      numberOfPropertiesMoved: 6,
    });
    for (const id of [ada, double]) {
      const read = await client.crm.contacts.basicApi.getById(id, ['email', 'phone']);
      expect(read.id).toBe(merged);
      expect(read.properties).toMatchObject({ email: 'ada@example.com', phone: '123' });
    }
    const { results } = await client.crm.contacts.batchApi.read({
      inputs: [{ id: ada }, { id: merged }],
      properties: ['hs_merged_object_ids'],
      propertiesWithHistory: [],
    });
    expect(results.map(({ id }) => id)).toEqual([merged, merged]);
    expect(results[0]?.properties['hs_merged_object_ids']).toBe(`${ada};${double}`);
    expect(hubspot.objectsOf(merged, 'calls').map(({ id }) => id)).toEqual([callId]);
    expect(hubspot.object('contacts', merged)?.associations.companies).toEqual([acme, beta]);
    expect(valuesOf(merged)).toMatchObject({ associatedcompanyid: beta, num_contacted_notes: '1' });
  });

  test('of the older subscriptions names the object in its type, and an association in a word', async () => {
    const subscriptions = [
      { subscriptionType: 'contact.creation' as const },
      { subscriptionType: 'contact.associationChange' as const },
      { subscriptionType: 'company.associationChange' as const },
    ];
    const older = await start({ subscriptions, webhookUrl: url });
    const companyId = older.createCompany({ name: 'Acme' });
    const id = older.createContact({ email: 'ada@example.com' });
    older.associate({ type: 'contacts', id }, { type: 'companies', id: companyId });
    await older.settled();
    const [creation, ...associations] = events();
    expect(creation).toMatchObject({ subscriptionType: 'contact.creation', objectId: Number(id) });
    expect(creation).not.toHaveProperty('objectTypeId');
    const told = associations.map((one) => [
      one.subscriptionType,
      one['associationType'],
      one['isPrimaryAssociation'],
    ]);
    expect(told).toEqual([
      ['contact.associationChange', 'CONTACT_TO_COMPANY', false],
      ['company.associationChange', 'COMPANY_TO_CONTACT', false],
      ['contact.associationChange', 'CONTACT_TO_COMPANY', true],
      ['company.associationChange', 'COMPANY_TO_CONTACT', true],
    ]);
    for (const one of associations) {
      for (const field of ['objectId', 'objectTypeId', 'fromObjectTypeId', 'associationTypeId']) {
        expect(one).not.toHaveProperty(field);
      }
    }
  });

  test('of a merge leaves the histories of both contacts on the new one', async () => {
    const ada = hubspot.createContact({ email: 'ada@example.com', jobtitle: 'CTO' });
    later(1);
    const double = hubspot.createContact({ email: 'ada.byron@example.com', jobtitle: 'CEO', phone: '123' });
    later(1);
    const merged = hubspot.mergeContacts(ada, double);
    const versions = (property: string) =>
      hubspot.object('contacts', merged)?.history[property]?.map(({ value, at }) => [value, at]);
    const minute = (count: number) => new Date(startedAt.getTime() + count * 60_000);
    // The primary's value is older than the other's, and is therefore set again.
    expect(versions('jobtitle')).toEqual([
      ['CTO', minute(2)],
      ['CEO', minute(1)],
      ['CTO', minute(0)],
    ]);
    expect(versions('phone')).toEqual([['123', minute(1)]]);
    expect(valuesOf(merged)['lastmodifieddate']).toBe('2026-11-20T10:02:00Z');
  });

  test('is retried with a growing attempt number until it is accepted', async () => {
    answers = [500, 404];
    hubspot.createContact({ email: 'ada@example.com' });
    await hubspot.settled();
    expect(received.map((one) => one.events[0]?.attemptNumber)).toEqual([0, 1, 2]);
    const withoutAttempt = received.map((one) => one.events.map((event) => ({ ...event, attemptNumber: 0 })));
    expect(withoutAttempt[2]).toEqual(withoutAttempt[0]);
  });

  test('carries at most 100 events', async () => {
    for (let index = 0; index < 70; index += 1) hubspot.createContact({ email: `lead${index}@example.com` });
    await hubspot.settled();
    expect(Math.max(...received.map((one) => one.events.length))).toBe(100);
    // Of each contact: its creation, its email and its stage.
    expect(events()).toHaveLength(210);
  });

  test('is held back while paused, and can be taken and delivered by hand', async () => {
    hubspot.pauseWebhooks();
    const id = hubspot.createContact({ email: 'ada@example.com' });
    await hubspot.settled();
    expect(received).toEqual([]);
    const pending = hubspot.takePendingWebhooks();
    expect(pending.map(({ objectId }) => objectId)).toEqual([Number(id), Number(id), Number(id)]);
    hubspot.resumeWebhooks();
    await hubspot.settled();
    expect(received).toEqual([]);

    answers = [401];
    const stale = startedAt.getTime() - 300_001;
    expect(await hubspot.deliver(pending.toReversed(), { timestamp: stale })).toEqual({
      status: 401,
      body: '',
    });
    expect(received[0]?.headers['x-hubspot-request-timestamp']).toBe(String(stale));
    expect(received[0]?.events).toEqual(pending.toReversed());
  });

  test('can be delivered with an old signature, a forged one or none', async () => {
    hubspot.pauseWebhooks();
    hubspot.createContact({ email: 'ada@example.com' });
    const pending = hubspot.takePendingWebhooks();
    for (const signature of ['v2', 'v1', 'none', 'forged'] as const)
      await hubspot.deliver(pending, { signature });
    const [v2, v1, none, forged] = received.map(({ headers }) => headers);
    const signed = { requestBody: received[0]?.body ?? '', url };
    expect(v2?.['x-hubspot-signature']).toBe(officialSignature('v2', signed));
    expect(v2?.['x-hubspot-signature-v3']).toBeUndefined();
    expect(v1?.['x-hubspot-signature']).toBe(officialSignature('v1', signed));
    expect(Object.keys(none ?? {}).filter((name) => name.startsWith('x-hubspot'))).toEqual([]);
    const genuine = officialSignature('v3', { ...signed, timestamp: startedAt.getTime() });
    expect(forged?.['x-hubspot-signature-v3']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(forged?.['x-hubspot-signature-v3']).not.toBe(genuine);
  });

  test('from before there was a URL is sent nowhere', async () => {
    hubspot.setWebhookUrl(null);
    hubspot.createContact({ email: 'ada@example.com' });
    hubspot.setWebhookUrl(url);
    await hubspot.settled();
    expect(received).toEqual([]);
  });

  test('cannot be subscribed to for what HubSpot keeps silent about', async () => {
    const subscriptions = [
      {
        subscriptionType: 'object.propertyChange' as const,
        objectType: 'contact',
        propertyName: 'lastmodifieddate',
      },
    ];
    await expect(start({ subscriptions })).rejects.toThrow(
      'HubSpot allows no subscription to lastmodifieddate',
    );
  });

  test('and the requests and changes around it are told to a listener until it leaves', async () => {
    const told: string[] = [];
    const leave = hubspot.onChange((news) => told.push(news.kind));
    await contact({ firstname: 'Ada' });
    await hubspot.settled();
    leave();
    hubspot.createContact({ firstname: 'Grace' });
    await hubspot.settled();
    expect(new Set(told)).toEqual(new Set(['change', 'request', 'webhook']));
    expect(told.filter((kind) => kind === 'webhook')).toHaveLength(1);
  });
});
