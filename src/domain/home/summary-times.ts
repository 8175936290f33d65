import type { PersonId, Policy } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { type Absence, absenceAt } from '../routing/availability.ts';
import { worksOn } from '../time/next-digest.ts';
import { nextTime, weekdayOf } from '../time/next-time.ts';
import type { SummaryKind } from './summary-readers.ts';

/**
 * When somebody's summary is due for the first time after an instant, where they work: a rep's on a day on which they work,
 * unless they are away by then; a manager's on its weekday.
 * @returns null when it comes to nobody, or within a year not to them
 */
export function nextSummary(
  kind: SummaryKind,
  person: PersonId,
  { policy, absences }: { policy: Policy; absences: ReadonlyMap<PersonId, readonly Absence[]> },
  after: Date,
): Date | null {
  const { reps, managers } = policy.summaries ?? { reps: null, managers: null };
  const hours = hoursOf(policy, person);
  if (kind === 'morning') {
    if (reps === null) return null;
    const away = absences.get(person);
    return nextTime(reps, hours, after, (day, due) => worksOn(day, hours) && !absenceAt(due, away));
  }
  if (managers === null) return null;
  return nextTime(managers.minute, hours, after, (day) => weekdayOf(day) === managers.weekday);
}
