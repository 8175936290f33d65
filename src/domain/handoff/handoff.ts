import type { LeadId, OwnerId } from '../lead/lead.ts';
import type { DealEnd } from '../policy/deals.ts';
import { leaseFrom } from '../policy/lease.ts';
import type { Named } from '../policy/pipelines.ts';
import type { PersonId, Platform, Policy, TargetName, Targets } from '../policy/policy.ts';
import type { Back, Lock, SentBack } from '../routing/came-back.ts';
import type { Assignment } from '../routing/route.ts';
import { type Granted, type RunningTarget, type Term, termAfter } from '../time/sla.ts';
import type { Why } from '../words/reason.ts';
import { type IntroObstacle, isAboutRep } from './intro-obstacle.ts';

export type HandoffId = string;

/** How a handoff ended. */
export type Outcome = 'converted' | 'disqualified' | 'recycled' | 'withdrawn' | 'unresponsive';

export const touchKinds = ['call', 'email', 'meeting', 'message', 'other'] as const;
export type TouchKind = (typeof touchKinds)[number];

export const touchOutcomes = ['connected', 'noAnswer', 'leftMessage', 'sent', 'booked'] as const;
export type TouchOutcome = (typeof touchOutcomes)[number];

/**
 * A rep's outreach to the lead; automated mail never is one. `startsAt`: when the meeting that was booked by it takes place,
 * as far as that is known.
 */
export type Touch = { id: string; kind: TouchKind; outcome: TouchOutcome; note: string; startsAt?: Date };

/** What of a change of the contact HubSpot may refuse for reasons of its own. */
export const heldUpFields = ['ownerId', 'lifecycleStage', 'leadStatus'] as const;
export type HeldUpField = (typeof heldUpFields)[number];

/** A property of the portal's that has to be filled in before HubSpot takes a change. */
export type Wanted = { property: string; label: string };

/** What HubSpot would not take, and what it wants before it does; nothing where nobody can fill anything in. */
export type HeldUp = { fields: readonly HeldUpField[]; wants: readonly Wanted[] };

/** What somebody filled in: `value` as HubSpot has it, `shown` as people read it. */
export type FilledIn = Wanted & { value: string; shown: string };

/** One passing of one lead to sales, from qualified to closed. */
export type Handoff = {
  id: HandoffId;
  leadId: LeadId;
  trigger: string;
  policyVersion: string;
  targets: Targets;
  qualifiedAt: Date;
  /** When the webhook came by which it qualified; absent: none told of it. */
  heardAt?: Date;
  /** Counts the events so far: what a message or a decision was based on. */
  version: number;
  assignment: Assignment;
  /** Who may claim it from the holder, until somebody acts on it. */
  openTo: readonly PersonId[];
  /** When the card first reached somebody. */
  deliveredAt: Date | null;
  /** When it reached the holder of now. */
  reachedAt: Date | null;
  /** When the holder gets it together with others; absent: by its card, at once. */
  digestAt?: Date;
  /** The rep's first answer to the card, whichever it was. */
  acknowledgedAt: Date | null;
  /** When the lead was contacted, oldest first. */
  attempts: readonly Date[];
  firstTouchAt: Date | null;
  /** The first meeting that was booked since it qualified, the first deal, and when that was won. */
  meetingAt: Date | null;
  opportunityAt: Date | null;
  wonAt: Date | null;
  ackBreachedAt: Date | null;
  touchBreachedAt: Date | null;
  /** The manager who was told, when an answer did not come. */
  escalatedTo: PersonId | null;
  /** Why the rep could not be reached in chat, when that is so. */
  unreachable: Why | null;
  /** How often the holder has put it off, and until when. */
  snoozes: number;
  snoozedUntil: Date | null;
  /** The holder wants to be left alone until then, which is past the target: due then, if the manager agrees. */
  asked: { until: Date; due: Date } | null;
  pingedAt: Date | null;
  /** Null: HubSpot has taken everything. */
  heldUp: HeldUp | null;
  /** Since when nurture is paused because of it, and until when at most; null: it is not. */
  pause: Pause | null;
  /** What the due time of the running target was worked out from. */
  granted: Granted;
  /** Nothing more is to be done about an intro: by this holder, or by anybody. Absent: one may be due. */
  introOver?: 'forHolder' | 'forGood';
  /** Fence of the timers: those of an earlier run do nothing. */
  clockRun: number;
  /** How sales had the lead before, when that came to nothing; absent: it did not. */
  back?: Back;
  /** By when whoever works on it means to try again; absent: they have planned nothing. */
  tryAgainBy?: Date;
  /** Places in the log of the webhooks that were told of the target that runs; absent: none was. */
  called?: readonly number[];
  /** What its last event can be taken back to; absent: nothing can be taken back. */
  undoable?: Undoable;
} & HandoffState;

