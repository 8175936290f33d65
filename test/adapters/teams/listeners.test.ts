import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { verbs } from '../../../src/adapters/teams/button.ts';
import type { Card } from '../../../src/domain/card/card.ts';
import { line } from '../../../src/domain/words/line.ts';
import type { Answer, Look, Reply, ReplyPress } from '../../../src/flow/ports/chat.ts';
import { app, type Bot, type BotOptions, card, email, mark, nobody, now, startBot } from './bot.ts';
import { foreignInvokes, nobodysActivities } from './other-activities.ts';

const sorry = 'Something went wrong on our side; nothing was changed. Try again.';
const accept = verbs.command('accept');
const open = verbs.open('disqualify');
const disqualify = verbs.form('disqualify');
const secretWords = 'words of a lead';

let bot: Bot;
let messageId: string;

/** The bot with a card in the conversation of somebody who has added the app. */
async function start(options: BotOptions = {}): Promise<void> {
  bot = await startBot(options);
  await bot.teams.install(email);
  await bot.settled();
  const install = await bot.installs.byUser(bot.ana.id);
  messageId = await bot.chat.postCard(install?.conversationId ?? '', card, mark, nobody);
  before = bot.teams.messages(email).length;
}
let before: number;

const press = (verb: string, changes: Partial<Parameters<Bot['teams']['press']>[1]> = {}) =>
  bot.teams.press(email, { messageId, verb, ...changes });
const refused = (text: string, field: string | null = null): Answer => ({
  done: false,
  text: line`${text}`,
  field,
});
/** What the bot has sent since the card. */
const sent = () =>
  bot.teams
    .messages(email)
    .slice(before)
    .filter(({ from }) => from === 'bot');
const textOf = (value: unknown) => JSON.stringify(value);
/** A step that goes on when told. */
function held<Value>(value: Value): { wait: () => Promise<Value>; go: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { wait: () => promise.then(() => value), go: resolve };
}

beforeEach(() => start());
afterEach(async () => {
  vi.restoreAllMocks();
  await bot[Symbol.asyncDispose]();
});

const further = line`This lead's card is further down.`;

describe('a button', () => {
  test('is carried out, and answered with the card as it stands then', async () => {
    bot.steps.refreshCard = async () => ({
      card: { ...card, status: line`Accepted` },
      mark: { ...mark, revision: 3 },
      people: nobody,
    });
    const outcome = await press(accept);
    expect(outcome).toMatchObject({ result: 'answered', status: 200 });
    expect(textOf(outcome.card)).toContain('Accepted');
    expect(bot.acts).toEqual([
      {
        click: {
          platform: 'teams',
          userId: bot.ana.id,
          handoffId: 'h-1',
          commandId: `teams:${bot.ana.id}:${accept}:h-1:2`,
        },
        act: { type: 'accept' },
      },
    ]);
    expect(sent()).toEqual([]);
  });

  test('is one click however often Teams asks', async () => {
    await press(accept, { redeliver: 'sameId' });
    await press(accept, { redeliver: 'newId' });
    expect(new Set(bot.acts.map(({ click }) => click.commandId)).size).toBe(1);
    expect(bot.acts).toHaveLength(4);
  });

  test('that is refused brings the card with the reason on top', async () => {
    bot.steps.respond = async () => refused('Ben has it now.');
    const { card: shown } = await press(accept);
    expect(textOf(shown)).toContain('Ben has it now.');
    expect(textOf(shown)).toContain('Demo request: Priya Nair');
    expect(sent()).toEqual([]);
  });

  test('of somebody who may not see the card brings the reason alone', async () => {
    bot.steps.refreshCard = async () => ({ refused: line`This handoff no longer exists.` });
    const { card: shown } = await press(accept);
    expect(textOf(shown)).toContain('This handoff no longer exists.');
    expect(textOf(shown)).not.toContain('Priya');

    bot.steps.respond = async () => refused('You are not among the people.');
    expect(textOf((await press(accept, { card: bot.teams.messages(email).at(-1)?.card })).card)).toContain(
      'You are not among the people.',
    );
  });

  test('that fails is apologised for on the card, and logged without a word of it', async () => {
    bot.steps.respond = async () => {
      throw new Error(secretWords);
    };
    const { result, card: shown } = await press(accept);
    expect(result).toBe('answered');
    expect(textOf(shown)).toContain(sorry);
    expect(textOf(shown)).toContain('Demo request: Priya Nair');
    expect(bot.logged).toHaveLength(1);
    expect(bot.logged[0]).toContain('"handoffId":"h-1"');
    expect(bot.logged[0]).not.toContain(secretWords);
  });

  test('is answered in words when the card cannot be looked at, which leaves it where it is', async () => {
    bot.steps.refreshCard = async () => {
      throw new Error(secretWords);
    };
    expect(await press(accept)).toMatchObject({ result: 'answered', text: 'Done.' });
    expect(bot.acts).toHaveLength(1);
    bot.steps.respond = async () => refused('Ben has it now.');
    expect((await press(accept)).text).toBe('Ben has it now.');
    expect((await bot.teams.view(email))[0]?.text).toBe(sorry);
    expect(bot.logged.join()).not.toContain(secretWords);
  });

  test('is answered when the card cannot be drawn', async () => {
    bot.steps.refreshCard = async () => ({ card: {} as Card, mark, people: nobody });
    expect(await press(accept)).toMatchObject({ result: 'answered', text: 'Done.' });
    expect(bot.logged.join()).toContain('could not be looked at again');
  });

  test('of a card that nobody knows any more does nothing', async () => {
    const unknown = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [],
      actions: [
        { type: 'Action.Execute', title: 'Old', verb: 'handoff.old', data: { handoff: 'h-1', revision: 1 } },
      ],
    };
    const outcome = await press('handoff.old', { card: unknown });
    expect(outcome).toMatchObject({
      result: 'answered',
      text: 'This button is out of date. Use the buttons on the newest card of this lead.',
    });
    expect(bot.acts).toEqual([]);
    expect(bot.logged.join()).toContain('unknown verb');
  });
});

