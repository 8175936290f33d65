import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from './policy.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Reads when somebody will be back: `tomorrow`, a weekday, a date, or so many days from now. A day means its morning:
 * whoever is away until Friday is back on Friday.
 * @returns null when the words say no time, or one that is past
 */
export function readUntil(words: string, { zone }: WorkingHours, now: Date): Date | null {
  const text = words
    .trim()
    .toLowerCase()
    .replace(/^until\s+/, '');
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const day = dayIn(text, today);
  if (!day || Temporal.PlainDate.compare(day, today) <= 0) return null;
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
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