/** What people do that can be taken back while nothing else happens. */
export const undoableActs = [
  'accepted',
  'touched',
  'graceGiven',
  'disqualified',
  'gaveUp',
  'recycled',
] as const;
export type UndoableAct = (typeof undoableActs)[number];

/** What somebody did last, and how the handoff stood before it. */
export type Undoable = Undone & { by: PersonId; at: Date; before: Handoff };

/** `touch`: the one that was logged. */
type Undone = { what: UndoableAct; touch?: Pick<Touch, 'id' | 'kind'> };

/** A pause of nurture, with its lease. */
export type Pause = { since: Date; until: Date };

/** Why a pause ends before its handoff, or after it. `gone`: the contact is no more. */
export type PauseEnd = 'leaseOver' | 'byHand' | 'gone';

/** Where a handoff stands; each state holds the due time that is running in it. */
export type HandoffState =
  | { status: 'offered'; respondBy: Date }
  | { status: 'accepted'; respondBy: Date; acceptedAt: Date; touchBy: Date }
  | { status: 'working'; respondBy: Date; acceptedAt: Date; touchBy: Date }
  | {
      status: 'closed';
      respondBy: Date;
      closedAt: Date;
      outcome: Outcome;
      reason: string | null;
      /** Present when somebody of sales sent the lead back. */
      sentBack?: SentBack;
      /** Where it stood until then. */
      stood?: Stood;
    };

/** How an open handoff stood, to go on from there. */
export type Stood =
  | { status: 'offered' }
  | { status: 'accepted' | 'working'; acceptedAt: Date; touchBy: Date };

/** A handoff that is not closed. */
export type OpenHandoff = Exclude<Handoff, { status: 'closed' }>;

/** Whose a contact is, and since when, as far as HubSpot tells. */
export type Owned = { ownerId: OwnerId | null; since: Date | null };

/**
 * What happened, in the past tense. `at` and who caused it stand beside it in the log. `pausedUntil`: it begins or renews
 * the pause of nurture, or lets it last beyond the end of the handoff.
 */
export type HandoffEvent = Happening & { pausedUntil?: Date };

