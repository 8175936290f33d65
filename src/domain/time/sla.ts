import { teamOf } from '../policy/people-of.ts';
import type {
  LadderStep,
  PersonId,
  Policy,
  Target,
  TargetName,
  Targets,
  WorkingHours,
} from '../policy/policy.ts';
import { managerOf } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { addWorkingTime, nextWorkingInstant, workingMinutesBetween } from './calendar.ts';

/**
 * What a timer does when it is due: mark the breach, climb a rung of the ladder, end a snooze, have a recycled lead come
 * back, tell the holder of a lead together with others, or again as they wish, remind of the next attempt, or let what was
 * done a moment ago be final.
 */
export type TimerAction =
  | 'breach'
  | 'climb'
  | 'wake'
  | 'revisit'
  | 'digest'
  | 'notify'
  | 'tryAgain'
  | 'settle';

/** One thing to happen at one time, unless the handoff moves on before. `step` is the rung's place in its ladder, from 1. */
export type Timer = {
  clock: TargetName;
  step: number;
  /** An intro has nothing to do with the target, but goes when nothing is left to be reached. */
  action: TimerAction | 'introduce';
  run: number;
  dueAt: Date;
};

/** The target that a rep has to keep now. `run` distinguishes its timers from those of earlier runs. */
export type RunningTarget = {
  clock: TargetName;
  due: Date;
  run: number;
  rep: PersonId;
  team: string | null;
  /** Until then the rep is left alone. */
  snoozedUntil: Date | null;
};

/**
 * So many minutes from `from` on, counted as the target counts; null: somebody set the due time itself, and nothing
 * moves it.
 */
export type Granted = { from: Date; minutes: number } | null;

/** When something is due, and what it was worked out from. */
export type Term = { due: Date; granted: Granted };

/** When the rep must have answered, or reached out, counted from the moment they got the handoff. */
export function termAfter(
  name: TargetName,
  targets: Targets,
  policy: Policy,
  from: { rep: PersonId; at: Date },
): Term {
  const target = targets[name];
  const granted = { from: from.at, minutes: target.minutes };
  return { due: dueOf(granted, target, policy, from.rep), granted };
}

/** The instant at which what was granted is used up. */
export function dueOf(
  { from, minutes }: NonNullable<Granted>,
  { countedIn }: Pick<Target, 'countedIn'>,
  policy: Policy,
  rep: PersonId,
): Date {
  if (countedIn === 'wallClock') return new Date(from.getTime() + minutes * 60_000);
  return addWorkingTime(hoursOf(policy, rep), from, minutes);
}

/** The minutes between two instants, as the target counts them. */
export function minutesBetween(
  from: Date,
  to: Date,
  { countedIn }: Pick<Target, 'countedIn'>,
  policy: Policy,
  rep: PersonId,
): number {
  if (countedIn === 'wallClock') return Math.max(0, to.getTime() - from.getTime()) / 60_000;
  return workingMinutesBetween(hoursOf(policy, rep), from, to);
}

/**
 * The timers of a running target: the breach at the due time, the ladder's rungs around it, and the end of a snooze. A
 * rung may have to wait until somebody is at work. One that belongs before the due time is left out when it would come
 * after it, before `now` or within a snooze.
 */
export function timersOf(ticking: RunningTarget, policy: Policy, now: Date): Timer[] {
  const { clock, due, run, snoozedUntil } = ticking;
  const awakeFrom = snoozedUntil && snoozedUntil > now ? snoozedUntil : now;
  const rungs = policy.ladders[clock].flatMap((rung, index): Timer[] => {
    const times = timesOf(rung, due).map((at) =>
      rung.offHours === 'wait' ? atWork(rung, at, ticking, policy) : at,
    );
    // Repetitions that fall into one night all wait for the same morning, and come once.
    const climbs = [...new Set(times.map(Number))].map((time) => new Date(time));
    const inTime = rung.offsetMinutes < 0 ? climbs.filter((at) => at > awakeFrom && at < due) : climbs;
    return inTime.map((dueAt) => ({ clock, step: index + 1, action: 'climb', run, dueAt }));
  });
  const wake: Timer[] =
    snoozedUntil && snoozedUntil > now ? [{ clock, step: 0, action: 'wake', run, dueAt: snoozedUntil }] : [];
  return [{ clock, step: 0, action: 'breach', run, dueAt: due }, ...rungs, ...wake];
}

function timesOf({ offsetMinutes, repeat }: LadderStep, due: Date): Date[] {
  const times = 1 + (repeat?.times ?? 0);
  return Array.from({ length: times }, (_, again) => {
    const minutes = offsetMinutes + again * (repeat?.everyMinutes ?? 0);
    return new Date(due.getTime() + minutes * 60_000);
  });
}

/** The first instant, from `at` on, at which one of those is at work whom the rung is for. */
function atWork({ action }: LadderStep, at: Date, { rep, team }: RunningTarget, policy: Policy): Date {
  const next = hoursToWaitFor(action, rep, team, policy).map((hours) =>
    nextWorkingInstant(hours, at).getTime(),
  );
  return next.length > 0 ? new Date(Math.min(...next)) : at;
}

function hoursToWaitFor(
  action: LadderStep['action'],
  rep: PersonId,
  team: string | null,
  policy: Policy,
): WorkingHours[] {
  const membersOf = (name: string | null) =>
    policy.teams
      .filter((candidate) => candidate.name === name)
      .flatMap(({ members }) =>
        members.filter(({ id, active }) => active && id !== rep).map(({ hours }) => hours),
      );
  switch (action.do) {
    case 'remind':
    case 'message':
      return [hoursOf(policy, rep)];
    case 'mail':
      if (typeof action.to === 'object') return [];
      return [hoursOf(policy, action.to === 'rep' ? rep : managerOf(policy, { team }))];
    case 'webhook':
      return [];
    case 'tellManager':
      return [hoursOf(policy, managerOf(policy, { team }))];
    case 'offerToTeam':
      return membersOf(team);
    case 'tellChannel': {
      const own = policy.teams.find(({ name }) => name === team) ?? teamOf(policy, rep);
      return own ? [own.hours] : [];
    }
    case 'reassign':
      switch (action.to?.kind) {
        case 'rep':
          return [hoursOf(policy, action.to.person)];
        case 'rotation':
        case 'pool':
          return membersOf(action.to.team);
        default:
          return policy.teams.flatMap(({ name }) => membersOf(name));
      }
    default:
      return action satisfies never;
  }
}
