import { z } from 'zod';
import type { CrmRecord } from '../../flow/ports/crm.ts';
import { type Inbox, privacyDeletion } from '../../flow/ports/inbox.ts';
import type { JobRef } from '../../flow/ports/jobs.ts';
import type { Connection } from './connection.ts';
import { run } from './statement.ts';
import { storable, toJson } from './stored-json.ts';

/** What a workflow's request says: under which name it hands the lead over. */
const workflowPayload = z.object({ inputFields: z.object({ trigger: z.string().min(1) }) });

const crmRecord = z.object({
  objectType: z.enum(['calls', 'emails', 'meetings', 'communications', 'deals', 'companies']),
  id: z.string().min(1),
}) satisfies z.ZodType<CrmRecord>;

/** The record by whose name its leads are looked for. Throws when it is none. */
export function recordOf(key: string): CrmRecord {
  const [objectType, id] = key.split(':');
  return crmRecord.parse({ objectType, id });
}

/** What this process does with jobs that it asks for and has at once. */
export type AtOnce = {
  /** By which number the queue knows this process; null while it works on nothing. */
  taker(): number | null;
  handOver(job: JobRef): void;
};

const nothingAtOnce: AtOnce = { taker: () => null, handOver: () => {} };

/** The inbox in PostgreSQL. A lead about which something arrives is looked at by the process that heard of it. */
export function postgresInbox(
  { prisma, pool }: Pick<Connection, 'prisma' | 'pool'>,
  atOnce: AtOnce = nothingAtOnce,
): Inbox {
  return {
    store: async (events, now) => {
      const rows = events.map((event) => ({
        dedupe_key: storable(event.dedupeKey),
        lead_id: event.leadId,
        record_type: event.record?.objectType ?? null,
        record_id: event.record?.id ?? null,
        type: storable(event.type),
        payload: toJson(event.payload),
        occurred_at: event.occurredAt,
        ignored_as: event.ignored?.as ?? null,
        reason: event.ignored && storable(event.ignored.why),
      }));
      const [answer] = await run<{ stored: number; taken: JobRef[] }>(pool, storeStatement, [
        JSON.stringify(rows),
        now,
        atOnce.taker(),
      ]);
      for (const job of answer?.taken ?? []) atOnce.handOver(job);
      return answer?.stored ?? 0;
    },

    // A lead's events are decided with the lead, so that each lead gets events of its own.
    address: async (record, leads, otherwise, now) => {
      await prisma.$queryRaw`
        with waiting as (
          select * from inbound_event
           where record_type = ${record.objectType} and record_id = ${record.id}
             and decided_at is null and lead_id is null
           order by id
             for update
        ),
        lead as (select id, place from unnest(${[...new Set(leads)]}::text[]) with ordinality as lead (id, place)),
        addressed as (
          update inbound_event as event
             set lead_id = lead.id,
                 decision = case when lead.id is null then 'ignored' end,
                 reason = case when lead.id is null then ${storable(otherwise)} end,
                 decided_at = case when lead.id is null then ${now}::timestamptz end
            from waiting left join lead on place = 1
           where event.id = waiting.id
          returning event.lead_id
        ),
        copied as (
          insert into inbound_event
            (dedupe_key, lead_id, record_type, record_id, type, payload, occurred_at, received_at)
          select dedupe_key || ' ' || lead.id, lead.id, record_type, record_id, type, payload, occurred_at, received_at
            from waiting join lead on place > 1
           order by 1
          on conflict (dedupe_key) do nothing
          returning lead_id
        ),
        given as (
          select lead_id from addressed where lead_id is not null union select lead_id from copied
        )
        select from ask_jobs(array(select 'intake' from given), array(select lead_id from given))`;
    },

    undecided: async (leadId) => {
      const where = { leadId, decidedAt: null };
      return prisma.inboundEvent.findMany({
        where,
        orderBy: { id: 'asc' },
        select: { id: true, type: true },
      });
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

/**
 * HubSpot waits for the answer: everything in one statement. The order of the rows is the same for everybody, so that
 * overlapping batches wait for each other and never in a circle.
 */
const storeStatement = {
  name: 'store events',
  text: `
with stored as (
  insert into inbound_event
    (dedupe_key, lead_id, record_type, record_id, type, payload, occurred_at, received_at, ignored_as, decision, reason,
     decided_at)
  select dedupe_key, event.lead_id, record_type, record_id, type,
         case when erasure.lead_id is null then payload else '{}' end, occurred_at, $2::timestamptz,
         case when erasure.lead_id is null then ignored_as else 'erased' end,
         case when ignored_as is not null or erasure.lead_id is not null then 'ignored' end,
         case when erasure.lead_id is null then reason else 'the lead was erased' end,
         case when ignored_as is not null or erasure.lead_id is not null then $2::timestamptz end
    from jsonb_to_recordset($1::jsonb) as event
      (dedupe_key text, lead_id text, record_type text, record_id text, type text, payload jsonb,
       occurred_at timestamptz, ignored_as text, reason text)
    left join erasure on erasure.lead_id = event.lead_id
   order by dedupe_key
  on conflict (dedupe_key) do nothing
  returning lead_id, record_type, record_id, type, decision
),
fresh as (
  select 'intake' as task, lead_id as key, $3::int as taker from stored
   where lead_id is not null and decision is null and type not like '%${privacyDeletion}'
   union
  select 'erase', lead_id, null from stored
   where lead_id is not null and decision is null and type like '%${privacyDeletion}'
   union
  select 'find-leads', record_type || ':' || record_id, null
    from stored where lead_id is null and record_id is not null and decision is null
   order by task, key
)
select (select count(*) from stored)::int as stored,
       (select coalesce(json_agg(json_build_object('task', taken.task, 'key', taken.key, 'asked', taken.asked)), '[]')
          from ask_jobs(array(select task from fresh), array(select key from fresh), null, null,
                        array(select taker from fresh)) as taken) as taken`,
};