type Happening =
  /** `ownerSeen`: the contact's owner when it was read to be routed. */
  | {
      type: 'offered';
      assignment: Assignment;
      respondBy: Date;
      granted: Granted;
      evidence: Why;
      ownerSeen?: Owned;
      /** How sales had the lead before. */
      back?: Back;
      /** The target counts from the digest in which the lead comes to its rep. */
      digestAt?: Date;
    }
  | { type: 'delivered'; to: PersonId; respondBy: Date; granted: Granted }
  | { type: 'unreachable'; rep: PersonId; why: Why; manager: PersonId }
  /** `since`: the rep had reached out already, as HubSpot tells. */
  | { type: 'accepted'; touchBy: Date; granted: Granted; since?: Date }
  /**
   * `found`: by whom and when, as HubSpot's record of it tells; otherwise it was logged from the card. `madeAt`: some time
   * before. `next`: by when they mean to try again.
   */
  | {
      type: 'touched';
      touch: Touch;
      found?: { recordId: string; rep: PersonId; at: Date };
      madeAt?: Date;
      next?: Date;
    }
  /** The time has come at which the holder meant to try again. */
  | { type: 'attemptDue'; rep: PersonId; due: Date }
  /** Whoever did it took it back: all events after `after` count for nothing, and it stands as it did then. */
  | ({ type: 'undone'; after: number; since: Date } & Undone)
  /** `other`: the contact of which it is a duplicate. */
  | { type: 'disqualified'; reason: string; note: string; lock?: Lock; other?: LeadId }
  /** The lead never answered. */
  | { type: 'gaveUp'; reason: string; note: string; lock?: Lock }
  /**
   * Its time has not come: back to nurture, to the stage and status that are given, until then. `revisitAt` null: it has
   * come back so often that it does not by itself any more.
   */
  | {
      type: 'recycled';
      reason: string;
      note: string;
      lock: Lock;
      revisitAt: Date | null;
      lifecycle: string | null;
      leadStatus: string | null;
    }
  /** Its manager thinks otherwise: it goes on where it was, with the time that was left. */
  | { type: 'overturned'; ended: Outcome; begun: (Term & { clock: TargetName }) | null }
  /** `listed`: the reason is one of the other list. */
  | { type: 'handedBack'; reason: string; note: string; listed?: 'disqualifyReasons' }
  | { type: 'snoozed'; until: Date }
  /** `late`: recorded long after it was due, as after a standstill. The same in the events below. */
  | { type: 'snoozeEnded'; clock: TargetName; rep: PersonId; due: Date; late?: true }
  /** A snooze past the target, which is the manager's to allow. */
  | { type: 'graceAsked'; clock: TargetName; until: Date; due: Date; manager: PersonId }
  | {
      type: 'reassigned';
      from: PersonId;
      assignment: Assignment;
      respondBy: Date;
      granted: Granted;
      /** Present when nobody chose to reassign it: why it moved, and the manager who is to know. */
      moved?: { why: Why; manager: PersonId | null };
      /** What whoever chose it has to say to the next rep. */
      note?: string;
      digestAt?: Date;
    }
  /** `snoozedUntil`: it was asked for, to be left alone until then. */
  | { type: 'graceGiven'; clock: TargetName; until: Date; granted: Granted; snoozedUntil?: Date }
  /** The working time of the rep changed: they are away, or work other hours. Or the lead comes in another digest. */
  | {
      type: 'rescheduled';
      clock: TargetName;
      due: Date;
      why: Why;
      manager: PersonId | null;
      digestAt?: Date;
    }
  | { type: 'reminded'; clock: TargetName; rep: PersonId; due: Date; loud?: true }
  /** `unanswered`: the rep had the card while they were at work and let the target pass. */
  | { type: 'breached'; clock: TargetName; due: Date; rep?: PersonId; unanswered?: true; late?: true }
  | { type: 'offeredToTeam'; clock: TargetName; team: string; openTo: readonly PersonId[] }
  | { type: 'escalated'; clock: TargetName; manager: PersonId }
  | { type: 'nobodyFree'; clock: TargetName; wanted: 'offerToTeam' | 'reassign'; why: Why }
  | { type: 'channelTold'; clock: TargetName; platform: Platform; channel: string }
  /** Told outside of the chats that the lead waits. */
  | { type: 'alerted'; clock: TargetName; rep: PersonId; due: Date; alert: Alert }
  | { type: 'notAlerted'; alert: Alert; why: Why }
  | { type: 'channelUnreachable'; platform: Platform; channel: string; why: Why }
  /** The bot had stood still while something fell due: whoever holds it has a little time from now on. */
  | {
      type: 'resumed';
      clock: TargetName;
      due: Date;
      granted: Granted;
      rep: PersonId;
      manager: PersonId | null;
    }
  | { type: 'pinged'; rep: PersonId; due: Date | null }
  /** Somebody wanted to have the card in front of them. */
  | { type: 'shown'; to: PersonId }
  /** `at`: when it was booked; `startsAt`: when it takes place. */
  | { type: 'meetingBooked'; recordId: string; at: Date; startsAt?: Date }
  /** And none in its place. `begun`: what is due again. */
  | {
      type: 'meetingCalledOff';
      recordId: string;
      rep: PersonId;
      begun: (Term & { clock: TargetName }) | null;
    }
  /** The lead did something more urgent than what it was handed over for. `sooner`: what is due earlier for it. */
  | {
      type: 'strengthened';
      trigger: string;
      evidence: Why;
      targets: Targets;
      rep: PersonId;
      sooner: (Term & { clock: TargetName }) | null;
    }
  /** The lead did once more what it was handed over for, or what is less urgent. `soon`: right after the last time. */
  | { type: 'repeated'; trigger: string; found: Why; at: Date; soon?: true }
  /** By now the lead would not be handed over any more. */
  | { type: 'excluded'; name: string; why: Why }
  /** By the bot, in HubSpot. */
  | {
      type: 'dealMade';
      recordId: string;
      url: string;
      name: string;
      stage: Named;
      ifDisqualified: DealEnd;
    }
  /** The policy asks for a deal: there is an open one already, or HubSpot would not take it. */
  | { type: 'dealNotMade'; because: { open: string } | { refused: Why } }
  | { type: 'dealCreated'; recordId: string; at: Date }
  | { type: 'dealWon'; recordId: string; at: Date }
  /** Somebody gave the contact to an owner who takes no leads, or to nobody. */
  /**
   * What HubSpot would not take changed; null: nothing is held up any more. `asked`: who is to fill in what it wants;
   * null: nobody has to be told. `open`: the form is in front of them already.
   */
  | { type: 'heldUp'; heldUp: HeldUp | null; asked: PersonId | null; open?: true }
  /** Somebody filled in properties of the contact, and HubSpot has them. */
  | { type: 'updated'; values: readonly FilledIn[]; heldUp: HeldUp | null }
  | { type: 'ownerLost'; ownerId: OwnerId | null; manager: PersonId }
  /** The lead was greeted from the rep's mailbox, by their sequence of this name; no touch. */
  | { type: 'introSent'; rep: PersonId; sequence: string; at: Date }
  | { type: 'introNotSent'; rep: PersonId; why: IntroObstacle }
  /** A language model of this name summarised what is known of the lead. */
  | { type: 'summarised'; text: string; model: string }
  | { type: 'pauseEnded'; why: PauseEnd }
  /** `excluded`: the label of the policy's exclusion; otherwise the contact is no more, or goes on as another. */
  | { type: 'withdrawn'; why: Why; excluded?: string };

