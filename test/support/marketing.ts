import type { Origin } from '../../src/domain/lead/origin.ts';
import type { MarketingFacts } from '../../src/domain/past/marketing-week.ts';
import { ada, at, minutesAfter } from './examples.ts';

export const fromPaidSearch: Origin = {
  source: 'PAID_SEARCH',
  campaign: 'spring',
  latestSource: null,
  latestCampaign: null,
  score: { value: 30, components: [{ label: 'Fit', points: 20 }] },
};

/** A demo request of the day of the examples that Ada accepted after five minutes, and still has. */
export function marketingFact(override: Partial<MarketingFacts> = {}): MarketingFacts {
  const qualifiedAt = override.qualifiedAt ?? at('15:00');
  return {
    handoffId: '1',
    leadId: '501',
    trigger: 'demo_request',
    origin: fromPaidSearch,
    team: 'Americas',
    qualifiedAt,
    acceptedAt: minutesAfter(qualifiedAt, 5),
    closedAt: null,
    outcome: null,
    reason: null,
    note: '',
    held: [{ rep: ada, from: qualifiedAt, until: null }],
    touches: 0,
    escalations: 0,
    back: null,
    ...override,
  };
}

/** The same, sent back after two hours in which Ada worked. */
export function sentBackFact(override: Partial<MarketingFacts> = {}): MarketingFacts {
  const fact = marketingFact(override);
  const closedAt = minutesAfter(fact.qualifiedAt, 120);
  return { ...fact, outcome: 'disqualified', reason: 'not_a_fit', closedAt, ...override };
}
