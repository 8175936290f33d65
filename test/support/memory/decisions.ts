import type { Decision, Decisions } from '../../../src/flow/ports/inbox.ts';
import type { Kept } from './kept.ts';

export function memoryDecisions(kept: Kept): Decisions {
  return {
    ofLead: async (leadId) => kept.decisions.filter((decision) => decision.leadId === leadId).reverse(),
  };
}

export function keepDecision(kept: Kept, decision: Decision): void {
  const replaced = (other: Decision) => other.leadId === decision.leadId && other.handoffId === null;
  if (decision.handoffId === null) kept.decisions = kept.decisions.filter((other) => !replaced(other));
  kept.decisions.push(decision);
}