/** How somebody, or another system, is told outside of the chats. */
export type Alert = { kind: 'mail'; to: string } | { kind: 'webhook'; name: string };

/** An event with its place in the log. `by` is null when a timer or the system caused it. */
export type Logged = { seq: number; at: Date; by: PersonId | null; event: HandoffEvent };

/** The first event of a handoff: a lead is offered to the rep that routing found. */
export function offer(
  assignment: Assignment,
  targets: Targets,
  evidence: Why,
  policy: Policy,
  ownerSeen: Owned,
  digestAt: Date | null = null,
): Extract<HandoffEvent, { type: 'offered' }> {
  const { due, granted } = answerTerm(assignment, targets, policy, digestAt);
  const pausedUntil = policy.suppression?.from === 'offer' && leaseFrom(assignment.at, policy.suppression);
  const event = { type: 'offered', assignment, evidence, respondBy: due, granted, ownerSeen } as const;
  return { ...event, ...(pausedUntil && { pausedUntil }), ...(digestAt && { digestAt }) };
}

/** When whoever gets a lead must have answered: counted from when they get it, or from the digest in which it comes. */
export function answerTerm(
  { rep, at }: Assignment,
  targets: Targets,
  policy: Policy,
  digestAt: Date | null,
): Term {
  return termAfter('acknowledge', targets, policy, { rep, at: digestAt ?? at });
}

/** A handoff as it stands right after it was offered. */
export function begin(
  facts: Pick<Handoff, 'id' | 'leadId' | 'trigger' | 'policyVersion' | 'targets' | 'qualifiedAt' | 'heardAt'>,
  offered: Extract<HandoffEvent, { type: 'offered' }>,
): Handoff {
  return {
    ...facts,
    ...(offered.back && { back: offered.back }),
    version: 1,
    ...assigned(offered),
    deliveredAt: null,
    acknowledgedAt: null,
    attempts: [],
    firstTouchAt: null,
    meetingAt: null,
    opportunityAt: null,
    wonAt: null,
    ackBreachedAt: null,
    touchBreachedAt: null,
    escalatedTo: null,
    heldUp: null,
    clockRun: 1,
    pause: pauseAfter(null, offered, false, offered.assignment.at),
  };
}

