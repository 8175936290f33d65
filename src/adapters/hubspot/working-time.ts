import { z } from 'zod';
import type { LocalSpan, Weekday, WorkingHours } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import { isZone } from '../../domain/time/calendar.ts';
import type { CrmOwner } from '../../flow/ports/crm.ts';
import type { HubSpotRecord } from './client.ts';
import { textOf } from './values.ts';

/** When a user works and is away. */
export type WorkingTime = Pick<CrmOwner, 'hours' | 'absences' | 'setAway'>;

export const workingTimeProperties = [
  'hs_working_hours',
  'hs_standard_time_zone',
  'hs_out_of_office_hours',
  'hs_availability_status',
];

/** What a user has set in HubSpot; whatever cannot be read counts as not set. */
export function workingTimeOf(values: HubSpotRecord['properties']): WorkingTime {
  return {
    hours: hoursOf(values),
    absences: entriesOf(values['hs_out_of_office_hours']).flatMap(absenceOf),
    setAway: values['hs_availability_status'] === 'away',
  };
}

/** HubSpot's names for days, and for the groups of days that its settings offer. */
const daysNamed: Readonly<Record<string, readonly Weekday[]>> = {
  MONDAY: [1],
  TUESDAY: [2],
  WEDNESDAY: [3],
  THURSDAY: [4],
  FRIDAY: [5],
  SATURDAY: [6],
  SUNDAY: [7],
  MONDAY_TO_FRIDAY: [1, 2, 3, 4, 5],
  SATURDAY_SUNDAY: [6, 7],
  EVERY_DAY: [1, 2, 3, 4, 5, 6, 7],
};

const minute = z.int().min(0).max(1440);
const shift = z.object({ days: z.string(), startMinute: minute, endMinute: minute });

function hoursOf(values: HubSpotRecord['properties']): WorkingHours | null {
  const zone = textOf(values['hs_standard_time_zone']);
  if (zone === null || !isZone(zone)) return null;
  const spans: Partial<Record<Weekday, LocalSpan[]>> = {};
  const add = (day: Weekday, fromMinute: number, toMinute: number) => {
    if (fromMinute < toMinute) spans[day] = [...(spans[day] ?? []), { fromMinute, toMinute }];
  };
  for (const entry of entriesOf(values['hs_working_hours'])) {
    const { data } = shift.safeParse(entry);
    if (!data || data.startMinute === data.endMinute) continue;
    const { startMinute, endMinute } = data;
    const isOvernight = startMinute > endMinute;
    for (const day of daysIn(data.days)) {
      add(day, startMinute, isOvernight ? 1440 : endMinute);
      if (isOvernight) add(((day % 7) + 1) as Weekday, 0, endMinute);
    }
  }
  const days = Object.entries(spans);
  if (days.length === 0) return null;
  return { zone, week: Object.fromEntries(days.map(([day, all]) => [day, joined(all)])) };
}

/** Looked for among the names that there are: an object also answers to names such as `constructor`. */
function daysIn(name: string): readonly Weekday[] {
  return Object.entries(daysNamed).find(([known]) => known === name)?.[1] ?? [];
}

/** In order, and those that meet or overlap as one. */
function joined(spans: readonly LocalSpan[]): LocalSpan[] {
  const apart: LocalSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.fromMinute - b.fromMinute)) {
    const last = apart.at(-1);
    if (last && span.fromMinute <= last.toMinute) last.toMinute = Math.max(last.toMinute, span.toMinute);
    else apart.push({ ...span });
  }
  return apart;
}

/** Seconds up to the year 5138, milliseconds from 1973 on: HubSpot's documentation shows neither clearly. */
const secondsBelow = 100_000_000_000;
/** The latest time that a Date can hold. */
const latest = 8_640_000_000_000_000;
const instant = z.coerce
  .number()
  .positive()
  .max(latest)
  .transform((value) => new Date(value < secondsBelow ? value * 1000 : value));
const outOfOffice = z.object({ startTimestamp: instant, endTimestamp: instant });

function absenceOf(entry: unknown): Absence[] {
  const { data } = outOfOffice.safeParse(entry);
  if (!data || data.endTimestamp <= data.startTimestamp) return [];
  return [{ from: data.startTimestamp, until: data.endTimestamp, why: { kind: 'outOfOfficeInHubSpot' } }];
}

/** The entries of a property that holds a JSON list; none when it holds anything else. */
function entriesOf(value: string | null | undefined): unknown[] {
  try {
    const list: unknown = JSON.parse(value ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
