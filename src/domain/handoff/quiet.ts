import type { Policy } from '../policy/policy.ts';
import { timersOf } from '../time/sla.ts';
import { type Handoff, running } from './handoff.ts';
import type { DueRung } from './ladder.ts';

/** Whether a rung reminds the rep, who may want no notifications now. */
export function isReminder(handoff: Handoff, { clock, step, run }: DueRung, policy: Policy): boolean {
  const action = policy.ladders[clock][step - 1]?.action.do;
  return running(handoff)?.run === run && (action === 'remind' || action === 'message');
}

/**
 * When a reminder comes whose rep wants no notifications until then; null: not at all, since by then the target has passed of
 * which it would remind, or the next rung has come.
 */
export function reminderAfter(
  quietUntil: Date,
  rung: DueRung,
  handoff: Handoff,
  policy: Policy,
): Date | null {
  const ticking = running(handoff);
  if (!ticking) return null;
  const later = timersOf({ ...ticking, snoozedUntil: null }, policy, rung.dueAt)
    .filter(({ dueAt }) => dueAt > rung.dueAt)
    .map(({ dueAt }) => dueAt.getTime());
  return quietUntil.getTime() < Math.min(...later) ? quietUntil : null;
}
