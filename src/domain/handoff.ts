import type { LeadId } from './lead.ts';
import {
  type ClockName,
  decidesOver,
  escalatesTo,
  managerOf,
  type PersonId,
  type Policy,
  type Targets,
  teamOf,
} from './policy.ts';
import type { TakenTurn } from './rotation.ts';
import { type Assignment, turnOf } from './route.ts';
import { dueAfter, extend, type RunningClock } from './sla.ts';

export type HandoffId = string;

/** How a handoff ended. */
export type Outcome = 'converted' | 'disqualified' | 'recycled' | 'withdrawn' | 'unresponsive';

export const touchKinds = ['call', 'email', 'meeting', 'message', 'other'] as const;
export type TouchKind = (typeof touchKinds)[number];

export const touchOutcomes = ['connected', 'noAnswer', 'leftMessage', 'sent', 'booked'] as const;
export type TouchOutcome = (typeof touchOutcomes)[number];

/** A rep's outreach to the lead; automated mail never is one. */
export type Touch = { id: string; kind: TouchKind; outcome: TouchOutcome; note: string };

/** One passing of one lead to sales, from qualified to closed. */
export type Handoff = {
  id: HandoffId;
  leadId: LeadId;
  trigger: string;
  policyVersion: string;
  targets: Targets;
  qualifiedAt: Date;
  /** Counts the events so far: what a message or a decision was based on. */
  version: number;
  assignment: Assignment;
  /** When the card first reached somebody. */
  deliveredAt: Date | null;
  /** The rep's first answer to the card, whichever it was. */
  acknowledgedAt: Date | null;
  firstTouchAt: Date | null;
  ackBreachedAt: Date | null;
  touchBreachedAt: Date | null;
  /** The manager who was told, when an answer did not come. */
  escalatedTo: PersonId | null;
  /** Why the rep could not be reached in chat, when that is so. */
  unreachable: string | null;
  /** Fence of the timers: those of an earlier run do nothing. */
  clockRun: number;
} & HandoffState;

/** Where a handoff stands; each state holds the due time that is running in it. */
export type HandoffState =
  | { status: 'offered'; respondBy: Date }
  | { status: 'accepted'; respondBy: Date; acceptedAt: Date; touchBy: Date }
  | { status: 'working'; respondBy: Date; acceptedAt: Date; touchBy: Date }
  | { status: 'closed'; respondBy: Date; closedAt: Date; outcome: Outcome; reason: string | null };

/** What somebody, or the clock, wants to happen. `by` is who clicked. */
export type Command =
  | { type: 'markDelivered'; to: PersonId }
  | { type: 'markUnreachable'; rep: PersonId; why: string }
  | { type: 'accept'; by: PersonId }
  | { type: 'logTouch'; by: PersonId; touch: Touch }
  | { type: 'disqualify'; by: PersonId; reason: string; note: string }
  | { type: 'reassign'; by: PersonId; to: PersonId }
  | { type: 'takeIt'; by: PersonId }
  | { type: 'giveGrace'; by: PersonId; minutes: number }
  /** Routing found somebody else, because the holder takes no leads any more. */
  | { type: 'moveOn'; from: PersonId; assignment: Assignment; why: string }
  | { type: 'remind'; clock: ClockName; run: number }
  | { type: 'breach'; clock: ClockName; run: number }
  | { type: 'tellManager'; clock: ClockName; run: number };

/** What happened, in the past tense. `at` and who caused it stand beside it in the log. */
export type HandoffEvent =
  | { type: 'offered'; assignment: Assignment; respondBy: Date; evidence: string }
  | { type: 'delivered'; to: PersonId; respondBy: Date }
  | { type: 'unreachable'; rep: PersonId; why: string; manager: PersonId }
  | { type: 'accepted'; touchBy: Date }
  | { type: 'touched'; touch: Touch }
  | { type: 'disqualified'; reason: string; note: string }
  | {
      type: 'reassigned';
      from: PersonId;
      assignment: Assignment;
      respondBy: Date;
      /** Why nobody chose it, and the manager who is to know. */
      moved?: { why: string; manager: PersonId | null };
    }
  | { type: 'graceGiven'; clock: ClockName; until: Date }
  | { type: 'reminded'; clock: ClockName; rep: PersonId; due: Date }
  | { type: 'breached'; clock: ClockName; due: Date }
  | { type: 'escalated'; clock: ClockName; manager: PersonId };

/** An event with its place in the log. `by` is null when the clock or the system caused it. */
export type Logged = { seq: number; at: Date; by: PersonId | null; event: HandoffEvent };

