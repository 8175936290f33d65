import type { LeadId } from '../../domain/lead/lead.ts';
import type { Expiring, Retention } from '../../flow/ports/retention.ts';
import type { Connection } from './connection.ts';
import { retract } from './erase-lead.ts';
import { isOutlived, isUnneeded } from './outlived.ts';

/** So many that a night takes few statements, so few that each is short. */
const lotSize = 500;

/** What is not kept for ever, in PostgreSQL. What another process is deleting is skipped, not waited for. */
export function postgresRetention({ pool }: Pick<Connection, 'pool'>): Retention {
  return {
    drop: async (what, before) => {
      const { rowCount } = await pool.query(deletions[what], [before, lotSize]);
      return rowCount ?? 0;
    },

    outlived: async (unusedSince) => {
      const { rows } = await pool.query<{ id: LeadId }>(`select id from lead where ${isOutlived} limit $2`, [
        unusedSince,
        lotSize,
      ]);
      return rows.map(({ id }) => id);
    },

    retractAgain: async () => {
      // What was said of a merged contact is kept with the lead as which it goes on.
      const { rows } = await pool.query<{ lead_id: LeadId }>(
        `select distinct lead_id from said
          where exists (select from erasure where lead_id = said.lead_id)
             or not exists (select from lead where id = said.lead_id)
                and lead_id not in (select jsonb_array_elements_text(snapshot -> 'formerIds') from lead)`,
      );
      for (const { lead_id } of rows) await retract(pool, [lead_id], []);
      await pool.query(
        `with waiting as (select distinct lead_id from retraction where done_at is null and refused is null)
         select from ask_jobs(array(select 'retract'::text from waiting), array(select lead_id from waiting))`,
      );
    },
  };
}

const deletions: Record<Expiring, string> = {
  // A workflow's request says no time in its signature: as long as its key is there, nobody can send it once more.
  events: `
    with old as (
      select id, type from inbound_event
       where decided_at < $1 and (type <> 'workflow.action' or payload <> '{}')
       order by id limit $2 for update skip locked
    ),
    emptied as (
      update inbound_event as event set payload = '{}', lead_id = null, reason = null
        from old where event.id = old.id and old.type = 'workflow.action'
      returning event.id
    ),
    deleted as (
      delete from inbound_event as event using old where event.id = old.id and old.type <> 'workflow.action'
      returning event.id
    )
    select id from emptied union all select id from deleted`,
  // Who waits, and about whom something has still to be decided, is needed.
  leads: `
    with gone as (
      delete from lead where id = any (array(
        select id from lead
         where ${isUnneeded}
           and not exists (select from handoff where lead_id = lead.id)
         limit $2 for update skip locked))
      returning id
    ),
    undecided as (delete from decision using gone where lead_id = gone.id),
    lifted as (delete from suppression using gone where lead_id = gone.id),
    nurture as (delete from nurture_state using gone where lead_id = gone.id)
    select id from gone`,
  news: `
    delete from news where id = any (array(
      select id from news where told_at < $1 order by id limit $2 for update skip locked))`,
  passes: `
    delete from pass where id = any (array(
      select id from pass where least(until, ended_at) < $1 limit $2 for update skip locked))`,
  retractions: `
    delete from retraction where id = any (array(
      select id from retraction where done_at < $1 order by id limit $2 for update skip locked))`,
};
