import { hoursOf } from '../policy/working-hours.ts';
import { localDay, zoneAt } from '../time/calendar.ts';
import { type Line, line, time } from '../words/line.ts';
import type { BriefingView } from './view.ts';

type View = Pick<BriefingView, 'handoff' | 'policy' | 'words' | 'now'>;

const dayMs = 86_400_000;

/** When something was, the shorter the longer ago: a time of today, else its day. */
export function when(at: Date, view: View): Line {
  const zone = zoneOf(view);
  const isToday = localDay(zone, at).date === localDay(zone, view.now).date;
  return isToday ? [time(at)] : line`${dayInWords(at, view)}`;
}

/** A day as a weekday within a week, as a date within ten months, else as a month: "Fri", "Oct 28", "Oct 2025". */
export function dayInWords(at: Date, view: View): string {
  const agoMs = view.now.getTime() - at.getTime();
  const parts: Intl.DateTimeFormatOptions =
    agoMs > 300 * dayMs
      ? { month: 'short', year: 'numeric' }
      : agoMs >= 0 && agoMs < 6 * dayMs
        ? { weekday: 'short' }
        : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(view.words.language, { timeZone: zoneOf(view), ...parts }).format(at);
}

/** How many of these times lie within the last seven days. */
export function withinWeek(times: readonly Date[], now: Date): number {
  return times.filter((at) => now.getTime() - at.getTime() < 7 * dayMs).length;
}

/** Days are those of whoever holds the lead. */
function zoneOf({ handoff, policy, now }: View): string {
  return zoneAt(hoursOf(policy, handoff.assignment.rep), now);
}
