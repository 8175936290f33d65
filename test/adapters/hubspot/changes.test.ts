import { describe, expect, test } from 'vitest';
import { call, email, meeting, message } from '../../../sandbox/hubspot/engagements.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { CrmRecord } from '../../../src/flow/ports/crm.ts';
import { minutesAfter } from '../../support/examples.ts';
import { start, startPortal } from './portal.ts';

const forbidden = {
  status: 403,
  body: { status: 'error', category: 'MISSING_SCOPES', message: 'Not granted' },
};
const tooOften = {
  status: 429,
  headers: { 'Retry-After': '0.05' },
  body: { status: 'error', policyName: 'SECONDLY', message: 'Too often' },
};

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
}

describe('the contacts that changed', () => {
  test('come with the oldest change first, from the very time that is asked for', async () => {
    const { portal, crm, wait } = await startPortal();
    const [first = '', second = '', third = ''] = ['a', 'b', 'c'].map((name) => {
      wait(1);
      return portal.createContact({ email: `${name}@acme.test` });
    });
    wait(1);
    portal.setProperties('contacts', first, { jobtitle: 'CTO' });
    const changed = async (since: Date) => (await all(crm.leadsChangedSince(since))).map(({ id }) => id);
    expect(await changed(start)).toEqual([second, third, first]);
    expect(await changed(minutesAfter(start, 3))).toEqual([third, first]);
    expect(await changed(minutesAfter(start, 4))).toEqual([first]);
    expect(await changed(minutesAfter(start, 5))).toEqual([]);
  });

  test('are leads as a full read shows them, without what lies beside the contact', async () => {
    const { portal, crm, requests, wait } = await startPortal({ properties: { contact: ['hs_role'] } });
    const ownerId = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
    const companyId = portal.createCompany({ name: 'Initech' });
    const leadId = portal.createContact(
      {
        firstname: 'Zoë',
        email: 'zoe@initech.test',
        hubspot_owner_id: ownerId,
        lead_score: '60',
        fit_score: '35',
        hs_role: 'sales',
        recent_conversion_event_name: 'Demo request',
        recent_conversion_date: start.toISOString(),
      },
      { companyId },
    );
    portal.log(call(), { contactId: leadId });
    portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId: leadId });
    wait(1);
    const full = await crm.lead(leadId);
    requests();
    const score = full?.score && { ...full.score, history: [] };
    expect(await all(crm.leadsChangedSince(start))).toEqual([
      {
        ...full,
        labels: {},
        hasAllMeetings: undefined,
        account: null,
        activities: [],
        deals: [],
        openDeals: null,
        ownerSince: null,
        score,
      },
    ]);
    expect(requests()).toEqual(['POST contacts/search', 'POST contacts/batch/read']);
  });

  test('are found however many properties the policy names', async () => {
    const contact = Array.from({ length: 150 }, (_, index) => `a_property_with_a_long_name_${index}`);
    const { portal, crm } = await startPortal({ properties: { contact } });
    portal.createContact({ email: 'a@acme.test' });
    expect(await all(crm.leadsChangedSince(start))).toHaveLength(1);
  });

  test('come each once when more of them changed at once than HubSpot numbers', async () => {
    const { portal, crm, wait } = await startPortal({ limits: 'off' });
    const create = (count: number) =>
      Array.from({ length: count }, () => portal.createContact({ firstname: 'Somebody' }));
    const before = create(150);
    wait(1);
    const atOnce = create(10_001);
    wait(1);
    const after = create(3);
    wait(1);
    const batches: LeadId[][] = [];
    for await (const batch of crm.leadsChangedSince(start)) batches.push(batch.map(({ id }) => id));
    expect(batches.flat()).toEqual([...before, ...atOnce, ...after]);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(200);
  });

  test('come each once when every one of more than HubSpot numbers changed at a time of its own', async () => {
    const { portal, crm, wait } = await startPortal({ limits: 'off' });
    const ids = Array.from({ length: 10_001 }, () => {
      wait(1);
      return portal.createContact({ firstname: 'Somebody' });
    });
    expect((await all(crm.leadsChangedSince(start))).map(({ id }) => id)).toEqual(ids);
  });

  test('are not skipped when others change while they are gone through, and there is an end', async () => {
    const { portal, crm, wait } = await startPortal({ limits: 'off' });
    const ids = Array.from({ length: 450 }, () => {
      wait(1);
      return portal.createContact({ firstname: 'Somebody' });
    });
    wait(1);
    const seen = new Set<LeadId>();
    let batches = 0;
    for await (const batch of crm.leadsChangedSince(start)) {
      batches += 1;
      wait(1);
      for (const { id } of batch) {
        seen.add(id);
        portal.setProperties('contacts', id, { jobtitle: `Seen in batch ${batches}` });
      }
    }
    expect([...seen].sort()).toEqual(ids.sort());
    expect(batches).toBe(3);
  });

  test('are waited for while the apps of the portal search too often', async () => {
    const { portal, crm, requests } = await startPortal();
    portal.createContact({ email: 'a@acme.test' });
    portal.failNext({ path: /search$/, times: 2, ...tooOften });
    const before = performance.now();
    expect(await all(crm.leadsChangedSince(start))).toHaveLength(1);
    expect(performance.now() - before).toBeGreaterThan(95);
    expect(requests().filter((request) => request.endsWith('/search'))).toHaveLength(3);
  });

  test('are a temporary failure when searches are refused again and again', async () => {
    const { portal, crm, requests } = await startPortal({ limits: 'off' });
    portal.failNext({ path: /search$/, times: 10, ...tooOften });
    await expect(all(crm.leadsChangedSince(start))).rejects.toMatchObject({ name: 'TemporaryFailure' });
    expect(requests()).toHaveLength(5);
  });

  test('are searched for below the five a second that HubSpot allows, together with companies', async () => {
    const { portal, crm } = await startPortal();
    const leadIds = ['a', 'b', 'c', 'd'].map((name) => portal.createContact({ email: `x@${name}.test` }));
    await Promise.all([
      ...leadIds.map((id) => crm.lead(id)),
      ...leadIds.map(() => all(crm.leadsChangedSince(start))),
    ]);
    expect(portal.requests.filter(({ path }) => path.endsWith('/search'))).toHaveLength(8);
    expect(portal.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('do not wait for other reads, which HubSpot counts apart', async () => {
    const { portal, crm } = await startPortal({ concurrency: 1 });
    portal.failNext({ path: /contacts\/404$/, connection: 'hang' });
    const hanging = crm.lead('404').catch(() => null);
    expect(await all(crm.leadsChangedSince(start))).toEqual([]);
    await portal.close();
    await hanging;
  });
});

describe('the contacts with news', () => {
  test('are those under which a call, email, meeting, message or deal is filed that changed since', async () => {
    const { portal, crm, wait } = await startPortal({ limits: 'off' });
    const contacts = Array.from({ length: 7 }, (_, index) =>
      portal.createContact({ email: `c${index}@acme.test` }),
    );
    const [old = '', called = '', written = '', met = '', messaged = '', bought = '', silent = ''] = contacts;
    const oldCall = portal.log(call(), { contactId: old });
    const oldDeal = portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId: old });
    const since = wait(10);
    const news = async () => (await all(crm.leadsWithNewsSince(since))).sort();
    expect(await news()).toEqual([]);
    portal.log(call(), { contactId: called });
    portal.log(email(), { contactId: written });
    portal.log(meeting({ startsAt: since }), { contactId: met });
    portal.log(message(), { contactId: messaged });
    portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId: bought });
    portal.logEngagement('notes', { hs_note_body: 'No touch' }, { contactId: silent });
    portal.logEngagement('tasks', { hs_task_subject: 'No touch' }, { contactId: silent });
    portal.log(call(), {});
    expect(await news()).toEqual([called, written, met, messaged, bought].sort());
    portal.setProperties('calls', oldCall, { hs_call_title: 'Changed' });
    portal.setProperties('deals', oldDeal, { dealstage: 'closedwon' });
    expect(await news()).toEqual([old, called, written, met, messaged, bought].sort());
  });

  test('come each once, and a full page of them that came at once in few requests', async () => {
    const { portal, crm, requests } = await startPortal({ limits: 'off' });
    const contacts = Array.from({ length: 200 }, (_, index) => {
      const contactId = portal.createContact({ email: `c${index}@acme.test` });
      portal.log(call(), { contactId });
      portal.log(email(), { contactId });
      return contactId;
    });
    requests();
    const since = minutesAfter(start, -1);
    expect((await all(crm.leadsWithNewsSince(since))).sort()).toEqual(contacts.sort());
    const reads = requests().filter((request) => !request.endsWith('/search'));
    expect(reads).toEqual([
      'POST associations/calls/contacts/batch/read',
      'POST associations/emails/contacts/batch/read',
    ]);
  });

  test('are found without the kinds of record that the token may not read', async () => {
    const { portal, crm } = await startPortal({ limits: 'off' });
    const [called = '', written = '', met = ''] = ['a', 'b', 'c'].map((name) =>
      portal.createContact({ email: `${name}@acme.test` }),
    );
    portal.log(call(), { contactId: called });
    portal.log(email(), { contactId: written });
    portal.log(meeting({ startsAt: start }), { contactId: met });
    portal.failNext({ path: /emails\/search$/, ...forbidden });
    portal.failNext({ path: /meetings\/contacts/, ...forbidden });
    expect(await all(crm.leadsWithNewsSince(start))).toEqual([called]);
  });

  test('are a temporary failure while HubSpot is away', async () => {
    const { portal, crm } = await startPortal({ limits: 'off' });
    portal.failNext({ path: /deals\/search$/, status: 503 });
    await expect(all(crm.leadsWithNewsSince(start))).rejects.toMatchObject({ name: 'TemporaryFailure' });
  });
});

