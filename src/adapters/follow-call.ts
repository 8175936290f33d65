import type { Call, Observe } from '../flow/ports/observe.ts';

/** For calls that nobody watches. */
export const nobody: Observe = () => {};

/**
 * Tells what came of a call: the status of its answer, or null when there was none. `outcome`: where the platform says no
 * in another way than by its status.
 */
export type EndCall = (status: number | null, outcome?: Call['outcome']) => void;

/** Follows one request to a platform, from now until it is ended. */
export function followCall(
  { platform, method }: Pick<Call, 'platform' | 'method'>,
  observe: Observe,
): EndCall {
  const begun = performance.now();
  return (status, outcome = outcomeOf(status)) => {
    const seconds = (performance.now() - begun) / 1000;
    observe({ what: 'called', platform, method, status, outcome, seconds });
  };
}

/** `fetch` whose every request is followed. */
export function followedFetch(
  { platform, methodOf }: { platform: Call['platform']; methodOf: (url: string, verb: string) => string },
  observe: Observe,
): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const method = methodOf(url, init?.method ?? 'GET');
    const end = followCall({ platform, method }, observe);
    const response = await fetch(input, init).catch((error: unknown) => {
      end(null);
      throw error;
    });
    end(response.status);
    return response;
  };
}

function outcomeOf(status: number | null): Call['outcome'] {
  if (status === null) return 'silent';
  if (status < 400) return 'done';
  if (status === 429) return 'limited';
  return status >= 500 || status === 408 ? 'broken' : 'refused';
}

const verbs = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const deepest = 10;

/**
 * The operation behind a request: its verb and its path, in which only the words of the API are left. Whatever else stands
 * there is about somebody or something.
 */
export function operationOf(verb: string, path: string, words: ReadonlySet<string>): string {
  const parts = path.split('/').filter(Boolean).slice(0, deepest);
  const known = parts.map((part) => (words.has(part) ? part : '{id}'));
  return `${verbs.has(verb) ? verb : 'OTHER'} /${known.join('/')}`;
}
