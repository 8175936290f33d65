import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, type BlockAction, LogLevel } from '@slack/bolt';
import { type HomeView, type ModalView, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SlackOptions, type SlackServer, startSlack } from '../../sandbox/slack/server.ts';

const botToken = 'xoxb-sandbox';
const signingSecret = 'sandbox-signing-secret';
const anaEmail = 'ana@acme.test';

let slack: SlackServer;
let client: WebClient;
let ana: string;
let clock: Date;
let elapsedMs: number;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  clock = new Date('2026-11-20T09:00:00Z');
  elapsedMs = 0;
  await start({});
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(options: Partial<SlackOptions>): Promise<void> {
  slack = await startSlack({
    botToken: botToken,
    signingSecret: signingSecret,
    now: () => clock,
    realTime: () => elapsedMs,
    limits: 'off',
    ...options,
  });
  stops.push(slack.close);
  client = webClient(botToken);
  ana = slack.addUser({ email: anaEmail, name: 'Ana Ortiz', tz: 'America/New_York' }).id;
}

function webClient(token: string | undefined): WebClient {
  const quiet = { logLevel: LogLevel.ERROR, logger: silent, retryConfig: { retries: 0 } };
  return new WebClient(token, { slackApiUrl: slack.apiUrl, rejectRateLimitedCalls: true, ...quiet });
}

const nothing = (): void => {};
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** A real Bolt app over HTTP, as the product runs one; returns its request URL. */
async function startBolt(listen: (app: App) => void): Promise<string> {
  const app = new App({
    token: botToken,
    signingSecret: signingSecret,
    clientOptions: { slackApiUrl: slack.apiUrl },
    convoStore: false,
    logger: silent,
  });
  listen(app);
  const server = await app.start(0);
  stops.push(() => app.stop());
  const requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.setRequestUrl(requestUrl);
  return requestUrl;
}

/** What the Web API said no with; fails the test when it said yes. */
async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => expect.fail('expected Slack to refuse the call'),
    (reason) => reason,
  );
  return (error as { data: Record<string, unknown> }).data;
}

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;
const button = (actionId: string, value: string) =>
  ({ type: 'button', action_id: actionId, text: plain('Accept'), value }) as const;
const buttons = (...ids: string[]) =>
  ({ type: 'actions', block_id: 'answers', elements: ids.map((id) => button(id, `${id}-value`)) }) as const;
const optionOf = (value: string) => ({ text: plain(value), value });
const long = (length: number) => 'x'.repeat(length);
const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));
const chart = (names: readonly string[] = ['S'], categories: readonly string[] = ['C']) => {
  const data = categories.map((label) => ({ label, value: 1 }));
  const series = names.map((name) => ({ name, data }));
  const bars = { type: 'bar', series, axis_config: { categories, y_label: 'Leads' } };
  return { type: 'data_visualization', title: 'x', chart: bars };
};

