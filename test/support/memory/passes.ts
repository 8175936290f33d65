import type { KeptPass, Passes } from '../../../src/flow/ports/passes.ts';

export function memoryPasses(): Passes {
  const all = new Map<string, KeptPass & { isEnded: boolean }>();
  const good = (id: string, now: Date) => {
    const pass = all.get(id);
    return pass && !pass.isEnded && pass.until > now ? pass : null;
  };
  return {
    add: async (pass) => {
      all.set(pass.id, { ...pass, isEnded: false });
    },
    find: async (id, now) => {
      const found = good(id, now);
      if (!found) return null;
      const { isEnded: _, ...pass } = found;
      return pass;
    },
    end: async (id, _by, now) => {
      const found = good(id, now);
      if (found) found.isEnded = true;
      return found !== null;
    },
    boards: async (now) =>
      [...all.values()]
        .flatMap((pass) => {
          if (pass.kind !== 'board' || !good(pass.id, now)) return [];
          const { hash: _, isEnded: _ended, ...board } = pass;
          return [board];
        })
        .toSorted((a, b) => +b.madeAt - +a.madeAt),
  };
}
