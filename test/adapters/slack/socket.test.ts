import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';
import { slackChat } from '../../../src/adapters/slack/chat.ts';
import { connectSlack, type SlackConnection } from '../../../src/adapters/slack/connect.ts';
import { slackListeners } from '../../../src/adapters/slack/listeners.ts';
import { line } from '../../../src/domain/words/line.ts';
import { plainCard } from '../../support/cards.ts';
import { connectionsOf } from '../../support/chats/start.ts';
import { touchForm } from '../../support/forms.ts';

const email = 'ana@acme.test';
const secrets = { botToken: 'xoxb-test', signingSecret: 'secret', appToken: 'xapp-test' };
const card = plainCard({
  actions: [
    { kind: 'command', command: 'accept', label: 'Accept', primary: true },
    { kind: 'form', form: touchForm(), label: 'Log a Touch', primary: false },
  ],
});
const touch = { kind: { value: 'call' }, outcome: { value: 'connected' }, note: { value: 'Wants a quote' } };

let slack: SlackServer;
let ts: string;
let running: SlackConnection[];
/** Which connection carried out what, by the id under which it has one effect. */
let carriedOut: { by: number; id: string }[];
let seen: number;
let logged: string[];

const log = {
  warn: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
  error: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
};

/** One more process of the bot. */
function connect(): SlackConnection {
  const by = running.length;
  const connection = connectSlack({ ...secrets, apiUrl: slack.apiUrl }, log);
  slackListeners(connection.bolt, {
    respond: async ({ commandId }) => {
      carriedOut.push({ by, id: commandId });
      return { done: true, text: line`Done.` };
    },
    prepareForm: async () => ({
      form: touchForm(),
      whose: 'Priya Nair · Northwind',
      about: '',
      revision: 2,
      leadId: '501',
    }),
    search: async () => [],
    noteSaid: async () => {},
    noteSeen: async () => {
      seen += 1;
    },
    answerCommand: async ({ text }) => ({ title: text, sections: [] }),
    answerPress: async () => ({ title: '', sections: [] }),
    openHome: async () => {},
    isColleague: async () => true,
    log,
  });
  running.push(connection);
  connection.start();
  return connection;
}

const press = (actionId = 'handoff.accept') => slack.click(email, { ts, actionId });

beforeEach(async () => {
  [running, carriedOut, logged, seen] = [[], [], [], 0];
  slack = await startSlack({ ...secrets, now: () => new Date() });
  slack.addUser({ email, name: 'Ana Silva', tz: 'Europe/Berlin' });
  const chat = slackChat({ ...secrets, apiUrl: slack.apiUrl, log });
  const { conversationId } = (await chat.findAccount(email)) ?? expect.unreachable('no account');
  ts = await chat.postCard(conversationId, card, { handoffId: 'h-1', revision: 2 }, new Map());
});
afterEach(async () => {
  await Promise.all(running.map((connection) => connection.stop()));
  await slack.close();
});

describe('over a socket', () => {
  beforeEach(async () => {
    connect();
    await connectionsOf(slack, 1);
  });

  test('a click, a form, a command and an event are answered', async () => {
    expect(await press()).toMatchObject({ acknowledged: true });
    await press('handoff.form.logTouch');
    expect(await slack.submitView(email, touch)).toMatchObject({ acknowledged: true, reason: null });
    expect(slack.openView(email)).toBeNull();
    expect(await slack.command(email, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
    expect(slack.ephemerals(email).map(({ text }) => text)).toEqual(['stats']);
    expect(await slack.openHome(email, 'messages')).toMatchObject({ acknowledged: true, attempts: 1 });
    expect([carriedOut.length, seen]).toEqual([2, 1]);
  });

  test('what nobody asked for is taken in silence', async () => {
    const payload = { type: 'shortcut', user: { id: 'U1' }, team: { id: slack.teamId }, callback_id: 'x' };
    expect(await slack.interact(payload)).toMatchObject({ acknowledged: true, body: '' });
    expect(logged).toEqual([]);
  });

  test('a ping of Slack is answered', async () => {
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const look = () => slack.sockets.pongs()[0] !== 0 && resolve();
    slack.onChange(look);
    look();
    await answered;
  });

  test.each(['refresh_requested', 'warning', 'link_disabled'] as const)(
    'that Slack wants made anew (%s), another is opened at once',
    async (reason) => {
      slack.sockets.disconnectAll(reason);
      await connectionsOf(slack, 0);
      await connectionsOf(slack, 1);
      expect(await press()).toMatchObject({ acknowledged: true });
      expect(carriedOut).toHaveLength(1);
    },
  );

  test('that breaks off, another is opened at once', async () => {
    slack.sockets.cut();
    await connectionsOf(slack, 0);
    await connectionsOf(slack, 1);
    expect(await press()).toMatchObject({ acknowledged: true });
  });

  test('that Slack does not give again at once, the process lives on, and asks once more', async () => {
    slack.failNext({ method: 'apps.connections.open', error: 'invalid_auth' });
    slack.sockets.cut();
    await connectionsOf(slack, 0);
    await connectionsOf(slack, 1);
    expect(await press()).toMatchObject({ acknowledged: true });
    expect(logged.join()).toContain('Socket Mode could not connect');
  });

  test('a click whose acknowledgement is lost comes again under the same id', async () => {
    slack.sockets.loseAcks(1);
    expect(await press()).toMatchObject({ acknowledged: true });
    const [first, second, ...more] = carriedOut;
    expect([first?.id, more]).toEqual([second?.id, []]);
  });
});

describe('several processes', () => {
  test('open a form once, without a word, when the first acknowledgement is lost', async () => {
    connect();
    connect();
    await connectionsOf(slack, 2);
    slack.sockets.loseAcks(1);
    expect(await press('handoff.form.logTouch')).toMatchObject({ acknowledged: true });
    expect(slack.callCounts()['views.open']).toBe(2);
    expect(slack.openView(email)).not.toBeNull();
    expect(slack.ephemerals(email)).toEqual([]);
  });

  test('share what people do, each click going to one of them', async () => {
    connect();
    connect();
    await connectionsOf(slack, 2);
    for (let click = 0; click < 4; click += 1) await press();
    expect(carriedOut.map(({ by }) => by).toSorted()).toEqual([0, 0, 1, 1]);
  });

  test('take over from one that goes', async () => {
    const first = connect();
    connect();
    await connectionsOf(slack, 2);
    await first.stop();
    await connectionsOf(slack, 1);
    for (let click = 0; click < 3; click += 1) expect(await press()).toMatchObject({ acknowledged: true });
    expect(carriedOut.map(({ by }) => by)).toEqual([1, 1, 1]);
  });

  test('beyond the tenth are refused by Slack, and harm nobody', async () => {
    for (let process = 0; process < 10; process += 1) connect();
    await connectionsOf(slack, 10);
    const { promise: refused, resolve } = Promise.withResolvers<void>();
    const { error } = log;
    log.error = (fields, message) => {
      error(fields, message);
      resolve();
    };
    connect();
    await refused;
    log.error = error;
    expect(slack.sockets.connections()).toBe(10);
    expect(await press()).toMatchObject({ acknowledged: true });
  });
});

test('a bot that stops while it connects leaves no connection behind', async () => {
  const connection = connect();
  await connection.stop();
  await connectionsOf(slack, 0);
  expect(await press()).toMatchObject({ result: 'dispatch_failed' });
});
