import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { HolidayCalendar } from '../domain/policy/policy.ts';

const require = createRequire(import.meta.url);
const known = new Map<string, HolidayCalendar | null>();

/**
 * The public holidays of a country, a state or a region such as `DE`, `US-NY` or `DE-BY-A`; null when nobody knows
 * such a place. The same place is the same calendar each time.
 */
export function holidayCalendar(place: string): HolidayCalendar | null {
  const kept = known.get(place);
  if (kept !== undefined) return kept;
  const calendar = calendarOf(place);
  known.set(place, calendar);
  return calendar;
}

function calendarOf(place: string): HolidayCalendar | null {
  const Library = library();
  const [country = '', state, region, ...more] = place.split('-');
  if (more.length > 0 || !isKnown(new Library(), country, state, region)) return null;
  // With UTC as the zone, its instants read as local time wherever somebody keeps these holidays.
  const source = new Library(
    { country, ...(state && { state }), ...(region && { region }) },
    { types: ['public'], timezone: 'UTC', languages: 'en' },
  );
  const years = new Map<number, ReadonlyMap<string, string>>();
  const datesOf = (year: number) => {
    const dates = years.get(year) ?? freeDates(source.getHolidays(year));
    years.set(year, dates);
    return dates;
  };
  return {
    place,
    nameOn: (date) => {
      const year = Number(date.slice(0, 4));
      // Some holidays last over the turn of the year.
      return datesOf(year).get(date) ?? datesOf(year - 1).get(date) ?? null;
    },
  };
}

/**
 * The holidays of a place as a company keeps them: without some that it works on, and with dates of its own, as
 * `2026-12-24` or `12-24` for every year.
 */
export function asKept(
  calendar: HolidayCalendar,
  except: ReadonlySet<string>,
  also: ReadonlySet<string>,
): HolidayCalendar {
  return {
    place: calendar.place,
    nameOn: (date) => {
      if (also.has(date) || also.has(date.slice(5))) return 'a day off of the company';
      const name = calendar.nameOn(date);
      return name === null || except.has(name) ? null : name;
    },
  };
}

const knownNames = new WeakMap<HolidayCalendar, ReadonlyMap<number, readonly string[]>>();

/** The names of the holidays of a place in the years around one, in their order. */
export function namesOf(calendar: HolidayCalendar, around: number): readonly string[] {
  const kept = knownNames.get(calendar)?.get(around);
  if (kept) return kept;
  const dates = [around - 1, around, around + 1].flatMap((year) => datesOf(calendar, year));
  const list = [...new Set(dates.flatMap((date) => calendar.nameOn(date) ?? []))];
  knownNames.set(calendar, new Map(knownNames.get(calendar)).set(around, list));
  return list;
}

/** The dates of a year that are free at a place. */
export function datesOf(calendar: HolidayCalendar, year: number): string[] {
  const dates: string[] = [];
  const last = Date.UTC(year + 1, 0, 1);
  for (let day = Date.UTC(year, 0, 1); day < last; day += dayMs) {
    const date = new Date(day).toISOString().slice(0, 10);
    if (calendar.nameOn(date) !== null) dates.push(date);
  }
  return dates;
}

/** The states of a country that have holidays of their own; of anything else none. */
export function statesOf(place: string): string[] {
  const states = new (library())().getStates(place) ?? {};
  return Object.keys(states).map((state) => `${place}-${state}`);
}

/** Its data takes a tenth of a second and 34 MB to load: only a policy that names a place pays for it. */
function library(): typeof Holidays {
  return require('date-holidays');
}

/** The library takes any place: one that it does not know has no holidays, or those of the country around it. */
function isKnown(library: Holidays, country: string, state?: string, region?: string): boolean {
  const has = (names: object | undefined, code: string) =>
    // The library looks codes up in capitals, so that its few lower-case ones are never found.
    names !== undefined && Object.hasOwn(names, code) && code === code.toUpperCase();
  if (!has(library.getCountries(), country)) return false;
  if (state === undefined) return true;
  if (!has(library.getStates(country), state)) return false;
  return region === undefined || has(library.getRegions(country, state), region);
}

const dayMs = 86_400_000;

/** Two thirds, not half: where the host's own clocks skip a midnight, the library moves a holiday by that hour. */
const mostOfDayMs = (dayMs * 2) / 3;

/**
 * The dates of which a holiday takes the greater part, and its name. One that begins at sunset is the day after; a
 * date with an afternoon or an evening off is still worked.
 */
function freeDates(
  holidays: readonly { start: Date; end: Date; name: string }[],
): ReadonlyMap<string, string> {
  const dates = new Map<string, string>();
  for (const { start, end, name } of holidays) {
    const midnight = Math.floor(start.getTime() / dayMs) * dayMs;
    for (let day = midnight; day < end.getTime(); day += dayMs) {
      const taken = Math.min(end.getTime(), day + dayMs) - Math.max(start.getTime(), day);
      const date = new Date(day).toISOString().slice(0, 10);
      if (taken > mostOfDayMs && !dates.has(date)) dates.set(date, name);
    }
  }
  return dates;
}