describe('access', () => {
  test('a call without a token is not authed, with a wrong one has invalid auth', async () => {
    expect(await refusal(webClient(undefined).auth.test())).toMatchObject({ error: 'not_authed' });
    expect(await refusal(webClient('xoxb-other').auth.test())).toMatchObject({ error: 'invalid_auth' });
  });

  test('auth.test names the bot and the workspace', async () => {
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team_id: 'T0SANDBOX',
      user_id: 'U0SANDBOXBOT',
    });
  });

  test('a method that does not exist is unknown, and Socket Mode wants another token', async () => {
    expect(await refusal(client.apiCall('chat.shout'))).toMatchObject({ error: 'unknown_method' });
    expect(await refusal(client.apps.connections.open())).toMatchObject({ error: 'not_allowed_token_type' });
  });

  test('a method whose scope was not granted says which one is missing', async () => {
    await start({ scopes: ['chat:write'] });
    expect(await refusal(client.users.info({ user: ana }))).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    });
  });

  test('a missing argument is named', async () => {
    expect(await refusal(client.apiCall('chat.update', { text: 'x' }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('channel'), expect.stringContaining('ts')] },
    });
  });

  test('a JSON body is taken like a form', async () => {
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${botToken}` },
      body: JSON.stringify({ channel: ana, text: 'Hello', blocks: [section('Hello')] }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(slack.messages(anaEmail)).toMatchObject([{ text: 'Hello' }]);
  });
});

describe('people', () => {
  test('an email finds its person, in any case, unless they were deactivated', async () => {
    slack.addUser({ email: 'gone@acme.test', name: 'Gil Gone', tz: 'Europe/Berlin', deleted: true });
    const found = await client.users.lookupByEmail({ email: 'Ana@Acme.test' });
    expect(found.user).toMatchObject({ id: ana, tz: 'America/New_York', tz_offset: -18_000 });
    for (const email of ['gone@acme.test', 'nobody@acme.test']) {
      expect(await refusal(client.users.lookupByEmail({ email }))).toMatchObject({
        error: 'users_not_found',
      });
    }
  });

  test('users.info still knows a deactivated person, and shows the status', async () => {
    const expiresAt = new Date('2026-11-27T00:00:00Z');
    slack.changeUser(anaEmail, { deleted: true, status: { text: 'Away', emoji: ':palm_tree:', expiresAt } });
    const { user } = await client.users.info({ user: ana });
    expect(user).toMatchObject({
      deleted: true,
      profile: {
        email: anaEmail,
        status_text: 'Away',
        status_emoji: ':palm_tree:',
        status_expiration: 1795737600,
      },
    });
    expect(await refusal(client.users.info({ user: 'U404' }))).toMatchObject({ error: 'user_not_found' });
  });

  test('whose account it is stands on the wire: a guest, a machine, somebody of the grid or of another company', async () => {
    await start({ enterpriseId: 'E0GRID' });
    const person = { name: 'Eve', tz: 'UTC' };
    const answers = await Promise.all(
      [
        { kind: 'guest', emailConfirmed: false },
        { kind: 'singleChannelGuest' },
        { kind: 'workflow' },
        { teamId: 'T0B', enterprise: { id: 'E0GRID', teams: ['T0B'] } },
        { teamId: 'T0C', enterprise: null },
        { teamId: 'T0D', enterprise: null, isStranger: true },
      ].map(async (account, index) => {
        const { id } = slack.addUser({ email: `${index}@acme.test`, ...person, ...(account as object) });
        return (await client.users.info({ user: id })).user;
      }),
    );
    expect(answers).toMatchObject([
      { is_restricted: true, is_ultra_restricted: false, is_email_confirmed: false },
      { is_restricted: true, is_ultra_restricted: true, is_email_confirmed: true },
      { is_bot: true, is_workflow_bot: true },
      { team_id: 'T0B', enterprise_user: { enterprise_id: 'E0GRID', teams: ['T0B'] } },
      { team_id: 'T0C', profile: { email: '4@acme.test' } },
      { team_id: 'T0D', is_stranger: true },
    ]);
    expect(answers[4]).not.toHaveProperty('is_stranger');
    expect(await client.auth.test()).toMatchObject({ team_id: 'T0SANDBOX', enterprise_id: 'E0GRID' });
    for (const email of ['3@acme.test', '4@acme.test']) {
      expect(await refusal(client.users.lookupByEmail({ email }))).toMatchObject({
        error: 'users_not_found',
      });
    }
  });

  test('the email is hidden without its scope', async () => {
    await start({ scopes: ['users:read'] });
    const { user } = await client.users.info({ user: ana });
    expect(user?.profile).not.toHaveProperty('email');
  });

  test('users.list comes in pages, with Slackbot not marked as a bot', async () => {
    const ids: (string | undefined)[] = [];
    for await (const page of client.paginate('users.list', { limit: 2 })) {
      ids.push(...((page as { members?: { id?: string }[] }).members ?? []).map(({ id }) => id));
    }
    expect(ids).toEqual(['USLACKBOT', 'U0SANDBOXBOT', ana]);
  });

  test('dnd.info gives the next quiet window', async () => {
    const start = new Date('2026-11-20T22:00:00Z');
    const end = new Date('2026-11-21T08:00:00Z');
    slack.changeUser(anaEmail, { doNotDisturb: { start, end } });
    expect(await client.dnd.info({ user: ana })).toMatchObject({
      dnd_enabled: true,
      next_dnd_start_ts: start.getTime() / 1000,
    });
  });

  test('a conversation opens once, and not with a deactivated or unknown person', async () => {
    const gone = slack.addUser({ email: 'gone@acme.test', name: 'G', tz: 'UTC', deleted: true }).id;
    const opened = await client.conversations.open({ users: ana });
    expect(opened.channel?.id).toMatch(/^D/);
    expect(await client.conversations.open({ users: ana })).toMatchObject({
      channel: { id: opened.channel?.id },
      already_open: true,
    });
    expect(await refusal(client.conversations.open({ users: gone }))).toMatchObject({
      error: 'user_disabled',
    });
    expect(await refusal(client.conversations.open({ users: 'U404' }))).toMatchObject({
      error: 'user_not_found',
    });
  });
});

describe('messages', () => {
  test('a message to a person lands in the conversation with them, with its metadata', async () => {
    const metadata = { event_type: 'handoff_card', event_payload: { handoff: 'h1', revision: 1 } };
    const posted = await client.chat.postMessage({
      channel: ana,
      text: 'New lead',
      blocks: [section('Lead')],
      metadata,
    });
    expect(posted.channel).toMatch(/^D/);
    expect(slack.messages(anaEmail)).toMatchObject([
      { ts: posted.ts, text: 'New lead', metadata, edited: null },
    ]);
    expect(slack.messages(anaEmail)[0]?.blocks[0]?.block_id).toEqual(expect.any(String));
  });

  test('timestamps follow the clock, and keep ascending when it is moved back', async () => {
    const first = await client.chat.postMessage({ channel: ana, text: 'one' });
    clock = new Date('2026-11-20T08:00:00Z');
    const second = await client.chat.postMessage({ channel: ana, text: 'two' });
    expect(first.ts).toBe('1795165200.000000');
    expect(second.ts).toBe('1795165200.000001');
  });

  test('a deactivated person is posted to without a word', async () => {
    const gone = slack.addUser({ email: 'gone@acme.test', name: 'G', tz: 'UTC', deleted: true }).id;
    expect(await client.chat.postMessage({ channel: gone, text: 'Hello?' })).toMatchObject({ ok: true });
  });

  test('a message to nobody, of nothing, or with broken blocks is refused', async () => {
    const refused = async (args: Record<string, unknown>) =>
      (await refusal(client.apiCall('chat.postMessage', { channel: ana, ...args })))['error'];
    expect(await refused({ channel: 'U404', text: 'x' })).toBe('channel_not_found');
    expect(await refused({})).toBe('no_text');
    expect(await refused({ text: 'x', blocks: 'not json' })).toBe('invalid_blocks_format');
    expect(await refused({ text: 'x', blocks: { type: 'divider' } })).toBe('invalid_blocks_format');
    expect(await refused({ text: 'x', blocks: many(5, () => section(long(2900))) })).toBe(
      'msg_blocks_too_long',
    );
    expect(await refused({ text: 'x', thread_ts: '0' })).toBe('invalid_thread_ts');
    expect(await refused({ text: 'x', metadata: { event_type: 'card' } })).toBe('invalid_metadata_format');
    const event_payload = { note: long(20_000) };
    expect(await refused({ text: 'x', metadata: { event_type: 'card', event_payload } })).toBe(
      'metadata_too_large',
    );
    expect(slack.messages(anaEmail)).toEqual([]);
  });

  test('a long text is cut, and metadata with a dot in its type is lost', async () => {
    const metadata = { event_type: 'handoff.card', event_payload: { handoff: 'h1' } };
    await client.chat.postMessage({ channel: ana, text: long(40_001), metadata });
    expect(slack.messages(anaEmail)[0]).toMatchObject({ text: long(40_000), metadata: null });
  });

  test('an update without blocks drops them and shows as edited; metadata stays unless given', async () => {
    const metadata = { event_type: 'card', event_payload: { revision: 1 } };
    const { channel = '', ts = '' } = await client.chat.postMessage({
      channel: ana,
      text: 'one',
      blocks: [section('one')],
      metadata,
    });
    await client.chat.update({ channel, ts, text: 'two', blocks: [section('two')] });
    expect(slack.messages(anaEmail)[0]).toMatchObject({
      text: 'two',
      blocks: [section('two')],
      edited: null,
    });
    await client.chat.update({ channel, ts, text: 'three' });
    expect(slack.messages(anaEmail)[0]).toMatchObject({ text: 'three', blocks: [], metadata });
    expect(slack.messages(anaEmail)[0]?.edited).not.toBeNull();
  });

  test('only an own message, named by its conversation, can be updated or deleted', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: ana, text: 'one' });
    const foreign = slack.write(anaEmail, 'thanks');
    const update = async (args: { channel: string; ts: string }) =>
      (await refusal(client.chat.update({ ...args, text: 'x' })))['error'];
    expect(await update({ channel: ana, ts })).toBe('channel_not_found');
    expect(await update({ channel, ts: '1.000000' })).toBe('message_not_found');
    expect(await update({ channel, ts: foreign.ts })).toBe('cant_update_message');
    expect((await refusal(client.chat.update({ channel, ts, text: long(40_001) })))['error']).toBe(
      'msg_too_long',
    );
    expect((await refusal(client.chat.delete({ channel, ts: foreign.ts })))['error']).toBe(
      'cant_delete_message',
    );
    await client.chat.delete({ channel, ts });
    expect(slack.messages(anaEmail).map(({ text }) => text)).toEqual(['thanks']);
  });

  test('a reply belongs to its thread, and is seen outside when broadcast', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: ana, text: 'card' });
    await client.chat.postMessage({ channel, text: 'quiet', thread_ts: ts });
    await client.chat.postMessage({ channel, text: 'loud', thread_ts: ts, reply_broadcast: true });
    expect(slack.messages(anaEmail)).toMatchObject([
      {
        text: 'card',
        replies: [
          { text: 'quiet', reply_broadcast: false },
          { text: 'loud', reply_broadcast: true },
        ],
      },
    ]);
    const history = await client.conversations.history({ channel });
    expect(history.messages?.map(({ text }) => text)).toEqual(['loud', 'card']);
    expect(history.messages?.[0]).toMatchObject({
      subtype: 'thread_broadcast',
      thread_ts: ts,
      parent_user_id: 'U0SANDBOXBOT',
      root: { ts, text: 'card', reply_count: 2, reply_users: ['U0SANDBOXBOT'] },
    });
    expect(slack.conversation(anaEmail).map(({ text }) => text)).toEqual(['card', 'loud']);
    const thread = await client.conversations.replies({ channel, ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['card', 'quiet', 'loud']);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2 });
    expect(thread.messages?.[1]).not.toHaveProperty('subtype');
  });

  test('a message that replies to nothing is not broadcast', async () => {
    const args = { channel: ana, text: 'alone', reply_broadcast: true };
    const posted = await client.apiCall('chat.postMessage', args);
    expect(posted).not.toHaveProperty('message.subtype');
  });

  test('a reply to a message that is gone is posted outside any thread', async () => {
    const posted = await client.chat.postMessage({ channel: ana, text: 'orphan', thread_ts: '1.000000' });
    expect(posted.message).not.toHaveProperty('thread_ts');
    expect(slack.messages(anaEmail)).toMatchObject([{ text: 'orphan' }]);
  });

  test('the history is newest first, in pages and spans, with whole metadata only when asked', async () => {
    const metadata = { event_type: 'card', event_payload: { handoff: 'h1' } };
    const { channel = '', ts: oldest = '' } = await client.chat.postMessage({
      channel: ana,
      text: '0',
      metadata,
    });
    for (const text of ['1', '2', '3']) await client.chat.postMessage({ channel, text });

    const texts = (page: { messages?: { text?: string }[] }) => page.messages?.map(({ text }) => text);
    const first = await client.conversations.history({ channel, limit: 3 });
    expect([texts(first), first.has_more]).toEqual([['3', '2', '1'], true]);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel, limit: 3, cursor });
    expect([texts(second), second.has_more]).toEqual([['0'], false]);
    expect(texts(await client.conversations.history({ channel, oldest }))).toEqual(['3', '2', '1']);
    expect(texts(await client.conversations.history({ channel, oldest, inclusive: true }))).toHaveLength(4);

    expect(second.messages?.[0]?.metadata).toEqual({ event_type: 'card' });
    const whole = await client.conversations.history({ channel, include_all_metadata: true });
    expect(whole.messages?.at(-1)?.metadata).toEqual(metadata);
  });

  test('an ephemeral message is seen by its person only, who has to be in the conversation', async () => {
    const eva = slack.addUser({ email: 'eva@acme.test', name: 'Eva', tz: 'UTC' }).id;
    const { channel } = await client.conversations.open({ users: ana });
    const args = { channel: channel?.id ?? '', text: 'Only you' };
    await client.chat.postEphemeral({ ...args, user: ana });
    expect(slack.ephemerals(anaEmail)).toMatchObject([{ text: 'Only you' }]);
    expect(slack.messages(anaEmail)).toEqual([]);
    expect(await refusal(client.chat.postEphemeral({ ...args, user: eva }))).toMatchObject({
      error: 'user_not_in_channel',
    });
  });

  test('a permalink names the conversation and the message', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: ana, text: 'one' });
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    expect(permalink).toBe(`https://sandbox.slack.com/archives/${channel}/p1795165200000000`);
  });

  test('every change is announced, and every call is logged without its token', async () => {
    let changes = 0;
    const stop = slack.onChange(() => {
      changes += 1;
    });
    await client.chat.postMessage({ channel: ana, text: 'one' });
    stop();
    await client.chat.postMessage({ channel: ana, text: 'two' });
    expect(changes).toBe(1);
    expect(slack.requests.at(-1)).toEqual({
      at: clock,
      method: 'chat.postMessage',
      status: 200,
      error: null,
      args: { channel: ana, text: 'two' },
    });
    expect(slack.callCounts()).toMatchObject({ 'chat.postMessage': 2 });
  });
});

