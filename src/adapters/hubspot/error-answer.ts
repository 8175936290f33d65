import { z } from 'zod';
import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';

/**
 * A property whose value, or lack of one, HubSpot would not take, with its word for why, such as `PROPERTY_DOESNT_EXIST`.
 * One that is lacking may be demanded because of another property.
 */
export type RefusedProperty = { name: string; code: string; because: string | null };

/** HubSpot's words for a property that is lacking (changelog "CRM API write validation enforcement"). */
const lackingCodes = new Set(['MISSING_REQUIRED_PROPERTY', 'MISSING_CONDITIONAL_REQUIRED_PROPERTY']);

/**
 * HubSpot's answer when it does not do what was asked. Its sentences quote the record's values, and names and emails must
 * not reach a log: they are kept where only whoever asks for one finds it.
 */
export class ErrorAnswer extends Error {
  override readonly name = 'ErrorAnswer';
  readonly status: number;
  /** HubSpot's own word, such as `VALIDATION_ERROR`. */
  readonly category: string;
  /** Which limit was hit, on a 429. */
  readonly policyName: string | null;
  readonly retryAfterSeconds: number | null;
  readonly refused: readonly RefusedProperty[];
  readonly #sentences = new Map<string, string>();
  /** It is HubSpot's own, by the words that each of its errors has one of; a proxy's says nothing about a record. */
  readonly isHubSpots: boolean;
  readonly #body: string;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: string) {
    const { status: said, category, errorType, policyName, correlationId, message, errors } = parseBody(body);
    const word = category ?? errorType ?? `HTTP_${status}`;
    super(`${status} ${word}${correlationId ? ` (correlation id ${correlationId})` : ''}`);
    this.status = status;
    this.category = word;
    this.policyName = policyName ?? null;
    this.retryAfterSeconds = secondsOf(headers['retry-after']);
    const listed = (errors ?? []).flatMap(({ code = '', message = '', context }) =>
      (context?.propertyName ?? []).map((name) => {
        if (message) this.#sentences.set(name, message);
        return { name, code, because: causeIn(message) };
      }),
    );
    this.isHubSpots =
      said === 'error' || [category, errorType, correlationId].some((one) => one !== undefined);
    this.refused = listed.length > 0 ? listed : refusedInSentence(message ?? '');
    this.#body = body;
  }

  /** Whether these words are in it: where HubSpot tells what is wrong in a sentence alone. */
  says(words: RegExp): boolean {
    return words.test(this.#body);
  }

  /** What HubSpot says about a property, to be shown to whoever filled it in and to nobody else. */
  sentenceAbout(property: string): string | null {
    return this.#sentences.get(property) ?? null;
  }
}

// HubSpot promises none of it, and its reference shows some parts in other shapes: what is odd is read without.
const errorBody = z.object({
  status: z.string().optional().catch(undefined),
  category: z.string().optional(),
  errorType: z.string().optional(),
  policyName: z.string().optional(),
  correlationId: z.string().optional(),
  message: z.string().optional(),
  errors: z
    .array(
      z.object({
        code: z.string().optional(),
        message: z.string().optional(),
        context: z
          .object({ propertyName: z.array(z.string()).optional() })
          .optional()
          .catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});

/** What is known of the body; a proxy's error page tells nothing. */
function parseBody(text: string): z.infer<typeof errorBody> {
  try {
    return errorBody.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** Some answers list the refused properties only in their sentence, and there as JSON that may be broken. */
function refusedInSentence(message: string): RefusedProperty[] {
  return [...message.matchAll(/"error":"(\w+)","name":"(\w+)"/g)].map(([, code = '', name = '']) => ({
    name,
    code,
    because: null,
  }));
}

/** HubSpot names the property that a conditional rule is about at the end of its sentence: `… rule based on [country]`. */
function causeIn(message: string): string | null {
  return /\[(\w+)\]$/.exec(message)?.[1] ?? null;
}

function secondsOf(header: string | undefined): number | null {
  const seconds = Number(header);
  return header && seconds >= 0 ? seconds : null;
}

/** Errors of connections that were never made, so that no request was sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What an error means for whoever asked: come back later, or never. `what` says what was to be done; `writes`
 * whether it may have been done although no good answer came.
 */
export function failureOf(
  error: unknown,
  { what, writes }: { what: string; writes: boolean },
): TemporaryFailure | PermanentFailure {
  if (!(error instanceof ErrorAnswer)) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no usable answer';
    const outcome = writes && !neverSent.has(code) ? 'unknown' : 'notDone';
    return new TemporaryFailure(`HubSpot did not answer when asked to ${what}: ${code}`, {
      outcome,
      cause: error,
    });
  }
  const said = `HubSpot would not ${what}: ${error.message}`;
  const retryAfterSeconds = waitFor(error);
  if (error.status >= 500 || !error.isHubSpots) {
    return new TemporaryFailure(said, {
      outcome: writes ? 'unknown' : 'notDone',
      retryAfterSeconds,
      cause: error,
    });
  }
  if ([408, 423, 429, 477].includes(error.status)) {
    const outcome = writes && error.status === 408 ? 'unknown' : 'notDone';
    return new TemporaryFailure(said, { outcome, retryAfterSeconds, cause: error });
  }
  return new PermanentFailure(said, { code: error.category, cause: error });
}

/** HubSpot does not promise a Retry-After; then the limit that was hit, or a locked record (423), tells how long. */
function waitFor({ status, policyName, retryAfterSeconds }: ErrorAnswer): number | null {
  if (retryAfterSeconds !== null) return retryAfterSeconds;
  if (status === 423) return 2;
  if (status !== 429) return null;
  if (policyName === 'DAILY') return 3600;
  return policyName === 'SECONDLY' ? 1 : 10;
}

/** HubSpot's answer behind a failure, when there was one: the page of a proxy on the way is none. */
export function answerBehind(error: unknown): ErrorAnswer | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof ErrorAnswer && cause.isHubSpots ? cause : null;
}

/**
 * Those of our properties that HubSpot has to be spared to take the rest: what it refused, and what makes it demand
 * another property, which is not ours to fill.
 */
export function refusedOf(error: unknown, ours: Readonly<Record<string, string>>): string[] {
  const refused = answerBehind(error)?.refused ?? [];
  const names = refused.flatMap(
    ({ name, because }) => [name, because].find((one) => one !== null && Object.hasOwn(ours, one)) ?? [],
  );
  return [...new Set(names)];
}

/** The properties that HubSpot wants filled in before it takes a write that does not hold them. */
export function wantedOf(error: unknown, ours: Readonly<Record<string, string>>): string[] {
  const refused = answerBehind(error)?.refused ?? [];
  const lacking = refused.filter(({ name, code }) => lackingCodes.has(code) && !Object.hasOwn(ours, name));
  return [...new Set(lacking.map(({ name }) => name))];
}

/** The record is not there: never was, was deleted, or belongs to another portal. */
export function isNotFound(error: unknown): boolean {
  return answerBehind(error)?.status === 404;
}

/** The app was not granted the scope for it. */
export function isForbidden(error: unknown): boolean {
  return answerBehind(error)?.status === 403;
}
