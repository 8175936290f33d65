import fc from 'fast-check';
import { type Command, decide } from '../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, type HandoffEvent, running } from '../../src/domain/handoff/handoff.ts';
import { climb, type DueRung, type Surroundings } from '../../src/domain/handoff/ladder.ts';
import { teamOf } from '../../src/domain/policy/people-of.ts';
import type { Grace, LadderStep, PersonId, Policy, TargetName } from '../../src/domain/policy/policy.ts';
import { managerOf } from '../../src/domain/policy/who-decides.ts';
import { withAbsences } from '../../src/domain/policy/working-hours.ts';
import { budget, dealMade, heldUp } from './events.ts';
import {
  ada,
  assignedAt,
  assignment,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  lead,
  minutesAfter,
  offered,
  policy,
  reason,
  routing,
  rule,
  rung,
  stranger,
  target,
  targets,
  touch,
} from './examples.ts';

export const steps: readonly LadderStep[] = [
  rung(-5, { do: 'remind' }, { offHours: 'wait' }),
  rung(0, { do: 'message' }, { repeat: { times: 3, everyMinutes: 10 } }),
  rung(5, { do: 'offerToTeam' }, { offHours: 'wait' }),
  rung(10, { do: 'tellManager' }),
  rung(30, { do: 'reassign', to: null }),
  rung(45, { do: 'reassign', to: { kind: 'pool', team: 'International' } }),
  rung(60, { do: 'tellChannel', platform: 'slack', channel: 'C0HANDOFFS1' }),
];
export const rules = policy({
  update: ['budget'],
  ladders: { acknowledge: steps, touch: steps },
  routing: routing([rule({ kind: 'rotation', team: 'Americas' })], henrik),
  disqualifyReasons: [
    ...policy().disqualifyReasons,
    reason('no_answer', 'No answer', { outcome: 'unresponsive' }),
  ],
});
const twoDays = [{ from: minutesAfter(assignedAt, 10), until: minutesAfter(assignedAt, 2880) }];
/** The same people, of whom some are found to be away, or to be back. */
const inForce: readonly Policy[] = [
  rules,
  withAbsences(rules, new Map([[ada, twoDays]])),
  withAbsences(rules, new Map([[ben, twoDays]])),
];
const pool = assignment({ rep: grace, openTo: [ben, chloe] });
const trying = { attempts: { atLeast: 2, within: target(600) } };
const beginnings: readonly Handoff[] = [
  offered({ targets: targets(trying) }),
  offered({
    trigger: 'score',
    targets: targets({ ...trying, acknowledge: target(240), touch: target(60, 'wallClock') }),
  }),
  offered({ assignment: pool, openTo: [ben, chloe] }),
];

export const people = [ada, ben, chloe, dario, farah, grace, henrik];
const ends = ['disqualify', 'noteDeal', 'withdraw'] as const;
const others = [
  ...(['accept', 'logTouch', 'handBack', 'snooze', 'reassign', 'takeIt', 'giveGrace', 'ping'] as const),
  ...(['show', 'markDelivered', 'markUnreachable', 'moveOn', 'reschedule', 'endSnooze', 'breach'] as const),
  ...(['noteTouch', 'noteMeeting', 'noteWon', 'followOwner', 'loseOwner', 'climb'] as const),
  ...(['resume', 'markChannelUnreachable', 'loseMeeting', 'strengthen', 'exclude'] as const),
  ...(['holdUp', 'fillIn', 'noteMadeDeal', 'noteNoDeal', 'undo', 'remindOfAttempt'] as const),
];
/** What belongs to the clock comes more often, and what ends it all more rarely. */
const clockwork = ['snooze', 'endSnooze', 'giveGrace', 'reschedule', 'breach', 'climb', 'climb'] as const;

