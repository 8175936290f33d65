import type { InboundEvent, Inbox } from '../../../src/flow/ports.ts';
import type { Kept } from './stores.ts';

export function memoryInbox(kept: Kept): Inbox {
  const { events } = kept;
  return {
    store: async (arrived) => {
      for (const event of arrived) storeEvent(kept, event);
    },
    undecided: async (leadId) =>
      events.filter((event) => event.leadId === leadId && !event.decision).map(({ id }) => id),
    decide: async (ids, decision) => {
      for (const event of events) if (ids.includes(event.id)) event.decision ??= decision;
    },
    workflowRequests: async (leadId) =>
      events
        .filter((event) => event.leadId === leadId && event.type === 'workflow.action')
        .flatMap(({ payload, occurredAt }) => {
          const name = (payload as { inputFields?: { trigger?: unknown } } | null)?.inputFields?.trigger;
          return typeof name === 'string' && name !== '' ? [{ name, at: occurredAt }] : [];
        })
        .reverse()
        .sort((a, b) => +b.at - +a.at),
  };
}

/** Stores an event that is new, and has its lead looked at. */
export function storeEvent({ events, jobs }: Kept, event: InboundEvent): void {
  if (events.some((known) => known.dedupeKey === event.dedupeKey)) return;
  const { leadId, ignored } = event;
  const decision = ignored === null ? null : ({ decision: 'ignored', reason: ignored } as const);
  events.push({ ...event, id: BigInt(events.length + 1), decision });
  if (leadId !== null && !decision) jobs.add('intake', `intake:${leadId}`, { leadId });
}
