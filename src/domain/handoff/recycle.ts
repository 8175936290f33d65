import type { DisqualifyReason, Policy, ReasonLock } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import type { Lock } from '../routing/came-back.ts';
import { nextWorkingInstant } from '../time/calendar.ts';
import { dateAfter, startOf } from '../time/local-date.ts';
import type { Handoff, HandoffEvent, OpenHandoff } from './handoff.ts';

/** When a lead is to come back: in so many days, or on a local day such as `2027-03-01`. */
export type Revisit = { inDays: number } | { on: string };

/** Whoever says when years ahead means never. */
const furthestMs = 2 * 366 * 86_400_000;

type Recycled = Extract<HandoffEvent, { type: 'recycled' }>;

/**
 * A lead goes back to nurture until a day, on which it comes back when its rep begins to work. One that has come back as
 * often as the policy allows stays there: a stronger sign brings it back, the day does not.
 */
export function recycle(
  handoff: OpenHandoff,
  { lock }: DisqualifyReason,
  wanted: Revisit | null,
  policy: Policy,
  now: Date,
): Omit<Recycled, 'type' | 'reason' | 'note'> | { refused: 'unfitDay' } {
  const { days, atMost, lifecycle, leadStatus } = policy.recycle;
  const hours = hoursOf(policy, handoff.assignment.rep);
  const on = wanted && 'on' in wanted ? wanted.on : dateAfter(hours, now, wanted?.inDays ?? days.usual);
  const morning = startOf(hours, on);
  if (!morning || morning <= now || morning.getTime() > now.getTime() + furthestMs)
    return { refused: 'unfitDay' };
  const revisitAt = nextWorkingInstant(hours, morning);
  const isEnough = (handoff.back?.recycled ?? 0) >= atMost;
  return {
    lock: { until: revisitAt, unless: lock.unless },
    revisitAt: isEnough ? null : revisitAt,
    lifecycle,
    leadStatus,
  };
}

/** From when a reason locks a lead, and until when. */
export function lockFrom({ minutes, unless }: ReasonLock, now: Date): Lock {
  return { until: minutes === null ? null : new Date(now.getTime() + minutes * 60_000), unless };
}

/** How often a lead has been recycled, this time included. */
export function timesRecycled(handoff: Handoff): number {
  const isRecycled = handoff.status === 'closed' && handoff.outcome === 'recycled';
  return (handoff.back?.recycled ?? 0) + (isRecycled ? 1 : 0);
}
