import type { MarketingFacts } from '../../domain/past/marketing-week.ts';
import type { Period } from '../../domain/time/reported-period.ts';

/** What is known of marketing's leads, also of those that are kept no longer. */
export type MarketingPast = {
  /** The handoffs that qualified, were accepted or ended in a period, oldest first. */
  facts(period: Period): Promise<MarketingFacts[]>;
  /** Of how many leads nurture is paused at this moment. @param teams those that these teams have; null: all */
  paused(teams: readonly string[] | null): Promise<number>;
};
