import { isDeep } from '../is-deep.ts';
import type { Rejection } from './signature.ts';

/**
 * The JSON of a request's body, or what to answer to a body that is none; `undefined` stands for JSON that is broken or
 * nested without end.
 */
export function jsonBodyOf(
  body: Buffer,
  contentType: string | undefined,
): { value: unknown } | { rejected: Rejection } {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return {
      rejected: { status: 415, answer: 'unsupported media type', reason: 'content type is not JSON' },
    };
  }
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return { value: isDeep(value) ? undefined : value };
  } catch {
    return { value: undefined };
  }
}
