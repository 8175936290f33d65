import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Fault } from '../../../sandbox/teams/server.ts';
import { connectTeams } from '../../../src/adapters/teams/connect.ts';
import type { Card } from '../../../src/domain/card/card.ts';
import { dateTime, line } from '../../../src/domain/words/line.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { app, type Bot, type BotOptions, card, email, mark, nobody, now, startBot } from './bot.ts';

let bot: Bot;
let conversationId: string;

/** The bot, with the app installed for Ana; nothing of that counts as a call. */
async function start(options: BotOptions = {}): Promise<void> {
  bot = await startBot(options);
  await bot.teams.install(email);
  await bot.settled();
  conversationId =
    (await bot.installs.byUser(bot.ana.id))?.conversationId ?? expect.fail('expected an install');
  before = bot.teams.callCounts();
}
let before: Readonly<Record<string, number>>;

/** Calls since the start. */
function calls(): Record<string, number> {
  const counts = Object.entries(bot.teams.callCounts());
  const since = counts.map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const);
  return Object.fromEntries(since.filter(([, count]) => count > 0));
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

const post = (changes: Partial<Card> = {}) =>
  bot.chat.postCard(conversationId, { ...card, ...changes }, mark, nobody);
const posted = () => bot.teams.messages(email).filter(({ from, card: sent }) => from === 'bot' && sent);
const titles = () => posted().map(({ summary }) => summary?.split('.')[0]);

beforeEach(() => start());
afterEach(async () => {
  vi.restoreAllMocks();
  await bot[Symbol.asyncDispose]();
});

