import type { Clock } from '../../flow/ports/time.ts';

/** Admins change a portal now and then, and people work with it all day. */
const keptMs = 3_600_000;

/** Reads once an hour at most; several who ask at once share it, and after a failure the next one reads again. */
export function hourly<T>(clock: Clock, read: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; value: Promise<T> } | null = null;
  return () => {
    const now = clock().getTime();
    if (kept === null || now - kept.at >= keptMs) {
      const reading = { at: now, value: read() };
      kept = reading;
      reading.value.catch(() => {
        if (kept === reading) kept = null;
      });
    }
    return kept.value;
  };
}