/** What is new with every rep who gets it. */
function assigned({
  assignment,
  respondBy,
  granted,
  digestAt,
}: Pick<Extract<HandoffEvent, { type: 'offered' }>, 'assignment' | 'respondBy' | 'granted' | 'digestAt'>) {
  return {
    ...(digestAt && { digestAt }),
    status: 'offered' as const,
    assignment,
    respondBy,
    granted,
    openTo: assignment.openTo ?? [],
    reachedAt: null,
    unreachable: null,
    snoozes: 0,
    snoozedUntil: null,
    asked: null,
    pingedAt: null,
  };
}

/** Whether its holder has not heard of it yet, as it comes to them in a digest. */
export function waitsForDigest({ status, digestAt, reachedAt, unreachable }: Handoff): boolean {
  return status === 'offered' && digestAt !== undefined && !reachedAt && !unreachable;
}

/** Who may claim a lead from its holder, until somebody acts on it. */
export function openTo({ status, openTo: people }: Handoff): readonly PersonId[] {
  return status === 'offered' || status === 'accepted' ? people : [];
}

/** Whether it matters that a card arrives at somebody: it is the first, or the first that reaches the holder of now. */
export function awaitsArrival(
  { deliveredAt, reachedAt, unreachable, assignment }: Handoff,
  reader: PersonId,
): boolean {
  return !deliveredAt || (reader === assignment.rep && (!reachedAt || unreachable !== null));
}

/**
 * The target that is running now: acknowledge until the first answer, then touch until the first touch. None is when the
 * lead has a meeting since the holder has it: there is nothing left to remind of.
 */
export function running(handoff: Handoff): RunningTarget | null {
  if (handoff.meetingAt && handoff.meetingAt >= handoff.assignment.at) return null;
  const { clockRun: run, snoozedUntil, assignment } = handoff;
  const whose = { run, snoozedUntil, rep: assignment.rep, team: assignment.team };
  switch (handoff.status) {
    case 'offered':
      return { clock: 'acknowledge', due: handoff.respondBy, ...whose };
    case 'accepted':
      return { clock: 'touch', due: handoff.touchBy, ...whose };
    case 'working':
    case 'closed':
      return null;
    default:
      return handoff satisfies never;
  }
}

/** A handoff whose meeting fell through: whoever was working on it has to reach out once more. */
export function withoutMeeting(handoff: Handoff): Handoff {
  const unmet = { ...handoff, meetingAt: null };
  return unmet.status === 'working' ? { ...unmet, status: 'accepted' } : unmet;
}

/**
 * The handoff after an event. Every event counts one version; one that changes who or what is due restarts the timers.
 * @param by who caused it; null: nobody
 */
export function evolve(handoff: Handoff, event: HandoffEvent, at: Date, by: PersonId | null = null): Handoff {
  const { undoable, ...before } = handoff;
  const [version, clockRun] = [handoff.version + 1, handoff.clockRun + 1];
  if (event.type === 'undone' && undoable) {
    return { ...undoable.before, leadId: handoff.leadId, version, clockRun };
  }
  const next = withoutCalls(before, stateAfter(before, event, at, by));
  const ends = handoff.status !== 'closed' && next.status === 'closed';
  const kept = undoableAfter(handoff, event, at, by);
  const pause = pauseAfter(handoff.pause, event, ends, at);
  return { ...next, pause, ...(kept && { undoable: kept, clockRun }) };
}

/** What other systems were told of a target is over with it, and when somebody else has the lead. */
function withoutCalls(before: Handoff, next: Handoff): Handoff {
  const [was, is] = [running(before), running(next)];
  if (!next.called || (was?.clock === is?.clock && was?.rep === is?.rep)) return next;
  const { called: _, ...facts } = next;
  return facts;
}

/**
 * What an event can be taken back to; null when it cannot. A touch that accepts the lead first is taken back with that. Who
 * took a lead from somebody else does not give it back by it.
 */
function undoableAfter(
  handoff: Handoff,
  event: HandoffEvent,
  at: Date,
  by: PersonId | null,
): Undoable | null {
  const { undoable, ...before } = handoff;
  const what = undoableActs.find((act) => act === event.type);
  const { reasons, at: assignedAt } = handoff.assignment;
  const reason = reasons.at(-1);
  const isTaken = reason?.kind === 'reassigned' && reason.by === reason.person && +assignedAt === +at;
  if (by === null || !what || (what === 'accepted' && isTaken)) return null;
  const isSame = undoable?.what === 'accepted' && what === 'touched' && +undoable.at === +at;
  const touch = event.type === 'touched' && { id: event.touch.id, kind: event.touch.kind };
  return { what, by, at, ...(touch && { touch }), before: isSame ? undoable.before : before };
}