describe('people', () => {
  const account = () => ({ userId: bot.ana.id, conversationId, zone: null, locale: 'en-US' });

  /** Somebody has the app whom Teams does not know. */
  const addStranger = async (changes: { userId?: string; serviceUrl?: string; emails?: string[] } = {}) => {
    const stranger = {
      userId: '88888888-8888-4888-8888-888888888888',
      memberId: '29:gone',
      conversationId: 'a:1gone',
      serviceUrl: bot.teams.serviceUrl,
      zone: null,
      emails: [],
      ...changes,
    };
    await bot.installs.save(stranger, now);
    return stranger;
  };

  test('who added the app are found by email; Teams is asked once who they are', async () => {
    expect(await bot.chat.findAccount('Ana@Acme.test')).toEqual(account());
    expect(await bot.chat.findAccount(email)).toEqual(account());
    expect(await bot.chat.emailsOf(bot.ana.id)).toEqual([email]);
    expect(calls()).toEqual({ member: 1 });
    expect(await bot.installs.byUser(bot.ana.id)).toEqual({
      userId: bot.ana.id,
      memberId: bot.ana.memberId,
      conversationId,
      serviceUrl: bot.teams.serviceUrl,
      zone: null,
      locale: 'en-US',
      emails: [email],
      emailsAt: now,
    });
  });

  test('are known by the name they sign in with too', async () => {
    const ben = bot.teams.addUser({
      email: 'ben@acme.test',
      name: 'Ben Roth',
      userPrincipalName: 'Benjamin.Roth@Corp.acme.test',
    });
    await bot.teams.install(ben.id);
    await bot.settled();
    expect(await bot.chat.emailsOf(ben.id)).toEqual(['ben@acme.test', 'benjamin.roth@corp.acme.test']);
    expect((await bot.chat.findAccount('benjamin.roth@corp.acme.test'))?.userId).toBe(ben.id);
  });

  test('who did not add it have no account', async () => {
    bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    expect(await bot.chat.findAccount('nobody@acme.test')).toBeNull();
    expect(await bot.chat.emailsOf('77777777-7777-4777-8777-777777777777')).toEqual([]);
  });

  test.each([
    ['no address', null, [null]],
    ['nothing, as nothing answers there', 'http://127.0.0.1:1/teams/', ['failed', 'failed']],
  ])('of whom Teams tells %s do not come before everybody else for ever', async (_, serviceUrl, first) => {
    for (const name of ['room-1', 'room-2', 'room-3', 'room-4', 'room-5', 'room-6']) {
      const { id, memberId } = bot.teams.addUser({ email: name, name, userPrincipalName: name });
      await bot.teams.install(id);
      await bot.settled();
      const install = (await bot.installs.byUser(id)) ?? expect.fail('expected an install');
      await bot.installs.remove(id);
      const userId = `0000000${name}`;
      await bot.installs.save({ ...install, userId, memberId, ...(serviceUrl && { serviceUrl }) }, now);
    }
    for (const outcome of first) {
      expect(await bot.chat.findAccount(email).catch(() => 'failed')).toBe(outcome);
      bot.passHours(0.1);
    }
    expect(await bot.chat.findAccount(email)).toEqual(account());
  });

  test('who removed it have no account', async () => {
    await bot.chat.findAccount(email);
    await bot.teams.uninstall(email);
    await bot.settled();
    expect(await bot.chat.findAccount(email)).toBeNull();
  });

  test('of whom Teams says nothing do not hide the others', async () => {
    const gone = await addStranger();
    await bot.installs.remove(bot.ana.id);
    await bot.installs.save({ ...gone, userId: bot.ana.id, memberId: bot.ana.memberId, conversationId }, now);
    expect(await bot.chat.findAccount(email)).toEqual({ ...account(), locale: null });
    expect(await bot.chat.emailsOf(gone.userId)).toEqual([]);
  });

  test('are found, or have no account, though a stranger cannot be asked about', async () => {
    await addStranger({ serviceUrl: 'http://127.0.0.1:1/teams/' });
    expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    expect(bot.logged.map((entry) => JSON.parse(entry))).toEqual([
      {
        fields: expect.objectContaining({ platform: 'teams', error: 'TemporaryFailure' }),
        message: 'Teams did not tell who somebody is',
      },
    ]);
    expect(await bot.chat.findAccount(email)).toEqual(account());
  });

  test('are not called absent when Teams answers about nobody', async () => {
    for (const userId of ['u-1', 'u-2', 'u-3', 'u-4']) {
      await addStranger({ userId, serviceUrl: 'http://127.0.0.1:1/teams/' });
    }
    await expect(bot.chat.findAccount('ben@acme.test')).rejects.toMatchObject({ name: 'TemporaryFailure' });
    expect(bot.logged).toHaveLength(3);
  });

  test('whose email Teams has told are asked about again after a day', async () => {
    await bot.chat.findAccount(email);
    bot.passHours(24);
    await bot.chat.findAccount(email);
    expect(calls()).toEqual({ member: 1 });
    bot.passHours(1);
    expect(await bot.chat.findAccount(email)).toEqual(account());
    expect(await bot.chat.findAccount(email)).toEqual(account());
    expect(calls()).toEqual({ member: 2 });
  });

  test('are not called unreachable while Teams cannot be asked again', async () => {
    await bot.chat.findAccount(email);
    bot.passHours(25);
    bot.teams.failNext({ operation: 'member', status: 503 });
    expect(await failureOf(bot.chat.findAccount(email))).toMatchObject({ temporary: 'unknown' });
    expect(await bot.chat.findAccount(email)).toEqual(account());
  });

  describe('of five thousand', () => {
    const everybody = async (emailOf: (n: number) => string[]) => {
      for (let n = 0; n < 5000; n += 1) {
        const id = `${n}`.padStart(12, '0');
        const place = {
          memberId: `29:${n}`,
          conversationId: `a:1${n}`,
          serviceUrl: bot.teams.serviceUrl,
          zone: null,
        };
        const userId = `88888888-8888-4888-8888-${id}`;
        await bot.installs.save({ userId, ...place, emails: emailOf(n) }, now);
      }
    };

    test('are found with as many requests as of two', async () => {
      await everybody((n) => [`person-${n}@acme.test`]);
      await bot.chat.findAccount('person-4321@acme.test');
      expect(calls()).toEqual({});
      expect(await bot.chat.findAccount(email)).toEqual(account());
      expect(calls()).toEqual({ member: 1 });
    });

    test('are missed with no series of requests, though nobody is known by email', async () => {
      await everybody(() => []);
      expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
      const { member = 0, createConversation = 0 } = calls();
      expect(member + createConversation).toBeLessThanOrEqual(10);
    });
  });

  describe('whose email has changed', () => {
    /** Teams told another email of Ana than the one she has now. */
    const toldOnce = async (other: string) => {
      const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail('expected an install');
      await bot.installs.save({ ...install, emails: [other] }, now);
    };

    test('are found by the new one a day later', async () => {
      await toldOnce('maiden-name@acme.test');
      expect(await bot.chat.findAccount(email)).toBeNull();
      bot.passHours(25);
      expect(await bot.chat.findAccount(email)).toEqual(account());
      expect(await bot.chat.findAccount('maiden-name@acme.test')).toBeNull();
    });

    test('do not get what is for whoever has the old one now', async () => {
      await toldOnce('ben@acme.test');
      bot.passHours(25);
      expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
      const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
      await bot.teams.install(ben.id);
      await bot.settled();
      expect((await bot.chat.findAccount('ben@acme.test'))?.userId).toBe(ben.id);
    });

    test('are not taken for whoever has the old one now', async () => {
      await toldOnce('ben@acme.test');
      bot.passHours(25);
      expect(await bot.chat.emailsOf(bot.ana.id)).toEqual([email]);
    });

    test('have no account by one that Teams no longer tells', async () => {
      const gone = await addStranger({ emails: ['ben@acme.test'] });
      expect((await bot.chat.findAccount('ben@acme.test'))?.userId).toBe(gone.userId);
      bot.passHours(25);
      expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    });
  });
});

