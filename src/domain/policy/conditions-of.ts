import { type Condition, partsOf } from './condition.ts';
import type { Policy } from './policy.ts';

/** A single condition of a policy, and where it stands, in words. */
export type Placed = { where: string; part: Condition };

/** Every single condition of a policy, down to the last. */
export function conditionsOf(policy: Policy): Placed[] {
  const { qualification, triggers, recycle, routing, deals, intros, idealProfile = [] } = policy;
  const whole = [
    ...qualification.never.map(({ name, when }) => ({ where: `qualification.never ${name}`, when })),
    ...triggers.flatMap(({ name, when, targets }) =>
      [when, ...targets.map((target) => target.when)].map((one) => ({ where: `trigger ${name}`, when: one })),
    ),
    ...recycle.wake.map(({ name, when }) => ({ where: `recycle.wake ${name}`, when })),
    ...routing.rules.map(({ name, when }) => ({ where: `routing rule ${name}`, when })),
    ...deals.map(({ when }, index) => ({ where: `deals ${index + 1}`, when })),
    ...intros.flatMap((intro) => [intro.if, intro.optedIn].map((when) => ({ where: 'intro', when }))),
    ...idealProfile.map(({ label, when }) => ({ where: `ideal_profile ${label}`, when })),
  ];
  return whole.flatMap(({ where, when }) => (when ? partsOf(when) : []).map((part) => ({ where, part })));
}
