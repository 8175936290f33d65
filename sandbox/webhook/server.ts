import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A call that was taken. */
export type Taken = { id: string; body: Record<string, unknown> };

/** What the next call meets. */
export type WebhookFault =
  | { status: number; headers?: Record<string, string> }
  | 'hang'
  | 'drop'
  | 'dropAfterEffect';

export type WebhookServer = {
  url: string;
  /** Each id once, as whoever keeps to the standard does. */
  taken: readonly Taken[];
  /** Every call, by its id. */
  calls: readonly string[];
  /** Why calls were not taken, in words. */
  refused: readonly string[];
  failNext(fault: WebhookFault): void;
  close(): Promise<void>;
};

/** "Standard Webhooks" lets a receiver refuse what was signed more than five minutes ago, or ahead. */
const toleranceMs = 5 * 60_000;

/** Another system that takes calls as "Standard Webhooks" 1.0 says, and refuses every other. */
export async function startWebhook({
  secret,
  now,
}: {
  secret: string;
  now: () => Date;
}): Promise<WebhookServer> {
  const taken: Taken[] = [];
  const calls: string[] = [];
  const refused: string[] = [];
  const faults: WebhookFault[] = [];

  function wrongWith(request: IncomingMessage, body: string): string | null {
    const header = (name: string) => String(request.headers[name] ?? '');
    if (request.method !== 'POST') return `${request.method}, expected POST`;
    if (header('content-type') !== 'application/json') return `content-type ${header('content-type')}`;
    const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
    if (id === '' || id.includes('.')) return `webhook-id "${id}"`;
    const age = Math.abs(now().getTime() - Number(timestamp) * 1000);
    if (!/^\d+$/.test(timestamp) || age > toleranceMs) return `webhook-timestamp "${timestamp}"`;
    const signed = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest();
    const given = header('webhook-signature')
      .split(' ')
      .map((one) => one.split(','))
      .flatMap(([version, value = '']) => (version === 'v1' ? [Buffer.from(value, 'base64')] : []));
    const isSigned = given.some((one) => one.length === signed.length && timingSafeEqual(one, signed));
    return isSigned ? null : 'webhook-signature does not fit';
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const id = String(request.headers['webhook-id']);
    calls.push(id);
    const fault = faults.shift();
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (typeof fault === 'object') return void response.writeHead(fault.status, fault.headers).end();
    const wrong = wrongWith(request, body);
    if (wrong) {
      refused.push(wrong);
      return void response.writeHead(400).end(wrong);
    }
    if (!taken.some((one) => one.id === id)) taken.push({ id, body: JSON.parse(body) });
    if (fault === 'dropAfterEffect') return void request.socket.destroy();
    response.writeHead(204).end();
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/handoffs`,
    taken,
    calls,
    refused,
    failNext: (fault) => void faults.push(fault),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