describe('people in Microsoft Graph', () => {
  beforeEach(async () => {
    await bot[Symbol.asyncDispose]();
    await start({ config: { graph: true } });
  });

  test('for whom an administrator added the app get their conversation opened, once', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: "Ben O'Neil" });
    bot.teams.setMessagesUrl(null);
    await bot.teams.install(ben.id);
    const account = await bot.chat.findAccount(ben.email);
    expect(account).toEqual({
      userId: ben.id,
      conversationId: expect.stringMatching(/^a:1/),
      zone: null,
      locale: null,
    });
    expect(await bot.installs.byUser(ben.id)).toEqual({
      userId: ben.id,
      memberId: ben.memberId,
      conversationId: account?.conversationId,
      serviceUrl: bot.teams.serviceUrl,
      zone: null,
      locale: null,
      emails: [ben.email],
      emailsAt: now,
    });
    expect(await bot.chat.findAccount(ben.email)).toEqual(account);
    expect(calls()).toMatchObject({ graph: 1, createConversation: 1 });
    await bot.chat.postCard(account?.conversationId ?? '', card, mark, nobody);
    expect(bot.teams.messages(ben.id)).toHaveLength(1);
  });

  test('are found by any address of their mailbox, in one request', async () => {
    const ben = bot.teams.addUser({
      email: 'ben@acme.test',
      name: 'Ben Roth',
      aliases: ['B.Roth@acme.test'],
    });
    bot.teams.setMessagesUrl(null);
    await bot.teams.install(ben.id);
    expect((await bot.chat.findAccount('b.roth@acme.test'))?.userId).toBe(ben.id);
    expect(await bot.chat.emailsOf(ben.id)).toEqual(['ben@acme.test', 'b.roth@acme.test']);
    expect(calls()).toMatchObject({ graph: 1 });
  });

  test('are known by any address of their mailbox when they write first', async () => {
    const ben = bot.teams.addUser({
      email: 'ben@acme.test',
      name: 'Ben Roth',
      aliases: ['B.Roth@acme.test'],
    });
    await bot.teams.install(ben.id);
    await bot.settled();
    expect(await bot.chat.emailsOf(ben.id)).toEqual(['ben@acme.test', 'b.roth@acme.test']);
    expect((await bot.installs.byEmail('b.roth@acme.test'))?.userId).toBe(ben.id);
  });

  test('are asked for in one request, whoever else has the app', async () => {
    for (let n = 0; n < 5000; n += 1) {
      const place = {
        memberId: `29:${n}`,
        conversationId: `a:1${n}`,
        serviceUrl: bot.teams.serviceUrl,
        zone: null,
      };
      await bot.installs.save({ userId: `u-${n}`, ...place, emails: [] }, now);
    }
    expect((await bot.chat.findAccount(email))?.userId).toBe(bot.ana.id);
    expect(calls()).toMatchObject({ graph: 1 });
    expect(calls()).not.toHaveProperty('member');
  });

  test('who are blocked there have no account', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    await bot.teams.install(ben.id);
    await bot.installs.remove(ben.id);
    bot.teams.deactivate(ben.id);
    expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    expect(calls()).not.toHaveProperty('createConversation');
  });

  test('who are blocked there a day after they were known have no account, whatever Teams tells', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    await bot.teams.install(ben.id);
    await bot.settled();
    expect((await bot.chat.findAccount(ben.email))?.userId).toBe(ben.id);
    bot.teams.block(ben.id);
    bot.passHours(25);
    expect(await bot.chat.findAccount(ben.email)).toBeNull();
    expect(await bot.chat.emailsOf(ben.id)).toEqual([]);
  });

  test('for whom nobody added the app have no account', async () => {
    bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    expect(await bot.chat.findAccount("o'neil@acme.test")).toBeNull();
  });

  test('whose email has changed are found by their id', async () => {
    const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
    await bot.installs.save({ ...install, emails: ['maiden-name@acme.test'] }, now);
    expect((await bot.chat.findAccount(email))?.userId).toBe(bot.ana.id);
    expect((await bot.installs.byEmail(email))?.userId).toBe(bot.ana.id);
    expect(calls()).toEqual({ graph: 1, token: 1 });
  });

  test('are known by their id before they have added the app', async () => {
    const ben = bot.teams.addUser({ email: 'Ben@acme.test', name: 'Ben Roth' });
    expect(await bot.chat.emailsOf(ben.id)).toEqual(['ben@acme.test']);
    expect(await bot.chat.emailsOf('77777777-7777-4777-8777-777777777777')).toEqual([]);
  });

  test.each<[string, Partial<Fault>, object]>([
    ['is away', { status: 503 }, { temporary: 'notDone', retryAfterSeconds: null }],
    ['asks to wait', { status: 429, retryAfter: 7 }, { temporary: 'notDone', retryAfterSeconds: 7 }],
    ['drops the connection', { dropAfterEffect: true }, { temporary: 'notDone', retryAfterSeconds: null }],
    [
      'does not understand us',
      { status: 400, code: 'BadRequest' },
      { temporary: 'notDone', retryAfterSeconds: null },
    ],
    ['is hidden by a proxy', { page: true }, { temporary: 'notDone', retryAfterSeconds: null }],
    ['is refused by a proxy', { page: true, status: 403 }, { temporary: 'notDone', retryAfterSeconds: null }],
    [
      'is not found by a proxy',
      { page: true, status: 404 },
      { temporary: 'notDone', retryAfterSeconds: null },
    ],
  ])('are not called unreachable while Graph %s', async (_, fault, expected) => {
    bot.teams.failNext({ operation: 'graph', ...fault });
    expect(await failureOf(bot.chat.findAccount('ben@acme.test'))).toEqual(expected);
  });

  test.each([401, 403])(
    'are not found while Graph answers %i, which the operator is told',
    async (status) => {
      bot.teams.failNext({ operation: 'graph', status, code: 'Authorization_RequestDenied', times: 2 });
      expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
      expect(await bot.chat.emailsOf('77777777-7777-4777-8777-777777777777')).toEqual([]);
      const entry = {
        fields: { platform: 'teams', status, code: 'Authorization_RequestDenied' },
        message: "Microsoft Graph tells the app of nobody. Check the app's permission User.Read.All",
      };
      expect(bot.logged.map((logged) => JSON.parse(logged))).toEqual([entry, entry]);
    },
  );

  test('are asked for with a new token when the one is refused', async () => {
    bot.teams.failNext({ operation: 'graph', status: 401 });
    expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    expect(await bot.chat.findAccount('ben@acme.test')).toBeNull();
    expect(calls()).toMatchObject({ graph: 3, token: 2 });
  });

  test('are not called unreachable when the app asks the wrong cloud', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    bot.teams.failNext({ operation: 'createConversation', status: 403, code: 'InvalidBotApiHost' });
    expect(await failureOf(bot.chat.findAccount(ben.email))).toMatchObject({ temporary: 'notDone' });
  });
});

