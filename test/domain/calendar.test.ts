import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingTime,
  isWorkingAt,
  nextWorkingInstant,
  workingMinutesBetween,
} from '../../src/domain/calendar.ts';
import type { LocalSpan, Weekday, WorkingHours } from '../../src/domain/policy.ts';
import { everyDay, minutesAfter, newYorkOffice, span, weekdays } from '../support/examples.ts';

const newYork = newYorkOffice;
const berlin = weekdays('Europe/Berlin', '08:30-17:30');
const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
const lunch = weekdays('Europe/Berlin', '09:00-12:00', '13:00-17:00');
const lateShift = everyDay('America/New_York', '18:00-24:00');
const roundTheClock = everyDay('America/New_York', '00:00-24:00');
const nightInNewYork = everyDay('America/New_York', '00:00-06:00');
const nightInBerlin = everyDay('Europe/Berlin', '00:00-06:00');
const nightOnLordHowe = everyDay('Australia/Lord_Howe', '00:00-06:00');
const lateInSaoPaulo = everyDay('America/Sao_Paulo', '22:00-24:00');
const earlyInSaoPaulo = everyDay('America/Sao_Paulo', '00:00-03:00');
const apia = weekdays('Pacific/Apia', '09:00-17:00');
const saturdaysOnly: WorkingHours = { zone: 'Europe/Berlin', week: { 6: [span('10:00-11:00')] } };

/*
 * Clocks change in New York on 2026-03-08 (02:00 → 03:00) and 2026-11-01 (02:00 → 01:00), in Berlin on 2026-03-29
 * (02:00 → 03:00) and 2026-10-25 (03:00 → 02:00), on Lord Howe by half an hour on 2026-04-05 (02:00 → 01:30) and
 * 2026-10-04 (02:00 → 02:30), in São Paulo at midnight on 2018-11-04 (00:00 → 01:00) and 2019-02-17 (00:00 → 23:00).
 * Samoa had no 30 December 2011, a Friday: it moved to the other side of the date line.
 */
