import type { Kept, Reached, Spread, Tally } from './tally.ts';

/** A number as it is shown: a share of some, times in seconds, or so many for each. */
export type Figure =
  | { kind: 'share'; count: number; of: number }
  | { kind: 'time'; spread: Spread | null }
  | { kind: 'each'; sum: number; of: number };

/**
 * Every number that is shown, and how it is made; its label is the message `figures.<name>`, what it means
 * `figures.<name>Means`. Leads count in the week in which they qualified. What is open and not late counts neither for
 * nor against anybody, and so does a lead that is open for how far it has come.
 */
export const definitions = {
  answeredInTime: { of: ({ acknowledge }) => kept(acknowledge), better: 'more' },
  touchedInTime: { of: ({ touch }) => kept(touch), better: 'more' },
  inTime: { of: ({ both }) => kept(both), better: 'more' },
  toAcknowledge: { of: ({ toAcknowledge }) => time(toAcknowledge.working), better: 'less' },
  toAcknowledgeWall: { of: ({ toAcknowledge }) => time(toAcknowledge.wall), better: 'less' },
  toTouch: { of: ({ toTouch }) => time(toTouch.working), better: 'less' },
  toTouchWall: { of: ({ toTouch }) => time(toTouch.wall), better: 'less' },
  toMeeting: { of: ({ toMeeting }) => time(toMeeting), better: 'less' },
  toDeal: { of: ({ toOpportunity }) => time(toOpportunity), better: 'less' },
  accepted: { of: ({ acceptances, answered }) => share(acceptances, answered), better: 'more' },
  handedBack: { of: ({ handedBack, assignments }) => share(handedBack, assignments), better: 'less' },
  movedOn: { of: ({ movedOn, assignments }) => share(movedOn, assignments), better: 'less' },
  disqualified: {
    of: ({ ended, handoffs, open }) => share(ended.disqualified + ended.unresponsive, handoffs - open),
    better: 'less',
  },
  recycled: { of: ({ ended, handoffs, open }) => share(ended.recycled, handoffs - open), better: null },
  touched: { of: ({ touched }) => reached(touched), better: 'more' },
  meetings: { of: ({ met }) => reached(met), better: 'more' },
  deals: { of: ({ opportunity }) => reached(opportunity), better: 'more' },
  becameSql: { of: ({ accepted }) => reached(accepted), better: 'more' },
  won: { of: ({ won }) => reached(won), better: 'more' },
  touchesEach: {
    of: ({ touches, touched }) => ({ kind: 'each', sum: touches, of: touched.count }),
    better: null,
  },
  escalated: { of: ({ escalated, handoffs }) => share(escalated, handoffs), better: 'less' },
  rescued: { of: ({ rescued, handoffs }) => share(rescued, handoffs), better: null },
  fallback: { of: ({ fallback, handoffs }) => share(fallback, handoffs), better: 'less' },
} as const satisfies Record<string, Definition>;

type Definition = { of: (tally: Tally) => Figure; better: 'more' | 'less' | null };

export type FigureName = keyof typeof definitions;

/** More than this share of leads that fell to the fallback person says that routing has a gap. */
export const healthyFallback = 0.1;

/** Of fewer cases a share in percent would say nothing; of fewer times neither would how nine of ten went. */
const enough = { forShare: 5, forSpread: 10 };

/** Whether a figure may be told as a percentage, or compared. */
export function isTelling(figure: Figure): boolean {
  return casesOf(figure) >= enough.forShare;
}

/** Whether how nine of ten went may be told. */
export function hasSpread({ count }: Spread): boolean {
  return count >= enough.forSpread;
}

export function casesOf(figure: Figure): number {
  return figure.kind === 'time' ? (figure.spread?.count ?? 0) : figure.of;
}

/** What of a figure is compared with the period before: a share from 0 to 1, the median in seconds, or so many each. */
export function levelOf(figure: Figure): number | null {
  if (figure.kind === 'time') return figure.spread?.median ?? null;
  if (figure.of === 0) return null;
  return (figure.kind === 'share' ? figure.count : figure.sum) / figure.of;
}

/**
 * By how much a figure is above the period before: the difference of shares, or of medians in seconds. Null where either
 * is of too few cases to say anything.
 */
export function changeOf(figure: Figure, before: Figure): number | null {
  if (!isTelling(figure) || !isTelling(before)) return null;
  const [now, then] = [levelOf(figure), levelOf(before)];
  return now === null || then === null ? null : now - then;
}

/** Of a lead, whose seconds they were until somebody reached out, on the average; they add up to the average wait. */
export function minutesWent({
  spent,
}: Pick<Tally, 'spent'>): { system: number; offHours: number; rep: number } | null {
  const { count, system, offHours, rep } = spent;
  return count === 0 ? null : { system: system / count, offHours: offHours / count, rep: rep / count };
}

function kept({ inTime, late }: Kept): Figure {
  return share(inTime, inTime + late);
}

function share(count: number, of: number): Figure {
  return { kind: 'share', count, of };
}

function reached({ count, of }: Reached): Figure {
  return share(count, of);
}

function time(spread: Spread | null): Figure {
  return { kind: 'time', spread };
}
