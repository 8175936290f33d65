import type { Pool, QueryResultRow } from 'pg';

/** A statement of the hot path: PostgreSQL plans it once for each connection. */
export type Statement = { name: string; text: string };

/** Runs a statement by its name, in one round trip. */
export async function run<Row extends QueryResultRow>(
  pool: Pick<Pool, 'query'>,
  { name, text }: Statement,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await pool.query<Row>({ name, text, values });
  return rows;
}
