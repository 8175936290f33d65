import { addWorkingTime, isWorkingAt, nextWorkingInstant } from './calendar.ts';
import {
  type ClockName,
  hoursOf,
  type LadderStep,
  type PersonId,
  type Policy,
  type Targets,
} from './policy.ts';

/** What a timer does when it is due: mark the breach, or climb a rung of the ladder. */
export type TimerAction = 'breach' | LadderStep['action'];

/** One thing to happen at one time, unless the handoff moves on before. */
export type Timer = { clock: ClockName; step: number; action: TimerAction; run: number; dueAt: Date };

/** A clock that is ticking for a rep. `run` tells its timers from those of earlier runs. */
export type RunningClock = { clock: ClockName; due: Date; run: number; rep: PersonId };

/** When the rep must have answered, or reached out, counted from the moment they got the handoff. */
export function dueAfter(
  clock: ClockName,
  targets: Targets,
  policy: Policy,
  from: { rep: PersonId; at: Date },
): Date {
  const minutes = clock === 'acknowledge' ? targets.acknowledgeWithinMinutes : targets.touchWithinMinutes;
  return extend(minutes, targets, policy, from);
}

/** The instant so many minutes later, counted as the targets are. */
export function extend(
  minutes: number,
  targets: Pick<Targets, 'countedIn'>,
  policy: Policy,
  from: { rep: PersonId; at: Date },
): Date {
  if (targets.countedIn === 'wallClock') return new Date(from.at.getTime() + minutes * 60_000);
  return addWorkingTime(hoursOf(policy, from.rep), from.at, minutes);
}

/**
 * The timers of a running clock: the breach at the due time and the ladder's rungs around it. A rung before the due
 * time that would fall outside the rep's hours waits until they are at work; one that would then come too late, or
 * that lies before `now`, is left out.
 */
export function timersOf({ clock, due, run, rep }: RunningClock, policy: Policy, now: Date): Timer[] {
  const hours = hoursOf(policy, rep);
  const rungs = policy.ladders[clock].flatMap((rung, index): Timer[] => {
    let dueAt = new Date(due.getTime() + rung.offsetMinutes * 60_000);
    if (rung.offsetMinutes < 0) {
      if (!isWorkingAt(hours, dueAt)) dueAt = nextWorkingInstant(hours, dueAt);
      if (dueAt >= due || dueAt <= now) return [];
    }
    return [{ clock, step: index + 1, action: rung.action, run, dueAt }];
  });
  return [{ clock, step: 0, action: 'breach', run, dueAt: due }, ...rungs];
}
