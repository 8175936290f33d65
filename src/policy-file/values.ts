import { z } from 'zod';
import type { LocalSpan, Weekday, WorkingWeek } from '../domain/policy/policy.ts';
import { isZone } from '../domain/time/calendar.ts';
import { asKept, holidayCalendar, namesOf } from './holidays.ts';

/** A working day counts as eight hours of working time. */
const minutesPerUnit = {
  s: 1 / 60,
  min: 1,
  h: 60,
  day: 1440,
  days: 1440,
  'working day': 480,
  'working days': 480,
} as const;
const durationForm = /^(-?\d+(?:\.\d+)?) ?(s|min|h|days?|working days?)$/;

const durationMeaning = { pattern: durationForm.source, examples: ['15 min', '4 h', '2 working days'] };

/** A duration as people write it, in minutes. */
export const minutes = z
  .string({ error: found('a duration such as "15 min", "4 h" or "2 days"') })
  .meta(durationMeaning)
  .transform((text, context) => {
    const [, amount, unit] = durationForm.exec(text.trim()) ?? [];
    if (amount === undefined || unit === undefined) {
      context.addIssue(`found "${text}", expected a duration such as "45 s", "15 min", "4 h" or "2 days"`);
      return z.NEVER;
    }
    return Number(amount) * minutesPerUnit[unit as keyof typeof minutesPerUnit];
  })
  .refine((value) => Math.abs(value) <= 366 * 1440, 'expected a duration of at most 366 days');

export const positiveMinutes = minutes.refine((value) => value > 0, 'expected a duration above 0');

const perUnit = { day: 1, month: 365.25 / 12, year: 365.25 };
const keptForm = /^(\d+) ?(day|month|year)s?$/;

/** How long something is kept, in days. */
export const days = z
  .string({ error: found('a time such as "30 days" or "24 months"') })
  .meta({ pattern: keptForm.source, examples: ['30 days', '24 months'] })
  .transform((text, context) => {
    const [, amount, unit] = keptForm.exec(text.trim()) ?? [];
    if (amount === undefined || unit === undefined || Number(amount) === 0) {
      context.addIssue(`found "${text}", expected a time such as "30 days", "24 months" or "2 years"`);
      return z.NEVER;
    }
    return Number(amount) * perUnit[unit as keyof typeof perUnit];
  });

export function daysOfMonths(months: number): number {
  return months * perUnit.month;
}

export const email = z
  .string({ error: found('an email') })
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
    error: (issue) => `found "${issue.input}", expected an email`,
  });

export const word = z.string({ error: found('text') }).min(1, 'expected text, found nothing');

/** The key of an entry, by which logs and HubSpot know it. */
export const name = word.describe('A short name of its own, kept in HubSpot and in every report.');
export const label = word.describe('What people read.');