test('a conversation that is dropped is found by nobody, and the next one has another id', async () => {
  const before = (await client.conversations.open({ users: ana })).channel?.id ?? '';
  const { ts = '' } = await client.chat.postMessage({ channel: before, text: 'card' });
  slack.dropConversation(anaEmail);
  for (const call of [
    client.chat.postMessage({ channel: before, text: 'x' }),
    client.chat.update({ channel: before, ts, text: 'x' }),
    client.conversations.history({ channel: before }),
  ]) {
    expect(await refusal(call)).toMatchObject({ error: 'channel_not_found' });
  }
  expect((await client.conversations.open({ users: ana })).channel?.id).not.toBe(before);
});

describe('channels', () => {
  const sales = { id: 'C0SALES0001', name: 'sales' };
  const post = (channel = sales.id) => client.chat.postMessage({ channel, text: 'card' });
  const errorOf = async (call: Promise<unknown>) => (await refusal(call))['error'];

  test('a public one takes messages of an app that is not in it, but lets it read nothing', async () => {
    await start({ scopes: ['chat:write', 'chat:write.public', 'im:history', 'channels:history'] });
    slack.setChannel({ ...sales, members: [anaEmail] });
    const { ts = '' } = await post();
    await client.chat.update({ channel: sales.id, ts, text: 'card, later' });
    expect(slack.channelMessages(sales.id)).toMatchObject([{ ts, text: 'card, later' }]);
    expect(await errorOf(client.conversations.history({ channel: sales.id }))).toBe('not_in_channel');
    slack.setChannel({ ...sales, hasBot: true });
    const { messages } = await client.conversations.history({ channel: sales.id });
    expect(messages).toMatchObject([{ ts, text: 'card, later' }]);
  });

  test('without chat:write.public only those take them that have invited the app', async () => {
    await start({ scopes: ['chat:write'] });
    slack.setChannel(sales);
    expect(await errorOf(post())).toBe('not_in_channel');
    slack.setChannel({ ...sales, hasBot: true });
    expect(await post()).toMatchObject({ ok: true, channel: sales.id });
  });

  test('conversations.info tells what one is, and whether another company shares it', async () => {
    const info = (id = sales.id) => client.conversations.info({ channel: id });
    slack.setChannel({ ...sales, isShared: true });
    expect((await info()).channel).toMatchObject({ is_ext_shared: true, is_pending_ext_shared: false });
    slack.setChannel({ ...sales, isPrivate: true, hasBot: true, isAboutToBeShared: true });
    expect((await info()).channel).toMatchObject({
      is_private: true,
      is_ext_shared: false,
      is_pending_ext_shared: true,
    });
    expect(await errorOf(info('C0NOWHERE'))).toBe('channel_not_found');
    await start({ scopes: ['channels:read'] });
    slack.setChannel({ ...sales, isPrivate: true, hasBot: true });
    expect(await refusal(info())).toMatchObject({ error: 'missing_scope', needed: 'groups:read' });
  });

  test('a private one is not there for an app that nobody has invited', async () => {
    slack.setChannel({ ...sales, isPrivate: true });
    expect(await errorOf(post())).toBe('channel_not_found');
    expect(await errorOf(client.conversations.history({ channel: sales.id }))).toBe('channel_not_found');
    slack.setChannel({ ...sales, isPrivate: true, hasBot: true });
    const { ts = '' } = await post();
    slack.setChannel({ ...sales, isPrivate: true });
    expect(await errorOf(client.chat.update({ channel: sales.id, ts, text: 'x' }))).toBe('channel_not_found');
  });

  test.each([
    [false, 'channels:history'],
    [true, 'groups:history'],
  ])('reading one (private: %s) needs %s', async (isPrivate, needed) => {
    slack.setChannel({ ...sales, isPrivate, hasBot: true });
    const { ts = '' } = await post();
    for (const read of [
      client.conversations.history({ channel: sales.id }),
      client.conversations.replies({ channel: sales.id, ts }),
    ]) {
      expect(await refusal(read)).toMatchObject({ error: 'missing_scope', needed });
    }
  });

  test('an archived one takes nothing, and what stands in it stays as it is', async () => {
    slack.setChannel(sales);
    const { ts = '' } = await post();
    slack.setChannel({ ...sales, isArchived: true });
    expect(await errorOf(post())).toBe('is_archived');
    expect(await errorOf(client.chat.update({ channel: sales.id, ts, text: 'x' }))).toBe('is_inactive');
    expect(slack.channelMessages(sales.id)).toMatchObject([{ text: 'card' }]);
  });

  test('an ephemeral message is for somebody who is in it', async () => {
    slack.setChannel({ ...sales, hasBot: true });
    const args = { channel: sales.id, user: ana, text: 'Only you' };
    expect(await errorOf(client.chat.postEphemeral(args))).toBe('user_not_in_channel');
    slack.setChannel({ ...sales, hasBot: true, members: [anaEmail] });
    await client.chat.postEphemeral(args);
    expect(slack.ephemerals(anaEmail)).toMatchObject([{ channel: sales.id, text: 'Only you' }]);
  });

  test('each takes a burst of three messages of its own', async () => {
    await start({ limits: 'documented' });
    slack.setChannel(sales);
    slack.setChannel({ id: 'C0OTHER0001', name: 'other' });
    for (const _ of many(3, () => 0)) await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(await post('C0OTHER0001')).toMatchObject({ ok: true });
  });

  test.each([
    [false, 'sales'],
    [true, 'privategroup'],
  ])('a click in one (private: %s) names it %s, and only its people can click', async (isPrivate, name) => {
    const clicked: unknown[] = [];
    await startBolt((app) =>
      app.action<BlockAction>('accept', async ({ ack, body }) => {
        clicked.push(body.channel);
        await ack();
      }),
    );
    slack.setChannel({ ...sales, isPrivate, hasBot: true });
    const blocks = [buttons('accept')];
    const { ts = '' } = await client.chat.postMessage({ channel: sales.id, text: 'card', blocks });
    expect(await slack.click(anaEmail, { ts, actionId: 'accept' })).toMatchObject({ result: 'refused' });
    slack.setChannel({ ...sales, isPrivate, hasBot: true, members: [anaEmail] });
    expect(await slack.click(anaEmail, { ts, actionId: 'accept' })).toMatchObject({ acknowledged: true });
    expect(clicked).toEqual([{ id: sales.id, name }]);
  });

  test('one that is not there has nothing to show', () => {
    expect(() => slack.channelMessages('C0NOWHERE01')).toThrow('No Slack channel "C0NOWHERE01"');
  });
});

