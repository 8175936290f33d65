import { limiter as original } from '../../src/adapters/hubspot/limiter.ts';

export { type Limiter, searchLimits } from '../../src/adapters/hubspot/limiter.ts';

/** HubSpot's limiter without its window; the requests under way at the same time stay as limited as they were. */
export function limiter() {
  return original({ requests: 1_000_000, windowMs: 1, concurrency: 20 });
}
