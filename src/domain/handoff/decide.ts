import type { LeadId, OwnerId } from '../lead/lead.ts';
import { teamOf } from '../policy/people-of.ts';
import type { Grace, PersonId, Platform, Policy, Target, TargetName, Targets } from '../policy/policy.ts';
import { urgencyOf } from '../policy/triggers.ts';
import { escalatesTo, managerOf } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { type Assignment, type RouteReason, turnOf } from '../routing/route.ts';
import { workingMinutesBetween } from '../time/calendar.ts';
import { morningAfter } from '../time/named-times.ts';
import { dueOf, minutesBetween, type RunningTarget, termAfter } from '../time/sla.ts';
import { latestSnooze, type Snooze, snoozeEnd, snoozesAllowed } from '../time/snooze.ts';
import type { Why } from '../words/reason.ts';
import { consequenceOf } from './consequences.ts';
import type { MadeDeal } from './deal.ts';
import { digestOf } from './digest.ts';
import {
  type Alert,
  answerTerm,
  awaitsArrival,
  type FilledIn,
  type Handoff,
  type HandoffEvent,
  type HeldUp,
  madeAt,
  type OpenHandoff,
  type PauseEnd,
  reopened,
  running,
  type Touch,
  waitsForDigest,
  withoutMeeting,
} from './handoff.ts';
import type { IntroObstacle } from './intro-obstacle.ts';
import { type ToldTouch, toldTouch, type UnfitTouch } from './log-touch.ts';
import { lockFrom, type Revisit, recycle } from './recycle.ts';
import { denial } from './rights.ts';
import { type CannotUndo, undo } from './undo.ts';

/** What somebody, or the system, wants to happen. `by` is who clicked. */
export type Command =
  | { type: 'accept'; by: PersonId }
  | ({ type: 'logTouch'; by: PersonId } & ToldTouch)
  | ({ type: 'disqualify'; by: PersonId } & SaidOfLead)
  /** Its manager thinks otherwise of a lead that was sent back. `isElsewhere`: another handoff of it is open. */
  | { type: 'overturn'; by: PersonId; isElsewhere: boolean }
  /** Somebody takes back what they did a moment ago. `isElsewhere`: as above. */
  | { type: 'undo'; by: PersonId; isElsewhere: boolean }
  /** `to`: whom routing found instead; null: nobody. */
  | { type: 'handBack'; by: PersonId; reason: string; note: string; to: Assignment | null }
  | { type: 'snooze'; by: PersonId; choice: Snooze }
  | { type: 'reassign'; by: PersonId; to: PersonId; note?: string }
  | { type: 'takeIt'; by: PersonId }
  | { type: 'giveGrace'; by: PersonId; grace: Grace | 'asAsked' }
  | { type: 'ping'; by: PersonId }
  | { type: 'show'; by: PersonId }
  /** HubSpot has the values; `heldUp`: what it still would not take. */
  | ({ type: 'fillIn'; by: PersonId } & Written)
  | ({ type: 'update'; by: PersonId } & Written)
  | { type: 'markDelivered'; to: PersonId }
  | { type: 'markUnreachable'; rep: PersonId; why: Why }
  /** Routing found somebody else, because the holder cannot go on with it. */
  | { type: 'moveOn'; from: PersonId; assignment: Assignment; why: Why; quiet: boolean }
  /** Nobody has answered it since it was passed on, and whoever had it takes it again. */
  | { type: 'giveBack'; assignment: Assignment }
  /** The holder's working time is not what it was. `quiet`: the manager is told together with others. */
  | { type: 'reschedule'; rep: PersonId; why: Why; quiet: boolean }
  /** The digest in which the lead was to come went without it: it comes in the next. */
  | { type: 'missDigest'; run: number }
  | { type: 'endSnooze'; run: number; late: boolean }
  /** The time has come at which the holder meant to try again. */
  | { type: 'remindOfAttempt'; run: number }
  | { type: 'breach'; clock: TargetName; run: number; late: boolean }
  /** Something else fell due while the bot stood still. */
  | { type: 'resume'; clock: TargetName; run: number }
  /** What was to be told outside of the chats could not be. */
  | { type: 'noteNotAlerted'; alert: Alert; why: Why }
  | { type: 'markChannelUnreachable'; platform: Platform; channel: string; why: Why }
  /** HubSpot has a call, email, meeting or message of the holder's to the lead. */
  | { type: 'noteTouch'; rep: PersonId; touch: Touch; recordId: string; at: Date }
  | { type: 'noteMeeting'; recordId: string; at: Date; startsAt?: Date }
  /** The meeting that was booked fell through, and there is no other. */
  | { type: 'loseMeeting'; recordId: string }
  /** The lead did something more urgent than what it was handed over for. */
  | { type: 'strengthen'; trigger: string; evidence: Why; targets: Targets }
  /** The lead did something once more. */
  | { type: 'noteRepeat'; trigger: string; found: Why; at: Date; soon: boolean }
  /** One of the policy's exclusions is met by now. */
  | { type: 'exclude'; name: string; label: string; why: Why }
  /** The bot has made the handoff's deal; `countsAtOnce`: it is an opportunity as it is. */
  | { type: 'noteMadeDeal'; deal: MadeDeal; countsAtOnce: boolean }
  | { type: 'noteNoDeal'; because: Extract<HandoffEvent, { type: 'dealNotMade' }>['because'] }
  | { type: 'noteDeal'; recordId: string; at: Date }
  /** What HubSpot would not take is not what it was. `asked`: who is to do something about it. */
  | { type: 'holdUp'; heldUp: HeldUp | null; asked: PersonId | null; isOpen: boolean }
  | { type: 'noteWon'; recordId: string; at: Date }
  /** Somebody gave the contact to another owner in HubSpot. */
  | { type: 'followOwner'; from: PersonId; to: PersonId; at: Date }
  | { type: 'loseOwner'; from: PersonId; ownerId: OwnerId | null }
  /** HubSpot has enrolled the lead in the rep's sequence. */
  | { type: 'noteIntro'; rep: PersonId; sequence: string; at: Date }
  | { type: 'skipIntro'; rep: PersonId; why: IntroObstacle }
  /** A language model summarised what is known of the lead. */
  | { type: 'noteSummary'; text: string; model: string }
  | { type: 'withdraw'; why: Why }
  /** Nurture is to go on. */
  | { type: 'endPause'; why: PauseEnd };

