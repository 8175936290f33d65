/**
 * The same answer for all who ask while it is on its way, and for some time after; one that failed is not kept.
 * @param now in milliseconds, of a clock that only ever runs
 */
export function kept<T>(
  ask: () => Promise<T>,
  { forMs, now }: { forMs: number; now: () => number },
): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let goodUntil = 0;
  return () => {
    if (answer && now() < goodUntil) return answer;
    goodUntil = Number.POSITIVE_INFINITY;
    answer = ask().then(
      (value) => {
        goodUntil = now() + forMs;
        return value;
      },
      (error) => {
        answer = null;
        throw error;
      },
    );
    return answer;
  };
}