function pauseAfter(pause: Pause | null, event: HandoffEvent, ends: boolean, at: Date): Pause | null {
  if (event.pausedUntil) return { since: pause?.since ?? at, until: event.pausedUntil };
  return ends || event.type === 'pauseEnded' ? null : pause;
}

function stateAfter(handoff: Handoff, event: HandoffEvent, at: Date, by: PersonId | null): Handoff {
  const next = { ...handoff, version: handoff.version + 1 };
  const restarted = handoff.clockRun + 1;
  switch (event.type) {
    case 'offered':
      throw new RangeError('a handoff is offered once, when it begins');
    case 'delivered': {
      const moved = event.respondBy.getTime() !== handoff.respondBy.getTime();
      const isHolder = event.to === handoff.assignment.rep;
      return {
        ...next,
        deliveredAt: handoff.deliveredAt ?? at,
        reachedAt: isHolder ? at : handoff.reachedAt,
        respondBy: event.respondBy,
        granted: moved ? event.granted : handoff.granted,
        unreachable: isHolder ? null : handoff.unreachable,
        ackBreachedAt: moved ? breachBefore(handoff) : handoff.ackBreachedAt,
        clockRun: moved ? restarted : handoff.clockRun,
      };
    }
    case 'unreachable':
      return { ...next, unreachable: event.why, escalatedTo: event.manager };
    case 'accepted': {
      const acceptedAt = event.since ?? at;
      return {
        ...next,
        status: 'accepted',
        acceptedAt,
        acknowledgedAt: earliest(handoff.acknowledgedAt, acceptedAt),
        ackBreachedAt: unless(event.since, handoff.ackBreachedAt),
        reachedAt: handoff.reachedAt ?? at,
        touchBy: event.touchBy,
        granted: event.granted,
        openTo: [],
        unreachable: null,
        snoozedUntil: null,
        asked: null,
        clockRun: restarted,
      };
    }
    case 'touched':
      return touchedBy(next, event, at);
    case 'disqualified':
      return sentBack(answered(next, at), 'disqualified', event, by, at);
    case 'gaveUp':
      return sentBack(answered(next, at), 'unresponsive', event, by, at);
    case 'recycled':
      return sentBack(answered(next, at), 'recycled', event, by, at);
    case 'overturned':
      return overturned(next, event);
    case 'withdrawn':
      return { ...closed(next, 'withdrawn', event.excluded ?? nameOf(event.why), at), heldUp: null };
    case 'handedBack':
      return answered(next, at);
    case 'snoozed':
      return { ...next, snoozes: handoff.snoozes + 1, snoozedUntil: event.until, clockRun: restarted };
    case 'snoozeEnded':
      return { ...next, snoozedUntil: null };
    case 'graceAsked':
      return { ...next, asked: { until: event.until, due: event.due }, escalatedTo: event.manager };
    case 'reassigned':
      return {
        ...withoutPlan(withoutAnswer(byCard(introducedByOther(next)))),
        ...assigned(event),
        escalatedTo: event.moved?.manager ?? handoff.escalatedTo,
        clockRun: restarted,
      };
    case 'graceGiven': {
      // More time does not end a snooze.
      const snoozedUntil = event.snoozedUntil ?? handoff.snoozedUntil;
      const given = { granted: event.granted, snoozedUntil, asked: null };
      return { ...withDue(next, event.clock, event.until), ...given, clockRun: restarted };
    }
    case 'rescheduled': {
      const escalatedTo = event.manager ?? handoff.escalatedTo;
      // A due time that comes nearer ends a snooze that would outlast it.
      const { snoozedUntil: before } = handoff;
      const snoozedUntil = before && before <= event.due ? before : null;
      const later = {
        ...withDue(next, event.clock, event.due),
        escalatedTo,
        snoozedUntil,
        clockRun: restarted,
      };
      const { digestAt } = event;
      if (!digestAt) return later;
      return { ...later, digestAt, granted: next.granted && { ...next.granted, from: digestAt } };
    }
    case 'breached':
      // Also when it is recorded late: a call after the due time was late all the same.
      return event.clock === 'acknowledge'
        ? { ...next, ackBreachedAt: event.due }
        : { ...next, touchBreachedAt: event.due };
    case 'offeredToTeam':
      return { ...next, openTo: event.openTo };
    case 'escalated':
      return { ...next, escalatedTo: event.manager };
    case 'resumed': {
      const begun = { granted: event.granted, snoozedUntil: null, asked: null, clockRun: restarted };
      return { ...withDue(next, event.clock, event.due), ...begun };
    }
    case 'shown':
      return event.to === handoff.assignment.rep ? next : { ...next, escalatedTo: event.to };
    case 'ownerLost':
      return { ...next, escalatedTo: event.manager };
    case 'pinged':
      return { ...next, pingedAt: at };
    case 'meetingBooked': {
      const met = { ...withoutPlan(next), meetingAt: event.at };
      // After a meeting from before the holder had the lead their target runs on.
      return running(met) ? met : { ...met, snoozedUntil: null, asked: null, clockRun: restarted };
    }
    case 'meetingCalledOff': {
      if (!event.begun) return { ...next, meetingAt: null };
      return { ...due(withoutMeeting(next), event.begun), clockRun: restarted };
    }
    case 'strengthened': {
      const { trigger, targets, sooner } = event;
      const hotter = { ...byCard(next), trigger, targets };
      if (!sooner) return hotter;
      // A snooze that would outlast the new due time is over.
      const { snoozedUntil: before } = handoff;
      const snoozedUntil = before && before <= sooner.due ? before : null;
      return { ...due(hotter, sooner), snoozedUntil, asked: null, clockRun: restarted };
    }
    case 'dealCreated':
      return { ...closed(next, 'converted', null, at), opportunityAt: event.at };
    case 'dealWon':
      return { ...next, wonAt: event.at };
    case 'heldUp':
    case 'updated':
      return { ...next, heldUp: event.heldUp };
    case 'introSent':
      return { ...next, introOver: 'forGood' };
    case 'introNotSent':
      return { ...next, introOver: isAboutRep(event.why) ? 'forHolder' : 'forGood' };
    case 'attemptDue':
    case 'undone':
    case 'dealMade':
    case 'dealNotMade':
    case 'excluded':
    case 'reminded':
    case 'nobodyFree':
    case 'channelTold':
    case 'channelUnreachable':
    case 'summarised':
    case 'notAlerted':
    case 'repeated':
    case 'pauseEnded':
      return next;
    case 'alerted':
      return event.alert.kind === 'webhook'
        ? { ...next, called: [...(handoff.called ?? []), next.version] }
        : next;
    default:
      return event satisfies never;
  }
}