/** Something that happens, as far as it can be said before one knows how the handoff stands. */
const anyMove = fc.record({
  what: fc.constantFrom(...ends, ...others, ...others, ...clockwork, ...clockwork, ...clockwork),
  /** Whose it is to do acts far more often than chance would have it. */
  who: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.constantFrom(...people, stranger)),
  whom: fc.constantFrom(...people),
  minutes: fc.oneof({ weight: 8, arbitrary: fc.nat(20) }, fc.nat(3000)),
  runsBehind: fc.constantFrom(0, 0, 0, 0, 1, 2),
  otherClock: fc.constantFrom(false, false, false, true),
  late: fc.constantFrom(false, false, true),
  step: fc.integer({ min: 1, max: steps.length }),
  reason: fc.constantFrom('not_a_fit', 'timing', 'no_answer', 'wrong_territory', 'other', 'gone'),
  note: fc.constantFrom('', '  ', 'said no'),
  grace: fc.constantFrom<Grace | 'asAsked'>(15, 60, 'untilMorning', 'asAsked', 7),
  choice: fc.constantFrom('30min', '2h', 'tomorrow'),
  outcome: fc.constantFrom('connected', 'noAnswer', 'booked'),
  rules: fc.constantFrom(...inForce),
});
export type Move = typeof anyMove extends fc.Arbitrary<infer T> ? T : never;

export const beginning = fc.constantFrom(...beginnings);
export const history = fc.array(anyMove, { maxLength: 40, size: 'max' });

/** The command, or the rung of the ladder, that a move comes to as the handoff stands. */
function meant(move: Move, handoff: Handoff, now: Date): Command | DueRung {
  const { what, note, whom } = move;
  const holder = handoff.assignment.rep;
  const isManagers = ['reassign', 'takeIt', 'giveGrace', 'ping'].includes(what);
  const who = move.who ?? (isManagers ? managerOf(rules, handoff.assignment) : holder);
  const ticking = running(handoff);
  const clocks: TargetName[] =
    ticking?.clock === 'touch' ? ['touch', 'acknowledge'] : ['acknowledge', 'touch'];
  const clock = clocks[move.otherClock ? 1 : 0] ?? 'touch';
  const run = handoff.clockRun - move.runsBehind;
  const team = teamOf(rules, whom)?.name ?? null;
  const to = assignment({ rep: whom, team, at: now });
  const told = { id: `touch-${handoff.version}`, kind: 'call', outcome: move.outcome, note } as const;
  // What HubSpot tells of lies between the assignment and now.
  const found = { recordId: `${handoff.version}`, at: middle(handoff.assignment.at, now) };
  switch (what) {
    case 'accept':
    case 'takeIt':
    case 'ping':
    case 'show':
      return { type: what, by: who };
    case 'logTouch':
      return { type: what, by: who, touch: touch(told), ...(move.late && { nextInDays: move.step }) };
    case 'undo':
      return { type: what, by: move.who ?? handoff.undoable?.by ?? who, isElsewhere: move.late };
    case 'remindOfAttempt':
      return { type: what, run };
    case 'disqualify':
      return { type: what, by: who, reason: move.reason, note };
    case 'handBack':
      return { type: what, by: who, reason: move.reason, note, to: move.late ? null : to };
    case 'snooze':
      return { type: what, by: who, choice: move.choice };
    case 'reassign':
      return { type: what, by: who, to: whom };
    case 'giveGrace':
      return { type: what, by: who, grace: move.grace };
    case 'markDelivered':
      return { type: what, to: who };
    case 'markUnreachable':
      return { type: what, rep: who, why: 'no account' };
    case 'moveOn':
      return { type: what, from: who, assignment: to, why: 'away', quiet: move.late };
    case 'reschedule':
      return { type: what, rep: who, why: 'away', quiet: move.late };
    case 'endSnooze':
      return { type: what, run, late: move.late };
    case 'resume':
      return { type: what, clock, run };
    case 'markChannelUnreachable':
      return { type: what, platform: 'slack', channel: 'C0HANDOFFS1', why: 'is archived' };
    case 'breach':
      return { type: what, clock, run, late: move.late };
    case 'noteTouch':
      return { type: what, rep: who, touch: touch(told), ...found };
    case 'noteMeeting':
    case 'noteDeal':
    case 'noteWon':
      return { type: what, ...found };
    case 'noteMadeDeal': {
      const { type: _, ...deal } = dealMade;
      return { type: what, deal, countsAtOnce: move.late };
    }
    case 'noteNoDeal':
      return { type: what, because: { refused: note } };
    case 'loseMeeting':
      return { type: what, recordId: found.recordId };
    case 'strengthen': {
      const [urgent] = rules.triggers;
      return { type: what, trigger: urgent?.name ?? '', evidence: note, targets: targets() };
    }
    case 'exclude':
      return { type: what, name: 'student', label: 'Is a student', why: 'Is a student: job title Student' };
    case 'followOwner':
      return { type: what, from: who, to: whom, at: now };
    case 'loseOwner':
      return { type: what, from: who, ownerId: null };
    case 'holdUp':
      return { type: what, heldUp: move.late ? null : heldUp, asked: who, isOpen: false };
    case 'fillIn':
      return { type: what, by: who, values: [budget], heldUp: move.late ? heldUp : null };
    case 'withdraw':
      return { type: what, why: 'deleted' };
    case 'climb': {
      const dueAt = minutesAfter(ticking?.due ?? now, steps[move.step - 1]?.offsetMinutes ?? 0);
      return { clock, step: move.step, run, dueAt, late: move.late };
    }
    default:
      return what satisfies never;
  }
}

