import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' };
import { startSlack } from '../../sandbox/slack/server.ts';
import { operationOf } from '../../src/adapters/follow-call.ts';
import { hubspotClient } from '../../src/adapters/hubspot/client.ts';
import { limiter } from '../../src/adapters/hubspot/limiter.ts';
import { pathWords } from '../../src/adapters/hubspot/paths.ts';
import { slackChat } from '../../src/adapters/slack/chat.ts';
import { line } from '../../src/domain/words/line.ts';
import type { Call, Observe } from '../../src/flow/ports/observe.ts';
import { startPortal } from './hubspot/portal.ts';
import { startBot } from './teams/bot.ts';

const email = 'ana@acme.test';
const nobody = new Map<string, string>();
const now = new Date('2026-11-20T10:00:00Z');

let calls: Call[];
const observe: Observe = (observation) => {
  if (observation.what === 'called') calls.push(observation);
};
beforeEach(() => {
  calls = [];
});

/** What was told since the last time that somebody asked. */
function told(): string[] {
  return calls.splice(0).map(({ method, status, outcome }) => `${method} ${status} ${outcome}`);
}

describe('a call to HubSpot', () => {
  test('is told by its path without what it is about, with the status of its answer', async () => {
    const { portal, hubspot } = await startPortal({ observe });
    const id = portal.createContact({ email, firstname: 'Ana' });
    const read = (contact: string) =>
      hubspot.read('read a contact', (crm) => crm.objects.basicApi.getById('contacts', contact, ['email']));
    await read(id);
    await expect(read('999999999')).rejects.toThrow('404');
    await hubspot.read('find a contact', (crm) =>
      crm.objects.basicApi.getById('contacts', email, ['email'], undefined, undefined, undefined, 'email'),
    );
    await hubspot.send('read meeting links', { path: '/scheduler/v3/meetings/meeting-links', query: {} });
    expect(told()).toEqual([
      'GET /crm/objects/2026-09/contacts/{id} 200 done',
      'GET /crm/objects/2026-09/contacts/{id} 404 refused',
      'GET /crm/objects/2026-09/contacts/{id} 200 done',
      'GET /scheduler/2026-09/meetings/meeting-links 200 done',
    ]);
    expect(calls.every(({ platform }) => platform === 'hubspot')).toBe(true);
  });

  test('that fails in part, meets a limit, breaks or stays without an answer is told as that', async () => {
    const { portal, hubspot } = await startPortal({ observe });
    const id = portal.createContact({ email });
    const read = (client = hubspot) =>
      client.read('read a contact', (crm) => crm.objects.basicApi.getById('contacts', id, ['email']));
    for (const fault of [
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 503 },
      { status: 200, body: 'a page of a proxy' },
      { connection: 'drop' } as const,
    ]) {
      portal.failNext(fault);
      await expect(read()).rejects.toThrow();
    }
    portal.failNext({ connection: 'hang' });
    const patience = { apiUrl: portal.url, accessToken: 'pat-test', timeoutMs: 100 };
    await expect(read(hubspotClient({ ...patience, limiter: limiter(), observe }))).rejects.toThrow();
    expect(told()).toEqual([
      'GET /crm/objects/2026-09/contacts/{id} 429 limited',
      'GET /crm/objects/2026-09/contacts/{id} 503 broken',
      ...Array(3).fill('GET /crm/objects/2026-09/contacts/{id} null silent'),
    ]);
    portal.failNext({ connection: 'drop' });
    const plain = hubspot.send('read meeting links', { path: '/scheduler/v3/meetings/meeting-links' });
    await expect(plain).rejects.toThrow();
    expect(told()).toEqual(['GET /scheduler/2026-09/meetings/meeting-links null silent']);

    const inputs = [{ id }, { id: '999999999' }];
    await hubspot.read('read contacts', (crm) =>
      crm.objects.batchApi.read('contacts', { inputs, properties: [], propertiesWithHistory: [] }),
    );
    expect(told()).toEqual(['POST /crm/objects/2026-09/contacts/batch/read 207 done']);
  });

  test('is told by nothing but words of the API, whatever stands in its path', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (verb, parts) => {
        const [said = '', path = ''] = operationOf(verb, parts.join('/'), pathWords).split(' ');
        expect(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OTHER']).toContain(said);
        const left = path.split('/').filter((part) => part !== '' && part !== '{id}');
        expect(left.filter((part) => !pathWords.has(part))).toEqual([]);
        expect(path.split('/').length).toBeLessThanOrEqual(11);
      }),
    );
  });
});

describe('a call to Slack', () => {
  test('is told by its method, also when Slack refuses it with the status of success', async () => {
    const slack = await startSlack({
      botToken: 'xoxb-test',
      signingSecret: 'secret',
      now: () => now,
      scopes: manifest.oauth_config.scopes.bot,
    });
    onTestFinished(() => slack.close());
    slack.addUser({ email, name: 'Ana Silva', tz: 'America/Sao_Paulo' });
    const log = { warn: () => {}, error: () => {} };
    const options = { botToken: 'xoxb-test', apiUrl: slack.apiUrl, log, observe };
    const chat = slackChat(options);
    await chat.findAccount(email);
    expect(told()).toEqual([
      'users.lookupByEmail 200 done',
      'auth.test 200 done',
      'conversations.open 200 done',
      'users.info 200 done',
    ]);

    const look = () => chat.findAccount('somebody@else.test');
    expect(await look()).toBeNull();
    const method = 'users.lookupByEmail';
    for (const fault of [{ status: 503 }, { html: '<p>A proxy</p>' }]) {
      slack.failNext({ method, ...fault });
      await expect(look()).rejects.toThrow();
    }
    slack.failNext({ method, hang: true });
    const impatient = slackChat({ ...options, timeoutMs: 100 });
    await expect(impatient.findAccount('somebody@else.test')).rejects.toThrow();
    expect(told()).toEqual([
      'users.lookupByEmail 200 refused',
      'users.lookupByEmail 503 broken',
      'users.lookupByEmail null silent',
      'users.lookupByEmail null silent',
    ]);
  });
});

describe('a call to Teams', () => {
  test('is told by its path without whose it is; so are those to Graph and to Microsoft’s login', async () => {
    await using bot = await startBot({ config: { graph: true }, options: { observe } });
    await bot.teams.install(bot.ana.id);
    await bot.settled();
    expect(await bot.chat.emailsOf(bot.ana.id)).toEqual([email]);
    await bot.chat.findAccount('nobody@acme.test');
    expect([...new Set(told())].toSorted()).toEqual([
      'GET /v1.0/users 200 done',
      'GET /v1.0/users/{id} 200 done',
      'GET /v3/conversations/{id}/members/{id} 200 done',
      'POST /v3/conversations/{id}/activities 201 done',
      'login 200 done',
    ]);
    const { conversationId } = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail('expected an install');
    for (const fault of [{ status: 403, code: 'ForbiddenOperationException' }, { status: 503 }]) {
      bot.teams.failNext({ operation: 'send', ...fault });
      await expect(
        bot.chat.postBulletin(conversationId, bulletin, { bulletinId: 'b-1' }, nobody),
      ).rejects.toThrow();
    }
    expect(told()).toEqual([
      'POST /v3/conversations/{id}/activities 403 refused',
      'POST /v3/conversations/{id}/activities 503 broken',
    ]);
  });

  const bulletin = {
    language: 'en' as const,
    title: 'Two leads',
    text: line`I could not tell you.`,
    items: [],
  };
});
