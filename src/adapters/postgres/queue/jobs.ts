import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobRef } from '../../../flow/ports/jobs.ts';
import type { Connection } from '../connection.ts';
import type { JobLog, Lane, OnFailed } from './job.ts';
import { bringForward } from './job-statements.ts';
import { freeForgotten, freeJobsOf, look } from './recovery.ts';
import { type RunningLane, runLane } from './running-lane.ts';
import { type Heard, type Listener, openSession, type Session } from './session.ts';

/** The job queue in PostgreSQL and the part of this process in it. */
export type Jobs = {
  /** Begins to work on jobs as they come, and on what killed processes left behind. */
  start(): Promise<void>;
  /** Finishes the jobs that have begun and takes no more. */
  stop(): Promise<void>;
  /** Runs what is due, and what it leads to, until nothing is left but what failed. */
  drain(): Promise<void>;
  /** By which number SQL gives jobs to this process; null while it works on nothing. */
  taker(): number | null;
  /**
   * Works on a job that a statement of ours has asked for and taken at once, after its commit.
   * @param item what the job is about, where its lane can do without reading it
   */
  handOver(job: JobRef, item?: unknown): void;
};

/** New jobs come by notification; this is for those that were waiting for their time, and for killed processes. */
const lookEveryMs = 2_000;

/** Takes one connection of the pool for good while it works, and what the jobs need besides. */
export function postgresJobs(
  { pool }: Pick<Connection, 'pool'>,
  {
    lanes,
    log,
    listeners,
    onFailed = () => {},
  }: { lanes: readonly Lane[]; log: JobLog; listeners?: readonly Listener[]; onFailed?: OnFailed },
): Jobs {
  const processId = randomInt(1, 2 ** 31);
  const tasks = lanes.map(({ task }) => task);
  const running = new Map<string, RunningLane>(
    lanes.map((lane) => [lane.task, runLane(lane, { pool, processId, log, onFailed })]),
  );
  const all = () => [...running.values()];

  const lookAround = async (): Promise<number> => {
    const { due, absent, kept } = await look(pool, tasks, processId);
    for (const task of due) running.get(task)?.wake({ urgent: true });
    const forgotten = kept.filter(({ task, key }) => !running.get(task)?.has(key));
    await freeForgotten(pool, forgotten, processId);
    const freed = await freeJobsOf(pool, absent);
    if (freed > 0) log.warn({ jobs: freed, processes: absent }, 'freed the jobs of processes that are gone');
    return due.length;
  };

  let rouse = () => {};
  const hear = (heard: Heard) => {
    if (heard === 'deaf') rouse();
    else running.get(heard.task)?.wake(heard);
  };

  /** Whoever works: the process that was started, and each `drain`. */
  let users = 0;
  let opened: Promise<Session> | undefined;
  let closing: Promise<void> | undefined;
  const enter = async () => {
    users += 1;
    await closing;
    opened ??= openSession(pool, processId, hear, log, listeners);
    await opened;
    for (const lane of all()) lane.open();
  };
  const leave = async (how: keyof Session) => {
    users -= 1;
    if (users > 0) return;
    closing = close(how);
    await closing;
  };
  const close = async (how: keyof Session) => {
    await Promise.all(all().map((lane) => lane.close()));
    const session = await opened;
    opened = undefined;
    await session?.[how]();
  };

  const keepLooking = async (stopping: AbortSignal) => {
    while (!stopping.aborted) {
      const roused = new AbortController();
      rouse = () => roused.abort();
      await lookAround().catch((error: unknown) => log.error({ err: error }, 'could not look for jobs'));
      await delay(lookEveryMs, null, { signal: AbortSignal.any([stopping, roused.signal]) }).catch(() => {});
    }
  };

  let stopWorking = async () => {};
  let stopped: Promise<void> | undefined;
  return {
    start: async () => {
      await enter();
      const stopping = new AbortController();
      const looking = keepLooking(stopping.signal);
      stopWorking = async () => {
        stopping.abort();
        await Promise.all([leave('close'), looking]);
      };
    },
    stop: () => {
      stopped ??= stopWorking();
      return stopped;
    },
    drain: async () => {
      await enter();
      try {
        for (let isQuiet = false; !isQuiet; ) {
          await Promise.all(all().map((lane) => lane.idle()));
          const before = all().map((lane) => lane.timesBusy());
          const isWork = (await lookAround()) > 0 || (await bringForward(pool));
          // What one of them did meanwhile may have led to more.
          isQuiet =
            !isWork &&
            all().every((lane, place) => lane.timesBusy() === before[place]) &&
            !before.includes(null);
        }
      } finally {
        await leave('release');
      }
    },
    taker: () => (users > 0 ? processId : null),
    handOver: (job, item) => {
      running.get(job.task)?.handOver({ ...job, attempt: 1, last: false, again: false, item });
    },
  };
}
