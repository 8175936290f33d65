import { PermanentFailure, TemporaryFailure } from '../flow/ports/failure.ts';

/** Where the chats log to; a pino logger is one. */
export type Log = Record<'warn' | 'error', (fields: object, message: string) => void>;

/** An error for the log. */
export type Trace = {
  error: string;
  code?: string;
  /** Only of our own failures, which are written to be read by anybody. */
  message?: string;
  /** The constraint of the database that was violated. */
  constraint?: string;
  frames: string[];
  cause?: Trace;
};

/** A platform's or the system's word for what is wrong; whatever is longer, or a sentence, may quote a lead. */
const word = /^[\w.-]{1,60}$/;

/** A place in a file of a program, as V8 writes it; a line of a message may begin like one. */
const frame = /^\s+at (?:async )?(?:[^(@]+ \()?(?:file:\/\/\/|node:|\/|[A-Z]:\\)[^()]*:\d+:\d+\)?$/;

const mostFrames = 8;
const deepestCause = 5;

/**
 * What a log may hold of an error: its name, its code, where it happened, and the same of its causes. Messages and
 * further fields of other programs' errors are left out, as they quote rows, requests, names and tokens.
 */
export function traceOf(error: unknown, depth = 0): Trace {
  if (!(error instanceof Error)) return { error: typeof error, frames: [] };
  const code = wordIn(error, 'code');
  const constraint = wordIn(error, 'constraint');
  const isOurs = error instanceof TemporaryFailure || error instanceof PermanentFailure;
  const stack = (error.stack ?? '').replace(error.message, '').split('\n');
  return {
    error: word.test(error.name) ? error.name : 'Error',
    ...(code !== null && { code }),
    ...(isOurs && { message: error.message }),
    ...(constraint !== null && { constraint }),
    frames: stack
      .filter((line) => frame.test(line))
      .slice(0, mostFrames)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < deepestCause && { cause: traceOf(error.cause, depth + 1) }),
  };
}

/** The same in a line, for where an error is kept, or shown to people: no places. */
export function summaryOf(error: unknown): string {
  const { error: name, code, message, constraint, cause } = traceOf(error);
  const what = message ?? [name, code, constraint].filter(Boolean).join(' ');
  // A failure of ours says what its cause means.
  return message === undefined && cause && error instanceof Error
    ? `${what}: ${summaryOf(error.cause)}`
    : what;
}

function wordIn(error: Error, key: 'code' | 'constraint'): string | null {
  const value = key in error ? String((error as unknown as Record<string, unknown>)[key]) : '';
  return word.test(value) ? value : null;
}
