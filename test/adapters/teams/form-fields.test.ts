import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filledIn } from '../../../src/domain/card/answers.ts';
import type { Answers, Field, Form } from '../../../src/domain/card/form.ts';
import { line } from '../../../src/domain/words/line.ts';
import type { Answer, Sought } from '../../../src/flow/ports/chat.ts';
import { touchForm } from '../../support/forms.ts';
import { type Bot, card, email, mark, nobody, startBot } from './bot.ts';

const asked = { hint: null, required: true };
const options = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: `v,${n}`, label: `Option ${n}` }));

/** A form that asks for more with one of its answers. */
function formWith(answers: Answers = {}): Form {
  const more: Record<string, Field[]> = {
    date: [{ ...asked, name: 'day', label: 'When?', kind: 'date', min: '2026-03-02', initial: '2026-06-01' }],
    number: [{ ...asked, name: 'amount', label: 'How much?', kind: 'number', decimals: true, initial: null }],
    several: [
      { ...asked, name: 'which', label: 'Which?', kind: 'choices', options: options(3), initial: [] },
    ],
    many: [{ ...asked, name: 'which', label: 'Which?', kind: 'choices', options: options(900), initial: [] }],
    search: [
      { ...asked, name: 'other', label: 'Which?', kind: 'search', source: 'otherLeads', initial: null },
    ],
  };
  const kinds = ['nothing', ...Object.keys(more)].map((value) => ({ value, label: value }));
  const form: Form = {
    ...touchForm(),
    fields: [
      {
        ...asked,
        name: 'kind',
        label: 'Kind?',
        kind: 'choice',
        options: kinds,
        initial: null,
        changes: true,
      },
      ...(more[answers['kind'] ?? ''] ?? []),
      { ...asked, required: false, name: 'note', label: 'Note', kind: 'text', maxLength: 2000 },
    ],
  };
  return filledIn(form, answers);
}

let bot: Bot;
let messageId: string;
let sought: Sought[];
let heard: Answers[];

beforeEach(async () => {
  sought = [];
  heard = [];
  bot = await startBot({ answerWithinMs: 400 });
  await bot.teams.install(email);
  await bot.settled();
  const account = (await bot.chat.findAccount(email)) ?? expect.fail('no account');
  const ofLead = await bot.chat.postCard(account.conversationId, card, mark, nobody);
  bot.steps.prepareForm = async (_click, _form, answers) => ({
    form: formWith(answers),
    whose: 'Priya Nair · Northwind',
    about: card.title,
    revision: 2,
    leadId: '501',
  });
  bot.steps.respond = async (_, act): Promise<Answer> => {
    const values = act.type === 'submit' ? act.values : {};
    const more = formWith(values).fields.find(
      ({ name }) => act.type === 'submit' && !act.asked?.includes(name),
    );
    if (more) return { done: false, text: line`One more question.`, field: more.name };
    heard.push(values);
    return { done: true, text: line`Done.` };
  };
  bot.steps.search = async (_, asks) => {
    sought.push(asks);
    return [{ value: '502', label: 'Lea Lindt · Northwind · lea@northwind.example' }];
  };
  await bot.teams.press(email, { messageId: ofLead, verb: 'handoff.open.logTouch' });
  messageId = shown().id;
});
afterEach(() => bot[Symbol.asyncDispose]());

const shown = () => bot.teams.messages(email).at(-1) ?? expect.fail('no form');
const words = () => JSON.stringify(shown().shown);
const send = (inputs: Record<string, string>, as: 'invoke' | 'submit' = 'invoke') => {
  const entries = Object.entries(inputs).map(([field, value]) => [`logTouch.${field}`, value]);
  const verb = 'handoff.form.logTouch';
  return bot.teams.press(email, { messageId, verb, inputs: Object.fromEntries(entries), as });
};

