import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Log } from '../log.ts';

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
