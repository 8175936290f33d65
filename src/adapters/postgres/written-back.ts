import type { Pool } from 'pg';
import type { Written } from '../../flow/ports/handoffs.ts';
import { run } from './statement.ts';

/** Notes how far HubSpot has been told, and ends the jobs that are done with it. */
export async function noteWritten(
  pool: Pool,
  written: readonly Written[],
  taker: number | null,
): Promise<void> {
  const handoffs = written.map(({ handoffId, contactSeq, writtenSeq, taskId, leadRecordId, refused }) => ({
    id: handoffId,
    contact_seq: contactSeq,
    written_seq: writtenSeq,
    task_id: taskId,
    lead_record_id: leadRecordId,
    refused,
  }));
  const touches = written.flatMap(({ touchIds }) =>
    [...touchIds].map(([id, crmId]) => ({ id, crm_id: crmId })),
  );
  const owners = written.flatMap(({ leadId, ownerId }) => (ownerId ? [{ id: leadId, owner: ownerId }] : []));
  const nurture = written.flatMap(({ leadId, nurture: known }) =>
    known ? [{ lead_id: leadId, ...known }] : [],
  );
  const ended = written.flatMap(({ job }) => job ?? []);
  await run(pool, statement, [JSON.stringify({ handoffs, touches, owners, nurture, ended }), taker]);
}

/**
 * Rows are locked in the order in which everybody takes them. PostgreSQL would come to what nothing else reads last of
 * all, so that the jobs wait for `others`.
 */
const statement = {
  name: 'note what was written back',
  text: `
with told as (
  select handoff.id, given.contact_seq, given.written_seq, given.task_id, given.lead_record_id, given.refused
    from handoff join jsonb_to_recordset($1::jsonb -> 'handoffs')
      as given (id uuid, contact_seq int, written_seq int, task_id text, lead_record_id text, refused text[]) on handoff.id = given.id
   order by handoff.id for update of handoff
),
noted as (
  update handoff
     set contact_seq = coalesce(told.contact_seq, handoff.contact_seq),
         written_seq = coalesce(told.written_seq, handoff.written_seq),
         crm_task_id = coalesce(told.task_id, handoff.crm_task_id),
         crm_lead_record_id = coalesce(told.lead_record_id, handoff.crm_lead_record_id),
         crm_refused = coalesce(told.refused, handoff.crm_refused)
    from told where handoff.id = told.id
  returning 1
),
logged as (
  update touch set crm_id = given.crm_id
    from jsonb_to_recordset($1::jsonb -> 'touches') as given (id uuid, crm_id text) where touch.id = given.id
  returning 1
),
owner as (
  select lead.id, given.owner
    from lead join jsonb_to_recordset($1::jsonb -> 'owners') as given (id text, owner text) on lead.id = given.id
   order by lead.id for update of lead
),
owned as (
  update lead set snapshot = jsonb_set(snapshot, '{ownerId}', to_jsonb(owner.owner)) from owner where lead.id = owner.id
  returning 1
),
nurtured as (
  insert into nurture_state (lead_id, written, written_at)
  select lead_id, bool_or(paused), max(at)
    from jsonb_to_recordset($1::jsonb -> 'nurture') as given (lead_id text, paused boolean, at timestamptz)
   where exists (select from lead where id = lead_id)
   group by lead_id order by lead_id
  on conflict (lead_id) do update set written = excluded.written, written_at = excluded.written_at
  returning 1
),
others as (
  select from (
    select * from noted union all select * from logged union all select * from owned union all select * from nurtured
  ) as one
  having count(*) >= 0
),
over as (
  select task, key, asked
    from jsonb_to_recordset($1::jsonb -> 'ended') as given (task text, key text, asked bigint) cross join others
)
select case when exists (select from over) then
         end_jobs(array(select task from over), array(select key from over), array(select asked from over), $2)
       end as ended`,
};