describe('a form', () => {
  const inputs = { 'disqualify.reason': 'timing', 'disqualify.note': 'They are a competitor' };
  const filled = { reason: 'timing', note: 'They are a competitor' };

  /** The form, as the message that it is. */
  const opened = async () => {
    expect((await press(open)).result).toBe('answered');
    return sent().at(-1) ?? expect.fail('expected a form');
  };
  const send = async (changes: Partial<Parameters<Bot['teams']['press']>[1]> = {}) =>
    press(disqualify, { messageId: (sent().at(-1) ?? expect.fail()).id, inputs, ...changes });

  test('is a message of its own, about a lead, and the card stays as it is', async () => {
    const { id, summary, card: form } = await opened();
    expect(summary).toBe('Demo request: Priya Nair. Disqualify Lead');
    expect(textOf(form)).toContain('Demo request: Priya Nair');
    expect(bot.said).toMatchObject([{ messageId: id, leadIds: ['501'] }]);
    expect(bot.looks).toHaveLength(1);
    expect(bot.acts).toEqual([]);
  });

  test('is sent once and not changed afterwards', async () => {
    expect(await opened()).toMatchObject({ edited: false });
    expect(bot.teams.callCounts()).not.toHaveProperty('update');
  });

  test.each([
    ['asked for again', () => press(open)],
    ['whose click comes twice', () => press(open, { redeliver: 'newId' })],
  ])('%s takes the place of the one before', async (_, again) => {
    const first = await opened();
    await again();
    await bot.settled();
    const forms = sent();
    expect(forms).toHaveLength(1);
    expect(forms[0]?.id).not.toBe(first.id);
    expect(await send()).toMatchObject({ result: 'answered' });
    await bot.settled();
    expect(sent().map(({ summary }) => summary)).toEqual(['Demo request: Priya Nair. Done.']);
  });

  test.each(['noteSaid', 'keepForm'] as const)(
    'of which nothing can be noted is taken back (%s)',
    async (step) => {
      bot.steps[step] = (): Promise<never> => Promise.reject(new Error(secretWords));
      expect(textOf((await press(open)).card)).toContain(sorry);
      await bot.settled();
      expect(sent()).toEqual([]);
      expect(bot.logged.join()).not.toContain(secretWords);
    },
  );

  test('is not touched while somebody fills it in, whatever becomes of the card', async () => {
    const { id, card: form } = await opened();
    const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
    const at = { conversationId: install.conversationId, messageId };
    const late: Card = { ...card, tone: 'late', status: line`Overdue` };
    await bot.chat.updateCard(at, late, { ...mark, revision: 3 }, nobody);
    await bot.teams.view(email);
    expect(bot.teams.messages(email).find((message) => message.id === id)?.shown).toEqual(form);
  });

  test('that cannot be had is refused on the card', async () => {
    bot.steps.prepareForm = async () => ({ refused: line`Ben has it now.` });
    const { card: shown } = await press(open);
    expect(textOf(shown)).toContain('Ben has it now.');
    expect(textOf(shown)).toContain('Demo request: Priya Nair');
    expect(sent()).toEqual([]);
  });

  test.each(['step', 'send'])('that cannot be brought is apologised for on the card (%s)', async (what) => {
    if (what === 'send') bot.teams.failNext({ operation: 'send', status: 503 });
    else bot.steps.prepareForm = () => Promise.reject(new Error(secretWords));
    expect(textOf((await press(open)).card)).toContain(sorry);
    expect(bot.logged).toHaveLength(1);
    expect(bot.logged.join()).not.toContain(secretWords);
  });

  test('is carried out with what was chosen and typed, and gives way to what came of it', async () => {
    const { id } = await opened();
    const outcome = await send();
    expect(outcome.result).toBe('answered');
    expect(textOf(outcome.card)).toContain('Done.');
    expect(bot.acts.map(({ act }) => act)).toEqual([
      { type: 'submit', form: 'disqualify', values: filled, asked: ['reason', 'note'] },
    ]);
    await bot.settled();
    expect(sent()).toMatchObject([{ id, summary: 'Demo request: Priya Nair. Done.', edited: true }]);
    expect(textOf(sent()[0]?.card)).not.toContain('Input.');
  });

  test.each([null, '-1', 'another'])(
    'knows by itself which message it is (client says %s)',
    async (named) => {
      const { id } = await opened();
      await send({ replyTo: named === 'another' ? messageId : named });
      await bot.settled();
      expect(sent()).toMatchObject([{ id, summary: 'Demo request: Priya Nair. Done.' }]);
      const lead = bot.teams.messages(email).find((message) => message.id === messageId);
      expect(lead?.summary).toContain('Respond by ten');
    },
  );

  test('that is refused for a field comes back with everything typed and the reason at the field', async () => {
    await opened();
    bot.steps.respond = async () => refused('This reason needs more words.', 'note');
    const outcome = await send();
    expect(outcome.result).toBe('answered');
    expect(textOf(outcome.card)).toContain('This reason needs more words.');
    expect(textOf(outcome.card)).toContain('They are a competitor');

    const heard: unknown[] = [];
    bot.steps.respond = async (_, act) => {
      heard.push(act);
      return { done: true, text: line`Done.` };
    };
    await send({ inputs: { 'disqualify.note': 'They are a competitor of ours' } });
    const note = 'They are a competitor of ours';
    expect(heard).toMatchObject([{ type: 'submit', form: 'disqualify', values: { ...filled, note } }]);
  });

  test.each([
    ['is refused for no field', async () => refused('Another touch was logged meanwhile.'), 'Another touch'],
    ['fails', () => Promise.reject(new Error(secretWords)), sorry],
  ])('that %s comes back with everything typed and the reason', async (_, respond, words) => {
    const { id } = await opened();
    bot.steps.respond = respond;
    const { card: shown } = await send();
    expect(textOf(shown)).toContain(words);
    expect(textOf(shown)).toContain('They are a competitor');
    expect(textOf(shown)).toContain(disqualify);
    await bot.settled();
    expect(sent()).toMatchObject([{ id, summary: 'Demo request: Priya Nair. Disqualify Lead' }]);
  });

  test('that cannot be had any more gives way to the reason, and gives back what was typed', async () => {
    await opened();
    bot.steps.respond = async () => refused('The lead is closed.');
    bot.steps.prepareForm = async () => ({ refused: line`The lead is closed.` });
    const { card: shown } = await send();
    expect(textOf(shown)).toContain('You wrote:');
    expect(textOf(shown)).toContain('They are a competitor');
    expect(textOf(shown)).not.toContain('Input.');
    await bot.settled();
    expect(sent().map(({ summary }) => summary)).toEqual(['Demo request: Priya Nair. The lead is closed.']);
    expect(textOf(sent()[0]?.card)).toContain('They are a competitor');
  });

  test('of which nobody can tell whether it may still be had is left as it is', async () => {
    const { card: form } = await opened();
    bot.steps.respond = async () => refused('The lead is closed.');
    bot.steps.prepareForm = () => Promise.reject(new Error(secretWords));
    expect(await send()).toMatchObject({ text: 'The lead is closed.', card: null });
    await bot.settled();
    expect(sent()[0]?.shown).toEqual(form);
    expect(bot.logged.join()).not.toContain(secretWords);
  });

  test('that is given up says so, and changes nothing', async () => {
    const { id } = await opened();
    const { card: shown } = await press(verbs.cancel, { messageId: id, replyTo: messageId });
    expect(textOf(shown)).toContain('Nothing was changed.');
    await bot.settled();
    expect(sent().map(({ summary }) => summary)).toEqual(['Demo request: Priya Nair. Nothing was changed.']);
    expect(bot.acts).toEqual([]);
  });

  test('comes to a client that cannot invoke as well, and gives way there', async () => {
    await press(open, { as: 'submit' });
    bot.steps.respond = async () => refused('This reason needs more words.', 'note');
    await send({ as: 'submit' });
    expect(sent().map(({ summary }) => summary)).toEqual([
      'Demo request: Priya Nair. Disqualify Lead',
      'This reason needs more words.',
    ]);
    bot.steps.respond = async () => ({ done: true, text: line`Done.` });
    const [form] = sent();
    await press(disqualify, { messageId: form?.id ?? '', inputs, as: 'submit' });
    await bot.settled();
    expect(sent()[0]?.summary).toBe('Demo request: Priya Nair. Done.');
  });

  test('of a card from before, which held its forms itself, is answered with the card', async () => {
    const data = { handoff: 'h-1', revision: 2, ...inputs };
    const value = { action: { type: 'Action.Execute', verb: disqualify, data } };
    const answer = await post({
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      replyToId: messageId,
      value,
    });
    expect(bot.acts.map(({ act }) => act)).toEqual([{ type: 'submit', form: 'disqualify', values: filled }]);
    expect(textOf(answer.body)).toContain('Demo request: Priya Nair');
    expect(sent()).toEqual([]);
  });
});

