import type { PersonId, Policy } from '../policy/policy.ts';
import type { TakenTurn } from '../routing/rotation.ts';
import { turnOf } from '../routing/route.ts';
import { consequenceOf } from './consequences.ts';
import { evolve, type Handoff, type HandoffEvent, running } from './handoff.ts';

/** What a change of a handoff means for everything around it, as plain facts. */
export type Following = {
  /** As it stands afterwards. */
  handoff: Handoff;
  /** When it was accepted by this; null when it was not. The measures ask for it also when it went on at once. */
  acceptedAt: Date | null;
  /** The acceptance that it had was taken back. */
  unaccepted: boolean;
  /** A turn in the rotation that does not count, so that the rep gets it back. */
  refund: TakenTurn | null;
  /** One that was given back and counts after all. */
  retaken: TakenTurn | null;
  missed: MissedCards;
  /** What no longer says how it stands, and has to be brought up to date. */
  outdated: { cards: boolean; crm: boolean };
  /** Its card is there, and a language model may say more of its lead; absent: it may not, or did. */
  mayBeSummarised?: true;
};

/** Cards that people let pass, by which one who is silent is found. */
export type MissedCards = {
  /** Whose they were, when they had come, and when they fell due; those that ran at the same time count once. */
  passed: readonly { rep: PersonId; reachedAt: Date; due: Date }[];
  /** Who answered one, and begins from nothing again. */
  answered: readonly PersonId[];
};

/** What follows from events that somebody, or nobody, caused. */
export function whatFollows(
  before: Handoff,
  events: readonly HandoffEvent[],
  policy: Policy,
  { by, at }: { by: PersonId | null; at: Date },
): Following {
  const passed: MissedCards['passed'][number][] = [];
  const answered: PersonId[] = [];
  let acceptedAt: Date | null = null;
  let handoff = before;
  for (const event of events) {
    const { reachedAt } = handoff;
    if (event.type === 'breached' && event.unanswered && event.rep && reachedAt)
      passed.push({ rep: event.rep, reachedAt, due: event.due });
    const reader = answeredBy(handoff, event, by);
    if (reader) answered.push(reader);
    handoff = evolve(handoff, event, at, by);
    if (event.type === 'accepted' && handoff.status === 'accepted') acceptedAt = handoff.acceptedAt;
  }
  return {
    handoff,
    acceptedAt,
    unaccepted: isUndone(events) && 'acceptedAt' in before && !('acceptedAt' in handoff),
    refund: refundOf(before, events, policy),
    retaken: isUndone(events) ? refundAtEnd(before, policy) : null,
    missed: { passed, answered },
    outdated: outdatedBy(before, handoff, events),
    ...(policy.summaryModel && !before.deliveredAt && handoff.deliveredAt && { mayBeSummarised: true }),
  };
}

/** A due time that moved stands on the cards and in HubSpot, whatever moved it. */
function outdatedBy(
  before: Handoff,
  handoff: Handoff,
  events: readonly HandoffEvent[],
): Following['outdated'] {
  const moved = running(handoff)?.due.getTime() !== running(before)?.due.getTime();
  const meanings = events.map(consequenceOf);
  return {
    cards: moved || meanings.some(({ cards }) => cards !== false),
    crm: moved || meanings.some(({ crm }) => crm !== null),
  };
}

/** The turn that its rep gets back when a lead turns out to be none, or none of theirs. */
export function refundOf(
  { assignment }: Handoff,
  events: readonly HandoffEvent[],
  policy: Policy,
): TakenTurn | null {
  const refunds = events.some((event) => {
    const list = consequenceOf(event).reasons?.(event);
    if (!list || !('reason' in event)) return false;
    return policy[list].some(({ name, refundsTurn }) => refundsTurn && name === event.reason);
  });
  return refunds ? turnOf(assignment) : null;
}

function isUndone(events: readonly HandoffEvent[]): boolean {
  return events.some(({ type }) => type === 'undone');
}

/** The turn that its rep got back when it was closed. */
function refundAtEnd(handoff: Handoff, { disqualifyReasons }: Policy): TakenTurn | null {
  if (handoff.status !== 'closed') return null;
  const reason = disqualifyReasons.find(({ name }) => name === handoff.reason);
  return reason?.refundsTurn ? turnOf(handoff.assignment) : null;
}

/** Who shows by an event that they read their cards; null for everything that is nobody's answer. */
export function answeredBy(
  { assignment }: Handoff,
  event: HandoffEvent,
  by: PersonId | null,
): PersonId | null {
  const { answer } = consequenceOf(event);
  if (!answer) return null;
  return answer === 'holder' ? assignment.rep : by;
}
