import { isSwitchedOff, takersOf } from '../policy/people-of.ts';
import type { PersonId } from '../policy/policy.ts';
import { managerOf } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { absent } from '../routing/availability.ts';
import { isWorkingAt, nextWorkingInstant } from '../time/calendar.ts';
import { localTimeFor } from '../time/local-time.ts';
import type { FormView, Option } from './form.ts';

/**
 * Who could have a lead instead of its holder, the best choice first and recommended: at work, and with less on their
 * hands. Who decides over it comes last: they can take it.
 */
export function reassignChoices({ handoff, policy, names, presence, words, now }: FormView): Option[] {
  const { assignment } = handoff;
  const decider = managerOf(policy, assignment);
  const manager = hoursOf(policy, decider);
  const isThere = (id: PersonId) => !isSwitchedOff(policy, id) && !absent(id, presence, now);
  return takersOf(policy)
    .filter((id) => id !== assignment.rep && isThere(id))
    .map((id) => {
      const hours = hoursOf(policy, id);
      const atWork = isWorkingAt(hours, now);
      return { id, hours, atWork, open: presence.load.get(id)?.open ?? 0 };
    })
    .sort(
      (a, b) =>
        Number(a.id === decider) - Number(b.id === decider) ||
        Number(b.atWork) - Number(a.atWork) ||
        a.open - b.open,
    )
    .map(({ id, hours, atWork, open }, place) => {
      const back = atWork ? null : localTimeFor(manager, nextWorkingInstant(hours, now), hours, now, words);
      const parts = [
        names.get(id) ?? id,
        words.text('forms.hasOpen', { count: open }),
        back && words.text('forms.offUntil', { back }),
      ];
      const who = parts.filter(Boolean).join(' · ');
      const isBest = place === 0 && atWork;
      return { value: id, label: isBest ? words.text('forms.recommended', { who }) : who };
    });
}
