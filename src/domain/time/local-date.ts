import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import { localDay, nextWorkingInstant, zoneAt } from './calendar.ts';

/** The local date so many days after today, as `2027-03-01`, where somebody lives who works these hours. */
export function dateAfter(hours: WorkingHours, now: Date, days: number): string {
  const today = Temporal.PlainDate.from(localDay(zoneAt(hours, now), now).date);
  return today.add({ days }).toString();
}

/** When a local date begins where somebody lives who works these hours; null when it is none. */
export function startOf(hours: WorkingHours, date: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  try {
    const day = Temporal.PlainDate.from(date, { overflow: 'reject' });
    return new Date(day.toZonedDateTime(hours.zone).epochMilliseconds);
  } catch {
    return null;
  }
}

/** When a local time such as `15:30` comes on a local date; null when one of them is none. */
export function momentOf(hours: WorkingHours, date: string, time: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return null;
  try {
    const day = Temporal.PlainDate.from(date, { overflow: 'reject' });
    const plainTime = Temporal.PlainTime.from(time, { overflow: 'reject' });
    const { epochMilliseconds } = day.toPlainDateTime(plainTime).toZonedDateTime(hours.zone);
    return new Date(epochMilliseconds);
  } catch {
    return null;
  }
}

/** Today's local date, as `2027-03-01`, where somebody lives who works these hours. */
export function today(hours: WorkingHours, now: Date): string {
  return localDay(zoneAt(hours, now), now).date;
}

/** The time of day, as `15:30`, where somebody lives who works these hours. */
export function timeAt(hours: WorkingHours, at: Date): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(hours.zone);
  return local.toPlainTime().toString({ smallestUnit: 'minute' });
}

/**
 * The same time of day so many days of work later, counting only days on which somebody works; or as soon as they work
 * then.
 *
 * @throws RangeError when the hours hold no working time.
 */
export function workingDaysAfter(hours: WorkingHours, now: Date, days: number): Date {
  const zone = zoneAt(hours, now);
  let day = localDay(zone, now);
  for (let left = days; left > 0; left -= 1) {
    const next = nextWorkingInstant(hours, new Date(day.to));
    day = localDay(zone, next);
  }
  const time = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainTime();
  const then = Temporal.PlainDate.from(day.date).toPlainDateTime(time).toZonedDateTime(zone);
  return nextWorkingInstant(hours, new Date(then.epochMilliseconds));
}
