import type { HandoffId, Outcome } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { AssignmentEnd } from '../../domain/measure/assignment-facts.ts';
import type { Took } from '../../domain/measure/measured.ts';
import type { Sight, Spread } from '../../domain/measure/tally.ts';
import type { PersonId } from '../../domain/policy/policy.ts';

/** An hour of the week by the clocks of a zone; ISO weekdays, Monday is 1. */
export type HourOfWeek = { weekday: number; hour: number };

/** Times that somebody held a lead, as a tally counts them; figures by their names. */
export const timesHeld = [
  ...(['answeredInTime', 'touchedInTime', 'inTime', 'toAcknowledge', 'toAcknowledgeWall'] as const),
  ...(['toTouch', 'toTouchWall', 'accepted', 'handedBack', 'movedOn'] as const),
  ...(['held', 'answerLate', 'touchLate', 'late', 'takenOver'] as const),
] as const;

/** Leads as a whole, as a tally counts them; figures by their names. */
export const wholeLeads = [
  ...([
    'toMeeting',
    'toDeal',
    'disqualified',
    'recycled',
    'touched',
    'meetings',
    'deals',
    'becameSql',
  ] as const),
  ...(['won', 'touchesEach', 'escalated', 'rescued', 'fallback'] as const),
  ...(['all', 'open', 'sentBack', 'converted', 'withdrawn'] as const),
] as const;

export type Which = (typeof timesHeld)[number] | (typeof wholeLeads)[number];

/** One of those that a number counts: a lead as whoever held it, or had it last. */
export type Listed = {
  handoffId: HandoffId;
  leadId: LeadId;
  rep: PersonId;
  team: string | null;
  trigger: string;
  source: string | null;
  qualifiedAt: Date;
  toAcknowledge: Took | null;
  toTouch: Took | null;
  isLate: boolean;
  endedAs: AssignmentEnd | null;
  outcome: Outcome | null;
  reason: string | null;
};

/** From when to when something took its time. */
export const stages = ['webhook', 'decided', 'card', 'seen', 'answered', 'touched'] as const;
export type Stage = (typeof stages)[number];

export type Narrowed = Sight & { reason?: string | null; at?: HourOfWeek & { zone: string } };

/** What stands behind the tallies, as of a moment. */
export type MeasuredLists = {
  /** Those that a number counts, the newest first, and how many there are. */
  list(
    sight: Narrowed,
    which: Which,
    page: { skip: number; take: number },
    now: Date,
  ): Promise<{ rows: Listed[]; count: number }>;
  /** How targets were kept of the leads whose cards came in an hour of the week, in a zone. */
  byHour(sight: Sight, zone: string, now: Date): Promise<(HourOfWeek & { inTime: number; late: number })[]>;
  /** Why leads were sent back, and where these came from. */
  sentBack(
    sight: Sight,
  ): Promise<{ outcome: Outcome; reason: string | null; source: string | null; count: number }[]>;
  /** How long each step took since the one before it, of those of which both are known, in seconds. */
  stages(sight: Sight): Promise<ReadonlyMap<Stage, Spread>>;
  /** Whether any lead among these has it, of whatever time. */
  has(among: Pick<Sight, 'reps' | 'teams'>, side: 'team' | 'rep' | 'trigger', name: string): Promise<boolean>;
  /** The open handoffs of these people or teams, those that have been waiting longest first. */
  open(of: Pick<Sight, 'reps' | 'teams' | 'triggers' | 'sources'>, most: number): Promise<HandoffId[]>;
};
