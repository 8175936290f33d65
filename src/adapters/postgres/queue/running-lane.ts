import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { factsOf, type JobLog, type JobResult, type Lane, type OnFailed, type TakenJob } from './job.ts';
import { claim, endDone, type FailedJob, giveBack, tryLater } from './job-statements.ts';

const writeAgainAfterMs = 250;

/** A lane of this process. */
export type RunningLane = {
  /** Begins to take jobs. */
  open(): void;
  /** There may be jobs; `urgent` ones also find a place among those that are kept for them. */
  wake(which: { urgent: boolean }): void;
  /** Works on a job that this process has without a claim. */
  handOver(job: TakenJob): void;
  /** Whether this process has the job in its hands. */
  has(key: string): boolean;
  /** Resolves when nothing is being claimed or in work. */
  idle(): Promise<void>;
  /** Null while it is not idle; otherwise how often it has been busy, which tells whether it was in between. */
  timesBusy(): number | null;
  /** Takes no more, finishes what has begun, and gives back what has not. */
  close(): Promise<void>;
};

type Lot = { jobs: readonly TakenJob[]; urgent: boolean };

/**
 * Works on the jobs of a task as they come. It asks the database only when it has heard that there are some, or when it
 * got as many as it had places for, so that a lone job costs one claim that finds it and none that finds nothing.
 */
