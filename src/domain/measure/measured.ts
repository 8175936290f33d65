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
  const spent = { system: 0, offHours: 0, rep: 0 };
  const within = (from: Date, at: Date) => new Date(Math.min(Math.max(+at, +from), +touchedAt));
  let from = qualifiedAt < touchedAt ? qualifiedAt : touchedAt;
  for (const { seq, rep, since: assignedAt, deliveredAt, until } of assignments) {
    const hours = hoursOf(rep);
    const called = within(from, digests.get(seq) ?? from);
    const card = within(called, deliveredAt ?? assignedAt);
    const end = within(card, until ?? touchedAt);
    const [system, theirs] = [workingSeconds(hours, called, card), workingSeconds(hours, card, end)];
    spent.system += system;
    spent.rep += theirs;
    spent.offHours += seconds(from, end) - system - theirs;
    from = end;
  }
  return spent;
}

/** Until when somebody's lead was to wait for a digest, by the event with which they got it. */
function digestsIn(log: readonly Logged[]): Map<number, Date> {
  const digests = log.flatMap(({ seq, event }): [number, Date][] => {
    const isNew = event.type === 'offered' || event.type === 'reassigned';
    return isNew && event.digestAt ? [[seq, event.digestAt]] : [];
  });
  return new Map(digests);
}

function workingSeconds(hours: WorkingHours, from: Date, to: Date): number {
  return from < to ? Math.round(workingMinutesBetween(hours, from, to) * 60) : 0;
}

function seconds(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}
