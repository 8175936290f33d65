import type { Answers, Form, FormName } from '../../domain/card/form.ts';
import { formFor } from '../../domain/card/form-for.ts';
import type { Words } from '../../domain/words/words.ts';
import { availabilityWithoutLoad, standingAround } from '../people/availability.ts';
import { namesOf } from '../people/people.ts';
import type { Crm } from '../ports/crm.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { askedIn } from './asked-properties.ts';

export type FormNeeds = {
  handoffs: Handoffs;
  directory: Directory;
  crm: Crm;
  policyOf: PolicyOf;
  clock: Clock;
};

/** A form about a handoff with the choices of this moment; null when there is nothing to choose. */
export async function makeForm(
  { handoff, lead }: Pick<HandoffView, 'handoff' | 'lead'>,
  name: FormName,
  answers: Answers,
  { people, words }: { people: readonly Person[]; words: Words },
  { handoffs, directory, crm, policyOf, clock }: FormNeeds,
): Promise<Form | null> {
  const now = clock();
  // Slack opens a form only within three seconds: what only one form needs is not read for the others.
  const policy = policyOf(handoff);
  const presence =
    name === 'reassign'
      ? await standingAround(handoff, { people, policy }, { handoffs, directory }, now)
      : availabilityWithoutLoad(people);
  const asked = await askedIn(name, { handoff, lead }, policy, { crm });
  const view = {
    handoff,
    policy,
    names: namesOf(people),
    presence,
    words,
    now,
    ...(asked && { asked }),
  };
  return formFor(name, view, answers);
}