describe('a client that cannot invoke', () => {
  test('has its button carried out; the card itself is brought up to date by its delivery', async () => {
    expect(await press(accept, { as: 'submit' })).toMatchObject({ result: 'answered', body: {} });
    expect(bot.acts.map(({ act }) => act)).toEqual([{ type: 'accept' }]);
    expect(sent()).toEqual([]);
    expect(bot.looks).toEqual([]);
  });

  test('is told in the conversation why nothing happened', async () => {
    bot.steps.respond = async () => refused('Ben has it now.');
    await press(accept, { as: 'submit' });
    expect(sent().map(({ summary }) => summary)).toEqual(['Ben has it now.']);
  });
});

describe('a card that comes into sight', () => {
  test('asks for its present state, as the message that it is', async () => {
    const outcomes = await bot.teams.view(email);
    expect(outcomes.map(({ result }) => result)).toEqual(['answered']);
    expect(bot.looks).toEqual([{ userId: bot.ana.id, handoffId: 'h-1', messageId, attempt: 1 }]);
    expect(bot.acts).toEqual([]);
  });

  test('is taken back when the person has another one of the same lead', async () => {
    bot.steps.refreshCard = async () => ({ stray: true, isNobodys: true, instead: further });
    const [outcome] = await bot.teams.view(email);
    expect(outcome?.result).toBe('answered');
    expect(textOf(outcome?.card)).toContain("This lead's card is further down.");
    await bot.settled();
    expect(bot.teams.messages(email).some(({ id }) => id === messageId)).toBe(false);
  });

  test('stays where it is when the client does not tell that it is another message', async () => {
    bot.steps.refreshCard = async () => ({ stray: true, isNobodys: false, instead: further });
    const { card: shown } = await press(accept);
    expect(textOf(shown)).toContain("This lead's card is further down.");
    await bot.settled();
    expect(bot.teams.messages(email).some(({ id }) => id === messageId)).toBe(true);
  });

  test('says so even when it cannot be taken back', async () => {
    bot.steps.refreshCard = async () => ({ stray: true, isNobodys: true, instead: further });
    bot.teams.failNext({ operation: 'delete', status: 503 });
    expect((await bot.teams.view(email))[0]?.result).toBe('answered');
    await bot.settled();
    expect(bot.logged.join()).toContain('could not be removed');
    expect(bot.logged.join()).not.toContain(secretWords);
  });

  test('keeps the reason why nothing happened when it is pressed and goes', async () => {
    bot.steps.refreshCard = async () => ({ stray: true, isNobodys: true, instead: further });
    bot.steps.respond = async () => refused('Ben has it now.');
    const { card: shown } = await press(accept);
    expect(textOf(shown)).toContain('Ben has it now.');
    expect(textOf(shown)).toContain("This lead's card is further down.");
  });
});

