import type { PersonId, Policy, Target, Targets, WorkingHours } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { addWorkingTime, workingMinutesBetween } from '../time/calendar.ts';

/**
 * How long somebody usually takes, as medians in their working minutes: to answer a card, and from the answer to the
 * first touch. Infinity: more than half of what they got stayed without.
 */
export type Pace = { toAcknowledge: number; toTouch: number };

/** Chances, 0 to 1; summed up they are how many misses to expect. */
export type Misses = { acknowledge: number; touch: number };

/** For people of whom, and of whose team, too little is known. */
export const usualPace: Pace = { toAcknowledge: 15, toTouch: 60 };

/**
 * How likely it is that a rep with this pace misses the targets of a handoff. Half of the answers are taken to come
 * within the median, three quarters within twice as long, and so on: each median that the rep has halves the chance.
 */
export function chanceOfMiss(
  { rep, at }: { rep: PersonId; at: Date },
  targets: Targets,
  policy: Policy,
  pace: Pace,
): Misses {
  const hours = hoursOf(policy, rep);
  const missed = (target: Target, from: Date, median: number) =>
    median > 0 ? 0.5 ** (workedWithin(target, from, hours) / median) : 0;
  const acknowledge = missed(targets.acknowledge, at, pace.toAcknowledge);
  if (targets.touch.countedIn === 'workingTime') {
    return { acknowledge, touch: missed(targets.touch, at, pace.toTouch) };
  }
  if (!Number.isFinite(pace.toAcknowledge)) return { acknowledge, touch: 1 };
  const answeredAt = addWorkingTime(hours, at, pace.toAcknowledge);
  return { acknowledge, touch: missed(targets.touch, answeredAt, pace.toTouch) };
}

/** The working minutes that a target leaves: one that counts by the wall clock goes on while nobody works. */
function workedWithin({ minutes, countedIn }: Target, from: Date, hours: WorkingHours): number {
  if (countedIn === 'workingTime') return minutes;
  return workingMinutesBetween(hours, from, new Date(from.getTime() + minutes * 60_000));
}

/** What is known of one past handoff that was answered, or should have been; `since` is its card's arrival. */
export type PastAnswer = {
  rep: PersonId;
  team: string | null;
  since: Date;
  acknowledgedAt: Date | null;
  firstTouchAt: Date | null;
  /** Whether the time for the first touch ran out. */
  touchBreached: boolean;
};

/** Fewer answers than these say nothing about anybody. */
const enough = 5;

/** Tells everybody's pace from their past: their own, else their team's, else the usual one. */
export function paceFrom(
  answers: readonly PastAnswer[],
  policy: Policy,
): (rep: PersonId, team: string | null) => Pace {
  const people = new Map<string, Times>();
  const teams = new Map<string, Times>();
  for (const answer of answers) {
    const { rep, team, since, acknowledgedAt, firstTouchAt, touchBreached } = answer;
    const hours = hoursOf(policy, rep);
    const took = (from: Date, to: Date | null) =>
      to ? workingMinutesBetween(hours, from, to) : Number.POSITIVE_INFINITY;
    for (const times of [timesOf(people, rep), ...(team === null ? [] : [timesOf(teams, team)])]) {
      times.toAcknowledge.push(took(since, acknowledgedAt));
      // A lead that was disqualified at once says nothing about first touches: it needed none.
      const judged = firstTouchAt !== null || touchBreached;
      if (acknowledgedAt && judged) times.toTouch.push(took(acknowledgedAt, firstTouchAt));
    }
  }
  return (rep, team) => {
    const known = [people.get(rep), team === null ? undefined : teams.get(team)];
    const of = (target: keyof Times) =>
      medianOf(known.map((times) => times?.[target] ?? []).find(({ length }) => length >= enough)) ??
      usualPace[target];
    return { toAcknowledge: of('toAcknowledge'), toTouch: of('toTouch') };
  };
}

type Times = Record<keyof Pace, number[]>;

function timesOf(all: Map<string, Times>, key: string): Times {
  const times = all.get(key) ?? { toAcknowledge: [], toTouch: [] };
  all.set(key, times);
  return times;
}

function medianOf(values: readonly number[] | undefined): number | null {
  const sorted = values?.toSorted((a, b) => a - b) ?? [];
  // Of an even number the later one: the mean with Infinity would be Infinity.
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
