import { Client } from '@hubspot/api-client';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { allOf, isTrue } from '../../sandbox/hubspot/segment-filters.ts';
import { evaluatedAfterMs } from '../../sandbox/hubspot/segments.ts';
import { type HubSpotOptions, type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';

const paused = 'handoff_nurture_paused';
let now: Date;
let hubspot: HubSpotServer;
let client: Client;

async function start(overrides: Partial<HubSpotOptions> = {}): Promise<void> {
  const server = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => now,
    limits: 'off',
    properties: {
      contacts: [{ name: paused, label: 'Nurture paused', type: 'bool', fieldType: 'booleancheckbox' }],
    },
    ...overrides,
  });
  onTestFinished(() => server.close());
  hubspot = server;
  client = new Client({ accessToken: 'pat-test', basePath: server.url });
}

beforeEach(async () => {
  now = new Date('2026-11-20T10:00:00Z');
  await start();
});

function pass(ms: number): void {
  now = new Date(now.getTime() + ms);
}

/** What HubSpot answers, in the dated version of the API. */
async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${hubspot.url}/crm/lists/2026-03${path}`, {
    method,
    headers: { Authorization: 'Bearer pat-test', 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const manual = (name = 'Sales is on it') => hubspot.segments.create({ name, processingType: 'MANUAL' }).id;
const contact = (name: string) => hubspot.createContact({ email: `${name}@example.com` });
const idsIn = (listId: string) => hubspot.segments.members(hubspot.segments.find(listId)).map(({ id }) => id);
const active = () =>
  hubspot.segments.create({
    name: 'Nurture paused',
    processingType: 'DYNAMIC',
    filters: allOf([paused, isTrue]),
  }).id;

test('a manual segment is made, read and found through the client', async () => {
  const created = await client.crm.lists.listsApi.create({
    name: 'Sales is on it',
    objectTypeId: '0-1',
    processingType: 'MANUAL',
  });
  expect(created.list).toMatchObject({
    name: 'Sales is on it',
    objectTypeId: '0-1',
    processingType: 'MANUAL',
    processingStatus: 'COMPLETE',
    size: 0,
  });
  const { listId } = created.list;
  const named = await client.crm.lists.listsApi.getByName('Sales is on it', '0-1');
  expect([named.list.listId, (await client.crm.lists.listsApi.getById(listId)).list.listId]).toEqual([
    listId,
    listId,
  ]);
  const found = await client.crm.lists.listsApi.doSearch({ query: 'SALES' });
  expect(found).toMatchObject({ total: 1, hasMore: false, lists: [{ listId }] });
});

test('records come into a manual segment and leave it at once, in both versions of the API', async () => {
  const listId = manual();
  const [ada, ben] = [contact('ada'), contact('ben')];
  expect(await client.crm.lists.membershipsApi.add(listId, [ada, ben])).toMatchObject({
    recordsIdsAdded: [ada, ben],
  });
  expect(await ask('PUT', `/${listId}/memberships/remove`, [ada])).toEqual({
    status: 200,
    body: { recordIdsRemoved: [ada] },
  });
  const both = { recordIdsToAdd: [ada], recordIdsToRemove: [ben] };
  expect(await ask('PUT', `/${listId}/memberships/add-and-remove`, both)).toEqual({
    status: 200,
    body: { recordsIdsAdded: [ada], recordIdsRemoved: [ben] },
  });
  const membershipTimestamp = now.toISOString();
  expect(await ask('GET', `/${listId}/memberships`)).toEqual({
    status: 200,
    body: { results: [{ recordId: ada, membershipTimestamp }], total: 1 },
  });
});

test('who is unknown, in already or not in is ignored, and an answer leaves out what is empty', async () => {
  const listId = manual();
  const ada = contact('ada');
  hubspot.segments.write(hubspot.segments.find(listId), { add: [ada] });
  const add = await ask('PUT', `/${listId}/memberships/add`, [ada, '404']);
  expect(add).toEqual({ status: 200, body: { recordIdsMissing: ['404'] } });
  const remove = await ask('PUT', `/${listId}/memberships/remove`, [contact('ben')]);
  expect(remove).toEqual({ status: 200, body: {} });
});

test.each([
  ['numbers', [10001]],
  ['something else than a list', { recordIds: ['10001'] }],
  ['what is no id', ['ada@example.com']],
])('memberships sent as %s are refused', async (_, body) => {
  const answer = await ask('PUT', `/${manual()}/memberships/add`, body);
  expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
});

test('memberships are read page by page', async () => {
  const listId = manual();
  const ids = ['ada', 'ben', 'chloe'].map(contact);
  hubspot.segments.write(hubspot.segments.find(listId), { add: ids });
  const first = await client.crm.lists.membershipsApi.getPage(listId, undefined, undefined, 2);
  const after = first.paging?.next?.after;
  const second = await client.crm.lists.membershipsApi.getPage(listId, after, undefined, 2);
  expect([...first.results, ...second.results].map(({ recordId }) => recordId)).toEqual(ids);
  expect(second.paging).toBeUndefined();
  expect(await ask('GET', `/${listId}/memberships?limit=251`)).toMatchObject({ status: 400 });
});

test('a segment that is not there, or no more, is a 404', async () => {
  const listId = manual();
  expect(await ask('DELETE', `/${listId}`)).toEqual({ status: 204, body: null });
  const missing = { status: 404, body: { category: 'OBJECT_NOT_FOUND' } };
  expect(await ask('GET', `/${listId}`)).toMatchObject(missing);
  expect(await ask('PUT', `/${listId}/memberships/add`, [])).toMatchObject(missing);
});

test.each([
  ['a name that is taken', { name: 'Taken', objectTypeId: '0-1', processingType: 'MANUAL' }],
  ['an object type by its name', { name: 'New', objectTypeId: 'contacts', processingType: 'MANUAL' }],
  ['no filters for an active one', { name: 'New', objectTypeId: '0-1', processingType: 'DYNAMIC' }],
  [
    'a filter on a property that is not there',
    {
      name: 'New',
      objectTypeId: '0-1',
      processingType: 'DYNAMIC',
      filterBranch: allOf(['nurture_off', isTrue]),
    },
  ],
  [
    'filters that are not in groups',
    {
      name: 'New',
      objectTypeId: '0-1',
      processingType: 'DYNAMIC',
      filterBranch: allOf([paused, isTrue]).filterBranches[0],
    },
  ],
])('a new segment with %s is refused', async (_, body) => {
  manual('Taken');
  expect(await ask('POST', '', body)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
});

test('an active segment follows a property some seconds later', async () => {
  const listId = active();
  const ada = contact('ada');
  pass(evaluatedAfterMs);
  expect(idsIn(listId)).toEqual([]);
  hubspot.setProperties('contacts', ada, { [paused]: 'true' });
  pass(evaluatedAfterMs - 1);
  expect(idsIn(listId)).toEqual([]);
  pass(1);
  expect(idsIn(listId)).toEqual([ada]);
  hubspot.setProperties('contacts', ada, { [paused]: 'false' });
  expect(idsIn(listId)).toEqual([ada]);
  pass(evaluatedAfterMs);
  expect(idsIn(listId)).toEqual([]);
});

test('an active segment takes in who fitted before it was made', async () => {
  const ada = contact('ada');
  hubspot.setProperties('contacts', ada, { [paused]: 'true' });
  const listId = active();
  expect((await client.crm.lists.listsApi.getById(listId)).list.processingStatus).toBe('PROCESSING');
  pass(evaluatedAfterMs);
  const { list } = await client.crm.lists.listsApi.getById(listId, true);
  expect(list).toMatchObject({ processingStatus: 'COMPLETE', size: 1 });
  expect(idsIn(listId)).toEqual([ada]);
});

test('a snapshot is filled once, and from then on by hand', async () => {
  const [ada, ben] = [contact('ada'), contact('ben')];
  hubspot.setProperties('contacts', ada, { [paused]: 'true' });
  const filters = allOf([paused, isTrue]);
  const { id } = hubspot.segments.create({ name: 'Paused today', processingType: 'SNAPSHOT', filters });
  pass(evaluatedAfterMs);
  hubspot.setProperties('contacts', ben, { [paused]: 'true' });
  hubspot.setProperties('contacts', ada, { [paused]: 'false' });
  pass(evaluatedAfterMs);
  expect(idsIn(id)).toEqual([ada]);
  await client.crm.lists.membershipsApi.remove(id, [ada]);
  expect(idsIn(id)).toEqual([]);
});

test('nobody is taken into an active segment, or out of it, by hand', async () => {
  const listId = active();
  const body = { recordIdsToAdd: [contact('ada')], recordIdsToRemove: [] };
  const answer = await ask('PUT', `/${listId}/memberships/add-and-remove`, body);
  expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
});

test('a merged contact stays in the segment, an archived one does not', () => {
  const listId = manual();
  const [ada, double, ben] = [contact('ada'), contact('double'), contact('ben')];
  hubspot.segments.write(hubspot.segments.find(listId), { add: [ada, double, ben] });
  const merged = hubspot.mergeContacts(ada, double);
  hubspot.deleteRecord('contacts', ben);
  expect(idsIn(listId)).toEqual([merged]);
  hubspot.segments.write(hubspot.segments.find(listId), { remove: [ada] });
  expect(idsIn(listId)).toEqual([]);
});

test.each([
  ['read', ['crm.lists.read'], 200, 403],
  ['write', ['crm.lists.write'], 403, 200],
  ['neither', [], 403, 403],
])('an app with the scope to %s segments is answered that alone', async (_, scopes, reads, writes) => {
  await start({ scopes });
  const listId = manual();
  const read = await ask('GET', `/${listId}/memberships`);
  const write = await ask('PUT', `/${listId}/memberships/add`, [contact('ada')]);
  expect([read.status, write.status]).toEqual([reads, writes]);
  const refused = [read, write].find(({ status }) => status === 403);
  expect(refused?.body).toMatchObject({
    category: 'MISSING_SCOPES',
    errors: [{ context: { requiredScopes: expect.any(Array) } }],
  });
});
