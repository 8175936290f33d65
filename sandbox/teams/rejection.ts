import type { Reply } from './route.ts';

/** An answer that says no; thrown by the routes, written out by the server. */
export class Rejection extends Error {
  readonly reply: Reply;
  /** What the log calls it. */
  readonly code: string;

  constructor(code: string, reply: Reply) {
    super(`${reply.status} ${code}`);
    this.code = code;
    this.reply = reply;
  }
}

/** A no in the connector's format, which is also Graph's. */
export function reject(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Rejection {
  return new Rejection(code, { status, body: { error: { code, message } }, headers });
}

/** How Teams says that the person has blocked or uninstalled the app. */
export function writesBlocked(): Rejection {
  const details = { subCode: 'MessageWritesBlocked', details: 'The conversation takes no messages.' };
  const body = { errorCode: 209, message: JSON.stringify(details) };
  return new Rejection('MessageWritesBlocked', { status: 403, body });
}

/** How Teams refuses an app that is not installed where it wants to talk. */
export function notInRoster(): Rejection {
  return reject(403, 'BotNotInConversationRoster', 'The app is not installed in this conversation.');
}