describe('what takes too long for Teams', () => {
  beforeEach(async () => {
    await bot[Symbol.asyncDispose]();
    await start({ answerWithinMs: 50 });
  });

  test('is answered as under way, and shows on the card when it is done', async () => {
    const step = held<Answer>({ done: true, text: line`Done.` });
    bot.steps.respond = step.wait;
    expect(await press(accept)).toMatchObject({
      result: 'answered',
      text: 'This takes longer than usual. The answer will follow here.',
    });
    step.go();
    await bot.settled();
    expect(sent()).toEqual([]);
  });

  test('is not promised a card by who only looked at one', async () => {
    const step = held<Look>({ card, mark, people: nobody });
    bot.steps.refreshCard = step.wait;
    expect((await bot.teams.view(email))[0]).toMatchObject({
      result: 'answered',
      text: 'This takes longer than usual. Open the chat again in a moment.',
    });
    step.go();
    await bot.settled();
    expect(sent()).toEqual([]);
  });

  test('is told in the conversation when it is refused in the end', async () => {
    const step = held(refused('Ben has it now.'));
    bot.steps.respond = step.wait;
    expect((await press(accept)).text).toContain('longer than usual');
    expect(sent()).toEqual([]);
    step.go();
    await bot.settled();
    expect(sent().map(({ summary }) => summary)).toEqual(['Ben has it now.']);
  });

  test('is waited for by whoever stops the bot', async () => {
    const step = held({ title: 'Your handoffs', sections: [] });
    bot.steps.answerCommand = step.wait;
    await bot.teams.write(email, 'stats');
    const stopped = vi.fn();
    const stopping = bot.settled().then(stopped);
    await Promise.resolve();
    expect(stopped).not.toHaveBeenCalled();
    step.go();
    await stopping;
    expect(sent().map(({ summary }) => summary)).toEqual(['Your handoffs']);
  });
});

