import type { TakenJob } from '../../../src/adapters/postgres/queue/job.ts';
import type { TaskName } from '../../../src/flow/ports/jobs.ts';

/** What is done about each thing. */
export type Tasks = Record<TaskName, (job: Pick<TakenJob, 'key' | 'last' | 'again'>) => Promise<void>>;

/** A job queue in memory: jobs of one key that have not begun are one job. */
export type MemoryJobs = {
  add(task: TaskName, key: string): void;
  /** Each with its task before it. */
  keys(): string[];
  /** Runs the jobs in the order they were added, and those they lead to, until none is left. */
  drain(tasks: Tasks): Promise<void>;
};

export function memoryJobs(): MemoryJobs {
  const waiting = new Map<string, { task: TaskName; key: string }>();
  return {
    add: (task, key) => {
      waiting.set(`${task}:${key}`, { task, key });
    },
    keys: () => [...waiting.keys()],
    drain: async (tasks) => {
      for (const [name, { task, key }] of waiting) {
        waiting.delete(name);
        await tasks[task]({ key, last: false, again: false });
      }
    },
  };
}
