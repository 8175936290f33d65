import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TokenOverrides } from '../../../sandbox/teams/server.ts';
import { connectTeams } from '../../../src/adapters/teams/connect.ts';
import { app, type Bot, email, startBot } from './bot.ts';

const secretWords = 'words of a lead';
const elsewhere = '33333333-3333-4333-8333-333333333333';

let bot: Bot;
let stderr: string[];

beforeEach(async () => {
  stderr = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void stderr.push(words.join(' ')));
  vi.spyOn(console, 'warn').mockImplementation((...words) => void stderr.push(words.join(' ')));
  bot = await startBot();
  await bot.teams.install(email);
  await bot.settled();
  bot.steps.answerCommand = async () => {
    heard += 1;
    return { title: 'Heard', sections: [] };
  };
  heard = 0;
  bot.logged.length = 0;
});
afterEach(async () => {
  await bot[Symbol.asyncDispose]();
  vi.restoreAllMocks();
});

/** How often a request reached a step. */
let heard = 0;

type Changes = Record<string, unknown>;

async function post(
  authorization: string | null,
  changes: Changes = {},
  body?: string,
): Promise<{ status: number; heard: number }> {
  const response = await fetch(bot.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: body ?? JSON.stringify(bot.teams.activity(email, { text: secretWords, ...changes })),
  });
  await response.arrayBuffer();
  await bot.settled();
  return { status: response.status, heard };
}

const signed = (overrides?: TokenOverrides) => bot.teams.authorization(overrides);
const reasons = () =>
  bot.logged.map((entry) => (JSON.parse(entry) as { fields: { reason?: string } }).fields.reason);

describe('a request of Teams', () => {
  test('is taken', async () => {
    expect(await post(signed())).toEqual({ status: 200, heard: 1 });
  });

  test.each<[string, TokenOverrides]>([
    ['expired four minutes ago, as clocks differ', { expiresInSeconds: -240 }],
    ['is not valid before four minutes from now', { notBeforeInSeconds: 240 }],
    ['names the tenant of the app', { tenant: app.tenantId }],
  ])('is taken when its token %s', async (_, overrides) => {
    expect(await post(signed(overrides))).toEqual({ status: 200, heard: 1 });
  });

  test('is taken when it names its tenant in one of the two places', async () => {
    const { conversation, channelData } = bot.teams.activity(email) as {
      conversation: Changes;
      channelData: Changes;
    };
    const { tenantId: _, ...placeless } = conversation;
    expect(await post(signed(), { conversation: placeless })).toEqual({ status: 200, heard: 1 });
    const { tenant: __, ...ownerless } = channelData;
    expect(await post(signed(), { channelData: ownerless })).toEqual({ status: 200, heard: 2 });
  });
});

