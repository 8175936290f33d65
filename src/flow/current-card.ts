import { type Card, cardFor } from '../domain/card.ts';
import type { PersonId, Platform, Policy } from '../domain/policy.ts';
import { inactiveOf, namesOf } from './people.ts';
import type { HandoffView, Person } from './ports.ts';
import { type Miss, whyHere } from './why-here.ts';

type Now = {
  people: readonly Person[];
  policy: Policy;
  now: Date;
  platform: Platform;
  /** Why the card is not in the chat that its reader prefers; null when it is. */
  miss: Miss | null;
};

/** The card of a handoff as somebody should see it now in a chat. */
export function currentCard(
  reader: PersonId,
  { handoff, lead, log }: Pick<HandoffView, 'handoff' | 'lead' | 'log'>,
  { people, policy, now, platform, miss }: Now,
): Card {
  const [names, inactive] = [namesOf(people), inactiveOf(people)];
  const card = cardFor(reader, { handoff, lead, log, policy, names, inactive, now });
  if (!miss) return card;
  const text = whyHere(miss, reader, platform, names);
  return { ...card, sections: [...card.sections, { kind: 'text', title: 'Why here', text }] };
}