describe('a card', () => {
  test('is posted with the words of its notification, and updated in place', async () => {
    const messageId = await post();
    const message = { conversationId, messageId };
    expect(posted().at(-1)).toMatchObject({
      id: messageId,
      summary: 'Demo request: Priya Nair. Respond by ten',
      card: { type: 'AdaptiveCard', version: '1.5' },
    });
    const accepted: Card = {
      ...card,
      tone: 'active',
      notification: line`Demo request: Priya Nair. Accepted`,
      status: line`Accepted`,
      actions: [],
    };
    expect(await bot.chat.updateCard(message, accepted, { ...mark, revision: 3 }, nobody)).toBe('changed');
    expect(posted().filter(({ edited }) => edited)).toMatchObject([
      { id: messageId, summary: 'Demo request: Priya Nair. Accepted' },
    ]);
    expect(calls()).toEqual({ send: 1, update: 1 });
  });

  test('that is no longer there cannot be updated', async () => {
    const message = { conversationId, messageId: '1234567890123' };
    expect(await bot.chat.updateCard(message, card, mark, nobody)).toBe('gone');
  });

  test('goes through the server from which the person last wrote', async () => {
    const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
    await bot.installs.save({ ...install, serviceUrl: `${bot.teams.url}/` }, now);
    await post();
    expect(bot.teams.requests.at(-1)?.path).toMatch(/^\/v3\/conversations\/a%3A1/);
  });

  test('goes through the usual server when nobody knows another', async () => {
    await bot.installs.remove(bot.ana.id);
    await post();
    expect(bot.teams.requests.at(-1)?.path).toMatch(/^\/teams\/v3\/conversations\/a%3A1/);
  });

  test('cannot be looked for', async () => {
    const messageId = await post();
    expect(bot.chat.canLookBack).toBe(false);
    expect(await bot.chat.findCard(conversationId, 'h-1')).toBeNull();
    expect(await bot.chat.toldLines({ conversationId, messageId }, 'h-1')).toEqual([]);
    expect(calls()).toEqual({ send: 1 });
  });
});

describe('a page of a proxy in the place of an answer', () => {
  const message = async () => ({ conversationId, messageId: await post() });

  test('is no card that was changed, and none that is gone', async () => {
    const at = await message();
    for (const status of [200, 404]) {
      bot.teams.failNext({ operation: 'update', page: true, status });
      const update = bot.chat.updateCard(at, card, mark, nobody);
      expect(await failureOf(update)).toEqual({ temporary: 'unknown', retryAfterSeconds: null });
    }
    expect(await bot.chat.updateCard(at, card, mark, nobody)).toBe('changed');
  });

  test('tells nobody anything, and leaves no trace', async () => {
    const at = await message();
    bot.teams.failNext({ operation: 'send', page: true });
    const line3 = { handoffId: 'h-1', seq: 3 };
    const loud = { notify: true, loud: true, about: card.title, show: 'Show Card' };
    const failure = await bot.chat.tell(at, line`Last call`, line3, loud, nobody).catch(String);
    expect(failure).toContain('TemporaryFailure');
    expect(failure).not.toContain('<');
  });

  test('is no account that is missing', async () => {
    bot.teams.failNext({ operation: 'member', page: true, status: 403 });
    expect(await failureOf(bot.chat.findAccount('ben@acme.test'))).toBeNull();
    bot.teams.failNext({ operation: 'token', page: true });
    expect(await failureOf(post())).not.toMatchObject({ permanent: expect.anything() });
  });
});

