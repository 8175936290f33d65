import { Temporal } from 'temporal-polyfill';
import type { Weekday, WorkingHours } from './policy.ts';

/** Whether it is the name of an IANA time zone. */
export function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** A stretch of working time between two instants, `to` excluded. */
type Stretch = { from: number; to: number };

/**
 * A year and a week without a working minute: a person who never works within it has no calendar at all,
 * and due times would be meaningless.
 */
const searchDays = 372;

/**
 * The instant at which `minutes` of working time have passed since `from`.
 *
 * Local hours are read on each date anew, so that a span keeps its wall-clock meaning across daylight-saving
 * changes: an hour that is skipped does not count, an hour that comes twice counts twice.
 *
 * @throws RangeError when the hours hold no working time.
 */
export function addWorkingTime(hours: WorkingHours, from: Date, minutes: number): Date {
  let left = Math.round(minutes * 60_000);
  if (left <= 0) return from;
  for (const stretch of stretchesSince(hours, from)) {
    const length = stretch.to - stretch.from;
    if (left <= length) return new Date(stretch.from + left);
    left -= length;
  }
  throw new RangeError(`no working time in ${hours.zone} after ${from.toISOString()}: the week has no hours`);
}

/** Minutes of working time between two instants; 0 when `to` is not after `from`. */
export function workingMinutesBetween(hours: WorkingHours, from: Date, to: Date): number {
  let total = 0;
  for (const stretch of stretchesSince(hours, from)) {
    if (stretch.from >= to.getTime()) break;
    total += Math.min(stretch.to, to.getTime()) - stretch.from;
  }
  return total / 60_000;
}

/** Whether the person works at that instant. */
export function isWorkingAt(hours: WorkingHours, at: Date): boolean {
  const instant = at.getTime();
  for (let day = earliestDay(instant); day * dayMs <= instant; day += 1) {
    if (beginningOn(hours, day).some(({ from, to }) => from <= instant && instant < to)) return true;
  }
  return false;
}

/** The first instant, from `at` on, at which the person works: `at` itself when they do. */
export function nextWorkingInstant(hours: WorkingHours, at: Date): Date {
  for (const stretch of stretchesSince(hours, at)) return new Date(stretch.from);
  throw new RangeError(`no working time in ${hours.zone} after ${at.toISOString()}: the week has no hours`);
}

/** A date of a zone, as `2026-03-03`, and the instants between which it lies, `to` excluded. */
export type LocalDay = { date: string; from: number; to: number };

/** The local date of an instant. */
export function localDay(zone: string, at: Date): LocalDay {
  const last = lastDays.get(zone);
  const instant = at.getTime();
  if (last && last.from <= instant && instant < last.to) return last;
  const start = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).startOfDay();
  const end = start.toPlainDate().add({ days: 1 }).toZonedDateTime(zone);
  const date = start.toPlainDate().toString();
  const day = { date, from: start.epochMilliseconds, to: end.epochMilliseconds };
  lastDays.set(zone, day);
  return day;
}

/** Most questions are about the same day as the one before. */
const lastDays = new Map<string, LocalDay>();

function* stretchesSince(hours: WorkingHours, from: Date): Generator<Stretch> {
  const start = from.getTime();
  let day = earliestDay(start);
  for (let idleDays = 0; idleDays < searchDays; idleDays += 1) {
    for (const stretch of beginningOn(hours, day)) {
      if (stretch.to <= start) continue;
      idleDays = 0;
      yield { from: Math.max(stretch.from, start), to: stretch.to };
    }
    day += 1;
  }
}

const dayMs = 86_400_000;

/** Days are counted in UTC here. A stretch is 25 hours long at most: one that lasts until now began on this day or later. */
function earliestDay(instant: number): number {
  return Math.floor(instant / dayMs) - 2;
}

/**
 * The stretches of somebody's hours by the day on which they begin. What Temporal works out is kept, because the same
 * few days are asked for again and again.
 */
const known = new WeakMap<WorkingHours, Map<number, readonly Stretch[]>>();
const daysKept = 1_000;

function beginningOn(hours: WorkingHours, day: number): readonly Stretch[] {
  const days = known.get(hours) ?? new Map<number, readonly Stretch[]>();
  known.set(hours, days);
  const kept = days.get(day);
  if (kept) return kept;
  const from = day * dayMs;
  const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('UTC').toPlainDate();
  // Nowhere is the date more than one away from that in UTC.
  const stretches = [-1, 0, 1]
    .flatMap((days) => stretchesOn(hours, date.add({ days })))
    .filter((stretch) => stretch.from >= from && stretch.from < from + dayMs);
  if (days.size >= daysKept) days.clear();
  days.set(day, stretches);
  return stretches;
}

function stretchesOn(hours: WorkingHours, date: Temporal.PlainDate): Stretch[] {
  const spans = hours.week[date.dayOfWeek as Weekday] ?? [];
  if (spans.length === 0) return [];
  const midnightInUtc = Date.UTC(date.year, date.month - 1, date.day);
  return piecesOf(date, hours.zone).flatMap((piece) => {
    const instantOf = (minute: number) => midnightInUtc + minute * 60_000 - piece.offset;
    return spans
      .map(({ fromMinute, toMinute }) => ({
        from: Math.max(piece.from, instantOf(fromMinute)),
        to: Math.min(piece.to, instantOf(toMinute)),
      }))
      .filter((stretch) => stretch.to > stretch.from);
  });
}

/** A date's parts with one offset from UTC each: one part, or two when the clocks change, or none when it is skipped. */
function piecesOf(date: Temporal.PlainDate, zone: string): (Stretch & { offset: number })[] {
  const pieces: (Stretch & { offset: number })[] = [];
  const end = date.add({ days: 1 }).toZonedDateTime(zone);
  let start = date.toZonedDateTime(zone);
  while (start.epochMilliseconds < end.epochMilliseconds) {
    const same = start.offsetNanoseconds === end.offsetNanoseconds;
    const next = (same ? null : start.getTimeZoneTransition('next')) ?? end;
    pieces.push({
      from: start.epochMilliseconds,
      to: Math.min(next.epochMilliseconds, end.epochMilliseconds),
      offset: start.offsetNanoseconds / 1_000_000,
    });
    start = next;
  }
  return pieces;
}
