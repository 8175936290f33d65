import { isSwitchedOff, takersOf } from '../policy/people-of.ts';
import type { PersonId } from '../policy/policy.ts';
import { managerOf } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { absent } from '../routing/availability.ts';
import { isWorkingAt, nextWorkingInstant } from '../time/calendar.ts';
import { localTimeFor } from '../time/local-time.ts';
import type { FormView, Option } from './form.ts';

/** Who could have a lead instead of its holder, the best choice first: at work, and with less on their hands. */
export function reassignChoices({ handoff, policy, names, presence, now }: FormView): Option[] {
  const { assignment } = handoff;
  const manager = hoursOf(policy, managerOf(policy, assignment));
  const isThere = (id: PersonId) => !isSwitchedOff(policy, id) && !absent(id, presence, now);
  return takersOf(policy)
    .filter((id) => id !== assignment.rep && isThere(id))
    .map((id) => {
      const hours = hoursOf(policy, id);
      const atWork = isWorkingAt(hours, now);
      return { id, hours, atWork, open: presence.load.get(id)?.open ?? 0 };
    })
    .sort((a, b) => Number(b.atWork) - Number(a.atWork) || a.open - b.open)
    .map(({ id, hours, atWork, open }) => {
      const back = atWork ? null : localTimeFor(manager, nextWorkingInstant(hours, now), hours, now);
      const words = [names.get(id) ?? id, `${open} open`, back && `not at work until ${back}`];
      return { value: id, label: words.filter(Boolean).join(' · ') };
    });
}
