import type { LeadId } from '../../domain/lead/lead.ts';

/**
 * What outlives its time: events that were decided on, leads that sales never had with what was decided about them, news
 * that were told, what became of messages that were taken back, and passes to the dashboard that are over.
 */
export const expiring = ['events', 'leads', 'news', 'retractions', 'passes'] as const;
export type Expiring = (typeof expiring)[number];

/** What is not kept for ever, in lots, each a statement of its own; several processes share the work. */
export type Retention = {
  /** Deletes a lot of what was over by then. @returns how many; 0: nothing is left */
  drop(what: Expiring, before: Date): Promise<number>;
  /**
   * Some leads that sales had, about which nothing is open or waits, and has not been since then; none: nothing is left.
   */
  outlived(unusedSince: Date): Promise<LeadId[]>;
  /**
   * Has messages taken back of whose lead nothing is kept any more, whatever became of it, and tries those again of which
   * it was given up.
   */
  retractAgain(): Promise<void>;
};
