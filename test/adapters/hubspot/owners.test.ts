import { describe, expect, test } from 'vitest';
import { workingTimeOf } from '../../../src/adapters/hubspot/working-time.ts';
import { startPortal } from './portal.ts';

const ann = { email: 'Ann@acme.test', firstName: 'Ann', lastName: 'Lee' };
const nineToFive = [{ fromMinute: 540, toMinute: 1020 }];

test('owners come from all pages, those who left too', async () => {
  const { portal, crm, requests } = await startPortal();
  const ids = Array.from({ length: 501 }, (_, index) => {
    const person = { email: `r${index}@acme.test`, firstName: 'Rep', lastName: String(index) };
    return portal.createOwner({ ...person, zone: 'Europe/Berlin', availability: 'away' }).id;
  });
  portal.deactivateOwner(ids[0] ?? '');
  const owners = await crm.owners();
  expect(owners).toHaveLength(501);
  expect(owners.find(({ id }) => id === ids[0])).toMatchObject({
    id: ids[0],
    email: 'r0@acme.test',
    name: 'Rep 0',
    active: false,
  });
  expect(owners.filter(({ active }) => active)).toHaveLength(500);
  expect(owners.filter(({ setAway }) => setAway)).toHaveLength(501);
  const all = requests();
  expect(all.filter((request) => request.includes('owners'))).toHaveLength(2);
  expect(all.filter((request) => request.includes('users'))).toHaveLength(6);
});

test('an owner comes with the hours and absences of their user', async () => {
  const { portal, crm } = await startPortal();
  const from = new Date('2026-12-21T08:00:00Z');
  const until = new Date('2027-01-04T08:00:00Z');
  portal.createOwner({
    ...ann,
    zone: 'Europe/London',
    workingHours: [{ days: 'MONDAY_TO_FRIDAY', startMinute: 540, endMinute: 1020 }],
    outOfOffice: [{ startTimestamp: from.getTime(), endTimestamp: until.getTime() }],
    availability: 'available',
  });
  expect(await crm.owners()).toMatchObject([
    {
      email: 'ann@acme.test',
      hours: {
        zone: 'Europe/London',
        week: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive },
      },
      absences: [{ from, until, why: { kind: 'outOfOfficeInHubSpot' } }],
      setAway: false,
    },
  ]);
});

test('a user record that names no owner is joined by its email', async () => {
  const { portal, crm } = await startPortal();
  const { userRecordId } = portal.createOwner({ ...ann, availability: 'away' });
  portal.setProperties('users', userRecordId, { hubspot_owner_id: '', hs_email: 'ANN@acme.test' });
  expect(await crm.owners()).toMatchObject([{ setAway: true }]);
});

test('without the scope for users nobody has hours or absences', async () => {
  const { portal, crm } = await startPortal();
  portal.createOwner({ ...ann, zone: 'Europe/London', availability: 'away' });
  const body = { status: 'error', category: 'MISSING_SCOPES', message: 'Needs crm.objects.users.read' };
  portal.failNext({ path: /users$/, status: 403, body });
  expect(await crm.owners()).toMatchObject([
    { email: 'ann@acme.test', hours: null, absences: [], setAway: false },
  ]);
});

test('users that cannot be read for a moment make the whole directory be read again', async () => {
  const { portal, crm } = await startPortal();
  portal.failNext({ path: /users$/, status: 500 });
  await expect(crm.owners()).rejects.toMatchObject({ name: 'TemporaryFailure' });
});

function workingTime(values: Record<string, string | null>) {
  return workingTimeOf({ hs_standard_time_zone: 'Europe/Berlin', ...values });
}

const hours = (...shifts: unknown[]) => workingTime({ hs_working_hours: JSON.stringify(shifts) }).hours;
const absences = (...entries: unknown[]) =>
  workingTime({ hs_out_of_office_hours: JSON.stringify(entries) }).absences;

test("HubSpot's names for days and groups of days are understood", () => {
  const shift = { startMinute: 540, endMinute: 1020 };
  expect(hours({ days: 'EVERY_DAY', ...shift })?.week).toEqual({
    1: nineToFive,
    2: nineToFive,
    3: nineToFive,
    4: nineToFive,
    5: nineToFive,
    6: nineToFive,
    7: nineToFive,
  });
  expect(hours({ days: 'SATURDAY_SUNDAY', ...shift })?.week).toEqual({ 6: nineToFive, 7: nineToFive });
  expect(hours({ days: 'WEDNESDAY', ...shift })?.week).toEqual({ 3: nineToFive });
});

test('shifts of a day stand in order, and those that meet or overlap are one', () => {
  const on = (startMinute: number, endMinute: number) => ({ days: 'MONDAY', startMinute, endMinute });
  expect(hours(on(780, 1020), on(540, 720))?.week).toEqual({
    1: [
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 780, toMinute: 1020 },
    ],
  });
  const overlapping = hours(on(540, 720), on(700, 800), on(800, 1440), on(600, 610));
  expect(overlapping?.week).toEqual({ 1: [{ fromMinute: 540, toMinute: 1440 }] });
});

