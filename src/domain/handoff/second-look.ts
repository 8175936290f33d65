import type { Lead } from '../lead/lead.ts';
import { type Condition, check, partsOf } from '../policy/condition.ts';
import type { Facts, WorkflowRequest } from '../policy/facts.ts';
import type { Policy, Trigger } from '../policy/policy.ts';
import { targetsOf, urgencyOf } from '../policy/triggers.ts';
import { type EarlierHandoff, freshSince, objection, spentUntil } from '../routing/qualify.ts';
import type { Command } from './decide.ts';
import type { Handoff, Logged } from './handoff.ts';
import { onceMore } from './repeats.ts';

/** What is known of an open handoff's lead beside the lead itself. */
export type Around = {
  handoff: Handoff;
  log: readonly Logged[];
  workflows: readonly WorkflowRequest[];
  /** All handoffs of the lead, also this one, newest first. */
  earlier: readonly EarlierHandoff[];
};

/**
 * What a lead shows while sales has it: that by the policy it would not be handed over any more, or that it did something
 * more urgent than what it was handed over for, or the same once more. It is looked at as when it qualified, so that only what it shows since has
 * another answer. Of each at most one, and each once.
 * @param policy the one that the handoff began under
 */
export function secondLook(lead: Lead, around: Around, policy: Policy, now: Date): Command[] {
  const { handoff, log, workflows } = around;
  if (handoff.status === 'closed') return [];
  const earlier = around.earlier.filter(({ closedAt }) => closedAt !== null);
  const offeredAt = log[0]?.at ?? handoff.assignment.at;
  const facts: Facts = {
    lead,
    trigger: null,
    workflows,
    spentUntil: spentUntil(earlier),
    freshFrom: freshSince(policy, offeredAt),
  };
  const urgent = moreUrgent(facts, { ...around, earlier }, policy, offeredAt, now);
  return [
    ...exclusion(facts, around, policy),
    ...(urgent.length > 0 ? urgent : onceMore(facts, around, policy)),
  ];
}

function exclusion(facts: Facts, { handoff, log }: Around, policy: Policy): Command[] {
  for (const { name, label, when } of policy.qualification.never) {
    const condition = withoutSales(when, handoff);
    const finding = condition && check(condition, facts);
    if (!finding?.met) continue;
    const isTold = log.some(({ event }) => event.type === 'excluded' && event.name === name);
    return isTold
      ? []
      : [{ type: 'exclude', name, label, why: { kind: 'under', label, found: finding.found } }];
  }
  return [];
}

/** A condition without what sales itself brings about; null when nothing can be said without that. */
function withoutSales(condition: Condition, handoff: Handoff): Condition | null {
  if (!partsOf(condition).some((part) => isBySales(part, handoff))) return condition;
  if (condition.kind !== 'any') return null;
  const of = condition.of.flatMap((part) => withoutSales(part, handoff) ?? []);
  return of.length > 0 ? { kind: 'any', of } : null;
}

/** What sales brings about with a lead: its status and open deals, and once somebody has taken it on its stage. */
function isBySales(part: Condition, { status }: Handoff): boolean {
  if (part.kind === 'number') return part.attribute === 'open_deals';
  if (part.kind !== 'text') return false;
  return part.attribute === 'lead_status' || (part.attribute === 'lifecycle' && status !== 'offered');
}

/** Had it been there when the lead was decided on, it would have been the one that counts. */
function moreUrgent(
  facts: Facts,
  { handoff, log, earlier, workflows }: Around,
  policy: Policy,
  offeredAt: Date,
  now: Date,
): Command[] {
  const history = { earlier, workflows, heldSince: offeredAt };
  const found = policy.triggers
    .slice(0, urgencyOf(policy, handoff.trigger))
    .filter((trigger) => !entersStage(trigger))
    .map((trigger) => ({ trigger, finding: check(trigger.when, facts) }))
    .find(({ trigger, finding }) => finding.met && !objection(trigger, finding, policy, history, now));
  if (!found) return [];
  const { trigger, finding } = found;
  if (log.some(({ event }) => event.type === 'strengthened' && event.trigger === trigger.name)) return [];
  const targets = targetsOf(trigger, { ...facts, trigger: trigger.name, spentUntil: null, freshFrom: null });
  return [{ type: 'strengthen', trigger: trigger.name, evidence: finding.found, targets }];
}

/** Sales moves the stage of a lead that it works on. */
function entersStage({ when }: Trigger): boolean {
  return partsOf(when).some(({ kind }) => kind === 'stageEntered');
}
