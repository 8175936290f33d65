import { describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/domain/lead/origin.ts';
import { type MarketingFacts, marketingWeek } from '../../../src/domain/past/marketing-week.ts';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { ada, ben } from '../../support/examples.ts';

const period = { from: new Date('2026-03-02T00:00:00Z'), until: new Date('2026-03-09T00:00:00Z') };
const before = { from: new Date('2026-02-23T00:00:00Z'), until: new Date('2026-03-02T00:00:00Z') };

/** At a time of a day of the week that is reported; below 1 of the one before. */
const on = (day: number, time = '10:00') => new Date(Date.parse(`2026-03-01T${time}:00Z`) + day * 86_400_000);

const nineToFive: WorkingHours = {
  zone: 'UTC',
  week: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ fromMinute: 540, toMinute: 1020 }]])),
};

const origin: Origin = {
  source: 'PAID_SEARCH',
  campaign: 'spring',
  latestSource: null,
  latestCampaign: null,
  score: { value: 30, components: [{ label: 'Fit', points: 20 }] },
};

/** Qualified and accepted on the Monday of the week, still open. */
function fact(override: Partial<MarketingFacts> = {}): MarketingFacts {
  return {
    handoffId: '1',
    leadId: '501',
    trigger: 'demo_request',
    origin,
    team: 'Americas',
    qualifiedAt: on(1),
    acceptedAt: on(1, '10:05'),
    closedAt: null,
    outcome: null,
    reason: null,
    note: '',
    held: [{ rep: ada, from: on(1), until: null }],
    touches: 0,
    escalations: 0,
    back: null,
    ...override,
  };
}

const sentBack = (override: Partial<MarketingFacts> = {}) =>
  fact({ outcome: 'disqualified', reason: 'no_budget', closedAt: on(1, '12:00'), ...override });
const unaccepted = { acceptedAt: null };

const week = (...facts: MarketingFacts[]) => marketingWeek(facts, { period, before }, () => nineToFive);

