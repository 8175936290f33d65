const keptAtMost = 1000;

/**
 * Asks about each key once in a while. Answers that say nothing are kept as well; an error is not.
 * @param now milliseconds
 */
export function remembered<Answer>(
  ask: (key: string) => Promise<Answer>,
  { forMs, now }: { forMs: number; now: () => number },
): (key: string) => Promise<Answer> {
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>();

  return (key) => {
    const known = kept.get(key);
    if (known && known.until > now()) return known.answer;
    const answer = ask(key);
    kept.delete(key);
    kept.set(key, { answer, until: now() + forMs });
    answer.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