/** Why somebody sends a lead back, and what that reason asks for. */
export type SaidOfLead = {
  reason: string;
  note: string;
  /** When it is to come back, where its time has not come; null: as usual. */
  revisit?: Revisit | null;
  /** The contact of which it is a duplicate. */
  other?: LeadId | null;
  /** Whom routing found instead; null: nobody. */
  to?: Assignment | null;
};

type Written = { values: readonly FilledIn[]; heldUp: HeldUp | null };

/** What people do on cards. */
export type ClickCommand = Extract<Command, { by: PersonId }>;

/** Why nothing happened; the words for people are in story.ts. */
export type Refusal =
  | CannotUndo
  | { refused: 'unknownReason'; reason: string }
  | { refused: 'noteMissing'; reason: string }
  | { refused: 'otherMissing'; reason: string }
  | { refused: 'unfitDay' }
  | { refused: 'tooLate'; until: Date }
  | { refused: 'unknownPerson'; person: PersonId }
  | { refused: 'unknownGrace' }
  | { refused: 'alreadyLonger'; due: Date }
  | { refused: 'attemptsMissing'; made: number; atLeast: number; within: Target }
  | { refused: 'nobodyElse' }
  /** Whoever was offered for it cannot take it any more. */
  | { refused: 'cannotTakeIt'; person: PersonId; why: Why }
  | { refused: 'snoozedEnough'; times: number }
  | { refused: 'pastTarget'; due: Date }
  | { refused: 'unfitSnooze'; latest: Date }
  | { refused: 'askedAlready'; manager: PersonId }
  | { refused: 'pingedAlready'; at: Date }
  | UnfitTouch
  | { refused: 'stale' };

/**
 * After a card that reaches the rep so much later than the target began, it counts from delivery: the delay is ours, not
 * theirs.
 */
const deliveryAllowanceMs = 60_000;

/** What the holder is given after the bot stood still, or their target if that is shorter. */
const resumeMinutes = 15;