describe('whoever is not Teams gets 401', () => {
  test.each<[string, TokenOverrides]>([
    ['whose signature is forged', { signature: 'forged' }],
    ['that is not signed', { algorithm: 'none' }],
    ['that is signed with the public key as a secret', { algorithm: 'HS256-with-public-key' }],
    ['of a key that nobody knows', { keyId: 'unknown' }],
    ['of a key that is not endorsed for Teams', { endorsed: false }],
    ['of another scheme', { scheme: 'Basic' }],
    ['of another issuer', { issuer: `https://sts.windows.net/${app.tenantId}/` }],
    [
      'of another issuer that names the tenant of the app',
      { issuer: 'https://evil.test', tenant: app.tenantId },
    ],
    ['for another app', { audience: elsewhere }],
    ['that names another tenant', { tenant: elsewhere }],
    ['that names the tenant as Microsoft does not write it', { tenant: app.tenantId.toUpperCase() }],
    ['for another serviceUrl', { serviceUrl: 'https://smba.trafficmanager.net/teams/' }],
    ['for no serviceUrl', { serviceUrl: null }],
    ['that expired ten minutes ago', { expiresInSeconds: -600 }],
    ['that is not valid yet', { notBeforeInSeconds: 600 }],
  ])('with a token %s', async (_, overrides) => {
    expect(await post(signed(overrides))).toEqual({ status: 401, heard: 0 });
  });

  test.each<[string, string | null]>([
    ['no token', null],
    ['an empty one', ' '],
    ['garbage', 'Bearer garbage'],
    ['three parts of garbage', 'Bearer gar.ba.ge'],
    ['claims that are no object', `Bearer ${['{"alg":"RS256"}', 'null', 'x'].map(base64url).join('.')}`],
    ['two tokens', 'Bearer a.b.c d.e.f'],
  ])('with %s', async (_, authorization) => {
    expect(await post(authorization)).toEqual({ status: 401, heard: 0 });
  });

  test.each<[string, Changes]>([
    ['another channel', { channelId: 'webchat' }],
    ['the channel that the SDK trusts more than others', { channelId: 'AseChannel' }],
    ['no channel', { channelId: undefined }],
    ['no serviceUrl', { serviceUrl: undefined }],
    ['a serviceUrl that is no address', { serviceUrl: 'teams' }],
    ['another tenant in the conversation', { conversation: { id: 'a:1', tenantId: elsewhere } }],
    ['another tenant in the channel data', { channelData: { tenant: { id: elsewhere } } }],
    ['no tenant', { conversation: { id: 'a:1' }, channelData: {} }],
    ['a tenant that is no text', { channelData: { tenant: { id: 7 } } }],
  ])('with a right token and %s', async (_, changes) => {
    expect(await post(signed(), changes)).toEqual({ status: 401, heard: 0 });
  });

  test.each([
    'https://evil.test/teams/',
    'https://smba.trafficmanager.net.evil.test/',
    'https://smba.trafficmanager.net@evil.test/',
    'https://someone:secret@smba.trafficmanager.net/teams/',
    'http://smba.trafficmanager.net/teams/',
    'http://127.0.0.1:1/teams/',
  ])('with a right token for %s, where the token of the bot must not go', async (serviceUrl) => {
    expect(await post(signed({ serviceUrl }), { serviceUrl })).toEqual({ status: 401, heard: 0 });
  });

  test('and nothing that it sent is in the log', async () => {
    await post(signed({ signature: 'forged', audience: secretWords }), { from: { name: secretWords } });
    await post(signed({ audience: secretWords }));
    await post(signed({ issuer: secretWords }));
    await post(signed(), { channelId: secretWords, serviceUrl: secretWords });
    await post(signed(), { conversation: { tenantId: secretWords } });
    expect(reasons()).toEqual([
      'the token does not hold',
      'the token does not hold',
      'a token of another issuer',
      'another channel',
      'another tenant',
    ]);
    expect(bot.logged.join('\n') + stderr.join('\n')).not.toContain(secretWords);
  });

  test('and is not told why, as whoever sends no activity is not', async () => {
    const answerTo = async (authorization: string, body: string) => {
      const headers = { 'content-type': 'application/json', authorization };
      const response = await fetch(bot.url, { method: 'POST', headers, body });
      return [response.status, await response.json()];
    };
    const activity = JSON.stringify(bot.teams.activity(email));
    const unauthorized = [401, { message: 'unauthorized' }];
    expect(await answerTo('Bearer x', activity)).toEqual(unauthorized);
    expect(await answerTo(signed({ issuer: 'https://issuer.test' }), activity)).toEqual(unauthorized);
    expect(await answerTo(signed(), 'hello')).toEqual([400, { message: 'bad request' }]);
    expect(await answerTo(signed(), '{}')).toEqual([400, { message: 'bad request' }]);
    expect(await answerTo(signed(), `"${'x'.repeat(300_000)}"`)).toEqual([
      413,
      { message: 'body too large' },
    ]);
    expect(reasons()).toEqual([
      'no bearer token',
      'a token of another issuer',
      'a body that is no JSON',
      'a body that is no activity',
      'a body larger than Teams sends',
    ]);
  });

  test('with an old token or one of the future, of which the SDK prints nothing', async () => {
    for (const overrides of [{ expiresInSeconds: -600 }, { notBeforeInSeconds: 600 }]) {
      await post(signed(overrides));
      await post(signed({ ...overrides, signature: 'forged' }));
    }
    const [expired, early] = ['a token that has expired', 'a token that is not valid yet'];
    expect(reasons()).toEqual([expired, expired, early, early]);
    expect(stderr).toEqual([]);
  });

  test('and 300 requests of as many tenants and spellings leave nothing behind in the SDK', async () => {
    const { ToBotFromBotOrEmulatorTokenValidationParameters } = (await import(
      'botframework-connector/lib/auth/tokenValidationParameters.js'
    )) as { ToBotFromBotOrEmulatorTokenValidationParameters: { issuer: string[] } };
    const { issuer } = ToBotFromBotOrEmulatorTokenValidationParameters;
    // The one spelling that the SDK is shown, it notes.
    await post(signed({ tenant: app.tenantId, signature: 'forged' }));
    const before = [...issuer];
    expect(before.length).toBeGreaterThan(0);
    for (let number = 0; number < 100; number += 1) {
      const tenant = `44444444-4444-4444-8444-${String(number).padStart(12, '0')}`;
      await post(signed({ tenant, signature: 'forged' }));
      await post(signed({ tenant, issuer: `https://sts.windows.net/${tenant}/`, algorithm: 'none' }));
      await post(signed({ tenant: spelling(app.tenantId, number + 1), signature: 'forged' }));
    }
    expect(issuer).toEqual(before);
  });
});