const spans: [title: string, WorkingHours, from: string, minutes: number, until: string][] = [
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
  ['half a minute', newYork, '2026-03-03T10:00-05:00', 0.5, '2026-03-03T10:00:30-05:00'],
  ['from within a second', newYork, '2026-03-03T10:00:00.250-05:00', 1, '2026-03-03T10:01:00.250-05:00'],
  ['over new year, which is a Thursday', newYork, '2025-12-31T17:00-05:00', 60, '2026-01-01T09:30-05:00'],
  ['over 29 February', newYork, '2028-02-28T17:00-05:00', 60, '2028-02-29T09:30-05:00'],
  ['where the zone is half an hour off', kolkata, '2026-03-03T18:45+05:30', 30, '2026-03-04T10:15+05:30'],
  ['while it is another day in UTC', kolkata, '2026-03-06T04:00+05:30', 10, '2026-03-06T10:10+05:30'],
  ['before lunch', lunch, '2026-03-03T11:00+01:00', 60, '2026-03-03T12:00+01:00'],
  ['over lunch', lunch, '2026-03-03T11:30+01:00', 60, '2026-03-03T13:30+01:00'],
  ['from within lunch', lunch, '2026-03-03T12:20+01:00', 60, '2026-03-03T14:00+01:00'],
  ['over lunch and a night', lunch, '2026-03-03T11:30+01:00', 300, '2026-03-04T09:30+01:00'],
  ['up to midnight', lateShift, '2026-03-03T23:00-05:00', 60, '2026-03-04T00:00-05:00'],
  ['over a day that ends at midnight', lateShift, '2026-03-03T23:30-05:00', 60, '2026-03-04T18:30-05:00'],
  ['over midnight without a break', roundTheClock, '2026-03-03T23:30-05:00', 60, '2026-03-04T00:30-05:00'],
  ['one hour a week, three weeks', saturdaysOnly, '2026-03-03T10:00+01:00', 150, '2026-03-21T10:30+01:00'],
  ['one hour a week, two years', saturdaysOnly, '2026-03-03T10:00+01:00', 6240, '2028-02-26T11:00+01:00'],

  [
    'over the spring change, office hours untouched',
    newYork,
    '2026-03-06T17:00-05:00',
    60,
    '2026-03-09T09:30-04:00',
  ],
  [
    'over the autumn change, office hours untouched',
    newYork,
    '2026-10-30T17:00-04:00',
    60,
    '2026-11-02T09:30-05:00',
  ],
  ['through an hour that is skipped', nightInNewYork, '2026-03-08T01:30-05:00', 60, '2026-03-08T03:30-04:00'],
  ['a night one hour short', nightInNewYork, '2026-03-08T00:00-05:00', 300, '2026-03-08T06:00-04:00'],
  [
    'through an hour that comes twice',
    nightInNewYork,
    '2026-11-01T01:30-04:00',
    60,
    '2026-11-01T01:30-05:00',
  ],
  ['a night one hour long', nightInNewYork, '2026-11-01T00:00-04:00', 420, '2026-11-01T06:00-05:00'],
  ['round the clock in spring', roundTheClock, '2026-03-07T12:00-05:00', 1440, '2026-03-08T13:00-04:00'],
  ['round the clock in autumn', roundTheClock, '2026-10-31T12:00-04:00', 1440, '2026-11-01T11:00-05:00'],
  ['through Berlin’s skipped hour', nightInBerlin, '2026-03-29T01:00+01:00', 120, '2026-03-29T04:00+02:00'],
  ['through Berlin’s double hour', nightInBerlin, '2026-10-25T02:00+02:00', 120, '2026-10-25T03:00+01:00'],
  ['through a skipped half-hour', nightOnLordHowe, '2026-10-04T01:45+10:30', 30, '2026-10-04T02:45+11:00'],
  ['a night half an hour short', nightOnLordHowe, '2026-10-04T00:00+10:30', 330, '2026-10-04T06:00+11:00'],
  ['through a double half-hour', nightOnLordHowe, '2026-04-05T01:45+11:00', 30, '2026-04-05T01:45+10:30'],
  ['a night half an hour long', nightOnLordHowe, '2026-04-05T00:00+11:00', 390, '2026-04-05T06:00+10:30'],
  ['where midnight is skipped', earlyInSaoPaulo, '2018-11-03T12:00-03:00', 120, '2018-11-04T03:00-02:00'],
  [
    'up to a midnight that is skipped',
    lateInSaoPaulo,
    '2018-11-03T23:00-03:00',
    60,
    '2018-11-04T01:00-02:00',
  ],
  ['where 23:00 comes twice', lateInSaoPaulo, '2019-02-16T22:00-02:00', 180, '2019-02-17T00:00-03:00'],
  ['over a Friday that never was', apia, '2011-12-29T16:30-10:00', 60, '2012-01-02T09:30+14:00'],

  [
    'a span within the skipped hour has no minute',
    everyDay('America/New_York', '02:00-02:45', '04:00-05:00'),
    '2026-03-08T00:00-05:00',
    30,
    '2026-03-08T04:30-04:00',
  ],
  [
    'a span ends where the skipped hour begins',
    everyDay('America/New_York', '01:00-02:30', '05:00-06:00'),
    '2026-03-08T00:00-05:00',
    90,
    '2026-03-08T05:30-04:00',
  ],
  [
    'a span begins where the skipped hour ends',
    everyDay('America/New_York', '02:30-04:00'),
    '2026-03-08T00:00-05:00',
    60,
    '2026-03-08T04:00-04:00',
  ],
  [
    'a span that ends within the double hour comes back for its second part',
    everyDay('America/New_York', '00:30-01:30'),
    '2026-11-01T00:30-04:00',
    90,
    '2026-11-01T01:30-05:00',
  ],
];

