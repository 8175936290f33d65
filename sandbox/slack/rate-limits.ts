/** Calls a minute that Slack guarantees to one app, per method and workspace. */
const perMinute = { 2: 20, 3: 50, 4: 100 } as const;

/** `special` is a limit that Slack does not publish; `message` is one a second in each conversation. */
export type Tier = keyof typeof perMinute | 'special' | 'message';

/** Slack tolerates short bursts above one message a second, without a number: here three. */
const messageBurst = 3;

const minuteMs = 60_000;

/**
 * @param realTime milliseconds; an app is limited in real time, wherever the sandbox's clock stands
 * @returns a function that counts a call, or says how many seconds the caller has to wait
 */
export function createRateLimits(realTime: () => number) {
  const recent = new Map<string, number[]>();
  const messages = new Map<string, { tokens: number; at: number }>();

  function takeFromMinute(method: string, allowed: number): number | null {
    const now = realTime();
    const calls = (recent.get(method) ?? []).filter((at) => now - at < minuteMs);
    recent.set(method, calls);
    if (calls.length < allowed) {
      calls.push(now);
      return null;
    }
    return Math.ceil((minuteMs - (now - (calls[0] ?? now))) / 1000);
  }

  function takeMessage(conversation: string): number | null {
    const now = realTime();
    const before = messages.get(conversation) ?? { tokens: messageBurst, at: now };
    const tokens = Math.min(messageBurst, before.tokens + (now - before.at) / 1000);
    messages.set(conversation, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    return tokens < 1 ? Math.ceil(1 - tokens) : null;
  }

  return (call: { method: string; tier: Tier; conversation: string }): number | null => {
    switch (call.tier) {
      case 'special':
        return null;
      case 'message':
        return takeMessage(call.conversation);
      default:
        return takeFromMinute(call.method, perMinute[call.tier]);
    }
  };
}