describe('a conversation that is gone', () => {
  const anew = async () => (await bot.chat.findAccount(email))?.conversationId;

  test.each(['send', 'update', 'reply'] as const)(
    'is noticed by %s: the person is remembered where they are now',
    async (how) => {
      const message = { conversationId, messageId: await post() };
      bot.teams.loseConversation(email);
      const line3 = { handoffId: 'h-1', seq: 3 };
      const write = {
        send: () => post(),
        update: () => bot.chat.updateCard(message, card, mark, nobody),
        reply: () =>
          bot.chat.tell(
            message,
            line`Due`,
            line3,
            { notify: true, loud: false, about: '', show: 'Show Card' },
            nobody,
          ),
      }[how];
      const failure = await write().then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: 'ConversationNotFound', conversationGone: true });
      const found = await anew();
      expect(found).toMatch(/^a:1/);
      expect(found).not.toBe(conversationId);
      await bot.chat.postCard(found ?? '', card, mark, nobody);
      expect(posted()).toHaveLength(1);
    },
  );

  test('is not opened when the person wrote from another one meanwhile', async () => {
    bot.teams.loseConversation(email);
    await bot.teams.write(email, 'help');
    await bot.settled();
    before = bot.teams.callCounts();
    expect(await failureOf(post())).toEqual({ permanent: 'ConversationNotFound' });
    expect(await anew()).not.toBe(conversationId);
    expect(calls()).toEqual({ send: 1, member: 1 });
  });

  test.each([
    ['removed the app', (teams: Bot['teams']) => teams.uninstall(email)],
    ['is deactivated', async (teams: Bot['teams']) => teams.deactivate(email)],
  ] as const)('with somebody who %s leaves them without an account', async (_, leave) => {
    await post();
    bot.teams.setMessagesUrl(null);
    await leave(bot.teams);
    expect(await failureOf(post())).toEqual({ permanent: 'MessageWritesBlocked' });
    expect(await bot.chat.findAccount(email)).toBeNull();
  });

  test('is not given up while Teams cannot open another', async () => {
    bot.teams.loseConversation(email);
    bot.teams.failNext({ operation: 'createConversation', status: 503 });
    expect(await failureOf(post())).toMatchObject({ temporary: 'unknown' });
    expect(await failureOf(post())).toEqual({ permanent: 'ConversationNotFound' });
    expect(await anew()).not.toBe(conversationId);
  });
});

describe('a time', () => {
  const due = { ...card, status: line`Respond by ${dateTime(new Date('2026-11-20T10:15:00Z'))}` };
  const shown = () => JSON.stringify(posted().at(-1)?.card);

  test('is in the zone in which its reader works, until their client has told one', async () => {
    bot.workZones.set(bot.ana.id, 'America/New_York');
    await post(due);
    expect(shown()).toContain('Fri, Nov 20, 5:15 AM"');
    await bot.teams.write(email, 'help');
    await bot.settled();
    await post(due);
    expect(shown()).toContain('Fri, Nov 20, 11:15 AM');
  });

  test('is written as the clock of its reader has it', async () => {
    await bot.teams.write(email, 'help');
    await bot.settled();
    await post(due);
    expect(shown()).toContain('Fri, Nov 20, 11:15 AM');
    expect(shown()).not.toContain('{{');
  });

  test('follows its reader to wherever they are', async () => {
    const messageId = await post(due);
    const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
    await bot.installs.save({ ...install, zone: 'America/New_York' }, now);
    await bot.chat.updateCard({ conversationId, messageId }, due, mark, nobody);
    expect(shown()).toContain('Fri, Nov 20, 5:15 AM');
  });

  test('is in UTC, and says so, for somebody whose zone nobody knows, and in a channel', async () => {
    await bot.installs.remove(bot.ana.id);
    await post(due);
    expect(shown()).toContain('Fri, Nov 20, 10:15 AM UTC');
    const channel = '19:handoffs@thread.tacv2';
    bot.teams.addChannel({ id: channel, name: 'Handoffs' });
    await bot.chat.postCard(channel, due, mark, nobody);
    expect(JSON.stringify(bot.teams.threads(channel))).toContain('Fri, Nov 20, 10:15 AM UTC');
  });
});

describe('a line', () => {
  const mark = { handoffId: 'h-1', seq: 3 };
  const about = 'Demo request: Priya Nair';

  test('is a message of its own, named after its card, when somebody has to act', async () => {
    const message = { conversationId, messageId: await post() };
    await bot.chat.tell(
      message,
      line`Nobody has answered`,
      mark,
      { notify: true, loud: false, about, show: 'Show Card' },
      nobody,
    );
    const told = posted().at(-1);
    expect(told?.summary).toBe('Demo request: Priya Nair. Nobody has answered');
    expect(JSON.stringify(told?.card)).toContain('Nobody has answered');
  });

  test('that is loud is the same: a message of its own cannot be overlooked', async () => {
    const message = { conversationId, messageId: await post() };
    await bot.chat.tell(
      message,
      line`Last call`,
      mark,
      { notify: true, loud: true, about, show: 'Show Card' },
      nobody,
    );
    expect(posted().at(-1)?.summary).toBe('Demo request: Priya Nair. Last call');
    expect(calls()).toEqual({ send: 2 });
  });

  test('is no message otherwise: it stands on the card', async () => {
    const message = { conversationId, messageId: await post() };
    await bot.chat.tell(
      message,
      line`Accepted`,
      mark,
      { notify: false, loud: false, about, show: 'Show Card' },
      nobody,
    );
    expect(calls()).toEqual({ send: 1 });
  });
});

