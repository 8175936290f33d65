import type { Pool, QueryResultRow } from 'pg';
import { TemporaryFailure } from '../../flow/ports/failure.ts';

/** A statement of the hot path: PostgreSQL plans it once for each connection. */
export type Statement = { name: string; text: string };

/**
 * Runs a statement by its name, in one round trip.
 * @throws TemporaryFailure when the database does not answer; anything else is about what was asked
 */
export async function run<Row extends QueryResultRow>(
  pool: Pick<Pool, 'query'>,
  { name, text }: Statement,
  values: unknown[],
): Promise<Row[]> {
  try {
    const { rows } = await pool.query<Row>({ name, text, values });
    return rows;
  } catch (error) {
    if (!isAway(error)) throw error;
    throw new TemporaryFailure('the database does not answer', { outcome: 'unknown', cause: error });
  }
}

/**
 * No answer, or one that says nothing of what was asked: PostgreSQL's classes for connections, resources and operators,
 * and what took longer than our sessions allow.
 */
function isAway(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(08|53|57|58|55P03|25P03)/.test(code);
}
