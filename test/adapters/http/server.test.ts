import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { httpServer, type Served } from '../../../src/adapters/http/server.ts';

let server: ReturnType<typeof httpServer>;
let port: number;
let rejected: Parameters<Served['onRejected']>[0][];
let heard: number;
let answerNow: () => void;

beforeEach(async () => {
  rejected = [];
  heard = 0;
  const answering = new Promise<void>((resolve) => {
    answerNow = resolve;
  });
  const served = async () => {
    heard += 1;
    return { status: 200, message: 'stored', body: {} };
  };
  server = httpServer({
    hubspotWebhook: async (request) => {
      if (request.headers['x-slow']) await answering;
      return served();
    },
    webhookHeaders: ['x-hubspot-signature-v3'],
    hubspotWorkflowAction: served,
    slackEvents: (_request, response) => response.writeHead(401).end(),
    teamsMessages: served,
    readiness: async () => ({ ready: true, why: 'x' }),
    onRejected: (one) => rejected.push(one),
    onError: () => {},
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(() => server.close());

/** Sends the head of a request, with as many bytes announced, and none of them. */
async function begins(path: string, headers: Record<string, string>): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  const lines = Object.entries({ host: 'x', 'content-type': 'application/json', ...headers });
  socket.write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return socket;
}

/** What came before this has been read by then. */
const arrived = () => fetch(`http://127.0.0.1:${port}/healthz`);

const answerTo = async (socket: Socket) => String((await once(socket, 'data'))[0]).split('\r\n')[0];

describe('a request that lacks what its platform sends', () => {
  test.each([
    ['/hubspot/webhooks', 'hubspot', 'x-hubspot-signature-v3'],
    ['/hubspot/workflow-action', 'hubspot', 'x-hubspot-signature'],
    ['/slack/events', 'slack', 'x-slack-signature'],
    ['/api/messages', 'teams', 'authorization'],
  ])('to %s is refused before its body comes, and told nothing', async (path, route, header) => {
    const socket = await begins(path, { 'content-length': '500000' });
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(
      /^HTTP\/1\.1 401 [\s\S]*connection: close[\s\S]*{"message":"unauthorized"}$/i,
    );
    expect(rejected).toEqual([{ route, status: 401, reason: `no header ${header}` }]);
    expect(heard).toBe(0);
  });
});

test('what Slack’s own library refuses is counted as well', async () => {
  const headers = { 'x-slack-signature': 'v0=forged', 'content-type': 'application/json' };
  await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body: '{}' });
  expect(rejected).toMatchObject([{ route: 'slack', status: 401 }]);
});

describe('bodies', () => {
  const signed = { 'x-hubspot-signature-v3': 'x' };

  test('that do not all find room wait with their senders, and come in when there is', async () => {
    const large = String(25 * 1024 * 1024);
    const first = await begins('/hubspot/webhooks', { ...signed, 'content-length': large });
    const second = await begins('/hubspot/webhooks', { ...signed, 'content-length': large });
    await arrived();
    const third = await begins('/hubspot/webhooks', { ...signed, 'content-length': large });
    expect(await answerTo(third)).toBe('HTTP/1.1 503 Service Unavailable');
    first.destroy();
    second.destroy();
    await vi.waitFor(async () => {
      const { status } = await fetch(`http://127.0.0.1:${port}/hubspot/webhooks`, {
        method: 'POST',
        headers: signed,
        body: Buffer.alloc(20 * 1024 * 1024, ' '),
      });
      expect(status).toBe(200);
    });
  });

  test('of no announced length count with the most that their route takes', async () => {
    const chunked = { ...signed, 'transfer-encoding': 'chunked' };
    const others = [await begins('/hubspot/webhooks', chunked), await begins('/hubspot/webhooks', chunked)];
    await arrived();
    const third = await begins('/hubspot/webhooks', chunked);
    expect(await answerTo(third)).toBe('HTTP/1.1 503 Service Unavailable');
    for (const socket of others) socket.destroy();
  });

  test('above what a route takes are refused by their length alone', async () => {
    const socket = await begins('/api/messages', { authorization: 'Bearer x', 'content-length': '2000000' });
    expect(await answerTo(socket)).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('of small requests find room while others are being answered', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${port}/hubspot/webhooks`, {
        method: 'POST',
        headers: { ...signed, ...headers },
        body: '[]',
      });
    const slow = Array.from({ length: 20 }, () => post({ 'x-slow': 'yes' }));
    expect((await post({})).status).toBe(200);
    answerNow();
    expect((await Promise.all(slow)).every(({ status }) => status === 200)).toBe(true);
  });
});

test('nobody may take longer over a request than any platform does, nor come in crowds', () => {
  expect(server.server).toMatchObject({ requestTimeout: 10_000, headersTimeout: 5_000, maxConnections: 512 });
});

test('a request that never ends does not keep the server from closing', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const socket = await begins('/api/messages', { authorization: 'Bearer x', 'content-length': '9' });
  await arrived();
  const closed = once(socket, 'close');
  const closing = server.close();
  await vi.advanceTimersByTimeAsync(10_000);
  await Promise.all([closing, closed]);
});
