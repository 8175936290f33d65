import type { Pool } from 'pg';
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
