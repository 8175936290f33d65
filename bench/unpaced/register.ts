import { registerHooks } from 'node:module';

// Preloaded with `--import`. The bot keeps itself to what HubSpot and Slack allow, far below what it could do; to
// measure the bot and not those limits, the two modules that hold them are replaced by ones with the same code and
// limits that nothing reaches.
const replacements = new Map(
  [
    ['../../src/adapters/hubspot/limiter.ts', './limiter.ts'],
    ['../../src/adapters/pace.ts', './pace.ts'],
  ].map(([original = '', replacement = '']) => [urlOf(original), urlOf(replacement)]),
);

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const replacement = replacements.get(found.url);
    // The replacement itself gets the original.
    return replacement && context.parentURL !== replacement ? { ...found, url: replacement } : found;
  },
});

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}
