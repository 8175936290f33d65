import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';
import { tooMany } from '../pace.ts';
import { obstacles, refusals } from './refusal-words.ts';

/** Slack's own trouble; it says of `fatal_error` that part of the work may have been done. */
const troubleOfSlack = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'update_failed',
]);

/** Refusals that pass by themselves, and come before anything is done. */
const busy = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** When Slack says that it is busy but not for how long. */
const busyForSeconds = 30;

/** Slack's word for why it refused, or null when the error is another one. */
export function slackCode(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

/**
 * An error of the SDK in our words.
 * @param method the Web API method, for the message
 */
export function translateError(error: unknown, method: string): Error {
  const code = slackCode(error);
  if (code !== null) return ofPlatform(code, method, error);
  if (error instanceof WebAPIRateLimitedError) return tooMany(method, error.retryAfter, error);
  if (error instanceof WebAPIHTTPError) {
    const { statusCode } = error;
    return statusCode >= 500
      ? unknownEnd(`Slack answered ${method} with HTTP ${statusCode}`, error)
      : // Slack refuses with HTTP 200; this is a proxy or a wrong address, and nobody's conversation is closed.
        new TemporaryFailure(`Slack answered ${method} with HTTP ${statusCode}, expected 200`, {
          outcome: 'notDone',
          cause: error,
        });
  }
  if (error instanceof WebAPIRequestError) return unknownEnd(`Slack did not answer ${method}`, error);
  return unknownEnd(`${method} broke off`, error);
}

function ofPlatform(code: string, method: string, cause: unknown): Error {
  if (busy.has(code)) return tooMany(method, busyForSeconds, cause);
  if (troubleOfSlack.has(code)) return unknownEnd(`Slack answered ${method} with ${code}`, cause);
  const obstacle = obstacles.get(code);
  if (obstacle !== undefined) {
    const message = `Slack does not let the app call ${method}: ${code}`;
    return new TemporaryFailure(message, { outcome: 'notDone', obstacle, cause });
  }
  return refusedFor(code, method, cause);
}

/** @param code Slack's word */
export function refusedFor(code: string, method: string, cause: unknown): PermanentFailure {
  return new PermanentFailure(`Slack refused ${method}: ${code}`, {
    code,
    why: refusals.get(code) ?? null,
    conversationGone: code === 'channel_not_found',
    cause,
  });
}

/** After a timeout, nobody knows whether Slack has done it. */
function unknownEnd(message: string, cause: unknown): TemporaryFailure {
  return new TemporaryFailure(message, { outcome: 'unknown', cause });
}
