import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import { type LocalDay, localDay, nextWorkingInstant, workingMinutesBetween, zoneAt } from './calendar.ts';

/**
 * When somebody next gets a digest, after `now`: at the first of its local times on a day on which they work, or as soon as
 * they work after it.
 * @param times in minutes after midnight
 * @throws RangeError when the hours hold no working time
 */
export function nextDigest(times: readonly number[], hours: WorkingHours, now: Date): Date {
  for (let at = now; ; ) {
    const zone = zoneAt(hours, at);
    const day = localDay(zone, at);
    const found = worksOn(day, hours)
      ? times.map((time) => timeOn(day, zone, time)).filter((time) => time > now)
      : [];
    if (found.length > 0) return nextWorkingInstant(hours, new Date(Math.min(...found.map(Number))));
    at = nextWorkingInstant(hours, new Date(day.to));
  }
}

/** Whether somebody works on a local date at all. */
export function worksOn({ from, to }: LocalDay, hours: WorkingHours): boolean {
  return workingMinutesBetween(hours, new Date(from), new Date(to)) > 0;
}

/**
 * A time of day on a local date; one that the clocks skip is as much later as they were put forward.
 * @param minutes after midnight
 */
export function timeOn({ date }: LocalDay, timeZone: string, minutes: number): Date {
  const plainTime = new Temporal.PlainTime().add({ minutes });
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds);
}
