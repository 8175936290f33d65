import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import manifest from '../../../manifests/slack/manifest.json' with { type: 'json' };
import type { Fault } from '../../../sandbox/slack/faults.ts';
import { type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';
import type { SlackUser } from '../../../sandbox/slack/workspace.ts';
import type { CallOptions } from '../../../src/adapters/slack/calls.ts';
import type { AnyBlock } from '../../../src/adapters/slack/card.ts';
import { type SlackChat, slackChat } from '../../../src/adapters/slack/chat.ts';
import type { Bulletin } from '../../../src/domain/card/bulletin.ts';
import type { Card } from '../../../src/domain/card/card.ts';
import { line, person } from '../../../src/domain/words/line.ts';
import type { Chat } from '../../../src/flow/ports/chat.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { plainCard } from '../../support/cards.ts';
import { read } from './read.ts';

const now = new Date('2026-11-20T10:00:00Z');
const email = 'ana@acme.test';
const nobody = new Map<string, string>();
const card = plainCard({
  actions: [{ kind: 'command', command: 'accept', label: 'Accept', primary: true }],
});
const mark = { handoffId: 'h-1', revision: 2 };
const about = card.title;
const quiet = { notify: false, loud: false, about, show: 'Show Card' };
const bulletin: Bulletin = {
  language: 'en',
  title: 'Two leads passed their target',
  text: line`I could not tell you.`,
  items: [{ title: card.title, text: line`due at ten`, handoffId: 'h-1' }],
};

let slack: SlackServer;
let userId: string;
const warnings: string[] = [];
const log = {
  warn: (_: object, message: string) => void warnings.push(message),
  error: (_: object, message: string) => void warnings.push(message),
};

function connect(options: Partial<CallOptions> = {}): SlackChat {
  return slackChat({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log, ...options });
}

async function conversationOf(chat: Chat): Promise<string> {
  return (await chat.findAccount(email))?.conversationId ?? expect.unreachable('no account');
}

/** The last line of the log that Slack holds. */
async function lastTold(chat: Chat, ...about: Parameters<Chat['toldLines']>): Promise<number> {
  return Math.max(0, ...(await chat.toldLines(...about)).map(({ seq }) => seq));
}

/** An outcome as plain data, so that a failure can be compared. */
async function failureOf(promise: Promise<unknown>) {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (failure instanceof TemporaryFailure) {
    return { temporary: failure.outcome, retryAfterSeconds: failure.retryAfterSeconds };
  }
  if (failure instanceof PermanentFailure) {
    const { code, conversationGone } = failure;
    return { permanent: code, ...(conversationGone && { conversationGone }) };
  }
  return failure;
}

beforeEach(async () => {
  warnings.length = 0;
  slack = await startSlack({
    botToken: 'xoxb-test',
    signingSecret: 'secret',
    now: () => now,
    scopes: manifest.oauth_config.scopes.bot,
  });
  userId = slack.addUser({ email, name: 'Ana Silva', tz: 'America/Sao_Paulo' }).id;
});
afterEach(() => slack.close());

describe('people', () => {
  test('are found by email with their conversation and zone, and by account with their email', async () => {
    const chat = connect();
    const conversationId = expect.stringMatching(/^D/);
    expect(await chat.findAccount('Ana@Acme.test')).toEqual({
      userId,
      conversationId,
      zone: 'America/Sao_Paulo',
      locale: 'en-US',
    });
    expect(await chat.emailsOf(userId)).toEqual([email]);
  });

  test('who are unknown, or have left, have no account', async () => {
    const chat = connect();
    expect(await chat.findAccount('nobody@acme.test')).toBeNull();
    expect(await chat.emailsOf('U0NOBODY')).toEqual([]);
    slack.changeUser(email, { deleted: true });
    expect(await chat.findAccount(email)).toBeNull();
    expect(await chat.emailsOf(userId)).toEqual([]);
  });

  test('who leave between two steps have no account', async () => {
    const chat = connect();
    slack.failNext({ method: 'conversations.open', error: 'user_disabled' });
    expect(await chat.findAccount(email)).toBeNull();
  });

  test('whose conversation is gone have another one', async () => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    const messageId = await chat.postCard(conversationId, card, mark, nobody);
    slack.dropConversation(email);
    const gone = { permanent: 'channel_not_found', conversationGone: true };
    const message = { conversationId, messageId };
    for (const call of [
      () => chat.postCard(conversationId, card, mark, nobody),
      () => chat.updateCard(message, card, mark, nobody),
      () => chat.tell(message, line`Reminder`, { handoffId: 'h-1', seq: 3 }, quiet, nobody),
      () => chat.findCard(conversationId, 'h-1'),
      () => chat.postBulletin(conversationId, bulletin, { bulletinId: 'b-1' }, nobody),
    ]) {
      expect(await failureOf(call())).toEqual(gone);
    }
    const next = await conversationOf(chat);
    expect(next).not.toBe(conversationId);
    await chat.postCard(next, card, mark, nobody);
    expect(slack.messages(email)).toHaveLength(1);
  });

  test.each(['user_disabled', 'account_inactive'])(
    'who are deactivated after their card refuse what comes for good (%s), while our own account lives',
    async (error) => {
      const chat = connect();
      const conversationId = await conversationOf(chat);
      slack.failNext({ method: 'chat.postMessage', error });
      const posted = chat.postCard(conversationId, card, mark, nobody);
      expect(await failureOf(posted)).toEqual({ permanent: 'user_disabled' });
    },
  );

  test('are not at fault when it is our own account that is inactive', async () => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    slack.failNext({ method: 'chat.postMessage', error: 'account_inactive' });
    slack.failNext({ method: 'auth.test', error: 'account_inactive' });
    const posted = chat.postCard(conversationId, card, mark, nobody);
    expect(await failureOf(posted)).toMatchObject({ temporary: 'notDone' });
  });
});

