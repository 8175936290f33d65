import { type SignatureKind, signatureHeaders } from './signature.ts';
import type { WebhookEvent } from './subscriptions.ts';

const maxEventsPerRequest = 100;
const maxInFlight = 10;
const timeoutMs = 5_000;
// HubSpot retries ten times over a day; here the same count fits into half a minute.
const maxRetries = 10;
const firstRetryMs = 100;
const longestRetryMs = 5_000;

/** One webhook request and how the app answered; null when it did not. */
export type WebhookDelivery = {
  events: WebhookEvent[];
  attempt: number;
  status: number | null;
};

/** The queue between the portal and the app's webhook URL. */
export type WebhookSender = {
  setUrl: (url: string | null) => void;
  send: (events: WebhookEvent[]) => void;
  pause: () => void;
  resume: () => void;
  takePending: () => WebhookEvent[];
  deliver: (
    events: WebhookEvent[],
    options?: { signature?: SignatureKind; timestamp?: number },
  ) => Promise<{ status: number; body: string }>;
  settled: () => Promise<void>;
  close: () => void;
};

/**
 * Sends the portal's events to the app's webhook URL: signed, in batches of at most 100, ten requests at a time,
 * and again when the app does not answer with a 2xx.
 */
export function startWebhookSender(options: {
  url: string | null;
  clientSecret: string;
  now: () => Date;
  onDelivery: (delivery: WebhookDelivery) => void;
}): WebhookSender {
  const abort = new AbortController();
  const retries = new Set<NodeJS.Timeout>();
  let { url } = options;
  let queue: WebhookEvent[] = [];
  let paused = false;
  let inFlight = 0;
  let flushing: NodeJS.Immediate | undefined;
  let idle: (() => void)[] = [];

  async function post(
    events: WebhookEvent[],
    signature: SignatureKind = 'v3',
    timestamp = options.now().getTime(),
  ): Promise<{ status: number; body: string }> {
    if (url === null) throw new Error('The webhook URL of the local HubSpot is not set');
    const body = JSON.stringify(events);
    const signed = { secret: options.clientSecret, method: 'POST', uri: url, body };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...signatureHeaders(signature, signed, timestamp) },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]),
    });
    return { status: response.status, body: await response.text() };
  }

  async function attempt(events: WebhookEvent[], number: number): Promise<void> {
    inFlight += 1;
    const status = await post(events).then(
      (answer) => answer.status,
      () => null,
    );
    inFlight -= 1;
    if (abort.signal.aborted) return;
    options.onDelivery({ events, attempt: number, status });
    const delivered = status !== null && status >= 200 && status < 300;
    if (!delivered && number < maxRetries) retryLater(events, number + 1);
    flushSoon();
  }

  function retryLater(events: WebhookEvent[], number: number): void {
    const delay = Math.min(firstRetryMs * 2 ** (number - 1), longestRetryMs);
    const timer = setTimeout(() => {
      retries.delete(timer);
      void attempt(
        events.map((event) => ({ ...event, attemptNumber: number })),
        number,
      );
    }, delay);
    retries.add(timer);
  }

  /** Waits for the end of the tick, so that the events of one write travel together. */
  function flushSoon(): void {
    flushing ??= setImmediate(() => {
      flushing = undefined;
      while (!paused && queue.length > 0 && inFlight < maxInFlight) {
        const batch = queue.splice(0, maxEventsPerRequest);
        if (url !== null) void attempt(batch, 0);
      }
      reportIdle();
    });
  }

  function reportIdle(): void {
    if (flushing !== undefined || inFlight > 0 || retries.size > 0 || (queue.length > 0 && !paused)) return;
    for (const resolve of idle) resolve();
    idle = [];
  }

  return {
    setUrl: (next) => {
      url = next;
    },
    send: (events) => {
      // Without a target HubSpot has nowhere to send to, and the events are gone.
      if (events.length === 0 || (url === null && !paused)) return;
      queue.push(...events);
      flushSoon();
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
      flushSoon();
    },
    takePending: () => {
      const pending = queue;
      queue = [];
      return pending;
    },
    deliver: (events, { signature, timestamp } = {}) => post(events, signature, timestamp),
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        flushSoon();
      }),
    close: () => {
      abort.abort();
      for (const timer of retries) clearTimeout(timer);
      retries.clear();
      clearImmediate(flushing);
      queue = [];
      for (const resolve of idle) resolve();
      idle = [];
    },
  };
}