describe('Block Kit', () => {
  const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
  const withConfirm = (confirm: unknown) => actions({ ...button('a', 'v'), confirm });
  const select = (fields: object) => actions({ type: 'static_select', action_id: 's', ...fields });
  const options = (count: number) => many(count, (index) => optionOf(`v${index}`));

  test.each<[title: string, block: unknown, pointer: string, message?: string]>([
    ['a block without a type', { text: plain('x') }, '/blocks/0', 'missing required field: type'],
    ['an unknown block', { type: 'banner' }, '/blocks/0/type', 'unsupported type: banner'],
    [
      'an unknown field',
      { ...section('x'), colour: 'red' },
      '/blocks/0',
      'invalid additional property: colour',
    ],
    ['a section of nothing', { type: 'section' }, '/blocks/0', 'must define either `text` or `fields`'],
    ['an empty text', section(''), '/blocks/0/text/text', 'must be more than 0 characters'],
    [
      'a section text of 3001',
      section(long(3001)),
      '/blocks/0/text/text',
      'must be less than 3001 characters',
    ],
    ['a bare string for a text', { type: 'section', text: 'x' }, '/blocks/0/text', 'must be an object'],
    [
      'eleven fields',
      { type: 'section', fields: many(11, () => plain('x')) },
      '/blocks/0/fields',
      'no more than 10',
    ],
    ['a field of 2001', { type: 'section', fields: [plain(long(2001))] }, '/blocks/0/fields/0/text'],
    [
      'an input as an accessory',
      { ...section('x'), accessory: { type: 'plain_text_input' } },
      '/blocks/0/accessory/type',
    ],
    ['a header of 151', { type: 'header', text: plain(long(151)) }, '/blocks/0/text/text'],
    ['a header in mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }, '/blocks/0/text/type'],
    [
      'an empty context',
      { type: 'context', elements: [] },
      '/blocks/0/elements',
      'must provide at least 1 items',
    ],
    [
      'eleven context elements',
      { type: 'context', elements: many(11, () => plain('x')) },
      '/blocks/0/elements',
    ],
    ['a button in a context', { type: 'context', elements: [button('a', 'v')] }, '/blocks/0/elements/0/type'],
    [
      '26 buttons',
      actions(...many(26, (index) => button(`a${index}`, 'v'))),
      '/blocks/0/elements',
      'no more than 25',
    ],
    [
      'an action id twice in a block',
      buttons('a', 'a'),
      '/blocks/0/elements/1/action_id',
      '`action_id` "a" already exists',
    ],
    ['an action id of 256', buttons(long(256)), '/blocks/0/elements/0/action_id'],
    ['a block id of 256', { type: 'divider', block_id: long(256) }, '/blocks/0/block_id'],
    [
      'a button text of 76',
      actions({ type: 'button', text: plain(long(76)) }),
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a button without a text',
      actions({ type: 'button' }),
      '/blocks/0/elements/0',
      'missing required field: text',
    ],
    ['a button value of 2001', actions(button('a', long(2001))), '/blocks/0/elements/0/value'],
    [
      'a button style of "default"',
      actions({ ...button('a', 'v'), style: 'default' }),
      '/blocks/0/elements/0/style',
    ],
    [
      'a link that is none',
      actions({ ...button('a', 'v'), url: 'acme' }),
      '/blocks/0/elements/0/url',
      'invalid url',
    ],
    [
      'a link of 3001',
      actions({ ...button('a', 'v'), url: `https://a.test/${long(3000)}` }),
      '/blocks/0/elements/0/url',
    ],
    [
      'an accessibility label of 76',
      actions({ ...button('a', 'v'), accessibility_label: long(76) }),
      '/blocks/0/elements/0/accessibility_label',
    ],
    ['a disabled button', actions({ ...button('a', 'v'), disabled: true }), '/blocks/0/elements/0'],
    ['a confirm without a text', withConfirm({ title: plain('x') }), '/blocks/0/elements/0/confirm'],
    [
      'a confirm title of 101',
      withConfirm({ title: plain(long(101)), text: plain('x') }),
      '/blocks/0/elements/0/confirm/title/text',
    ],
    [
      'a confirm text of 301',
      withConfirm({ text: plain(long(301)) }),
      '/blocks/0/elements/0/confirm/text/text',
    ],
    [
      'a deny of 31',
      withConfirm({ text: plain('x'), deny: plain(long(31)) }),
      '/blocks/0/elements/0/confirm/deny/text',
    ],
    [
      'a select of nothing',
      select({}),
      '/blocks/0/elements/0',
      'must define either `options` or `option_groups`',
    ],
    ['101 options', select({ options: options(101) }), '/blocks/0/elements/0/options', 'no more than 100'],
    ['an empty list of options', select({ options: [] }), '/blocks/0/elements/0/options', 'at least 1'],
    [
      'an option text of 76',
      select({ options: [optionOf(long(76))] }),
      '/blocks/0/elements/0/options/0/text/text',
    ],
    [
      'an option without a value',
      select({ options: [{ text: plain('x') }] }),
      '/blocks/0/elements/0/options/0',
      'missing required field: value',
    ],
    [
      'an initial option that is none',
      select({ options: options(2), initial_option: optionOf('v9') }),
      '/blocks/0/elements/0/initial_option',
    ],
    [
      'a placeholder of 151',
      select({ options: options(1), placeholder: plain(long(151)) }),
      '/blocks/0/elements/0/placeholder/text',
    ],
    [
      'six overflow options',
      actions({ type: 'overflow', options: options(6) }),
      '/blocks/0/elements/0/options',
    ],
    [
      'eleven radio buttons',
      actions({ type: 'radio_buttons', options: options(11) }),
      '/blocks/0/elements/0/options',
    ],
    [
      'eleven checkboxes',
      actions({ type: 'checkboxes', options: options(11) }),
      '/blocks/0/elements/0/options',
    ],
    [
      'a date like 1/2/26',
      actions({ type: 'datepicker', initial_date: '1/2/26' }),
      '/blocks/0/elements/0/initial_date',
    ],
    [
      'a time like 24:00',
      actions({ type: 'timepicker', initial_time: '24:00' }),
      '/blocks/0/elements/0/initial_time',
    ],
    [
      'a date and time in milliseconds',
      actions({ type: 'datetimepicker', initial_date_time: 1795165200000 }),
      '/blocks/0/elements/0/initial_date_time',
    ],
    ['an image without alt text', { type: 'image', image_url: 'https://a.test/b.png' }, '/blocks/0'],
    ['an image of nothing', { type: 'image', alt_text: 'x' }, '/blocks/0', 'must define either `image_url`'],
    [
      'an input in a message',
      { type: 'input', label: plain('x'), element: { type: 'plain_text_input' } },
      '/blocks/0/type',
    ],
    ['an alert in a message', { type: 'alert', text: plain('x') }, '/blocks/0/type'],
    ['markdown of 12001', { type: 'markdown', text: long(12_001) }, '/blocks/0/text'],
    [
      'an unknown rich text part',
      { type: 'rich_text', elements: [{ type: 'rich_text_table', elements: [] }] },
      '/blocks/0/elements/0/type',
    ],
    [
      'rich text without its text',
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text' }] }] },
      '/blocks/0/elements/0/elements/0',
    ],
    [
      'a table of 101 rows',
      { type: 'table', rows: many(101, () => [{ type: 'raw_text', text: 'x' }]) },
      '/blocks/0/rows',
    ],
    [
      'a data table without a caption',
      { type: 'data_table', rows: [[{ type: 'raw_text', text: 'x' }]] },
      '/blocks/0',
    ],
    ['a chart without a title', { ...chart(), title: undefined }, '/blocks/0'],
    ['a chart with a title of 51', { ...chart(), title: long(51) }, '/blocks/0/title'],
    ['a chart of 7 series', chart(many(7, (index) => `S${index}`)), '/blocks/0/chart/series'],
    [
      'a chart of 21 categories',
      chart(
        ['S'],
        many(21, (index) => `C${index}`),
      ),
      '/blocks/0/chart/series/0/data',
    ],
    ['a category of 21', chart(['S'], [long(21)]), '/blocks/0/chart/series/0/data/0/label'],
    ['two series of one name', chart(['S', 'S']), '/blocks/0/chart/series/1/name'],
    [
      'a chart that lacks a value',
      { ...chart(), chart: { ...chart().chart, axis_config: { categories: ['C', 'D'] } } },
      '/blocks/0/chart/series/0/data',
    ],
    ['a chart of no kind', { ...chart(), chart: { type: 'radar' } }, '/blocks/0/chart/type'],
    [
      'a card body of 201',
      { type: 'card', body: { type: 'mrkdwn', text: long(201) } },
      '/blocks/0/body/text',
    ],
    [
      'a container in a container',
      { type: 'container', title: plain('x'), child_blocks: [{ type: 'container' }] },
      '/blocks/0/child_blocks/0/type',
    ],
    [
      'an input in a container of a message',
      {
        type: 'container',
        title: plain('x'),
        child_blocks: [{ type: 'input', label: plain('x'), element: { type: 'plain_text_input' } }],
      },
      '/blocks/0/child_blocks/0/type',
    ],
    [
      'eleven blocks in a container',
      { type: 'container', title: plain('x'), child_blocks: many(11, () => section('x')) },
      '/blocks/0/child_blocks',
    ],
    [
      'a container without a title',
      { type: 'container', child_blocks: [section('x')] },
      '/blocks/0',
      'must define either `title` or `rich_text_title`',
    ],
    [
      'a title of a container of 151',
      { type: 'container', title: plain(long(151)), child_blocks: [section('x')] },
      '/blocks/0/title/text',
    ],
    [
      'a line below the title of a container that folds',
      {
        type: 'container',
        title: plain('x'),
        child_blocks: [section('x')],
        is_collapsible: true,
        has_header_divider: true,
      },
      '/blocks/0/has_header_divider',
    ],
    [
      'a container that is folded and cannot be',
      { type: 'container', title: plain('x'), child_blocks: [section('x')], default_collapsed: true },
      '/blocks/0/default_collapsed',
    ],
    [
      'a link that runs a script',
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'link', url: 'javascript:alert(1)', text: 'x' }] },
        ],
      },
      '/blocks/0/elements/0/elements/0/url',
    ],
    [
      'a button that calls somebody',
      actions({ type: 'button', text: plain('x'), url: 'tel:+13125550142' }),
      '/blocks/0/elements/0/url',
    ],
  ])('Slack refuses %s', async (_title, block, pointer, message = '') => {
    const { error, response_metadata } = await refusal(
      client.apiCall('chat.postMessage', { channel: ana, text: 'x', blocks: [block] }),
    );
    expect(error).toBe('invalid_blocks');
    const { messages } = response_metadata as { messages: string[] };
    const faults = messages.filter((line) => line.includes(`[json-pointer:${pointer}]`));
    expect(faults.join()).toContain(message);
    expect(faults.join()).toContain('[ERROR]');
  });

  test('51 blocks, or one block id twice, are refused', async () => {
    const post = (blocks: unknown[]) =>
      refusal(client.apiCall('chat.postMessage', { channel: ana, text: 'x', blocks }));
    expect(await post(many(51, () => ({ type: 'divider' })))).toMatchObject({
      errors: ['no more than 50 items allowed [json-pointer:/blocks]'],
    });
    expect(await post(many(2, () => ({ type: 'divider', block_id: 'line' })))).toMatchObject({
      errors: ['`block_id` "line" already exists [json-pointer:/blocks/1/block_id]'],
    });
  });

  const input = (fields: object, block: object = {}) => ({
    type: 'input',
    label: plain('Note'),
    element: { type: 'plain_text_input', action_id: 'a', ...fields },
    ...block,
  });

  test.each<[title: string, changes: object, pointer: string]>([
    ['a title of 25', { title: plain(long(25)) }, '/view/title/text'],
    ['no title', { title: undefined }, '/view'],
    ['a submit of 25', { submit: plain(long(25)) }, '/view/submit/text'],
    ['a close in mrkdwn', { close: { type: 'mrkdwn', text: 'x' } }, '/view/close/type'],
    ['private metadata of 3001', { private_metadata: long(3001) }, '/view/private_metadata'],
    ['a callback id of 256', { callback_id: long(256) }, '/view/callback_id'],
    ['an unknown field', { submit_disabled: true }, '/view'],
    ['inputs without a submit', { submit: undefined, blocks: [input({})] }, '/view/blocks/0/input'],
    ['101 blocks', { blocks: many(101, () => ({ type: 'divider' })) }, '/view/blocks'],
    ['a label of 2001', { blocks: [input({}, { label: plain(long(2001)) })] }, '/view/blocks/0/label/text'],
    ['a hint of 2001', { blocks: [input({}, { hint: plain(long(2001)) })] }, '/view/blocks/0/hint/text'],
    ['an input without an element', { blocks: [{ type: 'input', label: plain('x') }] }, '/view/blocks/0'],
    [
      'a button in an input',
      { blocks: [input({}, { element: button('a', 'v') })] },
      '/view/blocks/0/element/type',
    ],
    ['a max length of 3001', { blocks: [input({ max_length: 3001 })] }, '/view/blocks/0/element/max_length'],
    [
      'a min length above the max',
      { blocks: [input({ min_length: 9, max_length: 3 })] },
      '/view/blocks/0/element/min_length',
    ],
    [
      'a number input that does not say if decimal',
      { blocks: [input({ type: 'number_input' })] },
      '/view/blocks/0/element',
    ],
    [
      'two inputs in focus',
      { blocks: many(2, () => input({ focus_on_load: true })) },
      '/view/blocks/1/element/focus_on_load',
    ],
    ['markdown', { blocks: [{ type: 'markdown', text: 'x' }] }, '/view/blocks/0/type'],
    ['a table', { blocks: [{ type: 'table', rows: [] }] }, '/view/blocks/0/type'],
    ['a chart', { blocks: [chart()] }, '/view/blocks/0/type'],
    ['a home view', { type: 'home' }, '/view/type'],
  ])('Slack refuses a modal with %s', async (_title, changes, pointer) => {
    const view = { type: 'modal', title: plain('Note'), submit: plain('Save'), blocks: [], ...changes };
    const { error, errors } = await refusal(client.apiCall('views.open', { trigger_id: '1.2.3', view }));
    expect(error).toBe('invalid_arguments');
    expect(errors).toContainEqual(expect.stringContaining(`[json-pointer:${pointer}]`));
  });

  test('a message that uses every block as documented is posted', async () => {
    const text = { type: 'mrkdwn', text: '*x*', verbatim: true };
    const image = { type: 'image', image_url: 'https://a.test/b.png', alt_text: 'x' };
    const rich = {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { bold: true } }] },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://a.test' }] }],
        },
      ],
    };
    const cell = { type: 'raw_text', text: 'x' };
    const blocks = [
      { type: 'header', text: plain('x') },
      { type: 'section', fields: [text, plain('x')], accessory: { type: 'overflow', options: options(5) } },
      { type: 'context', elements: [text, image] },
      { type: 'divider' },
      { ...image, title: plain('x') },
      rich,
      { type: 'markdown', text: '# x' },
      { type: 'table', rows: [[cell, rich]], column_settings: [{ align: 'right' }] },
      { type: 'data_table', caption: 'x', rows: [[cell, { type: 'raw_number', value: 1, text: '1' }]] },
      chart(['S', 'T'], ['C', 'D']),
      { type: 'card', title: text, actions: [button('c', 'v')] },
      { type: 'carousel', elements: [{ type: 'card', body: text }] },
      {
        type: 'container',
        title: plain('x'),
        child_blocks: [section('x'), rich, actions(button('d', 'v'))],
        is_collapsible: true,
        default_collapsed: true,
      },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'x' }] },
          {
            type: 'rich_text_section',
            elements: [
              { type: 'link', url: 'tel:+13125550142', text: '+1 312 555 0142' },
              { type: 'link', url: 'mailto:a@acme.test', text: 'a@acme.test' },
            ],
          },
        ],
      },
      { type: 'context', elements: [plain('x')] },
      actions({ type: 'overflow', action_id: 'more', options: options(5) }),
      actions(
        {
          ...button('a', 'v'),
          style: 'primary',
          confirm: { title: plain('x'), text, confirm: plain('x'), deny: plain('x') },
        },
        {
          type: 'static_select',
          options: options(2),
          initial_option: optionOf('v1'),
          placeholder: plain('x'),
        },
        { type: 'users_select', initial_user: ana },
        { type: 'radio_buttons', options: [{ text, value: 'v' }] },
        { type: 'checkboxes', options: options(10) },
        { type: 'datepicker', initial_date: '2026-11-20' },
        { type: 'timepicker', initial_time: '09:30', timezone: 'Europe/Berlin' },
        { type: 'datetimepicker', initial_date_time: 1795165200 },
      ),
    ];
    expect(await client.apiCall('chat.postMessage', { channel: ana, text: 'x', blocks })).toMatchObject({
      ok: true,
    });
  });
});