describe('whose address is believed', () => {
  const grid = { id: 'E0GRID', teams: ['T0SANDBOX'] };
  const foreign = { id: 'E0OTHER', teams: ['T0ELSEWHERE'] };

  test.each<[string, boolean, Partial<SlackUser>]>([
    ['a member', true, {}],
    ['a guest, whom an admin let in', true, { kind: 'guest' }],
    ['a guest of one channel', true, { kind: 'singleChannelGuest' }],
    [
      'somebody of another workspace of the grid, who is in this one',
      true,
      { teamId: 'T0B', enterprise: grid },
    ],
    ['a member who has not confirmed it', false, { emailConfirmed: false }],
    ['a guest who has not confirmed it', false, { kind: 'guest', emailConfirmed: false }],
    ['a guest of one channel who has not', false, { kind: 'singleChannelGuest', emailConfirmed: false }],
    ['whoever is only invited', false, { invited: true, emailConfirmed: false }],
    ['whoever has left', false, { deleted: true }],
    ['a bot', false, { kind: 'bot' }],
    ['a workflow', false, { kind: 'workflow' }],
    ['a stranger', false, { teamId: 'T0ELSEWHERE', isStranger: true }],
    ['whoever shares a channel, whom Slack calls no stranger', false, { teamId: 'T0ELSEWHERE' }],
    ['whoever shares a channel from another grid', false, { teamId: 'T0ELSEWHERE', enterprise: foreign }],
  ])('of %s: %s', async (_, believed, person) => {
    slack.changeUser(email, person);
    const chat = connect();
    expect(await chat.emailsOf(userId)).toEqual(believed ? [email] : []);
    expect((await chat.findAccount(email))?.userId ?? null).toBe(believed ? userId : null);
  });

  test.each<[string, boolean, Partial<SlackUser>]>([
    ['a member who logs in through SSO and confirms nothing', true, { emailConfirmed: false }],
    ['whoever has left', false, { deleted: true }],
    ['a bot', false, { kind: 'bot' }],
    ['whoever shares a channel', false, { teamId: 'T0ELSEWHERE' }],
  ])('is not needed where the policy names the account itself: %s, %s', async (_, found, person) => {
    slack.changeUser(email, person);
    expect((await connect().findAccount(userId.toLowerCase()))?.userId ?? null).toBe(found ? userId : null);
  });

  test('of no machine that came with the workspace', async () => {
    expect(await connect().emailsOf('USLACKBOT')).toEqual([]);
    expect(await connect().emailsOf('U0SANDBOXBOT')).toEqual([]);
  });

  test('in a grid, of everybody of it, wherever they are at home', async () => {
    await slack.close();
    slack = await startSlack({
      botToken: 'xoxb-test',
      signingSecret: 'secret',
      enterpriseId: 'E0GRID',
      now: () => now,
    });
    const person = { name: 'Ana Silva', tz: 'America/Sao_Paulo', teamId: 'T0OTHER' };
    const colleague = { email, ...person, enterprise: { id: 'E0GRID', teams: ['T0OTHER'] } };
    const { id } = slack.addUser(colleague);
    const stranger = slack.addUser({ email: 'eve@other.test', ...person, enterprise: foreign }).id;
    const chat = connect();
    expect(await chat.emailsOf(id)).toEqual([email]);
    expect(await chat.emailsOf(stranger)).toEqual([]);
    expect(await chat.isColleague({ userId: id, teamId: 'T0OTHER', appTeamId: 'T0SANDBOX' })).toBe(true);
    expect(await chat.isColleague({ userId: stranger, teamId: 'T0ELSEWHERE', appTeamId: 'T0SANDBOX' })).toBe(
      false,
    );
  });
});

