import { TemporaryFailure } from '../flow/ports/failure.ts';

/** How often something may be done. Times are those of a `PaceTime`; each booking is for a call about to be made. */
export type Pace = {
  /** The earliest time for one more call, from `from` on, which is now unless given. */
  next(now: number, from?: number): number;
  book(at: number): void;
  /** Nothing before this time: the platform has asked to wait. */
  hold(until: number): void;
  heldUntil(): number;
};

/** Some calls at once, then one every so often. */
export function burst(calls: number, everyMs: number): Pace {
  let spentUntil = 0;
  return held(
    (_, from) => Math.max(from, spentUntil - (calls - 1) * everyMs),
    (at) => {
      spentUntil = Math.max(spentUntil, at) + everyMs;
    },
  );
}

/** At most so many calls in any span of time, whenever they were booked: those booked far ahead delay no others. */
export function quota(calls: number, perMs: number): Pace {
  /** Earliest first. */
  const booked: number[] = [];

  /** Where one more would make a span too full, it goes behind the first of that span. */
  const earliest = (now: number, from: number): number => {
    const past = booked.findIndex((time) => time > now - perMs);
    booked.splice(0, past === -1 ? booked.length : past);
    let at = from;
    for (const [index, first] of booked.entries()) {
      const last = booked[index + calls - 1];
      if (last === undefined) break;
      if (Math.max(last, at) - Math.min(first, at) < perMs) at = first + perMs;
    }
    return at;
  };

  return held(earliest, (at) => {
    booked.splice(booked.findLastIndex((time) => time <= at) + 1, 0, at);
  });
}

/** Several paces at once: the slowest decides. */
export function together(...paces: readonly Pace[]): Pace {
  const latest = (times: number[]) => Math.max(...times);
  return {
    // A time that one of them leaves free may be taken in another, so all have to agree on it.
    next: (now, from = now) => {
      let at = from;
      for (;;) {
        const later = latest(paces.map((pace) => pace.next(now, at)));
        if (later === at) return at;
        at = later;
      }
    },
    book: (at) => {
      for (const pace of paces) pace.book(at);
    },
    // Only the first is told: the others are shared with calls that nobody has asked to wait.
    hold: (until) => paces[0]?.hold(until),
    heldUntil: () => latest(paces.map((pace) => pace.heldUntil())),
  };
}

function held(earliest: (now: number, from: number) => number, book: Pace['book']): Pace {
  let until = 0;
  return {
    next: (now, from = now) => earliest(now, Math.max(from, until)),
    book,
    hold: (time) => {
      until = Math.max(until, time);
    },
    heldUntil: () => until,
  };
}

/** The time by which calls are paced, in milliseconds of a clock that only ever runs. */
export type PaceTime = { now(): number; waitUntil(time: number): Promise<void> };

/** That of the machine, whatever the clock of the bot, or the one on the wall, says. */
const machineTime: PaceTime = {
  now: () => performance.now(),
  waitUntil: async (time) => {
    const wait = time - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  },
};

/** Makes calls at their pace. A call waits `maxWaitMs` at most; what would take longer fails at once, undone. */
export function createPacer({
  maxWaitMs,
  time: { now, waitUntil } = machineTime,
}: {
  maxWaitMs: number;
  time?: PaceTime | undefined;
}) {
  const lanes = new Map<string, Promise<unknown>>();

  async function inOrder<Result>(lane: string | null, call: () => Promise<Result>): Promise<Result> {
    if (lane === null) return call();
    const before = lanes.get(lane) ?? Promise.resolve();
    const made = before.then(call, call);
    lanes.set(lane, made);
    try {
      return await made;
    } finally {
      if (lanes.get(lane) === made) lanes.delete(lane);
    }
  }

  /**
   * @param lane calls of one lane are made one after the other, in the order in which they came
   * @throws TemporaryFailure, `notDone`, when the wait would be too long
   */
  return async function paced<Result>(
    { method, pace, lane }: { method: string; pace: Pace; lane: string | null },
    call: () => Promise<Result>,
  ): Promise<Result> {
    const giveUpAt = now() + maxWaitMs;

    const reserve = (): number => {
      const asked = now();
      const at = pace.next(asked);
      if (at > giveUpAt) throw tooMany(method, Math.ceil((at - asked) / 1000));
      pace.book(at);
      return at;
    };

    let at = reserve();
    return inOrder(lane, async () => {
      // The calls before it in the lane may each have waited until their timeout.
      if (now() > giveUpAt) throw tooMany(method, 1);
      for (;;) {
        await waitUntil(at);
        if (pace.heldUntil() <= now()) {
          try {
            return await call();
          } catch (error) {
            if (!(error instanceof TemporaryFailure) || error.retryAfterSeconds === null) throw error;
            pace.hold(now() + error.retryAfterSeconds * 1000);
          }
        }
        at = reserve();
      }
    });
  };
}

/** @param retryAfterSeconds what the platform, or our own pace, asks to wait */
export function tooMany(method: string, retryAfterSeconds: number, cause?: unknown): TemporaryFailure {
  return new TemporaryFailure(`too many ${method} at once, again in ${retryAfterSeconds} s`, {
    outcome: 'notDone',
    retryAfterSeconds,
    cause,
  });
}
