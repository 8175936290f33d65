import type { Lead } from '../lead/lead.ts';
import type { Reason } from '../words/reason.ts';

/** A workflow's request to hand a lead over. */
export type WorkflowRequest = { name: string; at: Date };

/** What is known when a condition is checked. */
export type Facts = {
  lead: Lead;
  /** The trigger that was found; null while one is being looked for. */
  trigger: string | null;
  workflows: readonly WorkflowRequest[];
  /** Page views up to then led to an earlier handoff and count no more. */
  spentUntil: Date | null;
  /** Forms that were sent in before then are history, but for the last; null: none of them is. */
  freshFrom: Date | null;
};

/**
 * Whether a condition is met, and what was found. `since` when, if it is about what the lead did; `unknown`: it is not
 * met only because nobody knows.
 */
export type Finding = { met: boolean; since: Date | null; found: Reason; unknown?: true };
