import type { TaskName, Tasks } from '../../../src/adapters/postgres/queue/job-tasks.ts';

type Job = { task: TaskName; payload: unknown };

/** A job queue in memory: jobs of one key that have not begun are one job. */
export type MemoryJobs = {
  add(task: TaskName, key: string, payload: unknown): void;
  keys(): string[];
  /** Runs the jobs in the order they were added, and those they lead to, until none is left. */
  drain(tasks: Tasks): Promise<void>;
};

export function memoryJobs(): MemoryJobs {
  const waiting = new Map<string, Job>();
  return {
    add: (task, key, payload) => {
      waiting.set(key, { task, payload });
    },
    keys: () => [...waiting.keys()],
    drain: async (tasks) => {
      for (const [key, { task, payload }] of waiting) {
        waiting.delete(key);
        // Each payload was added for its task.
        const run = tasks[task] as (
          payload: unknown,
          attempt: { attempt: number; last: boolean },
        ) => Promise<void>;
        await run(payload, { attempt: 1, last: false });
      }
    },
  };
}