/** A second ping so soon is a double click. */
const pingPauseMs = 60_000;

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
  if (command.type === 'overturn') return overturn(handoff, command, policy, now);
  if (command.type === 'undo') return undo(handoff, command, policy, now);
  if ('by' in command) {
    if (command.type === 'fillIn' || command.type === 'update') return update(handoff, command, policy);
    if (handoff.status === 'closed') return { refused: 'closed', outcome: handoff.outcome };
    const events =
      denial(command.type, command.by, handoff, policy) ?? onClick(handoff, command, policy, now);
    if ('refused' in events) return events;
    const touched = events.find((event) => event.type === 'touched');
    return [...missedBefore(handoff, events, touched ? madeAt(touched, now) : now), ...events];
  }
  switch (command.type) {
    case 'holdUp':
      return holdUp(handoff, command);
    case 'markDelivered':
      return markDelivered(handoff, command.to, policy, now);
    case 'noteIntro': {
      // The mail is on its way, however the handoff stands by now.
      const { rep, sequence, at } = command;
      return handoff.introOver === 'forGood' ? stale : [{ type: 'introSent', rep, sequence, at }];
    }
    case 'noteWon':
      return handoff.wonAt ? stale : [{ type: 'dealWon', recordId: command.recordId, at: command.at }];
    case 'endPause':
      return endPause(handoff, command.why, now);
    case 'noteMadeDeal':
      return dealMade(handoff, command, now);
    default:
      return handoff.status === 'closed' ? stale : onNews(handoff, command, policy, now);
  }
}

const stale = { refused: 'stale' } as const;

/** Also of a handoff that is closed: its pause may outlast it. An open one whose contact is gone is withdrawn instead. */
function endPause({ pause, status }: Handoff, why: PauseEnd, now: Date): HandoffEvent[] | Refusal {
  const tooSoon = why === 'leaseOver' && pause !== null && pause.until > now;
  if (!pause || tooSoon || (why === 'gone' && status !== 'closed')) return stale;
  return [{ type: 'pauseEnded', why }];
}

/** A missed target counts as missed also when the answer comes before its timer has fired. */
function missedBefore(handoff: OpenHandoff, events: readonly HandoffEvent[], at: Date): HandoffEvent[] {
  const ticking = running(handoff);
  const isSettled = events.some((event) => consequenceOf(event).settles);
  if (!ticking || !isSettled || at <= ticking.due || isNoted(handoff, ticking)) return [];
  return [{ type: 'breached', clock: ticking.clock, due: ticking.due, rep: ticking.rep }];
}

function isNoted(handoff: Handoff, { clock, due }: RunningTarget): boolean {
  const before = clock === 'acknowledge' ? handoff.ackBreachedAt : handoff.touchBreachedAt;
  return before !== null && before >= due;
}

/** Also after the end, which may be what HubSpot would not take. */
function update(
  handoff: Handoff,
  { type, by, values, heldUp }: Extract<ClickCommand, Written>,
  policy: Policy,
): HandoffEvent[] | Refusal {
  return denial(type, by, handoff, policy) ?? [{ type: 'updated', values, heldUp }];
}

function holdUp(
  { heldUp: before }: Handoff,
  { heldUp, asked, isOpen }: Extract<Command, { type: 'holdUp' }>,
): HandoffEvent[] | Refusal {
  if (isSame(before, heldUp)) return stale;
  return [{ type: 'heldUp', heldUp, asked, ...(isOpen && { open: true }) }];
}

function isSame(one: HeldUp | null, other: HeldUp | null): boolean {
  const words = (heldUp: HeldUp | null) =>
    heldUp && [heldUp.fields, heldUp.wants.map(({ property }) => property)].map((names) => names.toSorted());
  return JSON.stringify(words(one)) === JSON.stringify(words(other));
}

