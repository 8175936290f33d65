import type { Pool } from 'pg';
import type { TaskName } from '../../flow/ports/jobs.ts';
import { run } from './statement.ts';
import { statementFor } from './write-statement.ts';
import type { Writing } from './writing.ts';

/** A job that its asker has at once, without a claim. */
export type TakenAtOnce = { task: TaskName; key: string; asked: number };

/**
 * Writes all of it in one statement and one commit.
 * @returns the jobs that `taker` has with it; null when somebody was faster, and nothing was written
 */
export async function write(pool: Pick<Pool, 'query'>, writing: Writing): Promise<TakenAtOnce[] | null> {
  try {
    const { taker = null, ...parts } = writing;
    const { statement, values } = statementFor(parts);
    const [row] = await run<{ free: boolean; taken: TakenAtOnce[] }>(pool, statement, [taker, ...values]);
    return row?.free ? row.taken : null;
  } catch (error) {
    if (wasOvertaken(error)) return null;
    throw error;
  }
}

/** The same row was inserted by somebody else since: a second open handoff of a lead, a pool's first turn, a command. */
function wasOvertaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  const unique = '23505';
  return code === unique && constraint !== undefined && firstComeFirstServed.includes(constraint);
}

const firstComeFirstServed = [
  'handoff_open_per_lead',
  'rotation_pkey',
  'handoff_event_pkey',
  'handoff_event_handoff_id_command_id_key',
];
