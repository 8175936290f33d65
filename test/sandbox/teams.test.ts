import { ConnectorClient } from 'botframework-connector';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startTeams,
  type TeamsOptions,
  type TeamsServer,
  type TeamsUser,
} from '../../sandbox/teams/server.ts';
import { adapterAt, appIdentity, credentialsAt, msalAt } from './teams-bot.ts';

const anaEmail = 'ana@acme.test';
const evaEmail = 'eva@acme.test';
const cardType = 'application/vnd.microsoft.card.adaptive';

let teams: TeamsServer;
let ana: TeamsUser;
let clock: Date;
let elapsedMs: number;
let token: string;
let conversation: string;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  clock = new Date('2026-11-20T09:00:00Z');
  elapsedMs = 0;
  await start({});
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(options: Partial<TeamsOptions>): Promise<void> {
  teams = await startTeams({
    ...appIdentity,
    now: () => clock,
    realTime: () => elapsedMs,
    limits: 'off',
    ...options,
  });
  stops.push(teams.close);
  ana = teams.addUser({ email: anaEmail, name: 'Ana Maria Ortiz', zone: 'America/New_York' });
  await teams.install(anaEmail);
  token = await tokenFor('https://api.botframework.com/.default');
  conversation = (await open(ana.id)).id;
}

async function tokenFor(scope: string): Promise<string> {
  const granted = await msalAt(teams).acquireTokenByClientCredential({ scopes: [scope], skipCache: true });
  return granted?.accessToken ?? expect.fail('expected a token');
}

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
};

