import type { Outcome } from '../handoff/handoff.ts';
import type { PersonId } from '../policy/policy.ts';
import type { SecondsSpent } from './measured.ts';

/** Of how many, and the seconds within which half and nine of ten of them lie. */
export type Spread = { count: number; median: number; p90: number };

/** By the wall clock, and in working time. */
export type Spreads = { wall: Spread | null; working: Spread | null };

/** How a target was kept. `open`: it is running and not late, which counts neither for nor against anybody. */
export type Kept = { inTime: number; late: number; open: number };

/** What is counted over the times that people held leads: what happened to each counts for whom it happened to. */
export type AssignmentTally = {
  assignments: number;
  acknowledge: Kept;
  touch: Kept;
  /** Both targets: neither is late, and none is left to be kept. */
  both: Kept;
  toAcknowledge: Spreads;
  toTouch: Spreads;
  answered: number;
  /** What the first answer was, or led to. */
  acceptances: number;
  handedBack: number;
  sentBack: number;
  /** Gone to somebody else, as they had not answered or were away. */
  movedOn: number;
  rescues: number;
};

/** How many came so far; `of` how many of which that is known: those, and whatever is closed without. */
export type Reached = { count: number; of: number };

/** What is counted over leads as a whole, however many people had them. */
export type HandoffTally = {
  handoffs: number;
  open: number;
  /** Sales accepted it, reached out, met them, made a deal of it; of those accepted, won it. */
  accepted: Reached;
  touched: Reached;
  met: Reached;
  opportunity: Reached;
  won: Reached;
  touches: number;
  ended: Readonly<Record<Outcome, number>>;
  escalated: number;
  rescued: number;
  fallback: number;
  toMeeting: Spread | null;
  toOpportunity: Spread | null;
  /** The sum over those that were touched, and how many those are. */
  spent: SecondsSpent & { count: number };
};

export type Tally = AssignmentTally & HandoffTally;

/**
 * Which leads: those that qualified in a period, and of these the ones that fit. A rep's are those that they held; what is
 * counted over leads as a whole is then that of their last holder.
 */
export type Sight = {
  from: Date;
  until: Date;
  reps?: readonly PersonId[];
  teams?: readonly string[];
  triggers?: readonly string[];
  sources?: readonly string[];
};

const nobody: Kept = { inTime: 0, late: 0, open: 0 };
const noTimes: Spreads = { wall: null, working: null };

/** Of nobody who held a lead. */
export const noAssignments: AssignmentTally = {
  assignments: 0,
  acknowledge: nobody,
  touch: nobody,
  both: nobody,
  toAcknowledge: noTimes,
  toTouch: noTimes,
  answered: 0,
  acceptances: 0,
  handedBack: 0,
  sentBack: 0,
  movedOn: 0,
  rescues: 0,
};

const none: Reached = { count: 0, of: 0 };

/** Of no lead. */
export const noHandoffs: HandoffTally = {
  handoffs: 0,
  open: 0,
  accepted: none,
  touched: none,
  met: none,
  opportunity: none,
  won: none,
  touches: 0,
  ended: { converted: 0, disqualified: 0, recycled: 0, withdrawn: 0, unresponsive: 0 },
  escalated: 0,
  rescued: 0,
  fallback: 0,
  toMeeting: null,
  toOpportunity: null,
  spent: { system: 0, offHours: 0, rep: 0, count: 0 },
};
