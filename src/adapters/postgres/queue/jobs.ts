import { setTimeout as delay } from 'node:timers/promises';
import type { RunnerOptions } from 'graphile-worker';
import type { Connection } from '../connection.ts';
import { queueLog } from './job-log.ts';
import { countTroubled, recoverJobs } from './job-recovery.ts';
import { type JobLog, type Tasks, taskList } from './job-tasks.ts';
import { bringForward, keepWorking, workOff } from './job-workers.ts';
import { openPresence, type Presence } from './presence.ts';
import { takeTurns } from './turns.ts';

/** The job queue in PostgreSQL and the workers of this process. */
export type Jobs = {
  /** Begins to work on jobs as they come, and on what killed processes left behind. */
  start(): Promise<void>;
  /** Finishes the jobs that have begun and takes no more. */
  stop(): Promise<void>;
  /** Runs what is due, and what it leads to, until nothing is left but what failed. */
  drain(): Promise<void>;
  /** How many jobs gave up for good, each a promise not kept, and how many failed and will be tried again. */
  troubled(): Promise<{ exhausted: number; retrying: number }>;
};

/** New jobs come by notification; this is for those that were waiting for their time. */
const pollEveryMs = 2_000;
const recoverEveryMs = 2_000;

/** The workers take two connections of the pool for good, and what the jobs need besides. */
export function postgresJobs(
  { pool }: Pick<Connection, 'pool'>,
  { tasks, log, concurrency }: { tasks: Tasks; log: JobLog; concurrency: number },
): Jobs {
  const optionsFor = (presence: Presence): RunnerOptions => ({
    pgPool: pool,
    concurrency,
    pollInterval: pollEveryMs,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: queueLog(log),
    taskList: taskList(tasks, takeTurns(presence), log),
    // Without batches nobody would hear when the queue cannot reach the database at a job's end.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });

  /** Also again and again: PostgreSQL may take a moment to notice that a process was killed. */
  const keepRecovering = async (stopping: AbortSignal) => {
    while (!stopping.aborted) {
      try {
        const dead = await recoverJobs(pool);
        if (dead > 0) log.warn({ workers: dead }, 'freed the jobs of workers that are gone');
      } catch (error) {
        log.error({ err: error }, 'could not look for workers that are gone');
      }
      await delay(recoverEveryMs, null, { signal: stopping }).catch(() => {});
    }
  };

  let stopWorking = async () => {};
  let stopped: Promise<void> | undefined;
  return {
    start: async () => {
      const presence = openPresence(pool);
      const endWork = await keepWorking(optionsFor(presence), presence, log).catch(async (error: unknown) => {
        await presence.close();
        throw error;
      });
      const stopping = new AbortController();
      const recovering = keepRecovering(stopping.signal);
      stopWorking = async () => {
        stopping.abort();
        await Promise.all([endWork(), recovering]);
        await presence.close();
      };
    },
    stop: () => {
      stopped ??= stopWorking();
      return stopped;
    },
    drain: async () => {
      const presence = openPresence(pool);
      try {
        do await workOff(optionsFor(presence), presence);
        while (await bringForward(pool));
      } finally {
        await presence.close();
      }
    },
    troubled: () => countTroubled(pool),
  };
}
