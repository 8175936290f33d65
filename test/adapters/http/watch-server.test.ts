import { afterEach, expect, test } from 'vitest';
import { watchServer } from '../../../src/adapters/http/watch-server.ts';

let server: ReturnType<typeof watchServer>;
afterEach(() => server.close());

async function listening(token: string | null): Promise<string> {
  server = watchServer({
    readiness: async () => ({ ready: false, why: 'the database does not answer' }),
    measures: async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', text: 'up 1\n' }),
    token,
  });
  return server.listen({ host: '127.0.0.1', port: 0 });
}

test('whoever watches reads measures in the format of Prometheus, and why the bot is not ready', async () => {
  const url = await listening(null);
  const measured = await fetch(`${url}/metrics`);
  expect(measured.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await measured.text()).toBe('up 1\n');
  const readiness = await fetch(`${url}/readyz`);
  expect([readiness.status, await readiness.json()]).toEqual([
    503,
    { status: 'not ready', why: 'the database does not answer' },
  ]);
});

test.each([
  ['no token', undefined],
  ['another', 'Bearer another-token-of-24-characters'],
  ['one in another scheme', 'Basic a-token-of-24-characters'],
  ['a part of it', 'Bearer a-token-of-24-character'],
])('where a token is asked for, %s opens nothing, not even what there is not', async (_, authorization) => {
  const url = await listening('a-token-of-24-characters');
  const headers = { ...(authorization && { authorization }) };
  for (const path of ['/metrics', '/readyz', '/nothing-here']) {
    const answer = await fetch(url + path, { headers });
    expect([answer.status, await answer.json()]).toEqual([401, { message: 'unauthorized' }]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }
});

test('the token opens both', async () => {
  const url = await listening('a-token-of-24-characters');
  const headers = { authorization: 'Bearer a-token-of-24-characters' };
  expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
  expect((await fetch(`${url}/readyz`, { headers })).status).toBe(503);
});
