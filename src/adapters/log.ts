/** Where the chats log to; a pino logger is one. */
export type Log = Record<'warn' | 'error', (fields: object, message: string) => void>;

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
