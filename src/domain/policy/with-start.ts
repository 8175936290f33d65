import type { Policy } from './policy.ts';

/** The policy of a bot that first ran at some time: what was before is history, as far as the policy says so. */
export function withStart(policy: Policy, began: Date): Policy {
  const { qualification } = policy;
  const startedAt = new Date(began.getTime() - (qualification.beforeStartMinutes ?? 0) * 60_000);
  return { ...policy, qualification: { ...qualification, startedAt } };
}
