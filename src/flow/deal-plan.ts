import { consequenceOf } from '../domain/handoff/consequences.ts';
import { dealDue, dealMadeIn, dealRuleFor, type MadeDeal } from '../domain/handoff/deal.ts';
import type { Handoff, HandoffEvent, Logged } from '../domain/handoff/handoff.ts';
import type { Lead, OwnerId } from '../domain/lead/lead.ts';
import { nameOf as whoOf } from '../domain/lead/who-is.ts';
import { type DealRule, dealName } from '../domain/policy/deals.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { triggerOf } from '../domain/policy/triggers.ts';
import { cut, oneLine } from '../domain/words/line.ts';
import type { DealChange, NewDeal } from './ports/crm.ts';
import type { HandoffView } from './ports/handoffs.ts';

/** What becomes of the handoff's deal in HubSpot; one that an earlier attempt may have made is looked for. */
export type DealPlan =
  | { step: 'leave' }
  | { step: 'make' | 'find'; deal: NewDeal; rule: DealRule }
  | { step: 'change'; change: DealChange };

/**
 * One deal a handoff, made when the policy says so. As long as nobody has moved it on it follows the lead: to whoever has
 * it, and out of the way when it is given up.
 * @param news what HubSpot has not been told of yet
 * @param again an earlier attempt broke off, and may have made it
 */
export function planDeal(
  view: HandoffView,
  news: readonly Logged[],
  around: { ownerId: OwnerId | null; policy: Policy; again: boolean },
): DealPlan {
  const { handoff, lead, log } = view;
  const { ownerId, policy, again } = around;
  const made = dealMadeIn(log);
  if (made) {
    const change = dealChange(made, handoff, news, ownerId);
    return change ? { step: 'change', change } : { step: 'leave' };
  }
  const rule = dealRuleFor(handoff, lead, policy);
  const isDue = rule !== null && dealDue(rule, handoff, news);
  if (!isDue && !(rule && again)) return { step: 'leave' };
  return { step: isDue ? 'make' : 'find', deal: newDeal(rule, view, around), rule };
}

/** What a deal that the bot made is to become, as long as nobody has moved it on. */
export function dealChange(
  { recordId: dealId, stage, ifDisqualified: end }: Pick<MadeDeal, 'recordId' | 'stage' | 'ifDisqualified'>,
  handoff: Handoff,
  news: readonly Logged[],
  ownerId: OwnerId | null,
): DealChange | null {
  const isNews = (type: HandoffEvent['type']) => news.some(({ event }) => event.type === type);
  if (handoff.status === 'closed') {
    const hasEnded = news.some(({ event }) => consequenceOf(event).clock === 'ends');
    return hasEnded && isGivenUp(handoff) && end !== 'leave'
      ? { dealId, from: stage.id, stage: end.moveTo.id }
      : null;
  }
  if (isNews('overturned') && end !== 'leave') return { dealId, from: end.moveTo.id, stage: stage.id };
  return isNews('reassigned') && ownerId ? { dealId, from: stage.id, ownerId } : null;
}

function isGivenUp({ outcome }: Extract<Handoff, { status: 'closed' }>): boolean {
  return outcome === 'disqualified' || outcome === 'unresponsive' || outcome === 'recycled';
}

function newDeal(
  rule: DealRule,
  { handoff, lead }: HandoffView,
  { ownerId, policy }: { ownerId: OwnerId | null; policy: Policy },
): NewDeal {
  return {
    handoffId: handoff.id,
    leadId: lead.id,
    accountId: lead.account?.id ?? null,
    ownerId,
    name: nameOf(rule, handoff, lead, policy),
    at: rule.at,
    countsAtOnce: rule.moment === 'meetingBooked',
  };
}

const partMaxLength = 80;
const nameMaxLength = 200;

function nameOf(rule: DealRule, handoff: Handoff, lead: Lead, policy: Policy): string {
  const who = whoOf(lead);
  const company = lead.account?.name ?? lead.company;
  const trigger = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
  const part = (text: string) => oneLine(text, partMaxLength);
  return cut(
    dealName(rule.name, { lead: part(who), company: part(company ?? who), trigger: part(trigger) }),
    nameMaxLength,
  );
}
