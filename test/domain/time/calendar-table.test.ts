import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { addWorkingTime, workingMinutesBetween } from '../../../src/domain/time/calendar.ts';
import { holidayCalendar } from '../../../src/policy-file/holidays.ts';
import { hours } from '../../../src/policy-file/values.ts';
import { everyDay, newYorkOffice, span, weekdays } from '../../support/examples.ts';

function keeping(place: string, office: WorkingHours): WorkingHours {
  const holidays = holidayCalendar(place);
  if (!holidays) throw new Error(`found no holidays of ${place}, expected some`);
  return { ...office, holidays };
}

function away(office: WorkingHours, ...absences: [from: string, until: string][]): WorkingHours {
  return {
    ...office,
    away: absences.map(([from, until]) => ({ from: new Date(from), until: new Date(until) })),
  };
}

function since(until: string, office: WorkingHours, before: WorkingHours): WorkingHours {
  return { ...office, before: { until: new Date(until), hours: before } };
}

/** From 22:00 to 06:00, as a policy file spells it. */
function nights(zone: string, days = 'monday-sunday'): WorkingHours {
  return { zone, week: hours.parse({ [days]: '22:00-06:00' }) };
}

const newYork = newYorkOffice;
const berlin = weekdays('Europe/Berlin', '08:30-17:30');
const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
const kathmandu = weekdays('Asia/Kathmandu', '10:00-18:00');
const stJohns = weekdays('America/St_Johns', '09:00-17:00');
const lordHowe = weekdays('Australia/Lord_Howe', '09:00-17:00');
const apia = weekdays('Pacific/Apia', '09:00-17:00');
const utc = weekdays('UTC', '09:00-17:00');
const lunch = weekdays('Europe/Berlin', '09:00-12:00', '13:00-17:00');
const thrice = everyDay('Europe/Berlin', '08:00-10:00', '12:00-14:00', '16:00-18:00');
const saturdays: WorkingHours = { zone: 'Europe/Berlin', week: { 6: [span('10:00-11:00')] } };
const roundTheClock = everyDay('America/New_York', '00:00-24:00');
const evening = (zone: string) => everyDay(zone, '22:00-24:00');
const early = (zone: string) => everyDay(zone, '00:00-06:00');
const inNewYork = (...spans: string[]) => everyDay('America/New_York', ...spans);
const onLordHowe = (...spans: string[]) => everyDay('Australia/Lord_Howe', ...spans);

const inBavaria = keeping('DE-BY', weekdays('Europe/Berlin', '09:00-17:00'));
const inHamburg = keeping('DE-HH', weekdays('Europe/Berlin', '09:00-17:00'));
const inAugsburg = keeping('DE-BY-A', weekdays('Europe/Berlin', '09:00-17:00'));
const inNewYorkState = keeping('US-NY', newYork);
const inEngland = keeping('GB-ENG', weekdays('Europe/London', '09:00-17:00'));
const inSolothurn = keeping('CH-SO', weekdays('Europe/Zurich', '09:00-17:00'));
const inIndia = keeping('IN', kolkata);
const inDubai = keeping('AE', weekdays('Asia/Dubai', '09:00-17:00'));
const inIsrael = keeping('IL', weekdays('Asia/Jerusalem', '09:00-17:00'));

/** Free from noon until two on the Tuesday of the examples. */
const noonToTwo: [string, string] = ['2026-03-03T12:00-05:00', '2026-03-03T14:00-05:00'];

const inThreeZones = since('2026-03-04T12:00Z', newYork, since('2026-03-03T06:00Z', berlin, kolkata));
const halfDays = since('2026-03-04T00:00-05:00', weekdays('America/New_York', '09:00-13:00'), newYork);
const newcomer = since('2026-03-03T10:00-05:00', newYork, { zone: 'UTC', week: {} });
const awayInBoth = since(
  '2026-03-04T00:00Z',
  away(newYork, ['2026-03-03T08:00Z', '2026-03-04T15:00Z']),
  away(berlin, ['2026-03-03T12:00+01:00', '2026-03-03T13:00+01:00']),
);