test('a shift that ends before it begins goes on into the next day', () => {
  expect(hours({ days: 'SUNDAY', startMinute: 1320, endMinute: 360 })?.week).toEqual({
    7: [{ fromMinute: 1320, toMinute: 1440 }],
    1: [{ fromMinute: 0, toMinute: 360 }],
  });
});

test('shifts that make no sense are left out, and the others count', () => {
  const good = { days: 'MONDAY', startMinute: 540, endMinute: 1020 };
  const odd = [
    { ...good, days: 'SOMEDAY' },
    { ...good, days: 'constructor' },
    { ...good, startMinute: 540, endMinute: 540 },
    { ...good, startMinute: -5 },
    { ...good, endMinute: 1441 },
    { ...good, startMinute: '540' },
    { days: 'MONDAY' },
    null,
    7,
  ];
  expect(hours(...odd, good)?.week).toEqual({ 1: nineToFive });
  expect(hours(...odd)).toBeNull();
});

test.each([
  ['nothing', ''],
  ['no list', '{"days":"MONDAY"}'],
  ['no JSON', '[{'],
])('working hours that are %s are none', (_, hs_working_hours) => {
  expect(workingTime({ hs_working_hours }).hours).toBeNull();
});

test.each(['', 'Berlin', null])('working hours in the zone %j are none', (hs_standard_time_zone) => {
  const hs_working_hours = JSON.stringify([{ days: 'MONDAY', startMinute: 540, endMinute: 1020 }]);
  expect(workingTime({ hs_working_hours, hs_standard_time_zone }).hours).toBeNull();
});

test('times out of office are read in seconds and in milliseconds, as numbers and as text', () => {
  const from = new Date('2026-12-21T08:00:00Z');
  const until = new Date('2027-01-04T08:00:00Z');
  const inSeconds = { startTimestamp: from.getTime() / 1000, endTimestamp: String(until.getTime() / 1000) };
  const inMilliseconds = { startTimestamp: String(from.getTime()), endTimestamp: until.getTime() };
  const expected = { from, until, why: { kind: 'outOfOfficeInHubSpot' } };
  expect(absences(inSeconds, inMilliseconds)).toEqual([expected, expected]);
});

test('times out of office that make no sense are left out', () => {
  const [earlier, later] = [1_790_000_000_000, 1_790_000_100_000];
  expect(
    absences(
      { startTimestamp: later, endTimestamp: earlier },
      { startTimestamp: earlier },
      { startTimestamp: 'soon', endTimestamp: later },
      { startTimestamp: earlier, endTimestamp: 1e17 },
      null,
    ),
  ).toEqual([]);
});

test('somebody who is away and out of office is both', () => {
  const hs_out_of_office_hours = JSON.stringify([
    { startTimestamp: 1_790_000_000, endTimestamp: 1_790_000_100 },
  ]);
  const { absences: planned, setAway } = workingTime({
    hs_availability_status: 'away',
    hs_out_of_office_hours,
  });
  expect([planned.map(({ why }) => why), setAway]).toEqual([[{ kind: 'outOfOfficeInHubSpot' }], true]);
});

describe.each(['2026-09', 'legacy'] as const)('a page for booking a meeting (%s)', (apiVersion) => {
  const linksOf = async ({ crm }: Awaited<ReturnType<typeof startPortal>>) =>
    (await crm.owners()).map(({ meetingLink }) => meetingLink);

  test('is the usual one of those that somebody made for themselves', async () => {
    const test = await startPortal({ apiVersion });
    const { id } = test.portal.createOwner(ann);
    test.portal.createOwner({ ...ann, email: 'ben@acme.test' });
    for (const slug of ['ann', 'ann/demo']) test.portal.meetingLinks.create(id, { slug });
    test.portal.meetingLinks.create(id, { slug: 'team', type: 'ROUND_ROBIN_CALENDAR' });
    expect(await linksOf(test)).toEqual(['https://meetings.hubspot.com/ann', undefined]);
  });

  test('is found on every page of them, and asked for once an hour', async () => {
    const test = await startPortal({ apiVersion });
    const { id } = test.portal.createOwner(ann);
    const { id: last } = test.portal.createOwner({ ...ann, email: 'ben@acme.test' });
    for (let made = 0; made < 100; made += 1) test.portal.meetingLinks.create(id, { slug: `ann/${made}` });
    test.portal.meetingLinks.create(last, { slug: 'ben' });
    const asked = () => test.portal.requests.filter(({ path }) => path.includes('meeting-links')).length;
    expect(await linksOf(test)).toEqual([
      'https://meetings.hubspot.com/ann/0',
      'https://meetings.hubspot.com/ben',
    ]);
    expect(asked()).toBe(2);
    await linksOf(test);
    expect(asked()).toBe(2);
    test.wait(60);
    await linksOf(test);
    expect(asked()).toBe(4);
  });

  test('is nobody’s where the bot may not see them', async () => {
    const test = await startPortal({ apiVersion, scopes: ['crm.objects.owners.read'] });
    test.portal.meetingLinks.create(test.portal.createOwner(ann).id, { slug: 'ann' });
    expect(await linksOf(test)).toEqual([undefined]);
  });
});
