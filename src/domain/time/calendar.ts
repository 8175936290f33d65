import { Temporal } from 'temporal-polyfill';
import type { HolidayCalendar, Weekday, WorkingHours, WorkingWeek } from '../policy/policy.ts';

/** Whether it is the name of an IANA time zone. */
export function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The time zone somebody is in at an instant: before a move it was another one. */
export function zoneAt({ zone, before }: WorkingHours, at: Date): string {
  return before && at < before.until ? zoneAt(before.hours, at) : zone;
}

/** A stretch of time between two instants, `to` excluded. */
type Stretch = { from: number; to: number };

/**
 * The instant at which `minutes` of working time have passed since `from`.
 *
 * Local hours are read on each date anew, so that a span keeps its wall-clock meaning across daylight-saving
 * changes: an hour that is skipped does not count, an hour that comes twice counts twice. Absences count to the
 * millisecond.
 *
 * @throws RangeError when the hours hold no working time.
 */
export function addWorkingTime(hours: WorkingHours, from: Date, minutes: number): Date {
  let left = Math.round(minutes * 60_000);
  if (left <= 0) return from;
  for (const stretch of stretchesBetween(hours, from.getTime(), Number.POSITIVE_INFINITY)) {
    const length = stretch.to - stretch.from;
    if (left <= length) return new Date(stretch.from + left);
    left -= length;
  }
  throw new RangeError(`no working time in ${hours.zone} after ${from.toISOString()}: the week has no hours`);
}

/** Minutes of working time between two instants; 0 when `to` is not after `from`. */
export function workingMinutesBetween(hours: WorkingHours, from: Date, to: Date): number {
  let total = 0;
  for (const stretch of stretchesBetween(hours, from.getTime(), to.getTime())) {
    total += stretch.to - stretch.from;
  }
  return total / 60_000;
}

/** Whether the person works at that instant. */
export function isWorkingAt(hours: WorkingHours, at: Date): boolean {
  return !stretchesBetween(hours, at.getTime(), at.getTime() + 1).next().done;
}

/**
 * The first instant, from `at` on, at which the person works: `at` itself when they do.
 *
 * @throws RangeError when the hours hold no working time.
 */
export function nextWorkingInstant(hours: WorkingHours, at: Date): Date {
  for (const stretch of stretchesBetween(hours, at.getTime(), Number.POSITIVE_INFINITY)) {
    return new Date(stretch.from);
  }
  throw new RangeError(`no working time in ${hours.zone} after ${at.toISOString()}: the week has no hours`);
}

/** When somebody who works now stops for that day; null when they do not work, or go on past midnight. */
export function endOfWork(hours: WorkingHours, now: Date): Date | null {
  if (!isWorkingAt(hours, now)) return null;
  const { to } = localDay(zoneAt(hours, now), now);
  const stops = [...stretchesBetween(hours, now.getTime(), to)].at(-1)?.to ?? to;
  return stops < to ? new Date(stops) : null;
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

/** Cache of the last day asked for in each zone: the next question is mostly about the same. */
const lastDays = new Map<string, LocalDay>();

/**
 * After a year and a week in which somebody is not away and has no working minute, they count as never working: due
 * times would be meaningless.
 */
const searchDays = 372;

/** The working time between two instants, in order; without end when `to` is infinite. */
function* stretchesBetween(hours: WorkingHours, from: number, to: number): Generator<Stretch> {
  const since = hours.before?.until.getTime() ?? Number.NEGATIVE_INFINITY;
  if (hours.before) yield* stretchesBetween(hours.before.hours, from, Math.min(to, since));
  const usual = usualOf(hours);
  for (const between of hours.away ? betweenAbsences(hours.away) : always) {
    const start = Math.max(from, since, between.from);
    const end = Math.min(to, between.to);
    if (start >= end) continue;
    let day = earliestDay(start);
    for (let idleDays = 0; idleDays < searchDays && day * dayMs < end; idleDays += 1) {
      for (const stretch of usual.days.get(day) ?? workedOut(usual, day)) {
        if (stretch.to <= start || stretch.from >= end) continue;
        idleDays = 0;
        yield { from: Math.max(stretch.from, start), to: Math.min(stretch.to, end) };
      }
      day += 1;
    }
  }
}

const always: readonly Stretch[] = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];

/** The time between absences, in order. */
function betweenAbsences(away: NonNullable<WorkingHours['away']>): readonly Stretch[] {
  const kept = knownBetween.get(away);
  if (kept) return kept;
  const absences = away
    .map(({ from, until }) => ({ from: from.getTime(), to: until.getTime() }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  let back = Number.NEGATIVE_INFINITY;
  for (const { from, to } of absences) {
    if (from > back) stretches.push({ from: back, to: from });
    back = Math.max(back, to);
  }
  stretches.push({ from: back, to: Number.POSITIVE_INFINITY });
  knownBetween.set(away, stretches);
  return stretches;
}

/** Cache by the list of absences, which stays the same object through many questions. */
const knownBetween = new WeakMap<object, readonly Stretch[]>();

const dayMs = 86_400_000;

/** Days are counted in UTC here. A stretch is 25 hours long at most: one that lasts until now began on this day or later. */
function earliestDay(instant: number): number {
  return Math.floor(instant / dayMs) - 2;
}

/** Hours without absences, with a cache of their stretches by the UTC day on which they begin. */
type UsualHours = {
  zone: string;
  week: WorkingWeek;
  holidays: HolidayCalendar | undefined;
  days: Map<number, readonly Stretch[]>;
};

/**
 * Cache of what Temporal, which is slow, works out for the same few days again and again. Its key is the week, since
 * that stays the same object when absences change.
 */
const known = new WeakMap<WorkingWeek, UsualHours[]>();
const daysKept = 1_000;

function usualOf({ zone, week, holidays }: WorkingHours): UsualHours {
  const kept = known.get(week) ?? [];
  const same = kept.find((usual) => usual.zone === zone && usual.holidays === holidays);
  if (same) return same;
  const usual = { zone, week, holidays, days: new Map<number, readonly Stretch[]>() };
  known.set(week, [...kept, usual]);
  return usual;
}

function workedOut(usual: UsualHours, day: number): readonly Stretch[] {
  const from = day * dayMs;
  const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('UTC').toPlainDate();
  // Nowhere is the date more than one away from that in UTC.
  const stretches = [-1, 0, 1]
    .flatMap((days) => stretchesOn(usual, date.add({ days })))
    .filter((stretch) => stretch.from >= from && stretch.from < from + dayMs);
  if (usual.days.size >= daysKept) usual.days.clear();
  usual.days.set(day, stretches);
  return stretches;
}

function stretchesOn({ zone, week, holidays }: UsualHours, date: Temporal.PlainDate): Stretch[] {
  const spans = week[date.dayOfWeek as Weekday] ?? [];
  if (spans.length === 0 || holidays?.nameOn(date.toString())) return [];
  const midnightInUtc = Date.UTC(date.year, date.month - 1, date.day);
  return piecesOf(date, zone).flatMap((piece) => {
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
