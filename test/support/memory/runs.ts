import type { Routine, Runs } from '../../../src/flow/ports/time.ts';
import type { MemoryJobs } from './jobs.ts';

export function memoryRuns(queue: Pick<MemoryJobs, 'add'>): Runs {
  const runs = new Map<Routine, Date>();
  const isNoted = (routine: Routine, at: Date) => {
    const before = runs.get(routine);
    return before !== undefined && before >= at;
  };
  return {
    last: async (routine) => runs.get(routine) ?? null,
    note: async (routine, at) => {
      if (isNoted(routine, at)) return null;
      const before = runs.get(routine) ?? null;
      runs.set(routine, at);
      return before;
    },
    moveBack: async (routine, to) => {
      const at = runs.get(routine);
      if (at && at > to) runs.set(routine, to);
    },
    begin: async (routine, at, jobs) => {
      if (isNoted(routine, at)) return;
      runs.set(routine, at);
      for (const { task, key } of jobs) queue.add(task, key);
    },
  };
}
