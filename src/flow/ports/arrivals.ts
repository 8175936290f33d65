import type { Memory } from '../../domain/handoff/memory.ts';
import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { EarlierHandoff, History } from '../../domain/routing/qualify.ts';
import type { Standing } from '../../domain/routing/route.ts';
import type { Balances, HandoffView, Opening } from './handoffs.ts';
import type { Decision, EventDecision, Hold, KeptHold } from './inbox.ts';
import type { JobRef } from './jobs.ts';

/** What is known here of a lead about which something arrived. */
export type KnownLead = {
  /** Events that wait for a decision, under the first of the ids that were asked for. */
  events: readonly { id: bigint; type: string; receivedAt: Date }[];
  /** Its person has asked to be forgotten, under whichever of its ids. */
  erased: boolean;
  /** Why it waits; null when it does not. */
  hold: KeptHold | null;
  /** Its handoffs, newest first. */
  earlier: readonly EarlierHandoff[];
  /** Those about which HubSpot may have news, oldest first. */
  followed: readonly HandoffView[];
  /** The workflows that handed it over, newest first. */
  workflows: History['workflows'];
};

/** What assigning depends on, with what it takes to notice that it has changed since. */
export type Standings = Pick<Standing, 'credits' | 'load'> & {
  versions: ReadonlyMap<string, number>;
  excluded: ReadonlyMap<LeadId, Standing['excluded']>;
  /** What is remembered around the leads that were asked about, by the first of their ids. */
  memories: ReadonlyMap<LeadId, Memory>;
};

/** A lead by all its ids, today's first, and the company it works for. */
export type Remembered = { ids: readonly LeadId[]; companyId: string | null };

/** What came of looking at a lead, to be kept as a whole. */
export type Settlement = {
  /** As it was read; null when the contact is gone. */
  lead: Lead | null;
  /** Those under which it is known here, today's first. */
  ids: readonly LeadId[];
  /** The events that led to it, and what is decided about them. */
  events: readonly bigint[];
  decided: EventDecision;
  /** Null when it did not come to a decision about the lead. */
  decision: Decision | null;
  /** A handoff begins, the lead waits, or it waits no more. */
  outcome: { opening: Opening } | { hold: Hold } | { released: true };
  /** The job that this completes; null when there is more to do. */
  job: JobRef | null;
};

/** The card of a new handoff is asked for; this process has the job at once, or somebody claims it (null). */
export type Opened = { handoffId: string; asked: number | null };

/** Leads about which something arrived. */
export type Arrivals = {
  /** @param leads each by the ids under which it may be known, the one that was asked for first */
  known(leads: readonly (readonly LeadId[])[]): Promise<KnownLead[]>;
  /** @param reps whose load matters */
  standings(
    leads: readonly LeadId[],
    reps: readonly PersonId[],
    now: Date,
    remembered?: readonly Remembered[],
  ): Promise<Standings>;
  /**
   * Keeps what came of a lot of leads, at once.
   * @param turns the balances that the handoffs leave behind, of each pool once
   * @returns null when somebody was faster: a turn of the pool was taken, or the lead has an open handoff; nothing is
   * kept then, and all of it has to be decided anew
   */
  settle(
    lot: readonly Settlement[],
    turns: readonly Balances[],
    standings: Pick<Standings, 'versions'>,
    now: Date,
  ): Promise<Opened[] | null>;
};