/** Why nothing happened; the words for people are in story.ts. */
export type Refusal =
  | { refused: 'closed'; outcome: Outcome }
  | { refused: 'notYours'; holder: PersonId }
  | { refused: 'managersOnly'; manager: PersonId }
  | { refused: 'alreadyAccepted'; acceptedAt: Date }
  | { refused: 'alreadyHolds'; rep: PersonId }
  | { refused: 'unknownReason'; reason: string }
  | { refused: 'noteMissing'; reason: string }
  | { refused: 'unknownPerson'; person: PersonId }
  | { refused: 'unknownGrace' }
  | { refused: 'nothingRunning' }
  | { refused: 'stale' };

/** A card that reaches the rep later than this starts the clock at delivery: the delay is ours, not theirs. */
const deliveryAllowanceMs = 60_000;

/** The first event of a handoff: a lead is offered to the rep that routing found. */
export function offer(
  assignment: Assignment,
  targets: Targets,
  evidence: string,
  policy: Policy,
): Extract<HandoffEvent, { type: 'offered' }> {
  return {
    type: 'offered',
    assignment,
    evidence,
    respondBy: dueAfter('acknowledge', targets, policy, assignment),
  };
}

/** A handoff as it stands right after it was offered. */
export function begin(
  facts: Pick<Handoff, 'id' | 'leadId' | 'trigger' | 'policyVersion' | 'targets' | 'qualifiedAt'>,
  offered: Extract<HandoffEvent, { type: 'offered' }>,
): Handoff {
  return {
    ...facts,
    version: 1,
    assignment: offered.assignment,
    deliveredAt: null,
    acknowledgedAt: null,
    firstTouchAt: null,
    ackBreachedAt: null,
    touchBreachedAt: null,
    escalatedTo: null,
    unreachable: null,
    clockRun: 1,
    status: 'offered',
    respondBy: offered.respondBy,
  };
}

/**
 * Decides what a command does to a handoff: the events that follow, or why nothing does. Pure: who may do what and
 * what is due when come from the policy, the time from `now`.
 */
export function decide(
  handoff: Handoff,
  command: Command,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  switch (command.type) {
    case 'markDelivered':
      return markDelivered(handoff, command.to, policy, now);
    case 'markUnreachable':
      return markUnreachable(handoff, command, policy);
    case 'moveOn':
      return moveOn(handoff, command, policy);
    case 'remind':
    case 'breach':
    case 'tellManager':
      return onTimer(handoff, command, policy, now);
    default:
      if (handoff.status === 'closed') return { refused: 'closed', outcome: handoff.outcome };
      return onClick(handoff, command, policy, now);
  }
}

type Open = Exclude<Handoff, { status: 'closed' }>;
type Click = Extract<Command, { by: PersonId }>;

function onClick(handoff: Open, command: Click, policy: Policy, now: Date): HandoffEvent[] | Refusal {
  const holder = handoff.assignment.rep;
  const manager = managerOf(policy, handoff.assignment);
  const decides = (person: PersonId) => decidesOver(policy, handoff.assignment, person);
  switch (command.type) {
    case 'accept': {
      if (command.by !== holder) return { refused: 'notYours', holder };
      if (handoff.status !== 'offered') return { refused: 'alreadyAccepted', acceptedAt: handoff.acceptedAt };
      return [accepted(handoff, policy, handoff.assignment, now)];
    }
    case 'logTouch': {
      if (command.by !== holder) return { refused: 'notYours', holder };
      const touched: HandoffEvent = { type: 'touched', touch: command.touch };
      return handoff.status === 'offered'
        ? [accepted(handoff, policy, handoff.assignment, now), touched]
        : [touched];
    }
    case 'disqualify': {
      if (command.by !== holder && !decides(command.by)) return { refused: 'notYours', holder };
      const reason = policy.disqualifyReasons.find((candidate) => candidate.name === command.reason);
      if (!reason) return { refused: 'unknownReason', reason: command.reason };
      if (reason.noteRequired && command.note.trim() === '')
        return { refused: 'noteMissing', reason: reason.label };
      return [{ type: 'disqualified', reason: reason.name, note: command.note.trim() }];
    }
    case 'reassign': {
      if (!decides(command.by)) return { refused: 'managersOnly', manager };
      if (command.to === holder) return { refused: 'alreadyHolds', rep: holder };
      const team = teamNameOf(policy, command.to);
      if (team === undefined) return { refused: 'unknownPerson', person: command.to };
      return [reassigned(handoff, assignmentBy(command.by, command.to, team, handoff, now), policy)];
    }
    case 'takeIt': {
      const offeredTo = openTo(handoff);
      if (!decides(command.by) && !offeredTo.includes(command.by)) {
        // Somebody was faster: the pool is closed, and its members hear who has it.
        const wasOpen = teamOf(policy, command.by)?.name === handoff.assignment.team;
        return wasOpen ? { refused: 'notYours', holder } : { refused: 'managersOnly', manager };
      }
      if (command.by === holder) return { refused: 'alreadyHolds', rep: holder };
      const assignment = assignmentBy(command.by, command.by, handoff.assignment.team, handoff, now);
      return [reassigned(handoff, assignment, policy), accepted(handoff, policy, assignment, now)];
    }
    case 'giveGrace': {
      if (!decides(command.by)) return { refused: 'managersOnly', manager };
      if (!policy.graceMinutes.includes(command.minutes)) return { refused: 'unknownGrace' };
      const ticking = running(handoff);
      if (!ticking) return { refused: 'nothingRunning' };
      // Grace before the due time lengthens it; afterwards it runs from now.
      const from = { rep: holder, at: now > ticking.due ? now : ticking.due };
      const until = extend(command.minutes, handoff.targets, policy, from);
      return [{ type: 'graceGiven', clock: ticking.clock, until }];
    }
    default:
      return command satisfies never;
  }
}

