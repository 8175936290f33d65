import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import type { LocalSpan, Weekday, WorkingHours, WorkingWeek } from '../../../src/domain/policy/policy.ts';
import {
  addWorkingTime,
  isWorkingAt,
  nextWorkingInstant,
  workingMinutesBetween,
} from '../../../src/domain/time/calendar.ts';
import { minutesAfter } from '../../support/examples.ts';

const zones = [
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];

/** Spans on five-minute marks of the week, cut at midnight: overnight ones too, and some of several days. */
const anyWeek: fc.Arbitrary<WorkingWeek> = fc
  .uniqueArray(fc.integer({ min: 0, max: 2016 }), { minLength: 2, maxLength: 16 })
  .map((marks) => marks.sort((a, b) => a - b).map((mark) => mark * 5))
  .map((marks) => {
    const week: Partial<Record<Weekday, LocalSpan[]>> = {};
    for (let index = 0; index + 1 < marks.length; index += 2) {
      const [from = 0, to = 0] = marks.slice(index);
      for (let day = Math.floor(from / 1440); day * 1440 < to; day += 1) {
        const span = {
          fromMinute: Math.max(from - day * 1440, 0),
          toMinute: Math.min(to - day * 1440, 1440),
        };
        const weekday = (day + 1) as Weekday;
        week[weekday] = [...(week[weekday] ?? []), span];
      }
    }
    return week;
  });

/** A calendar in which holidays are frequent: dates whose day of the month is a multiple. */
const holidays = fc.integer({ min: 2, max: 9 }).map((multiple) => ({
  place: `every ${multiple} days`,
  nameOn: (date: string) => (Number(date.slice(-2)) % multiple === 0 ? 'a free day' : null),
}));

/** Hours of which much happens within days of an instant; what it is counted in is a number of milliseconds. */
function hoursAround(instant: Date, unit: number, moves = 2): fc.Arbitrary<WorkingHours> {
  const days = (min: number, max: number) =>
    fc
      .integer({ min: (min * 86_400_000) / unit, max: (max * 86_400_000) / unit })
      .map((count) => count * unit);
  const absence = fc.tuple(days(-5, 10), days(0, 6)).map(([from, length]) => ({
    from: new Date(instant.getTime() + from),
    until: new Date(instant.getTime() + from + length),
  }));
  const before = days(-5, 10).chain((until) =>
    hoursAround(instant, unit, moves - 1).map((hours) => ({
      until: new Date(instant.getTime() + until),
      hours,
    })),
  );
  return fc.record(
    {
      zone: fc.constantFrom(...zones),
      week: anyWeek,
      holidays,
      away: fc.array(absence, { maxLength: 4 }),
      ...(moves > 0 && { before }),
    },
    { requiredKeys: ['zone', 'week'] },
  );
}

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
  around('2024-04-25T22:00Z'),
  around('2024-10-26T21:00Z'),
  around('2011-12-30T10:00Z'),
);

/** Somebody's hours and an instant, all by the given number of milliseconds. */
const situation = (unit: number) =>
  anyInstant.chain((from) => fc.record({ from: fc.constant(from), hours: hoursAround(from, unit) }));

const exactly = situation(1);
/** Up to eighty hours, to the millisecond. */
const duration = fc.integer({ min: 1, max: 80 * 3_600_000 }).map((milliseconds) => milliseconds / 60_000);
const settings = { numRuns: 300, seed: 20260308 };

it('adding, then measuring gives the same duration', () => {
  fc.assert(
    fc.property(exactly, duration, ({ hours, from }, minutes) => {
      expect(workingMinutesBetween(hours, from, addWorkingTime(hours, from, minutes))).toBe(minutes);
    }),
    settings,
  );
});

it('the result ends a millisecond of work', () => {
  fc.assert(
    fc.property(exactly, duration, ({ hours, from }, minutes) => {
      const until = addWorkingTime(hours, from, minutes);
      expect(isWorkingAt(hours, new Date(until.getTime() - 1))).toBe(true);
    }),
    settings,
  );
});

it('a longer duration gives a later result, and a later start never an earlier one', () => {
  fc.assert(
    fc.property(exactly, duration, duration, ({ hours, from }, minutes, more) => {
      const until = addWorkingTime(hours, from, minutes).getTime();
      expect(addWorkingTime(hours, from, minutes + more).getTime()).toBeGreaterThan(until);
      const later = minutesAfter(from, more);
      expect(addWorkingTime(hours, later, minutes).getTime()).toBeGreaterThanOrEqual(until);
    }),
    settings,
  );
});

it('two stretches that meet measure as much as both together', () => {
  fc.assert(
    fc.property(exactly, duration, duration, ({ hours, from }, first, second) => {
      const middle = minutesAfter(from, first);
      const end = minutesAfter(middle, second);
      const parts = workingMinutesBetween(hours, from, middle) + workingMinutesBetween(hours, middle, end);
      expect(parts).toBeCloseTo(workingMinutesBetween(hours, from, end), 6);
    }),
    settings,
  );
});

it('the next working instant is at work, not before, and nothing was missed until it', () => {
  fc.assert(
    fc.property(exactly, ({ hours, from }) => {
      const next = nextWorkingInstant(hours, from);
      expect(next.getTime()).toBeGreaterThanOrEqual(from.getTime());
      expect(isWorkingAt(hours, next)).toBe(true);
      expect(workingMinutesBetween(hours, from, next)).toBe(0);
    }),
    settings,
  );
});

it('a minute is worked when the clock on the wall says so', () => {
  fc.assert(
    fc.property(situation(60_000), ({ hours, from }) => {
      const worked = isWorkedByTheWall(hours, from);
      expect(isWorkingAt(hours, from)).toBe(worked);
      expect(workingMinutesBetween(hours, from, minutesAfter(from, 1))).toBe(worked ? 1 : 0);
      expect(nextWorkingInstant(hours, from).getTime() === from.getTime()).toBe(worked);
    }),
    { ...settings, numRuns: 1500 },
  );
});

it('counting a day minute by minute on the wall gives the same', () => {
  fc.assert(
    fc.property(situation(60_000), ({ hours, from }) => {
      const minutes = Array.from({ length: 1440 }, (_, index) => minutesAfter(from, index));
      const worked = minutes.filter((minute) => isWorkedByTheWall(hours, minute));
      expect(workingMinutesBetween(hours, from, minutesAfter(from, 1440))).toBe(worked.length);
      const last = worked.at(-1);
      if (last) expect(addWorkingTime(hours, from, worked.length)).toEqual(minutesAfter(last, 1));
    }),
    { ...settings, numRuns: 60 },
  );
});

/** Told from what a clock on the wall shows at the instant, the other way round from the calendar. */
function isWorkedByTheWall({ zone, week, holidays, away = [], before }: WorkingHours, at: Date): boolean {
  if (before && at < before.until) return isWorkedByTheWall(before.hours, at);
  const wall = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const minute = wall.hour * 60 + wall.minute;
  return (
    (week[wall.dayOfWeek as Weekday] ?? []).some(
      ({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute,
    ) &&
    !holidays?.nameOn(wall.toPlainDate().toString()) &&
    !away.some(({ from, until }) => from <= at && at < until)
  );
}