describe('words', () => {
  test('are answered with a card in the conversation', async () => {
    expect(await bot.teams.write(email, '/handoff stats')).toMatchObject({ result: 'answered', status: 200 });
    await bot.settled();
    const [reply, ...others] = sent();
    expect(others).toEqual([]);
    expect(reply?.summary).toBe('Your handoffs');
    expect(textOf(reply?.card)).toContain('"stats"');
  });

  test('that cannot be answered are apologised for', async () => {
    bot.steps.answerCommand = async () => {
      throw new Error(secretWords);
    };
    expect((await bot.teams.write(email, secretWords)).status).toBe(200);
    await bot.settled();
    expect(sent().map(({ summary }) => summary)).toEqual([sorry]);
    expect(bot.logged.join()).not.toContain(secretWords);
  });

  test('whose answer is lost are no failure of Teams', async () => {
    bot.teams.failNext({ operation: 'send', status: 500 });
    expect((await bot.teams.write(email, 'stats')).status).toBe(200);
    await bot.settled();
    expect(sent()).toEqual([]);
    expect(bot.logged.join()).toContain('an answer in Teams was lost');
  });
});

describe('the app', () => {
  test('that is added is where the person is reached from then on, and greets them', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    const welcomed: unknown[] = [];
    bot.steps.welcome = async (who) => {
      welcomed.push({ ...who, reached: (await bot.installs.byUser(who.userId)) !== null });
      return { title: 'Welcome', sections: [] };
    };
    expect((await bot.teams.install(ben.id)).status).toBe(200);
    await bot.settled();
    expect(welcomed).toEqual([{ platform: 'teams', userId: ben.id, reached: true }]);
    expect(bot.teams.messages(ben.id).map(({ summary }) => summary)).toEqual(['Welcome']);
  });

  test.each(['installation', 'members', 'both'] as const)(
    'is greeted once and bidden farewell, whichever activities tell of it (%s)',
    async (told) => {
      const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
      const left = new Set<string>();
      bot.steps.farewell = async ({ userId }) => void left.add(userId);
      for (const _ of ['first', 'again']) {
        await bot.teams.install(ben.id, told);
        await bot.settled();
        expect(await bot.installs.byUser(ben.id)).toMatchObject({ memberId: ben.memberId });
        await bot.teams.uninstall(ben.id, told);
        await bot.settled();
        expect(await bot.installs.byUser(ben.id)).toBeNull();
      }
      expect(bot.teams.messages(ben.id).map(({ summary }) => summary)).toEqual(['Hello', 'Hello']);
      expect([...left]).toEqual([ben.id]);
    },
  );

  test('that is added while nothing can be saved is asked for again, and greets them then', async () => {
    const ben = bot.teams.addUser({ email: 'ben@acme.test', name: 'Ben Roth' });
    vi.spyOn(bot.installs, 'save').mockRejectedValueOnce(new Error(secretWords));
    expect((await bot.teams.install(ben.id, 'installation')).status).toBe(500);
    await bot.settled();
    expect(bot.teams.messages(ben.id)).toEqual([]);
    expect(bot.logged.join()).toContain('could not be saved');
    expect(bot.logged.join()).not.toContain(secretWords);
    expect((await bot.teams.install(ben.id)).status).toBe(200);
    await bot.settled();
    expect(bot.teams.messages(ben.id).map(({ summary }) => summary)).toEqual(['Hello']);
  });

  describe('whose adding nobody has heard of', () => {
    const welcomed: unknown[] = [];
    beforeEach(async () => {
      welcomed.length = 0;
      bot.steps.welcome = async (who) => {
        welcomed.push(who);
        return { title: 'Welcome', sections: [] };
      };
      await bot.installs.remove(bot.ana.id);
    });
    const who = () => ({ platform: 'teams', userId: bot.ana.id });

    test.each<[string, () => Promise<unknown>]>([
      ['writes', () => bot.teams.write(email, 'stats')],
      ['presses a button', () => press(accept)],
      ['looks at a card', () => bot.teams.view(email)],
    ])('is welcomed without a greeting when its owner %s, once', async (_, act) => {
      await act();
      await bot.settled();
      await act();
      await bot.settled();
      expect(welcomed).toEqual([who()]);
      expect(await bot.installs.byUser(bot.ana.id)).not.toBeNull();
      expect(sent().map(({ summary }) => summary)).not.toContain('Welcome');
    });

    test('does what its owner wants also when they cannot be welcomed', async () => {
      bot.steps.welcome = async () => {
        throw new Error(secretWords);
      };
      expect((await press(accept)).result).toBe('answered');
      await bot.settled();
      expect(bot.acts).toHaveLength(1);
      expect(bot.logged.join()).toContain('what waits for somebody in Teams could not be brought');
      expect(bot.logged.join()).not.toContain(secretWords);
    });

    test('is not welcomed again for having moved to another server', async () => {
      await bot.teams.write(email, 'stats');
      await bot.settled();
      const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
      await bot.installs.save({ ...install, serviceUrl: 'https://smba.trafficmanager.net/old/' }, now);
      await bot.teams.write(email, 'stats');
      await bot.settled();
      expect(welcomed).toEqual([who()]);
    });
  });

  test('that is removed reaches the person no more, and sends nothing', async () => {
    const left: unknown[] = [];
    bot.steps.farewell = async (who) => void left.push(who);
    expect((await bot.teams.uninstall(email)).status).toBe(200);
    await bot.settled();
    for (const who of left) expect(who).toEqual({ platform: 'teams', userId: bot.ana.id });
    expect(left).not.toEqual([]);
    expect(await bot.installs.byUser(bot.ana.id)).toBeNull();
    expect(sent()).toEqual([]);
    expect(bot.logged).toEqual([]);
  });

  test('is removed whatever the steps do', async () => {
    bot.steps.farewell = async () => {
      throw new Error(secretWords);
    };
    expect((await bot.teams.uninstall(email)).status).toBe(200);
    expect(await bot.installs.byUser(bot.ana.id)).toBeNull();
    expect(bot.logged.join()).toContain('could not be noted');
  });
});

