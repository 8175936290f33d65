import { expect, test } from 'vitest';
import { localDay } from '../../../src/domain/time/calendar.ts';

const hour = 3_600_000;

test.each([
  ['in UTC', 'UTC', '2026-03-03T23:59:59Z', '2026-03-03', 24],
  [
    'behind UTC, where it is still the day before',
    'America/New_York',
    '2026-03-04T02:00:00Z',
    '2026-03-03',
    24,
  ],
  ['ahead of UTC, where it is the next already', 'Asia/Kolkata', '2026-03-03T20:00:00Z', '2026-03-04', 24],
  ['with an hour that is skipped', 'America/New_York', '2026-03-08T12:00:00Z', '2026-03-08', 23],
  ['with an hour that comes twice', 'America/New_York', '2026-11-01T12:00:00Z', '2026-11-01', 25],
  ['that begins at one', 'America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04', 23],
  ['with 23:00 twice', 'America/Sao_Paulo', '2019-02-16T12:00:00Z', '2019-02-16', 25],
  ['before a date that never was', 'Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29', 24],
  ['after a date that never was', 'Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31', 24],
])('a local day %s', (_, zone, instant, date, hours) => {
  const at = new Date(instant);
  const day = localDay(zone, at);
  expect(day.date).toBe(date);
  expect(day.to - day.from).toBe(hours * hour);
  expect(day.from <= at.getTime() && at.getTime() < day.to).toBe(true);
});

test('the first instant of the next day belongs to that day, whichever was asked for before', () => {
  const { to, date } = localDay('Europe/Berlin', new Date('2026-03-03T12:00:00Z'));
  expect([date, localDay('Europe/Berlin', new Date(to)).date]).toEqual(['2026-03-03', '2026-03-04']);
  expect(localDay('Europe/Berlin', new Date(to - 1)).date).toBe('2026-03-03');
});