function markDelivered(handoff: Handoff, to: PersonId, policy: Policy, now: Date): HandoffEvent[] | Refusal {
  const foundAfterAll = handoff.unreachable !== null && to === handoff.assignment.rep;
  if (handoff.deliveredAt && !foundAfterAll) return { refused: 'stale' };
  const late = now.getTime() - handoff.assignment.at.getTime() > deliveryAllowanceMs;
  const restart = late && handoff.status === 'offered' && to === handoff.assignment.rep;
  const fromNow = restart
    ? dueAfter('acknowledge', handoff.targets, policy, { rep: to, at: now })
    : handoff.respondBy;
  // Grace that was given meanwhile may be longer.
  const respondBy = fromNow > handoff.respondBy ? fromNow : handoff.respondBy;
  return [{ type: 'delivered', to, respondBy }];
}

function markUnreachable(
  handoff: Handoff,
  { rep, why }: Extract<Command, { type: 'markUnreachable' }>,
  policy: Policy,
): HandoffEvent[] | Refusal {
  if (handoff.status === 'closed' || handoff.assignment.rep !== rep || handoff.unreachable)
    return { refused: 'stale' };
  return [{ type: 'unreachable', rep, why, manager: managerOf(policy, handoff.assignment) }];
}

function moveOn(
  handoff: Handoff,
  { from, assignment, why }: Extract<Command, { type: 'moveOn' }>,
  policy: Policy,
): HandoffEvent[] | Refusal {
  const isTheirs = handoff.assignment.rep === from;
  if (handoff.status === 'closed' || !isTheirs || assignment.rep === from) return { refused: 'stale' };
  const respondBy = dueAfter('acknowledge', handoff.targets, policy, assignment);
  const moved = { why, manager: escalatesTo(policy, assignment) };
  return [{ type: 'reassigned', from, assignment, respondBy, moved }];
}

function onTimer(
  handoff: Handoff,
  { type, clock, run }: Extract<Command, { run: number }>,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const ticking = running(handoff);
  if (ticking?.run !== run || ticking.clock !== clock) return { refused: 'stale' };
  const { due } = ticking;
  switch (type) {
    case 'remind':
      // A reminder that comes after the fact, as after a downtime, helps nobody.
      return now < due ? [{ type: 'reminded', clock, rep: ticking.rep, due }] : { refused: 'stale' };
    case 'breach': {
      const before = breachedAt(handoff, clock);
      return before && before >= due ? { refused: 'stale' } : [{ type: 'breached', clock, due }];
    }
    case 'tellManager': {
      const manager = escalatesTo(policy, handoff.assignment);
      return manager ? [{ type: 'escalated', clock, manager }] : { refused: 'stale' };
    }
    default:
      return type satisfies never;
  }
}

function accepted(handoff: Handoff, policy: Policy, assignment: Assignment, now: Date): HandoffEvent {
  const touchBy = dueAfter('touch', handoff.targets, policy, { rep: assignment.rep, at: now });
  return { type: 'accepted', touchBy };
}

function reassigned(handoff: Handoff, assignment: Assignment, policy: Policy): HandoffEvent {
  const respondBy = dueAfter('acknowledge', handoff.targets, policy, assignment);
  return { type: 'reassigned', from: handoff.assignment.rep, assignment, respondBy };
}

function assignmentBy(
  by: PersonId,
  rep: PersonId,
  team: string | null,
  { assignment }: Handoff,
  at: Date,
): Assignment {
  const turn = turnOf(assignment);
  return {
    rep,
    team,
    at,
    reasons: [{ kind: 'reassigned', person: rep, by, taken: true, ...(turn && { turn }) }],
  };
}

