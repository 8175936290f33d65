import { z } from 'zod';

/** A request that is in order. */
export type ModelRequest = z.output<typeof body>;

/** An answer in place of a completion. */
export type ModelFault = { status: number; body: unknown; location?: string };

type Received = {
  method: string;
  url: string;
  authorization: string | null;
  contentType: string;
  sent: string;
};

/** The parameters that the bot may use; any other is one that nobody has looked up. */
const body = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
    .min(1),
  response_format: z.strictObject({ type: z.literal('json_object') }).optional(),
});

/** Refuses what OpenAI's API would refuse, with its error objects. */
export function checkRequest(
  { method, url, authorization, contentType, sent }: Received,
  { model, apiKey }: { model: string; apiKey?: string },
): ModelRequest | { fault: ModelFault } {
  if (method !== 'POST' || url !== '/v1/chat/completions') {
    return refused(404, `Invalid URL (${method} ${url})`, { code: null });
  }
  if (apiKey !== undefined && authorization !== `Bearer ${apiKey}`) {
    const isMissing = authorization === null;
    const message = isMissing ? "You didn't provide an API key." : 'Incorrect API key provided.';
    return refused(401, message, { code: isMissing ? null : 'invalid_api_key' });
  }
  if (contentType.split(';')[0] !== 'application/json') {
    return refused(415, 'Unsupported content type: expected application/json', {
      code: 'unsupported_media_type',
    });
  }
  const parsed = body.safeParse(asJson(sent));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused(400, issue?.message ?? '', { code: null, param: issue?.path.join('.') || null });
  }
  if (parsed.data.model !== model) {
    const message = `The model \`${parsed.data.model}\` does not exist or you do not have access to it.`;
    return refused(404, message, { code: 'model_not_found' });
  }
  const asksForJson = parsed.data.messages.some(({ content }) => /json/i.test(content));
  if (parsed.data.response_format && !asksForJson) {
    const message =
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
    return refused(400, message, { code: null, param: 'messages' });
  }
  return parsed.data;
}

function refused(
  status: number,
  message: string,
  { code, param = null }: { code: string | null; param?: string | null },
): { fault: ModelFault } {
  return { fault: { status, body: { error: { message, type: 'invalid_request_error', param, code } } } };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
