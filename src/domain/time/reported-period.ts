import { Temporal } from 'temporal-polyfill';
import type { Marketing } from '../policy/policy.ts';

/** From, and until, which is excluded. */
export type Period = { from: Date; until: Date };

/** A period, and the one of the same length before it. */
export type Compared = { period: Period; before: Period };

/**
 * The week that was to be reported last: the seven days before the day of its report, in the zone of marketing. A time of
 * day that the clocks skip is as much later as they were put forward.
 * @returns since when it is due
 */
export function lastWeek(
  { weekly, zone }: Pick<Marketing, 'weekly' | 'zone'>,
  now: Date,
): Compared & { due: Date } {
  const today = dateIn(zone, now);
  const time = new Temporal.PlainTime().add({ minutes: weekly.minute });
  const daysAgo = (today.dayOfWeek - weekly.weekday + 7) % 7;
  const on = today.subtract({ days: daysAgo });
  const dueOn = (date: Temporal.PlainDate) =>
    dateOf(date.toZonedDateTime({ timeZone: zone, plainTime: time }));
  const day = dueOn(on) <= now ? on : on.subtract({ days: 7 });
  return { ...days(day.subtract({ days: 7 }), day, zone), due: dueOn(day) };
}

const daysForm = /^(\d{1,3})d$/;
const datesForm = /^(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$/;

/** As far back as anybody asks. */
const mostDays = 366;

const calendarForm = /^(last )?(week|month|quarter)$/;

/**
 * Reads `7d`, which are so many days until now; `month` to date, against as much of the one before; `last month`; or a day, `2026-11-23`, or several with both ends, as
 * `2026-11-23..2026-11-29`, in a zone.
 * @returns null when it is none of these
 */
export function readPeriod(text: string, zone: string, now: Date): Compared | null {
  const count = Number(daysForm.exec(text)?.[1]);
  if (count >= 1 && count <= mostDays) {
    const until = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
    const from = until.subtract({ days: count });
    const before = from.subtract({ days: count });
    return {
      period: { from: dateOf(from), until: now },
      before: { from: dateOf(before), until: dateOf(from) },
    };
  }
  const [, isLast, unit] = calendarForm.exec(text) ?? [];
  if (unit) return calendarPeriod(unit as CalendarUnit, isLast !== undefined, zone, now);
  const [, first, last = first] = datesForm.exec(text) ?? [];
  if (first === undefined || last === undefined) return null;
  const [from, until] = [plainDate(first), plainDate(last)?.add({ days: 1 })];
  const isPeriod = from && until && Temporal.PlainDate.compare(from, until) < 0;
  return isPeriod && from.until(until).days <= mostDays ? days(from, until, zone) : null;
}

/** The days of a period in a zone: `29 Nov`, `23 – 29 Nov`, `30 Nov – 6 Dec`. */
export function datesInWords({ from, until }: Period, zone: string, language = 'en-GB'): string {
  const last = new Date(until.getTime() - 1);
  const days = new Intl.DateTimeFormat(language, { timeZone: zone, day: 'numeric', month: 'short' });
  // It parts months by spaces that some fonts lack.
  return days.formatRange(from, last).replaceAll(/\s/g, ' ');
}

/** Whole days of a zone in the words that `readPeriod` reads: `2026-11-23..2026-11-29`. */
export function askedAs({ from, until }: Period, zone: string): string {
  const last = dateIn(zone, new Date(until.getTime() - 1));
  return `${dateIn(zone, from)}..${last}`;
}

type CalendarUnit = 'week' | 'month' | 'quarter';

/** A calendar week, month or quarter, whole or as far as it has come, against the one before it, whole or as far. */
function calendarPeriod(unit: CalendarUnit, isLast: boolean, zone: string, now: Date): Compared {
  const today = dateIn(zone, now);
  const [begun, length] = calendarUnits[unit](today);
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(zone);
  const earlier = begun.subtract(length);
  if (isLast) {
    const before = { from: dateOf(start(earlier.subtract(length))), until: dateOf(start(earlier)) };
    return { period: { from: before.until, until: dateOf(start(begun)) }, before };
  }
  const sinceBegun = now.getTime() - start(begun).epochMilliseconds;
  const asFar = Math.min(start(earlier).epochMilliseconds + sinceBegun, start(begun).epochMilliseconds);
  return {
    period: { from: dateOf(start(begun)), until: now },
    before: { from: dateOf(start(earlier)), until: new Date(asFar) },
  };
}

/** When the one that a day is in began, and how long they are. */
const calendarUnits: Record<
  CalendarUnit,
  (today: Temporal.PlainDate) => [Temporal.PlainDate, Temporal.DurationLike]
> = {
  week: (today) => [today.subtract({ days: today.dayOfWeek - 1 }), { weeks: 1 }],
  month: (today) => [today.with({ day: 1 }), { months: 1 }],
  quarter: (today) => [
    today.with({ day: 1, month: 3 * Math.floor((today.month - 1) / 3) + 1 }),
    { months: 3 },
  ],
};

/** From midnight to midnight, and as many days before. */
function days(from: Temporal.PlainDate, until: Temporal.PlainDate, zone: string): Compared {
  const start = (date: Temporal.PlainDate) => dateOf(date.toZonedDateTime(zone));
  const before = from.subtract({ days: from.until(until).days });
  return {
    period: { from: start(from), until: start(until) },
    before: { from: start(before), until: start(from) },
  };
}

function dateIn(zone: string, at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}

function plainDate(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

function dateOf({ epochMilliseconds }: Temporal.ZonedDateTime): Date {
  return new Date(epochMilliseconds);
}
