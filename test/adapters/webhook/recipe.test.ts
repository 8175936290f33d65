import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { webhookCalls } from '../../../src/adapters/webhook/call.ts';

const usual = 'a-secret-of-the-test-of-webhooks';
const own = 'another-secret-of-this-receiver';
const now = new Date('2026-03-03T15:00:00Z');

type Recipe = (headers: IncomingHttpHeaders, body: string, secret: string, now: number) => boolean;

/** What docs/events.md tells receivers to do, as it stands there. */
async function documentedRecipe(): Promise<Recipe> {
  const [, code = ''] = /```js\n(.*?)```/s.exec(await readFile('docs/events.md', 'utf8')) ?? [];
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module.isOurs;
}

test('a receiver that does as docs/events.md says knows a call of ours, and takes no other', async () => {
  const isOurs = await documentedRecipe();
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    requests.push({ headers: request.headers, body: await text(request) });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const others = { WEBHOOK_SECRET_CRM: own };
    const { call } = webhookCalls({ secret: usual, others, clock: () => now });
    await call({ id: 'event_1_1', url, body: { type: 'offered', data: { name: 'Zoë' } } });
    await call({ id: 'event_1_1', url, body: { type: 'offered' }, secret: 'WEBHOOK_SECRET_CRM' });
    const [first, second] = requests;
    if (!first || !second) throw new Error('expected two calls');
    const at = now.getTime();
    expect(isOurs(first.headers, first.body, usual, at)).toBe(true);
    expect(isOurs(second.headers, second.body, own, at)).toBe(true);
    expect(isOurs(second.headers, second.body, usual, at)).toBe(false);
    expect(isOurs(first.headers, `${first.body} `, usual, at)).toBe(false);
    expect(isOurs({ ...first.headers, 'webhook-id': 'event_1_2' }, first.body, usual, at)).toBe(false);
    expect(isOurs({}, first.body, usual, at)).toBe(false);
    expect(isOurs(first.headers, first.body, usual, at + 301_000)).toBe(false);
    await expect(call({ id: '1', url, body: {}, secret: 'WEBHOOK_SECRET_NONE' })).rejects.toMatchObject({
      why: 'no secret to sign with is configured (WEBHOOK_SECRET_NONE)',
    });
  } finally {
    server.close();
  }
});
