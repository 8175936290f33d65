import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import { addWorkingTime, localDay, zoneAt } from './calendar.ts';

/**
 * A wall-clock time, in minutes after midnight, on the next date where somebody lives. A time that the clocks skip is
 * as much later as they were put forward.
 */
export function tomorrowAt(hours: WorkingHours, now: Date, minuteOfDay: number): Date {
  const zone = zoneAt(hours, now);
  const time = new Temporal.PlainTime().add({ minutes: minuteOfDay });
  const tomorrow = dateAt(zone, now).add({ days: 1 }).toPlainDateTime(time);
  return new Date(tomorrow.toZonedDateTime(zone).epochMilliseconds);
}

/** When somebody has had an hour of work, on the next date on which they work at all. */
export function morningAfter(hours: WorkingHours, now: Date): Date {
  const today = localDay(zoneAt(hours, now), now);
  return addWorkingTime(hours, new Date(today.to), 60);
}

function dateAt(zone: string, at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}