describe('a message that has to go', () => {
  const words = line`This lead was erased.`;

  test('leaves words in its place, without buttons and never renewed, or goes altogether', async () => {
    const message = { conversationId, messageId: await post() };
    await bot.chat.replace(message, words);
    const left = posted().at(-1);
    expect(left).toMatchObject({ id: message.messageId, summary: 'This lead was erased.' });
    expect(JSON.stringify(left)).not.toMatch(/Priya|refresh|Action/);
    await bot.chat.remove(message);
    expect(posted().map(({ id }) => id)).not.toContain(message.messageId);
  });

  test('is gone when somebody was faster', async () => {
    const message = { conversationId, messageId: await post() };
    await bot.chat.remove(message);
    await bot.chat.remove(message);
    await bot.chat.replace(message, words);
    expect(posted().map(({ id }) => id)).not.toContain(message.messageId);
  });

  test('is known by its id when it is a line below a card', async () => {
    const message = { conversationId, messageId: await post() };
    const mark = { handoffId: 'h-1', seq: 3 };
    const how = {
      notify: true,
      loud: false,
      about: 'Demo request: Priya Nair',
      show: 'Show Card',
    };
    const messageId = await bot.chat.tell(message, line`Nobody has answered`, mark, how, nobody);
    expect(posted().at(-1)?.id).toBe(messageId);
  });
});

describe('a bulletin', () => {
  const bulletin = {
    language: 'en' as const,
    title: 'While the bot was away',
    text: line`One target passed.`,
    items: [{ title: 'Demo request: Priya Nair', text: line`Overdue`, handoffId: 'h-1' }],
  };

  test('is a message with the words of its notification', async () => {
    const messageId = await bot.chat.postBulletin(conversationId, bulletin, { bulletinId: 'b-1' }, nobody);
    expect(posted().at(-1)).toMatchObject({
      id: messageId,
      summary: 'While the bot was away. One target passed.',
    });
    expect(calls()).toEqual({ send: 1 });
  });

  test('is brought up to date in its place; one that is gone is not', async () => {
    const messageId = await bot.chat.postBulletin(conversationId, bulletin, { bulletinId: 'b-1' }, nobody);
    const message = { conversationId, messageId };
    const later = { language: 'en' as const, title: '', text: line`Priya Nair: accepted.`, items: [] };
    const update = () => bot.chat.updateBulletin(message, later, { bulletinId: 'b-1' }, nobody);
    expect(await update()).toBe('changed');
    expect(posted().at(-1)).toMatchObject({ id: messageId, summary: 'Priya Nair: accepted.', edited: true });
    await bot.chat.remove(message);
    expect(await update()).toBe('gone');
  });

  test('cannot be looked for', async () => {
    await bot.chat.postBulletin(conversationId, bulletin, { bulletinId: 'b-1' }, nobody);
    expect(await bot.chat.findBulletin(conversationId, { bulletinId: 'b-1' })).toBeNull();
    expect(calls()).toEqual({ send: 1 });
  });
});

