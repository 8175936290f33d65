import { type Job, Logger } from 'graphile-worker';
import type { JobLog } from './job-tasks.ts';

/** The job queue's own messages in our log: its troubles, and each failed attempt as one line of facts. */
export function queueLog(log: JobLog): Logger {
  return new Logger(() => (level, message, meta) => {
    if (meta?.['failure'] === true) {
      const { id: jobId, task_identifier: task, payload, attempts: attempt } = meta['job'] as Job;
      log.warn({ task, ...(payload as object), jobId, attempt, err: meta['error'] }, 'job failed');
    } else if (level === 'error') {
      log.error({ err: meta?.['error'] }, `job queue: ${message}`);
    } else if (level === 'warning') {
      log.warn({}, `job queue: ${message}`);
    }
  });
}
