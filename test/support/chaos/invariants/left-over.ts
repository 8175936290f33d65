import type { TestDatabase } from '../../database.ts';

/** What should have been done by the end and is not: jobs, events, news, and leads that are neither passed on nor held. */
export async function leftOver({ pool }: TestDatabase, leads: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await pool.query<{ what: string }>(
    `select concat_ws(' ', 'job', task, key, 'attempt', attempts, last_error) as what
       from job
      union all
     select concat_ws(' ', 'event', type, 'about', coalesce(lead_id, record_type || ' ' || record_id), decision, reason)
       from inbound_event where decision is null or decision = 'failed'
      union all
     select concat_ws(' ', 'untold news for', person, data) from news where told_at is null
      union all
     select concat('lead ', lead, ' that qualified: ',
                   (select string_agg(distinct concat_ws(' ', type, decision, reason), ', ')
                      from inbound_event where lead_id = lead))
       from unnest($1::text[]) as lead
      where lead not in (select lead_id from handoff union select lead_id from hold)`,
    [[...leads]],
  );
  return rows.map(({ what }) => `left over: ${what}`);
}
