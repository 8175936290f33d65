import type { HandoffEvent, HandoffId } from '../handoff/handoff.ts';
import type { Lead } from '../lead/lead.ts';
import type { Policy, Webhook } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { oneLine } from '../words/line.ts';

const nameMaxLength = 120;

/**
 * What another system is told of a lead that waits: nothing about anybody but what the policy lets it be told.
 * `dedup_key` is the same for everything about the same target of the handoff.
 */
export function webhookBody(
  { clock, rep, due }: Extract<HandoffEvent, { type: 'alerted' }>,
  handoff: { id: HandoffId; trigger: string },
  lead: Lead,
  { tells }: Webhook,
  policy: Policy,
  now: Date,
): object {
  const { id, trigger } = handoff;
  const label = triggerOf(policy, trigger)?.label ?? trigger;
  const isLate = now > due;
  return {
    event: 'handoff.waiting',
    dedup_key: `${id}:${clock}`,
    summary: summaries[clock](label),
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

const waitsFor = { acknowledge: 'answer', touch: 'first touch' } as const;

const summaries = {
  acknowledge: (label: string) => `A lead waits for an answer: ${label}`,
  touch: (label: string) => `A lead waits for a first touch: ${label}`,
} as const;
