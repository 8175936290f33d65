import { setTimeout as delay } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { type Log, traceOf } from '../log.ts';

/** One that holds so long was ended by Slack's routine. */
const heldMs = 60_000;
const shortestWaitMs = 1_000;
const longestWaitMs = 30_000;

/**
 * Keeps a socket to Slack open. Slack ends each after some hours, and asks for another: that is opened at once, and later
 * and later while none holds.
 */
export function keepConnected(
  { client }: Pick<SocketModeReceiver, 'client'>,
  log: Log,
): { start(): void; stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Resolves when the socket is closed again. */
  const connect = async (): Promise<void> => {
    await client.start();
    if (signal.aborted) return client.disconnect();
    await new Promise((resolve) => client.once('disconnected', resolve));
  };
  const connectUntilStopped = async (): Promise<void> => {
    let waitMs = 0;
    while (!signal.aborted) {
      const begun = performance.now();
      await connect().catch((error: unknown) =>
        log.error({ platform: 'slack', ...traceOf(error) }, 'Socket Mode could not connect'),
      );
      if (performance.now() - begun > heldMs) waitMs = 0;
      await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      waitMs = Math.min(Math.max(shortestWaitMs, 2 * waitMs), longestWaitMs);
    }
  };

  return {
    start: () => void connectUntilStopped(),
    async stop() {
      stopping.abort();
      await client.disconnect();
    },
  };
}
