import { createHmac } from 'node:crypto';
import type { Fields } from '../fields.ts';

/** Slack gives up on an app that has not answered by then. */
export const ackWithinMs = 3000;

/** Something that happened, for the app. */
export type Envelope = {
  readonly type: 'interactive' | 'events_api' | 'slash_commands';
  readonly payload: Fields;
};

export type Delivery = {
  /** `operation_timeout`: no answer in three seconds. `dispatch_failed`: no connection, or not HTTP 200. */
  readonly result: 'acknowledged' | 'operation_timeout' | 'dispatch_failed';
  readonly status: number | null;
  readonly body: string;
  readonly contentType: string;
  /** The app's `x-slack-no-retry: 1`. */
  readonly noRetry: boolean;
};

export type SigningOverrides = {
  secret?: string;
  /** Seconds since 1970. */
  timestamp?: number;
  signature?: string;
};

/**
 * The headers that prove a request to be Slack's. Real time, as the app compares it with its own clock.
 * @param overrides for showing that the app refuses a forged or replayed request
 */
export function sign(body: string, secret: string, overrides: SigningOverrides = {}): Record<string, string> {
  const timestamp = String(overrides.timestamp ?? Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', overrides.secret ?? secret).update(`v0:${timestamp}:${body}`);
  return {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': overrides.signature ?? `v0=${hmac.digest('hex')}`,
  };
}

/** Sends one signed request to the app and waits as long as Slack would. */
export async function deliver(
  envelope: Envelope,
  { url, secret, headers }: { url: string | null; secret: string; headers?: Record<string, string> },
): Promise<Delivery> {
  const { body, contentType } = requestFor(envelope);
  const failed = { status: null, body: '', contentType: '', noRetry: false };
  if (url === null) return { result: 'dispatch_failed', ...failed };
  const signal = AbortSignal.timeout(ackWithinMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A charset here would make Bolt answer 400: Slack sends none.
      headers: {
        'content-type': contentType,
        ...sign(body, secret),
        ...headers,
      },
      body,
      signal,
    });
    return {
      result: response.status === 200 ? 'acknowledged' : 'dispatch_failed',
      status: response.status,
      body: await response.text(),
      contentType: response.headers.get('content-type') ?? '',
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  } catch {
    return { result: signal.aborted ? 'operation_timeout' : 'dispatch_failed', ...failed };
  }
}

function requestFor({ type, payload }: Envelope): { body: string; contentType: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (type) {
    case 'events_api':
      return { body: JSON.stringify(payload), contentType: 'application/json' };
    case 'interactive':
      return { body: String(new URLSearchParams({ payload: JSON.stringify(payload) })), contentType: form };
    case 'slash_commands': {
      const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
      return { body: String(new URLSearchParams(fields)), contentType: form };
    }
    default:
      return type satisfies never;
  }
}
