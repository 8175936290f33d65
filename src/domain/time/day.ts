import { Temporal } from 'temporal-polyfill';

/** A day as somebody wrote it, `YYYY-MM-DD`; null when it is none of the calendar. */
export function dayOf(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