describe('what nobody can read', () => {
  test.each<[string, number, string]>([
    ['no JSON', 400, '{'],
    ['nothing', 400, ''],
    ['a list', 400, '[]'],
    ['null', 400, 'null'],
    ['an object without a type', 400, '{}'],
    ['a type that is no text', 400, '{"type":7}'],
    ['half a megabyte', 413, JSON.stringify({ type: 'message', text: 'x'.repeat(512 * 1024) })],
  ])('%s is refused with %i before the SDK sees it', async (_, status, body) => {
    expect(await post(signed(), {}, body)).toEqual({ status, heard: 0 });
    expect(stderr).toEqual([]);
  });
});

describe('while the keys of Teams cannot be had', () => {
  test.each<[string, { status?: number; hang?: boolean }]>([
    ['refused', { status: 500 }],
    ['late', { hang: true }],
  ])('because they are %s, requests get 503, so that Teams sends them again', async (_, fault) => {
    await bot[Symbol.asyncDispose]();
    bot = await startBot({ options: { timeoutMs: 200 } });
    bot.teams.failNext({ operation: 'openid', ...fault });
    expect((await bot.teams.install(email)).status).toBe(503);
    expect((await bot.teams.install(email)).status).toBe(200);
  });
});

describe('a connection', () => {
  const config = { ...app, appType: 'SingleTenant', apiUrl: null, graph: false } as const;
  const log = { warn: () => undefined, error: () => undefined };

  test.each<[string, Partial<typeof config> | Record<string, unknown>, string]>([
    ['an app id', { appId: ' ' }, 'appId=" " of the Teams app, expected an id'],
    ['a tenant', { tenantId: '' }, 'tenantId="" of the Teams app, expected an id'],
    [
      'a secret',
      { appPassword: null },
      'appPassword of the SingleTenant Teams app is blank, expected its client secret',
    ],
    [
      'a secret that is not blank',
      { appPassword: ' ', appType: 'MultiTenant' },
      'appPassword of the MultiTenant Teams app is blank, expected its client secret',
    ],
  ])('without %s is refused', (_, changes, message) => {
    expect(() => connectTeams({ ...config, ...changes }, log)).toThrow(message);
  });

  test('needs no secret with a managed identity, and calls nobody', () => {
    const connection = connectTeams({ ...config, appPassword: null, appType: 'UserAssignedMSI' }, log);
    expect(connection.defaultServiceUrl).toBe('https://smba.trafficmanager.net/teams/');
  });

  test('refuses streaming, which Teams does not do', async () => {
    const { adapter } = bot.connection;
    const { botFrameworkAuthentication } = adapter as unknown as {
      botFrameworkAuthentication: { authenticateStreamingRequest(): Promise<unknown> };
    };
    await expect(botFrameworkAuthentication.authenticateStreamingRequest()).rejects.toThrow(
      'a streaming request',
    );
  });
});

/** One of many ways to write an id: each bit of the number is a letter in capitals. */
function spelling(id: string, number: number): string {
  let bits = number;
  return id.replaceAll(/[a-f]/g, (letter) => {
    const capital = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return capital ? letter.toUpperCase() : letter;
  });
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
