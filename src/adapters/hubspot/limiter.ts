import type { Lane } from '../../flow/ports/crm.ts';

export type Limiter = {
  /**
   * Runs `work` in its turn, and at once while the limits allow it: the lane of cards before the other, in each first
   * come, first served.
   */
  run<T>(work: () => Promise<T>, lane?: Lane): Promise<T>;
  /** Starts nothing for so long, because the other side asked for a pause. */
  pause(ms: number): void;
};

export type Limits = {
  /** So many requests within any `windowMs`. */
  requests: number;
  windowMs: number;
  /** So many requests under way at the same time. */
  concurrency: number;
};

/** Monotonic milliseconds, and a call after so many of them. */
type LimiterClock = { now(): number; after(ms: number, wake: () => void): void };

const systemClock: LimiterClock = { now: () => performance.now(), after: (ms, wake) => setTimeout(wake, ms) };

/** HubSpot's limit for a private app (Professional and up); searches do not count towards it. */
const hubspotLimits: Limits = { requests: 190, windowMs: 10_000, concurrency: 20 };

/** HubSpot allows five searches a second to all apps of a portal together. */
export const searchLimits: Limits = { requests: 4, windowMs: 1_000, concurrency: 3 };

/**
 * Keeps to a limit over a rolling window. A request counts from its start until a window after its end: the other
 * side counts it when it arrives there, which is somewhere in between.
 */
export function limiter(limits: Limits = hubspotLimits, clock: LimiterClock = systemClock): Limiter {
  const waiting: Readonly<Record<Lane, (() => void)[]>> = { card: [], background: [] };
  /** When the requests of the window ended, oldest first. */
  const ended: number[] = [];
  let running = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let wakeSet = false;

  function startWhatMay() {
    const now = clock.now();
    while (ended[0] !== undefined && ended[0] + limits.windowMs <= now) ended.shift();
    const full = () => running + ended.length >= limits.requests;
    while (now >= pausedUntil && running < limits.concurrency && !full()) {
      const start = waiting.card.shift() ?? waiting.background.shift();
      if (!start) return;
      running += 1;
      start();
    }
    // Without a pause or a full window it is the end of a running request that makes room.
    if (now < pausedUntil) wakeIn(pausedUntil - now);
    else if (full() && ended[0] !== undefined) wakeIn(ended[0] + limits.windowMs - now);
  }

  function wakeIn(ms: number) {
    if (wakeSet || waiting.card.length + waiting.background.length === 0) return;
    wakeSet = true;
    clock.after(Math.ceil(ms), () => {
      wakeSet = false;
      startWhatMay();
    });
  }

  return {
    async run(work, lane = 'background') {
      await new Promise<void>((start) => {
        waiting[lane].push(start);
        startWhatMay();
      });
      try {
        return await work();
      } finally {
        running -= 1;
        ended.push(clock.now());
        startWhatMay();
      }
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
    },
  };
}