describe('where somebody is reached', () => {
  const saves = () => vi.spyOn(bot.installs, 'save');

  test('is saved when something has changed, and the emails stay', async () => {
    await press(accept);
    await bot.chat.emailsOf(bot.ana.id);
    const install = (await bot.installs.byUser(bot.ana.id)) ?? expect.fail();
    await bot.installs.save({ ...install, serviceUrl: 'https://smba.trafficmanager.net/old/' }, now);
    const saved = saves();
    await press(accept);
    expect(saved).toHaveBeenCalledTimes(1);
    expect(await bot.installs.byUser(bot.ana.id)).toEqual(install);
  });

  test('is not saved over and over', async () => {
    await press(accept);
    const saved = saves();
    await press(accept);
    await bot.teams.view(email);
    await bot.teams.write(email, 'stats');
    await bot.settled();
    expect(saved).not.toHaveBeenCalled();
  });

  test('may fail to be saved; the click is carried out all the same', async () => {
    vi.spyOn(bot.installs, 'byUser').mockRejectedValue(new Error(secretWords));
    expect((await press(accept)).result).toBe('answered');
    expect(bot.acts).toHaveLength(1);
    expect(bot.logged.join()).toContain('could not be saved');
    expect(bot.logged.join()).not.toContain(secretWords);
  });
});

describe('a bulletin', () => {
  const bulletin = {
    language: 'en' as const,
    title: 'While the bot was away',
    text: line`Two targets passed.`,
    items: ['h-1', 'h-2'].map((handoffId) => ({
      title: `Lead ${handoffId}`,
      text: line`Overdue`,
      handoffId,
    })),
  };
  let bulletinId: string;
  beforeEach(async () => {
    const install = await bot.installs.byUser(bot.ana.id);
    const place = install?.conversationId ?? '';
    bulletinId = await bot.chat.postBulletin(place, bulletin, { bulletinId: 'b-1' }, nobody);
  });
  const show = (changes: Partial<Parameters<Bot['teams']['press']>[1]> = {}) =>
    bot.teams.press(email, {
      messageId: bulletinId,
      verb: 'handoff.show',
      data: { handoff: 'h-2', bulletin: 'b-1' },
      ...changes,
    });
  const standing = () => bot.teams.messages(email).at(-1);

  test('has a button for each lead, whose answer leaves it where it is', async () => {
    expect(await show()).toMatchObject({ result: 'answered', text: 'Done.', card: null });
    await show({ redeliver: 'newId' });
    const click = { platform: 'teams', userId: bot.ana.id, handoffId: 'h-2' };
    const commandId = `teams:${bot.ana.id}:handoff.show:h-2:b-1`;
    expect(bot.acts).toEqual(Array(3).fill({ click: { ...click, commandId }, act: { type: 'show' } }));
    expect(standing()).toMatchObject({ id: bulletinId, edited: false });
    expect(standing()?.shown).toEqual(standing()?.card);
    expect(bot.looks).toEqual([]);
  });

  test('says why a card does not come', async () => {
    bot.steps.respond = async () => refused('This handoff no longer exists.');
    expect((await show()).text).toBe('This handoff no longer exists.');
    await show({ as: 'submit' });
    expect(sent().at(-1)?.summary).toBe('This handoff no longer exists.');
  });
});

