import { createHmac } from 'node:crypto';
import type { WebhookCall, Webhooks } from '../../flow/ports/alerts.ts';
import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';
import type { Clock } from '../../flow/ports/time.ts';

const timeoutMs = 5_000;

/** Answers after which another attempt may be taken: too slow, too early, too many, and whatever is the server's own fault. */
const again = new Set([408, 425, 429]);

const usualName = 'WEBHOOK_SECRET';

type Signing = {
  secret: string | null;
  /** Further ones, by the environment variable in which each stands. */
  others?: Readonly<Record<string, string>>;
  clock: Clock;
};

/**
 * Calls other systems as "Standard Webhooks" says (standardwebhooks.com, 1.0): `webhook-id` stays the same for every attempt,
 * and `webhook-signature` is of id, time and body. Redirects are not followed: only the address in the policy is told.
 * Without its secret nothing is sent, as nobody could tell that it is ours.
 */
export function webhookCalls({ secret: usual, others = {}, clock }: Signing): Webhooks {
  return {
    call: async ({ id, url, body, secret: name = usualName }: WebhookCall) => {
      const secret = name === usualName ? usual : (others[name] ?? null);
      if (secret === null) {
        const why = `no secret to sign with is configured (${name})`;
        throw new PermanentFailure(why, { code: 'no_webhook_secret', why });
      }
      const text = JSON.stringify(body);
      const timestamp = String(Math.floor(clock().getTime() / 1000));
      const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${text}`).digest('base64');
      const response = await answerOf(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'lead-handoff-bot',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body: text,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) throw failureOf(response);
    },
  };
}

async function answerOf(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (cause) {
    throw new TemporaryFailure('The webhook did not answer', { outcome: 'unknown', cause });
  }
}

function failureOf({ status, headers }: Response): Error {
  if (again.has(status) || status >= 500) {
    const retryAfterSeconds = Number(headers.get('retry-after')) || null;
    return new TemporaryFailure(`The webhook answered ${status}`, { outcome: 'notDone', retryAfterSeconds });
  }
  const why = status < 400 ? `it points elsewhere (${status})` : `it answers ${status}`;
  return new PermanentFailure(`The webhook answered ${status}`, { code: String(status), why });
}
