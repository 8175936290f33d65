import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';

/** Where this adapter logs to; a pino logger is one. */
export type Log = Record<'warn' | 'error', (fields: object, message: string) => void>;

/**
 * The SDK's logger, kept to its warnings and errors. Only their first argument is taken, a sentence of the SDK's own:
 * what follows may be a payload.
 */
export function boltLogger(log: Log): BoltLogger {
  const sentence = (message: unknown): string =>
    typeof message === 'string' ? message.slice(0, 300) : 'the Slack SDK logged something that is no text';
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: unknown) => log.warn({ platform: 'slack' }, sentence(message)),
    error: (message: unknown) => log.error({ platform: 'slack' }, sentence(message)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** An error for the log, without its message: that may quote a lead. */
export function traceOf(error: unknown): { error: string; code?: string; frames: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, frames: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame));
  return {
    error: error.name,
    ...(code && { code }),
    frames: frames.slice(0, 8).map((frame) => frame.trim()),
  };
}
