import type { Policy } from '../policy/policy.ts';
import { decide, type Refusal } from './decide.ts';
import type { Handoff } from './handoff.ts';

/** How many attempts there were, of how many, before a lead may be given up; null when it may, or nobody could. */
export type AttemptsMissing = Extract<Refusal, { refused: 'attemptsMissing' }>;

/** What the decision would say to somebody who gives the lead up now. */
export function attemptsMissing(handoff: Handoff, policy: Policy, now: Date): AttemptsMissing | null {
  const reason = policy.disqualifyReasons.find(({ outcome }) => outcome === 'unresponsive');
  if (!reason) return null;
  const { rep: by } = handoff.assignment;
  const command = { type: 'disqualify', by, reason: reason.name, note: reason.label } as const;
  const outcome = decide(handoff, command, policy, now);
  return 'refused' in outcome && outcome.refused === 'attemptsMissing' ? outcome : null;
}
