import { registerHooks } from 'node:module';

// Preloaded with `--import`. The bot keeps itself to what HubSpot and Slack allow, far below what it could do; to
// measure the bot and not those limits, their numbers are replaced in the two modules that hold them. Only the numbers:
// how calls queue, and how many are under way at the same time, stays as it is.
const changes: Record<string, readonly { from: RegExp; to: string }[]> = {
  '/src/adapters/hubspot/limiter.ts': [
    { from: /\brequests: 190\b/, to: 'requests: 1_000_000' },
    { from: /\brequests: 4\b/, to: 'requests: 1_000_000' },
  ],
  '/src/adapters/pace.ts': [
    {
      from: /export function burst\(calls: number, everyMs: number\): Pace \{/,
      to: '$& calls = 1_000_000; everyMs = 1;',
    },
    {
      from: /export function quota\(calls: number, perMs: number\): Pace \{/,
      to: '$& calls = 1_000_000; perMs = 1;',
    },
  ],
};

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const [, wanted = []] = Object.entries(changes).find(([path]) => url.endsWith(path)) ?? [];
    if (wanted.length === 0) return loaded;
    let source = String(loaded.source);
    for (const { from, to } of wanted) {
      if (!from.test(source))
        throw new Error(`${url} has no ${from}: bench/unpaced.ts has to know its limits`);
      source = source.replace(from, to);
    }
    return { ...loaded, source };
  },
});
