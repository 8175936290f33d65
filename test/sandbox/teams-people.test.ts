import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { TeamsActivityHandler, TeamsInfo } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTeams, type TeamsServer, type TeamsUser } from '../../sandbox/teams/server.ts';
import { appIdentity, msalAt, startBot } from './teams-bot.ts';

const anaEmail = 'ana@acme.test';
const cardType = 'application/vnd.microsoft.card.adaptive';
const messageType = 'application/vnd.microsoft.activity.message';
const errorType = 'application/vnd.microsoft.error';

type Json = Record<string, unknown>;

let teams: TeamsServer;
let ana: TeamsUser;
/** What the bot heard, oldest first. */
let heard: Json[];
/** What the bot says to the next activity; `silence` is no answer at all. */
let reply: (activity: Json) => { status: number; body?: unknown } | 'silence';
const stops: (() => Promise<unknown>)[] = [];

const fine = (type: string, value: unknown) => ({ status: 200, body: { statusCode: 200, type, value } });

beforeEach(async () => {
  heard = [];
  reply = () => ({ status: 200 });
  teams = await startTeams({ ...appIdentity, now: () => new Date('2026-11-20T14:00:00Z'), limits: 'off' });
  stops.push(teams.close);
  ana = teams.addUser({ email: anaEmail, name: 'Ana Ortiz', zone: 'America/New_York' });
  teams.setMessagesUrl(await startListener());
  await teams.install(anaEmail, 'installation');
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A bot without an SDK: it answers whatever a test wants it to. */
async function startListener(): Promise<string> {
  const server = createServer(async (request, response) => {
    const activity = (await json(request)) as Json;
    heard.push(activity);
    const answer = reply(activity);
    if (answer === 'silence') return;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
}

const execute = (verb: string, changes: Json = {}) => ({
  type: 'Action.Execute',
  title: verb,
  verb,
  ...changes,
});
const card = (text: string, changes: Json = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  actions: [execute('accept', { data: { lead: '7' } })],
  ...changes,
});
const form = (inputs: Json[], action: Json = {}) =>
  card('form', { body: inputs, actions: [execute('save', { data: { lead: '7' }, ...action })] });

/** Sends a card to Ana as the bot does, and returns the id of the message. */
async function sendCard(content: unknown): Promise<string> {
  const { id, bearer } = await toConversation();
  const response = await fetch(`${teams.serviceUrl}v3/conversations/${encodeURIComponent(id)}/activities`, {
    method: 'POST',
    headers: { authorization: bearer },
    body: JSON.stringify({ type: 'message', attachments: [{ contentType: cardType, content }] }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

async function updateCard(messageId: string, content: unknown): Promise<void> {
  const { id, bearer } = await toConversation();
  const place = `${teams.serviceUrl}v3/conversations/${encodeURIComponent(id)}/activities/${messageId}`;
  const body = JSON.stringify({ type: 'message', attachments: [{ contentType: cardType, content }] });
  await fetch(place, { method: 'PUT', headers: { authorization: bearer }, body });
}

async function toConversation(): Promise<{ id: string; bearer: string }> {
  const scopes = ['https://api.botframework.com/.default'];
  const granted = await msalAt(teams).acquireTokenByClientCredential({ scopes });
  const [installation] = heard;
  const { id } = partOf(installation, 'conversation');
  return { id: String(id), bearer: `Bearer ${granted?.accessToken}` };
}

const partOf = (whole: Json | undefined, name: string): Json => (whole?.[name] ?? {}) as Json;
const actionOf = (activity: Json | undefined): Json => partOf(partOf(activity, 'value'), 'action');
const shown = () => teams.messages(anaEmail).at(-1)?.shown;

describe('what the bot hears', () => {
  test('an installation tells who, where and in which tenant, but no zone', () => {
    expect(heard).toEqual([
      {
        type: 'installationUpdate',
        action: 'add',
        id: expect.stringMatching(/^f:/),
        timestamp: '2026-11-20T14:00:00.000Z',
        locale: 'en-US',
        serviceUrl: teams.serviceUrl,
        channelId: 'msteams',
        from: { id: ana.memberId, name: 'Ana Ortiz', aadObjectId: ana.id },
        conversation: {
          conversationType: 'personal',
          tenantId: appIdentity.tenantId,
          id: expect.stringMatching(/^a:1/),
        },
        recipient: { id: `28:${appIdentity.appId}`, name: expect.any(String) },
        entities: [
          {
            type: 'clientInfo',
            locale: 'en-US',
            platform: 'Web',
          },
        ],
        channelData: {
          tenant: { id: appIdentity.tenantId },
          source: { name: 'message' },
          settings: { selectedChannel: { id: expect.stringMatching(/^a:1/) } },
        },
      },
    ]);
  });

  test('a removal is told once, after which the person can neither write nor press', async () => {
    const messageId = await sendCard(card('Lead'));
    expect(await teams.uninstall(anaEmail, 'installation')).toMatchObject({ result: 'answered' });
    expect(heard.at(-1)).toMatchObject({ type: 'installationUpdate', action: 'remove' });
    for (const outcome of [
      await teams.uninstall(anaEmail, 'installation'),
      await teams.write(anaEmail, 'hello'),
      await teams.press(anaEmail, { messageId, verb: 'accept' }),
    ]) {
      expect(outcome).toMatchObject({ result: 'refused', reason: expect.stringContaining('not installed') });
    }
    expect(await teams.view(anaEmail)).toEqual([]);
    expect(heard).toHaveLength(2);
  });

  test('a message has the id under which it stays in the conversation', async () => {
    const outcome = await teams.write(anaEmail, 'help');
    expect(outcome).toMatchObject({ result: 'answered', status: 200, reason: null });
    const [message] = teams.messages(anaEmail);
    expect(message).toMatchObject({ from: 'person', text: 'help' });
    expect(heard.at(-1)).toMatchObject({ type: 'message', id: message?.id, text: 'help' });
  });

  test('a pressed action is an invoke with its verb, its data and the message that it stands in', async () => {
    reply = () => fine(messageType, 'Done');
    const actions = [execute('accept', { id: 'x', data: { lead: '7' } })];
    const messageId = await sendCard(card('Lead', { actions }));
    expect(await teams.press(anaEmail, { messageId, verb: 'accept' })).toMatchObject({
      result: 'answered',
      text: 'Done',
      card: null,
    });
    expect(heard.at(-1)).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: messageId,
      from: { aadObjectId: ana.id },
      value: {
        action: { type: 'Action.Execute', id: 'x', verb: 'accept', data: { lead: '7' } },
        trigger: 'manual',
      },
    });
  });

  test('an old client submits the fallback, a message without a text', async () => {
    const fallback = { type: 'Action.Submit', data: { verb: 'accept' } };
    const messageId = await sendCard(
      card('Lead', { actions: [execute('accept', { fallback }), execute('skip')] }),
    );
    expect(await teams.press(anaEmail, { messageId, verb: 'accept', as: 'submit' })).toMatchObject({
      result: 'answered',
    });
    expect(heard.at(-1)).toMatchObject({ type: 'message', replyToId: messageId, value: { verb: 'accept' } });
    expect(heard.at(-1)).not.toHaveProperty('text');
    expect(teams.messages(anaEmail)).toHaveLength(1);
    expect(await teams.press(anaEmail, { messageId, verb: 'skip', as: 'submit' })).toMatchObject({
      result: 'refused',
      reason: expect.stringContaining('falls back to no Action.Submit'),
    });
  });

  test('an opened conversation asks anew for the cards that are to be refreshed for this person', async () => {
    const refresh = (userIds?: string[]) => ({ refresh: { action: execute('refresh'), userIds } });
    const forAll = await sendCard(card('for all', refresh()));
    const forAna = await sendCard(card('for Ana', refresh([ana.memberId])));
    await sendCard(card('for others', refresh(['29:1other'])));
    await sendCard(card('for nobody'));
    reply = () => fine(cardType, card('refreshed'));
    expect(await teams.view(anaEmail)).toMatchObject([{ result: 'answered' }, { result: 'answered' }]);
    expect(heard.slice(-2)).toMatchObject([
      { replyToId: forAll, value: { trigger: 'automatic', action: { verb: 'refresh', data: {} } } },
      { replyToId: forAna, value: { trigger: 'automatic' } },
    ]);
    expect(teams.messages(anaEmail).map((message) => message.shown)).toMatchObject([
      card('refreshed'),
      card('refreshed'),
      { body: [{ text: 'for others' }] },
      card('for nobody'),
    ]);
  });
});

describe('what the person sees', () => {
  test('the card that answers an action, until the message is updated', async () => {
    const messageId = await sendCard(card('Lead'));
    reply = () => fine(cardType, card('Accepted'));
    const outcome = await teams.press(anaEmail, { messageId, verb: 'accept' });
    expect(outcome).toMatchObject({ result: 'answered', card: card('Accepted') });
    expect(teams.messages(anaEmail)).toMatchObject([
      { card: card('Lead'), shown: card('Accepted'), edited: false },
    ]);
    await updateCard(messageId, card('Accepted by Ana'));
    expect(shown()).toEqual(card('Accepted by Ana'));
  });

  test('only what the shown card offers can be pressed, unless an old card is still on the screen', async () => {
    const messageId = await sendCard(card('Lead'));
    reply = () => fine(cardType, card('Accepted', { actions: [] }));
    await teams.press(anaEmail, { messageId, verb: 'accept' });
    expect(await teams.press(anaEmail, { messageId, verb: 'accept' })).toMatchObject({
      result: 'refused',
      reason: 'the card has no action with the verb "accept"',
    });
    const stale = await teams.press(anaEmail, { messageId, verb: 'accept', card: card('Lead') });
    expect(stale).toMatchObject({ result: 'answered' });
    expect(await teams.press(anaEmail, { messageId: '1', verb: 'accept' })).toMatchObject({
      result: 'refused',
      reason: expect.stringContaining('sees no card'),
    });
  });

  test('of several actions with one verb, the one that carries what is pressed', async () => {
    const actions = ['1', '2'].map((lead) => execute('show', { data: { lead, list: 'x' } }));
    const messageId = await sendCard(card('Leads', { actions }));
    reply = () => fine(messageType, 'Here');
    await teams.press(anaEmail, { messageId, verb: 'show', data: { lead: '2', list: 'x', note: 'y' } });
    expect(actionOf(heard.at(-1))['data']).toEqual({ lead: '2', list: 'x' });
    await teams.press(anaEmail, { messageId, verb: 'show' });
    expect(actionOf(heard.at(-1))['data']).toEqual({ lead: '1', list: 'x' });
    expect(await teams.press(anaEmail, { messageId, verb: 'show', data: { lead: '3' } })).toMatchObject({
      result: 'refused',
    });
  });

  test("the bot's own error answer", async () => {
    const messageId = await sendCard(card('Lead'));
    const value = { code: 'Gone', message: 'The lead is gone' };
    reply = () => ({ status: 200, body: { statusCode: 400, type: errorType, value } });
    expect(await teams.press(anaEmail, { messageId, verb: 'accept' })).toMatchObject({
      result: 'answered',
      reason: 'Gone: The lead is gone',
      text: null,
    });
    expect(shown()).toEqual(card('Lead'));
  });

  test.each<[title: string, answer: { status: number; body?: unknown }, reason: string]>([
    ['HTTP 500', { status: 500, body: 'Error' }, 'HTTP 500: expected 200'],
    ['HTTP 202', { status: 202 }, 'HTTP 202: expected 200'],
    ['nothing', { status: 200 }, 'not a JSON object'],
    ['words', { status: 200, body: 'fine' }, 'not a JSON object'],
    ['no status code', { status: 200, body: { type: messageType, value: 'x' } }, 'statusCode is undefined'],
    ['no value', { status: 200, body: { statusCode: 200, type: messageType } }, 'value is no text'],
    ['an empty message', fine(messageType, ''), 'value is no text'],
    ['a card as a message', fine(messageType, card('x')), 'value is no text'],
    ['a text as a card', fine(cardType, 'x'), 'the card is not valid'],
    [
      'a card with an unknown element',
      fine(cardType, card('x', { body: [{ type: 'Badge' }] })),
      '/body/0/type',
    ],
    [
      'a card of a failure',
      { status: 200, body: { statusCode: 500, type: cardType, value: card('x') } },
      'expected 200',
    ],
    [
      'an error without a code',
      { status: 200, body: { statusCode: 400, type: errorType, value: {} } },
      'code and message',
    ],
    ['an error that is none', fine(errorType, { code: 'x', message: 'x' }), 'expected 400 or more'],
    ['another type', fine('application/json', {}), 'type "application/json"'],
  ])('that the app cannot be reached when it answers %s', async (_, answer, reason) => {
    const messageId = await sendCard(card('Lead'));
    reply = () => answer;
    expect(await teams.press(anaEmail, { messageId, verb: 'accept' })).toMatchObject({
      result: 'unreachable',
      reason: expect.stringContaining(reason),
    });
    expect(shown()).toEqual(card('Lead'));
  });

  test('that the app cannot be reached when it is not there', async () => {
    teams.setMessagesUrl('http://127.0.0.1:1/api/messages');
    expect(await teams.write(anaEmail, 'x')).toMatchObject({ result: 'unreachable', status: null });
    teams.setMessagesUrl(null);
    expect(await teams.write(anaEmail, 'x')).toMatchObject({
      result: 'unreachable',
      reason: 'the bot has no messaging endpoint',
    });
  });
});

describe('what the person fills in', () => {
  const reason = {
    type: 'Input.ChoiceSet',
    id: 'reason',
    isRequired: true,
    errorMessage: 'Choose a reason',
    choices: ['budget', 'timing'].map((value) => ({ title: value, value })),
  };
  const note = { type: 'Input.Text', id: 'note', maxLength: 5, regex: '^[a-z]*$' };

  async function save(content: unknown, inputs: Record<string, string> = {}) {
    reply = () => fine(messageType, 'Saved');
    return teams.press(anaEmail, { messageId: await sendCard(content), verb: 'save', inputs });
  }

  test('goes into the data of the action, as text', async () => {
    const inputs = { reason: 'budget', note: 'later' };
    expect(await save(form([reason, note]), inputs)).toMatchObject({ result: 'answered' });
    expect(actionOf(heard.at(-1))['data']).toEqual({ lead: '7', reason: 'budget', note: 'later' });
  });

  test('is what stands there already, and nothing where nothing stands', async () => {
    const toggle = { type: 'Input.Toggle', id: 'call', title: 'Call me' };
    const days = { type: 'Input.Number', id: 'days', value: 3 };
    await save(form([note, toggle, days]));
    expect(actionOf(heard.at(-1))['data']).toEqual({ lead: '7', call: 'false', days: 3 });
  });

  test.each<[title: string, input: Json, entry: string, message: string]>([
    ['nothing, though it is required', reason, '', 'Choose a reason'],
    [
      'what is not among the choices',
      { ...reason, errorMessage: undefined },
      'mood',
      'not among the choices',
    ],
    ['one wrong choice of several', { ...reason, isMultiSelect: true }, 'budget,mood', 'Choose a reason'],
    ['a text that is too long', note, 'abcdef', 'at most 5'],
    ['a text of the wrong form', note, 'A1', 'right form'],
    ['a number that is none', { type: 'Input.Number', id: 'n' }, 'x', 'not a number'],
    ['a number that is too small', { type: 'Input.Number', id: 'n', min: 3 }, '2', 'least is 3'],
    ['a number that is too large', { type: 'Input.Number', id: 'n', max: 3 }, '4', 'most is 3'],
    ['a date that is none', { type: 'Input.Date', id: 'd' }, 'Monday', 'not a date'],
    [
      'a date that is too early',
      { type: 'Input.Date', id: 'd', min: '2026-11-20' },
      '2026-11-19',
      'least is',
    ],
    ['a time that is none', { type: 'Input.Time', id: 't' }, '9', 'not a time'],
    [
      'no consent, though it is required',
      { type: 'Input.Toggle', id: 'o', title: 'O', isRequired: true },
      '',
      'switched on',
    ],
    ['neither on nor off', { type: 'Input.Toggle', id: 'o', title: 'O' }, 'maybe', 'neither'],
  ])('is not sent when it is %s', async (_, input, entry, message) => {
    const id = String(input['id']);
    const outcome = await save(form([input]), entry === '' ? {} : { [id]: entry });
    expect(outcome).toMatchObject({ result: 'refused', errors: { [id]: expect.stringContaining(message) } });
    expect(heard).toHaveLength(1);
  });

  test('several choices are one text with commas', async () => {
    expect(await save(form([{ ...reason, isMultiSelect: true }]), { reason: 'budget,timing' })).toMatchObject(
      {
        result: 'answered',
      },
    );
    expect(actionOf(heard.at(-1))['data']).toMatchObject({ reason: 'budget,timing' });
  });

  test('is neither checked nor sent when the action wants no inputs', async () => {
    await save(form([reason], { associatedInputs: 'none' }));
    expect(actionOf(heard.at(-1))['data']).toEqual({ lead: '7' });
  });

  test('in an inner card goes along with that of the cards around it, and not the other way', async () => {
    const inner = { type: 'AdaptiveCard', body: [reason], actions: [execute('save')] };
    const content = card('outer', {
      body: [{ type: 'Container', items: [note] }],
      actions: [{ type: 'Action.ShowCard', title: 'Disqualify', card: inner }, execute('accept')],
    });
    await save(content, { reason: 'timing', note: 'later' });
    expect(actionOf(heard.at(-1))['data']).toEqual({ reason: 'timing', note: 'later' });
    const messageId = teams.messages(anaEmail).at(-1)?.id ?? '';
    expect(await teams.press(anaEmail, { messageId, verb: 'accept' })).toMatchObject({ result: 'answered' });
    expect(
      await teams.press(anaEmail, { messageId, verb: 'accept', inputs: { reason: 'timing' } }),
    ).toMatchObject({
      result: 'refused',
      errors: { reason: 'there is no input "reason" around the action' },
    });
  });

  test('an action that is not enabled cannot be pressed', async () => {
    expect(await save(form([], { isEnabled: false }))).toMatchObject({ result: 'refused' });
  });
});

describe('deliveries', () => {
  test('an answer that does not come in time is asked for once more, as the same activity', async () => {
    const hurried = await startTeams({
      ...appIdentity,
      now: () => new Date('2026-11-20T14:00:00Z'),
      messagesUrl: await startListener(),
      answerWithinMs: 250,
    });
    stops.push(hurried.close);
    hurried.addUser({ email: anaEmail, name: 'Ana Ortiz' });
    heard = [];
    reply = () => 'silence';
    expect(await hurried.install(anaEmail, 'installation')).toMatchObject({
      result: 'timeout',
      status: null,
      reason: 'the bot did not answer within 250 ms',
    });
    expect(heard).toHaveLength(2);
    expect(heard[1]).toEqual(heard[0]);

    reply = () => (heard.length === 3 ? 'silence' : { status: 200 });
    expect(await hurried.write(anaEmail, 'hello')).toMatchObject({ result: 'answered' });
    expect(hurried.deliveries.map(({ kind, result }) => [kind, result])).toEqual([
      ['installationUpdate', 'timeout'],
      ['installationUpdate', 'timeout'],
      ['message', 'timeout'],
      ['message', 'answered'],
    ]);
  });

  test('an action may come again although it was answered, under its id or a new one', async () => {
    reply = () => fine(messageType, 'Done');
    const messageId = await sendCard(card('Lead'));
    await teams.press(anaEmail, { messageId, verb: 'accept', redeliver: 'sameId' });
    await teams.press(anaEmail, { messageId, verb: 'accept', redeliver: 'newId' });
    const [first, again, second, anew] = heard.slice(1);
    expect(again).toEqual(first);
    expect(anew).toEqual({ ...second, id: expect.stringMatching(/^f:/) });
    expect(anew?.['id']).not.toBe(second?.['id']);
  });

  test('every delivery is kept with its person, its verb and what became of it', async () => {
    const messageId = await sendCard(card('Lead'));
    reply = () => ({ status: 501 });
    await teams.press(anaEmail, { messageId, verb: 'accept' });
    expect(teams.deliveries.at(-1)).toEqual({
      at: new Date('2026-11-20T14:00:00Z'),
      kind: 'invoke',
      verb: 'accept',
      user: ana.id,
      activityId: heard.at(-1)?.['id'],
      result: 'unreachable',
      status: 501,
    });
  });
});

describe('a real bot', () => {
  /** Answers as botbuilder's handler for Teams does. */
  class Bot extends TeamsActivityHandler {
    readonly installs: string[] = [];

    constructor() {
      super();
      this.onInstallationUpdateAdd(async (context, next) => {
        this.installs.push(context.activity.from.aadObjectId ?? '');
        const { email } = await TeamsInfo.getMember(context, context.activity.from.id);
        await context.sendActivity(`Welcome, ${email}`);
        await next();
      });
      this.onMessage(async (context, next) => {
        await context.sendActivity({
          type: 'message',
          attachments: [{ contentType: cardType, content: card(`You said ${context.activity.text}`) }],
        });
        await next();
      });
    }

    protected override async onAdaptiveCardInvoke(): ReturnType<
      TeamsActivityHandler['onAdaptiveCardInvoke']
    > {
      return { statusCode: 200, type: cardType, value: card('Accepted') };
    }
  }

  test('greets whoever installs it, answers what they write and changes the card that they press', async () => {
    const handler = new Bot();
    const bot = await startBot(teams, (context) => handler.run(context));
    stops.push(bot.stop);
    expect(await teams.install(anaEmail, 'installation')).toMatchObject({ result: 'answered', status: 200 });
    expect(handler.installs).toEqual([ana.id]);
    await teams.write(anaEmail, 'stats');
    expect(teams.messages(anaEmail)).toMatchObject([
      { from: 'bot', text: `Welcome, ${anaEmail}` },
      { from: 'person', text: 'stats' },
      { from: 'bot', card: card('You said stats') },
    ]);
    const messageId = teams.messages(anaEmail).at(-1)?.id ?? '';
    expect(await teams.press(anaEmail, { messageId, verb: 'accept' })).toMatchObject({
      result: 'answered',
      card: card('Accepted'),
    });
    expect(shown()).toEqual(card('Accepted'));
  });

  test('that does not know the invoke cannot be reached', async () => {
    const messageId = await sendCard(card('Lead'));
    const handler = new TeamsActivityHandler();
    const bot = await startBot(teams, (context) => handler.run(context));
    stops.push(bot.stop);
    const { status, result } = await teams.press(anaEmail, { messageId, verb: 'accept' });
    expect([status, result]).toEqual([501, 'unreachable']);
  });
});
