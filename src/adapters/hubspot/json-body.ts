import type { Rejection } from './signature.ts';

/** HubSpot's own bodies are a few levels deep. Much deeper ones could neither be gone through nor stored. */
const deepest = 30;

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

function isDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    level = level.flatMap((part) => (typeof part === 'object' && part ? Object.values(part) : []));
  }
  return level.length > 0;
}
