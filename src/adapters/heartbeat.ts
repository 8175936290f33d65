import type { Clock } from '../flow/ports/time.ts';

const everyMs = 60_000;
const answersWithinMs = 5_000;

/**
 * Lets a watcher outside know that the bot does its work, at most once a minute: who hears nothing raises the alarm, also
 * when nothing of the bot, and none of its chats, can. A watcher that does not answer keeps nothing from being done.
 * @param url asked with GET, as dead man's switches expect it
 * @param onError is told of the first that fails after one that did not
 */
export function heartbeat(url: string, clock: Clock, onError: (error: unknown) => void): () => Promise<void> {
  let beatAt = Number.NEGATIVE_INFINITY;
  let isHeard = true;
  return async () => {
    const now = clock().getTime();
    if (now - beatAt < everyMs) return;
    beatAt = now;
    try {
      const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(answersWithinMs) });
      if (!ok) throw new Error(`the watcher of HANDOFF_HEARTBEAT_URL answered ${status}, expected 2xx`);
      isHeard = true;
    } catch (error) {
      if (isHeard) onError(error);
      isHeard = false;
    }
  };
}