export function runLane(
  lane: Lane,
  { pool, processId, log, onFailed }: { pool: Pool; processId: number; log: JobLog; onFailed: OnFailed },
): RunningLane {
  const { task, lot: lotSize, atOnce, reserve = 0, durable = true, gatherMs = 0 } = lane;
  let opened = false;
  const heard = { any: false, urgent: false };
  /** Claims, and jobs on their way back. */
  const errands = new Set<Promise<void>>();
  let claiming = false;
  let gathering = new AbortController();
  let hurrying = 0;
  let timesBusy = 0;
  let handed: TakenJob[] = [];
  /** The lots in work, by the keys of their jobs. */
  const working = new Map<string, Promise<void>>();
  const lots = new Set<Promise<void>>();
  let notUrgentLots = 0;

  const places = () => {
    const all = atOnce - lots.size;
    return { all, notUrgent: Math.max(0, Math.min(all, atOnce - reserve - notUrgentLots)) };
  };

  function proceed(): void {
    if (!opened) return;
    while (handed.length > 0 && places().notUrgent > 0)
      begin({ jobs: handed.splice(0, lotSize), urgent: false });
    const { all, notUrgent } = places();
    const isWanted = (heard.urgent && all > 0) || (heard.any && notUrgent > 0);
    if (isWanted && !claiming) run(claimMore({ all: all * lotSize, notUrgent: notUrgent * lotSize }));
  }

  /** Looks after something that takes its time; `idle` waits for it. */
  function run(errand: Promise<void>): void {
    timesBusy += 1;
    const kept = errand.finally(() => {
      errands.delete(kept);
      proceed();
    });
    errands.add(kept);
  }

  /** Lets others come, unless somebody waits for the lane to be idle. */
  async function gather(): Promise<void> {
    if (gatherMs === 0 || hurrying > 0) return;
    gathering = new AbortController();
    await delay(gatherMs, null, { signal: gathering.signal }).catch(() => {});
  }

  async function claimMore(wanted: { all: number; notUrgent: number }): Promise<void> {
    claiming = true;
    await gather();
    heard.urgent = false;
    if (wanted.notUrgent > 0) heard.any = false;
    try {
      const jobs = await claim(pool, { task, durable, by: processId }, wanted);
      const urgent = jobs.filter((job) => job.urgent).length;
      if (jobs.length === wanted.all) heard.urgent = true;
      if (jobs.length === wanted.all || (wanted.notUrgent > 0 && jobs.length - urgent === wanted.notUrgent)) {
        heard.any = true;
      }
      if (!opened) return giveAllBack(jobs);
      // Where nothing is kept for urgent jobs they share their lots with the others.
      const parts = reserve > 0 ? [jobs.slice(0, urgent), jobs.slice(urgent)] : [jobs];
      for (const [place, part] of parts.entries()) {
        for (let from = 0; from < part.length; from += lotSize) {
          begin({ jobs: part.slice(from, from + lotSize), urgent: reserve > 0 && place === 0 });
        }
      }
    } catch (error) {
      // What was taken all the same is found when this process looks for jobs it knows nothing of.
      log.error({ err: error, task }, 'no jobs could be taken');
    } finally {
      claiming = false;
    }
  }

  function begin(lot: Lot): void {
    timesBusy += 1;
    if (!lot.urgent) notUrgentLots += 1;
    // Freed while we were cut off and taken again, a job may be one that we are still at.
    const former = lot.jobs.flatMap(({ key }) => working.get(key) ?? []);
    const done = Promise.all(former)
      .then(() => workOn(lot.jobs))
      .finally(() => {
        lots.delete(done);
        if (!lot.urgent) notUrgentLots -= 1;
        for (const { key } of lot.jobs) if (working.get(key) === done) working.delete(key);
        proceed();
      });
    lots.add(done);
    for (const { key } of lot.jobs) working.set(key, done);
  }

  async function workOn(jobs: readonly TakenJob[]): Promise<void> {
    const begun = performance.now();
    const results = await resultsOf(jobs);
    const ms = Math.round(performance.now() - begun);
    const done = jobs.filter((_, place) => results[place]?.outcome === 'done');
    const failed = jobs.flatMap((job, place): FailedJob[] => {
      const result = results[place];
      return result?.outcome === 'failed' ? [{ job, error: result.error }] : [];
    });
    if (done.length > 0) await insist(() => endDone(pool, done, processId));
    if (failed.length > 0) {
      const became = await insist(() => tryLater(pool, failed, processId));
      for (const { job, error } of failed) {
        const outcome = became?.get(job.key) ?? 'lost';
        log.warn({ ...factsOf(job), err: error }, `job ${outcome}`);
        onFailed(task, outcome);
      }
    }
    for (const [place, job] of jobs.entries()) {
      if (results[place]?.outcome !== 'failed') log.debug({ ...factsOf(job), ms }, 'job done');
    }
  }

  async function resultsOf(jobs: readonly TakenJob[]): Promise<readonly JobResult[]> {
    try {
      const results = await lane.work(jobs);
      if (results.length === jobs.length) return results;
      throw new Error(`${results.length} results of ${jobs.length} jobs: expected one for each`);
    } catch (error) {
      return jobs.map(() => ({ outcome: 'failed', error }));
    }
  }

  /** Writes until it is written; while the database is away there is nothing better to do. Who stops tries once more. */
  async function insist<T>(write: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      const wasOpen = opened;
      try {
        return await write();
      } catch (error) {
        log.error({ err: error, task }, 'the end of jobs could not be written');
        if (!wasOpen) return undefined;
        await delay(writeAgainAfterMs);
      }
    }
  }

  async function giveAllBack(jobs: readonly TakenJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await giveBack(pool, jobs, processId).catch((error: unknown) =>
      log.error({ err: error, task }, 'jobs could not be given back'),
    );
  }

  const idle = async () => {
    hurrying += 1;
    gathering.abort();
    while (errands.size > 0 || lots.size > 0) await Promise.all([...errands, ...lots]);
    hurrying -= 1;
  };
  return {
    open: () => {
      opened = true;
      proceed();
    },
    wake: ({ urgent }) => {
      if (urgent) heard.urgent = true;
      heard.any = true;
      proceed();
    },
    handOver: (job) => {
      if (!opened) return run(giveAllBack([job]));
      handed.push(job);
      proceed();
    },
    has: (key) => working.has(key) || handed.some((job) => job.key === key),
    idle,
    timesBusy: () => (errands.size + lots.size > 0 ? null : timesBusy),
    close: async () => {
      opened = false;
      await idle();
      const left = handed;
      handed = [];
      await giveAllBack(left);
    },
  };
}
