import type { WorkingHours } from '../policy/policy.ts';
import { localDay, zoneAt } from './calendar.ts';

/**
 * A time in plain words, for places where no platform writes it in the reader's zone: where somebody lives who works
 * these hours. `2:33 PM` today, `Tue 9:00 AM` within six days, else `May 11 9:00 AM`.
 */
export function localTime(at: Date, hours: WorkingHours, now: Date): string {
  return localTimeFor(hours, at, hours, now);
}

/** The same for a reader elsewhere, to whom today is where they live: `Tue 9:00 AM in New York`. */
export function localTimeFor(reader: WorkingHours, at: Date, hours: WorkingHours, now: Date): string {
  const [zone, readersZone] = [zoneAt(hours, at), zoneAt(reader, at)];
  const { weekday, day, month, time } = partsOf(at, zone);
  const where = zone === readersZone ? '' : ` in ${placeOf(zone)}`;
  if (localDay(zone, at).date === localDay(readersZone, now).date) return `${time}${where}`;
  const isNear = Math.abs(at.getTime() - now.getTime()) < 6 * 86_400_000;
  return `${isNear ? weekday : `${month} ${day}`} ${time}${where}`;
}

/** `Tuesday`, where somebody lives who works these hours. */
export function localWeekday(at: Date, hours: WorkingHours): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zoneAt(hours, at), weekday: 'long' }).format(at);
}

/** `Dec 30`, where somebody lives who works these hours. */
export function dayInWords(at: Date, hours: WorkingHours): string {
  const timeZone = zoneAt(hours, at);
  return new Intl.DateTimeFormat('en-US', { timeZone, month: 'short', day: 'numeric' }).format(at);
}

/** The city that a zone is named after: zones have no other name that everybody knows. */
function placeOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

function partsOf(at: Date, zone: string) {
  const format = formats.get(zone) ?? formatIn(zone);
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const [weekday, day, month] = [parts.get('weekday'), parts.get('day'), parts.get('month')];
  return {
    weekday,
    day,
    month,
    time: `${parts.get('hour')}:${parts.get('minute')} ${parts.get('dayPeriod')}`,
  };
}

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h12',
  });
}
