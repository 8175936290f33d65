import type { Why } from '../../domain/words/reason.ts';
/**
 * A platform did not do what was asked, and may do it later: it was busy, away, or broke off.
 * `outcome` is `unknown` when it may have done it all the same, as after a timeout.
 */
export class TemporaryFailure extends Error {
  override readonly name = 'TemporaryFailure';
  readonly outcome: 'notDone' | 'unknown';
  /** What the platform asked us to wait, if it said so. */
  readonly retryAfterSeconds: number | null;
  /** What somebody has to remove before it can be done, in words for people; null: it passes by itself. */
  readonly obstacle: string | null;

  constructor(
    message: string,
    options: {
      outcome: 'notDone' | 'unknown';
      retryAfterSeconds?: number | null;
      obstacle?: string | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.outcome = options.outcome;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.obstacle = options.obstacle ?? null;
  }
}

/** A platform refuses for good: asking again the same way gives the same answer. `code` is the platform's own word. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  readonly code: string;
  /** The reason as people read it; null: it is in the log alone. The platform's word unless given. */
  readonly why: Why | null;
  /** The conversation is no longer there; whoever was written to in it may have another one by now. */
  readonly conversationGone: boolean;

  constructor(
    message: string,
    options: { code: string; why?: Why | null; conversationGone?: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.why = options.why === undefined ? options.code : options.why;
    this.conversationGone = options.conversationGone ?? false;
  }
}
