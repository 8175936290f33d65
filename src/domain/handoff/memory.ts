import type { LeadId } from '../lead/lead.ts';
import type { PersonId } from '../policy/policy.ts';
import type { Handoff, HandoffId, Outcome } from './handoff.ts';

/** What the bot itself knows around a lead, beside what HubSpot has. */
export type Memory = {
  /** Others of the same company whom it handed over, each with their latest handoff: newest first, at most 5. */
  colleagues: readonly Colleague[];
  /** The handoffs of the lead that ended before this one began: newest first, at most 3. */
  earlier: readonly Ended[];
};

/** Somebody else of the lead's company who is or was with sales. */
export type Colleague = {
  leadId: LeadId;
  handoffId: HandoffId;
  name: string | null;
  /** Their job title. */
  role: string | null;
  /** Who has the lead, or had it last, and since when. */
  rep: PersonId;
  since: Date;
  status: Handoff['status'];
  /** How it ended, and the policy's reason; null while it is open. */
  outcome: Outcome | null;
  reason: string | null;
};

/** An earlier handoff, and how it ended. */
export type Ended = {
  handoffId: HandoffId;
  trigger: string;
  /** Who had the lead last. */
  rep: PersonId;
  qualifiedAt: Date;
  closedAt: Date;
  outcome: Outcome;
  /** The policy's reason, and what was written about it; empty: nothing was. */
  reason: string | null;
  note: string;
};

/** The bot has not had to do with the lead or its company before. */
export const noMemory: Memory = { colleagues: [], earlier: [] };
