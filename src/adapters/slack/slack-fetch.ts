import { z } from 'zod';

/** Whether it worked or, in the form of Slack's words, why not. */
const answer = z.union([
  z.looseObject({ ok: z.literal(true) }),
  z.looseObject({ ok: z.literal(false), error: z.string().regex(/^[a-z0-9_]{1,64}$/) }),
]);

/**
 * `fetch` for the Web API. The SDK takes any text for Slack's reason; what a proxy puts in its place is no answer, and
 * nobody knows what became of the call.
 */
export async function slackFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  if (response.status !== 200) return response;
  const text = await response.text();
  if (!isAnswer(text)) throw new Error('an answer that is not from Slack, expected JSON with "ok"');
  return new Response(text, { status: 200, headers: response.headers });
}

function isAnswer(text: string): boolean {
  try {
    return answer.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
