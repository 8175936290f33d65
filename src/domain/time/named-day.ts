import { Temporal } from 'temporal-polyfill';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * Reads a day, in lower case: `tomorrow`, a weekday, so many days or weeks from `from` on, or a date such as `dec 24`,
 * `12/24`, `24.12.` or `2026-12-24`. Without a year it is the next one that is not before `from`; of two numbers with a
 * slash the first is the month, where it can be one.
 * @returns null when the words name no day
 */
export function dayIn(
  text: string,
  { today, from = today }: { today: Temporal.PlainDate; from?: Temporal.PlainDate | undefined },
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
  const date = dateIn(text.replace(/^on /, ''));
  return date && onCalendar(date, from);
}

type Written = { year: string | undefined; month: number; day: number };

function dateIn(text: string): Written | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso) return { year: iso[1], month: Number(iso[2]), day: Number(iso[3]) };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$/.exec(text);
  if (dotted) return { year: dotted[3], month: Number(dotted[2]), day: Number(dotted[1]) };
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(text);
  if (slashed) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    const [month, day] = first > 12 ? [second, first] : [first, second];
    return { year: slashed[3], month, day };
  }
  const named =
    /^(?<month>[a-z]+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,?(?: (?<year>\d{4}))?$/.exec(text) ??
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?<month>[a-z]+)\.?,?(?: (?<year>\d{4}))?$/.exec(text);
  const { month = '', day, year } = named?.groups ?? {};
  const position = positionIn(months, month);
  return position > 0 ? { year, month: position, day: Number(day) } : null;
}

/** By three letters or more; 0 when it is none. */
function positionIn(names: readonly string[], text: string): number {
  return names.findIndex((name) => text.length >= 3 && name.startsWith(text)) + 1;
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
