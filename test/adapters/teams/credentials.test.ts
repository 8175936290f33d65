import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTeams, type TeamsServer } from '../../../sandbox/teams/server.ts';
import { nobody } from '../../../src/adapters/follow-call.ts';
import { type Credentials, createTokens } from '../../../src/adapters/teams/credentials.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { app, now } from './bot.ts';

const connector = 'https://api.botframework.com';
const graph = 'https://graph.microsoft.com';

let teams: TeamsServer;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  teams = await startTeams({ ...app, now: () => now });
  stops.push(teams.close);
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const tokensOf = (changes: Partial<Credentials> = {}, timeoutMs = 8000) =>
  createTokens(
    { ...app, appType: 'SingleTenant', apiUrl: teams.url, ...changes },
    {
      timeoutMs,
      observe: nobody,
    },
  );

async function failureOf(promise: Promise<unknown>): Promise<TemporaryFailure> {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  return failure instanceof TemporaryFailure ? failure : expect.fail(`expected a failure, got ${failure}`);
}

type Asked = { method: string; url: URL; headers: IncomingMessage['headers']; form: URLSearchParams };

/** A server that gives everybody tokens, and keeps what it was asked. */
async function startIssuer(answer: (asked: Asked) => object): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', 'http://issuer.test');
    const one = { method, url, headers, form: new URLSearchParams(await text(request)) };
    asked.push(one);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(one)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('a token', () => {
  test('is asked for once, by however many calls at a time, and kept', async () => {
    const tokens = tokensOf();
    const many = await Promise.all(Array.from({ length: 20 }, () => tokens.of(connector)));
    expect(new Set(many).size).toBe(1);
    expect(await tokens.of(connector)).toBe(many[0]);
    expect(teams.callCounts()).toEqual({ token: 1 });
  });

  test('is another one for Microsoft Graph', async () => {
    const tokens = tokensOf();
    const [first, second] = await Promise.all([tokens.of(connector), tokens.of(graph)]);
    expect(first).not.toBe(second);
    expect(teams.callCounts()).toEqual({ token: 2 });
  });

  test('that was refused is replaced, once', async () => {
    const tokens = tokensOf();
    await tokens.of(connector);
    tokens.forget(connector);
    await Promise.all([tokens.of(connector), tokens.of(connector)]);
    await tokens.of(connector);
    expect(teams.callCounts()).toEqual({ token: 2 });
  });

  test('that ends within five minutes is not used', async () => {
    const issuer = await startIssuer(() => ({
      access_token: 'short',
      expires_in: 290,
      token_type: 'Bearer',
    }));
    const tokens = tokensOf({ apiUrl: issuer.url });
    await tokens.of(connector);
    await tokens.of(connector);
    expect(issuer.asked).toHaveLength(2);
  });

  test('is asked for with the secret at the login of the tenant, for one audience', async () => {
    const issuer = await startIssuer(() => ({
      access_token: 'token',
      expires_in: 3599,
      token_type: 'Bearer',
    }));
    expect(await tokensOf({ apiUrl: issuer.url }).of(connector)).toBe('token');
    const [one, ...others] = issuer.asked;
    expect(others).toEqual([]);
    expect(one?.url.pathname).toBe(`/${app.tenantId}/oauth2/v2.0/token`);
    expect(Object.fromEntries(one?.form ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      client_id: app.appId,
      client_secret: app.appPassword,
      scope: `${connector}/.default`,
    });
  });

  test('for Teams comes from the tenant of the Bot Framework when the app is multi-tenant', async () => {
    const issuer = await startIssuer(() => ({
      access_token: 'token',
      expires_in: 3599,
      token_type: 'Bearer',
    }));
    const tokens = tokensOf({ apiUrl: issuer.url, appType: 'MultiTenant' });
    await tokens.of(connector);
    await tokens.of(graph);
    expect(issuer.asked.map(({ url }) => url.pathname)).toEqual([
      '/botframework.com/oauth2/v2.0/token',
      `/${app.tenantId}/oauth2/v2.0/token`,
    ]);
  });

  test('comes from Microsoft when no other server is given', async () => {
    const asked = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () =>
        Response.json({ access_token: 'token', expires_in: 3599, token_type: 'Bearer' }),
      );
    expect(await tokensOf({ apiUrl: null }).of(connector)).toBe('token');
    expect(asked.mock.calls.map(([url]) => String(url).split('?')[0])).toEqual([
      `https://login.microsoftonline.com/${app.tenantId}/oauth2/v2.0/token`,
    ]);
  });
});

describe('no token', () => {
  test.each<[string, Partial<Credentials>, string]>([
    ['a wrong secret', { appPassword: 'wrong-secret' }, 'invalid_client'],
    ['another app', { appId: '55555555-5555-4555-8555-555555555555' }, 'unauthorized_client'],
    ['another tenant', { tenantId: '66666666-6666-4666-8666-666666666666' }, 'invalid_request'],
  ])('is given for %s; the operator is told why, without the secret', async (_, changes, code) => {
    const failure = await failureOf(tokensOf(changes).of(connector));
    expect(failure.outcome).toBe('notDone');
    expect(failure.message).toBe(
      `Microsoft's login gives the Teams app no token: ${code}. Check the app's id, secret and tenant`,
    );
  });

  test.each<[string, { status?: number; hang?: boolean; dropAfterEffect?: boolean; retryAfter?: number }]>([
    ['does not answer', { hang: true }],
    ['drops the connection', { dropAfterEffect: true }],
    ['answers 503', { status: 503 }],
    ['answers 429', { status: 429, retryAfter: 60 }],
  ])('comes while the login %s; the next call asks again at once', async (_, fault) => {
    const tokens = tokensOf({}, 200);
    teams.failNext({ operation: 'token', ...fault });
    const failure = await failureOf(tokens.of(connector));
    expect(failure.outcome).toBe('notDone');
    expect(failure.message).toContain('no answer, or none that can be read');
    expect(await tokens.of(connector)).toBeTypeOf('string');
  });
});

describe('a managed identity', () => {
  test('gets its tokens from the machine, with no secret of ours', async () => {
    const issuer = await startIssuer(({ url }) => ({
      access_token: `for ${url.searchParams.get('resource')} ${issuer.asked.length}`,
      expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
      resource: url.searchParams.get('resource'),
      token_type: 'Bearer',
    }));
    vi.stubEnv('IDENTITY_ENDPOINT', `${issuer.url}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', 'header-of-the-machine');
    const tokens = tokensOf({ appType: 'UserAssignedMSI', appPassword: null });

    expect(await tokens.of(connector)).toBe(`for ${connector} 1`);
    expect(await tokens.of(connector)).toBe(`for ${connector} 1`);
    expect(await tokens.of(graph)).toBe(`for ${graph} 2`);
    tokens.forget(connector);
    expect(await tokens.of(connector)).toBe(`for ${connector} 3`);

    const [first] = issuer.asked;
    expect(first?.method).toBe('GET');
    expect(first?.headers['x-identity-header']).toBe('header-of-the-machine');
    expect(Object.fromEntries(first?.url.searchParams ?? [])).toMatchObject({
      client_id: app.appId,
      resource: connector,
    });
    expect(teams.callCounts()).toEqual({});
  });
});