describe('limits and faults', () => {
  test('a conversation takes a burst of three messages, then one a second', async () => {
    await start({ limits: 'documented' });
    const eva = slack.addUser({ email: 'eva@acme.test', name: 'Eva', tz: 'UTC' }).id;
    for (const text of ['1', '2', '3']) await client.chat.postMessage({ channel: ana, text });
    await expect(client.chat.postMessage({ channel: ana, text: '4' })).rejects.toMatchObject({
      retryAfter: 1,
    });
    const { channel } = await client.conversations.open({ users: ana });
    await expect(client.chat.postMessage({ channel: channel?.id ?? '', text: '4' })).rejects.toMatchObject({
      retryAfter: 1,
    });
    expect(await client.chat.postMessage({ channel: eva, text: '1' })).toMatchObject({ ok: true });
    elapsedMs += 1000;
    expect(await client.chat.postMessage({ channel: ana, text: '4' })).toMatchObject({ ok: true });
    expect(slack.requests.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  test('a method takes as many calls a minute as its tier, apart from the others', async () => {
    await start({ limits: 'documented' });
    for (const _ of many(20, () => 0)) await client.users.list({});
    elapsedMs += 10_000;
    await expect(client.users.list({})).rejects.toMatchObject({ retryAfter: 50 });
    expect(await client.users.info({ user: ana })).toMatchObject({ ok: true });
    elapsedMs += 50_000;
    expect(await client.users.list({})).toMatchObject({ ok: true });
  });

  test('a scripted fault meets as many calls as asked, and no others', async () => {
    slack.failNext({ method: 'chat.postMessage', error: 'fatal_error', times: 2 });
    slack.failNext({ method: '*', status: 429, retryAfter: 7 });
    const post = () => client.chat.postMessage({ channel: ana, text: 'x' });
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' });
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    slack.failNext({ method: 'chat.postMessage', status: 503 });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(slack.messages(anaEmail)).toEqual([]);
    expect(await post()).toMatchObject({ ok: true });
  });

  test('the page of a proxy comes with HTTP 200, and Slack hears nothing of the call', async () => {
    slack.failNext({ method: 'chat.postMessage', html: '<html>Blocked</html>' });
    expect(await refusal(client.chat.postMessage({ channel: ana, text: 'x' }))).toMatchObject({
      error: '<html>Blocked</html>',
    });
    expect(slack.messages(anaEmail)).toEqual([]);
  });

  test('a dropped connection leaves the message posted and the caller in doubt', async () => {
    slack.failNext({ method: 'chat.postMessage', dropAfterEffect: true });
    await expect(client.chat.postMessage({ channel: ana, text: 'card' })).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    expect(slack.messages(anaEmail)).toMatchObject([{ text: 'card' }]);
  });

  test('a hanging call ends with the timeout of the caller', async () => {
    slack.failNext({ method: 'auth.test', hang: true });
    const hasty = new WebClient(botToken, {
      slackApiUrl: slack.apiUrl,
      logger: silent,
      timeout: 50,
      retryConfig: { retries: 0 },
    });
    await expect(hasty.auth.test()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
  });
});

describe('requests to the app', () => {
  const card = (...ids: string[]) => ({
    channel: ana,
    text: 'card',
    blocks: [section('Lead'), buttons(...ids)],
  });

  test('Bolt takes a signed request, and refuses a forged or old one', async () => {
    const url = await startBolt(nothing);
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
    const send = (headers: Record<string, string>) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    expect(await (await send(slack.signed(body))).json()).toEqual({ challenge: 'c' });
    const sixMinutesAgo = Math.floor(Date.now() / 1000) - 360;
    for (const wrong of [{ secret: 'other' }, { signature: 'v0=00' }, { timestamp: sixMinutesAgo }]) {
      expect((await send(slack.signed(body, wrong))).status).toBe(401);
    }
  });

  test('a click brings the message, the chosen button and a response url', async () => {
    let body: BlockAction | undefined;
    await startBolt((app) =>
      app.action('accept', async ({ ack, body: received, respond }) => {
        await ack();
        body = received as BlockAction;
        await respond({ text: 'Yours', response_type: 'ephemeral' });
      }),
    );
    const metadata = { event_type: 'card', event_payload: { handoff: 'h1' } };
    const { ts = '', channel = '' } = await client.chat.postMessage({
      ...card('accept', 'snooze'),
      metadata,
    });
    const outcome = await slack.click(anaEmail, { ts, actionId: 'accept' });
    expect(outcome).toMatchObject({ result: 'acknowledged', acknowledged: true, status: 200, body: '' });
    expect(body).toMatchObject({
      type: 'block_actions',
      user: { id: ana, username: 'ana', team_id: 'T0SANDBOX' },
      team: { id: 'T0SANDBOX', domain: 'sandbox' },
      enterprise: null,
      is_enterprise_install: false,
      api_app_id: 'A0SANDBOX',
      channel: { id: channel },
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      message: { ts, text: 'card', metadata },
      state: { values: {} },
      trigger_id: outcome.triggerId,
      actions: [{ type: 'button', block_id: 'answers', action_id: 'accept', value: 'accept-value' }],
    });
    await expect.poll(() => slack.ephemerals(anaEmail)).toMatchObject([{ text: 'Yours' }]);
    expect(slack.deliveries).toMatchObject([{ kind: 'block_actions', user: ana, status: 200 }]);
  });

  test('a click of somebody who shares a channel is of their own workspace, in the app’s', async () => {
    let body: BlockAction | undefined;
    await start({ enterpriseId: 'E0GRID' });
    await startBolt((app) =>
      app.action('accept', async ({ ack, body: received }) => {
        await ack();
        body = received as BlockAction;
      }),
    );
    const { ts = '' } = await client.chat.postMessage(card('accept'));
    slack.changeUser(anaEmail, { teamId: 'T0ELSEWHERE' });
    await slack.click(anaEmail, { ts, actionId: 'accept' });
    expect(body).toMatchObject({
      user: { id: ana, team_id: 'T0ELSEWHERE' },
      team: { id: 'T0SANDBOX', enterprise_id: 'E0GRID' },
      enterprise: { id: 'E0GRID' },
    });
  });

  test('where the app is installed in a whole grid, nothing names a workspace of its own', async () => {
    const bodies: unknown[] = [];
    await start({ enterpriseId: 'E0GRID', isOrgWide: true });
    await startBolt((app) => {
      app.action('accept', async ({ ack, body }) => {
        await ack();
        bodies.push(body);
      });
      app.command('/handoff', async ({ ack, body }) => {
        await ack();
        bodies.push(body);
      });
      app.event('app_home_opened', async ({ body }) => void bodies.push(body.authorizations));
    });
    const { ts = '' } = await client.chat.postMessage(card('accept'));
    slack.changeUser(anaEmail, { teamId: 'T0OTHER', enterprise: { id: 'E0GRID', teams: ['T0OTHER'] } });
    await slack.click(anaEmail, { ts, actionId: 'accept' });
    await slack.command(anaEmail, '/handoff');
    await slack.openHome(anaEmail);
    const enterprise = { id: 'E0GRID', name: 'Sandbox' };
    expect(bodies).toMatchObject([
      { user: { id: ana, team_id: 'T0OTHER' }, team: null, enterprise, is_enterprise_install: true },
      { user_id: ana, team_id: 'T0OTHER', enterprise_id: 'E0GRID', is_enterprise_install: 'true' },
      [{ enterprise_id: 'E0GRID', team_id: null, is_enterprise_install: true }],
    ]);
    const whoAmI = { team_id: null, enterprise_id: 'E0GRID', is_enterprise_install: true };
    expect(await client.auth.test()).toMatchObject(whoAmI);
    await expect(startSlack({ botToken, signingSecret, isOrgWide: true, now: () => clock })).rejects.toThrow(
      'isOrgWide needs an enterpriseId',
    );
  });

  test('a menu brings the chosen option', async () => {
    const chosen: unknown[] = [];
    await startBolt((app) =>
      app.action(/.*/, async ({ ack, action }) => {
        await ack();
        chosen.push(action);
      }),
    );
    const elements = [
      { type: 'overflow', action_id: 'more', options: [optionOf('snooze'), optionOf('back')] },
      { type: 'static_select', action_id: 'why', options: [optionOf('timing')] },
      { type: 'users_select', action_id: 'who' },
    ] as const;
    const blocks = [{ type: 'actions', block_id: 'menus', elements: [...elements] } as const];
    const { ts = '' } = await client.chat.postMessage({ channel: ana, text: 'x', blocks });
    await slack.click(anaEmail, { ts, actionId: 'more', value: 'back' });
    await slack.click(anaEmail, { ts, actionId: 'why', value: 'timing' });
    await slack.click(anaEmail, { ts, actionId: 'who', value: ana });
    expect(chosen).toMatchObject([
      { type: 'overflow', selected_option: optionOf('back') },
      { type: 'static_select', selected_option: optionOf('timing') },
      { type: 'users_select', selected_user: ana },
    ]);
    expect(await slack.click(anaEmail, { ts, actionId: 'more', value: 'none' })).toMatchObject({
      result: 'refused',
    });
  });

  test('what is not on the card cannot be clicked, except on a card that the person still sees', async () => {
    const blockIds: string[] = [];
    await startBolt((app) =>
      app.action<BlockAction>('accept', async ({ ack, action }) => {
        await ack();
        blockIds.push(action.block_id);
      }),
    );
    const { ts = '', channel = '' } = await client.chat.postMessage(card('accept'));
    const stale = structuredClone(slack.messages(anaEmail)[0]?.blocks ?? []);
    await client.chat.update({ channel, ts, text: 'accepted', blocks: [section('Accepted')] });
    expect(await slack.click(anaEmail, { ts, actionId: 'accept' })).toMatchObject({
      result: 'refused',
      reason: 'there is no element "accept" to click',
    });
    expect(await slack.click(anaEmail, { ts, actionId: 'accept', stale })).toMatchObject({
      acknowledged: true,
    });
    expect(blockIds).toEqual(['answers']);
    expect(await slack.click(anaEmail, { ts: '1.000000', actionId: 'accept' })).toMatchObject({
      result: 'refused',
    });
  });

  test('an app that does not answer in three seconds timed out, and is not asked again', async () => {
    let calls = 0;
    await startBolt((app) =>
      app.action('accept', async () => {
        calls += 1;
      }),
    );
    const { ts = '' } = await client.chat.postMessage(card('accept'));
    const outcome = await slack.click(anaEmail, { ts, actionId: 'accept' });
    expect(outcome).toMatchObject({ result: 'operation_timeout', acknowledged: false, status: null });
    expect(calls).toBe(1);
  });

  test('an app that fails or is away is a failed dispatch', async () => {
    await startBolt((app) =>
      app.action('accept', async () => {
        throw new Error('bug');
      }),
    );
    const { ts = '' } = await client.chat.postMessage(card('accept'));
    expect(await slack.click(anaEmail, { ts, actionId: 'accept' })).toMatchObject({
      result: 'dispatch_failed',
      status: 500,
    });
    slack.setRequestUrl(null);
    expect(await slack.click(anaEmail, { ts, actionId: 'accept' })).toMatchObject({
      result: 'dispatch_failed',
      status: null,
    });
  });

  test('a response url replaces, deletes, is used five times and ends after half an hour', async () => {
    let url = '';
    await startBolt((app) =>
      app.action<BlockAction>('accept', async ({ ack, body }) => {
        await ack();
        url = body.response_url;
      }),
    );
    const respond = async (answer: object) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(answer) });
      return [response.status, ((await response.json()) as { error?: string }).error ?? 'ok'];
    };
    const { ts = '' } = await client.chat.postMessage(card('accept'));
    await slack.click(anaEmail, { ts, actionId: 'accept' });
    expect(await respond({ replace_original: true, text: 'new' })).toEqual([200, 'ok']);
    expect(slack.messages(anaEmail)).toMatchObject([{ ts, text: 'new', blocks: [] }]);
    expect(await respond({ response_type: 'in_channel', text: 'all' })).toEqual([200, 'ok']);
    expect(slack.messages(anaEmail)).toHaveLength(2);
    expect(await respond({ delete_original: true })).toEqual([200, 'ok']);
    expect(slack.messages(anaEmail)).toMatchObject([{ text: 'all' }]);
    await respond({ text: '4' });
    await respond({ text: '5' });
    expect(await respond({ text: '6' })).toEqual([404, 'used_url']);

    const next = await client.chat.postMessage(card('accept'));
    await slack.click(anaEmail, { ts: next.ts ?? '', actionId: 'accept' });
    clock = new Date(clock.getTime() + 30 * 60_000 + 1);
    expect(await respond({ text: 'late' })).toEqual([404, 'expired_url']);
  });

  test('a command brings its words, and its answer is shown to the person', async () => {
    await startBolt((app) => {
      app.command('/handoff', async ({ ack, command }) => {
        await ack(command.text === 'bad' ? { blocks: [{ type: 'nope' }] } : `You said ${command.text}`);
      });
    });
    expect(await slack.command(anaEmail, '/handoff', 'stats me')).toMatchObject({ acknowledged: true });
    expect(slack.ephemerals(anaEmail)).toMatchObject([{ text: 'You said stats me' }]);
    expect(await slack.command(anaEmail, '/handoff', 'bad')).toMatchObject({
      result: 'dispatch_failed',
      reason: 'invalid_command_response: invalid_blocks',
    });
    await slack.command(anaEmail, '/handoff', 'queue', { channel: 'C0GENERAL' });
    expect(slack.ephemerals(anaEmail).at(-1)).toMatchObject({ channel: 'C0GENERAL', text: 'You said queue' });
  });

  test('opening the Home tab lets the app publish it, and brings it from then on', async () => {
    const seen: unknown[] = [];
    await startBolt((app) =>
      app.event('app_home_opened', async ({ event, client: own }) => {
        seen.push((event.view as { id?: string } | undefined)?.id);
        const view: HomeView = { type: 'home', blocks: [section('Your leads'), buttons('show')] };
        await own.views.publish({ user_id: event.user, view });
      }),
    );
    expect(await slack.openHome(anaEmail)).toMatchObject({ acknowledged: true, attempts: 1 });
    await expect
      .poll(() => slack.home(anaEmail))
      .toMatchObject({ type: 'home', blocks: [section('Your leads'), {}] });
    await slack.openHome(anaEmail);
    await expect.poll(() => seen).toEqual([undefined, slack.home(anaEmail)?.id]);
    const view: HomeView = { type: 'home', blocks: [] };
    expect(await refusal(client.views.publish({ user_id: ana, view, hash: 'old' }))).toMatchObject({
      error: 'hash_conflict',
    });
  });

  test('a Home tab that the settings do not show cannot be published, nor one with more than 100 blocks', async () => {
    const publish = (blocks: number) => {
      const view: HomeView = {
        type: 'home',
        blocks: Array.from({ length: blocks }, () => section('A lead')),
      };
      return client.views.publish({ user_id: ana, view });
    };
    expect(await publish(100)).toMatchObject({ ok: true, view: { hash: slack.home(anaEmail)?.hash } });
    expect(await refusal(publish(101))).toMatchObject({ error: 'invalid_arguments' });
    slack.setHomeTab(false);
    expect(await refusal(publish(1))).toMatchObject({ error: 'not_enabled' });
  });

  test('opening the conversation with the bot tells it so, in no view', async () => {
    let opened: unknown;
    await startBolt((app) =>
      app.event('app_home_opened', async ({ event }) => {
        opened = event;
      }),
    );
    expect(await slack.openHome(anaEmail, 'messages')).toMatchObject({ acknowledged: true, attempts: 1 });
    const event = { type: 'app_home_opened', user: ana, tab: 'messages', event_ts: expect.any(String) };
    await expect.poll(() => opened).toEqual({ ...event, channel: expect.stringMatching(/^D/) });
  });

  test('an event that fails is sent three times more, unless the app says not to', async () => {
    const headers: IncomingHttpHeaders[] = [];
    let noRetry = false;
    const failing = createServer((request, response) => {
      headers.push(request.headers);
      response.writeHead(500, noRetry ? { 'x-slack-no-retry': '1' } : {}).end();
    }).listen(0, '127.0.0.1');
    await once(failing, 'listening');
    stops.push(async () => failing.close());
    slack.setRequestUrl(`http://127.0.0.1:${(failing.address() as AddressInfo).port}/`);

    expect(await slack.openHome(anaEmail)).toMatchObject({ acknowledged: false, attempts: 4 });
    expect(headers.map((sent) => sent['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(headers[1]?.['x-slack-retry-reason']).toBe('http_error');
    noRetry = true;
    expect(await slack.openHome(anaEmail)).toMatchObject({ attempts: 1 });
  });
});

describe('modals', () => {
  const note = {
    type: 'input',
    block_id: 'note',
    label: plain('Note'),
    element: { type: 'plain_text_input', action_id: 'text', max_length: 10 },
  } as const;
  const reason = {
    type: 'input',
    block_id: 'reason',
    label: plain('Reason'),
    dispatch_action: true,
    element: { type: 'static_select', action_id: 'pick', options: [optionOf('timing'), optionOf('spam')] },
  } as const;
  const optionalDate = {
    type: 'input',
    block_id: 'date',
    label: plain('Revisit'),
    optional: true,
    element: { type: 'datepicker', action_id: 'day' },
  } as const;
  const modal = (changes: Partial<ModalView> = {}): ModalView => ({
    type: 'modal',
    callback_id: 'disqualify',
    title: plain('Disqualify'),
    submit: plain('Disqualify'),
    private_metadata: 'h1',
    blocks: [reason, note, optionalDate],
    ...changes,
  });

  /** A Bolt app whose button opens the modal, and the trigger of the click that did. */
  async function openModal(view: ModalView, listen: (app: App) => void = nothing): Promise<string> {
    await startBolt((app) => {
      app.action<BlockAction>('disqualify', async ({ ack, body, client: own }) => {
        await ack();
        await own.views.open({ trigger_id: body.trigger_id, view });
      });
      listen(app);
    });
    const blocks = [buttons('disqualify')];
    const { ts = '' } = await client.chat.postMessage({ channel: ana, text: 'card', blocks });
    const { triggerId } = await slack.click(anaEmail, { ts, actionId: 'disqualify' });
    await expect.poll(() => slack.openView(anaEmail)).not.toBeNull();
    return triggerId ?? '';
  }

  /** The trigger of a command that nobody answers. */
  async function freshTrigger(): Promise<string> {
    slack.setRequestUrl(null);
    const { triggerId } = await slack.command(anaEmail, '/handoff');
    return triggerId ?? '';
  }

  const filled = { reason: { pick: 'timing' }, note: { text: 'Q2' } };

  test('a trigger opens one modal, within three seconds', async () => {
    const trigger_id = await openModal(modal());
    expect(slack.openView(anaEmail)).toMatchObject({ callback_id: 'disqualify', private_metadata: 'h1' });
    const open = async (trigger: string) =>
      (await refusal(client.views.open({ trigger_id: trigger, view: modal() })))['error'];
    expect(await open(trigger_id)).toBe('exchanged_trigger_id');
    expect(await open('1.2.3')).toBe('invalid_trigger_id');
    const triggerId = await freshTrigger();
    elapsedMs += 3001;
    expect(await open(triggerId)).toBe('expired_trigger_id');
  });

  test('a modal is submitted with what was filled in, and closes', async () => {
    let values: unknown;
    await openModal(modal(), (app) => {
      app.view('disqualify', async ({ ack, view }) => {
        values = view.state.values;
        await ack();
      });
    });
    expect(await slack.submitView(anaEmail, filled)).toMatchObject({ acknowledged: true, errors: {} });
    expect(values).toEqual({
      reason: { pick: { type: 'static_select', selected_option: optionOf('timing') } },
      note: { text: { type: 'plain_text_input', value: 'Q2' } },
      date: { day: { type: 'datepicker', selected_date: null } },
    });
    expect(slack.openView(anaEmail)).toBeNull();
    expect(await slack.submitView(anaEmail, filled)).toMatchObject({ result: 'refused' });
  });

  test('the app does not hear of a modal that is not filled in', async () => {
    await openModal(modal());
    expect(
      await slack.submitView(anaEmail, { note: { text: long(11) }, reason: { pick: 'boredom' } }),
    ).toMatchObject({
      result: 'refused',
      errors: { note: 'must have at most 10 characters', reason: 'no option has the value "boredom"' },
    });
    expect(await slack.submitView(anaEmail, { date: { day: 'soon' } })).toMatchObject({
      errors: {
        reason: 'Please complete this required field.',
        note: 'Please complete this required field.',
        date: 'must be a date in the format YYYY-MM-DD',
      },
    });
    expect(slack.deliveries.filter(({ kind }) => kind === 'view_submission')).toEqual([]);
  });

  test('errors keep the modal open, and have to name one of its inputs', async () => {
    let blockId = 'date';
    await openModal(modal(), (app) => {
      app.view('disqualify', async ({ ack }) => {
        await ack({ response_action: 'errors', errors: { [blockId]: 'Choose a day to come' } });
      });
    });
    expect(await slack.submitView(anaEmail, filled)).toMatchObject({
      errors: { date: 'Choose a day to come' },
    });
    blockId = 'nowhere';
    expect(await slack.submitView(anaEmail)).toMatchObject({ result: 'dispatch_failed', errors: {} });
    expect(slack.openView(anaEmail)).not.toBeNull();
  });

  test('an answer can update the modal, push up to two more, and clear them all', async () => {
    const pushed = modal({ callback_id: 'sure', title: plain('Sure?'), blocks: [section('Really?')] });
    await openModal(modal(), (app) => {
      let submissions = 0;
      app.view('disqualify', async ({ ack }) => {
        submissions += 1;
        await ack(
          submissions === 1
            ? { response_action: 'update', view: modal({ title: plain('Again') }) }
            : { response_action: 'push', view: pushed },
        );
      });
      app.view('sure', async ({ ack, view }) => {
        const deep = view.root_view_id !== view.previous_view_id;
        await ack(deep ? { response_action: 'clear' } : { response_action: 'push', view: pushed });
      });
    });
    await slack.submitView(anaEmail, filled);
    expect(slack.openView(anaEmail)).toMatchObject({ title: plain('Again') });
    await slack.submitView(anaEmail, filled);
    await slack.submitView(anaEmail);
    expect(slack.openView(anaEmail)).toMatchObject({ callback_id: 'sure' });
    await slack.submitView(anaEmail);
    expect(slack.openView(anaEmail)).toBeNull();
  });

  test('a broken view in an answer leaves the modal as it was', async () => {
    await openModal(modal(), (app) => {
      app.view('disqualify', async ({ ack }) => {
        await ack({ response_action: 'update', view: modal({ title: plain(long(25)) }) });
      });
    });
    expect(await slack.submitView(anaEmail, filled)).toMatchObject({
      result: 'dispatch_failed',
      reason: expect.stringContaining('/view/title/text'),
    });
    expect(slack.openView(anaEmail)).toMatchObject({ title: plain('Disqualify') });
  });

  test('a choice that dispatches lets the app update the modal, which keeps what was typed', async () => {
    await openModal(modal(), (app) => {
      app.action<BlockAction>('pick', async ({ ack, body, client: own }) => {
        await ack();
        const { id = '', hash = '' } = body.view ?? {};
        await own.views.update({ view_id: id, hash, view: modal({ blocks: [reason, note] }) });
      });
    });
    const before = slack.openView(anaEmail);
    await slack.click(anaEmail, { view: 'modal', actionId: 'pick', value: 'spam' });
    await expect.poll(() => slack.openView(anaEmail)?.blocks).toHaveLength(2);
    expect(slack.openView(anaEmail)).toMatchObject({
      id: before?.id,
      state: { values: { reason: { pick: { selected_option: optionOf('spam') } } } },
    });
    const view_id = before?.id ?? '';
    expect(
      await refusal(client.views.update({ view_id, hash: before?.hash ?? '', view: modal() })),
    ).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await refusal(client.views.update({ view_id: 'V404', view: modal() }))).toMatchObject({
      error: 'not_found',
    });
    expect(await slack.click(anaEmail, { view: 'modal', actionId: 'text', value: 'x' })).toMatchObject({
      result: 'refused',
    });
  });

  test('a fourth modal on the stack, and a push from outside it, are refused', async () => {
    const step = modal({ blocks: [buttons('next')] });
    const errors: unknown[] = [];
    await openModal(step, (app) => {
      app.action<BlockAction>('next', async ({ ack, body, client: own }) => {
        await ack();
        await own.views.push({ trigger_id: body.trigger_id, view: step }).catch((error) => {
          errors.push((error as { data: { error: string } }).data.error);
        });
      });
    });
    for (const depth of [2, 3]) {
      await slack.click(anaEmail, { view: 'modal', actionId: 'next' });
      await expect.poll(() => slack.callCounts()['views.push']).toBe(depth - 1);
    }
    await slack.click(anaEmail, { view: 'modal', actionId: 'next' });
    await expect.poll(() => errors).toEqual(['push_limit_reached']);
    const triggerId = await freshTrigger();
    expect(await refusal(client.views.push({ trigger_id: triggerId, view: step }))).toMatchObject({
      error: 'not_found',
    });
  });

  test('closing tells the app when it asked to know', async () => {
    let cleared: boolean | undefined;
    await openModal(modal({ notify_on_close: true }), (app) => {
      app.view({ callback_id: 'disqualify', type: 'view_closed' }, async ({ ack, body }) => {
        cleared = body.type === 'view_closed' ? body.is_cleared : undefined;
        await ack();
      });
    });
    expect(await slack.closeView(anaEmail)).toMatchObject({ acknowledged: true });
    expect(cleared).toBe(false);
    expect(slack.openView(anaEmail)).toBeNull();
    expect(await slack.closeView(anaEmail)).toBeNull();
  });
});

describe('Socket Mode', () => {
  const appToken = 'xapp-test';
  const connect = async () => {
    const { url = '' } = await webClient(appToken).apps.connections.open();
    const socket = new WebSocket(url);
    stops.push(async () => socket.close());
    const messages: Record<string, unknown>[] = [];
    const { promise: first, resolve } = Promise.withResolvers<void>();
    socket.addEventListener('message', ({ data }) => {
      messages.push(JSON.parse(String(data)));
      resolve();
    });
    await first;
    return { url, socket, messages };
  };

  beforeEach(() => start({ appToken }));

  test('is opened with the app-level token, which opens nothing else', async () => {
    expect(await webClient(appToken).apps.connections.open()).toMatchObject({
      ok: true,
      url: expect.stringMatching(/^ws:/),
    });
    for (const call of [client.apps.connections.open(), webClient(appToken).auth.test()]) {
      expect(await refusal(call)).toMatchObject({ error: 'not_allowed_token_type' });
    }
  });

  test('says hello, at an address that works once', async () => {
    const { url, messages } = await connect();
    expect(messages).toMatchObject([
      { type: 'hello', num_connections: 1, connection_info: { app_id: 'A0SANDBOX' } },
    ]);
    const again = new WebSocket(url);
    await new Promise((resolve) => again.addEventListener('error', resolve));
    expect(slack.sockets.connections()).toBe(1);
  });

  test('has no room for an eleventh connection', async () => {
    for (let count = 1; count <= 10; count += 1) await connect();
    expect((await connect()).messages).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
  });

  test('gives an envelope to one connection, and takes its answer for what a click would have got', async () => {
    const { socket, messages } = await connect();
    socket.addEventListener('message', ({ data }) => {
      const { envelope_id } = JSON.parse(String(data));
      socket.send(JSON.stringify({ envelope_id, payload: { text: 'Yours' } }));
    });
    expect(await slack.command(anaEmail, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
    expect(messages[1]).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/handoff', text: 'stats', user_id: ana },
    });
    expect(slack.ephemerals(anaEmail)).toMatchObject([{ text: 'Yours' }]);
  });

  test('without a connection a click fails', async () => {
    expect(await slack.command(anaEmail, '/handoff')).toMatchObject({ result: 'dispatch_failed' });
  });
});
