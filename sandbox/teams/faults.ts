import { Rejection, reject, writesBlocked } from './rejection.ts';
import type { Operation } from './route.ts';

/** What the next calls of an operation shall meet instead of Teams at its best. */
export type Fault = {
  /** `member` is every look-up of members; `openid` includes the key set; `*` is whatever comes. */
  operation: Operation | '*';
  /** An HTTP status to refuse with. */
  status?: number;
  /** The error code of the refusal; the usual one of the status unless given. */
  code?: string;
  /** Seconds, sent as `Retry-After`; without it no such header is sent, even with 429. */
  retryAfter?: number;
  /** Something between Teams and the bot answers in its place: a page of its own, with `status` or else 200. */
  page?: boolean;
  /** Never answers. */
  hang?: boolean;
  /** Does what was asked, then drops the connection: the caller cannot know whether it worked. */
  dropAfterEffect?: boolean;
  /** Does what was asked, and never says so. */
  hangAfterEffect?: boolean;
  /** How many calls; one unless given. */
  times?: number;
};

const usualCodes: Readonly<Record<number, string>> = {
  400: 'BadArgument',
  401: 'AuthorizationHasBeenDenied',
  403: 'BotNotInConversationRoster',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

export function createFaults() {
  const pending: (Fault & { times: number })[] = [];
  return {
    failNext(fault: Fault): void {
      pending.push({ ...fault, times: fault.times ?? 1 });
    },
    /** The fault for this call, if one was asked for; it then counts as met. */
    take(operation: Operation): Fault | null {
      const index = pending.findIndex((fault) => fault.operation === operation || fault.operation === '*');
      const fault = pending[index];
      if (fault === undefined) return null;
      fault.times -= 1;
      if (fault.times <= 0) pending.splice(index, 1);
      return fault;
    },
  };
}

/** What a company's proxy shows to a browser, and sends to a program. */
export const proxyPage = '<!doctype html><html><body><h1>Sign in to the network</h1></body></html>';

/** The refusal that a fault asks for, in the words of the operation; null when it asks for something else. */
export function refusalOf(fault: Fault, operation: Operation): Rejection | null {
  const { code, retryAfter } = fault;
  if (fault.status === undefined && code === undefined) return null;
  if (code === 'MessageWritesBlocked') return writesBlocked();
  const status = fault.status ?? 500;
  const given = code ?? usualCodes[status] ?? 'ServiceError';
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (operation === 'token') {
    const body = { error: given, error_description: `${given}: refused as scripted.` };
    return new Rejection(given, { status, body, headers });
  }
  return reject(status, given, 'Refused as scripted.', headers);
}