function answered(handoff: Handoff, at: Date): Handoff {
  return { ...handoff, acknowledgedAt: handoff.acknowledgedAt ?? at };
}

/** What an answer brought is the answered handoff's alone: whoever gets it next has not accepted anything. */
function withoutAnswer(handoff: Handoff) {
  if (handoff.status !== 'accepted' && handoff.status !== 'working') return handoff;
  const { acceptedAt: _, touchBy: __, ...facts } = handoff;
  return facts;
}

/** A lead that waits for no digest, whatever it waited for. */
function byCard(handoff: Handoff): Handoff {
  const { digestAt: _, ...facts } = handoff;
  return facts;
}

/** A plan is whose it was, and of a lead that nobody has met yet. */
function withoutPlan<Facts extends object>(handoff: Facts & { tryAgainBy?: Date }): Facts {
  const { tryAgainBy: _, ...facts } = handoff;
  return facts as Facts;
}

/** What kept one holder from introducing themselves need not keep the next. */
function introducedByOther(handoff: Handoff): Handoff {
  const { introOver, ...facts } = handoff;
  return introOver === 'forHolder' ? facts : handoff;
}

/** A name for the measures, as those that the policy gives to its reasons. */
function nameOf(why: Why): string {
  return typeof why === 'string' ? why : why.kind;
}

