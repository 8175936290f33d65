import type { Policy, Target, Targets, WorkingHours } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { momentOf, today, workingDaysAfter } from '../time/local-date.ts';
import type { Handoff, HandoffEvent, OpenHandoff, Touch } from './handoff.ts';

/** When somebody reached out: so many minutes ago, or at a local time of today, such as `09:30`. */
export type MadeWhen = { minutesAgo: number } | { today: string };

/** What somebody tells of a touch of theirs; times are where they live. */
export type ToldTouch = {
  touch: Touch;
  /** Just now unless told otherwise. */
  when?: MadeWhen;
  /** When the meeting that they booked takes place: a local day and time. */
  meets?: { on: string; at: string };
  /** In how many days of work they mean to try again; null: they plan nothing. */
  nextInDays?: number | null;
};

type Touched = Extract<HandoffEvent, { type: 'touched' }>;

/** Why a touch cannot have been so. `since`: from when on the lead was theirs. */
export type UnfitTouch =
  | { refused: 'touchTooEarly'; since: Date }
  | { refused: 'touchToCome' | 'unfitMeeting' };

/** Times that people enter have no seconds: a call right after they got the lead may seem a minute older. */
const minuteMs = 60_000;

/** The touch that somebody tells of, which lies between the assignment and now. */
export function toldTouch(
  handoff: OpenHandoff,
  { touch, when, meets, nextInDays }: ToldTouch,
  policy: Policy,
  now: Date,
): Touched | UnfitTouch {
  const hours = hoursOf(policy, handoff.assignment.rep);
  const made = when ? instantOf(when, hours, now) : now;
  const since = handoff.assignment.at;
  if (made === null || made > now) return { refused: 'touchToCome' };
  if (made.getTime() < since.getTime() - minuteMs) return { refused: 'touchTooEarly', since };
  const madeAt = made < since ? since : made;
  const startsAt = meets && momentOf(hours, meets.on, meets.at);
  if (startsAt === null || (startsAt && startsAt <= now)) return { refused: 'unfitMeeting' };
  const isOver = touch.outcome === 'booked' || hasMeeting(handoff);
  const next = nextInDays && !isOver ? workingDaysAfter(hours, now, nextInDays) : null;
  return {
    type: 'touched',
    touch: startsAt ? { ...touch, startsAt } : touch,
    ...(madeAt < now && { madeAt }),
    ...(next && { next }),
  };
}

function instantOf(when: MadeWhen, hours: WorkingHours, now: Date): Date | null {
  if ('today' in when) return momentOf(hours, today(hours, now), when.today);
  const { minutesAgo } = when;
  return minutesAgo >= 0 ? new Date(now.getTime() - minutesAgo * minuteMs) : null;
}

/** Whether the holder has a meeting with the lead, so that there is nothing to try. */
export function hasMeeting({ meetingAt, assignment }: Pick<Handoff, 'meetingAt' | 'assignment'>): boolean {
  return meetingAt !== null && meetingAt >= assignment.at;
}

/** In how many days of work it is time to try again where the policy does not say how often somebody is tried. */
const usualDays = 2;

/** In how many days of work to try again, so that the attempts that the policy asks for are made in time. */
export function daysToNextTry({ attempts }: Pick<Targets, 'attempts'>): number {
  if (!attempts) return usualDays;
  return Math.max(1, Math.round(workingDaysIn(attempts.within) / attempts.atLeast));
}

/** A working day is eight hours of work, of seven days five are working days. */
function workingDaysIn({ minutes, countedIn }: Target): number {
  return countedIn === 'workingTime' ? minutes / 480 : (minutes / 1440) * (5 / 7);
}