describe('whom nobody knows', () => {
  test('is asked about once in ten minutes, however often they click', async () => {
    let at = 0;
    const chat = connect({ paceTime: { now: () => at, waitUntil: async () => {} } });
    for (let click = 0; click < 50; click += 1) expect(await chat.emailsOf('U0NOBODY')).toEqual([]);
    expect(slack.callCounts()['users.info']).toBe(1);
    at += 10 * 60_000;
    await chat.emailsOf('U0NOBODY');
    expect(slack.callCounts()['users.info']).toBe(2);
  });

  test('is asked about again when Slack did not answer', async () => {
    const chat = connect();
    slack.failNext({ method: 'users.info', status: 503 });
    await expect(chat.emailsOf(userId)).rejects.toThrow(TemporaryFailure);
    expect(await chat.emailsOf(userId)).toEqual([email]);
  });

  test('costs a bounded number of calls, however many of them click', async () => {
    const chat = connect({ maxWaitMs: 0, paceTime: { now: () => 0, waitUntil: async () => {} } });
    const clicks = Array.from({ length: 200 }, (_, click) => chat.emailsOf(`U0${click}`));
    const answers = await Promise.allSettled(clicks);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    expect(slack.callCounts()['users.info']).toBe(50);
  });

  test('costs nothing at all when they are of another workspace', async () => {
    const chat = connect();
    for (let click = 0; click < 50; click += 1) {
      const sender = { userId: `U0${click}`, teamId: 'T0ELSEWHERE', appTeamId: 'T0SANDBOX' };
      expect(await chat.isColleague(sender)).toBe(false);
    }
    expect(slack.callCounts()).toEqual({ 'auth.test': 1 });
  });
});