export const zone = z
  .string({ error: found('an IANA time zone such as Europe/Berlin') })
  .meta({ examples: ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata'] })
  .refine(isZone, {
    error: (issue) => `found "${issue.input}", expected an IANA time zone such as Europe/Berlin`,
  });

const place = z
  .string({ error: found('a country such as DE, or with its state US-NY') })
  .meta({ examples: ['DE', 'DE-BY', 'US-NY'] })
  .transform((text, context) => {
    const calendar = holidayCalendar(text.trim());
    if (calendar) return calendar;
    const expected = 'a country such as DE, or with its state US-NY, whose public holidays are known';
    context.addIssue(`found "${text}", expected ${expected}`);
    return z.NEVER;
  });

const dayOff = z
  .string({ error: found('a date such as 2026-12-24, or 12-24 for every year') })
  .refine((text) => /^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text), {
    error: (issue) => `found "${issue.input}", expected a date such as 2026-12-24, or 12-24 for every year`,
  });

/** Which dates are free: the public holidays of a place, all of them or as the company keeps them. */
export const holidays = z.union(
  [
    place,
    z
      .strictObject({
        place: place.describe('The place whose public holidays are free.'),
        except: z.array(word).default([]).describe('Those, by name, on which people work all the same.'),
        also: z.array(dayOff).default([]).describe('Further days off: 2026-12-24, or 12-24 for every year.'),
      })
      .transform(({ place, except, also }, context) => {
        const names = except.length > 0 ? namesOf(place, new Date().getFullYear()) : [];
        for (const name of except.filter((one) => !names.includes(one))) {
          const choices = names.join(', ');
          context.addIssue(`found "${name}", expected one of the holidays of ${place.place}: ${choices}`);
        }
        return asKept(place, new Set(except), new Set(also));
      }),
  ],
  {
    error: (issue) => {
      // Our own checks run only on the alternative that was meant: what they say is the best answer.
      const checked = issue.errors?.flat().find(({ code }) => code === 'custom');
      const expected = 'a country such as DE, or with its state US-NY, or { place, except, also }';
      return checked?.message ?? found(expected)(issue);
    },
  },
);

const timeOfWeekForm = /^([a-z]+day) (\d{1,2}):([0-5]\d)$/;

/** A time of the week as people write it: `monday 08:00`. */
export const timeOfWeek = z
  .string({ error: found('a day and a time such as "monday 08:00"') })
  .meta({ pattern: timeOfWeekForm.source, examples: ['monday 08:00', 'friday 16:30'] })
  .transform((text, context) => {
    const [, day = '', hour, minute] = timeOfWeekForm.exec(text.trim()) ?? [];
    const [weekday] = daysOf(day) ?? [];
    if (weekday && Number(hour) < 24) return { weekday, minute: Number(hour) * 60 + Number(minute) };
    context.addIssue(found('a day and a time such as "monday 08:00"')({ input: text }));
    return z.NEVER;
  });

const timeOfDayForm = /^(\d{1,2}):([0-5]\d)$/;

/** A time of day as people write it, `8:30`, in minutes after midnight. */
export const timeOfDay = z
  .string({ error: found('a time of day such as "8:30"') })
  .meta({ pattern: timeOfDayForm.source, examples: ['8:30', '07:45'] })
  .transform((text, context) => {
    const [, hour, minute] = timeOfDayForm.exec(text.trim()) ?? [];
    if (minute && Number(hour) < 24) return Number(hour) * 60 + Number(minute);
    context.addIssue(found('a time of day such as "8:30"')({ input: text }));
    return z.NEVER;
  });

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const hours = z
  .record(
    z.string(),
    z.union([z.string(), z.array(z.string())], 'expected hours such as "09:00-17:30", or a list of them'),
  )
  .transform((raw, context) => {
    const named = new Set<Weekday>();
    const shifts: Shift[] = [];
    for (const [days, text] of Object.entries(raw)) {
      const texts = [text].flat();
      const entry = `"${texts.join(', ')}" for ${days}`;
      const range = daysOf(days);
      const spans = texts.map(spanOf).filter((span) => span !== null);
      if (!range) context.addIssue(`found "${days}", expected a day or a range such as monday-friday`);
      else if (spans.length === 0 || spans.length < texts.length)
        context.addIssue(`found ${entry}, expected ${expectedHours}`);
      else
        for (const day of range) {
          if (named.has(day)) context.addIssue(`found ${weekdays[day - 1]} twice, expected each day once`);
          else shifts.push(...spans.flatMap((span) => shiftsOf(day, span, entry)));
          named.add(day);
        }
    }
    if (Object.keys(raw).length === 0) context.addIssue('expected at least one working day');
    shifts.sort((a, b) => a.fromMinute - b.fromMinute);
    const week = Object.groupBy(shifts, ({ day }) => day);
    for (const clash of new Set(Object.values(week).flatMap(clashesIn)))
      context.addIssue(`found ${clash}, expected ${expectedHours}`);
    return weekOf(week);
  });

/** The hours of every day, as `09:00-18:00`. */
export const everyDay = z
  .string()
  .meta({ examples: ['09:00-18:00'] })
  .transform((text, context): WorkingWeek => {
    const span = spanOf(text);
    if (span && span.fromMinute < span.toMinute)
      return weekOf({ 1: [span], 2: [span], 3: [span], 4: [span], 5: [span], 6: [span], 7: [span] });
    context.addIssue(`found "${text}", expected hours of a day such as "09:00-18:00"`);
    return z.NEVER;
  });

const expectedHours = 'hours such as "09:00-17:30", or a list of them that do not overlap';

function daysOf(text: string): Weekday[] | null {
  const [from, to = from, ...more] = text
    .split('-')
    .map((day) => weekdays.indexOf(day.trim() as (typeof weekdays)[number]) + 1);
  if (!from || !to || to < from || more.length > 0) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) as Weekday);
}

/** A span of a day, which ends on the next day when `toMinute` is not after `fromMinute`. */
function spanOf(text: string): LocalSpan | null {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)$/.exec(text.trim()) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from < 1440 && to <= 1440 && from !== to ? { fromMinute: from, toMinute: to } : null;
}

/** A span within one day, and the entry of the file that it stems from. */
type Shift = LocalSpan & { day: Weekday; entry: string };

/** What is worked of a span on its day, and of an overnight span on the day after. */
function shiftsOf(day: Weekday, { fromMinute, toMinute }: LocalSpan, entry: string): Shift[] {
  if (fromMinute < toMinute) return [{ day, fromMinute, toMinute, entry }];
  const evening = { day, fromMinute, toMinute: 1440, entry };
  const dayAfter = ((day % 7) + 1) as Weekday;
  return toMinute === 0 ? [evening] : [evening, { day: dayAfter, fromMinute: 0, toMinute, entry }];
}

/** What of a day's shifts overlaps: the entries, as the file has them. */
function clashesIn(inOrder: readonly Shift[]): string[] {
  return inOrder.flatMap((shift, index) => {
    const before = inOrder[index - 1];
    if (!before || before.toMinute <= shift.fromMinute) return [];
    return [...new Set([before.entry, shift.entry])].join(' and ');
  });
}

function weekOf(shifts: Partial<Record<Weekday, readonly LocalSpan[]>>): WorkingWeek {
  const days = Object.entries(shifts).map(([day, inOrder]) => [
    day,
    inOrder.map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute })),
  ]);
  return Object.fromEntries(days);
}

/** Words for a value that is not what it should be. */
export function found(expected: string) {
  return ({ input }: { input?: unknown }) => {
    if (input === undefined) return `is missing: expected ${expected}`;
    const text = typeof input === 'number' ? String(input) : JSON.stringify(input);
    return `found ${text.length > 60 ? `${text.slice(0, 60)}…` : text}, expected ${expected}`;
  };
}

const kinds: Readonly<Record<string, string>> = {
  object: 'keys with values',
  record: 'keys with values',
  array: 'a list',
  number: 'a number',
};

/** What no field has words of its own for. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return found(kinds[issue.expected] ?? issue.expected)(issue);
  if (issue.code !== 'invalid_value') return undefined;
  return found(`one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`)(issue);
}
