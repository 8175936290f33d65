import { z } from 'zod';
import type { Inbox } from '../../flow/ports.ts';
import type { Connection } from './connection.ts';
import { storable, toJson } from './stored-json.ts';

/** What a workflow's request says: under which name it hands the lead over. */
const workflowPayload = z.object({ inputFields: z.object({ trigger: z.string().min(1) }) });

/** The inbox in PostgreSQL. */
export function postgresInbox({ prisma }: Pick<Connection, 'prisma'>): Inbox {
  return {
    // HubSpot waits for the answer: everything in one statement. The order of the rows is the same for everybody, so
    // that overlapping batches wait for each other and never in a circle.
    store: async (events, now) => {
      const rows = events.map((event) => ({
        dedupe_key: storable(event.dedupeKey),
        lead_id: event.leadId,
        type: storable(event.type),
        payload: toJson(event.payload),
        occurred_at: event.occurredAt,
        ignored: event.ignored,
      }));
      await prisma.$queryRaw`
        with stored as (
          insert into inbound_event
            (dedupe_key, lead_id, type, payload, occurred_at, received_at, decision, reason, decided_at)
          select dedupe_key, lead_id, type, payload, occurred_at, ${now}::timestamptz,
                 case when ignored is not null then 'ignored' end,
                 ignored,
                 case when ignored is not null then ${now}::timestamptz end
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as event
              (dedupe_key text, lead_id text, type text, payload jsonb, occurred_at timestamptz, ignored text)
           order by dedupe_key
          on conflict (dedupe_key) do nothing
          returning lead_id, decision
        ),
        fresh as (
          select distinct lead_id from stored where lead_id is not null and decision is null order by lead_id
        )
        select enqueue_job('intake', json_build_object('leadId', lead_id), 'intake:' || lead_id) from fresh`;
    },

    undecided: async (leadId) => {
      const where = { leadId, decidedAt: null };
      const rows = await prisma.inboundEvent.findMany({
        where,
        orderBy: { id: 'asc' },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    decide: async (ids, { decision, reason, ...rest }, now) => {
      await prisma.inboundEvent.updateMany({
        where: { id: { in: [...ids] }, decidedAt: null },
        data: {
          decision,
          reason: storable(reason),
          decidedAt: now,
          ...('handoffId' in rest ? { handoffId: rest.handoffId } : {}),
        },
      });
    },

    workflowRequests: async (leadId) => {
      const rows = await prisma.inboundEvent.findMany({
        where: { leadId, type: 'workflow.action' },
        orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
        select: { payload: true, occurredAt: true },
      });
      return rows.flatMap(({ payload, occurredAt }) => {
        const { data } = workflowPayload.safeParse(payload);
        return data ? [{ name: data.inputFields.trigger, at: occurredAt }] : [];
      });
    },
  };
}