/** What follows from a click of somebody who may do it. */
function onClick(
  handoff: OpenHandoff,
  command: Exclude<ClickCommand, Written | { type: 'overturn' | 'undo' }>,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const holder = handoff.assignment.rep;
  switch (command.type) {
    case 'accept':
      return [accepted(handoff, policy, holder, now)];
    case 'logTouch': {
      const touched = toldTouch(handoff, command, policy, now);
      if ('refused' in touched) return touched;
      const { madeAt: since } = touched;
      return [...acceptedFirst(handoff, policy, since ?? now, since), touched];
    }
    case 'disqualify':
      return disqualify(handoff, command, policy, now);
    case 'handBack':
      return handBack(handoff, command, policy);
    case 'snooze':
      return snooze(handoff, command.choice, policy, now);
    case 'reassign': {
      if (command.to === holder) return { refused: 'alreadyHolds', rep: holder };
      const team = teamNameOf(policy, command.to);
      if (team === undefined) return { refused: 'unknownPerson', person: command.to };
      const event = reassigned(handoff, chosen(command.by, command.to, team, handoff, now), policy);
      return [command.note ? { ...event, note: command.note } : event];
    }
    case 'takeIt': {
      const assignment = chosen(command.by, command.by, handoff.assignment.team, handoff, now);
      return [reassigned(handoff, assignment, policy), accepted(handoff, policy, command.by, now)];
    }
    case 'giveGrace':
      return giveGrace(handoff, command.grace, policy, now);
    case 'ping': {
      const { pingedAt } = handoff;
      if (pingedAt && now.getTime() - pingedAt.getTime() < pingPauseMs)
        return { refused: 'pingedAlready', at: pingedAt };
      return [{ type: 'pinged', rep: holder, due: running(handoff)?.due ?? null }];
    }
    case 'show':
      return [{ type: 'shown', to: command.by }];
    default:
      return command satisfies never;
  }
}

function disqualify(
  handoff: OpenHandoff,
  said: Extract<Command, { type: 'disqualify' }>,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const reason = policy.disqualifyReasons.find((candidate) => candidate.name === said.reason);
  if (!reason) return { refused: 'unknownReason', reason: said.reason };
  const note = said.note.trim();
  if (reason.noteRequired && note === '') return { refused: 'noteMissing', reason: reason.label };
  const given = { reason: reason.name, note };
  switch (reason.outcome) {
    case 'disqualified': {
      if (reason.asksOther && !said.other) return { refused: 'otherMissing', reason: reason.label };
      const lock = lockFrom(reason.lock, now);
      return [{ type: 'disqualified', ...given, lock, ...(said.other && { other: said.other }) }];
    }
    case 'unresponsive': {
      const missing = attemptsMissing(handoff, policy, now);
      return missing ?? [{ type: 'gaveUp', ...given, lock: lockFrom(reason.lock, now) }];
    }
    case 'recycled': {
      const recycled = recycle(handoff, reason, said.revisit ?? null, policy, now);
      return 'refused' in recycled ? recycled : [{ type: 'recycled', ...given, ...recycled }];
    }
    case 'routedAnew': {
      const { to } = said;
      if (!to || to.rep === handoff.assignment.rep) return { refused: 'nobodyElse' };
      const passed = { type: 'handedBack', ...given, listed: 'disqualifyReasons' } as const;
      return [passed, reassigned(handoff, to, policy)];
    }
    default:
      return reason.outcome satisfies never;
  }
}

/** A handoff that was sent back goes on with the time that was left then. */
function overturn(
  handoff: Handoff,
  { by, isElsewhere }: Extract<Command, { type: 'overturn' }>,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const refusal = denial('overturn', by, handoff, policy);
  if (refusal) return refusal;
  if (handoff.status !== 'closed' || !handoff.sentBack) return { refused: 'notSentBack' };
  if (isElsewhere) return { refused: 'elsewhere' };
  const { closedAt, outcome: ended } = handoff;
  const until = new Date(closedAt.getTime() + policy.overturnWithinMinutes * 60_000);
  if (now > until) return { refused: 'tooLate', until };
  const ticking = running(reopened(handoff));
  if (!ticking) return [{ type: 'overturned', ended, begun: null }];
  const { clock, due, rep } = ticking;
  const target = handoff.targets[clock];
  const left = minutesBetween(closedAt, due, target, policy, rep);
  const granted = { from: now, minutes: Math.max(left, Math.min(resumeMinutes, target.minutes)) };
  const begun = { clock, due: dueOf(granted, target, policy, rep), granted };
  return [{ type: 'overturned', ended, begun }];
}

