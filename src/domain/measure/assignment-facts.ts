import {
  begin,
  evolve,
  type Handoff,
  type HandoffEvent,
  type Logged,
  madeAt,
  running,
} from '../handoff/handoff.ts';
import { withoutUndone } from '../handoff/undo.ts';
import type { PersonId, TargetName } from '../policy/policy.ts';

/**
 * How somebody got a lead: routing chose them; it moved on to them, as somebody else did not answer or is away; somebody
 * gave it to them; they took it from its holder; or they were made its owner in HubSpot.
 */
export type Way = 'routing' | 'movedOn' | 'given' | 'taken' | 'owner';

/** How it ended for them: the handoff did, or it went to somebody else in one of these ways. */
export type AssignmentEnd = 'closed' | 'handedBack' | Exclude<Way, 'routing'>;

/** A target of one holder: when it was due last, and when it ran out on them; null: it never began, or did not. */
export type TargetFacts = { due: Date | null; missedAt: Date | null };

/**
 * One time that somebody held a lead, and all that they are measured by. What others did with it before or after is in
 * theirs. Nothing is missed by whom its card had not reached.
 */
export type AssignmentFacts = {
  /** The place in the log of the event by which they got it. */
  seq: number;
  rep: PersonId;
  team: string | null;
  since: Date;
  way: Way;
  /** Nobody else could be found for it. */
  isFallback: boolean;
  /** When the card of this time reached them. */
  deliveredAt: Date | null;
  /** Their first answer, whichever it was. */
  acknowledgedAt: Date | null;
  acceptedAt: Date | null;
  firstTouchAt: Date | null;
  acknowledge: TargetFacts;
  touch: TargetFacts;
  touches: number;
  reminders: number;
  snoozes: number;
  /** How often a manager was called on, as nothing had happened. */
  escalations: number;
  until: Date | null;
  endedAs: AssignmentEnd | null;
};

/**
 * Everybody's time with a lead, one after the other, from the log alone. What was taken back never happened.
 * @param handoff of which the log is: what never changes of it
 */
export function assignmentsIn(
  handoff: Pick<Handoff, 'id' | 'leadId' | 'trigger' | 'policyVersion' | 'targets' | 'qualifiedAt'>,
  log: readonly Logged[],
): AssignmentFacts[] {
  const [first, ...rest] = withoutUndone(log);
  if (first?.event.type !== 'offered') return [];
  const done: AssignmentFacts[] = [];
  let state = begin(handoff, first.event);
  let current = begunBy(first, state, 'routing');
  for (const logged of rest) {
    const { event, at, by } = logged;
    const before = state;
    state = evolve(state, event, at, by);
    if (event.type === 'reassigned') {
      const way = wayOf(event);
      const isHandedBack = current.endedAs === 'handedBack';
      done.push({ ...current, until: at, endedAs: isHandedBack ? 'handedBack' : way });
      current = begunBy(logged, state, way);
      continue;
    }
    current = dueIn(state, marked(current, logged, before));
    if (before.status !== 'closed' && state.status === 'closed')
      current = { ...current, until: at, endedAs: 'closed' };
    if (before.status === 'closed' && state.status !== 'closed')
      current = { ...current, until: null, endedAs: null };
  }
  return [...done, current];
}

function begunBy({ seq }: Logged, state: Handoff, way: Way): AssignmentFacts {
  const { rep, team, at, reasons } = state.assignment;
  const none = { due: null, missedAt: null };
  return dueIn(state, {
    ...{ seq, rep, team, since: at, way },
    isFallback: reasons.at(-1)?.kind === 'fallback',
    ...{ deliveredAt: null, acknowledgedAt: null, acceptedAt: null, firstTouchAt: null },
    ...{ acknowledge: none, touch: none },
    ...{ touches: 0, reminders: 0, snoozes: 0, escalations: 0 },
    ...{ until: null, endedAs: null },
  });
}

function wayOf({
  assignment,
  moved,
}: Extract<HandoffEvent, { type: 'reassigned' }>): Exclude<Way, 'routing'> {
  const reason = assignment.reasons.at(-1);
  if (reason?.kind === 'ownerChanged') return 'owner';
  if (moved || reason?.kind !== 'reassigned') return 'movedOn';
  return reason.by === reason.person ? 'taken' : 'given';
}

/** The due time that is running, which every event may move. */
function dueIn(state: Handoff, facts: AssignmentFacts): AssignmentFacts {
  const target = running(state);
  return target ? { ...facts, [target.clock]: { ...facts[target.clock], due: target.due } } : facts;
}

function marked(facts: AssignmentFacts, { event, at }: Logged, before: Handoff): AssignmentFacts {
  switch (event.type) {
    case 'delivered': {
      if (event.to !== facts.rep || facts.deliveredAt) return facts;
      return { ...facts, deliveredAt: at, acknowledge: { ...facts.acknowledge, missedAt: null } };
    }
    case 'accepted':
      return answered({ ...facts, acceptedAt: facts.acceptedAt ?? event.since ?? at }, event.since ?? at);
    case 'touched': {
      if (before.status !== 'accepted' && before.status !== 'working') return facts;
      const touchedAt = madeAt(event, at);
      const firstTouchAt = earliest(facts.firstTouchAt, touchedAt);
      return { ...facts, touches: facts.touches + 1, firstTouchAt, touch: met(facts.touch, firstTouchAt) };
    }
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
      return answered(facts, at);
    case 'handedBack':
      return { ...answered(facts, at), endedAs: 'handedBack' };
    case 'breached':
      return missed(facts, event.clock, event.due);
    // There is nothing left to reach out for; what is due when it falls through is due anew.
    case 'meetingBooked':
      return { ...facts, touch: { ...facts.touch, due: null } };
    case 'reminded':
      return { ...facts, reminders: facts.reminders + 1 };
    case 'snoozed':
      return { ...facts, snoozes: facts.snoozes + 1 };
    case 'escalated':
      return { ...facts, escalations: facts.escalations + 1 };
    default:
      return facts;
  }
}

/** The first answer is the one that counts; without a card nobody was late. */
function answered(facts: AssignmentFacts, at: Date): AssignmentFacts {
  const acknowledgedAt = earliest(facts.acknowledgedAt, at);
  if (!facts.deliveredAt) return { ...facts, acknowledgedAt };
  return { ...facts, acknowledgedAt, acknowledge: met(facts.acknowledge, acknowledgedAt) };
}

/**
 * A target that was reached at a moment: too late when that is past its due time, also when no timer had noted it; in time
 * when it turns out to lie before what was noted.
 */
function met({ due, missedAt }: TargetFacts, at: Date): TargetFacts {
  const first = missedAt ?? due;
  return { due, missedAt: first && first < at ? first : null };
}

/** The first time that it ran out stays, whatever was allowed later. */
function missed(facts: AssignmentFacts, clock: TargetName, due: Date): AssignmentFacts {
  if (clock === 'acknowledge' && !facts.deliveredAt) return facts;
  return { ...facts, [clock]: { ...facts[clock], missedAt: facts[clock].missedAt ?? due } };
}

function earliest(known: Date | null, other: Date): Date {
  return known && known < other ? known : other;
}
