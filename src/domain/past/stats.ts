import type { Outcome } from '../handoff/handoff.ts';
import type { PersonId } from '../policy/policy.ts';

/** What the measures are made from: one handoff's milestones. */
export type HandoffFacts = {
  rep: PersonId;
  team: string | null;
  trigger: string;
  source: string | null;
  qualifiedAt: Date;
  deliveredAt: Date | null;
  acknowledgedAt: Date | null;
  acceptedAt: Date | null;
  firstTouchAt: Date | null;
  closedAt: Date | null;
  ackBreached: boolean;
  touchBreached: boolean;
  outcome: Outcome | null;
  reason: string | null;
};

/** Half of the values lie at or below the median, nine of ten at or below p90; in minutes. */
export type Spread = { count: number; medianMinutes: number; p90Minutes: number };

export type Stats = {
  handoffs: number;
  /** From the card's arrival, or from qualifying while no card has arrived, to the first answer. */
  toAcknowledge: Spread | null;
  /** From the card's arrival to the first touch. */
  toFirstTouch: Spread | null;
  /** Share of the handoffs whose targets have been decided that missed none, 0 to 1. */
  withinSla: number | null;
  /** Share of the answered handoffs that were accepted, 0 to 1. */
  accepted: number | null;
  /** Why leads were disqualified, most frequent first. */
  reasons: readonly { reason: string; count: number }[];
};

/**
 * The measures over some handoffs. Times are wall-clock minutes from when the card reached somebody, so that the
 * system's own delay is nobody's fault. A handoff whose target is still running and not late counts neither for nor
 * against the SLA.
 */
export function measure(facts: readonly HandoffFacts[]): Stats {
  const judged = facts.filter((fact) => missed(fact) || fact.firstTouchAt || fact.closedAt);
  const answered = facts.filter((fact) => fact.acknowledgedAt);
  return {
    handoffs: facts.length,
    toAcknowledge: spread(facts.map((fact) => minutesTo(fact, fact.acknowledgedAt))),
    toFirstTouch: spread(facts.map((fact) => minutesTo(fact, fact.firstTouchAt))),
    withinSla: share(judged.filter((fact) => !missed(fact)).length, judged.length),
    accepted: share(answered.filter((fact) => fact.acceptedAt).length, answered.length),
    reasons: countReasons(facts),
  };
}

function missed(fact: HandoffFacts): boolean {
  return fact.ackBreached || fact.touchBreached;
}

function minutesTo(fact: HandoffFacts, end: Date | null): number | null {
  if (!end) return null;
  const start = fact.deliveredAt ?? fact.qualifiedAt;
  return Math.max(0, (end.getTime() - start.getTime()) / 60_000);
}

function spread(values: readonly (number | null)[]): Spread | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  return { count: sorted.length, medianMinutes: quantile(sorted, 0.5), p90Minutes: quantile(sorted, 0.9) };
}

/** Linear interpolation between the two nearest values, as spreadsheets and PostgreSQL's percentile_cont do. */
function quantile(sorted: readonly number[], q: number): number {
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function countReasons(facts: readonly HandoffFacts[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of facts) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
}