/** The refusal to give a lead up that was not tried often enough of late; null when it was. */
function attemptsMissing(handoff: OpenHandoff, policy: Policy, now: Date): Refusal | null {
  const { attempts } = handoff.targets;
  if (!attempts) return null;
  const { atLeast, within } = attempts;
  const rep = handoff.assignment.rep;
  const recent = handoff.attempts.filter(
    (at) => minutesBetween(at, now, within, policy, rep) <= within.minutes,
  );
  if (recent.length >= atLeast) return null;
  return { refused: 'attemptsMissing', made: recent.length, atLeast, within };
}

function handBack(
  handoff: OpenHandoff,
  { reason: name, note, to }: Extract<Command, { type: 'handBack' }>,
  policy: Policy,
): HandoffEvent[] | Refusal {
  const reason = policy.handBackReasons.find((candidate) => candidate.name === name);
  if (!reason) return { refused: 'unknownReason', reason: name };
  if (reason.noteRequired && note.trim() === '') return { refused: 'noteMissing', reason: reason.label };
  if (!to || to.rep === handoff.assignment.rep) return { refused: 'nobodyElse' };
  return [{ type: 'handedBack', reason: name, note: note.trim() }, reassigned(handoff, to, policy)];
}

function snooze(handoff: OpenHandoff, choice: Snooze, policy: Policy, now: Date): HandoffEvent[] | Refusal {
  const ticking = running(handoff);
  if (!ticking) return { refused: 'nothingRunning' };
  const { clock, due, rep } = ticking;
  const manager = escalatesTo(policy, handoff.assignment);
  const until = snoozeEnd(choice, hoursOf(policy, rep), now);
  if (until === null) return { refused: 'unfitSnooze', latest: manager ? latestSnooze(now) : due };
  if (until <= due) {
    if (handoff.snoozes >= snoozesAllowed) return { refused: 'snoozedEnough', times: snoozesAllowed };
    return [{ type: 'snoozed', until }];
  }
  if (!manager) return { refused: 'pastTarget', due };
  if (askedFor(handoff, now)) return { refused: 'askedAlready', manager };
  // When the snooze ends they have as much time as is left now; if the target has passed, all of it again.
  const target = handoff.targets[clock];
  const minutes = minutesBetween(now, due, target, policy, rep) || target.minutes;
  return [
    { type: 'graceAsked', clock, until, due: dueOf({ from: until, minutes }, target, policy, rep), manager },
  ];
}

function giveGrace(
  handoff: OpenHandoff,
  grace: Grace | 'asAsked',
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const ticking = running(handoff);
  if (!ticking) return { refused: 'nothingRunning' };
  const given = grace === 'asAsked' ? asAsked(handoff, now) : graceOf(grace, handoff, ticking, policy, now);
  if (!given) return { refused: 'unknownGrace' };
  if (given.until <= ticking.due) return { refused: 'alreadyLonger', due: ticking.due };
  return [{ type: 'graceGiven', clock: ticking.clock, ...given }];
}

type Given = Pick<Extract<HandoffEvent, { type: 'graceGiven' }>, 'until' | 'granted' | 'snoozedUntil'>;

function asAsked(handoff: OpenHandoff, now: Date): Given | null {
  const asked = askedFor(handoff, now);
  if (!asked) return null;
  return { until: asked.due, granted: null, ...(asked.until > now && { snoozedUntil: asked.until }) };
}

/** The grace that the holder asked for, as long as it can still be given. */
function askedFor({ asked }: OpenHandoff, now: Date): OpenHandoff['asked'] {
  return asked && asked.due > now ? asked : null;
}

function graceOf(
  grace: Grace,
  { granted, targets }: OpenHandoff,
  { clock, due, rep }: RunningTarget,
  policy: Policy,
  now: Date,
): Given | null {
  if (!policy.grace.includes(grace)) return null;
  if (grace === 'untilMorning') return { until: morningAfter(hoursOf(policy, rep), now), granted: null };
  // Grace before the due time lengthens it; afterwards it runs from now.
  const lengthened =
    now > due ? { from: now, minutes: grace } : granted && { ...granted, minutes: granted.minutes + grace };
  const until = dueOf(lengthened ?? { from: due, minutes: grace }, targets[clock], policy, rep);
  return { until, granted: lengthened };
}

