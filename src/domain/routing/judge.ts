import type { Lead } from '../lead/lead.ts';
import type { Policy, RequiredField, Targets, Trigger } from '../policy/policy.ts';
import { targetsOf } from '../policy/triggers.ts';
import type { Reason } from '../words/reason.ts';
import type { Back } from './came-back.ts';
import { type Considered, type History, type Qualification, qualify } from './qualify.ts';
import { type Assignment, type Routed, type RouteReason, route, type Standing } from './route.ts';

/** What becomes of a lead, why, and everything that was looked at. */
export type Judgement = { considered: readonly Considered[]; reason: Reason } & (
  | { verdict: 'ignored' }
  /** Marketing has to fill in fields first; `because` is what it is told. */
  | { verdict: 'held'; for: 'fields'; missing: readonly string[]; because: Reason }
  /** Nobody of a team can take it before then. */
  | {
      verdict: 'held';
      for: 'team';
      team: string;
      until: Date;
      because: Reason;
      reasons: readonly RouteReason[];
    }
  | {
      verdict: 'handoff';
      trigger: Trigger;
      /** Since when the trigger is met. */
      since: Date;
      targets: Targets;
      assignment: Assignment;
      /** How sales had the lead before, when that came to nothing. */
      back: Back | null;
      /** The balances after the turn that was taken, if one was. */
      credits: Extract<Routed, { outcome: 'assigned' }>['credits'];
    }
);

/**
 * Judges a lead: whether it is ready for sales, who takes it, and by when it has to be answered. The same for one that
 * arrives, one that is only tried, and one of the past.
 */
export function judge(
  lead: Lead,
  policy: Policy,
  history: History,
  standing: Standing,
  now: Date,
): Judgement {
  const found = qualify(lead, policy, history, now);
  const { considered } = found;
  switch (found.verdict) {
    case 'ignored':
      return { verdict: 'ignored', considered, reason: found.why };
    case 'held': {
      const { trigger, evidence, missing } = found;
      const lacks: Reason = { kind: 'lacks', fields: missing.map(fieldOf) };
      return {
        verdict: 'held',
        for: 'fields',
        considered,
        reason: { kind: 'foundBut', found: evidence, but: lacks },
        because: { kind: 'under', label: trigger.label, found: lacks },
        missing: missing.map(nameOf),
      };
    }
    case 'qualified':
      return { considered, ...routed(lead, found, policy, history, standing, now) };
    default:
      return found satisfies never;
  }
}

function fieldOf(field: RequiredField): Reason {
  return { kind: typeof field === 'object' ? 'property' : 'attribute', name: nameOf(field) };
}

function nameOf(field: RequiredField): string {
  return typeof field === 'object' ? field.property : field;
}

type Qualified = Extract<Qualification, { verdict: 'qualified' }>;

function routed(
  lead: Lead,
  { trigger, evidence, since, back }: Qualified,
  policy: Policy,
  { workflows }: History,
  standing: Standing,
  now: Date,
) {
  const returnsTo = back?.outcome === 'recycled' ? back.rep : null;
  const passing = { trigger: trigger.name, workflows, returnsTo };
  const found = route(lead, passing, policy, standing, now);
  if (found.outcome === 'held') {
    const { team, until, reasons } = found;
    const nobody: Reason = { kind: 'nobodyOf', team };
    return {
      verdict: 'held' as const,
      for: 'team' as const,
      team,
      until,
      reason: { kind: 'foundBut' as const, found: evidence, but: nobody },
      because: { kind: 'under' as const, label: trigger.label, found: nobody },
      reasons,
    };
  }
  const { assignment, credits } = found;
  const targets = targetsOf(trigger, { lead, ...passing, spentUntil: null, freshFrom: null });
  return {
    verdict: 'handoff' as const,
    reason: evidence,
    trigger,
    since,
    targets,
    assignment,
    back,
    credits,
  };
}
