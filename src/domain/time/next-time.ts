import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import { type LocalDay, localDay, zoneAt } from './calendar.ts';
import { timeOn } from './next-digest.ts';

/** Whoever has no right day in so many is not waited for. */
const daysAhead = 370;

/**
 * The first instant after another at which it is a time of day where somebody works, on a day that is right.
 * @param minute local, after midnight
 * @returns null when no day of a year is right
 */
export function nextTime(
  minute: number,
  hours: WorkingHours,
  after: Date,
  isRight: (day: LocalDay, at: Date) => boolean,
): Date | null {
  let from = after;
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const zone = zoneAt(hours, from);
    const day = localDay(zone, from);
    const at = timeOn(day, zone, minute);
    if (at > after && isRight(day, at)) return at;
    from = new Date(day.to);
  }
  return null;
}

/** The ISO weekday of a local date: Monday is 1. */
export function weekdayOf({ date }: LocalDay): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}
