import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Known, Nurture } from '../../domain/handoff/nurture.ts';
import type { LiftedWhy } from '../../domain/handoff/pause.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';

/** Why nurture of a lead is paused, or was: one of its causes. */
export type PauseEntry = {
  id: string;
  leadId: LeadId;
  /** Null: not known. */
  leadName: string | null;
  cause: PauseCause;
  since: Date;
  /** When its lease is over. */
  until: Date;
  lifted: { at: Date; why: LiftedWhy } | null;
  /** What of the lead's nurture was written to HubSpot, and seen there. */
  written: Known | null;
  seen: Known | null;
};

export type PauseCause =
  | { kind: 'handoff'; handoffId: HandoffId; rep: PersonId; team: string | null; trigger: string }
  /** `who`: an account of the machine on which the command ran. */
  | { kind: 'hand'; who: string; why: string };

export type LeadNurture = { leadId: LeadId; nurture: Nurture };

/** The ledger of pauses. Those of handoffs are kept with every change of these. */
export type Suppressions = {
  /** The open pauses, or all, the newest first; of so many that nobody reads them only the newest. */
  list(which: 'open' | 'all'): Promise<PauseEntry[]>;
  /** The open pauses of these leads. */
  openOf(leadIds: readonly LeadId[]): Promise<PauseEntry[]>;
  /** Open pauses whose lease was over by then. */
  overdue(now: Date): Promise<PauseEntry[]>;
  /** Pauses a lead by hand, or does so for another time. @returns false when the lead is not known */
  pauseByHand(pause: {
    leadId: LeadId;
    who: string;
    why: string;
    since: Date;
    until: Date;
  }): Promise<boolean>;
  /** Lifts pauses by hand that are open still. */
  lift(ids: readonly string[], at: Date, why: LiftedWhy): Promise<void>;
  /** Every lead that is paused, that HubSpot may show as paused, or that was resumed and not looked at since. */
  paused(): Promise<LeadNurture[]>;
  nurtureOf(leadIds: readonly LeadId[]): Promise<LeadNurture[]>;
  /** Of leads that nobody knows nothing is noted. */
  noteWritten(written: readonly { leadId: LeadId; paused: boolean }[], at: Date): Promise<void>;
  noteSeen(seen: readonly { leadId: LeadId; paused: boolean }[], at: Date): Promise<void>;
};
