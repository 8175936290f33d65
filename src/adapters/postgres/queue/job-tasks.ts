import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { CrmRecord } from '../../../flow/ports/crm.ts';
import type { DueTimer } from '../../../flow/ports/time.ts';
import { endJob, isFirst, putBack, tryLater } from './job-end.ts';
import type { Turns } from './turns.ts';

const aboutHandoff = z.object({ handoffId: z.string() });

/** What each job carries: ids only, so that the queue never holds a lead. */
const payloads = {
  intake: z.object({ leadId: z.string() }),
  deliver: aboutHandoff,
  'write-back': aboutHandoff,
  timer: aboutHandoff.extend({
    id: z.string(),
    clock: z.enum(['acknowledge', 'touch']),
    action: z.enum(['breach', 'climb', 'wake']),
    step: z.int(),
    run: z.int(),
    dueAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  }) satisfies z.ZodType<DueTimer>,
  'find-leads': z.object({
    objectType: z.enum(['calls', 'emails', 'meetings', 'communications', 'deals']),
    id: z.string(),
  }) satisfies z.ZodType<CrmRecord>,
  tell: z.object({ person: z.string() }),
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

/** The tasks as the job queue calls them. They never fail: what becomes of a job is written by the job itself. */
export function taskList(tasks: Tasks, turns: Turns, log: JobLog): Record<TaskName, Task> {
  const taskOf =
    <Name extends TaskName>(name: Name): Task =>
    async (payload, { job, query }) => {
      // People are named by their email, which no log holds.
      const { person: _, ...ids } = payload as { person?: unknown };
      const facts = { task: name, ...ids, jobId: job.id, attempt: job.attempts };
      if (name === 'timer' && !(await isFirst(job, query))) return putBack(job, query);
      const endTurn = await turns.take(job.key ?? job.id, Number(job.id));
      if (!endTurn) return log.debug(facts, 'job replaced');
      try {
        const begun = performance.now();
        const about = payloads[name].parse(payload) as z.infer<Payloads[Name]>;
        await tasks[name](about, { attempt: job.attempts, last: job.attempts >= job.max_attempts });
        await endJob(job, query);
        log.debug({ ...facts, ms: Math.round(performance.now() - begun) }, 'job done');
      } catch (error) {
        log.warn({ ...facts, err: error }, `job ${await tryLater(job, query, error)}`);
      } finally {
        endTurn();
      }
    };
  return {
    intake: taskOf('intake'),
    deliver: taskOf('deliver'),
    'write-back': taskOf('write-back'),
    timer: taskOf('timer'),
    'find-leads': taskOf('find-leads'),
    tell: taskOf('tell'),
  };
}
