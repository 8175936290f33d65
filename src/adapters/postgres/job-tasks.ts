import type { JobHelpers, Task } from 'graphile-worker';
import { z } from 'zod';
import { TemporaryFailure } from '../../flow/failure.ts';
import type { DueTimer } from '../../flow/ports.ts';
import type { Turns } from './turns.ts';

const aboutHandoff = z.object({ handoffId: z.string() });

/** What each job carries: ids only, so that neither the queue nor the log ever holds a lead. */
const payloads = {
  intake: z.object({ leadId: z.string() }),
  deliver: aboutHandoff,
  'write-back': aboutHandoff,
  timer: aboutHandoff.extend({
    id: z.string(),
    clock: z.enum(['acknowledge', 'touch']),
    action: z.enum(['breach', 'remind', 'tellManager']),
    run: z.int(),
  }) satisfies z.ZodType<DueTimer>,
};
type Payloads = typeof payloads;

export type TaskName = keyof Payloads;

/** Which attempt this is, counted from 1, and whether it is the last. */
export type Attempt = { attempt: number; last: boolean };

/** What the jobs do. A job that throws is tried again, later each time, or when the platform said. */
export type Tasks = {
  [Name in TaskName]: (payload: z.infer<Payloads[Name]>, attempt: Attempt) => Promise<void>;
};

/** Where the jobs report to; pino's logger fits. */
export type JobLog = Record<'debug' | 'warn' | 'error', (facts: object, message: string) => void>;

/** The tasks as the job queue calls them; it reports the failed attempts itself. */
export function taskList(tasks: Tasks, turns: Turns, log: JobLog): Record<TaskName, Task> {
  const taskOf =
    <Name extends TaskName>(name: Name): Task =>
    async (payload, helpers) => {
      const about = payloads[name].parse(payload) as z.infer<Payloads[Name]>;
      const { id, key, attempts: attempt, max_attempts: maxAttempts } = helpers.job;
      const facts = { task: name, ...about, jobId: id, attempt };
      const endTurn = await turns.take(`${name}:${subjectOf(about)}`, { id: Number(id), key });
      if (!endTurn) return log.debug(facts, 'job replaced by a newer one');
      const begun = performance.now();
      try {
        await tasks[name](about, { attempt, last: attempt >= maxAttempts });
        log.debug({ ...facts, ms: Math.round(performance.now() - begun) }, 'job done');
      } catch (error) {
        const otherwise = await settle(error, helpers);
        if (!otherwise) throw error;
        log.warn({ ...facts, err: error }, `job ${otherwise}`);
      } finally {
        endTurn();
      }
    };
  return {
    intake: taskOf('intake'),
    deliver: taskOf('deliver'),
    'write-back': taskOf('write-back'),
    timer: taskOf('timer'),
  };
}

function subjectOf(payload: { leadId: string } | { handoffId: string }): string {
  return 'leadId' in payload ? payload.leadId : payload.handoffId;
}

/**
 * What becomes of a job that threw, when it is not the queue that tries it again, later each time. Where a newer job of
 * the same key is waiting, that one does the work. When the platform said how long to wait, a copy takes this job's
 * place at that time; a wait that was asked for uses up no attempt.
 */
async function settle(error: unknown, { job, query }: JobHelpers): Promise<'replaced' | 'postponed' | null> {
  const wait = error instanceof TemporaryFailure ? error.retryAfterSeconds : null;
  if (wait === null) {
    const { rowCount } = await query(
      'select from graphile_worker._private_jobs where id = $1 and key is null',
      [job.id],
    );
    return rowCount ? 'replaced' : null;
  }
  const { rowCount } = await query(
    `with this as (
       update graphile_worker._private_jobs set key = null, attempts = max_attempts
        where id = $1 and key = $2
       returning *
     )
     insert into graphile_worker._private_jobs
       (task_id, payload, priority, max_attempts, created_at, key, attempts, run_at, last_error)
     select task_id, payload, priority, max_attempts, created_at, $2, $3, now() + make_interval(secs => $4), $5
       from this`,
    [job.id, job.key, job.attempts - 1, wait, String(error)],
  );
  return rowCount ? 'postponed' : 'replaced';
}
