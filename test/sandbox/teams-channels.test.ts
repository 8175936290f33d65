import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type Activity, type ConversationReference, TeamsActivityHandler, TeamsInfo } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTeams, type TeamsOptions, type TeamsServer } from '../../sandbox/teams/server.ts';
import { appIdentity, msalAt, startBot } from './teams-bot.ts';

const anaEmail = 'ana@acme.test';
const channelId = '19:handoffs@thread.tacv2';
const cardType = 'application/vnd.microsoft.card.adaptive';

type Json = Record<string, unknown>;

let teams: TeamsServer;
let token: string;
let elapsedMs: number;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  elapsedMs = 0;
  await start({});
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(options: Partial<TeamsOptions>): Promise<void> {
  const now = () => new Date('2026-11-20T14:00:00Z');
  teams = await startTeams({ ...appIdentity, now, realTime: () => elapsedMs, limits: 'off', ...options });
  stops.push(teams.close);
  teams.addUser({ email: anaEmail, name: 'Ana Ortiz' });
  teams.addChannel({ id: channelId, name: 'Handoffs' });
  const scopes = ['https://api.botframework.com/.default'];
  const granted = await msalAt(teams).acquireTokenByClientCredential({ scopes, skipCache: true });
  token = granted?.accessToken ?? expect.fail('expected a token');
}

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${teams.serviceUrl}v3/conversations${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

const card = (text: string) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
});
const cardMessage = (text: string) => ({
  type: 'message',
  attachments: [{ contentType: cardType, content: card(text) }],
});
const creation = (changes: Json = {}) => ({
  isGroup: true,
  channelData: { channel: { id: channelId } },
  activity: cardMessage('Lead'),
  ...changes,
});
const inChannel = (id: string) => ({ channelData: { channel: { id } } });
const refusal = (code: string) => ({ error: { code, message: expect.any(String) } });

/** Begins a thread, and returns the paths of its conversation and its post. */
async function begin(): Promise<{ thread: string; post: string; id: string }> {
  const { body } = await ask('POST', '', creation());
  const thread = `/${encodeURIComponent(String(body['id']))}/activities`;
  return { thread, post: `${thread}/${body['activityId']}`, id: String(body['activityId']) };
}

describe('a post', () => {
  test('begins a conversation that goes by the ids of the channel and of the post', async () => {
    const { status, body } = await ask('POST', '', creation());
    const [[post] = []] = teams.threads(channelId);
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: `${channelId};messageid=${post?.id}`, activityId: post?.id },
    });
    expect(post).toMatchObject({ from: 'bot', card: card('Lead'), edited: false });
  });

  test('is updated, answered and deleted in its conversation', async () => {
    const { thread, post, id } = await begin();
    expect(await ask('PUT', post, cardMessage('Lead 2'))).toMatchObject({ status: 200, body: { id } });
    expect(await ask('POST', thread, { type: 'message', text: 'Late' })).toMatchObject({ status: 201 });
    expect(teams.threads(channelId)).toMatchObject([
      [
        { id, card: card('Lead 2'), edited: true },
        { text: 'Late', from: 'bot' },
      ],
    ]);
    expect(await ask('DELETE', post)).toMatchObject({ status: 200 });
    expect(await ask('PUT', post, cardMessage('x'))).toMatchObject({
      status: 404,
      body: refusal('ActivityNotFoundInConversation'),
    });
    expect(teams.threads(channelId)).toMatchObject([[{ text: 'Late' }]]);
  });

  test.each<[string, () => Json, number, string]>([
    ['without words', () => creation({ activity: undefined }), 400, 'BadSyntax'],
    ['of two messages', () => creation({ activity: { ...cardMessage('x'), text: 'y' } }), 400, 'BadSyntax'],
    ['to members', () => creation({ members: [{ id: '29:x' }] }), 400, 'BadSyntax'],
    ['to no group', () => creation({ isGroup: false }), 400, 'BadArgument'],
    ['of another bot', () => creation({ bot: { id: '28:other' } }), 400, 'BadArgument'],
    ['in a chat', () => creation(inChannel('19:x@thread.v2')), 400, 'BadArgument'],
    ['in an unknown channel', () => creation(inChannel('19:x@thread.tacv2')), 404, 'ConversationNotFound'],
    ['in another tenant', () => creation({ tenantId: 'other' }), 403, 'BotNotInConversationRoster'],
  ])('%s is refused', async (_, parameters, status, code) => {
    expect(await ask('POST', '', parameters())).toEqual({ status, body: refusal(code) });
    expect(teams.threads(channelId)).toEqual([]);
  });

  test('is refused where the app is not in the team', async () => {
    const { thread, post } = await begin();
    await teams.uninstallFromTeam(anaEmail, channelId);
    const refused = { status: 403, body: refusal('BotNotInConversationRoster') };
    expect(await ask('POST', '', creation())).toEqual(refused);
    expect(await ask('POST', thread, cardMessage('x'))).toEqual(refused);
    expect(await ask('PUT', post, cardMessage('x'))).toEqual(refused);
    expect(await ask('DELETE', post)).toEqual(refused);
    await teams.installInTeam(anaEmail, channelId);
    expect(await ask('PUT', post, cardMessage('x'))).toMatchObject({ status: 200 });
  });

  test('has no conversation in another thread, and none without one', async () => {
    await begin();
    const unknown = `/${encodeURIComponent(`${channelId};messageid=1`)}/activities`;
    expect(await ask('POST', unknown, cardMessage('x'))).toEqual({
      status: 404,
      body: refusal('ConversationNotFound'),
    });
    const bare = `/${encodeURIComponent(channelId)}/activities`;
    expect(await ask('POST', bare, cardMessage('x'))).toEqual({ status: 400, body: refusal('BadArgument') });
  });

  test('counts with all others of its channel', async () => {
    await start({ limits: 'documented' });
    elapsedMs = 10_000;
    const threads = [await begin(), await begin()];
    for (let count = 0; count < 5; count += 1) {
      const { post } = threads[count % 2] ?? expect.fail();
      expect(await ask('PUT', post, cardMessage('x'))).toMatchObject({ status: 200 });
    }
    expect(await ask('POST', '', creation())).toMatchObject({ status: 429 });
  });
});

