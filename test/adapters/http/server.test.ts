import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { httpServer, type Served } from '../../../src/adapters/http/server.ts';

let server: ReturnType<typeof httpServer>;
let port: number;
let rejected: Parameters<Served['onRejected']>[0][];
let told: Parameters<Served['onAnswered']>[0][];
let heard: number;
let broken: unknown[];
let fails: Error | null;
let answerNow: () => void;
let opened: Socket[];

beforeEach(async () => {
  rejected = [];
  told = [];
  broken = [];
  fails = null;
  heard = 0;
  opened = [];
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
    teamsMessages: async () => {
      if (fails) throw fails;
      return served();
    },
    readiness: async () => ({ ready: true, why: 'x' }),
    onRejected: (one) => rejected.push(one),
    onAnswered: (one) => told.push(one),
    onError: (error) => broken.push(error),
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(async () => {
  for (const socket of opened) socket.destroy();
  await server.close();
});

/** Sends the head of a request, with as many bytes announced, and none of them. */
async function begins(path: string, headers: Record<string, string>): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  opened.push(socket);
  await once(socket, 'connect');
  const lines = Object.entries({ host: 'x', 'content-type': 'application/json', ...headers });
  socket.write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return socket;
}

const openConnections = () =>
  new Promise<{ connections: number }>((resolve) =>
    server.server.getConnections((_error, connections) => resolve({ connections })),
  );

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

  const mb = 1024 * 1024;
  const post = (path: string, headers: Record<string, string>, body: Buffer | string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body });
  /** All that is announced but the last byte has come in with it. */
  const unfinished = async (path: string, headers: Record<string, string>, bytes: number) => {
    const socket = await begins(path, { ...headers, 'content-length': String(bytes + 1) });
    await new Promise((sent) => socket.write(Buffer.alloc(bytes, ' '), sent));
    return socket;
  };
  const doors = () => [
    post('/hubspot/webhooks', signed, '[]'),
    post('/hubspot/workflow-action', { 'x-hubspot-signature': 'x' }, '{}'),
    post('/slack/events', { 'x-slack-signature': 'x' }, '{}'),
    post('/api/messages', { authorization: 'Bearer x' }, '{}'),
  ];
  const statuses = async () => (await Promise.all(doors())).map(({ status }) => status);

  test('that are announced and never come take no room', async () => {
    for (const length of [25, 25, 14]) {
      await begins('/hubspot/webhooks', { ...signed, 'content-length': String(length * mb) });
    }
    for (let count = 0; count < 3; count += 1) {
      await begins('/hubspot/webhooks', { ...signed, 'transfer-encoding': 'chunked' });
    }
    await arrived();
    expect(await statuses()).toEqual([200, 200, 401, 200]);
  });

  test('that find no room wait with their senders, close no other door, and come in when there is', async () => {
    const others = [
      await unfinished('/hubspot/webhooks', signed, 22 * mb),
      await unfinished('/hubspot/webhooks', signed, 22 * mb),
    ];
    await arrived();
    const third = await begins('/hubspot/webhooks', { ...signed, 'content-length': String(22 * mb) });
    third.on('error', () => {});
    third.write(Buffer.alloc(22 * mb, ' '));
    const [answer] = await once(third, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*{"message":"busy"}$/i);
    expect((await statuses()).slice(1)).toEqual([200, 401, 200]);
    for (const socket of others) socket.destroy();
    await vi.waitFor(async () => {
      const { status } = await post('/hubspot/webhooks', signed, Buffer.alloc(22 * mb, ' '));
      expect(status).toBe(200);
    });
  });

  test('of two hundred who never finish are held for as many as there is room for', async () => {
    const answers: string[] = [];
    for (let count = 0; count < 200; count += 1) {
      const socket = await begins('/slack/events', {
        'x-slack-signature': 'x',
        'content-length': String(mb),
      });
      socket.on('error', () => {});
      socket.on('data', (answer) => answers.push(String(answer).slice(0, 12)));
      socket.write(Buffer.alloc(mb - 1, ' '));
    }
    // Each who was cut off is told so, or sees the end of the connection.
    await vi.waitFor(async () => {
      const { connections } = await openConnections();
      expect(connections).toBeLessThanOrEqual(17 + 1);
    });
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 503']));
  });

  test('above what a route takes are refused by their length alone', async () => {
    const socket = await begins('/api/messages', { authorization: 'Bearer x', 'content-length': '2000000' });
    expect(await answerTo(socket)).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('of small requests find room while others are being answered', async () => {
    const slow = Array.from({ length: 20 }, () =>
      post('/hubspot/webhooks', { ...signed, 'x-slow': 'yes' }, '[]'),
    );
    expect((await post('/hubspot/webhooks', signed, '[]')).status).toBe(200);
    answerNow();
    expect((await Promise.all(slow)).every(({ status }) => status === 200)).toBe(true);
  });
});

