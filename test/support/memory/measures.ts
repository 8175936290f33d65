import type { Measures } from '../../../src/flow/ports/measures.ts';

/** Before anything was measured: what is counted over many is tried on the real store. */
export function nothingMeasured(): Measures {
  return {
    unmeasured: async () => [],
    keep: async () => {},
    forget: async () => {},
    tallies: async () => new Map(),
    sources: async () => [],
    speed: async () => [],
    sentBack: async () => [],
  };
}
