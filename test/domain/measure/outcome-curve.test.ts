import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketsFrom,
  outcomeCurve,
  rateOf,
  type SpeedBucket,
} from '../../../src/domain/measure/outcome-curve.ts';

/** Buckets of these leads and meetings, from the fastest to the slowest. */
function buckets(...counts: [leads: number, meetings: number][]): SpeedBucket[] {
  return bucketsFrom.map((from, place) => {
    const [leads, meetings] = counts[place] ?? [0, 0];
    return { from, until: bucketsFrom[place + 1] ?? null, leads, meetings, deals: 0 };
  });
}

describe('the curve of speed against outcome', () => {
  it('suggests the time before which leads were met clearly more often', () => {
    const { says } = outcomeCurve(buckets([60, 30], [60, 28], [60, 12], [60, 10], [60, 9]));
    expect(says).toMatchObject({
      what: 'target',
      within: 900,
      faster: { rate: 58 / 120 },
      slower: { rate: 31 / 180 },
    });
  });

  it('says so where speed made no difference', () => {
    expect(outcomeCurve(buckets([60, 18], [60, 18], [60, 18])).says).toEqual({
      what: 'noDifference',
      leads: 180,
    });
    expect(outcomeCurve(buckets([60, 6], [60, 30])).says).toEqual({ what: 'noDifference', leads: 120 });
    expect(outcomeCurve(buckets([60, 60], [60, 60])).says).toEqual({ what: 'noDifference', leads: 120 });
  });

  it('says so where there are too few cases', () => {
    expect(outcomeCurve(buckets([29, 29], [31, 0])).says).toEqual({ what: 'tooFew', leads: 60, needed: 60 });
    expect(outcomeCurve(buckets()).says).toEqual({ what: 'tooFew', leads: 0, needed: 60 });
  });
});

describe('an interval', () => {
  // Wilson's own example, as in Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d of %d is that of the literature', (part, whole, low, high) => {
    const rate = rateOf(part, whole);
    expect(rate?.low).toBeCloseTo(low, 4);
    expect(rate?.high).toBeCloseTo(high, 4);
  });

  it('holds the share, and lies between none and all', () => {
    const some = fc.nat(500).chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole + 1)));
    fc.assert(
      fc.property(some, ([part, whole]) => {
        const { rate, low, high } = rateOf(part, whole) ?? { rate: -1, low: 0, high: 0 };
        expect(0 <= low && low <= rate + 1e-12 && rate <= high + 1e-12 && high <= 1).toBe(true);
      }),
    );
  });
});
