import { type Outcome, resultOf } from './ports/crm.ts';

/** One of a lot that is worked on step by step; `failure` is the first thing that failed. */
export type Working = { failure: { error: unknown } | null };

/** Does the same for all of a lot, and notes what fails. @returns what came of those that did not */
export async function eachOf<Part extends { one: Working }, T>(
  parts: readonly Part[],
  work: (lot: readonly Part[]) => Promise<Outcome<T>[]>,
): Promise<Map<Part, T>> {
  const done = new Map<Part, T>();
  if (parts.length === 0) return done;
  const outcomes = await work(parts);
  for (const [place, part] of parts.entries()) {
    try {
      const outcome = outcomes[place];
      if (!outcome) throw new Error(`${outcomes.length} outcomes of ${parts.length}: expected one for each`);
      done.set(part, resultOf(outcome));
    } catch (error) {
      part.one.failure ??= { error };
    }
  }
  return done;
}