describe('a button of an answer', () => {
  const list: Reply = {
    title: 'Your leads',
    sections: [],
    actions: [
      { kind: 'say', words: 'back', label: "I'm Back" },
      { kind: 'act', command: 'accept', handoffId: 'h-7', label: 'Accept' },
    ],
  };
  let presses: ReplyPress[];
  let answerId: string;
  const standing = () => sent().at(-1);
  const pressed = (verb: string, changes: Partial<Parameters<Bot['teams']['press']>[1]> = {}) =>
    bot.teams.press(email, { messageId: answerId, verb, ...changes });

  beforeEach(async () => {
    presses = [];
    bot.steps.answerCommand = async () => list;
    bot.steps.answerPress = async (asked) => {
      presses.push(asked);
      return { ...list, title: 'Welcome back', about: ['501'] };
    };
    await bot.teams.write(email, 'queue');
    await bot.settled();
    answerId = standing()?.id ?? '';
  });

  test('is answered in the place of the answer, at once and for good', async () => {
    const outcome = await pressed(verbs.say);
    await bot.settled();
    expect(textOf(outcome.card)).toContain('Welcome back');
    expect(presses).toEqual([{ platform: 'teams', userId: bot.ana.id, say: 'back' }]);
    expect(standing()).toMatchObject({ id: answerId, edited: true, summary: 'Welcome back' });
    expect(textOf(standing()?.card)).toContain('Welcome back');
    const conversationId = (await bot.installs.byUser(bot.ana.id))?.conversationId;
    expect(bot.said).toEqual([{ platform: 'teams', conversationId, messageId: answerId, leadIds: ['501'] }]);
  });

  test('that is a command of a card says which words brought the list', async () => {
    await pressed(verbs.act('accept'));
    expect(presses).toMatchObject([{ command: 'accept', handoffId: 'h-7', again: 'queue' }]);
  });

  test('is one command however often Teams asks, and another when it is pressed on the new answer', async () => {
    await pressed(verbs.act('accept'), { redeliver: 'newId' });
    await bot.settled();
    await pressed(verbs.act('accept'));
    const ids = presses.map((asked) => ('commandId' in asked ? asked.commandId : null));
    expect([ids.length, new Set(ids).size, ids[0] === ids[1]]).toEqual([3, 2, true]);
  });

  test.each([['another message'], [null]])('changes the answer when the client tells %s', async (replyTo) => {
    await pressed(verbs.say, { replyTo: replyTo === null ? null : messageId });
    await bot.settled();
    expect(textOf(standing()?.card)).toContain('Welcome back');
    expect(bot.teams.messages(email).find(({ id }) => id === messageId)).toMatchObject({ edited: false });
  });

  test('is answered by a client that cannot invoke in the same place', async () => {
    await pressed(verbs.say, { as: 'submit' });
    await bot.settled();
    expect(standing()).toMatchObject({ id: answerId, edited: true, summary: 'Welcome back' });
  });

  test('whose step throws leaves the answer where it is', async () => {
    bot.steps.answerPress = async () => Promise.reject(new Error(secretWords));
    expect((await pressed(verbs.say)).text).toBe(sorry);
    await bot.settled();
    expect(standing()).toMatchObject({ id: answerId, edited: false });
    expect(bot.logged.join()).not.toContain(secretWords);
  });

  test('that takes long is answered in its place when it is ready', async () => {
    await bot[Symbol.asyncDispose]();
    await start({ answerWithinMs: 50 });
    bot.steps.answerCommand = async () => list;
    await bot.teams.write(email, 'queue');
    await bot.settled();
    answerId = standing()?.id ?? '';
    const step = held<Reply>({ title: 'Welcome back', sections: [] });
    bot.steps.answerPress = step.wait;
    expect((await pressed(verbs.say)).text).toContain('longer than usual');
    step.go();
    await bot.settled();
    expect(standing()).toMatchObject({ id: answerId, summary: 'Welcome back' });
  });
});

describe('a button of a bulletin that says something', () => {
  test('is answered below it, as what was told stays', async () => {
    const install = await bot.installs.byUser(bot.ana.id);
    const actions = [{ kind: 'say', words: 'back', label: "I'm Back" }] as const;
    const bulletin = {
      language: 'en' as const,
      title: 'Your leads are paused',
      text: line`Three cards.`,
      items: [],
      actions,
    };
    const bulletinId = await bot.chat.postBulletin(
      install?.conversationId ?? '',
      bulletin,
      { bulletinId: 'b-1' },
      nobody,
    );
    const outcome = await bot.teams.press(email, { messageId: bulletinId, verb: verbs.say });
    await bot.settled();
    expect(outcome).toMatchObject({ text: 'Pressed', card: null });
    const [told, answered] = sent();
    expect(told).toMatchObject({ id: bulletinId, edited: false });
    expect(answered).toMatchObject({ summary: 'Pressed' });
  });
});

describe('a card that somebody has in front of them', () => {
  test('is asked for anew, which tells it, or says so where the client cannot ask', async () => {
    await press(accept);
    await bot.teams.view(email);
    expect(bot.looks).toHaveLength(2);
    expect(bot.seen).toEqual([]);
    await press(accept, { as: 'submit' });
    expect(bot.seen).toEqual([{ userId: bot.ana.id, handoffId: 'h-1' }]);
  });

  test('is acted on though nobody can note that it was seen', async () => {
    bot.steps.noteSeen = async () => {
      throw new Error(secretWords);
    };
    expect(await press(accept, { as: 'submit' })).toMatchObject({ result: 'answered' });
    expect(bot.acts).toHaveLength(1);
    expect(bot.logged.join()).toContain('could not be noted');
    expect(bot.logged.join()).not.toContain(secretWords);
  });
});