describe('a card', () => {
  test('is posted with its mark, found by it, and updated in place', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const messageId = await chat.postCard(conversation, card, mark, nobody);
    expect(await chat.findCard(conversation, 'h-1')).toEqual({ messageId, revision: mark.revision });
    expect(await chat.findCard(conversation, 'h-2')).toBeNull();

    const accepted: Card = { ...card, tone: 'active', notification: line`Accepted`, actions: [] };
    await chat.updateCard(
      { conversationId: conversation, messageId },
      accepted,
      { ...mark, revision: 3 },
      nobody,
    );
    const [message, ...others] = slack.messages(email);
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      ts: messageId,
      edited: null,
      metadata: { event_type: 'lead_handoff', event_payload: { handoff: 'h-1', revision: 3 } },
    });
    expect(await chat.findCard(conversation, 'h-1')).toEqual({ messageId, revision: 3 });
    expect(message?.blocks.map(({ block_id }) => block_id)).toEqual(['rich_text-0:3', 'header-1:3']);
  });

  test.each<[string, Partial<Fault>]>([
    ['Slack drops the connection after posting', { dropAfterEffect: true }],
    ['Slack answers 503', { status: 503 }],
    ['Slack answers fatal_error', { error: 'fatal_error' }],
    ['Slack answers internal_error', { error: 'internal_error' }],
  ])('has an unknown end when %s', async (_, fault) => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    slack.failNext({ method: 'chat.postMessage', ...fault });
    expect(await failureOf(chat.postCard(conversation, card, mark, nobody))).toEqual({
      temporary: 'unknown',
      retryAfterSeconds: null,
    });
    expect(slack.callCounts()['chat.postMessage']).toBe(1);
    const [message] = slack.messages(email);
    const found = message ? { messageId: message.ts, revision: mark.revision } : null;
    expect(await chat.findCard(conversation, 'h-1')).toEqual(found);
  });

  test('has an unknown end when Slack hangs', async () => {
    const chat = connect({ timeoutMs: 100 });
    const conversation = await conversationOf(chat);
    slack.failNext({ method: 'chat.postMessage', hang: true });
    expect(await failureOf(chat.postCard(conversation, card, mark, nobody))).toMatchObject({
      temporary: 'unknown',
    });
    expect(slack.callCounts()['chat.postMessage']).toBe(1);
  });

  test.each([
    ['is_archived', 'the channel is archived'],
    ['restricted_action', 'an administrator forbids the app to write there'],
    ['a_word_of_tomorrow', null],
  ])('is refused for good with %s, which people read in our words or not at all', async (code, why) => {
    const chat = connect();
    slack.failNext({ method: 'chat.postMessage', error: code });
    const failure = await chat.postCard('D1', card, mark, nobody).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PermanentFailure);
    expect(failure).toMatchObject({ code, why });
  });

  test.each([
    'accesslimited',
    'ekm_access_denied',
    'external_channel_migrating',
    'invalid_auth',
    'messages_tab_disabled',
    'missing_scope',
    'no_permission',
    'team_added_to_org',
    'token_revoked',
    'two_factor_setup_required',
  ])('waits for somebody to act on %s, as the person can still be written to', async (code) => {
    const chat = connect();
    slack.failNext({ method: 'chat.postMessage', error: code });
    const failure = await chat.postCard('D1', card, mark, nobody).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporaryFailure);
    expect(failure).toMatchObject({ outcome: 'notDone', obstacle: expect.stringMatching(/^\S.{20,}$/) });
  });

  test.each<[string, Partial<Fault>]>([
    ['a page of a proxy', { html: '<html><body>Blocked. Ask helpdesk@proxy.example</body></html>' }],
    ['plain words', { html: 'maintenance' }],
    ['JSON that is not of Slack', { html: '{"message":"ask helpdesk@proxy.example"}' }],
    ['an error that is no word', { error: 'Blocked. Ask helpdesk@proxy.example' }],
  ])('has an unknown end when %s comes in place of an answer, and none of it is told', async (_, fault) => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    slack.failNext({ method: 'chat.postMessage', ...fault });
    const failure = await chat.postCard(conversation, card, mark, nobody).catch((error: unknown) => error);
    expect(failure).toMatchObject({ outcome: 'unknown', obstacle: null });
    expect(`${failure} ${JSON.stringify(failure)} ${warnings}`).not.toContain('proxy.example');
  });

  test.each([
    ['message_not_found', 'gone'],
    ['cant_update_message', 'frozen'],
    ['edit_window_closed', 'frozen'],
  ])('that Slack lets nobody change (%s) is %s', async (error, end) => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    const messageId = await chat.postCard(conversationId, card, mark, nobody);
    slack.failNext({ method: 'chat.update', error });
    expect(await chat.updateCard({ conversationId, messageId }, card, mark, nobody)).toBe(end);
  });

  test('is found by nobody else than its own handoff, even when a line about it stands beside it', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const messageId = await chat.postCard(conversation, card, mark, nobody);
    const message = { conversationId: conversation, messageId };
    const lineMark = { handoffId: 'h-1', seq: 3 };
    await chat.tell(message, line`Reminder`, lineMark, { ...quiet, loud: true }, nobody);
    expect(await chat.findCard(conversation, 'h-1')).toEqual({ messageId, revision: mark.revision });
  });
});

