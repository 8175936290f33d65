import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { WorkflowRequest } from '../../../src/domain/policy/facts.ts';
import type { KnownLead } from '../../../src/flow/ports/arrivals.ts';
import { type InboundEvent, type Inbox, privacyDeletion } from '../../../src/flow/ports/inbox.ts';
import type { Kept, KeptEvent } from './kept.ts';

export function memoryInbox(kept: Kept): Inbox {
  const { events } = kept;
  return {
    store: async (arrived, now) => arrived.filter((event) => storeEvent(kept, event, now)).length,
    address: async (record, leads, otherwise) => {
      const isAbout = (event: KeptEvent) =>
        event.record?.objectType === record.objectType && event.record.id === record.id;
      for (const event of events.filter((one) => isAbout(one) && !one.decision && one.leadId === null)) {
        const [first, ...others] = new Set(leads);
        if (first === undefined) event.decision = { decision: 'ignored', reason: otherwise };
        else event.leadId = first;
        if (first !== undefined) addIntake(kept, first);
        for (const leadId of others) {
          storeEvent(kept, { ...event, leadId, dedupeKey: `${event.dedupeKey} ${leadId}` }, event.receivedAt);
        }
      }
    },
    undecided: async (leadId) => undecidedOf(kept, leadId),
    decide: async (ids, decision) => {
      for (const event of events) if (ids.includes(event.id)) event.decision ??= decision;
    },
    workflowRequests: async (leadId) => workflowsOf(kept, leadId),
  };
}

export function undecidedOf({ events }: Kept, leadId: LeadId): KnownLead['events'][number][] {
  return events
    .filter((event) => event.leadId === leadId && !event.decision)
    .map(({ id, type, receivedAt }) => ({ id, type, receivedAt }));
}

/** Newest first. */
export function workflowsOf({ events }: Kept, leadId: LeadId): WorkflowRequest[] {
  return events
    .filter((event) => event.leadId === leadId && event.type === 'workflow.action')
    .flatMap(({ payload, occurredAt }) => {
      const name = (payload as { inputFields?: { trigger?: unknown } } | null)?.inputFields?.trigger;
      return typeof name === 'string' && name !== '' ? [{ name, at: occurredAt }] : [];
    })
    .reverse()
    .sort((a, b) => +b.at - +a.at);
}

/** Stores an event that is new, and has its lead looked at, or found. @returns whether it was new */
export function storeEvent(kept: Kept, event: InboundEvent, receivedAt: Date): boolean {
  const { events, jobs } = kept;
  if (events.some((known) => known.dedupeKey === event.dedupeKey)) return false;
  const { leadId, record, type } = event;
  const isErased = leadId !== null && kept.erased.has(leadId);
  const ignored = isErased ? { as: 'erased' as const, why: 'the lead was erased' } : event.ignored;
  const payload = isErased ? {} : event.payload;
  const decision = ignored === null ? null : ({ decision: 'ignored', reason: ignored.why } as const);
  events.push({ ...event, payload, id: BigInt(events.length + 1), receivedAt, decision });
  if (decision) return true;
  if (leadId !== null && type.endsWith(privacyDeletion)) jobs.add('erase', leadId);
  else if (leadId !== null) addIntake(kept, leadId);
  else if (record) jobs.add('find-leads', `${record.objectType}:${record.id}`);
  return true;
}

function addIntake({ jobs }: Kept, leadId: LeadId): void {
  jobs.add('intake', leadId);
}
