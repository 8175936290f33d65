import { check } from './condition.ts';
import type { Facts } from './facts.ts';
import type { Policy, Targets, Trigger } from './policy.ts';

/** The trigger a handoff was opened for, or undefined when the policy no longer has it. */
export function triggerOf(policy: Policy, name: string): Trigger | undefined {
  return [...policy.triggers, ...wakersOf(policy)].find((trigger) => trigger.name === name);
}

/** How urgent a trigger is, 0 the most. What wakes a recycled lead, or is known no more, comes after all others. */
export function urgencyOf({ triggers }: Policy, name: string): number {
  const place = triggers.findIndex((trigger) => trigger.name === name);
  return place === -1 ? triggers.length : place;
}

/** What wakes a recycled lead, its day included. */
function wakersOf({ recycle }: Policy): readonly Trigger[] {
  return [...recycle.wake, recycle.revisit];
}

/** The targets of a trigger for a lead: the first that are for such a lead. */
export function targetsOf({ targets }: Trigger, facts: Facts): Targets {
  const fitting = targets.find(({ when }) => !when || check(when, facts).met) ?? targets.at(-1);
  if (!fitting) throw new RangeError('a trigger without targets, expected one at least');
  const { acknowledge, touch, attempts } = fitting;
  return { acknowledge, touch, attempts };
}