describe('a line', () => {
  const lineMark = { handoffId: 'h-1', seq: 7 };
  const loud = { ...quiet, notify: true, loud: true };
  const cardIn = async (chat: Chat) => {
    const conversationId = await conversationOf(chat);
    return { conversationId, messageId: await chat.postCard(conversationId, card, mark, nobody) };
  };
  const standing = () => slack.conversation(email).map(({ blocks }) => read(blocks as unknown as AnyBlock[]));

  test('is told in the thread, in the conversation too when somebody has to notice, and there alone when it is loud', async () => {
    const chat = connect();
    const message = await cardIn(chat);
    expect(await chat.toldLines(message, 'h-1')).toEqual([]);

    const ana = person(email, new Map([[email, 'Ana Silva']]));
    const people = new Map([[email, userId]]);
    const told = [
      [line`Accepted by ${ana}`, 3, quiet],
      [line`Reminder`, 5, { ...quiet, notify: true }],
      [line`Look again, ${ana}`, 7, loud],
    ] as const;
    for (const [text, seq, options] of told) {
      await chat.tell(message, text, { handoffId: 'h-1', seq }, options, people);
      expect(await lastTold(chat, message, 'h-1')).toBe(seq);
    }
    const replies = slack.messages(email)[0]?.replies ?? [];
    expect(replies.map(({ text }) => text)).toEqual([`Accepted by <@${userId}>`, 'Reminder']);
    expect(standing().slice(1)).toEqual([['Reminder'], [`Look again, @${userId}`, card.title]]);
    expect(await chat.toldLines(message, 'h-2')).toEqual([]);
  });

  test('that is loud is a message of its own, which links to the card and says in its notification what it is about', async () => {
    const chat = connect();
    const message = await cardIn(chat);
    await chat.tell(message, line`Last call`, lineMark, loud, nobody);
    const [, told] = slack.messages(email);
    const at = `${message.conversationId}/p${message.messageId.replace('.', '')}`;
    const url = `https://sandbox.slack.com/archives/${at}`;
    expect(told).toMatchObject({
      threadTs: null,
      text: `${card.title}. Last call`,
      metadata: { event_type: 'lead_handoff_line', event_payload: { handoff: 'h-1', seq: 7 } },
    });
    expect(told?.blocks.at(-1)).toMatchObject({
      elements: [{ elements: [{ type: 'link', url, text: card.title }] }],
    });
  });

  test('that is loud asks for the link to its card once', async () => {
    const chat = connect();
    const message = await cardIn(chat);
    await chat.tell(message, line`Reminder`, lineMark, loud, nobody);
    await chat.tell(message, line`Last call`, { ...lineMark, seq: 8 }, loud, nobody);
    expect(slack.callCounts()['chat.getPermalink']).toBe(1);
  });

  test.each<[string, Partial<Fault>]>([
    ['gives no link', { error: 'message_not_found' }],
    ['does not answer for it', { status: 503 }],
  ])('that is loud is told without a link when Slack %s, and asks again the next time', async (_, fault) => {
    const chat = connect();
    const message = await cardIn(chat);
    slack.failNext({ method: 'chat.getPermalink', ...fault });
    await chat.tell(message, line`Reminder`, lineMark, loud, nobody);
    await chat.tell(message, line`Last call`, { ...lineMark, seq: 8 }, loud, nobody);
    expect(standing().slice(1)).toEqual([
      ['Reminder', `*${card.title}*`],
      ['Last call', card.title],
    ]);
    expect(warnings).toEqual(['Slack gave no link to a card']);
  });

  test.each([
    ['in the thread', quiet],
    ['as a message of its own', loud],
  ])(
    '%s is found when the attempt that told it broke off, and not taken for one of another lead',
    async (_, how) => {
      const chat = connect();
      const message = await cardIn(chat);
      slack.failNext({ method: 'chat.postMessage', dropAfterEffect: true });
      expect(await failureOf(chat.tell(message, line`Reminder`, lineMark, how, nobody))).toMatchObject({
        temporary: 'unknown',
      });
      await chat.tell(message, line`Reminder`, { handoffId: 'h-2', seq: 9 }, how, nobody);
      expect(await lastTold(chat, message, 'h-1')).toBe(7);
      expect(await lastTold(chat, message, 'h-2')).toBe(9);
    },
  );

  test('of a card that is gone is looked for behind it alone', async () => {
    const chat = connect();
    const message = { ...(await cardIn(chat)), messageId: '1.000000' };
    expect(await lastTold(chat, message, 'h-1')).toBe(0);
  });

  test('is looked for in its thread and behind its card, however much came before', async () => {
    const chat = connect();
    await conversationOf(chat);
    for (let count = 0; count < 250; count += 1) slack.write(email, 'thanks');
    const message = await cardIn(chat);
    await chat.tell(message, line`Reminder`, lineMark, loud, nobody);
    expect(await lastTold(chat, message, 'h-1')).toBe(7);
    expect(slack.callCounts()).toMatchObject({ 'conversations.replies': 1, 'conversations.history': 1 });
  });
});

