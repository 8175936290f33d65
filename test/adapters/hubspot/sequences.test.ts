import { describe, expect, test } from 'vitest';
import { apiVersions } from '../../../sandbox/hubspot/api-versions.ts';
import { email, meeting } from '../../../sandbox/hubspot/engagements.ts';
import { readOwnSequences } from '../../../src/adapters/hubspot/own-sequences.ts';
import type { ApiVersion } from '../../../src/adapters/hubspot/paths.ts';
import { hubspotSequences } from '../../../src/adapters/hubspot/sequences.ts';
import { start, startPortal } from './portal.ts';

/** A portal in which Ann may use her sequence, and Zoë is a contact. */
async function startOffice({
  equipped = true,
  ...options
}: {
  apiVersion?: ApiVersion;
  equipped?: boolean;
  scopes?: string[];
} = {}) {
  const test = await startPortal(options);
  const { portal, hubspot } = test;
  const ann = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' });
  if (equipped) portal.sequences.equip(ann.id);
  const { id: sequenceId } = portal.sequences.create({
    ownerId: ann.id,
    name: 'Hello',
    subject: 'Glad you asked',
    text: 'Hi Zoë, I am Ann.',
  });
  const leadId = portal.createContact({ email: 'zoe@initech.test', firstname: 'Zoë' });
  return {
    ...test,
    ann,
    sequenceId,
    leadId,
    sequences: hubspotSequences(hubspot, () => ['sales_mail']),
    enrolment: { leadId, ownerId: ann.id, email: 'ann@acme.test', sequence: 'Hello' },
    paths: () => portal.requests.map(({ method, path }) => `${method} ${path}`),
  };
}

type Office = Awaited<ReturnType<typeof startOffice>>;

describe.each(apiVersions)('in the API %s', (apiVersion) => {
  const base = { '2026-09': '/automation/sequences/2026-09', legacy: '/automation/v4/sequences' }[apiVersion];

  test("a lead is enrolled in the rep's own sequence, and the mail comes from the rep's mailbox", async () => {
    const { portal, sequences, enrolment, leadId, ann, sequenceId, wait, paths } = await startOffice({
      apiVersion,
    });
    expect(await sequences.enrol(enrolment)).toEqual({ at: start });
    expect(paths().slice(-2)).toEqual([`GET ${base}`, `POST ${base}/enrollments`]);
    expect(portal.object('contacts', leadId)?.properties).toMatchObject({
      hs_sequences_is_enrolled: 'true',
      hs_latest_sequence_enrolled: sequenceId,
    });
    wait(1);
    const [mail, ...others] = portal.objectsOf(leadId, 'emails');
    expect(others).toEqual([]);
    expect(mail?.properties).toMatchObject({
      hs_email_subject: 'Glad you asked',
      hs_email_direction: 'EMAIL',
      hs_sequence_id: sequenceId,
      hubspot_owner_id: ann.id,
    });
    expect(mail?.properties['hs_email_headers']).toContain('"from":{"email":"ann@acme.test"}');
  });

  test('whoever has just been found is not looked for with the next lead', async () => {
    const { portal, sequences, enrolment, paths } = await startOffice({ apiVersion });
    await sequences.enrol(enrolment);
    const other = portal.createContact({ email: 'yan@initech.test' });
    const before = paths().length;
    await sequences.enrol({ ...enrolment, leadId: other });
    expect(paths().slice(before)).toEqual([`POST ${base}/enrollments`]);
  });

  test('an enrolment is found again, while it lasts and after it', async () => {
    const { sequences, enrolment, wait } = await startOffice({ apiVersion });
    expect(await sequences.enrolledSince(enrolment, start)).toBeNull();
    await sequences.enrol(enrolment);
    expect(await sequences.enrolledSince(enrolment, start)).toEqual(start);
    const later = wait(2 * 1440);
    expect(await sequences.enrolledSince(enrolment, start)).toEqual(start);
    expect(await sequences.enrolledSince(enrolment, later)).toBeNull();
  });
});

test('a contact tells whether it may be written to', async () => {
  const { portal, sequences, leadId, wait } = await startOffice();
  portal.defineProperty('contacts', {
    name: 'sales_mail',
    label: 'Sales mail',
    type: 'string',
    fieldType: 'text',
  });
  expect(await sequences.contact(leadId)).toEqual({
    email: 'zoe@initech.test',
    country: null,
    state: null,
    zone: null,
    optedOut: false,
    inSequence: false,
    enrolledAt: null,
    repliedAt: null,
    meetingBookedAt: null,
    properties: {},
  });
  const at = wait(5);
  portal.log(email({ from: 'lead' }), { contactId: leadId });
  portal.log(meeting({ startsAt: wait(60), bookedBy: 'lead' }), { contactId: leadId });
  const values = {
    country: 'Germany',
    hs_timezone: 'europe_slash_berlin',
    hs_email_optout: 'true',
    sales_mail: 'yes',
  };
  portal.setProperties('contacts', leadId, values);
  expect(await sequences.contact(leadId)).toMatchObject({
    country: 'Germany',
    zone: 'europe_slash_berlin',
    optedOut: true,
    repliedAt: at,
    meetingBookedAt: expect.any(Date),
    properties: { sales_mail: 'yes' },
  });
  expect(await sequences.contact('404')).toBeNull();
});

