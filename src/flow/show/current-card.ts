import type { Card } from '../../domain/card/card.ts';
import { cardFor } from '../../domain/card/card-for.ts';
import { waitsForDecision } from '../../domain/card/card-status.ts';
import type { Handoff } from '../../domain/handoff/handoff.ts';
import { nextInLine } from '../../domain/handoff/next-in-line.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
import type { Passing } from '../../domain/routing/route.ts';
import { availabilityWithoutLoad, standingAround } from '../people/availability.ts';
import { namesOf, ownersIn } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { CardRecord } from '../ports/cards.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Inbox } from '../ports/inbox.ts';
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

/** What a card is drawn from besides the handoff. */
export type CardNeeds = {
  handoffs: Handoffs;
  directory: Directory;
  inbox: Pick<Inbox, 'workflowRequests'>;
};

/** The card of a handoff as somebody should see it now in a chat. */
export async function currentCard(
  reader: PersonId,
  view: Pick<HandoffView, 'handoff' | 'lead' | 'log' | 'cards' | 'memory'>,
  { people, policy, now, platform, miss }: Now,
  needs: CardNeeds,
): Promise<Card> {
  const { handoff, lead, log, memory } = view;
  const names = namesOf(people);
  const decides = decidesOver(policy, handoff.assignment, reader);
  const standing = decides ? await standingAround(handoff, { people, policy }, needs, now) : null;
  const next =
    standing && waitsForDecision(handoff, now)
      ? nextInLine(handoff, { lead, passing: await passingOf(handoff, needs), standing }, policy, now)
      : null;
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
    presence: standing ?? availabilityWithoutLoad(people),
    next,
    seenAt,
    ...(meetingLink && { meetingLink }),
    now,
  });
  if (!miss) return card;
  const text = chatFallback(miss, reader, platform, { names, words });
  return { ...card, body: [...card.body, { kind: 'line', text }] };
}

async function passingOf({ leadId, trigger }: Handoff, { inbox }: CardNeeds): Promise<Passing> {
  return { trigger, workflows: await inbox.workflowRequests(leadId) };
}

/** When somebody last had a card of theirs in front of them, in whichever chat. */
export function lastSeen(person: PersonId, cards: readonly CardRecord[]): Date | null {
  const seen = cards.flatMap((card) =>
    card.person === person && card.seenAt ? [card.seenAt.getTime()] : [],
  );
  return seen.length > 0 ? new Date(Math.max(...seen)) : null;
}
