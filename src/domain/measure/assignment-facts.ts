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
import type { RunningTarget } from '../time/sla.ts';

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
  // Without the acts there is nothing for the taking back to take back.
  const [first, ...rest] = withoutUndone(log).filter(({ event }) => event.type !== 'undone');
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
      const ended = judged(current, logged, running(before), null);
      done.push({ ...ended, until: at, endedAs: current.endedAs === 'handedBack' ? 'handedBack' : way });
      current = begunBy(logged, state, way);
      continue;
    }
    current = marked(judged(current, logged, running(before), running(state)), logged, before);
    current = dueIn(state, current);
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
    case 'delivered':
      return event.to === facts.rep ? { ...facts, deliveredAt: facts.deliveredAt ?? at } : facts;
    case 'accepted':
      return answered({ ...facts, acceptedAt: facts.acceptedAt ?? event.since ?? at }, event.since ?? at);
    case 'touched': {
      if (before.status !== 'accepted' && before.status !== 'working') return facts;
      const touchedAt = madeAt(event, at);
      const firstTouchAt = earliest(facts.firstTouchAt, touchedAt);
      return answered({ ...facts, touches: facts.touches + 1, firstTouchAt }, touchedAt);
    }
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
      return answered(facts, at);
    case 'handedBack':
      return { ...answered(facts, at), endedAs: 'handedBack' };
    case 'breached':
      // Nobody can answer a card while the bot stands still: what they were given then counts. To reach out takes no bot.
      return event.late && event.clock === 'acknowledge' ? facts : missed(facts, event.clock, event.due);
    case 'meetingBooked': {
      // One from before they had the lead changes nothing for them.
      if (event.at < facts.since) return facts;
      // There is nothing left to answer or reach out for; what is due when it falls through is due anew.
      const { acknowledge, touch } = facts;
      return { ...facts, acknowledge: { ...acknowledge, due: null }, touch: { ...touch, due: null } };
    }
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

/** The first answer is the one that counts; that HubSpot told of it late is not theirs. */
function answered(facts: AssignmentFacts, at: Date): AssignmentFacts {
  return { ...facts, acknowledgedAt: earliest(facts.acknowledgedAt, at) };
}

/**
 * A target that an event ends or moves was missed when it had run out by then, also when no timer had noted it. What was
 * noted as missed was not, when it turns out that they had answered or reached out before, or that a meeting was booked.
 */
function judged(
  facts: AssignmentFacts,
  { event, at }: Logged,
  was: RunningTarget | null,
  is: RunningTarget | null,
): AssignmentFacts {
  const done = doneAt(event, at, facts);
  const isOver = was && (was.clock !== is?.clock || was.due.getTime() !== is.due.getTime());
  // While the bot stood still nobody could answer.
  const isOurs = event.type === 'resumed' && event.clock === 'acknowledge';
  const ranOut = isOver && !isOurs && was.due < (done ?? at);
  const { acknowledge, touch, ...others } = ranOut ? missed(facts, was.clock, was.due) : facts;
  const before = (target: TargetFacts) =>
    done && target.missedAt && target.missedAt >= done ? { ...target, missedAt: null } : target;
  return { ...others, acknowledge: before(acknowledge), touch: before(touch) };
}

/** When they did what an event tells of, or the lead booked a meeting, which may be some time before it was told. */
function doneAt(event: HandoffEvent, at: Date, { since }: AssignmentFacts): Date | null {
  switch (event.type) {
    case 'touched':
      return madeAt(event, at);
    case 'accepted':
      return event.since ?? at;
    case 'meetingBooked':
      return event.at >= since ? event.at : null;
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
    case 'handedBack':
      return at;
    default:
      return null;
  }
}

/** The first time that it ran out stays, whatever was allowed later. */
function missed(facts: AssignmentFacts, clock: TargetName, due: Date): AssignmentFacts {
  const hadCard = facts.deliveredAt !== null && facts.deliveredAt < due;
  if (clock === 'acknowledge' && !hadCard) return facts;
  return { ...facts, [clock]: { ...facts[clock], missedAt: earliest(facts[clock].missedAt, due) } };
}

function earliest(known: Date | null, other: Date): Date {
  return known && known < other ? known : other;
}
