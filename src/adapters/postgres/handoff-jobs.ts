import type { Pool } from 'pg';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { run } from './statement.ts';

/** Has the cards of every open handoff delivered again that somebody holds, may claim or was told of. */
export async function deliverAgain(pool: Pool, person: PersonId): Promise<void> {
  await run(pool, statement, [person]);
}

const statement = {
  name: 'deliver again',
  text: `
    with concerned as (
      select id from handoff
       where closed_at is null
         and ($1 in (rep, escalated_to) or state ->> 'status' in ('offered', 'accepted') and $1 = any (open_to))
    )
    select from ask_jobs(array(select 'deliver'::text from concerned), array(select id::text from concerned))`,
};

/** Has the cards drawn anew of whoever did what can be taken back no more. */
export async function redraw(pool: Pool, id: HandoffId): Promise<void> {
  await run(pool, redrawStatement, [id]);
}

const redrawStatement = {
  name: 'redraw',
  text: `
    with outdated as (
      update card set revision = card.revision - 1
        from handoff
       where handoff.id = $1 and card.handoff_id = handoff.id
         and card.person = state -> 'undoable' ->> 'by' and card.revision = handoff.version
      returning 1
    )
    select from ask_jobs(array(select distinct 'deliver'::text from outdated), array(select distinct $1::text from outdated))`,
};

/** Has all cards of somebody drawn anew whose handoffs are open. */
export async function redrawFor(pool: Pool, person: PersonId): Promise<void> {
  await run(pool, redrawForStatement, [person]);
}

const redrawForStatement = {
  name: 'redraw for somebody',
  text: `
    with outdated as (
      update card set revision = 0
        from handoff
       where handoff.id = card.handoff_id and handoff.closed_at is null and card.person = $1
      returning card.handoff_id
    ),
    concerned as (select distinct handoff_id::text as id from outdated)
    select from ask_jobs(array(select 'deliver'::text from concerned), array(select id from concerned))`,
};