describe('a channel', () => {
  const channel = '19:handoffs@thread.tacv2';
  beforeEach(() => bot.teams.addChannel({ id: channel, name: 'Handoffs' }));
  const postThere = (changes: Partial<Card> = {}) =>
    bot.chat.postCard(channel, { ...card, ...changes }, mark, nobody);
  const threads = () => bot.teams.threads(channel);

  test('gets a card as a post of its own, which is updated in place and taken back', async () => {
    const messageId = await postThere();
    const message = { conversationId: channel, messageId };
    expect(threads()).toMatchObject([
      [{ id: messageId, from: 'bot', summary: 'Demo request: Priya Nair. Respond by ten' }],
    ]);
    const taken: Card = {
      ...card,
      tone: 'done',
      notification: line`Demo request: Priya Nair. Ana has it`,
      status: line`Ana has it`,
    };
    expect(await bot.chat.updateCard(message, taken, { ...mark, revision: 3 }, nobody)).toBe('changed');
    expect(threads()).toMatchObject([[{ summary: 'Demo request: Priya Nair. Ana has it', edited: true }]]);
    await bot.connection.conversations.remove({
      ...message,
      serviceUrl: bot.teams.serviceUrl,
      zone: null,
    });
    expect(threads()).toEqual([]);
    expect(await bot.chat.updateCard(message, card, mark, nobody)).toBe('gone');
    expect(calls()).toEqual({ createConversation: 1, update: 2, delete: 1 });
  });

  test('gets no button that would need to know who presses it, and nothing that everybody asks for', async () => {
    await postThere();
    const [[post] = []] = threads();
    expect(JSON.stringify(post?.card)).toContain('https://app.hubspot.com/1');
    expect(JSON.stringify(post?.card)).not.toMatch(/Action\.(Execute|Submit|ShowCard)|refresh/);
  });

  test('hears below the card what somebody has to act on', async () => {
    const message = { conversationId: channel, messageId: await postThere() };
    const about = card.title;
    const line3 = { handoffId: 'h-1', seq: 3 };
    await bot.chat.tell(
      message,
      line`Accepted`,
      line3,
      { notify: false, loud: false, about, show: 'Show Card' },
      nobody,
    );
    await bot.chat.tell(
      message,
      line`Nobody came`,
      line3,
      { notify: true, loud: false, about, show: 'Show Card' },
      nobody,
    );
    expect(threads()).toMatchObject([
      [{ id: message.messageId }, { summary: 'Demo request: Priya Nair. Nobody came' }],
    ]);
  });

  test('is reached through the server of all regions', async () => {
    const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
    await bot.installs.save({ ...install, serviceUrl: `${bot.teams.url}/` }, now);
    await postThere();
    expect(bot.teams.requests.at(-1)?.path).toBe('/teams/v3/conversations');
  });

  test('is no place for the bot where its team does not have the app', async () => {
    const other = '19:other@thread.tacv2';
    bot.teams.addChannel({ id: other, name: 'Other', app: false });
    const elsewhere = bot.chat.postCard(other, card, mark, nobody);
    expect(await failureOf(elsewhere)).toEqual({ permanent: 'BotNotInConversationRoster' });

    const message = { conversationId: channel, messageId: await postThere() };
    await bot.teams.uninstallFromTeam(email, channel);
    await bot.settled();
    const update = bot.chat.updateCard(message, card, mark, nobody);
    expect(await failureOf(update)).toEqual({ permanent: 'BotNotInConversationRoster' });
  });

  test('that is not there takes no card', async () => {
    const gone = bot.chat.postCard('19:gone@thread.tacv2', card, mark, nobody);
    expect(await failureOf(gone)).toEqual({ permanent: 'ConversationNotFound' });
  });

  test('may have got the card when the connection broke, and nobody can look', async () => {
    bot.teams.failNext({ operation: 'createConversation', dropAfterEffect: true });
    expect(await failureOf(postThere())).toEqual({ temporary: 'unknown', retryAfterSeconds: null });
    expect(threads()).toHaveLength(1);
    expect(await bot.chat.findCard(channel, 'h-1')).toBeNull();
  });

  test('is written to at the pace that Teams allows for one conversation', async () => {
    await bot[Symbol.asyncDispose]();
    await start({ server: { limits: 'documented' } });
    bot.teams.addChannel({ id: channel, name: 'Handoffs' });
    const message = { conversationId: channel, messageId: await postThere() };
    const updates = Array.from({ length: 7 }, (_, n) =>
      bot.chat.updateCard(message, card, { ...mark, revision: n }, nobody),
    );
    expect(await Promise.all(updates)).toEqual(Array(7).fill('changed'));
    expect(bot.teams.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('a call that fails is tried once, and', () => {
  test.each<[string, Partial<Fault>]>([
    ['the connection is dropped after sending', { dropAfterEffect: true }],
    ['Teams hangs before sending', { hang: true }],
    ['Teams hangs after sending', { hangAfterEffect: true }],
    ['Teams answers 500', { status: 500 }],
    ['Teams answers 502', { status: 502 }],
    ['Teams answers 503 and names a time', { status: 503, retryAfter: 1 }],
    ['Teams answers 504', { status: 504 }],
    ['Teams answers 408', { status: 408 }],
    ['a proxy answers 200 with a page', { page: true }],
    ['a proxy answers 403 with a page', { page: true, status: 403 }],
    ['a proxy answers 404 with a page', { page: true, status: 404 }],
    ['a proxy answers 502 with a page', { page: true, status: 502 }],
  ])('has an unknown end when %s', async (_, fault) => {
    await bot[Symbol.asyncDispose]();
    await start({ options: { timeoutMs: 300 } });
    bot.teams.failNext({ operation: 'send', ...fault });
    expect(await failureOf(post())).toEqual({ temporary: 'unknown', retryAfterSeconds: null });
    expect(calls()).toEqual({ send: 1 });
  });

  test.each<[string, Partial<Fault>, string]>([
    ['gets too much', { status: 413 }, 'MessageSizeTooBig'],
    ['gets what Teams does not take', { status: 400, code: 'BadSyntax' }, 'BadSyntax'],
    ['is refused with more than a word', { status: 403, code: 'See *here*: Priya' }, 'HTTP 403'],
    ['is refused with a word that nobody knows', { status: 403, code: 'Priya.Nair' }, 'Priya.Nair'],
  ])('is refused for good when the person %s', async (_, fault, code) => {
    bot.teams.failNext({ operation: 'send', ...fault });
    expect(await failureOf(post())).toEqual({ permanent: code });
    expect(calls()).toEqual({ send: 1 });
  });

  test.each<[string, Partial<Fault>, string | null]>([
    ['a word that we know', { status: 413 }, 'the message is too long'],
    ['a word that nobody knows', { status: 403, code: 'Priya.Nair' }, null],
    ['more than a word', { status: 400, code: 'See *here*: Priya' }, null],
  ])('tells people in our words why, or nothing: %s', async (_, fault, why) => {
    bot.teams.failNext({ operation: 'send', ...fault });
    await expect(post()).rejects.toMatchObject({ name: 'PermanentFailure', why });
  });

  test.each<[Partial<Fault>, string]>([
    [{ status: 401 }, 'Teams does not know the app'],
    [{ status: 403, code: 'BotDisabledByAdmin' }, 'an administrator has disabled the app'],
    [{ status: 403, code: 'InvalidBotApiHost' }, 'the app asks the wrong cloud'],
  ])('waits for whoever can let the app in (%o)', async (fault, words) => {
    bot.teams.failNext({ operation: 'send', ...fault });
    const obstacle = expect.stringContaining(words);
    await expect(post()).rejects.toMatchObject({ name: 'TemporaryFailure', outcome: 'notDone', obstacle });
  });

  test('is refused for good after the app was removed', async () => {
    await bot.teams.uninstall(email);
    await bot.settled();
    expect(await failureOf(post())).toEqual({ permanent: 'MessageWritesBlocked' });
  });

  test('waits for the operator on 401, and asks with a new token then', async () => {
    bot.teams.failNext({ operation: 'send', status: 401 });
    expect(await failureOf(post())).toEqual({ temporary: 'notDone', retryAfterSeconds: null });
    await post();
    expect(calls()).toEqual({ send: 2, token: 1 });
  });

  test('sends nothing while there is no token', async () => {
    await bot[Symbol.asyncDispose]();
    bot = await startBot();
    bot.teams.failNext({ operation: 'token', status: 503 });
    expect(await failureOf(bot.chat.postCard('a:1x', card, mark, nobody))).toEqual({
      temporary: 'notDone',
      retryAfterSeconds: null,
    });
    expect(bot.teams.callCounts()).toEqual({ token: 1 });
  });

  test('was not done when nobody listens there', async () => {
    await post();
    await bot.teams.close();
    const failure = await failureOf(post());
    expect(failure).toMatchObject({ temporary: expect.stringMatching(/notDone|unknown/) });
    expect(await failureOf(post())).toEqual({ temporary: 'notDone', retryAfterSeconds: null });
  });
});

describe('pace', () => {
  test('keeps the order of a conversation and meets no limit of Teams', async () => {
    await bot[Symbol.asyncDispose]();
    await start({ server: { limits: 'documented' } });
    const ids = await Promise.all([...'123456789'].map((n) => post({ notification: line`Lead ${n}` })));
    expect(ids).toEqual(ids.toSorted());
    expect(titles().filter((title) => title?.startsWith('Lead'))).toEqual(
      [...'123456789'].map((n) => `Lead ${n}`),
    );
    expect(bot.teams.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('keeps the order of a conversation when Teams asks it to wait', async () => {
    bot.teams.failNext({ operation: 'send', status: 429, retryAfter: 1 });
    await Promise.all([...'123'].map((n) => post({ notification: line`Lead ${n}` })));
    expect(titles().filter((title) => title?.startsWith('Lead'))).toEqual(['Lead 1', 'Lead 2', 'Lead 3']);
  });

  test('holds back only the conversation that Teams asked to wait', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    await bot.teams.install(ben.id);
    await bot.settled();
    const other = (await bot.installs.byUser(ben.id))?.conversationId ?? '';
    bot.teams.failNext({ operation: 'send', status: 429, retryAfter: 1 });

    onTestFinished(() => void vi.useRealTimers());
    const alreadyPast = performance.now();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    vi.advanceTimersByTime(alreadyPast);
    let posted = false;
    const waiting = post().then(() => {
      posted = true;
    });
    // The clock stands still meanwhile: they wait for nothing.
    await bot.chat.postCard(other, card, mark, nobody);
    await bot.chat.emailsOf(bot.ana.id);
    await vi.advanceTimersByTimeAsync(999);
    await bot.chat.emailsOf(ben.id);
    expect(posted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
  });

  test.each<[string, Partial<Fault>]>([
    ['429 without a time', { status: 429 }],
    ['412, for two calls that met', { status: 412 }],
  ])('waits some seconds of its own on %s', async (_, fault) => {
    await bot[Symbol.asyncDispose]();
    await start({ options: { maxWaitMs: 1000 } });
    bot.teams.failNext({ operation: 'send', ...fault });
    const failure = await failureOf(post());
    expect(failure).toMatchObject({ temporary: 'notDone' });
    const { retryAfterSeconds } = failure as { retryAfterSeconds: number };
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(2);
    expect(retryAfterSeconds).toBeLessThanOrEqual(5);
    expect(calls()).toEqual({ send: 1 });
  });

  test('does not wait longer than it may, and says for how long Teams asked', async () => {
    bot.teams.failNext({ operation: 'send', status: 429, retryAfter: 60 });
    expect(await failureOf(post())).toEqual({ temporary: 'notDone', retryAfterSeconds: 60 });
    expect(await failureOf(post())).toEqual({ temporary: 'notDone', retryAfterSeconds: 60 });
    expect(calls()).toEqual({ send: 1 });
  });
});

test('Graph of Microsoft itself is asked when no other server is given', async () => {
  const log = { warn: () => undefined, error: () => undefined };
  const connection = connectTeams({ ...app, appType: 'SingleTenant', apiUrl: null, graph: true }, log);
  const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
    const token = { access_token: 'token', expires_in: 3599, token_type: 'Bearer' };
    return Response.json(String(url).includes('/token') ? token : { value: [] });
  });
  expect(await connection.graph?.byEmail("ana+o'neil@acme.test")).toBeNull();
  const { searchParams } = new URL(String(asked.mock.calls.at(-1)?.[0]));
  expect(searchParams.get('$filter')).toBe(
    "mail eq 'ana+o''neil@acme.test' or userPrincipalName eq 'ana+o''neil@acme.test'" +
      " or proxyAddresses/any(address:address eq 'smtp:ana+o''neil@acme.test')",
  );
  expect(searchParams.get('$select')).toBe('id,mail,userPrincipalName,proxyAddresses,accountEnabled');
  expect(asked.mock.calls.at(-1)).toMatchObject([
    expect.stringMatching(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\?\$filter=/),
    { headers: { authorization: 'Bearer token' } },
  ]);
});
