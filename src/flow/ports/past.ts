import type { LeadId } from '../../domain/lead/lead.ts';
import type { PastAnswer } from '../../domain/past/forecast.ts';
import type { PastLead } from '../../domain/past/replay.ts';
import type { PersonId } from '../../domain/policy/policy.ts';

/** What is stored of the past, to try policies on it. Nothing here writes. */
export type Past = {
  /**
   * The moments in [from, to) at which something arrived about a lead that is known, in their order and in batches of
   * which each is gone through once; each lead as it was read last.
   */
  moments(from: Date, to: Date): AsyncIterable<Iterable<{ at: Date; past: PastLead }>>;
  /** The newest handoffs from [from, to) of every rep that were never reassigned and had to be answered by now. */
  answers(from: Date, to: Date): Promise<PastAnswer[]>;
  /** The handoffs that were open at a moment, with who holds them now or held them last. */
  openAt(at: Date): Promise<{ rep: PersonId; closedAt: Date | null }[]>;
  /** How long handoffs were open that are closed by now: the median, and of how many. */
  timeToClose(): Promise<{ medianMs: number; count: number } | null>;
  /** Names, or else emails, of leads by id. */
  names(ids: readonly LeadId[]): Promise<ReadonlyMap<LeadId, string>>;
};