async function ask(method: string, path: string, body?: unknown, bearer = token): Promise<Answer> {
  const response = await fetch(`${teams.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const creation = (memberId: string, changes: Record<string, unknown> = {}) => ({
  isGroup: false,
  bot: { id: `28:${appIdentity.appId}` },
  members: [{ id: memberId }],
  tenantId: appIdentity.tenantId,
  channelData: { tenant: { id: appIdentity.tenantId } },
  ...changes,
});

async function open(memberId: string): Promise<{ id: string }> {
  return (await ask('POST', '/teams/v3/conversations', creation(memberId))).body as { id: string };
}

const place = (rest = ''): string =>
  `/teams/v3/conversations/${encodeURIComponent(conversation)}/activities${rest}`;
const card = (text: string) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
});
const cardMessage = (...texts: string[]) => ({
  type: 'message',
  attachments: texts.map((text) => ({ contentType: cardType, content: card(text) })),
});
const say = (text: string) => ask('POST', place(), { type: 'message', text });
const refusal = (code: string) => ({ error: { code, message: expect.any(String) } });

describe('conversations', () => {
  test('the same member gets the same conversation, by either id, below /teams and below the root', async () => {
    const answers = [
      await ask('POST', '/teams/v3/conversations', creation(ana.id)),
      await ask('POST', '/v3/conversations', creation(ana.memberId)),
      await ask('POST', '/v3/conversations/', creation(ana.id.toUpperCase())),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id))).toEqual(new Set([conversation]));
    expect(conversation).toMatch(/^a:1/);
    expect(ana.memberId).toMatch(/^29:1/);
  });

  test('an app that is not installed for the member may not talk to them', async () => {
    const eva = teams.addUser({ email: evaEmail, name: 'Eva' });
    for (const memberId of [eva.id, eva.memberId, '33333333-3333-4333-8333-333333333333']) {
      const { status, body } = await ask('POST', '/v3/conversations', creation(memberId));
      expect({ status, body }).toEqual({ status: 403, body: refusal('BotNotInConversationRoster') });
    }
  });

  test.each([
    ['an email as member', (): unknown => creation(anaEmail), 'BadArgument'],
    ['a member id of another bot', () => creation('29:1other'), 'BadArgument'],
    ['no member', () => creation('', { members: [] }), 'BadSyntax'],
    ['two members', () => creation('', { members: [{ id: ana.id }, { id: ana.id }] }), 'BadSyntax'],
    ['another bot', () => creation(ana.id, { bot: { id: '28:other' } }), 'BadArgument'],
    ['a group', () => creation(ana.id, { isGroup: true }), 'BadArgument'],
    ['no tenant', () => creation(ana.id, { tenantId: undefined, channelData: {} }), 'BadSyntax'],
    ['no JSON', () => 'hello', 'BadSyntax'],
  ])('%s is refused', async (_, parameters, code) => {
    const { status, body } = await ask('POST', '/v3/conversations', parameters());
    expect({ status, body }).toEqual({ status: 400, body: refusal(code) });
  });

  test('a conversation of another tenant is not open to the app', async () => {
    const elsewhere = creation(ana.id, { tenantId: '44444444-4444-4444-8444-444444444444' });
    expect(await ask('POST', '/v3/conversations', elsewhere)).toMatchObject({ status: 403 });
  });

  test('a conversation may begin with a message', async () => {
    const parameters = creation(ana.id, { activity: { type: 'message', text: 'Hello' } });
    const { body } = await ask('POST', '/v3/conversations', parameters);
    expect(body).toEqual({ id: conversation, activityId: teams.messages(anaEmail)[0]?.id });
    expect(teams.messages(anaEmail)).toMatchObject([{ from: 'bot', text: 'Hello' }]);
  });

  test('a conversation that is unknown is not found, and an id of another form is not read', async () => {
    const other = place().replace(encodeURIComponent(conversation), 'a%3A1other');
    expect(await ask('POST', other, cardMessage('x'))).toMatchObject({
      status: 404,
      body: refusal('ConversationNotFound'),
    });
    const bent = place().replace(encodeURIComponent(conversation), '19%3Aother');
    expect(await ask('POST', bent, cardMessage('x'))).toMatchObject({
      status: 400,
      body: refusal('BadArgument'),
    });
  });
});

describe('messages', () => {
  test('a text or a card lands in the conversation, with the summary that the notification shows', async () => {
    const sent = await ask('POST', place(), { ...cardMessage('Lead'), summary: 'New lead' });
    await say('Hello');
    expect(sent.status).toBe(201);
    expect(teams.messages(anaEmail)).toEqual([
      {
        id: (sent.body as { id: string }).id,
        from: 'bot',
        at: clock,
        text: '',
        summary: 'New lead',
        card: card('Lead'),
        shown: card('Lead'),
        edited: false,
      },
      expect.objectContaining({ text: 'Hello', card: null, shown: null }),
    ]);
  });

  test('ids are milliseconds of the clock, and keep ascending when it is moved back', async () => {
    await say('one');
    clock = new Date('2026-11-20T08:00:00Z');
    await say('two');
    expect(teams.messages(anaEmail).map(({ id }) => id)).toEqual(['1795165200000', '1795165200001']);
  });

  test('a reply to whatever id is taken, as the SDK makes one up', async () => {
    expect(await ask('POST', place('/no-such-activity'), { type: 'message', text: 'x' })).toMatchObject({
      status: 201,
    });
  });

  test('a text with a card becomes two messages, and the answer has no id', async () => {
    const sent = await ask('POST', place(), { ...cardMessage('Lead'), text: 'Hello' });
    expect(sent).toMatchObject({ status: 202, body: {} });
    expect(sent.body).not.toHaveProperty('id');
    expect(teams.messages(anaEmail)).toMatchObject([
      { text: 'Hello', card: null },
      { text: '', card: card('Lead') },
    ]);
  });

  test('a typing indicator leaves no message', async () => {
    expect(await ask('POST', place(), { type: 'typing' })).toMatchObject({ status: 202 });
    expect(teams.messages(anaEmail)).toEqual([]);
  });

  test.each<[title: string, activity: unknown, code: string]>([
    ['an activity of another type', { type: 'event', name: 'x' }, 'BadArgument'],
    ['an empty message', { type: 'message', text: '', attachments: [] }, 'BadSyntax'],
    ['attachments that are no list', { type: 'message', attachments: {} }, 'BadSyntax'],
    [
      'another kind of card',
      { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: {} }] },
      'BadArgument',
    ],
    ['a body that is no JSON', 'hello', 'BadSyntax'],
  ])('%s is refused', async (_, activity, code) => {
    const { status, body } = await ask('POST', place(), activity);
    expect({ status, body }).toEqual({ status: 400, body: refusal(code) });
    expect(teams.messages(anaEmail)).toEqual([]);
  });

  test('a card that is not valid is refused with the place of the fault', async () => {
    const broken = {
      type: 'message',
      attachments: [{ contentType: cardType, content: { ...card('x'), body: [{}] } }],
    };
    expect(await ask('POST', place(), broken)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('/attachments/0/content/body/0/type') } },
    });
  });

  test('a message of more than 28 KB is too big', async () => {
    const of = (bytes: number) => {
      const empty = JSON.stringify({ type: 'message', text: '' }).length;
      return say('x'.repeat(bytes - empty));
    };
    expect(await of(28 * 1024)).toMatchObject({ status: 201 });
    expect(await of(28 * 1024 + 1)).toMatchObject({ status: 413, body: refusal('MessageSizeTooBig') });
  });

  test('an update replaces the message in place', async () => {
    const { body } = await ask('POST', place(), cardMessage('one'));
    const { id } = body as { id: string };
    const updated = await ask('PUT', place(`/${id}`), { ...cardMessage('two'), id });
    expect(updated).toMatchObject({ status: 200, body: { id } });
    expect(teams.messages(anaEmail)).toMatchObject([
      { id, card: card('two'), shown: card('two'), edited: true },
    ]);
    await ask('PUT', place(`/${id}`), { type: 'message', text: 'gone' });
    expect(teams.messages(anaEmail)).toMatchObject([{ text: 'gone', card: null, shown: null }]);
  });

  test('an update that would become two messages is refused', async () => {
    const { body } = await ask('POST', place(), cardMessage('one'));
    const id = (body as { id: string }).id;
    for (const activity of [{ ...cardMessage('x'), text: 'y' }, cardMessage('x', 'y')]) {
      expect(await ask('PUT', place(`/${id}`), activity)).toMatchObject({
        status: 400,
        body: refusal('BadSyntax'),
      });
    }
  });

  test('a deleted message is gone, for updates too', async () => {
    const { body } = await ask('POST', place(), cardMessage('one'));
    const id = (body as { id: string }).id;
    expect(await ask('DELETE', place(`/${id}`))).toMatchObject({ status: 200, body: null });
    expect(teams.messages(anaEmail)).toEqual([]);
    for (const method of ['DELETE', 'PUT']) {
      const activity = method === 'PUT' ? cardMessage('two') : undefined;
      expect(await ask(method, place(`/${id}`), activity)).toMatchObject({
        status: 404,
        body: refusal('ActivityNotFoundInConversation'),
      });
    }
  });

  test('what the person wrote cannot be updated or deleted', async () => {
    await teams.write(anaEmail, 'thanks');
    const id = teams.messages(anaEmail)[0]?.id;
    expect(await ask('PUT', place(`/${id}`), cardMessage('x'))).toMatchObject({ status: 403 });
    expect(await ask('DELETE', place(`/${id}`))).toMatchObject({ status: 403 });
    expect(teams.messages(anaEmail)).toMatchObject([{ text: 'thanks', from: 'person' }]);
  });

  test('after the app was removed nothing can be written until it is installed again', async () => {
    const id = (((await say('one')).body ?? {}) as { id: string }).id;
    await teams.uninstall(anaEmail);
    const blocked = {
      status: 403,
      body: { errorCode: 209, message: expect.stringContaining('"subCode":"MessageWritesBlocked"') },
    };
    expect(await say('two')).toMatchObject(blocked);
    expect(await ask('PUT', place(`/${id}`), cardMessage('x'))).toMatchObject(blocked);
    expect(await ask('DELETE', place(`/${id}`))).toMatchObject(blocked);
    expect(await ask('POST', '/v3/conversations', creation(ana.id))).toMatchObject({ status: 403 });
    await teams.install(anaEmail);
    expect(await say('three')).toMatchObject({ status: 201 });
  });
});

describe('members', () => {
  const member = () => ({
    id: ana.memberId,
    name: 'Ana Maria Ortiz',
    givenName: 'Ana Maria',
    surname: 'Ortiz',
    email: anaEmail,
    userPrincipalName: anaEmail,
    tenantId: appIdentity.tenantId,
    objectId: ana.id,
    aadObjectId: ana.id,
    userRole: 'user',
  });
  const members = (rest: string): string => place().replace(/activities$/, rest);

  test('the members of a conversation are the person alone', async () => {
    expect((await ask('GET', members('members'))).body).toEqual([member()]);
    expect((await ask('GET', members('pagedmembers?pageSize=50'))).body).toEqual({ members: [member()] });
  });

  test('a member is found by either id, and by no other', async () => {
    for (const id of [ana.id, ana.memberId]) {
      expect((await ask('GET', members(`members/${encodeURIComponent(id)}`))).body).toEqual(member());
    }
    expect(await ask('GET', members('members/29%3A1other'))).toMatchObject({
      status: 404,
      body: refusal('MemberNotFoundInConversation'),
    });
  });

  test('members of a conversation that the app was removed from are not told', async () => {
    await teams.uninstall(anaEmail);
    expect(await ask('GET', members('members'))).toMatchObject({ status: 403 });
  });
});

describe('limits', () => {
  beforeEach(() => start({ limits: 'documented' }));

  const passMs = (ms: number): void => {
    elapsedMs += ms;
  };

  test('a conversation takes seven messages a second and eight in two', async () => {
    passMs(10_000);
    const statuses: number[] = [];
    for (let index = 0; index < 8; index += 1) statuses.push((await say(`${index}`)).status);
    expect(statuses).toEqual([...Array(7).fill(201), 429]);
    passMs(1000);
    expect((await say('eighth')).status).toBe(201);
    const refused = await say('ninth');
    expect(refused).toMatchObject({ status: 429, body: refusal('TooManyRequests') });
    expect(refused.headers.get('retry-after')).toBe('1');
    passMs(1000);
    expect((await say('ninth')).status).toBe(201);
  });

  test('updates and the creation of the conversation count as well', async () => {
    passMs(10_000);
    const { body } = await ask('POST', place(), cardMessage('one'));
    const id = (body as { id: string }).id;
    for (let index = 0; index < 5; index += 1) await ask('PUT', place(`/${id}`), cardMessage(`${index}`));
    expect(await ask('POST', '/v3/conversations', creation(ana.id))).toMatchObject({ status: 201 });
    expect(await ask('PUT', place(`/${id}`), cardMessage('x'))).toMatchObject({ status: 429 });
    expect(teams.messages(anaEmail)).toMatchObject([{ card: card('4') }]);
  });

  test('a conversation takes 60 messages in half a minute, and another one is free', async () => {
    teams.addUser({ email: evaEmail, name: 'Eva' });
    await teams.install(evaEmail);
    passMs(60_000);
    for (let index = 0; index < 60; index += 1) {
      expect((await say(`${index}`)).status).toBe(201);
      passMs(300);
    }
    const refused = await say('61');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('12');
    conversation = (await open(teams.user(evaEmail).id)).id;
    expect((await say('hello')).status).toBe(201);
  });

  test('members are looked up 14 times a second', async () => {
    const path = place().replace(/activities$/, 'members');
    passMs(10_000);
    for (let index = 0; index < 14; index += 1) expect((await ask('GET', path)).status).toBe(200);
    expect((await ask('GET', path)).status).toBe(429);
    expect((await say('still')).status).toBe(201);
  });

  test('an app has 50 requests a second in all conversations together', async () => {
    passMs(10_000);
    const statuses: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      const email = `rep${index}@acme.test`;
      const { id } = teams.addUser({ email, name: 'Rep' });
      await teams.install(email);
      const { status, body } = await ask('POST', '/v3/conversations', creation(id));
      statuses.push(status);
      conversation = (body as { id?: string }).id ?? conversation;
      for (let count = 0; count < 5; count += 1) statuses.push((await say('x')).status);
    }
    expect(statuses).toEqual([...Array(50).fill(201), ...Array(10).fill(429)]);
    passMs(1000);
    expect((await say('later')).status).toBe(201);
  });
});

describe('faults', () => {
  test('a scripted status is answered once, and only that operation meets it', async () => {
    teams.failNext({ operation: 'send', status: 502 });
    expect(await open(ana.id)).toEqual({ id: conversation });
    expect(await say('one')).toMatchObject({ status: 502, body: refusal('BadGateway') });
    expect(await say('two')).toMatchObject({ status: 201 });
    expect(teams.messages(anaEmail)).toMatchObject([{ text: 'two' }]);
  });

  test('a scripted 429 has a Retry-After only when one is given', async () => {
    teams.failNext({ operation: '*', status: 429, times: 2 });
    teams.failNext({ operation: '*', status: 429, retryAfter: 7 });
    const answers = [await say('one'), await say('two'), await say('three')];
    expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual([null, null, '7']);
  });

  test('a scripted code takes the form that the code has in Teams', async () => {
    teams.failNext({ operation: 'update', status: 404, code: 'ActivityNotFoundInConversation' });
    teams.failNext({ operation: 'send', status: 403, code: 'MessageWritesBlocked' });
    expect(await ask('PUT', place('/1'), cardMessage('x'))).toMatchObject({
      body: refusal('ActivityNotFoundInConversation'),
    });
    expect(await say('x')).toMatchObject({ status: 403, body: { errorCode: 209 } });
  });

  test('a message whose answer was lost has arrived', async () => {
    teams.failNext({ operation: 'send', dropAfterEffect: true });
    await expect(say('lost')).rejects.toThrow('fetch failed');
    expect(teams.messages(anaEmail)).toMatchObject([{ text: 'lost' }]);
  });

  test('a call that hangs has no answer, with its effect or without', async () => {
    teams.failNext({ operation: 'send', hang: true });
    teams.failNext({ operation: 'send', hangAfterEffect: true });
    const abort = new AbortController();
    const calls = ['one', 'two'].map((text) =>
      fetch(`${teams.url}${place()}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ type: 'message', text }),
        signal: abort.signal,
      }),
    );
    await expect.poll(() => teams.callCounts()['send']).toBe(2);
    await expect.poll(() => teams.messages(anaEmail).length).toBe(1);
    abort.abort();
    await Promise.allSettled(calls);
    expect(teams.requests.slice(-2).map(({ status, error }) => [status, error])).toContainEqual([
      null,
      'hang',
    ]);
  });
});

