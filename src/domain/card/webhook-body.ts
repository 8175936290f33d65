import type { HandoffEvent, HandoffId } from '../handoff/handoff.ts';
import type { Lead } from '../lead/lead.ts';
import type { Policy, Webhook } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { oneLine } from '../words/line.ts';

const nameMaxLength = 120;

type Alerted = Extract<HandoffEvent, { type: 'alerted' }>;

/**
 * What another system is told of a lead that waits: nothing about anybody but what the policy lets it be told.
 * `dedup_key` is the same for everything about the same target of the handoff, and `event_action` says what to do with what
 * has this key, both as in PagerDuty's Events API v2.
 */
export function webhookBody(
  { clock, rep, due }: Alerted,
  handoff: { id: HandoffId; trigger: string },
  lead: Lead,
  { tells }: Webhook,
  policy: Policy,
  now: Date,
): object {
  const { id, trigger } = handoff;
  const isLate = now > due;
  return {
    event: 'handoff.waiting',
    event_action: 'trigger',
    dedup_key: `${id}:${clock}`,
    summary: `A lead waits for ${articles[clock]} ${waitsFor[clock]}: ${labelOf(trigger, policy)}`,
    severity: isLate ? 'error' : 'warning',
    handoff: {
      id,
      trigger,
      waits_for: waitsFor[clock],
      due_at: due.toISOString(),
      late: isLate,
      ...(tells.includes('rep') && { rep }),
    },
    ...(tells.includes('lead') && {
      lead: { id: lead.id, name: lead.name && oneLine(lead.name, nameMaxLength), url: lead.url },
    }),
    ...(tells.includes('company') && {
      company: lead.account?.name ? oneLine(lead.account.name, nameMaxLength) : null,
    }),
  };
}

/** What another system is told once a lead of which it was told waits no longer, or for somebody else: nothing of anybody. */
export function webhookBodyWhenOver(
  { clock }: Alerted,
  { id, trigger }: { id: HandoffId; trigger: string },
  policy: Policy,
): object {
  return {
    event: 'handoff.waiting_over',
    event_action: 'resolve',
    dedup_key: `${id}:${clock}`,
    summary: `A lead no longer waits for ${articles[clock]} ${waitsFor[clock]}: ${labelOf(trigger, policy)}`,
    handoff: { id, trigger, waits_for: waitsFor[clock] },
  };
}

const waitsFor = { acknowledge: 'answer', touch: 'first touch' } as const;

const articles = { acknowledge: 'an', touch: 'a' } as const;

function labelOf(trigger: string, policy: Policy): string {
  return triggerOf(policy, trigger)?.label ?? trigger;
}
