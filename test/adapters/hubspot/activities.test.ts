import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { call, type Engagement, email, meeting, message } from '../../../sandbox/hubspot/engagements.ts';
import type { Activity } from '../../../src/domain/lead/lead.ts';
import { resultOf } from '../../../src/flow/ports/crm.ts';
import { minutesAfter } from '../../support/examples.ts';
import { start, startPortal } from './portal.ts';

const tomorrow = minutesAfter(start, 24 * 60);

/** What is read of one thing on a lead's timeline. */
async function readBack(engagement: Engagement): Promise<Activity | undefined> {
  const { portal, crm } = await startPortal();
  const contactId = portal.createContact({ email: 'a@acme.test' });
  portal.log(engagement, { contactId });
  return (await crm.lead(contactId))?.activities[0];
}

test.each<[string, Engagement]>([
  ['a call that a rep logs', call()],
  ['a call on a phone', call({ source: 'MOBILE_IOS' })],
  ["a call through another maker's dialer", call({ source: 'INTEGRATION' })],
  ['an email from the page of a contact', email()],
  ['an email from a mailbox that HubSpot follows', email({ source: 'EMAIL' })],
  ['an email out of the Gmail extension', email({ source: 'GMAIL_INTEGRATION' })],
  ["the lead's own email", email({ from: 'lead' })],
  ['an email that came back', email({ status: 'BOUNCED' })],
  ['a meeting that a rep enters', meeting({ startsAt: tomorrow })],
  ['a meeting that the lead books', meeting({ startsAt: tomorrow, bookedBy: 'lead' })],
  ["a meeting out of another maker's calendar", { ...meeting({ startsAt: start }), source: 'INTEGRATION' }],
  ['a message that a rep logs', message()],
])('%s is the work of a person', async (_, engagement) => {
  expect(await readBack(engagement)).toMatchObject({ automated: false });
});

test.each<[string, Engagement]>([
  ['an email of a workflow', email({ from: 'workflow' })],
  ['an email of a sequence', email({ from: 'sequence' })],
  [
    "an email of a sequence that went out through the rep's mailbox",
    email({ from: 'sequence', source: 'EMAIL' }),
  ],
  ["an email of another maker's tool", email({ source: 'INTEGRATION' })],
  ["an email by HubSpot's prospecting agent", email({ source: 'PROSPECTING_AGENT' })],
  ['an email to many', email({ source: 'CRM_UI_BULK_ACTION' })],
  ['an email that is still to be sent', email({ status: 'SCHEDULED' })],
  ['an email that could not be sent', email({ status: 'FAILED' })],
  ['an imported email', email({ source: 'IMPORT' })],
  ['an email from who knows where', email({ source: 'SOMETHING_NEW' })],
  ['a call of a workflow', call({ source: 'AUTOMATION_PLATFORM' })],
  ['an imported call', call({ source: 'IMPORT' })],
  ["a message of another maker's tool", message({ source: 'INTEGRATION' })],
  [
    'what the lead writes by WhatsApp',
    message({ channel: 'WHATS_APP', source: 'CONVERSATIONS', from: 'lead' }),
  ],
])('%s counts as sent by nobody', async (_, engagement) => {
  expect(await readBack(engagement)).toMatchObject({ automated: true });
});

test.each([
  ['COMPLETED', false],
  ['NO_ANSWER', false],
  ['BUSY', false],
  ['IN_PROGRESS', false],
  ['FAILED', true],
  ['CANCELED', true],
  ['QUEUED', true],
  ['CALLING_CRM_USER', true],
  ['CONNECTING', true],
  ['RINGING', true],
  ['MISSED', true],
])('a call with status %s counts for nothing: %j', async (status, automated) => {
  const { type, properties, source } = call();
  expect(
    await readBack({ type, properties: { ...properties, hs_call_status: status }, source }),
  ).toMatchObject({
    automated,
  });
});

test.each([
  ['an answer in a shared inbox', email({ source: 'CONVERSATIONS' })],
  ['an answer by WhatsApp', message({ channel: 'WHATS_APP', source: 'CONVERSATIONS' })],
  ['an answer out of the help desk', email({ source: 'HELP_DESK' })],
])('%s is the work of a person', async (_, engagement) => {
  expect(await readBack(engagement)).toMatchObject({ automated: false });
});

test("a note that begins with the bot's own word is a rep's", async () => {
  for (const hs_note_body of ['Handoff completed', 'Handoff 7 done', '<p>Handoff call-back</p>']) {
    const read = await readBack({ type: 'notes', properties: { hs_note_body }, source: 'CRM_UI' });
    expect(read).toMatchObject({ ours: false, title: hs_note_body.replaceAll(/<.*?>/g, '') });
  }
});

test("a rep's own task that begins with the bot's own word is shown", async () => {
  const properties = { hs_task_subject: 'Prepare', hs_task_body: 'Handoff notes' };
  expect(await readBack({ type: 'tasks', properties, source: 'CRM_UI' })).toMatchObject({ title: 'Prepare' });
});