describe('a message that has to go', () => {
  const words = line`This lead was erased.`;

  test('leaves words in its place, without buttons, or goes altogether with a line below it', async () => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    const message = { conversationId, messageId: await chat.postCard(conversationId, card, mark, nobody) };
    const told = await chat.tell(message, line`Accepted`, { handoffId: 'h-1', seq: 3 }, quiet, nobody);
    expect(await chat.toldLines(message, 'h-1')).toEqual([{ seq: 3, messageId: told }]);
    await chat.remove({ conversationId, messageId: told ?? '' });
    await chat.replace(message, words);
    const [left, ...others] = slack.messages(email);
    expect(others).toEqual([]);
    expect(left).toMatchObject({ ts: message.messageId, text: 'This lead was erased.', replies: [] });
    expect(JSON.stringify(left)).not.toContain('Priya');
    await chat.remove(message);
    expect(slack.messages(email)).toEqual([]);
  });

  test('is gone when somebody was faster', async () => {
    const chat = connect();
    const gone = { conversationId: await conversationOf(chat), messageId: '1.000001' };
    await chat.replace(gone, words);
    await chat.remove(gone);
    expect(slack.callCounts()).toMatchObject({ 'chat.update': 1, 'chat.delete': 1 });
  });

  test.each(['cant_update_message', 'edit_window_closed'])(
    'goes altogether when Slack lets nobody edit it: %s',
    async (error) => {
      const chat = connect();
      const conversationId = await conversationOf(chat);
      const messageId = await chat.postCard(conversationId, card, mark, nobody);
      slack.failNext({ method: 'chat.update', error });
      await chat.replace({ conversationId, messageId }, words);
      expect(slack.messages(email)).toEqual([]);
    },
  );

  test("stays with Slack's own word for it when it can be neither edited nor deleted", async () => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    const { ts: messageId } = slack.write(email, 'thanks');
    expect(await failureOf(chat.replace({ conversationId, messageId }, words))).toEqual({
      permanent: 'cant_delete_message',
    });
  });

  test("stays for good with Slack's own word for it", async () => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    const { ts: messageId } = slack.write(email, 'thanks');
    expect(await failureOf(chat.remove({ conversationId, messageId }))).toEqual({
      permanent: 'cant_delete_message',
    });
  });
});

describe('a bulletin', () => {
  const ours = { bulletinId: 'b-1' };

  test('is posted with its mark and found by it, among cards and other bulletins', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const cardId = await chat.postCard(conversation, card, { ...mark, handoffId: 'b-1' }, nobody);
    expect(await chat.findBulletin(conversation, ours)).toBeNull();
    const messageId = await chat.postBulletin(conversation, bulletin, ours, nobody);
    expect(slack.conversation(email).map(({ ts }) => ts)).toEqual([cardId, messageId]);
    expect(await chat.findBulletin(conversation, ours)).not.toBeNull();
    expect(await chat.findBulletin(conversation, { bulletinId: 'b-2' })).toBeNull();
    expect(await chat.findCard(conversation, 'h-1')).toBeNull();
  });

  test('is found when the attempt that posted it broke off', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    slack.failNext({ method: 'chat.postMessage', dropAfterEffect: true });
    expect(await failureOf(chat.postBulletin(conversation, bulletin, ours, nobody))).toEqual({
      temporary: 'unknown',
      retryAfterSeconds: null,
    });
    expect(await chat.findBulletin(conversation, ours)).not.toBeNull();
  });

  test('has its table in lines when Slack refuses its blocks, and nothing else is tried again', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const rows = [['Not a fit', '2']];
    const table = { kind: 'table' as const, columns: [{ title: 'Why' }, { title: 'Leads' }], rows };
    slack.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
    await chat.postBulletin(conversation, { ...bulletin, sections: [table] }, ours, nobody);
    const [{ blocks = [] } = {}] = slack.conversation(email);
    expect(JSON.stringify(blocks)).toContain('Not a fit · 2');
    slack.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
    expect(await failureOf(chat.postBulletin(conversation, bulletin, ours, nobody))).toEqual({
      permanent: 'invalid_blocks',
    });
    expect(slack.conversation(email)).toHaveLength(1);
  });

  test('is brought up to date in its place, and still found by its mark; one that is gone is not', async () => {
    const chat = connect();
    const conversationId = await conversationOf(chat);
    const messageId = await chat.postBulletin(conversationId, bulletin, ours, nobody);
    const message = { conversationId, messageId };
    const later: Bulletin = { language: 'en', title: '', text: line`Priya Nair: accepted.`, items: [] };
    expect(await chat.updateBulletin(message, later, ours, nobody)).toBe('changed');
    const [{ blocks = [] } = {}, ...others] = slack.conversation(email);
    expect(others).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('Priya Nair: accepted.');
    expect(JSON.stringify(blocks)).not.toContain('due at ten');
    expect(await chat.findBulletin(conversationId, ours)).toBe(messageId);
    await chat.remove(message);
    expect(await chat.updateBulletin(message, later, ours, nobody)).toBe('gone');
    expect(slack.conversation(email)).toEqual([]);
  });

  test('is not found when Slack has refused it', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    slack.failNext({ method: 'chat.postMessage', error: 'restricted_action' });
    expect(await failureOf(chat.postBulletin(conversation, bulletin, ours, nobody))).toEqual({
      permanent: 'restricted_action',
    });
    expect(await chat.findBulletin(conversation, ours)).toBeNull();
  });

  test('is found behind two hundred newer messages', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    await chat.postBulletin(conversation, bulletin, ours, nobody);
    for (let count = 0; count < 250; count += 1) slack.write(email, 'thanks');
    expect(await chat.findBulletin(conversation, ours)).not.toBeNull();
    expect(slack.callCounts()['conversations.history']).toBe(2);
  });
});