function markDelivered(handoff: Handoff, to: PersonId, policy: Policy, now: Date): HandoffEvent[] | Refusal {
  if (!awaitsArrival(handoff, to)) return stale;
  const { respondBy, granted } = handoff;
  const since = granted?.from ?? handoff.assignment.at;
  const late = now.getTime() - since.getTime() > deliveryAllowanceMs;
  if (late && handoff.status === 'offered' && to === handoff.assignment.rep) {
    const fromNow = termAfter('acknowledge', handoff.targets, policy, { rep: to, at: now });
    // Grace given meanwhile may last longer than that.
    if (fromNow.due > respondBy)
      return [{ type: 'delivered', to, respondBy: fromNow.due, granted: fromNow.granted }];
  }
  return [{ type: 'delivered', to, respondBy, granted }];
}

/** What happens to an open handoff without anybody's click. */
function onNews(
  handoff: OpenHandoff,
  command: Exclude<
    Command,
    | ClickCommand
    | { type: 'endPause' | 'holdUp' | 'markDelivered' | 'noteIntro' | 'noteMadeDeal' | 'noteWon' }
  >,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const { assignment } = handoff;
  const holder = assignment.rep;
  const manager = managerOf(policy, assignment);
  switch (command.type) {
    case 'markUnreachable':
      if (holder !== command.rep || handoff.unreachable) return stale;
      return [{ type: 'unreachable', rep: command.rep, why: command.why, manager }];
    case 'moveOn': {
      if (holder !== command.from || command.assignment.rep === command.from) return stale;
      const toNotify = command.quiet ? null : escalatesTo(policy, command.assignment);
      const moved = { why: command.why, manager: toNotify };
      return [{ ...passedOn(handoff, command.assignment, policy), moved }];
    }
    case 'giveBack':
      if (handoff.status !== 'offered' || holder === command.assignment.rep) return stale;
      return [passedOn(handoff, command.assignment, policy)];
    case 'reschedule':
      return holder === command.rep ? reschedule(handoff, command, policy, assignment.at) : stale;
    case 'missDigest': {
      if (handoff.clockRun !== command.run) return stale;
      return reschedule(handoff, { why: { kind: 'missedDigest' }, quiet: true }, policy, now);
    }
    case 'endSnooze': {
      const ticking = running(handoff);
      if (ticking?.run !== command.run || !handoff.snoozedUntil) return stale;
      const { clock, due } = ticking;
      return [{ type: 'snoozeEnded', clock, rep: holder, due, ...(command.late && { late: true }) }];
    }
    case 'remindOfAttempt': {
      const { status, tryAgainBy: due, clockRun } = handoff;
      if (status !== 'working' || !due || clockRun !== command.run) return stale;
      return [{ type: 'attemptDue', rep: holder, due }];
    }
    case 'breach':
    case 'resume': {
      const ticking = running(handoff);
      if (ticking?.run !== command.run || ticking.clock !== command.clock) return stale;
      const isLate = command.type === 'resume' || command.late;
      return isLate ? resume(handoff, ticking, policy, now) : breach(handoff, ticking, policy);
    }
    case 'noteSummary':
      return [{ type: 'summarised', text: command.text, model: command.model }];
    case 'markChannelUnreachable': {
      const { platform, channel, why } = command;
      return [{ type: 'channelUnreachable', platform, channel, why }];
    }
    case 'noteNotAlerted':
      return [{ type: 'notAlerted', alert: command.alert, why: command.why }];
    case 'noteTouch': {
      // A touch with a later time is only planned; it counts when it is found again after that.
      if (holder !== command.rep || command.at > now) return stale;
      const found = { recordId: command.recordId, rep: command.rep, at: command.at };
      const events = [
        ...acceptedFirst(handoff, policy, command.at, command.at),
        { type: 'touched', touch: command.touch, found } as const,
      ];
      return [...missedBefore(handoff, events, command.at), ...events];
    }
    case 'noteMeeting': {
      const { recordId, at, startsAt } = command;
      if (handoff.meetingAt) return stale;
      return [{ type: 'meetingBooked', recordId, at, ...(startsAt && { startsAt }) }];
    }
    case 'loseMeeting':
      return loseMeeting(handoff, command.recordId, policy, now);
    case 'strengthen':
      return strengthen(handoff, command, policy, now);
    case 'noteRepeat': {
      const { trigger, found, at, soon } = command;
      return [{ type: 'repeated', trigger, found, at, ...(soon && { soon }) }];
    }
    case 'exclude':
      // What somebody has taken on is theirs to decide.
      return handoff.status === 'offered'
        ? [{ type: 'withdrawn', why: command.why, excluded: command.label }]
        : [{ type: 'excluded', name: command.name, why: command.why }];
    case 'noteNoDeal':
      return [{ type: 'dealNotMade', because: command.because }];
    case 'noteDeal':
      // While nobody has contacted the lead, a deal does not end the rep's work: a workflow may have made it.
      return running(handoff) ? stale : [{ type: 'dealCreated', recordId: command.recordId, at: command.at }];
    case 'followOwner': {
      if (holder !== command.from || holder === command.to) return stale;
      const team = teamNameOf(policy, command.to) ?? null;
      const reason = { kind: 'ownerChanged', person: command.to, taken: true } as const;
      return [passedOn(handoff, withTurn(reason, team, handoff, command.at), policy)];
    }
    case 'loseOwner':
      return holder === command.from ? [{ type: 'ownerLost', ownerId: command.ownerId, manager }] : stale;
    case 'skipIntro':
      if (holder !== command.rep || handoff.introOver) return stale;
      return [{ type: 'introNotSent', rep: command.rep, why: command.why }];
    case 'withdraw':
      return [{ type: 'withdrawn', why: command.why }];
    default:
      return command satisfies never;
  }
}

