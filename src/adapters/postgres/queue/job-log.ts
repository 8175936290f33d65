import { Logger } from 'graphile-worker';
import type { JobLog } from './job-tasks.ts';

/** The job queue's own troubles in our log; the jobs report for themselves. */
export function queueLog(log: JobLog): Logger {
  return new Logger(() => (level, message, meta) => {
    if (level === 'error') log.error({ err: meta?.['error'] }, `job queue: ${message}`);
    if (level === 'warning') log.warn({}, `job queue: ${message}`);
  });
}
