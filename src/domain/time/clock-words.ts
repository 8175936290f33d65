import type { Weekday } from '../policy/policy.ts';
import type { Words } from '../words/words.ts';

/** The fifth of January 2026 was a Monday. */
const mondayMs = Date.UTC(2026, 0, 5);

/** As `Mon`. */
export function weekdayInWords(day: Weekday, words: Words): string {
  return written(mondayMs + (day - 1) * 86_400_000, { weekday: 'short' }, words);
}

/** As `8:30 AM`. @param minute local, after midnight */
export function clockInWords(minute: number, words: Words): string {
  return written(mondayMs + minute * 60_000, { hour: 'numeric', minute: '2-digit' }, words);
}

function written(atMs: number, how: Intl.DateTimeFormatOptions, { language }: Words): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...how }).format(new Date(atMs));
}