describe('the log', () => {
  test('every call is kept with its path, its status and its refusal', async () => {
    await say('one');
    await ask('DELETE', place('/1'));
    await ask('GET', '/v3/nothing');
    expect(teams.requests.slice(-3)).toEqual([
      { at: clock, operation: 'send', method: 'POST', path: place(), status: 201, error: null },
      {
        at: clock,
        operation: 'delete',
        method: 'DELETE',
        path: place('/1'),
        status: 404,
        error: 'ActivityNotFoundInConversation',
      },
      { at: clock, operation: 'unknown', method: 'GET', path: '/v3/nothing', status: 404, error: 'NotFound' },
    ]);
    expect(teams.callCounts()).toMatchObject({ send: 1, delete: 1, unknown: 1, createConversation: 1 });
  });

  test('every change is announced until the listener leaves', async () => {
    let changes = 0;
    const stop = teams.onChange(() => {
      changes += 1;
    });
    await say('one');
    stop();
    await say('two');
    expect(changes).toBe(1);
  });

  test('people that were not added are a mistake of the caller', () => {
    expect(() => teams.user('nobody@acme.test')).toThrow('No Teams user "nobody@acme.test"');
    expect(() => teams.addUser({ email: 'Ana@acme.test', name: 'Ana' })).toThrow('exists');
  });
});