describe('adding working time', () => {
  for (const [title, hours, from, minutes, until] of spans) {
    it(`${title}: ${from} + ${minutes} min = ${until}`, () => {
      expect(addWorkingTime(hours, new Date(from), minutes).toISOString()).toBe(
        new Date(until).toISOString(),
      );
    });
  }

  it('of no minutes, or fewer, gives the instant itself, at work or not', () => {
    const sunday = new Date('2026-03-08T12:00Z');
    expect([0, -30].map((minutes) => addWorkingTime(newYork, sunday, minutes))).toEqual([sunday, sunday]);
  });

  for (const week of [{}, { 1: [] }]) {
    it(`to a week without hours (${JSON.stringify(week)}) fails and says why`, () => {
      const never = { zone: 'Europe/Berlin', week };
      const from = new Date('2026-03-03T12:00Z');
      expect(() => addWorkingTime(never, from, 1)).toThrow(
        'no working time in Europe/Berlin after 2026-03-03T12:00:00.000Z: the week has no hours',
      );
      expect(() => nextWorkingInstant(never, from)).toThrow(RangeError);
      expect(workingMinutesBetween(never, from, minutesAfter(from, 9999))).toBe(0);
    });
  }
});

describe('measuring working time', () => {
  for (const [title, hours, from, minutes, until] of spans) {
    it(`${title}: from ${from} to ${until} are ${minutes} min`, () => {
      expect(workingMinutesBetween(hours, new Date(from), new Date(until))).toBe(minutes);
    });
  }

  it('backwards is 0', () => {
    const [early, late] = [new Date('2026-03-03T15:00Z'), new Date('2026-03-03T16:00Z')];
    expect([workingMinutesBetween(newYork, late, early), workingMinutesBetween(newYork, late, late)]).toEqual(
      [0, 0],
    );
  });

  it('over five years counts each of their hours', () => {
    const [from, to] = [new Date('2021-01-04T00:00Z'), new Date('2026-01-05T00:00Z')];
    const weeks = 261;
    expect(workingMinutesBetween(kolkata, from, to)).toBe(weeks * 5 * 540);
  });
});

describe('being at work', () => {
  const table: [WorkingHours, string, boolean][] = [
    [newYork, '2026-03-03T09:00-05:00', true],
    [newYork, '2026-03-03T08:59:59-05:00', false],
    [newYork, '2026-03-03T17:29:59-05:00', true],
    [newYork, '2026-03-03T17:30-05:00', false],
    [newYork, '2026-03-07T12:00-05:00', false],
    [newYork, '2026-03-09T09:00-04:00', true],
    [newYork, '2026-03-09T09:00-05:00', true],
    [newYork, '2026-03-09T08:30-04:00', false],
    [lunch, '2026-03-03T12:00+01:00', false],
    [lunch, '2026-03-03T13:00+01:00', true],
    [kolkata, '2026-03-02T20:00Z', false],
    [kolkata, '2026-03-03T04:30Z', true],
    [lateShift, '2026-03-03T23:59:59-05:00', true],
    [lateShift, '2026-03-04T00:00-05:00', false],
    [roundTheClock, '2026-03-04T00:00-05:00', true],
    [nightInNewYork, '2026-11-01T01:30-04:00', true],
    [nightInNewYork, '2026-11-01T01:30-05:00', true],
    [lateInSaoPaulo, '2018-11-04T01:00-02:00', false],
    [apia, '2011-12-31T10:00+14:00', false],
  ];
  for (const [hours, when, expected] of table) {
    it(`${when} in ${hours.zone}: ${expected ? 'at work' : 'off'}`, () => {
      expect(isWorkingAt(hours, new Date(when))).toBe(expected);
    });
  }
});

describe('the next working instant', () => {
  it('is now for whoever works', () => {
    const now = new Date('2026-03-03T15:00:30Z');
    expect(nextWorkingInstant(newYork, now)).toEqual(now);
  });

  it('is Monday morning on a Friday evening', () => {
    const evening = new Date('2026-03-06T18:00-05:00');
    expect(nextWorkingInstant(berlin, evening)).toEqual(new Date('2026-03-09T08:30+01:00'));
  });
});

