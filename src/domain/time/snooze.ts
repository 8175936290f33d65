import type { WorkingHours } from '../policy/policy.ts';
import { nextWorkingInstant } from './calendar.ts';
import { tomorrowAt } from './named-times.ts';

/** How long a rep may put a lead off. */
export const snoozeChoices = ['30min', '2h', 'tomorrow'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

/** Who has put a lead off so often is asked to hand it back, or to ask for grace. */
export const snoozesAllowed = 2;

const nineOClock = 9 * 60;

/** Until when a choice puts a lead off, or until the rep is next at work; tomorrow is nine o'clock where they are. */
export function snoozeEnd(choice: SnoozeChoice, hours: WorkingHours, now: Date): Date {
  return nextWorkingInstant(hours, asChosen(choice, hours, now));
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