type Case = [title: string, WorkingHours, from: string, minutes: number, until: string];

/*
 * 3 March 2026 is a Tuesday.
 *
 * Clocks change in New York on 2026-03-08 (02:00 → 03:00) and 2026-11-01 (02:00 → 01:00), likewise in St. John's, in
 * Berlin on 2026-03-29 (02:00 → 03:00) and 2026-10-25 (03:00 → 02:00), on Lord Howe by half an hour on 2026-04-05
 * (02:00 → 01:30) and 2026-10-04 (02:00 → 02:30). They change at midnight in São Paulo on 2018-11-04 (00:00 → 01:00) and
 * 2019-02-17 (00:00 → 23:00), in Cairo on 2024-04-26 (00:00 → 01:00) and 2024-11-01 (00:00 → 23:00), in Beirut on
 * 2024-03-31 (00:00 → 01:00) and 2024-10-27 (00:00 → 23:00), and in St. John's a minute after it on 2010-03-14
 * (00:01 → 01:01). Samoa had no 30 December 2011, a Friday: it moved to the other side of the date line.
 */
const table: Readonly<Record<string, readonly Case[]>> = {
  'over usual days': [
    ['inside one span', newYork, '2026-03-03T10:00-05:00', 15, '2026-03-03T10:15-05:00'],
    ['up to the very end of the day', newYork, '2026-03-03T17:00-05:00', 30, '2026-03-03T17:30-05:00'],
    ['over a night', newYork, '2026-03-03T17:20-05:00', 60, '2026-03-04T09:50-05:00'],
    ['from before the day begins', newYork, '2026-03-03T06:00-05:00', 15, '2026-03-03T09:15-05:00'],
    ['from after the day has ended', newYork, '2026-03-03T20:00-05:00', 15, '2026-03-04T09:15-05:00'],
    ['from the minute the day ends', newYork, '2026-03-03T17:30-05:00', 1, '2026-03-04T09:01-05:00'],
    ['over a weekend', newYork, '2026-03-06T17:15-05:00', 30, '2026-03-09T09:15-04:00'],
    ['from a Saturday', newYork, '2026-03-07T12:00-05:00', 5, '2026-03-09T09:05-04:00'],
    ['a whole working day', newYork, '2026-03-03T10:00-05:00', 510, '2026-03-04T10:00-05:00'],
    ['a whole working week', newYork, '2026-03-03T10:00-05:00', 2550, '2026-03-10T10:00-04:00'],
    ['where the zone is half an hour off', kolkata, '2026-03-03T18:45+05:30', 30, '2026-03-04T10:15+05:30'],
    ['while it is another day in UTC', kolkata, '2026-03-06T04:00+05:30', 10, '2026-03-06T10:10+05:30'],
    ['three quarters off', kathmandu, '2026-03-03T17:50+05:45', 20, '2026-03-04T10:10+05:45'],
    ['before dawn in Kathmandu', kathmandu, '2026-03-04T03:00+05:45', 5, '2026-03-04T10:05+05:45'],
    ['one hour a week, three weeks', saturdays, '2026-03-03T10:00+01:00', 150, '2026-03-21T10:30+01:00'],
    ['one hour a week, two years', saturdays, '2026-03-03T10:00+01:00', 6240, '2028-02-26T11:00+01:00'],
  ],

  'to the second': [
    ['half a minute', newYork, '2026-03-03T10:00-05:00', 0.5, '2026-03-03T10:00:30-05:00'],
    ['a minute and a half', newYork, '2026-03-03T10:00:30-05:00', 1.5, '2026-03-03T10:02:00-05:00'],
    ['a third of a minute', newYork, '2026-03-03T10:00-05:00', 1 / 3, '2026-03-03T10:00:20-05:00'],
    ['six seconds over a night', newYork, '2026-03-03T17:29:57-05:00', 0.1, '2026-03-04T09:00:03-05:00'],
    ['the last second of a day', utc, '2026-03-03T16:59:59Z', 1, '2026-03-04T09:00:59Z'],
    ['from within a second', newYork, '2026-03-03T10:00:00.250-05:00', 1, '2026-03-03T10:01:00.250-05:00'],
    ['a millisecond', newYork, '2026-03-03T10:00-05:00', 1 / 60_000, '2026-03-03T10:00:00.001-05:00'],
  ],

  'over leap days and new year': [
    ['29 February 2024 is worked', newYork, '2024-02-28T17:30-05:00', 510, '2024-02-29T17:30-05:00'],
    ['29 February 2024 to March', newYork, '2024-02-29T17:00-05:00', 60, '2024-03-01T09:30-05:00'],
    ['February 2027 has 28 days', newYork, '2027-02-26T17:00-05:00', 60, '2027-03-01T09:30-05:00'],
    ['29 February 2028 follows the 28th', newYork, '2028-02-28T17:00-05:00', 60, '2028-02-29T09:30-05:00'],
    ['29 February 2028 to March', berlin, '2028-02-29T17:00+01:00', 60, '2028-03-01T09:00+01:00'],
    ['new year is a Thursday', newYork, '2025-12-31T17:00-05:00', 60, '2026-01-01T09:30-05:00'],
    ['new year is a Friday', kolkata, '2026-12-31T18:30+05:30', 60, '2027-01-01T10:30+05:30'],
    ['a leap second', everyDay('UTC', '00:00-24:00'), '2016-12-31T23:59Z', 2, '2017-01-01T00:01Z'],
  ],

  'of several spans': [
    ['before lunch', lunch, '2026-03-03T11:00+01:00', 60, '2026-03-03T12:00+01:00'],
    ['over lunch', lunch, '2026-03-03T11:30+01:00', 60, '2026-03-03T13:30+01:00'],
    ['from within lunch', lunch, '2026-03-03T12:20+01:00', 60, '2026-03-03T14:00+01:00'],
    ['over lunch and a night', lunch, '2026-03-03T11:30+01:00', 300, '2026-03-04T09:30+01:00'],
    ['three spans', thrice, '2026-03-03T09:30+01:00', 180, '2026-03-03T16:30+01:00'],
    [
      'spans that meet',
      inNewYork('09:00-12:00', '12:00-15:00'),
      '2026-03-03T11:30-05:00',
      60,
      '2026-03-03T12:30-05:00',
    ],
  ],

  'at midnight': [
    ['up to it', inNewYork('18:00-24:00'), '2026-03-03T23:00-05:00', 60, '2026-03-04T00:00-05:00'],
    ['the day ends', inNewYork('18:00-24:00'), '2026-03-03T23:30-05:00', 60, '2026-03-04T18:30-05:00'],
    ['from its end', inNewYork('18:00-24:00'), '2026-03-04T00:00-05:00', 1, '2026-03-04T18:01-05:00'],
    ['without a break', roundTheClock, '2026-03-03T23:30-05:00', 60, '2026-03-04T00:30-05:00'],
    ['the day begins', everyDay('UTC', '00:00-01:00'), '2026-03-03T00:00Z', 60, '2026-03-03T01:00Z'],
    [
      'a minute before and one after',
      everyDay('UTC', '00:00-00:01', '23:59-24:00'),
      '2026-03-03T23:59Z',
      3,
      '2026-03-05T00:00Z',
    ],
  ],

  overnight: [
    ['over midnight', nights('UTC'), '2026-03-03T23:30Z', 60, '2026-03-04T00:30Z'],
    ['a whole night', nights('UTC'), '2026-03-03T22:00Z', 480, '2026-03-04T06:00Z'],
    ['from morning to evening', nights('UTC'), '2026-03-04T05:45Z', 30, '2026-03-04T22:15Z'],
    ['Sunday’s into Monday', nights('UTC', 'sunday'), '2026-03-08T23:00Z', 120, '2026-03-09T01:00Z'],
    ['Friday’s into Saturday', nights('UTC', 'friday'), '2026-03-06T23:00Z', 420, '2026-03-07T06:00Z'],
    [
      'after Friday’s comes Monday’s',
      nights('UTC', 'monday-friday'),
      '2026-03-07T05:00Z',
      120,
      '2026-03-09T23:00Z',
    ],
    ['none before Monday’s', nights('UTC', 'monday-friday'), '2026-03-09T00:30Z', 15, '2026-03-09T22:15Z'],
    [
      'and then a day',
      { zone: 'UTC', week: hours.parse({ monday: '22:00-02:00', tuesday: '09:00-12:00' }) },
      '2026-03-02T23:00Z',
      240,
      '2026-03-03T10:00Z',
    ],
    ['short', nights('America/New_York'), '2026-03-07T22:00-05:00', 420, '2026-03-08T06:00-04:00'],
    ['long', nights('America/New_York'), '2026-10-31T22:00-04:00', 540, '2026-11-01T06:00-05:00'],
    ['short', nights('Europe/Berlin'), '2026-03-28T22:00+01:00', 420, '2026-03-29T06:00+02:00'],
    ['long', nights('Europe/Berlin'), '2026-10-24T22:00+02:00', 540, '2026-10-25T06:00+01:00'],
    [
      'half an hour short',
      nights('Australia/Lord_Howe'),
      '2026-10-03T22:00+10:30',
      450,
      '2026-10-04T06:00+11:00',
    ],
    [
      'half an hour long',
      nights('Australia/Lord_Howe'),
      '2026-04-04T22:00+11:00',
      510,
      '2026-04-05T06:00+10:30',
    ],
    [
      'over a skipped midnight',
      nights('America/Sao_Paulo'),
      '2018-11-03T22:00-03:00',
      420,
      '2018-11-04T06:00-02:00',
    ],
    [
      'with 23:00 twice',
      nights('America/Sao_Paulo'),
      '2019-02-16T22:00-02:00',
      540,
      '2019-02-17T06:00-03:00',
    ],
    ['with 23:00 twice', nights('Asia/Beirut'), '2024-10-26T22:00+03:00', 540, '2024-10-27T06:00+02:00'],
    [
      'over a date that never was',
      nights('Pacific/Apia'),
      '2011-12-29T22:00-10:00',
      480,
      '2011-12-31T06:00+14:00',
    ],
    [
      'seconds into spring',
      nights('Europe/Berlin'),
      '2026-03-29T01:59:30+01:00',
      1,
      '2026-03-29T03:00:30+02:00',
    ],
    [
      'seconds into autumn',
      nights('Europe/Berlin'),
      '2026-10-25T02:59:30+02:00',
      1,
      '2026-10-25T02:00:30+01:00',
    ],
  ],

  'over changes of the clocks outside the hours': [
    ['spring', newYork, '2026-03-06T17:00-05:00', 60, '2026-03-09T09:30-04:00'],
    ['autumn', newYork, '2026-10-30T17:00-04:00', 60, '2026-11-02T09:30-05:00'],
    ['spring in Newfoundland', stJohns, '2026-03-06T16:45-03:30', 30, '2026-03-09T09:15-02:30'],
    ['autumn on Lord Howe', lordHowe, '2026-04-03T16:30+11:00', 60, '2026-04-06T09:30+10:30'],
    ['a Friday that never was', apia, '2011-12-29T16:30-10:00', 60, '2012-01-02T09:30+14:00'],
    ['beyond the date line', apia, '2012-01-02T16:30+14:00', 60, '2012-01-03T09:30+14:00'],
    [
      'three dates of which one never was',
      everyDay('Pacific/Apia', '09:00-17:00'),
      '2011-12-29T09:00-10:00',
      960,
      '2011-12-31T17:00+14:00',
    ],
  ],

  'through an hour that is skipped': [
    ['New York', early('America/New_York'), '2026-03-08T01:30-05:00', 60, '2026-03-08T03:30-04:00'],
    ['St. John’s', early('America/St_Johns'), '2026-03-08T01:30-03:30', 60, '2026-03-08T03:30-02:30'],
    ['a minute past', early('America/St_Johns'), '2010-03-14T00:00-03:30', 2, '2010-03-14T01:02-02:30'],
    ['Berlin', early('Europe/Berlin'), '2026-03-29T01:00+01:00', 120, '2026-03-29T04:00+02:00'],
    ['half of it', early('Australia/Lord_Howe'), '2026-10-04T01:45+10:30', 30, '2026-10-04T02:45+11:00'],
    ['half short', early('Australia/Lord_Howe'), '2026-10-04T00:00+10:30', 330, '2026-10-04T06:00+11:00'],
    ['an hour short', early('America/New_York'), '2026-03-08T00:00-05:00', 300, '2026-03-08T06:00-04:00'],
    ['round the clock', roundTheClock, '2026-03-07T12:00-05:00', 1440, '2026-03-08T13:00-04:00'],
    ['São Paulo', early('America/Sao_Paulo'), '2018-11-03T12:00-03:00', 120, '2018-11-04T03:00-02:00'],
    ['up to it', evening('America/Sao_Paulo'), '2018-11-03T23:00-03:00', 60, '2018-11-04T01:00-02:00'],
    ['Cairo', early('Africa/Cairo'), '2024-04-25T05:30+02:00', 60, '2024-04-26T01:30+03:00'],
    ['up to it in Cairo', evening('Africa/Cairo'), '2024-04-25T23:30+02:00', 30, '2024-04-26T01:00+03:00'],
    ['Beirut', early('Asia/Beirut'), '2024-03-30T12:00+02:00', 120, '2024-03-31T03:00+03:00'],
    [
      'in which a whole span lies',
      inNewYork('02:00-02:45', '04:00-05:00'),
      '2026-03-08T00:00-05:00',
      30,
      '2026-03-08T04:30-04:00',
    ],
    [
      'in which a span ends',
      inNewYork('01:00-02:30', '05:00-06:00'),
      '2026-03-08T00:00-05:00',
      90,
      '2026-03-08T05:30-04:00',
    ],
    ['in which one begins', inNewYork('02:30-04:00'), '2026-03-08T00:00-05:00', 60, '2026-03-08T04:00-04:00'],
    [
      'at which a span ends',
      inNewYork('00:00-02:00', '04:00-05:00'),
      '2026-03-08T01:00-05:00',
      90,
      '2026-03-08T04:30-04:00',
    ],
    [
      'after which one begins',
      inNewYork('03:00-05:00'),
      '2026-03-08T00:00-05:00',
      30,
      '2026-03-08T03:30-04:00',
    ],
    [
      'which is all there is',
      onLordHowe('02:00-02:30'),
      '2026-10-04T00:00+10:30',
      15,
      '2026-10-05T02:15+11:00',
    ],
  ],

  'through an hour that comes twice': [
    ['New York', early('America/New_York'), '2026-11-01T01:30-04:00', 60, '2026-11-01T01:30-05:00'],
    ['St. John’s', early('America/St_Johns'), '2026-11-01T01:30-02:30', 60, '2026-11-01T01:30-03:30'],
    ['Berlin', early('Europe/Berlin'), '2026-10-25T02:00+02:00', 120, '2026-10-25T03:00+01:00'],
    ['half of it', early('Australia/Lord_Howe'), '2026-04-05T01:45+11:00', 30, '2026-04-05T01:45+10:30'],
    ['half long', early('Australia/Lord_Howe'), '2026-04-05T00:00+11:00', 390, '2026-04-05T06:00+10:30'],
    ['an hour long', early('America/New_York'), '2026-11-01T00:00-04:00', 420, '2026-11-01T06:00-05:00'],
    ['round the clock', roundTheClock, '2026-10-31T12:00-04:00', 1440, '2026-11-01T11:00-05:00'],
    ['São Paulo', evening('America/Sao_Paulo'), '2019-02-16T22:00-02:00', 180, '2019-02-17T00:00-03:00'],
    ['Cairo', evening('Africa/Cairo'), '2024-10-31T22:00+03:00', 180, '2024-11-01T00:00+02:00'],
    [
      'in which a span ends',
      inNewYork('00:30-01:30'),
      '2026-11-01T00:30-04:00',
      90,
      '2026-11-01T01:30-05:00',
    ],
    [
      'at which one begins',
      inNewYork('01:00-03:00'),
      '2026-11-01T00:00-04:00',
      180,
      '2026-11-01T03:00-05:00',
    ],
    ['at which one ends', inNewYork('00:00-01:00'), '2026-11-01T00:00-04:00', 90, '2026-11-02T00:30-05:00'],
    [
      'after which one begins',
      inNewYork('02:00-04:00'),
      '2026-11-01T00:00-04:00',
      60,
      '2026-11-01T03:00-05:00',
    ],
    ['with a span inside', inNewYork('01:15-01:45'), '2026-11-01T00:00-04:00', 60, '2026-11-01T01:45-05:00'],
    [
      'half of it, all of a span',
      onLordHowe('01:30-02:00'),
      '2026-04-05T00:00+11:00',
      60,
      '2026-04-05T02:00+10:30',
    ],
  ],

  'over public holidays': [
    ['Epiphany in Bavaria', inBavaria, '2026-01-05T16:00+01:00', 120, '2026-01-07T10:00+01:00'],
    ['no Epiphany in Hamburg', inHamburg, '2026-01-05T16:00+01:00', 120, '2026-01-06T10:00+01:00'],
    ['Good Friday to Easter Monday', inBavaria, '2026-04-02T16:30+02:00', 60, '2026-04-07T09:30+02:00'],
    ['Christmas, but not its eve', inBavaria, '2026-12-24T16:00+01:00', 120, '2026-12-28T10:00+01:00'],
    [
      'a Sunday’s new year stays in Bavaria',
      inBavaria,
      '2022-12-30T16:00+01:00',
      120,
      '2023-01-02T10:00+01:00',
    ],
    [
      'a Sunday’s new year moves in New York',
      inNewYorkState,
      '2022-12-30T17:00-05:00',
      60,
      '2023-01-03T09:30-05:00',
    ],
    [
      'a Saturday’s new year moves to the old',
      inNewYorkState,
      '2021-12-30T17:00-05:00',
      60,
      '2022-01-03T09:30-05:00',
    ],
    [
      'the Fourth of July moves to the third',
      inNewYorkState,
      '2026-07-02T17:00-04:00',
      60,
      '2026-07-06T09:30-04:00',
    ],
    ['Thanksgiving', inNewYorkState, '2026-11-25T17:00-05:00', 60, '2026-11-27T09:30-05:00'],
    ['from within Thanksgiving', inNewYorkState, '2026-11-26T12:00-05:00', 15, '2026-11-27T09:15-05:00'],
    ['Christmas moves by two days', inEngland, '2021-12-24T16:00Z', 120, '2021-12-29T10:00Z'],
    ['May Day moved away', inEngland, '2020-05-01T16:00+01:00', 120, '2020-05-04T10:00+01:00'],
    ['May Day moved to VE Day', inEngland, '2020-05-07T16:00+01:00', 120, '2020-05-11T10:00+01:00'],
    ['one city’s own', inAugsburg, '2025-08-07T16:00+02:00', 120, '2025-08-11T10:00+02:00'],
    ['Republic Day', inIndia, '2026-01-23T18:30+05:30', 60, '2026-01-27T10:30+05:30'],
    ['three days from a sunset on', inDubai, '2026-03-19T16:00+04:00', 120, '2026-03-23T10:00+04:00'],
    ['one day from a sunset on', inIsrael, '2026-09-18T16:00+03:00', 120, '2026-09-22T10:00+03:00'],
    ['an afternoon off is worked', inSolothurn, '2026-05-01T11:30+02:00', 60, '2026-05-01T12:30+02:00'],
    [
      'from one midnight to the next',
      keeping('US-NY', roundTheClock),
      '2026-11-25T23:00-05:00',
      120,
      '2026-11-27T01:00-05:00',
    ],
    [
      'between two halves of nights',
      keeping('DE-BY', nights('Europe/Berlin')),
      '2026-01-05T22:00+01:00',
      180,
      '2026-01-07T01:00+01:00',
    ],
    [
      'when the clocks change on one',
      keeping('DE-BB', early('Europe/Berlin')),
      '2024-03-30T05:00+01:00',
      120,
      '2024-04-02T01:00+02:00',
    ],
  ],

  'around absences': [
    ['within a span', away(newYork, noonToTwo), '2026-03-03T11:30-05:00', 60, '2026-03-03T14:30-05:00'],
    ['up to its beginning', away(newYork, noonToTwo), '2026-03-03T11:30-05:00', 30, '2026-03-03T12:00-05:00'],
    ['from its beginning', away(newYork, noonToTwo), '2026-03-03T12:00-05:00', 15, '2026-03-03T14:15-05:00'],
    ['from within', away(newYork, noonToTwo), '2026-03-03T13:10-05:00', 15, '2026-03-03T14:15-05:00'],
    ['from its end', away(newYork, noonToTwo), '2026-03-03T14:00-05:00', 15, '2026-03-03T14:15-05:00'],
    [
      'of forty seconds',
      away(newYork, ['2026-03-03T12:00:10-05:00', '2026-03-03T12:00:50-05:00']),
      '2026-03-03T12:00-05:00',
      1,
      '2026-03-03T12:01:40-05:00',
    ],
    [
      'of milliseconds',
      away(newYork, ['2026-03-03T12:00:00.001-05:00', '2026-03-03T12:00:00.500-05:00']),
      '2026-03-03T12:00-05:00',
      1,
      '2026-03-03T12:01:00.499-05:00',
    ],
    [
      'of no length',
      away(newYork, ['2026-03-03T12:00-05:00', '2026-03-03T12:00-05:00']),
      '2026-03-03T11:30-05:00',
      60,
      '2026-03-03T12:30-05:00',
    ],
    [
      'that end before they begin',
      away(newYork, ['2026-03-03T14:00-05:00', '2026-03-03T10:00-05:00']),
      '2026-03-03T11:30-05:00',
      240,
      '2026-03-03T15:30-05:00',
    ],
    [
      'from evening to morning',
      away(newYork, ['2026-03-03T17:30-05:00', '2026-03-04T09:00-05:00']),
      '2026-03-03T17:20-05:00',
      60,
      '2026-03-04T09:50-05:00',
    ],
    [
      'of a whole day',
      away(newYork, ['2026-03-04T00:00-05:00', '2026-03-05T00:00-05:00']),
      '2026-03-03T17:00-05:00',
      60,
      '2026-03-05T09:30-05:00',
    ],
    [
      'of a weekend',
      away(newYork, ['2026-03-07T00:00-05:00', '2026-03-09T00:00-04:00']),
      '2026-03-06T17:15-05:00',
      30,
      '2026-03-09T09:15-04:00',
    ],
    [
      'around a weekend',
      away(newYork, ['2026-03-06T12:00-05:00', '2026-03-09T12:00-04:00']),
      '2026-03-06T11:00-05:00',
      120,
      '2026-03-09T13:00-04:00',
    ],
    [
      'that overlap, the later first',
      away(newYork, ['2026-03-03T13:00-05:00', '2026-03-03T15:00-05:00'], noonToTwo),
      '2026-03-03T11:30-05:00',
      60,
      '2026-03-03T15:30-05:00',
    ],
    [
      'one within another',
      away(newYork, noonToTwo, ['2026-03-03T12:30-05:00', '2026-03-03T13:00-05:00']),
      '2026-03-03T11:30-05:00',
      60,
      '2026-03-03T14:30-05:00',
    ],
    [
      'that meet',
      away(newYork, noonToTwo, ['2026-03-03T14:00-05:00', '2026-03-03T15:00-05:00']),
      '2026-03-03T11:30-05:00',
      60,
      '2026-03-03T15:30-05:00',
    ],
    [
      'with an hour between',
      away(newYork, noonToTwo, ['2026-03-03T15:00-05:00', '2026-03-03T16:00-05:00']),
      '2026-03-03T11:30-05:00',
      120,
      '2026-03-03T16:30-05:00',
    ],
    [
      'around a skipped hour',
      away(early('America/New_York'), ['2026-03-08T01:30-05:00', '2026-03-08T03:30-04:00']),
      '2026-03-08T01:00-05:00',
      60,
      '2026-03-08T04:00-04:00',
    ],
    [
      'of the first of two hours',
      away(early('America/New_York'), ['2026-11-01T01:00-04:00', '2026-11-01T01:00-05:00']),
      '2026-11-01T00:30-04:00',
      60,
      '2026-11-01T01:30-05:00',
    ],
    [
      'before a holiday',
      away(inNewYorkState, ['2026-11-25T00:00-05:00', '2026-11-26T00:00-05:00']),
      '2026-11-24T17:00-05:00',
      60,
      '2026-11-27T09:30-05:00',
    ],
    [
      'of two years',
      away(newYork, ['2026-03-03T12:00-05:00', '2028-03-06T12:00-05:00']),
      '2026-03-03T11:30-05:00',
      60,
      '2028-03-06T12:30-05:00',
    ],
    [
      'of ten years',
      away(newYork, ['2026-03-04T00:00-05:00', '2036-03-04T00:00-05:00']),
      '2026-03-03T17:00-05:00',
      60,
      '2036-03-04T09:30-05:00',
    ],
  ],

  'when the hours change': [
    [
      'between a Berlin and a New York day',
      since('2026-03-07T12:00Z', newYork, berlin),
      '2026-03-06T17:00+01:00',
      60,
      '2026-03-09T09:30-04:00',
    ],
    [
      'within a day of Berlin',
      since('2026-03-03T12:00Z', newYork, berlin),
      '2026-03-03T12:30+01:00',
      60,
      '2026-03-03T09:30-05:00',
    ],
    [
      'while both are at work',
      since('2026-03-03T15:30Z', newYork, berlin),
      '2026-03-03T16:00+01:00',
      60,
      '2026-03-03T11:00-05:00',
    ],
    [
      'within a day of New York',
      since('2026-03-03T20:00Z', newYork, berlin),
      '2026-03-03T17:00+01:00',
      60,
      '2026-03-03T15:30-05:00',
    ],
    [
      'so that one day has two mornings',
      since('2026-03-03T12:00Z', weekdays('America/New_York', '07:00-08:00'), berlin),
      '2026-03-03T08:30+01:00',
      330,
      '2026-03-03T08:00-05:00',
    ],
    [
      'at the instant asked from',
      since('2026-03-03T15:00Z', newYork, berlin),
      '2026-03-03T10:00-05:00',
      15,
      '2026-03-03T10:15-05:00',
    ],
    [
      'only afterwards',
      since('2026-03-07T12:00Z', newYork, berlin),
      '2026-03-03T10:00+01:00',
      60,
      '2026-03-03T11:00+01:00',
    ],
    [
      'only before',
      since('2026-03-01T12:00Z', newYork, berlin),
      '2026-03-03T08:00-05:00',
      60,
      '2026-03-03T10:00-05:00',
    ],
    [
      'by the second',
      since('2026-03-03T15:30:15Z', weekdays('America/New_York', '11:00-12:00'), berlin),
      '2026-03-03T16:30+01:00',
      0.5,
      '2026-03-03T11:00:15-05:00',
    ],
    ['twice', inThreeZones, '2026-03-03T11:00+05:30', 900, '2026-03-04T10:00-05:00'],
    ['to half days', halfDays, '2026-03-03T17:00-05:00', 300, '2026-03-05T09:30-05:00'],
    ['from none', newcomer, '2026-02-02T12:00Z', 15, '2026-03-03T10:15-05:00'],
    ['from none, years ago', newcomer, '2020-01-01T00:00Z', 15, '2026-03-03T10:15-05:00'],
    [
      'and with them the holidays',
      since('2026-01-07T00:00Z', newYork, inBavaria),
      '2026-01-05T16:00+01:00',
      120,
      '2026-01-07T10:00-05:00',
    ],
    ['and with them the absences', awayInBoth, '2026-03-03T11:30+01:00', 330, '2026-03-04T10:30-05:00'],
  ],
};

for (const [section, cases] of Object.entries(table)) {
  describe(`working time ${section}`, () => {
    for (const [title, office, from, minutes, until] of cases) {
      it(`${title}: ${from} + ${minutes} min = ${until}`, () => {
        expect(addWorkingTime(office, new Date(from), minutes)).toEqual(new Date(until));
        expect(workingMinutesBetween(office, new Date(from), new Date(until))).toBe(minutes);
      });
    }
  });
}
