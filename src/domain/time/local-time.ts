import type { WorkingHours } from '../policy/policy.ts';
import { placeIn } from '../words/place.ts';
import type { Language, Words } from '../words/words.ts';
import { localDay, zoneAt } from './calendar.ts';

/**
 * A time as the reader's language writes it, for places where no platform writes it in their zone: where somebody lives
 * who works these hours. In English `2:33 PM` today, `Tue 9:00 AM` within six days, else `May 11, 9:00 AM`.
 */
export function localTime(at: Date, hours: WorkingHours, now: Date, words: Words): string {
  return localTimeFor(hours, at, hours, now, words);
}

/** The same for a reader elsewhere, to whom today is where they live: `Tue 9:00 AM in New York`. */
export function localTimeFor(
  reader: WorkingHours,
  at: Date,
  hours: WorkingHours,
  now: Date,
  words: Words,
): string {
  const [zone, readersZone] = [zoneAt(hours, at), zoneAt(reader, at)];
  const isToday = localDay(zone, at).date === localDay(readersZone, now).date;
  const isNear = Math.abs(at.getTime() - now.getTime()) < 6 * 86_400_000;
  const time = written(at, isToday ? 'time' : isNear ? 'near' : 'far', zone, words.language);
  return zone === readersZone ? time : words.text('times.inPlace', { time, place: placeIn(zone) });
}

/** `Tuesday`, where somebody lives who works these hours. */
export function localWeekday(at: Date, hours: WorkingHours, { language }: Words): string {
  return written(at, 'weekday', zoneAt(hours, at), language);
}

/** `Dec 30`, where somebody lives who works these hours. */
export function dayInWords(at: Date, hours: WorkingHours, { language }: Words): string {
  return written(at, 'day', zoneAt(hours, at), language);
}

/** A day of the calendar, `2026-12-30`, as `Dec 30, 2026`. */
export function dateInWords(day: string, { language }: Words): string {
  return written(new Date(`${day}T00:00:00Z`), 'date', 'UTC', language);
}

const clock = { hour: 'numeric', minute: '2-digit' } as const;
const forms = {
  time: clock,
  near: { weekday: 'short', ...clock },
  far: { month: 'short', day: 'numeric', ...clock },
  weekday: { weekday: 'long' },
  day: { month: 'short', day: 'numeric' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function written(at: Date, form: keyof typeof forms, timeZone: string, language: Language): string {
  const key = `${form} ${timeZone} ${language}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...forms[form], timeZone });
  formats.set(key, format);
  // Newer versions of Unicode have a narrow space before AM and PM, which some fonts draw as a box.
  return format.format(at).replaceAll('\u202f', ' ');
}