describe('every request that is refused is counted, and told nothing of why', () => {
  const refusals: [string, string, string | undefined, Partial<(typeof rejected)[0]>][] = [
    ['a body too large', 'POST /api/messages', '2000000', { route: 'teams', status: 413 }],
    ['a body too large', 'POST /hubspot/webhooks', '99000000', { route: 'hubspot', status: 413 }],
    ['a length that is none', 'POST /api/messages', '1, 2', { route: 'unknown', status: 400 }],
    ['a path that is none', 'GET /%zz', undefined, { route: 'unknown', status: 400 }],
    ['a path that there is not', 'GET /admin', undefined, { route: 'unknown', status: 404 }],
    ['a body to such a path, before it comes', 'POST /admin', '9', { route: 'unknown', status: 404 }],
    ['no HTTP', 'HELLO', undefined, { route: 'unknown', status: 400 }],
    ['headers without end', `GET /${'a'.repeat(20_000)}`, undefined, { route: 'unknown', status: 431 }],
  ];
  test.each(refusals)('%s', async (_, start, length, counted) => {
    const socket = connect(port, '127.0.0.1');
    opened.push(socket);
    const announced = length === undefined ? '' : `content-length: ${length}\r\n`;
    const keys = 'x-hubspot-signature-v3: x\r\nauthorization: Bearer x\r\ncontent-type: application/json\r\n';
    socket.write(`${start} HTTP/1.1\r\nhost: x\r\n${keys}${announced}\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toContain(`HTTP/1.1 ${counted.status}`);
    expect(String(answer)).not.toMatch(/zz|\d+ bytes|FST_/);
    expect(rejected).toMatchObject([counted]);
    expect(rejected).toHaveLength(1);
    expect(broken).toEqual([]);
  });

  test('one for which there is no room', async () => {
    for (let count = 0; count < 17; count += 1) {
      const headers = { authorization: 'Bearer x', 'content-length': String(1024 * 1024) };
      const socket = await begins('/api/messages', headers);
      socket.on('error', () => {});
      socket.write(Buffer.alloc(1024 * 1024 - 1, ' '));
    }
    await vi.waitFor(() =>
      expect(rejected).toEqual([{ route: 'teams', status: 503, reason: 'no room for its body' }]),
    );
    expect(broken).toEqual([]);
  });

  test('one that takes too long, once', async () => {
    const accepted = once(server.server, 'connection');
    const socket = await begins('/api/messages', { authorization: 'Bearer x', 'content-length': '9' });
    const [ofServer] = await accepted;
    await arrived();
    // What Node does when the time is over.
    const late = Object.assign(new Error('timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    ofServer.emit('error', late);
    expect(await answerTo(socket)).toBe('HTTP/1.1 408 Request Timeout');
    expect(rejected).toEqual([{ route: 'unknown', status: 408, reason: 'took too long to come' }]);
  });
});

test('what a platform answered us is an error of ours, and is not answered to whoever asks', async () => {
  fails = Object.assign(new Error('the chat says 401'), { statusCode: 401 });
  const headers = { authorization: 'Bearer x' };
  const { status } = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers });
  expect(status).toBe(500);
  expect(broken).toEqual([fails]);
  expect(rejected).toEqual([]);
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

test('of each request it is told for whom it was and how long its answer took, but for those of whoever watches', async () => {
  const send = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: '{}' });
  await send('/hubspot/webhooks', { 'x-hubspot-signature-v3': 'x' });
  await send('/hubspot/webhooks');
  await send('/slack/events', { 'x-slack-signature': 'x' });
  await send('/api/messages', { authorization: 'x' });
  await send('/dana.ortiz@northwind.example');
  await fetch(`http://127.0.0.1:${port}/healthz`);
  await vi.waitFor(() => expect(told).toHaveLength(5));
  expect(told.map(({ route, status }) => [route, status])).toEqual([
    ['hubspot', 200],
    ['hubspot', 401],
    ['slack', 401],
    ['teams', 200],
    ['unknown', 404],
  ]);
  for (const { seconds } of told) expect(seconds).toBeGreaterThanOrEqual(0);
});
