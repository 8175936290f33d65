import type { Answers, Form, FormName } from '../../domain/card/form.ts';
import { formFor } from '../../domain/card/form-for.ts';
import { availabilityWithLoad, availabilityWithoutLoad } from '../people/availability.ts';
import { namesOf } from '../people/people.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

export type FormNeeds = { handoffs: Handoffs; directory: Directory; policyOf: PolicyOf; clock: Clock };

/** A form about a handoff with the choices of this moment; null when there is nothing to choose. */
export async function makeForm(
  { handoff }: Pick<HandoffView, 'handoff'>,
  name: FormName,
  answers: Answers,
  people: readonly Person[],
  { handoffs, directory, policyOf, clock }: FormNeeds,
): Promise<Form | null> {
  const now = clock();
  // Slack opens a form only within three seconds: what only one form needs is not read for the others.
  const presence =
    name === 'reassign'
      ? await availabilityWithLoad(handoff, people, { handoffs, directory }, now)
      : availabilityWithoutLoad(people);
  return formFor(
    name,
    { handoff, policy: policyOf(handoff), names: namesOf(people), presence, now },
    answers,
  );
}
