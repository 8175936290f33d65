import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { morningAfter, tomorrowAt } from '../../../src/domain/time/named-times.ts';
import { holidayCalendar } from '../../../src/policy-file/holidays.ts';
import { at, everyDay, newYorkOffice, weekdays } from '../../support/examples.ts';

const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
const emigrant: WorkingHours = { ...newYorkOffice, before: { until: at('20:00'), hours: kolkata } };

describe('a time of tomorrow', () => {
  const nine = 540;
  const table: [title: string, WorkingHours, now: string, minuteOfDay: number, until: string][] = [
    ['is on the wall', newYorkOffice, '2026-03-03T10:00-05:00', nine, '2026-03-04T09:00-05:00'],
    [
      'is tomorrow’s before dawn too',
      newYorkOffice,
      '2026-03-03T00:30-05:00',
      nine,
      '2026-03-04T09:00-05:00',
    ],
    ['is a day later where it is later', kolkata, '2026-03-03T14:00-05:00', nine, '2026-03-05T09:00+05:30'],
    ['may be a free day', newYorkOffice, '2026-03-06T10:00-05:00', nine, '2026-03-07T09:00-05:00'],
    [
      'stays after the clocks change',
      newYorkOffice,
      '2026-03-07T10:00-05:00',
      nine,
      '2026-03-08T09:00-04:00',
    ],
    ['that is skipped is later', newYorkOffice, '2026-03-07T10:00-05:00', 150, '2026-03-08T03:30-04:00'],
    ['that comes twice is the first', newYorkOffice, '2026-10-31T10:00-04:00', 90, '2026-11-01T01:30-04:00'],
    [
      'is later when midnight is skipped',
      everyDay('America/Sao_Paulo', '09:00-17:00'),
      '2018-11-03T12:00-03:00',
      0,
      '2018-11-04T01:00-02:00',
    ],
    [
      'is the day after when tomorrow never was',
      weekdays('Pacific/Apia', '09:00-17:00'),
      '2011-12-29T12:00-10:00',
      nine,
      '2011-12-31T09:00+14:00',
    ],
    ['is where they live now', emigrant, '2026-03-03T10:00-05:00', nine, '2026-03-04T09:00+05:30'],
    ['is where they have moved to', emigrant, '2026-03-03T15:00-05:00', nine, '2026-03-04T09:00-05:00'],
  ];
  for (const [title, hours, asked, minuteOfDay, until] of table) {
    it(title, () => {
      expect(tomorrowAt(hours, new Date(asked), minuteOfDay)).toEqual(new Date(until));
    });
  }
});

describe('the morning after', () => {
  const holidays = holidayCalendar('US-NY');
  const inNewYorkState = { ...newYorkOffice, ...(holidays && { holidays }) };
  const back = new Date('2026-03-05T12:00-05:00');
  const away = { ...newYorkOffice, away: [{ from: at('12:00'), until: back }] };
  const broken = weekdays('America/New_York', '09:00-09:45', '11:00-17:00');
  const nightly = everyDay('America/New_York', '00:00-06:00', '22:00-24:00');
  const table: [title: string, WorkingHours, now: string, until: string][] = [
    ['leaves an hour of work', newYorkOffice, '2026-03-03T10:00-05:00', '2026-03-04T10:00-05:00'],
    ['is tomorrow’s before dawn too', newYorkOffice, '2026-03-03T00:30-05:00', '2026-03-04T10:00-05:00'],
    ['of a Friday is Monday’s', newYorkOffice, '2026-03-06T16:00-05:00', '2026-03-09T10:00-04:00'],
    ['of a Saturday is Monday’s', newYorkOffice, '2026-03-07T16:00-05:00', '2026-03-09T10:00-04:00'],
    ['is not a holiday’s', inNewYorkState, '2026-11-25T10:00-05:00', '2026-11-27T10:00-05:00'],
    ['comes when they are back', away, '2026-03-03T10:00-05:00', '2026-03-05T13:00-05:00'],
    ['counts no break', broken, '2026-03-03T10:00-05:00', '2026-03-04T11:15-05:00'],
    ['of a night at work is within it', nightly, '2026-03-03T23:00-05:00', '2026-03-04T01:00-05:00'],
  ];
  for (const [title, hours, asked, until] of table) {
    it(title, () => {
      expect(morningAfter(hours, new Date(asked))).toEqual(new Date(until));
    });
  }
});