/** Also when the handoff ended meanwhile: the deal is there, and somebody has to know. */
function dealMade(
  handoff: Handoff,
  { deal, countsAtOnce }: Extract<Command, { type: 'noteMadeDeal' }>,
  now: Date,
): HandoffEvent[] {
  const made: HandoffEvent = { type: 'dealMade', ...deal };
  const converts = countsAtOnce && handoff.status !== 'closed' && !running(handoff);
  return converts ? [made, { type: 'dealCreated', recordId: deal.recordId, at: now }] : [made];
}

/**
 * Without the meeting of its holder something is due again: the whole target from now on, the touch also when the lead was
 * contacted before.
 */
function loseMeeting(
  handoff: OpenHandoff,
  recordId: string,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  if (!handoff.meetingAt) return stale;
  const { rep, at } = handoff.assignment;
  const owed = handoff.meetingAt >= at ? running(withoutMeeting(handoff)) : null;
  const begun = owed && {
    clock: owed.clock,
    ...termAfter(owed.clock, handoff.targets, policy, { rep, at: now }),
  };
  return [{ type: 'meetingCalledOff', recordId, rep, begun }];
}

/** Whoever waits for more urgent things waits no longer for it than for those. */
function strengthen(
  handoff: OpenHandoff,
  { trigger, evidence, targets }: Extract<Command, { type: 'strengthen' }>,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  if (urgencyOf(policy, trigger) >= urgencyOf(policy, handoff.trigger)) return stale;
  const { rep } = handoff.assignment;
  const ticking = running(handoff);
  const term = ticking && termAfter(ticking.clock, targets, policy, { rep, at: now });
  const sooner = term && term.due < ticking.due ? { clock: ticking.clock, ...term } : null;
  return [{ type: 'strengthened', trigger, evidence, targets, rep, sooner }];
}

/** @param waitsSince after which its next digest comes, if it waits for one */
function reschedule(
  handoff: OpenHandoff,
  { why, quiet }: { why: Why; quiet: boolean },
  policy: Policy,
  waitsSince: Date,
): HandoffEvent[] | Refusal {
  const ticking = running(handoff);
  if (!ticking || !handoff.granted) return stale;
  const { clock, rep } = ticking;
  const digestAt = waitsForDigest(handoff)
    ? digestOf(handoff.trigger, { ...handoff.assignment, at: waitsSince }, policy)
    : null;
  const granted = digestAt ? { ...handoff.granted, from: digestAt } : handoff.granted;
  const due = dueOf(granted, handoff.targets[clock], policy, rep);
  const isSameDigest = !digestAt || digestAt.getTime() === handoff.digestAt?.getTime();
  if (due.getTime() === ticking.due.getTime() && isSameDigest) return stale;
  const manager = due > ticking.due && !quiet ? escalatesTo(policy, handoff.assignment) : null;
  return [{ type: 'rescheduled', clock, due, why, manager, ...(digestAt && { digestAt }) }];
}

