import type { Card } from '../../domain/card/card.ts';
import { cardFor } from '../../domain/card/card-for.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
import { availabilityWithLoad, availabilityWithoutLoad } from '../people/availability.ts';
import { namesOf, ownersIn } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { CardRecord } from '../ports/cards.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Directory, Person } from '../ports/people.ts';
import { chatFallback, type Miss } from './chat-fallback.ts';

type Now = {
  people: readonly Person[];
  policy: Policy;
  now: Date;
  platform: Platform;
  /** Why the card is not in the chat that its reader prefers; null when it is. */
  miss: Miss | null;
};

/** The card of a handoff as somebody should see it now in a chat. */
export async function currentCard(
  reader: PersonId,
  view: Pick<HandoffView, 'handoff' | 'lead' | 'log' | 'cards' | 'memory'>,
  { people, policy, now, platform, miss }: Now,
  needs: { handoffs: Handoffs; directory: Directory },
): Promise<Card> {
  const { handoff, lead, log, memory } = view;
  const names = namesOf(people);
  const presence = decidesOver(policy, handoff.assignment, reader)
    ? await availabilityWithLoad(handoff, people, needs, now)
    : availabilityWithoutLoad(people);
  const meetingLink = people.find(({ id }) => id === handoff.assignment.rep)?.meetingLink;
  const seenAt = lastSeen(handoff.assignment.rep, view.cards);
  const words = wordsFor(reader, platform, { people, policy });
  const card = cardFor(reader, {
    handoff,
    lead,
    log,
    policy,
    names,
    owners: ownersIn(policy, people),
    memory,
    words,
    presence,
    seenAt,
    ...(meetingLink && { meetingLink }),
    now,
  });
  if (!miss) return card;
  const text = chatFallback(miss, reader, platform, { names, words });
  return { ...card, body: [...card.body, { kind: 'line', text }] };
}

/** When somebody last had a card of theirs in front of them, in whichever chat. */
export function lastSeen(person: PersonId, cards: readonly CardRecord[]): Date | null {
  const seen = cards.flatMap((card) =>
    card.person === person && card.seenAt ? [card.seenAt.getTime()] : [],
  );
  return seen.length > 0 ? new Date(Math.max(...seen)) : null;
}