/** Undefined when the policy does not know the person; null for the fallback outside any team. */
function teamNameOf(policy: Policy, person: PersonId): string | null | undefined {
  return teamOf(policy, person)?.name ?? (person === policy.routing.fallback ? null : undefined);
}

/** The turn that its rep gets back when a handoff is closed with a reason for which it does not count. */
export function refundOf(
  { assignment }: Handoff,
  events: readonly HandoffEvent[],
  policy: Policy,
): TakenTurn | null {
  const closing = events.find((event) => event.type === 'disqualified');
  const refunds = policy.disqualifyReasons.some(
    ({ name, refundsTurn }) => refundsTurn && closing?.type === 'disqualified' && name === closing.reason,
  );
  return refunds ? turnOf(assignment) : null;
}

/** Who may claim a lead that was offered to a team, until somebody does. */
export function openTo({ status, assignment }: Handoff): readonly PersonId[] {
  return status === 'offered' ? (assignment.openTo ?? []) : [];
}

/** The clock that is ticking now: acknowledge until the first answer, then touch until the first touch. */
export function running(handoff: Handoff): RunningClock | null {
  const { clockRun: run, assignment } = handoff;
  switch (handoff.status) {
    case 'offered':
      return { clock: 'acknowledge', due: handoff.respondBy, run, rep: assignment.rep };
    case 'accepted':
      return { clock: 'touch', due: handoff.touchBy, run, rep: assignment.rep };
    case 'working':
    case 'closed':
      return null;
    default:
      return handoff satisfies never;
  }
}

function breachedAt(handoff: Handoff, clock: ClockName): Date | null {
  return clock === 'acknowledge' ? handoff.ackBreachedAt : handoff.touchBreachedAt;
}

/** The handoff after an event. Every event counts one version; one that changes who or what is due restarts the timers. */
export function evolve(handoff: Handoff, event: HandoffEvent, at: Date): Handoff {
  const next = { ...handoff, version: handoff.version + 1 };
  switch (event.type) {
    case 'offered':
      throw new RangeError('a handoff is offered once, when it begins');
    case 'delivered': {
      const moved = event.respondBy.getTime() !== handoff.respondBy.getTime();
      return {
        ...next,
        deliveredAt: handoff.deliveredAt ?? at,
        respondBy: event.respondBy,
        unreachable: event.to === handoff.assignment.rep ? null : handoff.unreachable,
        // A breach before the card had even come was nobody's.
        ackBreachedAt: moved ? null : handoff.ackBreachedAt,
        clockRun: handoff.clockRun + (moved ? 1 : 0),
      };
    }
    case 'unreachable':
      return { ...next, unreachable: event.why, escalatedTo: event.manager };
    case 'accepted':
      return {
        ...next,
        status: 'accepted',
        acceptedAt: at,
        acknowledgedAt: handoff.acknowledgedAt ?? at,
        touchBy: event.touchBy,
        unreachable: null,
        clockRun: handoff.clockRun + 1,
      };
    case 'touched':
      return touchedBy(next, at);
    case 'disqualified':
      return {
        ...next,
        status: 'closed',
        closedAt: at,
        outcome: 'disqualified',
        reason: event.reason,
        acknowledgedAt: handoff.acknowledgedAt ?? at,
        clockRun: handoff.clockRun + 1,
      };
    case 'reassigned':
      return {
        ...next,
        status: 'offered',
        assignment: event.assignment,
        respondBy: event.respondBy,
        unreachable: null,
        escalatedTo: event.moved?.manager ?? handoff.escalatedTo,
        clockRun: handoff.clockRun + 1,
      };
    case 'graceGiven':
      return graceUntil(next, event.clock, event.until);
    case 'reminded':
      return next;
    case 'breached': {
      // The machine that fired the timer may be ahead of the one that notes it.
      const missedAt = at < event.due ? event.due : at;
      return event.clock === 'acknowledge'
        ? { ...next, ackBreachedAt: missedAt }
        : { ...next, touchBreachedAt: missedAt };
    }
    case 'escalated':
      return { ...next, escalatedTo: event.manager };
    default:
      return event satisfies never;
  }
}

function touchedBy(handoff: Handoff, at: Date): Handoff {
  if (handoff.status !== 'accepted' && handoff.status !== 'working') return handoff;
  const clockRun = handoff.clockRun + (handoff.status === 'accepted' ? 1 : 0);
  return { ...handoff, status: 'working', firstTouchAt: handoff.firstTouchAt ?? at, clockRun };
}

function graceUntil(handoff: Handoff, clock: ClockName, until: Date): Handoff {
  const clockRun = handoff.clockRun + 1;
  if (clock === 'acknowledge') return { ...handoff, respondBy: until, clockRun };
  return handoff.status === 'accepted' ? { ...handoff, touchBy: until, clockRun } : handoff;
}
