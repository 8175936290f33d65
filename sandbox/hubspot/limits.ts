import { randomUUID } from 'node:crypto';

/** At most `max` takes in any `windowMs`, measured on the real clock. */
function slidingWindow(max: number, windowMs: number): { take: () => boolean; remaining: () => number } {
  let taken: number[] = [];
  const forget = () => {
    const start = performance.now() - windowMs;
    taken = taken.filter((at) => at > start);
  };
  return {
    take: () => {
      forget();
      if (taken.length >= max) return false;
      taken.push(performance.now());
      return true;
    },
    remaining: () => {
      forget();
      return max - taken.length;
    },
  };
}

const requestsPerTenSeconds = 190;
const searchesPerSecond = 5;
const requestsPerDay = 625_000;

/** The body of a 429; unlike other errors it names an `errorType` and the policy. */
export function rateLimited(policyName: 'TEN_SECONDLY_ROLLING' | 'SECONDLY'): Record<string, unknown> {
  const name = policyName.toLowerCase();
  return {
    status: 'error',
    message: `You have reached your ${name} limit.`,
    errorType: 'RATE_LIMIT',
    correlationId: randomUUID(),
    policyName,
    requestId: randomUUID(),
  };
}

/** Says which requests are one too many, and what the answers tell the app about its limits. */
export type RateLimiter = {
  /** Counts a request; the body of the 429 when it is one too many. */
  refusal: (isSearch: boolean) => Record<string, unknown> | undefined;
  /** The rate-limit headers of an answer; HubSpot sends none with a search. */
  headers: (isSearch: boolean) => Record<string, string>;
};

/** The limits of a private app in a Professional account: 190 requests per 10 s, 5 searches per second. */
export function documentedLimits(): RateLimiter {
  const requests = slidingWindow(requestsPerTenSeconds, 10_000);
  const searches = slidingWindow(searchesPerSecond, 1_000);
  let today = 0;
  return {
    refusal: (isSearch) => {
      if (!(isSearch ? searches : requests).take()) {
        return rateLimited(isSearch ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING');
      }
      today += 1;
      return undefined;
    },
    headers: (isSearch): Record<string, string> =>
      isSearch
        ? {}
        : {
            'X-HubSpot-RateLimit-Max': String(requestsPerTenSeconds),
            'X-HubSpot-RateLimit-Remaining': String(requests.remaining()),
            'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
            'X-HubSpot-RateLimit-Daily': String(requestsPerDay),
            'X-HubSpot-RateLimit-Daily-Remaining': String(requestsPerDay - today),
          },
  };
}

/** For tests and demonstrations that are not about limits: refuses nothing and sends no headers. */
export function noLimits(): RateLimiter {
  return { refusal: () => undefined, headers: () => ({}) };
}
