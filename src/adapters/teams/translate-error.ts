import { z } from 'zod';
import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';
import { tooMany } from '../pace.ts';
import { goneCodes, obstacles, refusals, unknownApp } from './refusal-words.ts';

/** Why a server of Microsoft said no. */
export type Refusal = {
  /** The HTTP status. */
  status: number;
  /**
   * The platform's own word, `HTTP <status>` when it gave more than one; null when it was not the platform that answered,
   * but a proxy on the way.
   */
  code: string | null;
  /** From the header, when there was one. */
  retryAfterSeconds: number | null;
};

const restError = z.object({
  statusCode: z.number(),
  response: z.object({
    bodyAsText: z.string().nullish(),
    headers: z.custom<{ get(name: string): string | undefined }>(),
  }),
});

const refusalBody = z.object({
  error: z.object({ code: z.string() }).optional(),
  /** Some refusals have a number and, as JSON in a string, a word. */
  errorCode: z.number().optional(),
  message: z.string().optional(),
});

const hiddenWord = z.object({ subCode: z.string() });
const word = /^[\w.-]{1,60}$/;

/** The network said no before anything was sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What the SDK's error says of Teams' answer; null when there was none. */
export function refusalOf(error: unknown): Refusal | null {
  const parsed = restError.safeParse(error);
  if (!parsed.success) return null;
  const { statusCode, response } = parsed.data;
  return readRefusal(statusCode, response.bodyAsText ?? '', response.headers.get('retry-after') ?? null);
}

/** @param retryAfter the header, in seconds as Microsoft writes it */
export function readRefusal(status: number, body: string, retryAfter: string | null): Refusal {
  const seconds = Number.parseFloat(retryAfter ?? '');
  return { status, code: codeIn(body, status), retryAfterSeconds: seconds >= 0 ? seconds : null };
}

function codeIn(body: string, status: number): string | null {
  const parsed = refusalBody.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { error, errorCode, message } = parsed.data;
  const hidden = hiddenWord.safeParse(parseJson(message ?? ''));
  const found = error?.code ?? hidden.data?.subCode ?? errorCode?.toString();
  if (found === undefined) return null;
  return word.test(found) ? found : `HTTP ${status}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * An error of the SDK in our words; one that is in our words already stays.
 * @param operation what was asked of Teams, for the message
 */
export function translateError(error: unknown, operation: string): Error {
  if (error instanceof TemporaryFailure || error instanceof PermanentFailure) return error;
  const refusal = refusalOf(error);
  if (refusal) return ofPlatform(refusal, operation);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new TemporaryFailure(`Teams did not answer ${operation}`, {
    outcome: neverSent.has(code) ? 'notDone' : 'unknown',
    cause: error,
  });
}

/** Without the SDK's error as its cause: that one repeats whatever was answered, by whomever. */
function ofPlatform({ status, code, retryAfterSeconds }: Refusal, operation: string): Error {
  const answered = `Teams answered ${operation} with HTTP ${status} (${code ?? 'and nothing of its own'})`;
  // 412 is Teams' word for two calls that met in one conversation.
  if (status === 429 || status === 412) {
    return tooMany(operation, retryAfterSeconds ?? patience());
  }
  const obstacle = status === 401 ? unknownApp : obstacles.get(code ?? '');
  if (obstacle !== undefined) return new TemporaryFailure(answered, { outcome: 'notDone', obstacle });
  // Something between Teams and us that answers in its place passes, as Teams being away does.
  if (code === null || status >= 500 || status === 408) {
    return new TemporaryFailure(answered, { outcome: 'unknown' });
  }
  return new PermanentFailure(`Teams refused ${operation}: ${code}`, {
    code,
    why: refusals.get(code) ?? null,
    conversationGone: goneCodes.has(code),
  });
}

/** Seconds to wait when Teams does not say how long: not the same for everything that was refused together. */
function patience(): number {
  return 2 + Math.random() * 3;
}
