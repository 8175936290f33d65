import type { Routine, Runs } from '../../../src/flow/ports/time.ts';

export function memoryRuns(): Runs {
  const runs = new Map<Routine, Date>();
  return {
    last: async (routine) => runs.get(routine) ?? null,
    note: async (routine, at) => {
      const before = runs.get(routine) ?? null;
      if (before && before >= at) return null;
      runs.set(routine, at);
      return before;
    },
  };
}
