/** Leads that were first touched within a span after they qualified, and what became of them. */
export type SpeedBucket = {
  /** Seconds from, and up to; null: without end. */
  from: number;
  until: number | null;
  /** Those of which it is known: they were met, became a deal, or are closed. */
  leads: number;
  meetings: number;
  deals: number;
};

/** A share with its interval at 95 %, all from 0 to 1. */
export type Rate = { rate: number; low: number; high: number };

/** What the company's own past says of speed. */
export type Curve = {
  buckets: readonly (SpeedBucket & { met: Rate | null; won: Rate | null })[];
  says:
    | { what: 'tooFew'; leads: number; needed: number }
    | { what: 'noDifference'; leads: number }
    /** `within`: seconds within which a first touch came with clearly more meetings than after it. */
    | { what: 'target'; within: number; faster: Rate; slower: Rate };
};

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Where buckets begin, in seconds: people tell "within five minutes", "within the hour", "the same day". */
export const bucketsFrom: readonly number[] = [0, 5 * minute, 15 * minute, hour, 4 * hour, day, 3 * day];

/** On either side of a target as many as these, or it says nothing. */
const leadsPerSide = 30;

/** Of a normal distribution: 95 % lie within so many standard deviations. */
const z95 = 1.96;

/**
 * Sets speed against outcome: how many leads of each speed were met, with intervals, and the target at which the leads
 * before it were met most clearly more often than those after it. That one goes with the other does not say that it is
 * the cause.
 */
export function outcomeCurve(counted: readonly SpeedBucket[]): Curve {
  const buckets = counted.map((bucket) => ({
    ...bucket,
    met: rateOf(bucket.meetings, bucket.leads),
    won: rateOf(bucket.deals, bucket.leads),
  }));
  const leads = counted.reduce((sum, bucket) => sum + bucket.leads, 0);
  const splits = counted.flatMap(({ until }) => (until === null ? [] : [splitAt(until, counted)]));
  const telling = splits.filter(({ before, after }) => Math.min(before.leads, after.leads) >= leadsPerSide);
  if (telling.length === 0) return { buckets, says: { what: 'tooFew', leads, needed: 2 * leadsPerSide } };
  const [best] = telling.toSorted((a, b) => b.z - a.z);
  const [faster, slower] = best
    ? [rateOf(best.before.meetings, best.before.leads), rateOf(best.after.meetings, best.after.leads)]
    : [];
  if (!best || !faster || !slower || best.z < z95) return { buckets, says: { what: 'noDifference', leads } };
  return { buckets, says: { what: 'target', within: best.within, faster, slower } };
}

/** Wilson's interval, which holds also for few, and for none or all of them. */
export function rateOf(part: number, whole: number): Rate | null {
  if (whole === 0) return null;
  const rate = part / whole;
  const square = z95 ** 2;
  const middle = (rate + square / (2 * whole)) / (1 + square / whole);
  const half =
    (z95 / (1 + square / whole)) * Math.sqrt((rate * (1 - rate)) / whole + square / (4 * whole ** 2));
  return { rate, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The leads up to a time and after it, and how many standard errors their meeting rates are apart. */
function splitAt(within: number, buckets: readonly SpeedBucket[]) {
  const isBefore = ({ until }: SpeedBucket) => until !== null && until <= within;
  const before = sum(buckets.filter(isBefore));
  const after = sum(buckets.filter((bucket) => !isBefore(bucket)));
  const pooled = (before.meetings + after.meetings) / (before.leads + after.leads);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.leads + 1 / after.leads));
  const apart = before.meetings / before.leads - after.meetings / after.leads;
  return { within, before, after, z: error > 0 ? apart / error : 0 };
}

function sum(buckets: readonly SpeedBucket[]): { leads: number; meetings: number } {
  const add = (key: 'leads' | 'meetings') => buckets.reduce((total, bucket) => total + bucket[key], 0);
  return { leads: add('leads'), meetings: add('meetings') };
}
