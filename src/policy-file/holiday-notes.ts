import type { HolidayCalendar, Policy } from '../domain/policy/policy.ts';
import { datesOf, statesOf } from './holidays.ts';

/**
 * With fewer free days in a year some are hardly known. Of the 207 countries that date-holidays has, half have twelve or
 * more, and five fewer than this: CA, GB and IN, which leave most to their states, MX and UY.
 */
const usualDays = 8;

/** What somebody may want to add to a policy, for each place whose holidays are known thinly. @param year looked at */
export function holidayNotes({ teams }: Policy, year: number): string[] {
  const calendars = teams
    .flatMap(({ hours, members }) => [hours, ...members.map((member) => member.hours)])
    .flatMap(({ holidays }) => holidays ?? []);
  const notes = calendars.flatMap((calendar) => noteOn(calendar, year) ?? []);
  return [...new Set(notes)];
}

function noteOn(calendar: HolidayCalendar, year: number): string | null {
  const { place } = calendar;
  const days = datesOf(calendar, year);
  if (days.length >= usualDays) return null;
  const known = days.map((date) => `${date} ${calendar.nameOn(date)}`).join(', ') || 'none';
  const [state] = statesOf(place);
  const closer = state === undefined ? '' : `, or name a state, such as ${state}`;
  return (
    `of ${place} only these holidays of ${year} are known: ${known}. Add what else is free, as in ` +
    `holidays: { place: ${place}, also: ["${year}-12-24", "05-01"] }${closer}`
  );
}
