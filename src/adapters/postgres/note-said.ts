import type { Pool } from 'pg';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Said } from '../../flow/ports/chat.ts';
import { retract } from './erase-lead.ts';
import { saidRows } from './what-to-write.ts';
import { write } from './write.ts';

/** Remembers a message about leads; what was said of one that was erased meanwhile is taken back at once. */
export async function noteSaid(pool: Pool, said: Said): Promise<void> {
  const { leadIds } = said;
  if (leadIds.length === 0) return;
  await write(pool, { said: saidRows([said]) });
  // An erasure that has just begun may not see the message: it is waited for.
  await pool.query(
    `select pg_advisory_xact_lock_shared(lead_lock(id))
       from (select unnest($1::text[]) as id order by 1) as lead`,
    [leadIds],
  );
  const { rows } = await pool.query<{ lead_id: LeadId }>(
    'select lead_id from erasure where lead_id = any ($1)',
    [leadIds],
  );
  for (const { lead_id } of rows) await retract(pool, [lead_id], []);
}
