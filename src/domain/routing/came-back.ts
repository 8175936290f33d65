import { check } from '../policy/condition.ts';
import type { Facts, Finding } from '../policy/facts.ts';
import type { LockExceptions, PersonId, Policy, Trigger } from '../policy/policy.ts';
import { urgencyOf } from '../policy/triggers.ts';
import type { Reason } from '../words/reason.ts';

/**
 * How long nothing but some triggers brings a lead back; `until` null: for good. `stronger`: those more urgent than the
 * trigger that it was handed over for.
 */
export type Lock = { until: Date | null; unless: LockExceptions };

/** How somebody of sales sent a lead back. */
export type SentBack = {
  /** Null: nobody, as when HubSpot told of it. */
  by: PersonId | null;
  note: string;
  lock: Lock | null;
  /** When it comes back by itself; null: it does not. */
  revisitAt: Date | null;
};

/** The last time that sales had a lead, and how that ended, for whoever gets it next. */
export type Back = {
  handoffId: string;
  /** Who had it. */
  rep: PersonId;
  at: Date;
  outcome: 'disqualified' | 'unresponsive' | 'recycled';
  /** The policy's reason, what was written about it, and by whom. */
  reason: string | null;
  note: string;
  by: PersonId | null;
  /** How often it has been recycled so far. */
  recycled: number;
};

/** How a lead went back to marketing, and what keeps it there. */
export type End = Back & Pick<SentBack, 'lock' | 'revisitAt'>;

/** A trigger that was looked at, what it found, and why it did not count although it was met. */
export type Tried = { trigger: Trigger; finding: Finding; but: Reason | null };

/** Why a trigger does not bring back a lead that was sent back; null when it does. */
export function lockedOut(
  trigger: Trigger,
  handedOverFor: string,
  { lock, reason }: End,
  policy: Policy,
  now: Date,
): Reason | null {
  if (!lock || (lock.until && lock.until <= now)) return null;
  const { until, unless } = lock;
  const isLetThrough =
    unless === 'stronger'
      ? urgencyOf(policy, trigger.name) < urgencyOf(policy, handedOverFor)
      : unless.includes(trigger.name);
  if (isLetThrough) return null;
  const label = policy.disqualifyReasons.find(({ name }) => name === reason)?.label ?? reason ?? '';
  return until ? { kind: 'lockedUntil', label, until } : { kind: 'lockedForGood', label };
}

/** What wakes a recycled lead: its day, or what the policy lists once the lead has rested. */
export function wakersTried(facts: Facts, end: End, policy: Policy, now: Date): Tried[] {
  const { outcome, revisitAt, at } = end;
  if (outcome !== 'recycled' || !revisitAt) return [];
  const { wake, revisit, restMinutes } = policy.recycle;
  const restedAt = new Date(at.getTime() + restMinutes * 60_000);
  const woken = wake.map((trigger): Tried => {
    const finding = check(trigger.when, facts);
    return { trigger, finding, but: finding.met ? slept(finding, at, restedAt) : null };
  });
  const finding: Finding =
    now >= revisitAt
      ? { met: true, since: revisitAt, found: { kind: 'dayCame' } }
      : { met: false, since: null, found: { kind: 'comesBack', until: revisitAt } };
  return [...woken, { trigger: revisit, finding, but: null }];
}

/** Why something that the lead did does not wake it; null when it does. */
function slept({ since }: Finding, at: Date, restedAt: Date): Reason | null {
  if (!since || since <= at) return { kind: 'spent' };
  return since < restedAt ? { kind: 'rests', until: restedAt } : null;
}

/** What whoever gets a lead next is told of the last time. */
export function backOf({ lock: _lock, revisitAt: _revisitAt, ...back }: End): Back {
  return back;
}
