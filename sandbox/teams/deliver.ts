import type { Fields } from '../fields.ts';
import { parseJson } from './parse-json.ts';

/** Teams gives up on a bot that has not answered by then; 10 to 15 s are documented. */
export const standardAnswerMs = 15_000;

export type Delivery = {
  readonly result: 'answered' | 'timeout' | 'unreachable';
  readonly status: number | null;
  readonly reason: string | null;
  /** The JSON that the bot answered, or its text when it is not JSON; null when there is none. */
  readonly body: unknown;
};

/**
 * Sends one activity to the bot and waits as long as Teams would. The answer to an invoke has to be HTTP
 * 200; to anything else any success.
 */
export async function deliver(request: {
  url: string | null;
  activity: Fields;
  authorization: string;
  withinMs: number;
}): Promise<Delivery> {
  const { url, activity, withinMs } = request;
  const nothing = { status: null, body: null };
  if (url === null) return { result: 'unreachable', reason: 'the bot has no messaging endpoint', ...nothing };
  const signal = AbortSignal.timeout(withinMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: request.authorization,
      },
      body: JSON.stringify(activity),
      signal,
    });
    const { status } = response;
    const text = await response.text();
    const body = text === '' ? null : (parseJson(text) ?? text);
    if (activity['type'] === 'invoke' ? status === 200 : response.ok) {
      return { result: 'answered', status, reason: null, body };
    }
    return { result: 'unreachable', status, reason: `the bot answered HTTP ${status}: expected 200`, body };
  } catch {
    if (signal.aborted) {
      return { result: 'timeout', reason: `the bot did not answer within ${withinMs} ms`, ...nothing };
    }
    return { result: 'unreachable', reason: `no connection to ${url}`, ...nothing };
  }
}
