import type { Handoff, HandoffId, Logged, Outcome } from '../../domain/handoff/handoff.ts';
import type { Origin } from '../../domain/lead/origin.ts';
import type { Measured } from '../../domain/measure/measured.ts';
import type { SpeedBucket } from '../../domain/measure/outcome-curve.ts';
import type { Sight, Tally } from '../../domain/measure/tally.ts';
import type { PersonId } from '../../domain/policy/policy.ts';

/** A handoff that has changed since it was measured, and what its measures are made of. */
export type Unmeasured = {
  handoff: Handoff;
  log: readonly Logged[];
  /** When somebody first looked at its card. */
  seen: ReadonlyMap<PersonId, Date>;
  origin: Origin | null;
  /** When HubSpot's event of it arrived, and was decided on; null: it was found without one. */
  arrived: { receivedAt: Date; decidedAt: Date } | null;
};

/** By what tallies are told apart; `week`: the Monday, in UTC, of the week in which leads qualified. */
export const sides = ['rep', 'team', 'trigger', 'source', 'week'] as const;
export type Side = (typeof sides)[number];

/** What handoffs are measured by, and what is counted over many. */
export type Measures = {
  /**
   * Some handoffs that are not measured as they stand, in the order of their ids; none: nothing is left.
   * @param since only those with events since then; null: all
   * @param after the last one that was seen; null: from the first on
   */
  unmeasured(since: Date | null, after: HandoffId | null): Promise<Unmeasured[]>;
  /** Keeps measures in the place of those of an earlier version; those of a later one stay. */
  keep(measured: readonly (Unmeasured & Measured)[]): Promise<void>;
  /** Has everything measured anew. */
  forget(): Promise<void>;
  /**
   * Counts, as of a moment, over the leads that are in sight.
   * @param by null: all together, under the name null
   */
  tallies(sight: Sight, by: Side | null, now: Date): Promise<ReadonlyMap<string | null, Tally>>;
  /** Every source that a lead came from. */
  sources(): Promise<string[]>;
  /** By how long after qualifying leads were first touched, what became of them. */
  speed(sight: Sight): Promise<SpeedBucket[]>;
  /** How the leads in sight ended that sales sent back, most frequent first. */
  sentBack(sight: Sight): Promise<{ outcome: Outcome; reason: string | null; count: number }[]>;
};