describe('the contacts of a record', () => {
  const related = async () => {
    const test = await startPortal({ concurrency: 1 });
    const [first = '', second = ''] = ['a', 'b'].map((name) =>
      test.portal.createContact({ email: `${name}@acme.test` }),
    );
    const callId = test.portal.log(call(), { contactId: first });
    test.portal.associate({ type: 'calls', id: callId }, { type: 'contacts', id: second });
    return { ...test, first, second, callId };
  };

  test('are those under which it is filed', async () => {
    const { portal, crm, first, second, callId } = await related();
    expect(await crm.leadsOf({ objectType: 'calls', id: callId })).toEqual([first, second]);
    const dealId = portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' }, { contactId: second });
    expect(await crm.leadsOf({ objectType: 'deals', id: dealId })).toEqual([second]);
  });

  test('are none when it is gone, filed under nobody, or not to be seen', async () => {
    const { portal, hubspot, crm, callId } = await related();
    const record = { objectType: 'calls', id: callId } satisfies CrmRecord;
    portal.failNext({ path: /associations/, ...forbidden });
    expect(await crm.leadsOf(record)).toEqual([]);
    await hubspot.write('archive a call', (api) => api.objects.basicApi.archive('calls', callId));
    expect(await crm.leadsOf(record)).toEqual([]);
    expect(await crm.leadsOf({ objectType: 'emails', id: '404' })).toEqual([]);
    expect(await crm.leadsOf({ objectType: 'emails', id: portal.log(email(), {}) })).toEqual([]);
  });

  test('are asked for together when many records tell of leads at once', async () => {
    const { portal, crm, first, requests } = await related();
    const ids = Array.from({ length: 20 }, () => portal.log(email(), { contactId: first }));
    requests();
    const found = await Promise.all(ids.map((id) => crm.leadsOf({ objectType: 'emails', id })));
    expect(found).toEqual(ids.map(() => [first]));
    expect(requests()).toHaveLength(1);
  });
});

test('gone are contacts that were deleted, erased or merged into another, and those that never were', async () => {
  const { portal, crm, requests } = await startPortal();
  const ids = Array.from({ length: 150 }, () => portal.createContact({ firstname: 'Somebody' }));
  const [there = '', primary = '', other = '', deleted = '', erased = ''] = ids;
  const merged = portal.mergeContacts(primary, other);
  portal.deleteRecord('contacts', deleted);
  portal.privacyDelete(erased);
  expect(await crm.gone([...ids, merged, '404'])).toEqual([primary, other, deleted, erased, '404']);
  expect(requests()).toHaveLength(2);
  expect(await crm.gone([there])).toEqual([]);
  expect(await crm.gone([])).toEqual([]);
});