function breach(handoff: OpenHandoff, ticking: RunningTarget, policy: Policy): HandoffEvent[] | Refusal {
  if (isNoted(handoff, ticking)) return stale;
  const { clock, due, rep } = ticking;
  const unanswered = clock === 'acknowledge' && couldAnswer(handoff, due, policy);
  return [{ type: 'breached', clock, due, rep, ...(unanswered && { unanswered }) }];
}

/**
 * Whether this is the first target that the rep missed with this card, had it to themselves, and for some time at work.
 */
function couldAnswer(
  { assignment, ackBreachedAt, reachedAt, openTo }: OpenHandoff,
  due: Date,
  policy: Policy,
): boolean {
  // However often the due time was moved, one card counts as missed once.
  const isFirst = ackBreachedAt === null || ackBreachedAt <= assignment.at;
  if (!isFirst || reachedAt === null || openTo.length > 0) return false;
  return workingMinutesBetween(hoursOf(policy, assignment.rep), reachedAt, due) > 0;
}

/** What fell due while nothing ran is missed, but its ladder begins anew: the delay was the bot's. */
function resume(handoff: OpenHandoff, ticking: RunningTarget, policy: Policy, now: Date): HandoffEvent[] {
  const { clock, rep, due: missed } = ticking;
  const target = handoff.targets[clock];
  const granted = { from: now, minutes: Math.min(resumeMinutes, target.minutes) };
  const due = dueOf(granted, target, policy, rep);
  const manager = escalatesTo(policy, handoff.assignment);
  const isMissed = missed <= now && !isNoted(handoff, ticking);
  return [
    ...(isMissed ? [{ type: 'breached', clock, due: missed, rep, late: true } as const] : []),
    { type: 'resumed', clock, due, granted, rep, manager },
  ];
}

function acceptedFirst(handoff: OpenHandoff, policy: Policy, at: Date, since?: Date): HandoffEvent[] {
  return handoff.status === 'offered' ? [accepted(handoff, policy, handoff.assignment.rep, at, since)] : [];
}

function accepted(handoff: Handoff, policy: Policy, rep: PersonId, at: Date, since?: Date): HandoffEvent {
  const { due, granted } = termAfter('touch', handoff.targets, policy, { rep, at });
  return { type: 'accepted', touchBy: due, granted, ...(since && { since }) };
}

function reassigned(
  handoff: Handoff,
  assignment: Assignment,
  policy: Policy,
  digestAt: Date | null = null,
): Extract<HandoffEvent, { type: 'reassigned' }> {
  const { due, granted } = answerTerm(assignment, handoff.targets, policy, digestAt);
  const event = {
    type: 'reassigned',
    from: handoff.assignment.rep,
    assignment,
    respondBy: due,
    granted,
  } as const;
  return { ...event, ...(digestAt && { digestAt }) };
}

/** What nobody chose to reassign: what waited for a digest waits for the next holder's. */
function passedOn(handoff: Handoff, assignment: Assignment, policy: Policy) {
  const digestAt = waitsForDigest(handoff) ? digestOf(handoff.trigger, assignment, policy) : null;
  return reassigned(handoff, assignment, policy, digestAt);
}

function chosen(by: PersonId, person: PersonId, team: string | null, handoff: Handoff, at: Date): Assignment {
  return withTurn({ kind: 'reassigned', person, by, taken: true }, team, handoff, at);
}

/** An assignment past the routing: the turn that was taken for the lead stays known. */
function withTurn(
  reason: Extract<RouteReason, { kind: 'reassigned' | 'ownerChanged' }>,
  team: string | null,
  { assignment }: Handoff,
  at: Date,
): Assignment {
  const turn = turnOf(assignment);
  return { rep: reason.person, team, at, reasons: [{ ...reason, ...(turn && { turn }) }] };
}

/** Undefined when the policy does not know the person; null for the fallback outside any team. */
function teamNameOf(policy: Policy, person: PersonId): string | null | undefined {
  return teamOf(policy, person)?.name ?? (person === policy.routing.fallback ? null : undefined);
}
