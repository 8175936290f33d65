import type { Command } from '../domain/handoff/decide.ts';
import type { DealRule } from '../domain/policy/deals.ts';
import type { Why } from '../domain/words/reason.ts';
import { changeHandoff } from './change.ts';
import { type DealPlan, dealChange } from './deal-plan.ts';
import { eachOf, type Working } from './each-of.ts';
import type { Crm, KeptDeal, NewDeal, OpenDeal, Outcome } from './ports/crm.ts';
import { PermanentFailure } from './ports/failure.ts';
import type { Handoffs, HandoffView } from './ports/handoffs.ts';
import type { Observe } from './ports/observe.ts';
import type { Clock, PolicyOf } from './ports/time.ts';

type Needs = { crm: Crm; handoffs: Handoffs; policyOf: PolicyOf; clock: Clock; observe: Observe };

type Planned = Working & { again: boolean; view: HandoffView; plan: { deal: DealPlan } };

/** A deal that is wanted, or may be there. */
type Wanted = { one: Planned; deal: NewDeal; rule: DealRule };

/**
 * Makes the deals of a lot, and keeps those that there are up to date, all of a kind together. That there is one, or why
 * there is none, is kept with the handoff: what HubSpot refuses for good is told to people, and nothing else waits for it.
 */
export async function keepDeals(planned: readonly Planned[], needs: Needs): Promise<void> {
  const { crm } = needs;
  const plans = planned.map((one) => ({ one, plan: one.plan.deal }));
  const inStep = (step: 'make' | 'find') =>
    plans.flatMap(({ one, plan }): Wanted[] =>
      plan.step === step ? [{ one, deal: plan.deal, rule: plan.rule }] : [],
    );
  const [wanted, sought] = [inStep('make'), inStep('find')];

  const looked = await eachOf(
    wanted.filter(({ rule }) => rule.unlessOpenDeal),
    (lot) => crm.openDeals(lot.map(({ deal }) => deal)),
  );
  const others = new Map([...looked].map(([part, open]) => [part, open.find((one) => isOther(one, part))]));
  const due = wanted.filter((part) => !part.rule.unlessOpenDeal || (others.has(part) && !others.get(part)));
  const made = await eachOf(due, async (lot) =>
    (await crm.createDeals(lot.map(({ one, deal }) => ({ deal, mayExist: one.again })))).map(sparingRefused),
  );
  const found = await eachOf(sought, (lot) => crm.findDeals(lot.map(({ deal }) => deal.handoffId)));

  const kept = [...made, ...found];
  await eachOf(
    [
      ...plans.flatMap(({ one, plan }) => (plan.step === 'change' ? [{ one, change: plan.change }] : [])),
      ...kept.flatMap(([part, deal]) => changeOfFound(part, deal)),
    ],
    (lot) => crm.updateDeals(lot.map(({ change }) => change)),
  );
  for (const [part, other] of others) if (other) await note(part, { open: other.url }, needs);
  for (const [part, deal] of kept) if (deal) await note(part, deal, needs);
}

/** The deal of an earlier attempt, which is looked for, is none that stands in the way. */
function isOther({ madeFor }: OpenDeal, { deal }: Wanted): boolean {
  return madeFor !== deal.handoffId;
}

type Refused = { refused: Why };

function sparingRefused(outcome: Outcome<KeptDeal>): Outcome<KeptDeal | Refused> {
  if (outcome.ok || !(outcome.error instanceof PermanentFailure)) return outcome;
  const { why, code } = outcome.error;
  return { ok: true, value: { refused: why ?? code } };
}

/** What an earlier attempt made may be another rep's by now, or nobody's. */
function changeOfFound({ one, deal, rule }: Wanted, kept: KeptDeal | Refused | null) {
  if (!kept || 'refused' in kept || !kept.found) return [];
  const { handoff, log } = one.view;
  const made = { recordId: kept.dealId, stage: deal.at.stage, ifDisqualified: rule.ifDisqualified };
  const change = dealChange(made, handoff, log, deal.ownerId);
  return change ? [{ one, change }] : [];
}

async function note(
  { one, deal, rule }: Wanted,
  came: KeptDeal | Refused | { open: string },
  { handoffs, policyOf, clock, observe }: Needs,
): Promise<void> {
  const { handoff } = one.view;
  const command: Command =
    'dealId' in came
      ? {
          type: 'noteMadeDeal',
          deal: {
            recordId: came.dealId,
            url: came.url,
            name: deal.name,
            stage: deal.at.stage,
            ifDisqualified: rule.ifDisqualified,
          },
          countsAtOnce: deal.countsAtOnce,
        }
      : { type: 'noteNoDeal', because: came };
  // However often it is tried, it is told once.
  const commandId = 'dealId' in came ? `deal ${came.dealId}` : `no deal: ${Object.values(came).join()}`;
  const cause = { by: null, at: clock(), commandId };
  const changed = await changeHandoff(handoffs, policyOf, handoff, command, cause);
  if (changed?.outcome !== 'changed') return;
  observe({ what: 'changed', handoffId: handoff.id, events: changed.events.map(({ type }) => type) });
}
