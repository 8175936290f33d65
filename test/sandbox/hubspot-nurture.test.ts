import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Flow } from '../../sandbox/hubspot/flows.ts';
import { triggeredAfterMs } from '../../sandbox/hubspot/flows.ts';
import { allOf, isAnyOf, isKnown, isTrue } from '../../sandbox/hubspot/segment-filters.ts';
import { evaluatedAfterMs, type Segment } from '../../sandbox/hubspot/segments.ts';
import { type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';

const paused = 'handoff_nurture_paused';
const resumedAt = 'handoff_nurture_resumed_at';
const dayMs = 24 * 3_600_000;

let now: Date;
let hubspot: HubSpotServer;
let isPaused: Segment;
let flow: Flow;

async function start(scopes?: readonly string[]): Promise<void> {
  const server = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => now,
    limits: 'off',
    ...(scopes && { scopes }),
    properties: {
      contacts: [
        { name: paused, label: 'Nurture paused', type: 'bool', fieldType: 'booleancheckbox' },
        { name: resumedAt, label: 'Nurture resumed at', type: 'datetime', fieldType: 'date' },
      ],
    },
  });
  onTestFinished(() => server.close());
  hubspot = server;
  isPaused = hubspot.segments.create({
    name: 'Nurture paused',
    processingType: 'DYNAMIC',
    filters: allOf([paused, isTrue]),
  });
  flow = hubspot.flows.create({
    name: 'Nurture',
    enrolsOn: allOf(['lifecyclestage', isAnyOf('lead', 'marketingqualifiedlead')]),
    enrolsAgainOn: allOf([resumedAt, isKnown]),
    suppressedBy: isPaused,
    steps: [0, 3, 4].map((afterDays, index) => ({
      afterDays,
      mail: hubspot.mails.create(`Letter ${index + 1}`),
    })),
  });
}

beforeEach(async () => {
  now = new Date('2026-11-02T14:00:00Z');
  await start();
});

function pass(ms: number): void {
  now = new Date(now.getTime() + ms);
}

const contact = (values: Record<string, string> = {}) =>
  hubspot.createContact({ email: 'ada@example.com', ...values });
const write = (id: string, values: Record<string, string>) =>
  hubspot.setProperties('contacts', id, values, { source: 'INTEGRATION' });
const lettersTo = (id: string) => hubspot.mails.sentTo(id).map(({ mail }) => mail.name);
const statusOf = (id: string) => hubspot.flows.standingOf(flow, id)?.status ?? null;

test('a lead gets a mail when it enrols and every few days from then on', () => {
  const ada = contact();
  const enrolledAt = now.getTime() + triggeredAfterMs;
  expect(statusOf(ada)).toBeNull();
  pass(triggeredAfterMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['enrolled', ['Letter 1']]);
  pass(90 * dayMs);
  expect(statusOf(ada)).toBe('completed');
  expect(hubspot.mails.sentTo(ada).map(({ at }) => (at.getTime() - enrolledAt) / dayMs)).toEqual([0, 3, 7]);
});

test('what a mail leaves on the contact is counted there, and is no engagement', () => {
  const ada = contact();
  pass(4 * dayMs);
  const record = hubspot.object('contacts', ada);
  expect(record?.properties).toMatchObject({
    hs_email_last_send_date: '2026-11-05T14:00:05Z',
    hs_email_last_email_name: 'Letter 2',
    hs_email_delivered: '2',
    hs_email_sends_since_last_engagement: '2',
  });
  expect(record?.properties).not.toHaveProperty('notes_last_contacted');
  expect(record?.properties).not.toHaveProperty('num_contacted_notes');
  expect(record?.associations).toEqual({});
  hubspot.mails.open(ada);
  hubspot.mails.reply(ada);
  expect(hubspot.object('contacts', ada)?.properties).toMatchObject({
    hs_email_last_open_date: '2026-11-06T14:00:00Z',
    hs_email_last_reply_date: '2026-11-06T14:00:00Z',
    hs_email_open: '1',
    hs_email_replied: '1',
    hs_email_sends_since_last_engagement: '0',
  });
});

test.each([
  ['a customer', { lifecyclestage: 'customer' }, null, 0],
  ['somebody without an address', { email: '', firstname: 'Ada' }, 'enrolled', 0],
  ['somebody who wants no mails', { hs_email_optout: 'true' }, 'enrolled', 0],
  ['a lead', {}, 'enrolled', 1],
])('%s gets what is due to them', (_, values, status, letters) => {
  const ada = contact(values);
  pass(triggeredAfterMs);
  expect([statusOf(ada), lettersTo(ada).length]).toEqual([status, letters]);
});

test('who becomes a customer leaves', () => {
  const ada = contact();
  pass(dayMs);
  write(ada, { lifecyclestage: 'customer' });
  pass(90 * dayMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['left', ['Letter 1']]);
});

test('who comes onto the suppression list leaves at once, and gets nothing more', () => {
  const ada = contact();
  pass(3 * dayMs - evaluatedAfterMs);
  write(ada, { [paused]: 'true' });
  pass(evaluatedAfterMs - 1);
  expect(statusOf(ada)).toBe('enrolled');
  pass(1);
  expect(statusOf(ada)).toBe('suppressed');
  pass(90 * dayMs);
  expect(lettersTo(ada)).toEqual(['Letter 1']);
});

test('who leaves the suppression list is not enrolled again by that', () => {
  const ada = contact();
  pass(dayMs);
  write(ada, { [paused]: 'true' });
  pass(dayMs);
  write(ada, { [paused]: 'false' });
  pass(90 * dayMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['suppressed', ['Letter 1']]);
});