test.each<[string, Engagement, Activity['direction']]>([
  ['a call', call(), 'outbound'],
  ['a call by the lead', call({ direction: 'INBOUND' }), 'inbound'],
  ['an email', email(), 'outbound'],
  ['an email by the lead', email({ from: 'lead' }), 'inbound'],
  ['a meeting', meeting({ startsAt: tomorrow }), null],
  ['a meeting that the lead booked', meeting({ startsAt: tomorrow, bookedBy: 'lead' }), 'inbound'],
  ['a message', message(), null],
])('the direction of %s', async (_, engagement, direction) => {
  expect(await readBack(engagement)).toMatchObject({ direction });
});

test.each<[string, Engagement, connected: boolean, calledOff: boolean]>([
  ['a call that was answered', call({ result: 'connected' }), true, false],
  ['a call to a voicemail', call({ result: 'voicemail' }), false, false],
  ['a call without a result', call(), false, false],
  ['an email', email(), false, false],
  ['a meeting to come', meeting({ startsAt: tomorrow }), false, false],
  ['a meeting at another time', meeting({ startsAt: tomorrow, outcome: 'RESCHEDULED' }), false, false],
  ['a meeting that was held', meeting({ startsAt: start, outcome: 'COMPLETED' }), true, false],
  ['a meeting without the lead', meeting({ startsAt: start, outcome: 'NO_SHOW' }), false, true],
  ['a cancelled meeting', meeting({ startsAt: tomorrow, outcome: 'CANCELED' }), false, true],
])(
  'whether the lead was spoken to in %s, and whether it came off',
  async (_, engagement, connected, calledOff) => {
    expect(await readBack(engagement)).toMatchObject({ connected, calledOff });
  },
);

test('the other spelling of a cancelled meeting is understood', async () => {
  const { portal, crm } = await startPortal();
  const options = ['SCHEDULED', 'CANCELLED'].map((value) => ({ value, label: value }));
  portal.defineProperty('meetings', {
    name: 'hs_meeting_outcome',
    label: 'Outcome',
    type: 'enumeration',
    fieldType: 'select',
    options,
  });
  const contactId = portal.createContact({ email: 'a@acme.test' });
  const meetingId = portal.log(meeting({ startsAt: tomorrow }), { contactId });
  portal.setProperties('meetings', meetingId, { hs_meeting_outcome: 'CANCELLED' });
  expect((await crm.lead(contactId))?.activities).toMatchObject([{ id: meetingId, calledOff: true }]);
});

test('a meeting is known with when it takes place, when it was booked, and whose it is', async () => {
  const { portal, crm, wait } = await startPortal();
  const ownerId = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
  const contactId = portal.createContact({ email: 'a@acme.test' });
  const createdAt = wait(5);
  portal.log(meeting({ startsAt: tomorrow, bookedBy: 'lead', ownerId }), { contactId });
  wait(5);
  expect((await crm.lead(contactId))?.activities).toMatchObject([{ at: tomorrow, createdAt, ownerId }]);
});

test.each(['alone', 'among others'])(
  'of a contact with 620 mails and calls those of today, on the second page, are known: read %s',
  async (how) => {
    const { portal, crm } = await startPortal({ limits: 'off' });
    const contactId = portal.createContact({ email: 'a@acme.test' });
    for (let count = 0; count < 620; count += 1) {
      portal.log(email({ subject: `Mail ${count}` }), { contactId });
      portal.log(call({ title: `Call ${count}` }), { contactId });
    }
    const others = Array.from({ length: how === 'alone' ? 0 : 20 }, (_, index) =>
      portal.createContact({ email: `c${index}@acme.test` }),
    );
    const [lead] = (await crm.leads([contactId, ...others], 'card')).map(resultOf);
    const titlesOf = (kind: string) =>
      lead?.activities.flatMap((one) => (one.kind === kind ? [one.title] : [])).sort();
    const newest = Array.from({ length: 10 }, (_, index) => 610 + index);
    expect(titlesOf('call')).toEqual(newest.map((count) => `Call ${count}`));
    expect(titlesOf('email')).toEqual(newest.map((count) => `Mail ${count}`));
  },
);

test('a touch that the bot logged for a rep is ours, and the work of the rep', async () => {
  const { portal, crm } = await startPortal();
  const leadId = portal.createContact({ email: 'a@acme.test' });
  for (const kind of ['call', 'email', 'meeting', 'message', 'other'] as const) {
    const touch = { id: randomUUID(), kind, outcome: 'connected', note: 'Nice & short' } as const;
    const logged = {
      handoffId: '6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f',
      leadId,
      accountId: null,
      ownerId: null,
      touch,
      title: 'Talked',
      at: start,
    };
    await crm.logTouch(logged, false);
  }
  const activities = (await crm.lead(leadId))?.activities ?? [];
  expect(activities).toHaveLength(5);
  expect(activities.map(({ ours, automated }) => [ours, automated])).toEqual(
    activities.map(() => [true, false]),
  );
  expect(activities.filter(({ connected }) => connected).map(({ kind }) => kind)).toEqual([
    'call',
    'meeting',
  ]);
});
