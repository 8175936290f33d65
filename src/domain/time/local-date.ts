import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import { localDay, zoneAt } from './calendar.ts';

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
