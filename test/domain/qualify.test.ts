import { describe, expect, it } from 'vitest';
import type { Lead } from '../../src/domain/lead.ts';
import { type Policy, type RequiredField, requiredFields } from '../../src/domain/policy.ts';
import { type EarlierHandoff, qualify } from '../../src/domain/qualify.ts';
import {
  account,
  at,
  becameQualified,
  demoRequest,
  lead,
  policy,
  qualifiedAt,
  scoreReached,
} from '../support/examples.ts';

const now = at('15:00');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

/** A lead about whom nothing speaks, apart from what is given. */
function quiet(override: Partial<Lead> = {}): Lead {
  return lead({ conversion: null, score: null, ...override });
}

/** A score with its history, newest first, as [value, days ago]. */
function scored(...history: [value: number, daysAgo: number][]): Lead {
  const value = history[0]?.[0] ?? 0;
  return quiet({
    score: { value, components: [], history: history.map(([v, ago]) => ({ value: v, at: daysAgo(ago) })) },
  });
}

function became(stage: string, when: Date | null): Lead {
  return quiet({ lifecycleStage: stage, stageEnteredAt: when ? { [stage]: when } : {} });
}

function converted(name: string, when = qualifiedAt): Lead {
  return quiet({ conversion: { name, at: when } });
}

const closedYesterday: EarlierHandoff = { qualifiedAt: daysAgo(3), closedAt: daysAgo(1) };
const withRule = (override: Partial<Policy['qualification']>) =>
  policy({ qualification: { ...policy().qualification, ...override } });

describe('qualified', () => {
  const table: [
    title: string,
    Lead,
    EarlierHandoff | null,
    trigger: string,
    evidence: string,
    since: Date,
  ][] = [
    ['a demo request', lead(), null, 'demo_request', 'sent in "Request a Demo"', qualifiedAt],
    [
      'a form named by one of several words',
      converted('Contact Sales (EN)'),
      null,
      'demo_request',
      'sent in "Contact Sales (EN)"',
      qualifiedAt,
    ],
    [
      'a form, whatever the case',
      converted('BOOK A DEMO'),
      null,
      'demo_request',
      'sent in "BOOK A DEMO"',
      qualifiedAt,
    ],
    [
      'a score that reaches the threshold exactly',
      scored([50, 1], [49, 2]),
      null,
      'score',
      'score 50 reached 50',
      daysAgo(1),
    ],
    [
      'a score, since when it crossed, not since it grew on',
      scored([80, 1], [60, 3], [50, 5], [20, 6]),
      null,
      'score',
      'score 80 reached 50',
      daysAgo(5),
    ],
    [
      'a score that fell and rose again, since it rose',
      scored([55, 1], [30, 2], [70, 90]),
      null,
      'score',
      'score 55 reached 50',
      daysAgo(1),
    ],
    [
      'a score that never was below, since its oldest value',
      scored([90, 1], [60, 6]),
      null,
      'score',
      'score 90 reached 50',
      daysAgo(6),
    ],
    [
      'a lifecycle stage, since it was entered',
      became('marketingqualifiedlead', daysAgo(2)),
      null,
      'lifecycle',
      'became marketingqualifiedlead',
      daysAgo(2),
    ],
    [
      'the other stage of the same trigger',
      became('salesqualifiedlead', daysAgo(2)),
      null,
      'lifecycle',
      'became salesqualifiedlead',
      daysAgo(2),
    ],
    [
      'evidence at the very edge of freshness',
      converted('Demo', daysAgo(7)),
      null,
      'demo_request',
      'sent in "Demo"',
      daysAgo(7),
    ],
    [
      'new evidence after an earlier handoff has closed',
      lead(),
      closedYesterday,
      'demo_request',
      'sent in "Request a Demo"',
      qualifiedAt,
    ],
    [
      'evidence a moment after the earlier one closed',
      converted('Demo', new Date(daysAgo(1).getTime() + 1)),
      closedYesterday,
      'demo_request',
      'sent in "Demo"',
      new Date(daysAgo(1).getTime() + 1),
    ],
    [
      'a score that rose again after the earlier one closed',
      scored([55, 0], [30, 0.5], [70, 2]),
      closedYesterday,
      'score',
      'score 55 reached 50',
      daysAgo(0),
    ],
  ];
  for (const [title, subject, earlier, trigger, evidence, since] of table) {
    it(title, () => {
      expect(qualify(subject, policy(), earlier, now)).toMatchObject({
        verdict: 'qualified',
        trigger: { name: trigger },
        evidence,
        since,
      });
    });
  }

  const everything = lead({
    score: { value: 60, components: [], history: [{ value: 60, at: daysAgo(1) }] },
    lifecycleStage: 'marketingqualifiedlead',
    stageEnteredAt: { marketingqualifiedlead: daysAgo(2) },
  });

  it('by the first trigger of the policy that applies, not by the newest evidence', () => {
    for (const first of [demoRequest, scoreReached, becameQualified]) {
      const rules = policy({ triggers: [first, demoRequest, scoreReached, becameQualified] });
      expect(qualify(everything, rules, null, now)).toMatchObject({ trigger: { name: first.name } });
    }
  });

  it('by a later trigger when the evidence of the first was spent before', () => {
    const spent = { ...everything, conversion: { name: 'Demo', at: daysAgo(2) } };
    expect(qualify(spent, policy(), { qualifiedAt: daysAgo(2), closedAt: daysAgo(1.5) }, now)).toMatchObject({
      verdict: 'qualified',
      trigger: { name: 'score' },
    });
  });

  it('by a later trigger when the evidence of the first is stale', () => {
    const stale = { ...everything, conversion: { name: 'Demo', at: daysAgo(30) } };
    expect(qualify(stale, policy(), null, now)).toMatchObject({
      verdict: 'qualified',
      trigger: { name: 'score' },
    });
  });
});

