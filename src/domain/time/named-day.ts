import { Temporal } from 'temporal-polyfill';
import { folded } from '../words/typed.ts';
import { type Language, languages } from '../words/words.ts';

/** The fifth of January 2026 was a Monday. */
const week = Array.from({ length: 7 }, (_, place) => Date.UTC(2026, 0, 5 + place));
const firstDays = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month));

/** In all languages. */
const weekdays = languages.map((language) => namesOf(week, 'weekday', language));
const months = languages.map((language) => namesOf(firstDays, 'month', language));

/**
 * Reads a day, in lower case: `tomorrow`, a weekday, so many days or weeks from `from` on, or a date such as `dec 24`,
 * `12/24`, `24.12.` or `2026-12-24`; days and months by their names in any language. Without a year it is the next one that
 * is not before `from`; of two numbers with a slash the first is what the reader's language has first, where it can be.
 * @returns null when the words name no day
 */
export function dayIn(
  text: string,
  {
    today,
    from = today,
    language,
  }: { today: Temporal.PlainDate; from?: Temporal.PlainDate; language: Language },
): Temporal.PlainDate | null {
  if (text === 'today') return today;
  if (text === 'tomorrow') return today.add({ days: 1 });
  const weekday = positionIn(weekdays, text.replace(/^(?:on|this|next) /, ''));
  if (weekday > 0) return from.add({ days: (weekday - from.dayOfWeek + 7) % 7 || 7 });
  if (text === 'next week') return today.add({ days: 8 - today.dayOfWeek });
  const [, count, unit] = /^(\d{1,3}) (days?|weeks?)$/.exec(text) ?? [];
  if (count && unit) {
    return from.add(unit.startsWith('week') ? { weeks: Number(count) } : { days: Number(count) });
  }
  const date = dateIn(text.replace(/^on /, ''), language);
  return date && onCalendar(date, from);
}

type Written = { year: string | undefined; month: number; day: number };

function dateIn(text: string, language: Language): Written | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso) return { year: iso[1], month: Number(iso[2]), day: Number(iso[3]) };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$/.exec(text);
  if (dotted) return { year: dotted[3], month: Number(dotted[2]), day: Number(dotted[1]) };
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(text);
  if (slashed) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    const isDayFirst = first > 12 || (second <= 12 && hasDayFirst(language));
    const [month, day] = isDayFirst ? [second, first] : [first, second];
    return { year: slashed[3], month, day };
  }
  const named =
    /^(?<month>[a-z]+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,?(?: (?<year>\d{4}))?$/.exec(text) ??
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(?<month>[a-z]+)\.?,?(?: (?:of )?(?<year>\d{4}))?$/.exec(
      text,
    );
  const { month = '', day, year } = named?.groups ?? {};
  const position = positionIn(months, month);
  return position > 0 ? { year, month: position, day: Number(day) } : null;
}

/** Its place among the names of a language, by three letters or more, or as two; 0 when it is none. */
function positionIn(names: readonly (readonly Name[])[], text: string): number {
  for (const one of names) {
    const position = one.findIndex(({ long, short }) =>
      text.length >= 3 ? long.startsWith(text) : text !== '' && short === text,
    );
    if (position >= 0) return position + 1;
  }
  return 0;
}

type Name = { long: string; short: string };

/** Some days by a part of their names in a language. */
function namesOf(days: readonly number[], part: 'weekday' | 'month', language: Language): Name[] {
  const [long, short] = (['long', 'short'] as const).map(
    (form) => new Intl.DateTimeFormat(language, { timeZone: 'UTC', [part]: form }),
  );
  return days.map((day) => ({
    long: folded(long?.format(day) ?? ''),
    short: folded(short?.format(day) ?? '').replace('.', ''),
  }));
}

function hasDayFirst(language: Language): boolean {
  const parts = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'numeric' }).formatToParts();
  return parts.find(({ type }) => type !== 'literal')?.type === 'day';
}

/** The last day of February without a year is that of the next year that has it. */
function onCalendar({ year, month, day }: Written, notBefore: Temporal.PlainDate): Temporal.PlainDate | null {
  const years = year ? [Number(year)] : Array.from({ length: 9 }, (_, later) => notBefore.year + later);
  for (const each of years) {
    const date = dateOf(each, month, day);
    if (date && (year || Temporal.PlainDate.compare(date, notBefore) >= 0)) return date;
  }
  return null;
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