function closed(handoff: Handoff, outcome: Outcome, reason: string | null, at: Date): Handoff {
  const ended = { status: 'closed', closedAt: at, outcome, reason } as const;
  const over = { openTo: [], snoozedUntil: null, asked: null, clockRun: handoff.clockRun + 1 };
  return { ...withoutAnswer(handoff), ...ended, ...over };
}

/** Somebody of sales ends it, and says why. */
function sentBack(
  handoff: Handoff,
  outcome: Outcome,
  event: Extract<HandoffEvent, { type: 'disqualified' | 'gaveUp' | 'recycled' }>,
  by: PersonId | null,
  at: Date,
): Handoff {
  const { note, lock = null } = event;
  const revisitAt = event.type === 'recycled' ? event.revisitAt : null;
  const ended = closed(handoff, outcome, event.reason, at);
  return { ...ended, sentBack: { by, note, lock, revisitAt }, ...stoodAs(handoff) } as Handoff;
}

function stoodAs(handoff: Handoff): { stood?: Stood } {
  switch (handoff.status) {
    case 'offered':
      return { stood: { status: 'offered' } };
    case 'accepted':
    case 'working': {
      const { status, acceptedAt, touchBy } = handoff;
      return { stood: { status, acceptedAt, touchBy } };
    }
    case 'closed':
      return {};
    default:
      return handoff satisfies never;
  }
}

function overturned(handoff: Handoff, { begun }: Extract<HandoffEvent, { type: 'overturned' }>): Handoff {
  if (handoff.status !== 'closed') return handoff;
  const open = reopened(handoff);
  return { ...(begun ? due(open, begun) : open), clockRun: handoff.clockRun + 1 };
}

/** A handoff that was sent back as it stood before. */
export function reopened(handoff: Extract<Handoff, { status: 'closed' }>): OpenHandoff {
  const { closedAt: _at, outcome: _outcome, reason: _reason, sentBack: _sentBack, stood, ...facts } = handoff;
  return { ...facts, ...(stood ?? { status: 'offered' }) };
}

function touchedBy(handoff: Handoff, event: Extract<HandoffEvent, { type: 'touched' }>, at: Date): Handoff {
  if (handoff.status !== 'accepted' && handoff.status !== 'working') return handoff;
  const { touch, found, next } = event;
  const touchedAt = madeAt(event, at);
  const isPlanned = handoff.tryAgainBy !== undefined || next !== undefined;
  return {
    ...withoutPlan(handoff),
    status: 'working',
    attempts: [...handoff.attempts, touchedAt].sort((a, b) => a.getTime() - b.getTime()),
    firstTouchAt: earliest(handoff.firstTouchAt, touchedAt),
    touchBreachedAt: unless(found?.at ?? event.madeAt, handoff.touchBreachedAt),
    meetingAt: handoff.meetingAt ?? (touch.outcome === 'booked' ? touchedAt : null),
    openTo: [],
    snoozedUntil: null,
    asked: null,
    ...(next && { tryAgainBy: next }),
    clockRun: handoff.clockRun + (handoff.status === 'accepted' || isPlanned ? 1 : 0),
  };
}

/** When a touch was made, which was logged or found `at`. */
export function madeAt(
  { found, madeAt: before }: Pick<Extract<HandoffEvent, { type: 'touched' }>, 'found' | 'madeAt'>,
  at: Date,
): Date {
  return found?.at ?? before ?? at;
}

/** The breach of whoever had it before: a later one, before the card had even come, was nobody's. */
function breachBefore({ ackBreachedAt, assignment }: Handoff): Date | null {
  return ackBreachedAt && ackBreachedAt <= assignment.at ? ackBreachedAt : null;
}

/** A breach, unless what HubSpot tells of came before it. */
function unless(foundAt: Date | undefined, breachedAt: Date | null): Date | null {
  return foundAt && breachedAt && foundAt <= breachedAt ? null : breachedAt;
}

function earliest(known: Date | null, other: Date): Date {
  return known && known < other ? known : other;
}

function due(handoff: Handoff, { clock, due: at, granted }: Term & { clock: TargetName }): Handoff {
  return { ...withDue(handoff, clock, at), granted };
}

function withDue(handoff: Handoff, target: TargetName, due: Date): Handoff {
  if (target === 'acknowledge') return { ...handoff, respondBy: due };
  return handoff.status === 'accepted' ? { ...handoff, touchBy: due } : handoff;
}
