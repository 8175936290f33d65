import type { WorkingHours } from '../policy/policy.ts';
import { nextWorkingInstant } from './calendar.ts';
import { momentOf } from './local-date.ts';
import { tomorrowAt } from './named-times.ts';

/** How long a rep may put a lead off. */
export const snoozeChoices = ['30min', '2h', 'tomorrow'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

/** Until when somebody puts a lead off: a choice, or a local day and time such as `2027-03-01` and `15:30`. */
export type Snooze = SnoozeChoice | { on: string; at: string };

/** Whatever has to wait for more days is for nurture. */
const mostDays = 7;

/** Who has put a lead off so often is asked to hand it back, or to ask for grace. */
export const snoozesAllowed = 2;

const nineOClock = 9 * 60;

/**
 * Until when somebody puts a lead off, or until the rep is next at work; tomorrow is nine o'clock where they are. Null for a
 * time of their own that is past, or later than `latestSnooze`.
 */
export function snoozeEnd(snooze: Snooze, hours: WorkingHours, now: Date): Date | null {
  if (typeof snooze === 'string') return nextWorkingInstant(hours, asChosen(snooze, hours, now));
  const own = momentOf(hours, snooze.on, snooze.at);
  return own && own > now && own <= latestSnooze(now) ? nextWorkingInstant(hours, own) : null;
}

/** How late a time of one's own may be. */
export function latestSnooze(now: Date): Date {
  return new Date(now.getTime() + mostDays * 86_400_000);
}

function asChosen(choice: SnoozeChoice, hours: WorkingHours, now: Date): Date {
  switch (choice) {
    case '30min':
      return new Date(now.getTime() + 30 * 60_000);
    case '2h':
      return new Date(now.getTime() + 120 * 60_000);
    case 'tomorrow':
      return tomorrowAt(hours, now, nineOClock);
    default:
      return choice satisfies never;
  }
}
