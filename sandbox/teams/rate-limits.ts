type Window = {
  readonly calls: number;
  readonly ms: number;
};

/**
 * One bot in one conversation; sends, updates and the creation of the conversation share it (Teams,
 * "Rate limiting for bots").
 */
const writeWindows: readonly Window[] = [
  { calls: 7, ms: 1000 },
  { calls: 8, ms: 2000 },
  { calls: 60, ms: 30_000 },
  { calls: 1800, ms: 3_600_000 },
];

/** The same for look-ups of members. */
const memberWindows: readonly Window[] = [
  { calls: 14, ms: 1000 },
  { calls: 16, ms: 2000 },
  { calls: 120, ms: 30_000 },
  { calls: 3600, ms: 3_600_000 },
];

/** All requests of one app in one tenant. */
const appWindows: readonly Window[] = [{ calls: 50, ms: 1000 }];

const longestWindowMs = 3_600_000;

export type RateLimits = ReturnType<typeof createRateLimits>;

/**
 * @param realTime milliseconds; an app is limited in real time, wherever the sandbox's clock stands
 * @returns a function that counts a request, or says how many seconds the caller has to wait
 */
export function createRateLimits(realTime: () => number) {
  const made = new Map<string, number[]>();

  const callsOf = (bucket: string): number[] => {
    const recent = (made.get(bucket) ?? []).filter((at) => realTime() - at < longestWindowMs);
    made.set(bucket, recent);
    return recent;
  };

  const waitMs = (calls: readonly number[], windows: readonly Window[]): number => {
    const waits = windows.map(({ calls: allowed, ms }) => {
      // As long as this one is within the window, the window is full.
      const decisive = calls[calls.length - allowed];
      return decisive === undefined ? 0 : decisive + ms - realTime();
    });
    return Math.max(...waits);
  };

  return (request: { kind: 'write' | 'member' | 'other'; conversation: string }): number | null => {
    const buckets: [string, readonly Window[]][] = [['all', appWindows]];
    if (request.kind === 'write') buckets.push([`write ${request.conversation}`, writeWindows]);
    if (request.kind === 'member') buckets.push([`member ${request.conversation}`, memberWindows]);

    const wait = Math.max(...buckets.map(([bucket, windows]) => waitMs(callsOf(bucket), windows)));
    if (wait > 0) return Math.ceil(wait / 1000);
    for (const [bucket] of buckets) callsOf(bucket).push(realTime());
    return null;
  };
}