describe('a question that comes with an answer', () => {
  test('is asked in place of the form when it is sent in, with everything typed', async () => {
    expect(words()).not.toContain('When?');
    await send({ kind: 'date', note: 'Budget in June' });
    expect(words()).toContain('When?');
    expect(words()).toContain('One more question.');
    await send({ day: '2026-07-01' });
    expect(heard).toEqual([{ kind: 'date', day: '2026-07-01', note: 'Budget in June' }]);
  });

  test('does not come when nothing more is to be asked', async () => {
    await send({ kind: 'nothing', note: 'Budget in June' });
    expect(heard).toEqual([{ kind: 'nothing', note: 'Budget in June' }]);
  });

  test('is asked of another answer in its place', async () => {
    await send({ kind: 'date' });
    await send({ kind: 'number' });
    expect(words()).not.toContain('When?');
    await send({ amount: '12.5' });
    expect(heard).toEqual([{ kind: 'number', amount: '12.5' }]);
  });

  test('comes to a client that cannot invoke as well', async () => {
    await send({ kind: 'date', note: 'Budget in June' }, 'submit');
    await bot.settled();
    const form = bot.teams.messages(email).find(({ id }) => id === messageId);
    expect(JSON.stringify(form?.card)).toContain('When?');
    expect(JSON.stringify(form?.card)).toContain('Budget in June');
    await send({}, 'submit');
    expect(heard).toEqual([{ kind: 'date', day: '2026-06-01', note: 'Budget in June' }]);
  });
});

describe('a question', () => {
  test('for a day lets Teams take none that is too early', async () => {
    await send({ kind: 'date' });
    const { result, errors } = await send({ day: '2026-03-01' });
    expect([result, errors]).toEqual(['refused', { 'logTouch.day': 'Choose Mar 2, 2026 or later.' }]);
  });

  test('for several is answered, commas and all', async () => {
    await send({ kind: 'several' });
    await send({ 'which[]': 'v%2C0,v%2C2' });
    expect(heard).toEqual([{ kind: 'several', which: 'v,0\nv,2' }]);
  });

  test('for a record finds it by what is typed, with the answers on which the form depends', async () => {
    await send({ kind: 'search', note: 'Same person' });
    const { choices } = await bot.teams.search(email, { messageId, inputId: 'logTouch.other', text: 'lea' });
    expect(choices).toEqual([{ title: 'Lea Lindt · Northwind · lea@northwind.example', value: '502' }]);
    expect(sought).toEqual([{ form: 'logTouch', field: 'other', text: 'lea', answers: { kind: 'search' } }]);
    await send({ other: '502' });
    expect(heard).toEqual([{ kind: 'search', other: '502', note: 'Same person' }]);
  });

  test('with more options than a message holds finds the others by what is typed', async () => {
    bot.steps.search = async (_, { text }) =>
      options(900).filter(({ label }) => label.toLowerCase().includes(text));
    await send({ kind: 'many' });
    const search = (text: string) =>
      bot.teams.search(email, { messageId, inputId: 'logTouch.which[]', text });
    expect((await search('option')).choices).toHaveLength(15);
    expect((await search('899')).choices).toEqual([{ title: 'Option 899', value: 'v%2C899' }]);
    await send({ 'which[]': 'v%2C0,v%2C899' });
    expect(heard).toEqual([{ kind: 'many', which: 'v,0\nv,899' }]);
  });

  test('that is searched in vain has no choices, and the log no word of the lead', async () => {
    await send({ kind: 'search' });
    bot.steps.search = () => Promise.reject(new Error('Priya Nair'));
    const sought = await bot.teams.search(email, { messageId, inputId: 'logTouch.other', text: 'lea' });
    expect(sought).toMatchObject({ result: 'answered', choices: [] });
    expect(bot.logged.join()).toContain('a search in Teams failed');
    expect(bot.logged.join()).not.toContain('Priya');
  });

  test('that takes too long to search has none in time, and nothing is said of it', async () => {
    await send({ kind: 'search' });
    const { promise: found, resolve: find } = Promise.withResolvers<void>();
    bot.steps.search = async () => {
      await found;
      return [{ value: '502', label: 'Lea' }];
    };
    const search = () => bot.teams.search(email, { messageId, inputId: 'logTouch.other', text: 'lea' });
    expect(await search()).toMatchObject({ result: 'answered', choices: [] });
    const before = bot.teams.messages(email).length;
    find();
    await bot.settled();
    expect(bot.teams.messages(email)).toHaveLength(before);
    expect((await search()).choices).toHaveLength(1);
  });
});
