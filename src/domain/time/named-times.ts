import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import { addWorkingTime, localDay, zoneAt } from './calendar.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Reads when somebody will be back: a time such as `14:00` or `2pm`, a day, or both. Days are `today`, `tomorrow`, a
 * weekday, a date, or so many days from now. A day means its morning: whoever is away until Friday is back on Friday; but
 * who is away today is back tomorrow.
 * @returns null when the words say no time; one that they say may be past
 */
export function readUntil(words: string, hours: WorkingHours, now: Date): Date | null {
  const text = words
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/^until /, '');
  const zone = zoneAt(hours, now);
  const today = dateAt(zone, now);
  const until = momentIn(text, today);
  if (!until) return null;
  return new Date(until.toZonedDateTime(zone).epochMilliseconds);
}

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

/** `14:00`, `2pm` or `2:30 pm`, at the end. */
const time24 = /(?:^| )([01]?\d|2[0-3]):([0-5]\d)$/;
const time12 = /(?:^| )(0?[1-9]|1[0-2])(?::([0-5]\d))? ?([ap])m$/;

function momentIn(text: string, today: Temporal.PlainDate): Temporal.PlainDateTime | null {
  if (text === 'today') return today.add({ days: 1 }).toPlainDateTime();
  const written = time24.exec(text) ?? time12.exec(text);
  if (!written) return dayIn(text, today)?.toPlainDateTime() ?? null;
  const [, hour, minute = '0', half] = written;
  const time = {
    hour: half ? (Number(hour) % 12) + (half === 'p' ? 12 : 0) : Number(hour),
    minute: Number(minute),
  };
  const day = text.slice(0, written.index).replace(/(?:^| )(?:at|until)$/, '');
  const date = day === '' || day === 'today' ? today : dayIn(day, today);
  return date?.toPlainDateTime(time) ?? null;
}

function dayIn(text: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (text === 'tomorrow') return today.add({ days: 1 });
  const weekday = weekdays.findIndex((name) => text.length >= 3 && name.startsWith(text)) + 1;
  if (weekday > 0) return today.add({ days: (weekday - today.dayOfWeek + 7) % 7 || 7 });
  const [, count, unit] = /^(?:for )?(\d{1,3}) (days?|weeks?)$/.exec(text) ?? [];
  if (count && unit)
    return today.add(unit.startsWith('week') ? { weeks: Number(count) } : { days: Number(count) });
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) ? Temporal.PlainDate.from(text, { overflow: 'reject' }) : null;
  } catch {
    return null;
  }
}
