import type { Lead } from './lead.ts';
import type { Policy, RequiredField, Trigger } from './policy.ts';

/** What is decided about a lead that marketing may have finished with. */
export type Qualification =
  /** `evidence` tells what happened, in words for people; `since` is when it happened. */
  | { verdict: 'qualified'; trigger: Trigger; evidence: string; since: Date }
  | { verdict: 'held'; trigger: Trigger; evidence: string; missing: readonly RequiredField[] }
  | { verdict: 'ignored'; why: string };

/** The last time this lead was with sales; a lead never passed on has none. */
export type EarlierHandoff = { qualifiedAt: Date; closedAt: Date | null };

type Evidence = { trigger: Trigger; words: string; since: Date };

/** Our own last write to a closing handoff's lead may reach HubSpot this much later; a stage entered then is our doing. */
const echoMs = 60_000;

/**
 * Decides whether a lead is ready for sales.
 *
 * It looks at the lead as HubSpot holds it now and at when each piece of evidence came to be, never at the event
 * that made us look: so duplicates, late and reordered webhooks and our own echoes all give the same answer. Evidence
 * counts once: it must be newer than the lead's last handoff, and fresh.
 */
export function qualify(
  lead: Lead,
  policy: Policy,
  earlier: EarlierHandoff | null,
  now: Date,
): Qualification {
  if (earlier && !earlier.closedAt)
    return { verdict: 'ignored', why: 'sales is already working on this lead' };
  const { excludedStages, freshWithinDays, required } = policy.qualification;
  if (lead.lifecycleStage && excludedStages.includes(lead.lifecycleStage)) {
    return { verdict: 'ignored', why: `the lifecycle stage is ${lead.lifecycleStage}` };
  }

  const found = policy.triggers.map((trigger) => evidenceFor(trigger, lead)).filter((e) => e !== null);
  if (found.length === 0) return { verdict: 'ignored', why: 'no trigger applies' };

  const spentUntil = earlier ? (earlier.closedAt ?? earlier.qualifiedAt) : null;
  const unspent = found.filter((evidence) => !spentUntil || isNewer(evidence, spentUntil));
  if (unspent.length === 0) {
    return { verdict: 'ignored', why: `handed over before: ${found.map((e) => e.words).join('; ')}` };
  }

  const oldest = now.getTime() - freshWithinDays * 86_400_000;
  const best = unspent.find((evidence) => evidence.since.getTime() >= oldest);
  if (!best) {
    return {
      verdict: 'ignored',
      why: `older than ${freshWithinDays} days: ${unspent.map((e) => e.words).join('; ')}`,
    };
  }

  const missing = required.filter((field) => !has(lead, field));
  if (missing.length > 0) return { verdict: 'held', trigger: best.trigger, evidence: best.words, missing };
  return { verdict: 'qualified', trigger: best.trigger, evidence: best.words, since: best.since };
}

function isNewer({ trigger, since }: Evidence, spentUntil: Date): boolean {
  const echo = trigger.when.kind === 'lifecycle' ? echoMs : 0;
  return since.getTime() > spentUntil.getTime() + echo;
}

function evidenceFor(trigger: Trigger, lead: Lead): Evidence | null {
  const { when } = trigger;
  switch (when.kind) {
    case 'lifecycle': {
      const stage = lead.lifecycleStage;
      if (!stage || !when.stages.includes(stage)) return null;
      const since = lead.stageEnteredAt[stage];
      return since ? { trigger, since, words: `became ${stage}` } : null;
    }
    case 'score': {
      const crossed = crossing(lead, when.atLeast);
      return (
        crossed && { trigger, since: crossed, words: `score ${lead.score?.value} reached ${when.atLeast}` }
      );
    }
    case 'conversion': {
      const { conversion } = lead;
      if (!conversion) return null;
      const name = conversion.name.toLowerCase();
      const matches = when.contains.some((word) => name.includes(word.toLowerCase()));
      return matches ? { trigger, since: conversion.at, words: `sent in "${conversion.name}"` } : null;
    }
    default:
      return when satisfies never;
  }
}

/**
 * When the score last rose to the threshold, or the oldest known time that it had. Null without a history: a score of
 * which nobody knows since when it is so high is no news.
 */
function crossing(lead: Lead, threshold: number): Date | null {
  if (!lead.score || lead.score.value < threshold) return null;
  let crossedAt: Date | null = null;
  for (const entry of lead.score.history) {
    if (entry.value < threshold) break;
    crossedAt = entry.at;
  }
  return crossedAt;
}

function has(lead: Lead, field: RequiredField): boolean {
  return field === 'company' ? Boolean(lead.account?.name) : Boolean(lead[field]);
}
