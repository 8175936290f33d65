import { happenedIn, type MarketingFacts } from '../../../src/domain/past/marketing-week.ts';
import type { MarketingPast } from '../../../src/flow/ports/marketing.ts';

/** A past that a test has written. */
export type MemoryMarketingPast = MarketingPast & { keep(...facts: MarketingFacts[]): void };

export function memoryMarketingPast(): MemoryMarketingPast {
  const kept: MarketingFacts[] = [];
  return {
    keep: (...facts) => {
      kept.push(...facts);
    },
    paused: async () => 0,
    facts: async (period) => kept.filter((fact) => happenedIn(period, fact)),
  };
}
