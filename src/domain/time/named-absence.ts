import { Temporal } from 'temporal-polyfill';
import type { WorkingHours } from '../policy/policy.ts';
import type { Language } from '../words/words.ts';
import { nextWorkingInstant, zoneAt } from './calendar.ts';
import { dayIn } from './named-day.ts';
import { timesInEnglish } from './said-times.ts';

/** When somebody goes and when they are back; `from` null: at once; `until` null: when they say so. */
export type NamedAbsence = { from: Date | null; until: Date | null };

/** Between the beginning and the end, where the last day is named on which somebody is away. */
const inclusive = / (?:-|through|thru) | ?[–—] ?|(?<=[\d.])-(?=\d+[/.])/;
/** Where the day is named on which they are back. */
const exclusive = / (?:until|till|til|to|for) /;

/**
 * Reads for how long somebody is away: until a time such as `14:00` or `2pm`, a day, or both; for so many minutes, hours or
 * days; or from one to another. A day means when they begin to work on it, or next after it: whoever is away until Friday is
 * back on Friday at nine; but who is away today is back tomorrow, and from 12/24 - 1/2 on the day after. All languages are
 * understood, whichever the reader's is.
 * @param language in which order a date has its day and its month
 * @returns null when the words say no time; one that they say may be past
 */
export function readAbsence(
  words: string,
  hours: WorkingHours,
  now: Date,
  language: Language,
): NamedAbsence | null {
  const said = timesInEnglish(words);
  const text = said.replace(/^from /, '');
  // Another absence does not make this one longer.
  const { away: _, ...usual } = hours;
  const reading: Reading = { hours: usual, zone: zoneAt(hours, now), now, language };
  if (text !== said) {
    const from = readStart(text, reading);
    if (from) return { from: from.at > now ? from.at : null, until: null };
  }
  const single = readEnd(text.replace(/^(?:until|till|til|for|by) /, ''), null, false, reading);
  if (single) return { from: null, until: single };
  for (const separator of [inclusive, exclusive]) {
    const [first = '', second, ...more] = text.split(separator);
    if (second === undefined || more.length > 0) continue;
    const from = readStart(first, reading);
    const until = from && readEnd(second, from.day, separator === inclusive, reading);
    if (from && until) return { from: from.at > now ? from.at : null, until };
  }
  return null;
}

type Reading = { hours: WorkingHours; zone: string; now: Date; language: Language };

/** `14:00`, `2pm` or `2:30 pm`, at the end. */
const time24 = /(?:^| )([01]?\d|2[0-3]):([0-5]\d)$/;
const time12 = /(?:^| )(0?[1-9]|1[0-2])(?::([0-5]\d))? ?([ap])m$/;

/** The words before a time of day, and the time; null when there is none at the end. */
function timeIn(text: string): { day: string; time: Temporal.PlainTime } | null {
  const written = time24.exec(text) ?? time12.exec(text);
  if (!written) return null;
  const [, hour, minute = '0', half] = written;
  const time = new Temporal.PlainTime(
    half ? (Number(hour) % 12) + (half === 'p' ? 12 : 0) : Number(hour),
    Number(minute),
  );
  return { day: text.slice(0, written.index).replace(/(?:^| )at$/, ''), time };
}

function readStart(
  text: string,
  { zone, now, language }: Reading,
): { at: Date; day: Temporal.PlainDate } | null {
  const today = dateAt(zone, now);
  if (text === 'now') return { at: now, day: today };
  const timed = timeIn(text);
  const day = timed?.day === '' ? today : dayIn(timed?.day ?? text, { today, language });
  return day && { at: instantOf(day, timed?.time, zone), day };
}

/** @param isLast whether a day without a time is the last of the absence */
function readEnd(
  text: string,
  from: Temporal.PlainDate | null,
  isLast: boolean,
  { hours, zone, now, language }: Reading,
): Date | null {
  const [, count, unit] = /^(\d{1,3}) ?(min|minutes?|h|hours?)$/.exec(text) ?? [];
  if (count && unit && from === null) {
    return new Date(now.getTime() + Number(count) * (unit.startsWith('h') ? 3_600_000 : 60_000));
  }
  const today = dateAt(zone, now);
  const around = { today, language, ...(from && { from }) };
  const timed = timeIn(text);
  if (timed) {
    const day = timed.day === '' ? (from ?? today) : dayIn(timed.day, around);
    return day && instantOf(day, timed.time, zone);
  }
  const day = dayIn(text, around);
  if (!day) return null;
  const back = isLast || text === 'today' ? day.add({ days: 1 }) : day;
  return nextWorkingInstant(hours, instantOf(back, undefined, zone));
}

function dateAt(zone: string, at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}

/** A time that the clocks skip is as much later as they were put forward; a day without a time is its beginning. */
function instantOf(day: Temporal.PlainDate, time: Temporal.PlainTime | undefined, zone: string): Date {
  return new Date(day.toPlainDateTime(time).toZonedDateTime(zone).epochMilliseconds);
}