describe('a card in a channel', () => {
  const channel = { id: 'C0HANDOFFS1', name: 'lead-handoffs' };
  const link: Card = { ...card, actions: [] };

  test('needs no invitation when the channel is public, and is updated in place', async () => {
    slack.setChannel(channel);
    const chat = connect();
    const messageId = await chat.postCard(channel.id, link, mark, nobody);
    const message = { conversationId: channel.id, messageId };
    const accepted: Card = { ...link, notification: line`Accepted` };
    expect(await chat.updateCard(message, accepted, { ...mark, revision: 3 }, nobody)).toBe('changed');
    expect(slack.channelMessages(channel.id)).toMatchObject([
      { ts: messageId, text: expect.stringContaining('Accepted') },
    ]);
    await chat.tell(message, line`Now with Bo`, { handoffId: 'h-1', seq: 4 }, quiet, nobody);
    expect(slack.channelMessages(channel.id)[0]?.replies).toMatchObject([{ text: 'Now with Bo' }]);
  });

  test('is looked for by nobody: what people say in a channel is not read', async () => {
    slack.setChannel(channel);
    const chat = connect();
    const messageId = await chat.postCard(channel.id, link, mark, nobody);
    expect(await chat.findCard(channel.id, 'h-1')).toBeNull();
    expect(await chat.toldLines({ conversationId: channel.id, messageId }, 'h-1')).toEqual([]);
    expect(await chat.findBulletin(channel.id, { bulletinId: 'b-1' })).toBeNull();
    expect(Object.keys(slack.callCounts())).toEqual(['conversations.info', 'chat.postMessage']);
  });

  test.each([{ isShared: true }, { isAboutToBeShared: true }])(
    'is refused where another company reads along (%o), whatever Slack would take',
    async (shared) => {
      slack.setChannel({ ...channel, ...shared });
      const posted = await connect()
        .postCard(channel.id, link, mark, nobody)
        .catch((error: unknown) => error);
      expect(posted).toBeInstanceOf(PermanentFailure);
      expect(posted).toMatchObject({ why: expect.stringMatching(/shared with another company/) });
      expect(slack.channelMessages(channel.id)).toEqual([]);
    },
  );

  test('says nothing new in a channel that was shared with another company since', async () => {
    let at = 0;
    slack.setChannel(channel);
    const chat = connect({ paceTime: { now: () => at, waitUntil: async () => {} } });
    const messageId = await chat.postCard(channel.id, link, mark, nobody);
    slack.setChannel({ ...channel, isShared: true });
    at += 10 * 60_000;
    const updated = chat.updateCard({ conversationId: channel.id, messageId }, link, mark, nobody);
    expect(await failureOf(updated)).toEqual({ permanent: 'shared_with_another_company' });
  });

  test('asks once in a while whose the channel is', async () => {
    slack.setChannel(channel);
    const chat = connect();
    for (const handoffId of ['h-1', 'h-2', 'h-3']) {
      await chat.postCard(channel.id, link, { ...mark, handoffId }, nobody);
    }
    expect(slack.callCounts()['conversations.info']).toBe(1);
  });

  test('waits for the admins when the app was installed without the scope to ask', async () => {
    await slack.close();
    const scopes = ['chat:write', 'chat:write.public'];
    slack = await startSlack({ botToken: 'xoxb-test', signingSecret: 'secret', now: () => now, scopes });
    slack.setChannel(channel);
    const posted = connect().postCard(channel.id, link, mark, nobody);
    await expect(posted).rejects.toMatchObject({ obstacle: expect.stringMatching(/scope/) });
  });

  test('comes into a private channel that has invited the app', async () => {
    slack.setChannel({ ...channel, isPrivate: true, hasBot: true });
    const messageId = await connect().postCard(channel.id, link, mark, nobody);
    expect(slack.channelMessages(channel.id)).toMatchObject([{ ts: messageId }]);
  });

  test.each([
    ['channel_not_found', 'there is no such channel', null],
    ['channel_not_found', 'a private channel has not invited the app', { isPrivate: true }],
    ['is_archived', 'the channel is archived', { isArchived: true }],
  ])('is refused for good with %s when %s', async (code, _, settings) => {
    if (settings) slack.setChannel({ ...channel, ...settings });
    const posted = connect().postCard(channel.id, link, mark, nobody);
    expect(await failureOf(posted)).toMatchObject({ permanent: code });
  });

  test('is refused for good with not_in_channel when the app was installed without chat:write.public', async () => {
    await slack.close();
    slack = await startSlack({
      botToken: 'xoxb-test',
      signingSecret: 'secret',
      now: () => now,
      scopes: manifest.oauth_config.scopes.bot.filter((scope) => scope !== 'chat:write.public'),
    });
    slack.setChannel(channel);
    expect(await failureOf(connect().postCard(channel.id, link, mark, nobody))).toEqual({
      permanent: 'not_in_channel',
    });
    slack.setChannel({ ...channel, hasBot: true });
    await connect().postCard(channel.id, link, mark, nobody);
    expect(slack.channelMessages(channel.id)).toHaveLength(1);
  });

  test('stays as it is when the channel is archived, and is known to be gone when somebody deleted it', async () => {
    slack.setChannel(channel);
    const chat = connect();
    const messageId = await chat.postCard(channel.id, link, mark, nobody);
    const message = { conversationId: channel.id, messageId };
    slack.setChannel({ ...channel, isArchived: true });
    expect(await failureOf(chat.updateCard(message, link, mark, nobody))).toEqual({
      permanent: 'is_inactive',
    });
    slack.setChannel(channel);
    const gone = { ...message, messageId: '1.000000' };
    expect(await chat.updateCard(gone, link, mark, nobody)).toBe('gone');
  });
});