test.each<[string, (there: Office) => void, object]>([
  ['no sequence of that name', () => {}, { kind: 'noSequence', sequence: 'Goodbye' }],
  [
    'an opt-out',
    ({ portal, leadId }) => portal.setProperties('contacts', leadId, { hs_email_optout: 'true' }),
    { kind: 'optedOut' },
  ],
  [
    'a mailbox that is not connected',
    ({ portal, ann }) => portal.sequences.equip(ann.id, 'other@acme.test'),
    { kind: 'noMailbox' },
  ],
  ['a rep who has left', ({ portal, ann }) => portal.deactivateOwner(ann.id), { kind: 'noOwner' }],
  [
    'an address that bounced',
    ({ portal }) =>
      portal.failNext({
        method: 'POST',
        status: 400,
        body: {
          status: 'error',
          category: 'VALIDATION_ERROR',
          message: 'SequenceError.RECIPIENT_PREVIOUSLY_BOUNCED_ON_PORTAL',
        },
      }),
    { kind: 'undeliverable' },
  ],
  [
    'something else',
    ({ portal }) =>
      portal.failNext({
        method: 'POST',
        status: 400,
        body: { status: 'error', category: 'VALIDATION_ERROR', message: 'No' },
      }),
    { kind: 'refused' },
  ],
])('nobody is enrolled for %s, and it is said', async (_, given, refused) => {
  const there = await startOffice();
  given(there);
  const sequence = 'sequence' in refused ? 'Goodbye' : 'Hello';
  expect(await there.sequences.enrol({ ...there.enrolment, sequence })).toEqual({ refused });
  expect(there.portal.sequences.enrolled).toEqual([]);
});

test('nobody is enrolled twice', async () => {
  const { portal, sequences, enrolment } = await startOffice();
  await sequences.enrol(enrolment);
  expect(await sequences.enrol(enrolment)).toEqual({ refused: { kind: 'inSequence' } });
  expect(portal.sequences.enrolled).toHaveLength(1);
});

test.each([
  ['read', ['automation.sequences.enrollments.write']],
  ['enrol', ['automation.sequences.read']],
])('without the scope to %s nobody is enrolled', async (_, scopes) => {
  const { sequences, enrolment } = await startOffice({ scopes });
  expect(await sequences.enrol(enrolment)).toEqual({ refused: { kind: 'noScope' } });
});

test('without a seat nobody has sequences', async () => {
  const { hubspot, ann, sequences, enrolment } = await startOffice({ equipped: false });
  expect(await sequences.enrol(enrolment)).toEqual({ refused: { kind: 'noSeat' } });
  expect(await readOwnSequences(hubspot, ann.id)).toEqual({ refused: { kind: 'noSeat' } });
});

test('a mailbox enrols a thousand leads a day, and tells when it is full', async () => {
  const { portal, sequences, enrolment, wait } = await startOffice();
  const lead = (number: number) => portal.createContact({ email: `lead${number}@initech.test` });
  for (let number = 0; number < 1_000; number += 1) {
    portal.sequences.enrolByHand(enrolment.ownerId, lead(number));
  }
  expect(await sequences.enrol(enrolment)).toEqual({ refused: { kind: 'dayFull' } });
  wait(1441);
  expect(await sequences.enrol(enrolment)).toHaveProperty('at');
});

test("somebody's own sequences are read to the last page, and those of others are not theirs", async () => {
  const { portal, hubspot, ann } = await startOffice();
  const ben = portal.createOwner({ email: 'ben@acme.test', firstName: 'Ben', lastName: 'Ray' });
  portal.sequences.equip(ben.id);
  const make = (ownerId: string, name: string) =>
    portal.sequences.create({ ownerId, name, subject: 'Hi', text: '' });
  for (let number = 0; number < 60; number += 1) make(ann.id, `Number ${number}`);
  make(ben.id, 'Not hers');
  const own = await readOwnSequences(hubspot, ann.id);
  expect('idOf' in own && own.idOf.size).toBe(61);
  expect('idOf' in own && own.idOf.has('Not hers')).toBe(false);
});

test('a request that gets no answer may have had its effect', async () => {
  const { portal, sequences, enrolment } = await startOffice();
  portal.failNext({ method: 'POST', path: /enrollments$/, connection: 'drop-after-effect' });
  await expect(sequences.enrol(enrolment)).rejects.toMatchObject({
    name: 'TemporaryFailure',
    outcome: 'unknown',
  });
  expect(await sequences.enrolledSince(enrolment, start)).toEqual(start);
});

test.each([429, 500, 502])('what HubSpot may do later is asked for again: %i', async (status) => {
  const { portal, sequences, enrolment } = await startOffice();
  portal.failNext({ path: /sequences/, status });
  await expect(sequences.enrol(enrolment)).rejects.toMatchObject({ name: 'TemporaryFailure' });
});

test('a silence is ended', async () => {
  const { portal, hubspot } = await startPortal({ timeoutMs: 50 });
  portal.failNext({ path: /sequences/, connection: 'hang' });
  await expect(hubspot.send('read sequences', { path: '/automation/v4/sequences' })).rejects.toMatchObject({
    name: 'TemporaryFailure',
    message: expect.stringContaining('ETIMEDOUT'),
  });
});

test.each([
  ['answers', email({ from: 'lead' })],
  ['books a meeting', meeting({ startsAt: new Date(start.getTime() + 86_400_000), bookedBy: 'lead' })],
])('a lead who %s before the mail gets none', async (_, engagement) => {
  const { portal, sequences, enrolment, leadId, wait } = await startOffice();
  await sequences.enrol(enrolment);
  portal.log(engagement, { contactId: leadId });
  wait(10);
  const mails = portal.objectsOf(leadId, 'emails').filter((one) => one.properties['hs_sequence_id']);
  expect(mails).toEqual([]);
  expect((await sequences.contact(leadId))?.inSequence).toBe(false);
});