describe('the bot hears', () => {
  let heard: Json[];
  beforeEach(async () => {
    heard = [];
    const server = createServer(async (request, response) => {
      heard.push((await json(request)) as Json);
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(async () => {
      server.close();
      server.closeAllConnections();
    });
    teams.setMessagesUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  const team = {
    teamsChannelId: channelId,
    teamsTeamId: channelId,
    channel: { id: channelId },
    team: { id: channelId, name: 'Handoffs' },
    tenant: { id: appIdentity.tenantId },
  };
  const conversation = { isGroup: true, conversationType: 'channel', tenantId: appIdentity.tenantId };

  test('of an app in a team, and of the member that it is', async () => {
    await teams.installInTeam(anaEmail, channelId);
    await teams.uninstallFromTeam(anaEmail, channelId);
    const settings = { selectedChannel: { id: channelId } };
    const common = {
      conversation: { ...conversation, id: channelId },
      from: { aadObjectId: teams.user(anaEmail).id },
    };
    const bot = [{ id: `28:${appIdentity.appId}` }];
    expect(heard).toMatchObject([
      { type: 'installationUpdate', action: 'add', ...common, channelData: { ...team, settings } },
      {
        type: 'conversationUpdate',
        membersAdded: bot,
        channelData: { ...team, eventType: 'teamMemberAdded' },
      },
      { type: 'installationUpdate', action: 'remove', ...common, channelData: { ...team, settings } },
      { membersRemoved: bot, channelData: { ...team, eventType: 'teamMemberRemoved' } },
    ]);
  });

  test('of a mention, in the thread that it begins', async () => {
    await teams.mention(anaEmail, channelId, 'stats');
    const [[post] = []] = teams.threads(channelId);
    expect(post).toMatchObject({ from: 'person', text: 'stats' });
    expect(heard).toMatchObject([
      {
        type: 'message',
        id: post?.id,
        text: '<at>Lead handoff</at> stats',
        entities: [{ type: 'clientInfo' }, { type: 'mention', mentioned: { id: `28:${appIdentity.appId}` } }],
        conversation: { ...conversation, id: `${channelId};messageid=${post?.id}` },
        channelData: team,
      },
    ]);
  });

  test('of no mention where the app is not in the team', async () => {
    await teams.uninstallFromTeam(anaEmail, channelId);
    expect(await teams.mention(anaEmail, channelId, 'stats')).toMatchObject({ result: 'refused' });
    expect(heard).toHaveLength(2);
    expect(teams.threads(channelId)).toEqual([]);
  });
});

test('a real bot answers a mention in its thread, and posts in a channel through TeamsInfo', async () => {
  let begun: [ConversationReference, string] | null = null;
  const handler = new TeamsActivityHandler();
  handler.onMessage(async (context, next) => {
    await context.sendActivity('Here');
    const activity = cardMessage('Lead') as Partial<Activity> as Activity;
    begun = await TeamsInfo.sendMessageToTeamsChannel(context, activity, channelId, appIdentity.appId);
    await next();
  });
  const bot = await startBot(teams, (context) => handler.run(context));
  stops.push(bot.stop);
  expect(await teams.mention(anaEmail, channelId, 'hello')).toMatchObject({
    result: 'answered',
    status: 200,
  });
  const [asked, posted] = teams.threads(channelId);
  expect(asked).toMatchObject([{ from: 'person' }, { from: 'bot', text: 'Here' }]);
  expect(posted).toMatchObject([{ from: 'bot', card: card('Lead') }]);
  expect(begun).toMatchObject([{ conversation: { id: `${channelId};messageid=${posted?.[0]?.id}` } }, {}]);
});

test('channels that were not added, or are none, are a mistake of the caller', () => {
  expect(() => teams.threads('19:x@thread.tacv2')).toThrow('No Teams channel "19:x@thread.tacv2"');
  expect(() => teams.addChannel({ id: channelId, name: 'Again' })).toThrow('exists');
  expect(() => teams.addChannel({ id: 'handoffs', name: 'Handoffs' })).toThrow(
    'expected "19:…@thread.tacv2"',
  );
});