test('who is resumed after that begins anew, each time', () => {
  const ada = contact();
  pass(dayMs);
  for (const _ of ['once', 'twice']) {
    write(ada, { [paused]: 'true' });
    pass(dayMs);
    write(ada, { [paused]: 'false' });
    pass(evaluatedAfterMs);
    write(ada, { [resumedAt]: now.toISOString() });
    pass(triggeredAfterMs);
    expect(statusOf(ada)).toBe('enrolled');
  }
  pass(90 * dayMs);
  expect(lettersTo(ada)).toEqual(['Letter 1', 'Letter 1', 'Letter 1', 'Letter 2', 'Letter 3']);
});

test('who is resumed in the same write is still on the list when the trigger is looked at, and stays out', () => {
  const ada = contact();
  pass(dayMs);
  write(ada, { [paused]: 'true' });
  pass(dayMs);
  write(ada, { [paused]: 'false', [resumedAt]: now.toISOString() });
  pass(90 * dayMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['suppressed', ['Letter 1']]);
});

test('who is resumed while enrolled, or is no lead any more, is not enrolled by that', () => {
  const [ada, ben] = [contact(), contact({ email: 'ben@example.com' })];
  pass(dayMs);
  write(ben, { lifecyclestage: 'customer' });
  pass(dayMs);
  for (const id of [ada, ben]) write(id, { [resumedAt]: now.toISOString() });
  pass(90 * dayMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['completed', ['Letter 1', 'Letter 2', 'Letter 3']]);
  expect([statusOf(ben), lettersTo(ben)]).toEqual(['left', ['Letter 1']]);
});

test('who is on the list from the start is kept out, until they come to meet the trigger once more', () => {
  const ada = contact({ lifecyclestage: 'subscriber', [paused]: 'true' });
  pass(evaluatedAfterMs);
  write(ada, { lifecyclestage: 'lead' });
  pass(dayMs);
  write(ada, { [paused]: 'false' });
  pass(dayMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['suppressed', []]);
  write(ada, { lifecyclestage: '' });
  pass(dayMs);
  write(ada, { lifecyclestage: 'lead' });
  pass(triggeredAfterMs);
  expect([statusOf(ada), lettersTo(ada)]).toEqual(['enrolled', ['Letter 1']]);
});

test('a workflow lets nobody in who met its triggers before it was made', async () => {
  const ada = contact();
  pass(dayMs);
  const { enrolsOn, enrolsAgainOn, suppressedBy, steps } = flow;
  const newer = hubspot.flows.create({ name: 'Newer', enrolsOn, enrolsAgainOn, suppressedBy, steps });
  write(ada, { lifecyclestage: 'marketingqualifiedlead' });
  pass(dayMs);
  expect(hubspot.flows.standingOf(newer, ada)).toBeNull();
});

test('a merged contact goes on where it was', () => {
  const [ada, double] = [contact(), contact({ email: 'double@example.com' })];
  pass(dayMs);
  const merged = hubspot.mergeContacts(ada, double);
  pass(90 * dayMs);
  expect(statusOf(merged)).toBe('completed');
  expect(lettersTo(merged)).toEqual(['Letter 1', 'Letter 1', 'Letter 2', 'Letter 3']);
});

test('a campaign mail goes to a segment, and not to those in the one that it leaves out', () => {
  const [ada, ben] = [contact(), contact({ email: 'ben@example.com' })];
  const everybody = hubspot.segments.create({ name: 'Everybody', processingType: 'MANUAL' });
  hubspot.segments.write(everybody, { add: [ada, ben] });
  write(ben, { [paused]: 'true' });
  pass(evaluatedAfterMs);
  const mail = hubspot.mails.create('Invitation');
  expect(hubspot.mails.sendCampaign(mail, { to: everybody, butNotTo: isPaused })).toEqual({
    mail,
    sent: 1,
    leftOut: 1,
  });
  expect([lettersTo(ada), lettersTo(ben)]).toEqual([['Letter 1', 'Invitation'], ['Letter 1']]);
});

test.each(['/automation/v4/flows', '/automation/2026-09-beta/flows'])(
  '%s tells by which list a workflow is suppressed',
  async (path) => {
    const ask = async (address: string) => {
      const headers = { Authorization: 'Bearer pat-test' };
      const response = await fetch(`${hubspot.url}${address}`, { headers });
      return { status: response.status, body: (await response.json()) as { actions: object[] } };
    };
    expect(await ask(path)).toMatchObject({
      status: 200,
      body: { results: [{ id: flow.id, name: 'Nurture' }] },
    });
    const read = await ask(`${path}/${flow.id}`);
    expect(read).toMatchObject({
      status: 200,
      body: {
        type: 'CONTACT_FLOW',
        isEnabled: true,
        suppressionListIds: [Number(isPaused.id)],
        enrollmentCriteria: { shouldReEnroll: true },
        actions: [
          { actionId: '1', actionTypeId: '0-4', connection: { nextActionId: '2' } },
          { actionId: '2', actionTypeId: '0-1', fields: { delta: '4320', time_unit: 'MINUTES' } },
          { actionId: '3', actionTypeId: '0-4' },
          { actionId: '4', actionTypeId: '0-1' },
          { actionId: '5', actionTypeId: '0-4' },
        ],
      },
    });
    expect(read.body.actions.at(-1)).not.toHaveProperty('connection');
    expect(await ask(`${path}/404`)).toMatchObject({ status: 404 });
    await start(['crm.lists.read']);
    expect(await ask(`${path}/${flow.id}`)).toMatchObject({
      status: 403,
      body: { category: 'MISSING_SCOPES' },
    });
  },
);