describe('what marketing sees of a week', () => {
  it('of nothing is nothing', () => {
    expect(week()).toEqual({
      period,
      handedOver: { count: 0, before: 0 },
      accepted: { count: 0, before: 0 },
      sentBack: { count: 0, before: 0 },
      reasons: [],
      components: [],
      acceptance: [],
      costliest: [],
      recycled: { asleep: 0, back: 0, wokenBy: [] },
    });
  });

  it('counts each thing in the week in which it happened', () => {
    const told = week(
      fact({ qualifiedAt: on(0), acceptedAt: on(1) }),
      sentBack({ qualifiedAt: on(-1), acceptedAt: on(0), closedAt: on(2) }),
      sentBack({ qualifiedAt: on(-2), acceptedAt: on(-2), closedAt: on(-1) }),
      fact({ qualifiedAt: on(7, '23:59'), acceptedAt: on(8) }),
    );
    expect(told).toMatchObject({
      handedOver: { count: 1, before: 3 },
      accepted: { count: 1, before: 2 },
      sentBack: { count: 1, before: 1 },
    });
  });

  it('is nothing of leads that converted or were withdrawn', () => {
    const { sentBack: figure, reasons } = week(
      fact({ outcome: 'converted', closedAt: on(2) }),
      fact({ outcome: 'withdrawn', closedAt: on(2), reason: 'Already a customer' }),
    );
    expect([figure.count, reasons]).toEqual([0, []]);
  });

  it('tells reasons apart by source and campaign, the most frequent first', () => {
    const { reasons } = week(
      sentBack({ reason: 'timing', outcome: 'recycled' }),
      sentBack(),
      sentBack(),
      sentBack({ origin: { ...origin, campaign: 'autumn' } }),
      sentBack({ origin: null }),
    );
    const from = { source: 'PAID_SEARCH', campaign: 'spring' };
    expect(reasons).toEqual([
      { outcome: 'disqualified', reason: 'no_budget', ...from, count: 2 },
      { outcome: 'recycled', reason: 'timing', ...from, count: 1 },
      { outcome: 'disqualified', reason: 'no_budget', ...from, campaign: 'autumn', count: 1 },
      { outcome: 'disqualified', reason: 'no_budget', source: null, campaign: null, count: 1 },
    ]);
  });

  it('counts acceptance of first answers, by trigger and by source', () => {
    const { acceptance } = week(
      fact(),
      sentBack(),
      sentBack(unaccepted),
      // It was accepted in the week before: sent back, but answered long ago.
      sentBack({ qualifiedAt: on(0), acceptedAt: on(0) }),
      fact({ ...unaccepted, trigger: 'pricing' }),
      sentBack({ ...unaccepted, trigger: 'pricing', origin: null }),
    );
    expect(acceptance).toEqual([
      { by: 'trigger', name: 'demo_request', answered: 3, accepted: 2 },
      { by: 'trigger', name: 'pricing', answered: 1, accepted: 0 },
      { by: 'source', name: 'PAID_SEARCH', answered: 3, accepted: 2 },
      { by: 'source', name: null, answered: 1, accepted: 0 },
    ]);
  });

  it.each([
    [-5, { from: null, to: 0 }],
    [0, { from: null, to: 0 }],
    [1, { from: 1, to: 9 }],
    [24.5, { from: 10, to: 24 }],
    [25, { from: 25, to: 49 }],
    [300, { from: 75, to: null }],
  ])('has %d points of a part of the score in its band', (points, band) => {
    const components = [{ label: 'Fit', points }];
    const scored = { ...origin, score: { value: points, components } };
    expect(week(fact({ origin: scored })).components).toEqual([
      { label: 'Fit', band, decided: 1, sentBack: 0 },
    ]);
  });

  it('tells of each part of the score how often leads were sent back, in the order of the bands', () => {
    const scored = (fit: number, engagement: number): Origin => {
      const components = [
        { label: 'Fit', points: fit },
        { label: 'Engagement', points: engagement },
      ];
      return { ...origin, score: { value: fit + engagement, components } };
    };
    const { components } = week(
      fact({ origin: scored(30, 5) }),
      sentBack({ origin: scored(5, 5) }),
      sentBack({ origin: scored(30, 5), acceptedAt: on(-3) }),
      fact({ origin: scored(30, 5), acceptedAt: on(-3) }),
    );
    expect(components).toEqual([
      { label: 'Fit', band: { from: 1, to: 9 }, decided: 1, sentBack: 1 },
      { label: 'Fit', band: { from: 25, to: 49 }, decided: 2, sentBack: 1 },
      { label: 'Engagement', band: { from: 1, to: 9 }, decided: 3, sentBack: 2 },
    ]);
  });

  it('counts as spent the working time of everybody who had the lead, each in their own hours', () => {
    const late: WorkingHours = { ...nineToFive, zone: 'America/New_York' };
    const held = [
      { rep: ada, from: on(1, '16:00'), until: on(1, '18:00') },
      { rep: ben, from: on(1, '18:00'), until: null },
    ];
    const { costliest } = marketingWeek(
      [sentBack({ held, closedAt: on(1, '20:00'), touches: 3, escalations: 1 })],
      { period, before },
      (rep) => (rep === ben ? late : nineToFive),
    );
    const cost = { leads: 1, workingMinutes: 180, touches: 3, escalations: 1 };
    expect(costliest).toEqual([
      { by: 'trigger', name: 'demo_request', ...cost },
      { by: 'source', name: 'PAID_SEARCH', ...cost },
    ]);
  });

  it('names the three that cost most for nothing; what sleeps is not among them', () => {
    const from = (source: string, hours: number) =>
      sentBack({ origin: { ...origin, source }, closedAt: on(1, `${10 + hours}:00`) });
    const { costliest } = week(
      from('PAID_SEARCH', 1),
      from('OFFLINE', 3),
      from('REFERRALS', 2),
      sentBack({ trigger: 'pricing', outcome: 'recycled', closedAt: on(1, '17:00') }),
    );
    expect(costliest.map(({ by, name, workingMinutes }) => [by, name, workingMinutes])).toEqual([
      ['trigger', 'demo_request', 360],
      ['source', 'OFFLINE', 180],
      ['source', 'REFERRALS', 120],
    ]);
  });

  it('tells who went to sleep, who came back, and what woke them', () => {
    const { recycled } = week(
      sentBack({ outcome: 'recycled', reason: 'timing' }),
      fact({ back: { wokenBy: 'revisit' } }),
      fact({ back: { wokenBy: 'demo_request' } }),
      fact({ back: { wokenBy: 'demo_request' } }),
      fact({ back: { wokenBy: 'revisit' }, qualifiedAt: on(0) }),
    );
    expect(recycled).toEqual({
      asleep: 1,
      back: 3,
      wokenBy: [
        { trigger: 'demo_request', count: 2 },
        { trigger: 'revisit', count: 1 },
      ],
    });
  });
});