/** Sends what Teams would send about Ana, with these changes. */
async function post(changes: Record<string, unknown>) {
  const response = await fetch(bot.url, {
    method: 'POST',
    headers: { authorization: bot.teams.authorization() },
    body: JSON.stringify(bot.teams.activity(email, changes)),
  });
  const body = (await response.json()) as unknown;
  await bot.settled();
  return { status: response.status, body };
}

describe('what nobody has to do anything about', () => {
  test.each(nobodysActivities)('is %s', async (_, changes) => {
    expect(await post(changes)).toEqual({ status: 200, body: {} });
    expect(sent()).toEqual([]);
    expect(bot.acts).toEqual([]);
    expect(bot.logged).toEqual([]);
  });
});

describe('what is asked of other kinds of apps', () => {
  test.each(foreignInvokes)('as %s is answered with 501, and is no failure', async (name, value) => {
    const { tenantId } = app;
    const conversations = [
      { id: 'a:1ana', conversationType: 'personal', tenantId },
      { id: '19:x@thread.v2', conversationType: 'groupChat', tenantId, isGroup: true },
      { id: '19:x@thread.tacv2', conversationType: 'channel', tenantId, isGroup: true },
    ];
    for (const conversation of conversations) {
      const answer = await post({ type: 'invoke', name, value, text: undefined, conversation });
      expect(answer).toEqual({ status: 501, body: {} });
    }
    expect(sent()).toEqual([]);
    expect(bot.logged).toEqual([]);
  });
});

describe('a guest, whom the directory does not know,', () => {
  const guest = 'guest@elsewhere.example';
  const words =
    'I cannot tell who you are, as you are a guest here. Write to me with an account of this company.';
  beforeEach(() => {
    bot.teams.addUser({ email: guest, name: 'Gil Guest', isGuest: true });
  });

  test('is told so when they write, and nothing when they add or remove the app', async () => {
    const answers = () =>
      bot.teams.messages(guest).flatMap(({ from, summary }) => (from === 'bot' ? [summary] : []));
    await bot.teams.install(guest);
    await bot.settled();
    expect(answers()).toEqual([]);
    await bot.teams.write(guest, 'stats');
    await bot.settled();
    await bot.teams.uninstall(guest);
    await bot.settled();
    expect(answers()).toEqual([words]);
    expect(bot.logged).toEqual([]);
  });

  test('is told so when they press a button', async () => {
    await bot.teams.install(guest, 'installation');
    const activity = bot.teams.activity(guest);
    const data = { handoff: 'h-1', revision: 2 };
    const value = { action: { type: 'Action.Execute', verb: accept, data }, trigger: 'manual' };
    const answer = await post({ ...activity, type: 'invoke', name: 'adaptiveCard/action', value });
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, value: words } });
    expect(bot.acts).toEqual([]);
  });
});

test('whoever mentions the bot in a chat of several people is told where it answers', async () => {
  const group = '19:abc123@thread.v2';
  bot.teams.addGroup(group);
  await bot.teams.mentionInGroup(email, group, 'stats');
  await bot.settled();
  expect(bot.teams.groupMessages(group)).toMatchObject([
    { from: 'person' },
    { from: 'bot', summary: 'I answer in our personal chat: others would read along here.' },
  ]);
  expect(bot.logged).toEqual([]);
});

describe('in a team', () => {
  const channel = '19:handoffs@thread.tacv2';
  beforeEach(() => bot.teams.addChannel({ id: channel, name: 'Handoffs', app: false }));

  test('the app comes and goes without a word, and without a trace in personal conversations', async () => {
    const known = await bot.installs.byUser(bot.ana.id);
    bot.steps.farewell = () => expect.fail('expected no farewell');
    expect(await bot.teams.installInTeam(email, channel)).toMatchObject({ result: 'answered' });
    expect(await bot.teams.uninstallFromTeam(email, channel)).toMatchObject({ result: 'answered' });
    await bot.settled();
    expect(await bot.installs.byUser(bot.ana.id)).toEqual(known);
    expect(await bot.installs.byConversation(channel)).toBeNull();
    expect([sent(), bot.teams.threads(channel), bot.logged]).toEqual([[], [], []]);
  });

  test('whoever mentions the bot is told, in their thread, where it answers', async () => {
    await bot.teams.installInTeam(email, channel);
    bot.steps.answerCommand = () => expect.fail('expected no answer that others read along');
    await bot.teams.mention(email, channel, 'stats');
    await bot.settled();
    const [thread] = bot.teams.threads(channel);
    expect(thread).toMatchObject([
      { from: 'person', text: 'stats' },
      { from: 'bot', summary: 'I answer in our personal chat: others would read along here.' },
    ]);
    expect((await bot.installs.byUser(bot.ana.id))?.conversationId).toMatch(/^a:1/);
    expect(sent()).toEqual([]);
  });
});