describe('whatever the hours, the zone and the moment', () => {
  const zones = [
    'America/New_York',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/Sao_Paulo',
    'UTC',
  ];
  /** Up to three spans that do not overlap, on five-minute marks, midnight included. */
  const daySpans: fc.Arbitrary<LocalSpan[]> = fc
    .uniqueArray(fc.integer({ min: 0, max: 288 }), { minLength: 2, maxLength: 6 })
    .map((marks) => marks.sort((a, b) => a - b))
    .map((marks) =>
      Array.from({ length: Math.floor(marks.length / 2) }, (_, index) => ({
        fromMinute: (marks[2 * index] ?? 0) * 5,
        toMinute: (marks[2 * index + 1] ?? 0) * 5,
      })),
    );
  const anyHours: fc.Arbitrary<WorkingHours> = fc.record({
    zone: fc.constantFrom(...zones),
    week: fc
      .uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 })
      .chain((days) => fc.tuple(...days.map((day) => daySpans.map((spans) => [day, spans] as const))))
      .map((entries) => Object.fromEntries(entries)),
  });
  const around = (instant: string) =>
    fc.integer({ min: -4320, max: 4320 }).map((minutes) => minutesAfter(new Date(instant), minutes));
  /** Any minute of some years, and often one near a change of the clocks. */
  const anyInstant = fc.oneof(
    fc
      .integer({ min: Date.UTC(2011, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 })
      .map((minute) => new Date(minute * 60_000)),
    around('2026-03-08T07:00Z'),
    around('2026-11-01T06:00Z'),
    around('2026-10-25T01:00Z'),
    around('2026-04-04T15:00Z'),
    around('2026-10-03T15:30Z'),
    around('2018-11-04T03:00Z'),
    around('2019-02-17T02:00Z'),
    around('2011-12-30T10:00Z'),
  );
  const someMinutes = fc.integer({ min: 1, max: 5000 });
  const settings = { numRuns: 300, seed: 20260308 };

  it('adding, then measuring gives the same minutes', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, someMinutes, (hours, from, minutes) => {
        expect(workingMinutesBetween(hours, from, addWorkingTime(hours, from, minutes))).toBe(minutes);
      }),
      settings,
    );
  });

  it('the result ends a working minute', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, someMinutes, (hours, from, minutes) => {
        const until = addWorkingTime(hours, from, minutes);
        expect(isWorkingAt(hours, new Date(until.getTime() - 1))).toBe(true);
      }),
      settings,
    );
  });

  it('more minutes, or a later start, never give an earlier result', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, someMinutes, someMinutes, (hours, from, minutes, more) => {
        const until = addWorkingTime(hours, from, minutes).getTime();
        expect(addWorkingTime(hours, from, minutes + more).getTime()).toBeGreaterThan(until);
        expect(addWorkingTime(hours, minutesAfter(from, more), minutes).getTime()).toBeGreaterThanOrEqual(
          until,
        );
      }),
      settings,
    );
  });

  it('two stretches that meet measure as much as both together', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, someMinutes, someMinutes, (hours, from, first, second) => {
        const middle = minutesAfter(from, first);
        const end = minutesAfter(middle, second);
        const parts = workingMinutesBetween(hours, from, middle) + workingMinutesBetween(hours, middle, end);
        expect(parts).toBe(workingMinutesBetween(hours, from, end));
      }),
      settings,
    );
  });

  it('a minute is worked when it is on the clock on the wall, whether that minute comes once or twice', () => {
    const minute = fc.tuple(anyHours, anyInstant);
    fc.assert(
      fc.property(minute, ([hours, when]) => {
        const worked = onTheWall(hours, when);
        expect(isWorkingAt(hours, when)).toBe(worked);
        expect(workingMinutesBetween(hours, when, minutesAfter(when, 1))).toBe(worked ? 1 : 0);
        expect(nextWorkingInstant(hours, when).getTime() === when.getTime()).toBe(worked);
      }),
      { ...settings, numRuns: 1500 },
    );
  });
});

/** What a clock on the wall shows, and whether the hours hold it: told by Intl, which the calendar does not use. */
function onTheWall({ zone, week }: WorkingHours, when: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(when);
  const shown = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(shown('weekday')) + 1;
  const minute = Number(shown('hour')) * 60 + Number(shown('minute'));
  return (week[day as Weekday] ?? []).some(
    ({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute,
  );
}