describe('the real SDK', () => {
  test('ConnectorClient creates, sends, updates, deletes and lists members', async () => {
    const credentials = await credentialsAt(teams).createCredentials(
      appIdentity.appId,
      'https://api.botframework.com',
      'https://login.microsoftonline.com',
      true,
    );
    const { conversations } = new ConnectorClient(credentials, { baseUri: teams.serviceUrl });
    const { id } = await conversations.createConversation(creation(ana.id) as never);
    const sent = await conversations.sendToConversation(id, cardMessage('one') as never);
    await conversations.updateActivity(id, sent.id ?? '', cardMessage('two') as never);
    expect(teams.messages(anaEmail)).toMatchObject([{ id: sent.id, card: card('two'), edited: true }]);
    expect(await conversations.getConversationMembers(id)).toMatchObject([
      { id: ana.memberId, email: anaEmail },
    ]);
    await conversations.deleteActivity(id, sent.id ?? '');
    expect(teams.messages(anaEmail)).toEqual([]);
    const refused = await conversations.updateActivity(id, sent.id ?? '', cardMessage('x') as never).then(
      () => expect.fail('expected a refusal'),
      (error) => error,
    );
    expect(refused).toMatchObject({ statusCode: 404, code: 'ActivityNotFoundInConversation' });
  });

  test('CloudAdapter opens a conversation with a person and writes there', async () => {
    await adapterAt(teams).createConversationAsync(
      appIdentity.appId,
      'msteams',
      teams.serviceUrl,
      'https://api.botframework.com',
      creation(ana.id) as never,
      async (context) => {
        const sent = await context.sendActivity(cardMessage('Lead'));
        await context.updateActivity({ ...cardMessage('Lead 2'), id: sent?.id ?? '' });
      },
    );
    expect(teams.messages(anaEmail)).toMatchObject([{ card: card('Lead 2') }]);
  });
});
