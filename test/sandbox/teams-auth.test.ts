import { generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIssuer } from '../../sandbox/teams/issuer.ts';
import { type Call, findRoute } from '../../sandbox/teams/route.ts';
import { startTeams, type TeamsServer, type TokenOverrides } from '../../sandbox/teams/server.ts';
import { appIdentity, msalAt, startBot } from './teams-bot.ts';

const anaEmail = 'ana@acme.test';
const connectorScope = 'https://api.botframework.com/.default';
const graphScope = 'https://graph.microsoft.com/.default';

let teams: TeamsServer;
let elapsedMs: number;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  elapsedMs = 0;
  teams = await startTeams({
    ...appIdentity,
    now: () => new Date('2026-11-20T09:00:00Z'),
    realTime: () => elapsedMs,
  });
  stops.push(teams.close);
  teams.addUser({ email: anaEmail, name: 'Ana Ortiz', userPrincipalName: 'ana@corp.acme.test' });
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  vi.restoreAllMocks();
});

const credentials = (changes: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  client_id: appIdentity.appId,
  client_secret: appIdentity.appPassword,
  scope: connectorScope,
  ...changes,
});

async function askToken(form: Record<string, string>, tenant = appIdentity.tenantId) {
  const response = await fetch(`${teams.url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function tokenFor(scope: string): Promise<string> {
  return String((await askToken(credentials({ scope }))).body['access_token']);
}

async function get(path: string, authorization: string | null) {
  const headers = authorization === null ? {} : { authorization };
  const response = await fetch(`${teams.url}${path}`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('tokens for the bot', () => {
  test('the right secret gets a token of an hour', async () => {
    expect(await askToken(credentials())).toEqual({
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: 3600,
        ext_expires_in: 3600,
        access_token: expect.any(String),
      },
    });
  });

  test.each<[title: string, form: Record<string, string>, status: number, error: string, code: number]>([
    ['a wrong secret', credentials({ client_secret: 'guess' }), 401, 'invalid_client', 7000215],
    ['another app', credentials({ client_id: 'other' }), 400, 'unauthorized_client', 700016],
    ['another grant', credentials({ grant_type: 'password' }), 400, 'unsupported_grant_type', 70003],
    ['a scope of one permission', credentials({ scope: 'User.Read' }), 400, 'invalid_scope', 1002012],
    ['another resource', credentials({ scope: 'https://x.test/.default' }), 400, 'invalid_resource', 500011],
    ['no scope', credentials({ scope: '' }), 400, 'invalid_scope', 1002012],
  ])('%s gets none', async (_, form, status, error, code) => {
    const answer = await askToken(form);
    expect(answer).toMatchObject({ status, body: { error, error_codes: [code] } });
    expect(answer.body['error_description']).toMatch(new RegExp(`^AADSTS${code}: `));
  });

  test('no secret gets none, and another tenant is not found', async () => {
    const { client_secret, ...bare } = credentials();
    expect(await askToken(bare)).toMatchObject({ status: 401, body: { error_codes: [7000216] } });
    expect(await askToken(credentials(), 'other')).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_codes: [90002] },
    });
  });

  test('MSAL gets a token, also when it looks the login server up first', async () => {
    const msal = msalAt(teams);
    const granted = await msal.acquireTokenByClientCredential({ scopes: [connectorScope] });
    expect(granted).toMatchObject({ tokenType: 'Bearer', accessToken: expect.any(String) });
    for (const path of [
      `/${appIdentity.tenantId}/v2.0/.well-known/openid-configuration`,
      '/common/discovery/instance?api-version=1.1&authorization_endpoint=x',
    ]) {
      expect((await get(path, null)).status).toBe(200);
    }
  });

  test('MSAL tells what a wrong secret is refused with', async () => {
    const msal = msalAt(teams, { appPassword: 'guess' });
    await expect(msal.acquireTokenByClientCredential({ scopes: [connectorScope] })).rejects.toThrow(
      'AADSTS7000215',
    );
  });

  test('a scripted fault is told in the words of the login server', async () => {
    teams.failNext({ operation: 'token', status: 503, code: 'temporarily_unavailable' });
    expect(await askToken(credentials())).toMatchObject({
      status: 503,
      body: { error: 'temporarily_unavailable' },
    });
  });
});

describe('tokens of the bot', () => {
  const members = '/v3/conversations/a%3A1other/members';

  test('the connector takes its own token, until it expires', async () => {
    const bearer = `Bearer ${await tokenFor(connectorScope)}`;
    elapsedMs = 3_599_000;
    expect(await get(members, bearer)).toMatchObject({ status: 404 });
    elapsedMs = 3_600_000;
    expect(await get(members, bearer)).toMatchObject({
      status: 401,
      body: { error: { code: 'AuthorizationHasBeenDenied', message: expect.stringContaining('expired') } },
    });
  });

  test('the connector takes no other token', async () => {
    const [header, payload] = (await tokenFor(connectorScope)).split('.');
    const strangers = [
      null,
      'Bearer',
      'Bearer token',
      `Basic ${await tokenFor(connectorScope)}`,
      `Bearer ${await tokenFor(graphScope)}`,
      `Bearer ${header}.${payload}.`,
      teams.authorization(),
    ];
    for (const authorization of strangers) {
      expect(await get(members, authorization)).toMatchObject({ status: 401 });
    }
  });
});

describe('Graph', () => {
  const ask = async (path: string) => get(`/v1.0${path}`, `Bearer ${await tokenFor(graphScope)}`);
  const filter = (text: string) => `/users?$filter=${encodeURIComponent(text)}`;

  test('a person is found by id and by the name they sign in with', async () => {
    const { id } = teams.user(anaEmail);
    for (const name of [id, 'ANA@corp.acme.test']) {
      expect(await ask(`/users/${name}`)).toMatchObject({ status: 200, body: { id, mail: anaEmail } });
    }
    expect(await ask(`/users/${anaEmail}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    });
  });

  test('a filter finds a person by address or sign-in name, with the properties that are selected', async () => {
    const { id } = teams.user(anaEmail);
    const both = (value: string) =>
      `${filter(`mail eq '${value}' or userPrincipalName eq '${value}'`)}&$select=id`;
    for (const value of ['Ana@acme.test', 'ana@corp.acme.test']) {
      expect(await ask(both(value))).toEqual({ status: 200, body: { value: [{ id }] } });
    }
    const quoted = teams.addUser({ email: "o'neil@acme.test", name: "Pat O'Neil" });
    expect((await ask(both("o''neil@acme.test"))).body).toEqual({ value: [{ id: quoted.id }] });
    expect((await ask(both('nobody@acme.test'))).body).toEqual({ value: [] });
  });

  test('what is not understood is refused', async () => {
    for (const query of [
      filter("startswith(mail,'ana')"),
      filter("mail eq 'a'b'"),
      '/users?$select=shoeSize',
    ]) {
      expect(await ask(query)).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
    }
    expect(await ask('/users?$orderby=mail')).toMatchObject({ status: 400 });
  });

  test("the connector's token does not open Graph", async () => {
    expect(await get('/v1.0/users', `Bearer ${await tokenFor(connectorScope)}`)).toMatchObject({
      status: 401,
      body: { error: { code: 'InvalidAuthenticationToken' } },
    });
  });
});

