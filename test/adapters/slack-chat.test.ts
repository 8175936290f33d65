import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' };
import { slackChat } from '../../src/adapters/slack/chat.ts';
import type { Card } from '../../src/domain/card.ts';
import { line, person } from '../../src/domain/text.ts';
import { PermanentFailure, TemporaryFailure } from '../../src/flow/failure.ts';
import type { Chat } from '../../src/flow/ports.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import { type SlackServer, startSlack } from '../../src/sandbox/slack/server.ts';

const now = new Date('2026-11-20T10:00:00Z');
const email = 'ana@acme.test';
const nobody = new Map<string, string>();
const card: Card = {
  title: 'Demo request: Priya Nair',
  tone: 'new',
  status: line`Respond by ten`,
  sections: [],
  actions: [{ kind: 'command', command: 'accept', label: 'Accept', primary: true }],
  history: [],
};
const mark = { handoffId: 'h-1', revision: 2 };
const about = card.title;

let slack: SlackServer;
let userId: string;
const warnings: string[] = [];
const log = {
  warn: (_: object, message: string) => void warnings.push(message),
  error: (_: object, message: string) => void warnings.push(message),
};

function connect(options: { timeoutMs?: number; maxWaitMs?: number } = {}): Chat {
  return slackChat({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log, ...options });
}

async function conversationOf(chat: Chat): Promise<string> {
  return (await chat.findAccount(email))?.conversationId ?? expect.unreachable('no account');
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
  if (failure instanceof PermanentFailure) return { permanent: failure.code };
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
    });
    expect(await chat.emailsOf(userId)).toEqual([email]);
  });

  test('who are unknown, or have left, have no account', async () => {
    const chat = connect();
    expect(await chat.findAccount('nobody@acme.test')).toBeNull();
    expect(await chat.emailsOf('U0NOBODY')).toEqual([]);
    slack.changeUser(email, { deleted: true });
    expect(await chat.findAccount(email)).toBeNull();
  });

  test('who leave between two steps cannot be written to', async () => {
    const chat = connect();
    slack.failNext({ method: 'conversations.open', error: 'user_disabled' });
    expect(await failureOf(chat.findAccount(email))).toEqual({ permanent: 'user_disabled' });
  });
});

describe('a card', () => {
  test('is posted with its mark, found by it, and updated in place', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const messageId = await chat.postCard(conversation, card, mark, nobody);
    expect(await chat.findCard(conversation, 'h-1')).toBe(messageId);
    expect(await chat.findCard(conversation, 'h-2')).toBeNull();

    const accepted: Card = { ...card, tone: 'active', status: line`Accepted`, actions: [] };
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
    expect(message?.blocks.map(({ block_id }) => block_id)).toEqual(['header-0:3', 'rich_text-1:3']);
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
    expect(await chat.findCard(conversation, 'h-1')).toBe(slack.messages(email)[0]?.ts ?? null);
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

  test.each(['channel_not_found', 'is_archived', 'messages_tab_disabled', 'restricted_action'])(
    'is refused for good with %s',
    async (code) => {
      const chat = connect();
      slack.failNext({ method: 'chat.postMessage', error: code });
      expect(await failureOf(chat.postCard('D1', card, mark, nobody))).toEqual({ permanent: code });
    },
  );

  test.each(['invalid_auth', 'token_revoked', 'missing_scope'])(
    'waits for the operator with %s, as the person can still be written to',
    async (code) => {
      const chat = connect();
      slack.failNext({ method: 'chat.postMessage', error: code });
      expect(await failureOf(chat.postCard('D1', card, mark, nobody))).toEqual({
        temporary: 'notDone',
        retryAfterSeconds: null,
      });
    },
  );

  test('is found by nobody else than its own handoff, even when a line of its thread is shown beside it', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const messageId = await chat.postCard(conversation, card, mark, nobody);
    const message = { conversationId: conversation, messageId };
    await chat.tell(message, line`Reminder`, { handoffId: 'h-1', seq: 3 }, { notify: true, about }, nobody);
    expect(await chat.findCard(conversation, 'h-1')).toBe(messageId);
  });
});

describe('a line', () => {
  test('is told in the thread, and in the conversation too when somebody has to act', async () => {
    const chat = connect();
    const conversation = await conversationOf(chat);
    const messageId = await chat.postCard(conversation, card, mark, nobody);
    const message = { conversationId: conversation, messageId };
    expect(await chat.lastTold(message, 'h-1')).toBe(0);

    const ana = person(email, new Map([[email, 'Ana Silva']]));
    const people = new Map([[email, userId]]);
    await chat.tell(
      message,
      line`Accepted by ${ana}`,
      { handoffId: 'h-1', seq: 3 },
      { notify: false, about },
      people,
    );
    await chat.tell(message, line`Reminder`, { handoffId: 'h-1', seq: 5 }, { notify: true, about }, people);

    const replies = slack.messages(email)[0]?.replies ?? [];
    expect(replies.map(({ text, reply_broadcast }) => [text, reply_broadcast])).toEqual([
      [`Accepted by <@${userId}>`, false],
      ['Reminder', true],
    ]);
    expect(await chat.lastTold(message, 'h-1')).toBe(5);
    expect(await chat.lastTold(message, 'h-2')).toBe(0);
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
          { ...card, title: `Lead ${n}` },
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

    const started = performance.now();
    let updatedAfter = 0;
    const updated = chat
      .updateCard({ conversationId: conversation, messageId }, card, mark, nobody)
      .then(() => {
        updatedAfter = performance.now() - started;
      });
    await chat.postCard(conversation, card, { ...mark, handoffId: 'h-2' }, nobody);
    await chat.findAccount(email);
    expect(performance.now() - started).toBeLessThan(700);
    await updated;
    expect(updatedAfter).toBeGreaterThanOrEqual(1000);
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
