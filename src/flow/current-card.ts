import { type Card, cardFor } from '../domain/card.ts';
import type { PersonId, Policy } from '../domain/policy.ts';
import { inactiveOf, namesOf } from './people.ts';
import type { HandoffView, Person } from './ports.ts';

/** The card of a handoff as somebody should see it now. */
export function currentCard(
  reader: PersonId,
  { handoff, lead, log }: Pick<HandoffView, 'handoff' | 'lead' | 'log'>,
  people: readonly Person[],
  policy: Policy,
  now: Date,
): Card {
  const [names, inactive] = [namesOf(people), inactiveOf(people)];
  return cardFor(reader, { handoff, lead, log, policy, names, inactive, now });
}
