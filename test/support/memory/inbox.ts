import type { Inbox } from '../../../src/flow/ports.ts';
import type { Kept } from './stores.ts';

export function memoryInbox({ events, jobs }: Kept): Inbox {
  return {
    store: async (arrived) => {
      for (const event of arrived) {
        if (events.some((known) => known.dedupeKey === event.dedupeKey)) continue;
        const { leadId, ignored } = event;
        const decision = ignored === null ? null : ({ decision: 'ignored', reason: ignored } as const);
        events.push({ ...event, id: BigInt(events.length + 1), decision });
        if (leadId !== null && !decision) jobs.add('intake', `intake:${leadId}`, { leadId });
      }
    },
    undecided: async (leadId) =>
      events.filter((event) => event.leadId === leadId && !event.decision).map(({ id }) => id),
    decide: async (ids, decision) => {
      for (const event of events) if (ids.includes(event.id)) event.decision ??= decision;
    },
  };
}
