import type { Pool } from 'pg';
import type { Lead } from '../../domain/lead/lead.ts';
import type { Sleeping } from '../../flow/ports/handoffs.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { run } from './statement.ts';
import { fromJson } from './stored-json.ts';

/** The recycled handoffs whose leads sales has not had since, but for those that were erased. */
export async function readSleeping(pool: Pool): Promise<Sleeping[]> {
  const rows = await run<HandoffRow & { snapshot: Prisma.JsonValue }>(pool, statement, []);
  return rows.map((row) => ({ handoff: handoffOf(row), lead: fromJson<Lead>(row.snapshot) }));
}

const statement = {
  name: 'read who sleeps',
  text: `
    select handoff.id, handoff.lead_id, handoff.version, handoff.state, lead.snapshot
      from handoff join lead on lead.id = handoff.lead_id
     where handoff.followed and handoff.closed_at is not null
       and handoff.state -> 'sentBack' -> 'revisitAt' ->> '$date' is not null
       and not exists (select from handoff as later
                        where later.lead_id = handoff.lead_id and later.qualified_at > handoff.closed_at)
     order by handoff.state -> 'sentBack' -> 'revisitAt' ->> '$date', handoff.id`,
};
