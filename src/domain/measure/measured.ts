import type { Handoff, Logged } from '../handoff/handoff.ts';
import type { PersonId, WorkingHours } from '../policy/policy.ts';
import { workingMinutesBetween } from '../time/calendar.ts';
import { type AssignmentFacts, assignmentsIn } from './assignment-facts.ts';

/** How long something took, in whole seconds: by the wall clock, and of whoever held the lead the working time. */
export type Took = { wall: number; working: number };

/** One time that somebody held a lead, with how long what they did took from when they had its card. */
export type MeasuredAssignment = AssignmentFacts & {
  /** When they first looked at the card, as far as the chat tells. */
  seenAt: Date | null;
  toAcknowledge: Took | null;
  toTouch: Took | null;
  /** They answered a lead that somebody had missed before them. */
  isRescue: boolean;
};

/**
 * Whose seconds those were from qualifying to the first touch, which they add up to: outside the working hours of whoever
 * had the lead, or until the digest that it was to come in; the system's, until its card came; and the rep's.
 */
export type SecondsSpent = { system: number; offHours: number; rep: number };

/** All that a handoff is measured by. */
export type Measured = { assignments: readonly MeasuredAssignment[]; spent: SecondsSpent | null };

/**
 * Measures a handoff, from its log alone but for what stands beside it.
 * @param seen when somebody first looked at its card
 * @param hoursOf when somebody works
 */
export function measure(
  handoff: Handoff,
  log: readonly Logged[],
  seen: ReadonlyMap<PersonId, Date>,
  hoursOf: (person: PersonId) => WorkingHours,
): Measured {
  const facts = assignmentsIn(handoff, log);
  const assignments = facts.map((one, place) => {
    const { rep, since: got, deliveredAt, acknowledgedAt, firstTouchAt, until } = one;
    const seenAt = seen.get(rep) ?? null;
    const isTheirs = seenAt && seenAt >= got && (!until || seenAt <= until);
    const since = deliveredAt ?? got;
    const missedBefore = facts
      .slice(0, place)
      .some(({ acknowledge, touch }) => acknowledge.missedAt ?? touch.missedAt);
    return {
      ...one,
      seenAt: isTheirs ? seenAt : null,
      toAcknowledge: deliveredAt && acknowledgedAt && took(since, acknowledgedAt, hoursOf(rep)),
      toTouch: firstTouchAt && took(since, firstTouchAt, hoursOf(rep)),
      isRescue: acknowledgedAt !== null && missedBefore,
    };
  });
  return { assignments, spent: spentUntilTouch(handoff, facts, digestsIn(log), hoursOf) };
}

function took(from: Date, to: Date, hours: WorkingHours): Took {
  const wall = Math.max(0, seconds(from, to));
  return { wall, working: Math.min(wall, workingSeconds(hours, from, to)) };
}

function spentUntilTouch(
  { qualifiedAt }: Pick<Handoff, 'qualifiedAt'>,
  assignments: readonly AssignmentFacts[],
  digests: ReadonlyMap<number, Date>,
  hoursOf: (person: PersonId) => WorkingHours,
): SecondsSpent | null {
  const touchedAt = assignments.find(({ firstTouchAt }) => firstTouchAt)?.firstTouchAt;
  if (!touchedAt) return null;
  const start = qualifiedAt < touchedAt ? qualifiedAt : touchedAt;
  const worked = { system: 0, rep: 0 };
  let from = start;
  for (const { seq, rep: holder, deliveredAt, acknowledgedAt, until } of assignments) {
    const hours = hoursOf(holder);
    const end = within(from, until ?? touchedAt, touchedAt);
    const called = within(from, digests.get(seq) ?? from, end);
    // Whom no card has reached may have heard of it in another way, as their answer shows.
    const card = within(called, deliveredAt ?? acknowledgedAt ?? end, end);
    worked.system += workingMs(hours, called, card);
    worked.rep += workingMs(hours, card, end);
    from = end;
  }
  // Whole seconds of which together there are no more than there were.
  const [system, rep] = [Math.floor(worked.system / 1000), Math.floor(worked.rep / 1000)];
  return { system, rep, offHours: Math.max(0, seconds(start, touchedAt) - system - rep) };
}

function within(from: Date, at: Date, until: Date): Date {
  if (at <= from) return from;
  return at < until ? at : until;
}

/** Until when somebody's lead waited for a digest, by the event with which they got it. */
function digestsIn(log: readonly Logged[]): Map<number, Date> {
  const digests = new Map<number, Date>();
  let held = 0;
  for (const { seq, at, event } of log) {
    if (event.type === 'offered' || event.type === 'reassigned') held = seq;
    if ('digestAt' in event && event.digestAt) digests.set(held, event.digestAt);
    const digest = digests.get(held);
    // What is more urgent comes by a card at once.
    if (event.type === 'strengthened' && digest && digest > at) digests.set(held, at);
  }
  return digests;
}

function workingSeconds(hours: WorkingHours, from: Date, to: Date): number {
  return Math.round(workingMs(hours, from, to) / 1000);
}

function workingMs(hours: WorkingHours, from: Date, to: Date): number {
  return Math.round(workingMinutesBetween(hours, from, to) * 60_000);
}

function seconds(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}
