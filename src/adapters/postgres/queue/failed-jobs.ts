import type { TaskName } from '../../../flow/ports/jobs.ts';
import type { Connection } from '../connection.ts';

/** A job that failed, for whoever operates the bot. */
export type FailedJob = {
  task: TaskName;
  key: string;
  attempts: number;
  /** In the words of the log; null: it was about somebody who is forgotten. */
  error: string | null;
  /** When it is tried again; null: it was given up. */
  againAt: Date | null;
  /** By whom it was discarded, and why; null: it was not. */
  discarded: string | null;
};

/** Which jobs an operator means: all of a kind, or the one about a subject. */
export type WhichJobs = { task: TaskName; key: string | null };

/** What failed, and what may be done about it by hand. */
export function failedJobs({ pool }: Pick<Connection, 'pool'>) {
  return {
    /** Those that are tried again first, then those that gave up. @param all also the discarded ones */
    async list(all: boolean): Promise<FailedJob[]> {
      const { rows } = await pool.query<FailedJob>(
        `select task, key, attempts, last_error as error, discarded,
                case when run_at < 'infinity' then run_at end as "againAt"
           from job
          where last_error is not null and taken_by is null
            and ($1 or discarded is null or run_at < 'infinity')
          order by run_at, task, key`,
        [all],
      );
      return rows;
    },

    /** Has them tried at once, with as many attempts as a new one. @returns how many */
    async retry({ task, key }: WhichJobs): Promise<number> {
      const { rows } = await pool.query<{ count: number }>(
        `with failed as (
           select task, key from job
            where task = $1 and ($2::text is null or key = $2) and last_error is not null and taken_by is null
         )
         select (select count(*)::int from failed) as count,
                array(select ask_jobs(array(select task from failed), array(select key from failed)))`,
        [task, key],
      );
      return rows[0]?.count ?? 0;
    },

    /**
     * Has them count no more as failures. Whatever asks for the same again, as a new webhook does, has it done.
     * @param why who says so, and why
     * @returns how many; those that are still tried are none
     */
    async discard({ task, key }: WhichJobs, why: string): Promise<number> {
      const { rowCount } = await pool.query(
        `update job set discarded = $3
          where task = $1 and ($2::text is null or key = $2) and run_at = 'infinity' and taken_by is null
            and last_error is not null and discarded is null`,
        [task, key, why],
      );
      return rowCount ?? 0;
    },
  };
}
