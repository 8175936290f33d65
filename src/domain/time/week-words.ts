import type { Words } from '../words/words.ts';

/** The Monday of a week, as `Nov 23`. @param monday as `2026-11-23` */
export function weekInWords(monday: string, { language }: Words): string {
  const day = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'short', day: 'numeric' });
  return day.format(new Date(`${monday}T00:00:00Z`));
}