describe('tokens for the way to the bot', () => {
  /** What a real bot answers to a message with this header. */
  async function botAnswers(header: string | null): Promise<number> {
    let turns = 0;
    const bot = await startBot(teams, async () => {
      turns += 1;
    });
    stops.push(bot.stop);
    const response = await fetch(bot.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(header !== null && { authorization: header }) },
      body: JSON.stringify(teams.activity(anaEmail)),
    });
    await response.text();
    expect(turns).toBe(response.status === 200 ? 1 : 0);
    return response.status;
  }

  beforeEach(() => {
    // The SDK prints every refusal.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  test.each<[title: string, overrides: TokenOverrides]>([
    ['as Teams sends it', {}],
    ['four minutes late', { expiresInSeconds: -240 }],
    ['with a tenant claim', { tenant: appIdentity.tenantId }],
  ])('the bot takes a token %s', async (_, overrides) => {
    expect(await botAnswers(teams.authorization(overrides))).toBe(200);
  });

  test.each<[title: string, overrides: TokenOverrides, status: number]>([
    ['of another issuer', { issuer: 'https://issuer.test' }, 401],
    ['for another bot', { audience: 'other' }, 401],
    ['for another service URL', { serviceUrl: 'https://smba.test/' }, 401],
    ['without a service URL', { serviceUrl: null }, 401],
    ['ten minutes late', { expiresInSeconds: -600 }, 401],
    ['of an unknown key', { keyId: 'unknown' }, 401],
    ['of a key without the endorsement', { endorsed: false }, 401],
    ['under another scheme', { scheme: 'Basic' }, 401],
    // botbuilder lets these errors through; a bot has to turn them into 401 itself.
    ['that is forged', { signature: 'forged' }, 500],
    ['that is not signed', { algorithm: 'none' }, 500],
    ['signed with the public key', { algorithm: 'HS256-with-public-key' }, 500],
    ['of the future', { notBeforeInSeconds: 600 }, 500],
  ])('the bot refuses a token %s', async (_, overrides, status) => {
    expect(await botAnswers(teams.authorization(overrides))).toBe(status);
  });

  test('the bot refuses a message without a token', async () => {
    expect(await botAnswers(null)).toBe(401);
  });

  test('an activity can be bent', () => {
    expect(teams.activity(anaEmail, { conversation: { tenantId: 'other' }, text: 'x' })).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      conversation: { tenantId: 'other' },
      text: 'x',
    });
  });
});

describe('the issuer by itself', () => {
  test('its documents lead to keys that verify what it signs', () => {
    const issuer = createIssuer(appIdentity);
    const fetchBody = (path: string): Record<string, unknown> => {
      const found = findRoute(issuer.routes, 'GET', path) ?? expect.fail(`expected a route for ${path}`);
      const call: Call = {
        ...found,
        query: new URLSearchParams(),
        headers: {},
        body: '',
        origin: 'http://proxy',
      };
      return found.route.handle(call).body as Record<string, unknown>;
    };
    const { jwks_uri } = fetchBody('/v1/.well-known/openidconfiguration');
    expect(jwks_uri).toBe('http://proxy/v1/.well-known/keys');
    const { keys } = fetchBody('/v1/.well-known/keys') as {
      keys: { kid: string; n: string; e: string; endorsements: string[] }[];
    };
    const [, token = ''] = issuer.authorization('http://proxy/').split(' ');
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const key = keys.find((each) => each.kid === kid) ?? expect.fail(`expected the key ${kid}`);
    expect(key.endorsements).toContain('msteams');
    const signed = Buffer.from(`${header}.${payload}`);
    const jwk = { kty: 'RSA', n: key.n, e: key.e };
    expect(verify('sha256', signed, { key: jwk, format: 'jwk' }, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(verify('sha256', signed, stranger, Buffer.from(signature, 'base64url'))).toBe(false);
  });
});