/** A timer fires when it is due, or later. */
function timeOf({ what, step }: Move, handoff: Handoff): Date | null {
  const due = running(handoff)?.due;
  if (what === 'endSnooze') return handoff.snoozedUntil;
  if (what === 'breach' || what === 'resume') return due ?? null;
  if (what === 'remindOfAttempt') return handoff.tryAgainBy ?? null;
  return what === 'climb' && due ? minutesAfter(due, steps[step - 1]?.offsetMinutes ?? 0) : null;
}

function middle(from: Date, to: Date): Date {
  return new Date((from.getTime() + to.getTime()) / 2);
}

export const surroundings: Surroundings = {
  lead: lead(),
  passing: { trigger: 'demo_request', workflows: [] },
  standing: {
    peopleByOwner: new Map(),
    inactive: new Set<string>(),
    absences: new Map(),
    load: new Map(),
    credits: new Map(),
    excluded: new Map(),
  },
};

/** What a command or a rung leads to; null when it is refused. */
export function outcome(handoff: Handoff, asked: Command | DueRung, current: Policy, now: Date) {
  if ('type' in asked) {
    const decided = decide(handoff, asked, current, now);
    return 'refused' in decided ? null : decided;
  }
  const climbed = climb(handoff, asked, surroundings, current, now);
  return 'refused' in climbed ? null : climbed.events;
}

export type Step = {
  before: Handoff;
  asked: Command | DueRung;
  rules: Policy;
  by: PersonId | null;
  now: Date;
  events: readonly HandoffEvent[];
  after: Handoff;
};

/** Plays a history and keeps what each move did; a refusal is a step without events. */
export function play(start: Handoff, moves: readonly Move[], from = assignedAt): Step[] {
  const played: Step[] = [];
  let handoff = start;
  let now = from;
  for (const move of moves) {
    // Whoever takes something back does so at once.
    now = minutesAfter(now, move.what === 'undo' ? 0 : move.minutes);
    const due = timeOf(move, handoff);
    if (due && due > now) now = due;
    const asked = meant(move, handoff, now);
    const events = outcome(handoff, asked, move.rules, now) ?? [];
    const by = 'by' in asked ? asked.by : null;
    const after = events.reduce((state, event) => evolve(state, event, now, by), handoff);
    played.push({ before: handoff, asked, rules: move.rules, by, now, events, after });
    handoff = after;
  }
  return played;
}
