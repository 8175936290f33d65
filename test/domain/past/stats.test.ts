import { describe, expect, it } from 'vitest';
import { type HandoffFacts, measure } from '../../../src/domain/past/stats.ts';
import { ada, at, minutesAfter } from '../../support/examples.ts';

const deliveredAt = at('15:00');

/** Delivered at 15:00, answered after 5 minutes, touched after 20, still open. */
function facts(override: Partial<HandoffFacts> = {}): HandoffFacts {
  return {
    rep: ada,
    team: 'Americas',
    trigger: 'demo_request',
    source: 'PAID_SEARCH',
    qualifiedAt: at('14:59'),
    deliveredAt,
    acknowledgedAt: minutesAfter(deliveredAt, 5),
    acceptedAt: minutesAfter(deliveredAt, 5),
    firstTouchAt: minutesAfter(deliveredAt, 20),
    closedAt: null,
    ackBreached: false,
    touchBreached: false,
    outcome: null,
    reason: null,
    ...override,
  };
}

const waiting = { acknowledgedAt: null, acceptedAt: null, firstTouchAt: null };
const rejected = {
  acceptedAt: null,
  firstTouchAt: null,
  closedAt: at('15:30'),
  outcome: 'disqualified',
} as const;
const answeredAfter = (minutes: number) => facts({ acknowledgedAt: minutesAfter(deliveredAt, minutes) });

describe('the measures', () => {
  it('of nothing are unknown, not zero', () => {
    expect(measure([])).toEqual({
      handoffs: 0,
      toAcknowledge: null,
      toFirstTouch: null,
      withinSla: null,
      accepted: null,
      reasons: [],
    });
  });

  it('of one good handoff', () => {
    expect(measure([facts()])).toEqual({
      handoffs: 1,
      toAcknowledge: { count: 1, medianMinutes: 5, p90Minutes: 5 },
      toFirstTouch: { count: 1, medianMinutes: 20, p90Minutes: 20 },
      withinSla: 1,
      accepted: 1,
      reasons: [],
    });
  });
});

describe('times', () => {
  // What PostgreSQL's percentile_cont(0.5) and (0.9) give for the same values.
  const table: [values: number[], median: number, p90: number][] = [
    [[7], 7, 7],
    [[1, 2], 1.5, 1.9],
    [[3, 1, 2], 2, 2.8],
    [[1, 2, 3, 4], 2.5, 3.7],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], 60, 100],
    [[5, 5, 5, 1000], 5, 701.5],
  ];
  for (const [values, median, p90] of table) {
    it(`${values.join(', ')} minutes: median ${median}, nine of ten ${p90}`, () => {
      const spread = measure(values.map(answeredAfter)).toAcknowledge;
      expect(spread?.count).toBe(values.length);
      expect(spread?.medianMinutes).toBeCloseTo(median, 9);
      expect(spread?.p90Minutes).toBeCloseTo(p90, 9);
    });
  }

  it('run from the card’s arrival: the system’s own delay is nobody’s', () => {
    expect(measure([facts({ qualifiedAt: at('12:00') })]).toAcknowledge?.medianMinutes).toBe(5);
  });

  it('run from qualifying where no card has arrived', () => {
    expect(measure([facts({ deliveredAt: null })]).toAcknowledge?.medianMinutes).toBe(6);
  });

  it('are 0 for an answer given while the card was being noted', () => {
    expect(measure([answeredAfter(-1)]).toAcknowledge?.medianMinutes).toBe(0);
  });

  it('leave out who has not answered yet', () => {
    expect(measure([facts(), facts(waiting)])).toMatchObject({
      handoffs: 2,
      toAcknowledge: { count: 1 },
      toFirstTouch: { count: 1 },
    });
  });
});

describe('the share within the SLA', () => {
  const table: [title: string, HandoffFacts[], share: number | null][] = [
    ['a touched handoff without a breach counts for it', [facts()], 1],
    ['a missed answer counts against it, even when a touch came', [facts({ ackBreached: true })], 0],
    ['a missed touch counts against it', [facts({ touchBreached: true, firstTouchAt: null })], 0],
    ['one that still waits, not late, counts neither way', [facts(waiting)], null],
    ['one that waits and is late counts against it', [facts({ ...waiting, ackBreached: true })], 0],
    ['one accepted but not touched yet counts neither way', [facts({ firstTouchAt: null })], null],
    ['one disqualified in time counts for it', [facts(rejected)], 1],
    [
      'three of four',
      [facts(), facts(), facts(rejected), facts({ ackBreached: true }), facts(waiting)],
      0.75,
    ],
  ];
  for (const [title, set, share] of table) {
    it(`${title}: ${share}`, () => {
      expect(measure(set).withinSla).toBe(share);
    });
  }
});

it('the accepted share is of the answered ones', () => {
  expect(measure([facts(), facts(), facts(rejected), facts(waiting)]).accepted).toBeCloseTo(2 / 3, 9);
});

it('the reasons are the most frequent first, equals by name', () => {
  const reasons = ['spam', 'timing', 'spam', 'budget', null].map((reason) => facts({ ...rejected, reason }));
  expect(measure(reasons).reasons).toEqual([
    { reason: 'spam', count: 2 },
    { reason: 'budget', count: 1 },
    { reason: 'timing', count: 1 },
  ]);
});
