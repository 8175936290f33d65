import type { NotifyRule, PersonId, Policy } from './policy.ts';

/** The policy with what its people have chosen for themselves. */
export function withNotifyRules(
  policy: Policy,
  notifyRules: ReadonlyMap<PersonId, readonly NotifyRule[]>,
): Policy {
  return { ...policy, notifyRules };
}

/** Those of somebody's rules that the policy allows, the earliest first. */
export function rulesOf({ notify, notifyRules, webhooks }: Policy, person: PersonId): readonly NotifyRule[] {
  if (!notify) return [];
  return (notifyRules?.get(person) ?? [])
    .filter(({ kind, afterMinutes }) => notify.allow.includes(kind) && afterMinutes >= notify.earliestMinutes)
    .filter((rule) => rule.kind !== 'webhook' || webhooks.some(({ name }) => name === rule.name))
    .toSorted((a, b) => a.afterMinutes - b.afterMinutes)
    .slice(0, notify.atMost);
}

export function isSameRule(one: NotifyRule, other: NotifyRule): boolean {
  const nameOf = (rule: NotifyRule) => (rule.kind === 'webhook' ? rule.name : '');
  return one.kind === other.kind && one.afterMinutes === other.afterMinutes && nameOf(one) === nameOf(other);
}