describe('pace', () => {
  test('keeps the order of a conversation and meets no limit of Slack', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const ids = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        chat.postCard(
          conversation,
          { ...card, notification: line`Lead ${n}` },
          { ...mark, handoffId: `h-${n}` },
          nobody,
        ),
      ),
    );
    expect(ids).toEqual(ids.toSorted());
    expect(slack.messages(email).map(({ text }) => text[5])).toEqual(['1', '2', '3', '4', '5']);
    expect(slack.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('holds back only the method that Slack asked to wait', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const messageId = await chat.postCard(conversation, card, mark, nobody);
    slack.failNext({ method: 'chat.update', status: 429, retryAfter: 1 });

    onTestFinished(() => void vi.useRealTimers());
    const alreadyPast = performance.now();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    vi.advanceTimersByTime(alreadyPast);
    const updates = () => slack.callCounts()['chat.update'];
    const updated = chat.updateCard({ conversationId: conversation, messageId }, card, mark, nobody);
    // The clock stands still meanwhile: they wait for nothing.
    await chat.postCard(conversation, card, { ...mark, handoffId: 'h-2' }, nobody);
    await chat.findAccount(email);
    expect(updates()).toBe(1);
    await vi.advanceTimersByTimeAsync(999);
    await chat.findAccount(email);
    expect(updates()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await updated;
    expect(slack.callCounts()['chat.update']).toBe(2);
  });

  test('does not wait longer than it may, and says for how long Slack asked', async () => {
    const chat = connect();
    slack.failNext({ method: 'chat.postMessage', status: 429, retryAfter: 60 });
    expect(await failureOf(chat.postCard('D1', card, mark, nobody))).toEqual({
      temporary: 'notDone',
      retryAfterSeconds: 60,
    });
  });
});

test('failures are told to the log without a word of the card', async () => {
  const chat = connect({ timeoutMs: 100 });
  slack.failNext({ method: 'chat.postMessage', hang: true });
  await failureOf(chat.postCard('D1', card, mark, nobody));
  slack.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
  await failureOf(chat.postCard('D1', card, mark, nobody));
  expect(warnings.join('\n')).not.toMatch(/Priya|Demo|xoxb/);
});
