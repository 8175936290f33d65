import { leaseAfterDeal, leaseFrom } from '../policy/lease.ts';
import type { Policy, Suppression } from '../policy/policy.ts';
import { evolve, type Handoff, type HandoffEvent, type Outcome, type PauseEnd } from './handoff.ts';

/** Why a pause was lifted: how its handoff ended, or what ended the pause alone. */
export type LiftedWhy = Outcome | PauseEnd;

/**
 * The events, each with until when nurture is paused by it: what begins or renews the pause, and what lets it last beyond
 * the end of the handoff. What happened before and is found now renews it from then on.
 */
export function withPauses(
  handoff: Handoff,
  events: readonly HandoffEvent[],
  policy: Pick<Policy, 'suppression' | 'disqualifyReasons'>,
  at: Date,
): readonly HandoffEvent[] {
  const { suppression, disqualifyReasons } = policy;
  if (!suppression) return events;
  const keepsPause = (name: string) =>
    disqualifyReasons.some((reason) => reason.name === name && reason.keepsPause);
  let state = handoff;
  return events.map((event) => {
    const until = pausedUntil(state, event, { suppression, keepsPause, at });
    const told = until ? { ...event, pausedUntil: until } : event;
    state = evolve(state, told, at);
    return told;
  });
}

type Around = { suppression: Suppression; keepsPause: (reason: string) => boolean; at: Date };

function pausedUntil(
  { pause }: Handoff,
  event: HandoffEvent,
  { suppression, keepsPause, at }: Around,
): Date | null {
  switch (event.type) {
    case 'accepted':
      return renewed(pause, leaseFrom(event.since ?? at, suppression));
    case 'touched':
      return renewed(pause, leaseFrom(event.found?.at ?? at, suppression));
    case 'reassigned':
      // Where only an acceptance pauses, the next rep has to accept first, unless nurture is paused already.
      return pause || suppression.from === 'offer' ? renewed(pause, leaseFrom(at, suppression)) : null;
    case 'overturned':
      return suppression.from === 'offer' || event.begun?.clock !== 'acknowledge'
        ? leaseFrom(at, suppression)
        : null;
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
      return pause && keepsPause(event.reason) ? leaseFrom(at, suppression) : null;
    case 'dealCreated':
      return pause && leaseAfterDeal(event.at, suppression);
    default:
      return null;
  }
}

/** A lease never becomes shorter by a sign of work. */
function renewed(pause: Handoff['pause'], until: Date): Date {
  return pause && pause.until > until ? pause.until : until;
}

/** What lifted the pause of a handoff that has none after these events. */
export function whyLifted(handoff: Handoff, events: readonly HandoffEvent[]): LiftedWhy {
  const ended = events.find((event) => event.type === 'pauseEnded');
  return ended || handoff.status !== 'closed' ? (ended?.why ?? 'byHand') : handoff.outcome;
}
