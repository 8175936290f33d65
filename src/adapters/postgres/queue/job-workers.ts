import { setTimeout as delay } from 'node:timers/promises';
import { type RunnerOptions, run, runOnce } from 'graphile-worker';
import type { Pool } from 'pg';
import type { JobLog } from './job-tasks.ts';
import type { Presence } from './presence.ts';

const restartAfterMs = 1_000;

/** Works on jobs as they come. @returns how to stop: it resolves when the jobs that have begun are done. */
export async function keepWorking(
  options: RunnerOptions,
  presence: Presence,
  log: JobLog,
): Promise<() => Promise<void>> {
  let workers = await begin(options, presence);
  let stopping = false;

  // The queue stops all its workers when it cannot write a job's end, as after a restart of the database.
  const keep = async () => {
    for (;;) {
      await workers.ended;
      if (stopping) return;
      log.error({}, 'the workers ended and are started again');
      await delay(restartAfterMs);
      const begun = await begin(options, presence).catch((error: unknown) =>
        log.error({ err: error }, 'the workers could not be started'),
      );
      if (begun) workers = begun;
      if (begun && stopping) await begun.stop();
    }
  };
  const kept = keep();

  return async () => {
    stopping = true;
    // Workers that have ended by themselves cannot be stopped.
    await workers.stop().catch(() => {});
    await kept;
  };
}

/** Runs the jobs that are due, and those they add, until there are none. */
export async function workOff(options: RunnerOptions, presence: Presence): Promise<void> {
  await runOnce(announced(options, presence).options);
}

/** Lets jobs begin at once that were to wait for others of their kind. @returns whether there were any. */
export async function bringForward(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update graphile_worker._private_jobs set run_at = now()
      where run_at > now() and attempts = 0 and last_error is null and locked_at is null`,
  );
  return rowCount !== 0;
}

async function begin(options: RunnerOptions, presence: Presence) {
  const pool = announced(options, presence);
  const runner = await run(pool.options);
  return {
    stop: () => runner.stop(),
    ended: runner.promise.catch(() => {}).then(() => pool.withdraw()),
  };
}

/** Options for one pool of workers that holds its id, with which the queue marks the jobs it takes, from the start. */
function announced(options: RunnerOptions, presence: Presence) {
  let id: string | undefined;
  let held: Promise<void> | undefined;
  const plugin: GraphileConfig.Plugin = {
    name: 'announce-workers',
    worker: {
      hooks: {
        startWorker: (_, { worker }) => {
          id = worker.workerPool.id;
          held ??= presence.hold(id);
          return held;
        },
      },
    },
  };
  return {
    options: { ...options, preset: { ...options.preset, plugins: [plugin] } },
    withdraw: () => {
      if (id !== undefined) presence.release(id);
    },
  };
}
