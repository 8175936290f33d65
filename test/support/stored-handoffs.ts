import type { Pool } from 'pg';
import { handoffOf } from '../../src/adapters/postgres/handoff-row.ts';
import type { Handoff } from '../../src/domain/handoff/handoff.ts';

/** The handoffs as the database holds them, in the order in which they qualified. */
export async function storedHandoffs({ pool }: { pool: Pool }): Promise<Handoff[]> {
  const { rows } = await pool.query(
    'select id, lead_id, version, state from handoff order by qualified_at, id',
  );
  return rows.map(handoffOf);
}

/** The first of them that is as asked for. */
export async function storedHandoff(
  database: { pool: Pool },
  isMeant: (handoff: Handoff) => boolean = () => true,
): Promise<Handoff> {
  const found = (await storedHandoffs(database)).find(isMeant);
  if (!found) throw new Error('The database has no such handoff: expected one.');
  return found;
}
