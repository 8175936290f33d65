import type { Lead } from '../lead/lead.ts';
import { check } from '../policy/condition.ts';
import type { DealMoment, DealRule } from '../policy/deals.ts';
import type { Policy } from '../policy/policy.ts';
import type { Handoff, HandoffEvent, Logged } from './handoff.ts';

/** The deal that the bot made for a handoff. */
export type MadeDeal = Omit<Extract<HandoffEvent, { type: 'dealMade' }>, 'type'>;

/** The deal that the bot has made for the handoff of a log; null: none. */
export function dealMadeIn(log: readonly Logged[]): MadeDeal | null {
  return log.map(({ event }) => event).findLast((event) => event.type === 'dealMade') ?? null;
}

/** By which of the policy's rules a handoff gets its deal: the first that is for the lead. Null: it gets none. */
export function dealRuleFor({ trigger }: Handoff, lead: Lead, { deals }: Policy): DealRule | null {
  const facts = { lead, trigger, workflows: [], spentUntil: null, freshFrom: null };
  return deals.find(({ when }) => !when || check(when, facts).met) ?? null;
}

/** Whether what happened since is what makes the deal, and still is so. */
export function dealDue({ moment }: DealRule, handoff: Handoff, news: readonly Logged[]): boolean {
  return stands(moment, handoff) && news.some(({ event }) => momentsOf(event).includes(moment));
}

/** Somebody else may have the lead by now, who has not answered yet. */
function stands(moment: DealMoment, { status, meetingAt }: Handoff): boolean {
  if (status === 'closed') return false;
  return moment === 'meetingBooked' ? meetingAt !== null : status !== 'offered';
}

function momentsOf(event: HandoffEvent): DealMoment[] {
  switch (event.type) {
    case 'accepted':
    case 'meetingBooked':
      return [event.type];
    case 'touched':
      return event.touch.outcome === 'booked' ? ['touched', 'meetingBooked'] : ['touched'];
    default:
      return [];
  }
}
