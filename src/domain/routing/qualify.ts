import type { Lead } from '../lead/lead.ts';
import { check, partsOf } from '../policy/condition.ts';
import type { Finding, WorkflowRequest } from '../policy/facts.ts';
import type { Policy, RequiredField, Trigger } from '../policy/policy.ts';
import type { Reason, Why } from '../words/reason.ts';
import { type Back, backOf, type End, lockedOut, wakersTried } from './came-back.ts';

/** What is decided about a lead that marketing may have finished with, and everything that was looked at. */
export type Qualification = { considered: readonly Considered[] } & (
  | { verdict: 'qualified'; trigger: Trigger; evidence: Reason; since: Date; back: Back | null }
  | { verdict: 'held'; trigger: Trigger; evidence: Reason; missing: readonly RequiredField[] }
  | { verdict: 'ignored'; why: Reason }
);

/** One trigger or exclusion, what it found, and why it did not count although it was met. */
export type Considered = {
  kind: 'trigger' | 'never';
  name: string;
  met: boolean;
  found: Why;
  since: Date | null;
  but: Why | null;
};

/** An earlier time this lead was with sales; `end` when somebody sent it back. */
export type EarlierHandoff = {
  trigger: string;
  qualifiedAt: Date;
  closedAt: Date | null;
  end?: End | null;
};

/** What is known besides the lead as it stands. */
export type History = {
  /** Newest first. */
  earlier: readonly EarlierHandoff[];
  workflows: readonly WorkflowRequest[];
  /** Since when the lead has been held: evidence that was fresh then does not age while it waits. */
  heldSince?: Date | null;
};

/** So soon after a handoff closed, a new stage is our own doing: our last write may reach HubSpot that late. */
const echoMs = 60_000;

/**
 * Decides whether a lead is ready for sales.
 *
 * It looks at the lead as it is in HubSpot now and at when each piece of evidence came to be, never at the event
 * that made us look: so duplicates, late and reordered webhooks and our own echoes all give the same answer. Evidence
 * counts once: it must be newer than the lead's last handoff, and fresh. Of the triggers that are met the first in the
 * policy, the most urgent, names the handoff.
 */
export function qualify(lead: Lead, policy: Policy, history: History, now: Date): Qualification {
  const last = history.earlier[0];
  const end = last?.end ?? null;
  if (last && !last.closedAt) return ignored({ kind: 'withSales' }, []);
  const freshFrom = freshSince(policy, now, history.heldSince);
  const facts = {
    lead,
    trigger: null,
    workflows: history.workflows,
    spentUntil: spentUntil(history.earlier),
    freshFrom,
  };

  const exclusions = policy.qualification.never.map((exclusion) => ({
    exclusion,
    finding: check(exclusion.when, facts),
  }));
  const never = exclusions.map(({ exclusion, finding }) =>
    considered('never', exclusion.name, finding, null),
  );
  const excluded = exclusions.find(({ finding }) => finding.met);
  if (excluded) {
    const { label } = excluded.exclusion;
    return ignored({ kind: 'under', label, found: excluded.finding.found }, never);
  }

  const triggers = [
    ...policy.triggers.map((trigger) => {
      const finding = check(trigger.when, facts);
      const locked = () => (last && end ? lockedOut(trigger, last.trigger, end, policy, now) : null);
      const but = finding.met ? (objection(trigger, finding, policy, history, now) ?? locked()) : null;
      return { trigger, finding, but };
    }),
    ...(end ? wakersTried(facts, end, policy, now) : []),
  ];
  const all = [
    ...never,
    ...triggers.map(({ trigger, finding, but }) => considered('trigger', trigger.name, finding, but)),
  ];
  const met = triggers.filter(({ finding }) => finding.met);
  if (met.length === 0) return ignored({ kind: 'nothingApplies' }, all);
  const best = met.find(({ but }) => but === null);
  if (!best) {
    const of = met.flatMap(({ finding: { found }, but }) =>
      but ? [{ kind: 'foundBut', found, but } as const] : [],
    );
    return ignored({ kind: 'each', of }, all);
  }

  const { trigger, finding } = best;
  const missing = policy.qualification.required.filter((field) => !has(lead, field));
  const found = { considered: all, trigger, evidence: finding.found };
  if (missing.length > 0) return { verdict: 'held', ...found, missing };
  return { verdict: 'qualified', ...found, since: finding.since ?? now, back: end && backOf(end) };
}

function ignored(why: Reason, all: readonly Considered[]): Qualification {
  return { verdict: 'ignored', why, considered: all };
}

function considered(
  kind: Considered['kind'],
  name: string,
  { met, since, found }: Finding,
  but: Reason | null,
): Considered {
  return { kind, name, met, found, since, but };
}

/** What a lead did up to then led to an earlier handoff; null when there was none. @param earlier newest first */
export function spentUntil([last]: readonly EarlierHandoff[]): Date | null {
  return last ? (last.closedAt ?? last.qualifiedAt) : null;
}

/** Why a trigger that is met does not count this time; null when it does. */
export function objection(
  trigger: Trigger,
  { since }: Finding,
  policy: Policy,
  { earlier, heldSince }: History,
  now: Date,
): Reason | null {
  const at = since?.getTime() ?? now.getTime();
  const spent = spentUntil(earlier)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const echo = partsOf(trigger.when).some(({ kind }) => kind === 'stageEntered') ? echoMs : 0;
  if (at <= spent + echo) return { kind: 'spent' };

  if (at < freshSince(policy, now, heldSince).getTime())
    return { kind: 'olderThan', minutes: Math.round(policy.qualification.freshWithinDays * 1440) };

  const { startedAt } = policy.qualification;
  if (startedAt && at < startedAt.getTime()) return { kind: 'beforeStart', until: startedAt };

  const sameTrigger = earlier.find((handoff) => handoff.trigger === trigger.name);
  if (!sameTrigger) return null;
  if (trigger.once) return { kind: 'onceOnly' };
  const rested =
    (sameTrigger.closedAt ?? sameTrigger.qualifiedAt).getTime() + (trigger.coolDownMinutes ?? 0) * 60_000;
  return now.getTime() < rested ? { kind: 'coolingDown', until: new Date(rested) } : null;
}

/** Evidence from before then is history; what was fresh when a lead began to wait does not age meanwhile. */
export function freshSince({ qualification }: Policy, now: Date, heldSince: Date | null = null): Date {
  const leadAt = heldSince && heldSince < now ? heldSince : now;
  return new Date(leadAt.getTime() - qualification.freshWithinDays * 86_400_000);
}

function has(lead: Lead, field: RequiredField): boolean {
  if (typeof field === 'object') return Boolean(lead.properties[field.property]);
  return field === 'company' ? Boolean(lead.account?.name ?? lead.company) : Boolean(lead[field]);
}
