import type { MarketingFacts } from '../../domain/past/marketing-week.ts';
import type { Period } from '../../domain/time/reported-period.ts';

/** What is known of marketing's leads, also of those that are kept no longer. */
export type MarketingPast = {
  /** The handoffs that qualified, were accepted or ended in a period, oldest first. */
  facts(period: Period): Promise<MarketingFacts[]>;
};
