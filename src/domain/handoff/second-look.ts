import type { Lead } from '../lead/lead.ts';
import { type Condition, check, partsOf } from '../policy/condition.ts';
import type { Facts, Finding, WorkflowRequest } from '../policy/facts.ts';
import type { Policy, Trigger } from '../policy/policy.ts';
import { targetsOf } from '../policy/triggers.ts';
import type { EarlierHandoff } from '../routing/qualify.ts';
import type { Command } from './decide.ts';
import type { Handoff, Logged } from './handoff.ts';

/** What is known of an open handoff's lead beside the lead itself. */
export type Around = {
  handoff: Handoff;
  log: readonly Logged[];
  workflows: readonly WorkflowRequest[];
  /** All handoffs of the lead, also this one. */
  earlier: readonly EarlierHandoff[];
};

/**
 * What a lead shows while sales has it: that by the policy it should not have been handed over, or that it did something
 * more urgent than what it was handed over for. Of each at most one, and each once.
 * @param policy the one that the handoff began under
 */
export function secondLook(lead: Lead, around: Around, policy: Policy): Command[] {
  if (around.handoff.status === 'closed') return [];
  const { qualifiedAt } = around.handoff;
  // What it had done by then led to this handoff.
  const facts: Facts = {
    lead,
    trigger: null,
    workflows: around.workflows,
    spentUntil: qualifiedAt,
    freshFrom: qualifiedAt,
  };
  return [...exclusion(facts, around, policy), ...moreUrgent(facts, around, policy)];
}

function exclusion(facts: Facts, { handoff, log }: Around, policy: Policy): Command[] {
  const met = policy.qualification.never
    .filter(({ when }) => !partsOf(when).some((part) => isBySales(part, handoff)))
    .map((exclusion) => ({
      exclusion,
      finding: check(exclusion.when, { ...facts, spentUntil: null, freshFrom: null }),
    }))
    .find(({ finding }) => finding.met);
  if (!met) return [];
  const { name, label } = met.exclusion;
  const isTold = log.some(({ event }) => event.type === 'excluded' && event.name === name);
  return isTold ? [] : [{ type: 'exclude', name, label, why: `${label}: ${met.finding.words}` }];
}

/** What sales itself brings about with a lead: its status and open deals, and once somebody has taken it on its stage. */
function isBySales(part: Condition, { status }: Handoff): boolean {
  if (part.kind === 'number') return part.attribute === 'open_deals';
  if (part.kind !== 'text') return false;
  return part.attribute === 'lead_status' || (part.attribute === 'lifecycle' && status !== 'offered');
}

function moreUrgent(facts: Facts, { handoff, log, earlier }: Around, policy: Policy): Command[] {
  const place = policy.triggers.findIndex(({ name }) => name === handoff.trigger);
  const found = policy.triggers
    .slice(0, Math.max(0, place))
    .filter((trigger) => !isUsedUp(trigger, earlier))
    .map((trigger) => ({ trigger, finding: check(trigger.when, facts) }))
    .find(({ trigger, finding }) => isSince(finding, handoff.qualifiedAt) && !entersStage(trigger));
  if (!found) return [];
  const { trigger, finding } = found;
  if (log.some(({ event }) => event.type === 'strengthened' && event.trigger === trigger.name)) return [];
  const targets = targetsOf(trigger, { ...facts, trigger: trigger.name, spentUntil: null, freshFrom: null });
  return [{ type: 'strengthen', trigger: trigger.name, evidence: finding.words, targets }];
}

function isSince({ met, since }: Finding, qualifiedAt: Date): boolean {
  return met && since !== null && since > qualifiedAt;
}

/** Sales moves the stage of a lead that it works on. */
function entersStage({ when }: Trigger): boolean {
  return partsOf(when).some(({ kind }) => kind === 'stageEntered');
}

function isUsedUp({ name, once, coolDownMinutes }: Trigger, earlier: readonly EarlierHandoff[]): boolean {
  return (once || coolDownMinutes !== null) && earlier.some(({ trigger }) => trigger === name);
}
