import { z } from 'zod';
import { isZone } from '../domain/calendar.ts';
import type { LocalSpan, Weekday, WorkingWeek } from '../domain/policy.ts';

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

export const email = z
  .string({ error: found('an email') })
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
    error: (issue) => `found "${issue.input}", expected an email`,
  });

export const word = z.string({ error: found('text') }).min(1, 'expected text, found nothing');

export const zone = z
  .string({ error: found('an IANA time zone such as Europe/Berlin') })
  .meta({ examples: ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata'] })
  .refine(isZone, {
    error: (issue) => `found "${issue.input}", expected an IANA time zone such as Europe/Berlin`,
  });

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const hours = z
  .record(
    z.string(),
    z.union([z.string(), z.array(z.string())], 'expected hours such as "09:00-17:30", or a list of them'),
  )
  .transform((raw, context) => {
    const week: Partial<Record<Weekday, readonly LocalSpan[]>> = {};
    for (const [days, text] of Object.entries(raw)) {
      const range = daysOf(days);
      const spans = spansOf([text].flat());
      if (!range) context.addIssue(`found "${days}", expected a day or a range such as monday-friday`);
      else if (!spans) {
        const expected = 'hours such as "09:00-17:30", or a list of them that do not overlap';
        context.addIssue(`found "${[text].flat().join(', ')}" for ${days}, expected ${expected}`);
      } else
        for (const day of range) {
          if (week[day]) context.addIssue(`found ${weekdays[day - 1]} twice, expected each day once`);
          week[day] = spans;
        }
    }
    if (Object.keys(raw).length === 0) context.addIssue('expected at least one working day');
    return week as WorkingWeek;
  });

function daysOf(text: string): Weekday[] | null {
  const [from, to = from, ...more] = text
    .split('-')
    .map((day) => weekdays.indexOf(day.trim() as (typeof weekdays)[number]) + 1);
  if (!from || !to || to < from || more.length > 0) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) as Weekday);
}

/** Spans in order and apart; null when there is none, or one cannot be read, or they overlap. */
function spansOf(texts: readonly string[]): LocalSpan[] | null {
  const spans = texts.map(spanOf).filter((span) => span !== null);
  spans.sort((a, b) => a.fromMinute - b.fromMinute);
  const apart = spans.every((span, index) => span.fromMinute >= (spans[index - 1]?.toMinute ?? 0));
  return spans.length > 0 && spans.length === texts.length && apart ? spans : null;
}

function spanOf(text: string): LocalSpan | null {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)$/.exec(text.trim()) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from < to && to <= 1440 ? { fromMinute: from, toMinute: to } : null;
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
