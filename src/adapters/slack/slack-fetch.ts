import { z } from 'zod';
import type { Call, Observe } from '../../flow/ports/observe.ts';
import { followCall, followedFetch } from '../follow-call.ts';

/** Whether it worked or, in the form of Slack's words, why not. */
const answer = z.union([
  z.looseObject({ ok: z.literal(true) }),
  z.looseObject({ ok: z.literal(false), error: z.string().regex(/^[a-z0-9_]{1,64}$/) }),
]);

/**
 * `fetch` for the Web API. The SDK takes any text for Slack's reason; what a proxy puts in its place is no answer, and
 * nobody knows what became of the call.
 * @param observe hears of every call
 */
export function slackFetch(apiUrl: string, observe: Observe): typeof fetch {
  return async (input, init) => {
    const method = methodIn(String(input), apiUrl) ?? 'another address';
    const end = followCall({ platform: 'slack', method }, observe);
    try {
      const response = await fetch(input, init);
      if (response.status !== 200) {
        end(response.status);
        return response;
      }
      const text = await response.text();
      end(200, outcomeOf(readAnswer(text)));
      return new Response(text, { status: 200, headers: response.headers });
    } catch (error) {
      end(null);
      throw error;
    }
  };
}

/** The same where Slack also gives addresses to answer to, at which its answer is a word. */
export function slackFetchAnywhere(apiUrl: string, observe: Observe): typeof fetch {
  const ofApi = slackFetch(apiUrl, observe);
  const elsewhere = followedFetch({ platform: 'slack', methodOf: () => 'response_url' }, observe);
  return (input, init) => (methodIn(String(input), apiUrl) ? ofApi : elsewhere)(input, init);
}

const methodForm = /^[a-z]+(?:\.[a-zA-Z]+){1,4}$/;

function methodIn(url: string, apiUrl: string): string | null {
  const method = url.startsWith(apiUrl) ? url.slice(apiUrl.length) : '';
  return methodForm.test(method) ? method : null;
}

/** @throws Error for what is no answer of Slack's */
function readAnswer(text: string): z.infer<typeof answer> {
  const said = answer.safeParse(parsed(text));
  if (!said.success) throw new Error('an answer that is not from Slack, expected JSON with "ok"');
  return said.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Slack's words for too many calls, where it does not answer with 429. */
const limited = new Set(['ratelimited', 'rate_limited']);

function outcomeOf(said: z.infer<typeof answer>): Call['outcome'] {
  if (said.ok) return 'done';
  return limited.has(said.error) ? 'limited' : 'refused';
}