describe('held', () => {
  const without: Record<RequiredField, Partial<Lead>> = {
    email: { email: null },
    name: { name: null },
    phone: { phone: null },
    jobTitle: { jobTitle: null },
    country: { country: null },
    company: { account: account({ name: null }) },
  };
  const all = withRule({ required: requiredFields });

  it('nothing is missing from a perfect lead', () => {
    expect(qualify(lead(), all, null, now)).toMatchObject({ verdict: 'qualified' });
  });

  for (const field of requiredFields) {
    it(`for want of ${field}`, () => {
      expect(qualify(lead(without[field]), all, null, now)).toMatchObject({
        verdict: 'held',
        trigger: { name: 'demo_request' },
        evidence: 'sent in "Request a Demo"',
        missing: [field],
      });
    });
  }

  it('for want of several fields names each, in the policy’s order', () => {
    const rules = withRule({ required: ['phone', 'company', 'email'] });
    expect(qualify(lead({ account: null, email: null, phone: '' }), rules, null, now)).toMatchObject({
      missing: ['phone', 'company', 'email'],
    });
  });

  it('never a lead that does not qualify anyway', () => {
    expect(qualify(quiet({ email: null }), policy(), null, now)).toMatchObject({ verdict: 'ignored' });
  });
});

describe('ignored', () => {
  const working: EarlierHandoff = { qualifiedAt: daysAgo(1), closedAt: null };
  const table: [title: string, Lead, EarlierHandoff | null, why: string][] = [
    ['while sales works on it', lead(), working, 'sales is already working on this lead'],
    ['in an excluded stage', lead({ lifecycleStage: 'customer' }), null, 'the lifecycle stage is customer'],
    ['when nothing happened', quiet(), null, 'no trigger applies'],
    ['when the form is another', converted('Newsletter'), null, 'no trigger applies'],
    ['when the score is just too low', scored([49.9, 1], [10, 2]), null, 'no trigger applies'],
    ['when the score was high, but fell', scored([30, 1], [70, 2]), null, 'no trigger applies'],
    [
      'when nobody knows since when the score is high',
      quiet({ score: { value: 70, components: [], history: [] } }),
      null,
      'no trigger applies',
    ],
    ['when the stage is another', became('lead', daysAgo(1)), null, 'no trigger applies'],
    [
      'when nobody knows since when the stage is so',
      became('marketingqualifiedlead', null),
      null,
      'no trigger applies',
    ],
    [
      'when an earlier stage qualified, but the lead moved on',
      quiet({ lifecycleStage: 'opportunity', stageEnteredAt: { marketingqualifiedlead: daysAgo(1) } }),
      null,
      'no trigger applies',
    ],
    [
      'when the evidence led to the handoff before',
      converted('Demo', daysAgo(3)),
      closedYesterday,
      'handed over before: sent in "Demo"',
    ],
    [
      'when the evidence came while sales worked on it',
      converted('Demo', daysAgo(2)),
      closedYesterday,
      'handed over before: sent in "Demo"',
    ],
    [
      'when the evidence came in the moment of closing',
      converted('Demo', daysAgo(1)),
      closedYesterday,
      'handed over before: sent in "Demo"',
    ],
    [
      'when our own last write raised the stage right after the end',
      quiet({
        lifecycleStage: 'salesqualifiedlead',
        stageEnteredAt: { salesqualifiedlead: new Date(daysAgo(1).getTime() + 30_000) },
      }),
      closedYesterday,
      'handed over before: became salesqualifiedlead',
    ],
    [
      'when a score stayed high since before',
      scored([80, 0], [60, 2], [10, 3]),
      closedYesterday,
      'handed over before: score 80 reached 50',
    ],
    [
      'when the evidence is too old',
      converted('Demo', new Date(daysAgo(7).getTime() - 1)),
      null,
      'older than 7 days: sent in "Demo"',
    ],
  ];
  for (const [title, subject, earlier, why] of table) {
    it(`${title}: ${why}`, () => {
      expect(qualify(subject, policy(), earlier, now)).toEqual({ verdict: 'ignored', why });
    });
  }

  it('the reason names every piece of spent evidence', () => {
    const both = lead({
      conversion: { name: 'Demo', at: daysAgo(4) },
      lifecycleStage: 'marketingqualifiedlead',
      stageEnteredAt: { marketingqualifiedlead: daysAgo(3) },
    });
    expect(qualify(both, policy(), closedYesterday, now)).toEqual({
      verdict: 'ignored',
      why: 'handed over before: sent in "Demo"; became marketingqualifiedlead',
    });
  });

  it('by a shorter freshness what a longer one would pass on', () => {
    const subject = converted('Demo', daysAgo(2));
    expect(qualify(subject, withRule({ freshWithinDays: 1.5 }), null, now)).toMatchObject({
      verdict: 'ignored',
    });
    expect(qualify(subject, withRule({ freshWithinDays: 2 }), null, now)).toMatchObject({
      verdict: 'qualified',
    });
  });
});

it('gives the same answer however often and in whatever order events made us look', () => {
  const looks = [1, 2, 3].map(() => qualify(lead(), policy(), null, now));
  expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(1);
});
