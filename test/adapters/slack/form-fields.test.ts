import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';
import { slackChat } from '../../../src/adapters/slack/chat.ts';
import { connectSlack } from '../../../src/adapters/slack/connect.ts';
import type { SlackSteps } from '../../../src/adapters/slack/context.ts';
import { slackListeners } from '../../../src/adapters/slack/listeners.ts';
import { filledIn } from '../../../src/domain/card/answers.ts';
import type { Answers, Field, Form } from '../../../src/domain/card/form.ts';
import { line } from '../../../src/domain/words/line.ts';
import type { Act, Sought } from '../../../src/flow/ports/chat.ts';
import { plainCard } from '../../support/cards.ts';
import { touchForm } from '../../support/forms.ts';

const email = 'ana@acme.test';
const secrets = { botToken: 'xoxb-test', signingSecret: 'signing-secret', appToken: null };
const asked = { hint: null, required: true };
const options = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `Option ${n}` }));

/** A form that asks for more with one of its answers. */
function formWith(answers: Answers = {}): Form {
  const more: Record<string, Field[]> = {
    date: [{ ...asked, name: 'day', label: 'When?', kind: 'date', min: '2026-03-02', initial: '2026-06-01' }],
    number: [{ ...asked, name: 'amount', label: 'How much?', kind: 'number', decimals: true, initial: null }],
    few: [{ ...asked, name: 'which', label: 'Which?', kind: 'choices', options: options(3), initial: [] }],
    some: [{ ...asked, name: 'which', label: 'Which?', kind: 'choices', options: options(30), initial: [] }],
    many: [{ ...asked, name: 'which', label: 'Which?', kind: 'choices', options: options(300), initial: [] }],
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

const card = plainCard({
  actions: [{ kind: 'form', form: touchForm(), label: 'Log a Touch', primary: false }],
});

let slack: SlackServer;
let app: Server;
let ts: string;
let settled: () => Promise<void>;
let steps: Pick<SlackSteps, 'respond' | 'prepareForm' | 'search'>;
let acts: Act[];
let sought: Sought[];
let logged: string[];

beforeEach(async () => {
  acts = [];
  sought = [];
  logged = [];
  steps = {
    respond: async (_, act) => {
      acts.push(act);
      return { done: true, text: line`Done.` };
    },
    prepareForm: async (_click, _form, answers) => ({
      form: formWith(answers),
      whose: 'Priya Nair · Northwind',
      about: card.title,
      revision: 1,
      leadId: '501',
    }),
    search: async (_, asks) => {
      sought.push(asks);
      return [{ value: '502', label: 'Lea Lindt · Northwind · lea@northwind.example' }];
    },
  };
  slack = await startSlack({ ...secrets, now: () => new Date() });
  slack.addUser({ email, name: 'Ana Silva', tz: 'Europe/Berlin' });
  const log = {
    warn: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
    error: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
  };
  const connection = connectSlack({ ...secrets, apiUrl: slack.apiUrl }, log);
  const chat = slackChat({ ...secrets, apiUrl: slack.apiUrl, log });
  ({ settled } = slackListeners(connection.bolt, {
    respond: (...given) => steps.respond(...given),
    prepareForm: (...given) => steps.prepareForm(...given),
    search: (...given) => steps.search(...given),
    noteSeen: async () => {},
    noteSaid: async () => {},
    answerCommand: async () => ({ title: '', sections: [] }),
    answerPress: async () => ({ title: '', sections: [] }),
    openHome: async () => {},
    isColleague: (sender) => chat.isColleague(sender),
    log,
    ackWithinMs: 400,
  }));
  app = createServer(connection.requestListener ?? undefined);
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  slack.setRequestUrl(`http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`);
  const { conversationId } = (await chat.findAccount(email)) ?? expect.unreachable('no account');
  ts = await chat.postCard(conversationId, card, { handoffId: 'h-1', revision: 2 }, new Map());
  await slack.click(email, { ts, actionId: 'handoff.form.logTouch' });
});

afterEach(async () => {
  app.closeAllConnections();
  app.close();
  await slack.close();
});

const view = () => slack.openView(email) ?? expect.fail('no form is open');
const fieldsShown = () => view().blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []));
const words = () => JSON.stringify(view().blocks);
const choose = (value: string, entries: Parameters<SlackServer['click']>[1]['entries'] = {}) =>
  slack.click(email, { view: 'modal', blockId: 'kind', actionId: 'value', value, entries });
const sent = async (entries: Record<string, string | string[]>) => {
  const inputs = Object.entries(entries).map(([field, value]) => [field, { value }]);
  const outcome = await slack.submitView(email, Object.fromEntries(inputs));
  const [act] = acts;
  return { outcome, values: act?.type === 'submit' ? act.values : null };
};

describe('an answer on which others depend', () => {
  test('brings its own question at once, and keeps what was typed', async () => {
    expect(fieldsShown()).toEqual(['kind', 'note']);
    expect(await choose('date', { note: { value: 'Budget in June' } })).toMatchObject({ acknowledged: true });
    await settled();
    expect(fieldsShown()).toEqual(['kind', 'day', 'note']);
    const { values } = await sent({ day: '2026-07-01' });
    expect(values).toEqual({ kind: 'date', day: '2026-07-01', note: 'Budget in June' });
    expect(slack.openView(email)).toBeNull();
  });

  test('takes the question of another answer away again', async () => {
    await choose('date');
    await choose('nothing');
    await settled();
    expect(fieldsShown()).toEqual(['kind', 'note']);
    expect((await sent({})).values).toEqual({ kind: 'nothing', note: '' });
  });

  test.each([
    ['first', 'number'],
    ['last', 'date'],
  ])(
    'given right after another is the one that counts, also when the %s of them is slow',
    async (_, slow) => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const { prepareForm } = steps;
      const heard: unknown[] = [];
      const { promise: bothHeard, resolve: hearBoth } = Promise.withResolvers<void>();
      steps.prepareForm = async (click, name, answers) => {
        heard.push(answers?.['kind']);
        if (heard.length === 2) hearBoth();
        await bothHeard;
        if (answers?.['kind'] === slow) await released;
        return prepareForm(click, name, answers);
      };
      const [first, second] = [choose('number'), choose('date')];
      await bothHeard;
      const quick = () => view().blocks.length > 3;
      const stopWatching = slack.onChange(() => quick() && release());
      await Promise.all([first, second]);
      await settled();
      stopWatching();
      expect(heard).toEqual(['number', 'date']);
      expect(fieldsShown()).toEqual(['kind', 'day', 'note']);
      expect(logged).toEqual([]);
    },
  );

  test('to a form that cannot be had any more gives back what was typed, and says why', async () => {
    steps.prepareForm = async () => ({ refused: line`Bo holds this lead now.` });
    await choose('date', { note: { value: 'Budget in June' } });
    await settled();
    expect(view().submit).toBeNull();
    expect(words()).toContain('Bo holds this lead now.');
    expect(words()).toContain('Budget in June');
  });

  test('to a form that was closed meanwhile is no failure', async () => {
    const { prepareForm } = steps;
    steps.prepareForm = async (...given) => {
      await slack.closeView(email);
      return prepareForm(...given);
    };
    expect(await choose('date')).toMatchObject({ acknowledged: true });
    await settled();
    expect(logged).toEqual([]);
  });

  test('that fails leaves the form as it is, and is logged without a word of the lead', async () => {
    steps.prepareForm = async () => Promise.reject(new Error('Priya Nair'));
    expect(await choose('date')).toMatchObject({ acknowledged: true });
    await settled();
    expect(fieldsShown()).toEqual(['kind', 'note']);
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toContain('Priya');
  });
});

describe('a question that was not asked before the form was sent in', () => {
  test('is asked then, with everything typed', async () => {
    steps.respond = async () => ({ done: false, text: line`One more question.`, field: 'day' });
    await slack.submitView(email, { kind: { value: 'date' }, note: { value: 'Budget in June' } });
    expect(fieldsShown()).toEqual(['kind', 'day', 'note']);
    expect(words()).toContain('One more question.');
    expect(view().state.values['note']).toMatchObject({ value: { value: 'Budget in June' } });
  });

  test('is told at the last field when the form cannot be made anew', async () => {
    steps.respond = async () => ({ done: false, text: line`One more question.`, field: 'day' });
    steps.prepareForm = async () => Promise.reject(new Error('no database'));
    const outcome = await slack.submitView(email, { kind: { value: 'date' } });
    expect(outcome.errors).toEqual({ note: 'One more question.' });
  });
});

describe('a question', () => {
  test.each([
    ['date', { day: '2026-07-01' }, { day: '2026-07-01' }],
    ['number', { amount: '12.5' }, { amount: '12.5' }],
    ['few', { which: ['v0', 'v2'] }, { which: 'v0\nv2' }],
    ['some', { which: ['v0', 'v29'] }, { which: 'v0\nv29' }],
  ])('of kind %s is answered', async (kind, entries, values) => {
    await choose(kind);
    await settled();
    expect((await sent(entries)).values).toEqual({ kind, note: '', ...values });
  });

  test('for a record finds it by what is typed, with the answers so far', async () => {
    await choose('search');
    await settled();
    expect(await slack.suggest(email, { blockId: 'other', text: 'l' })).toMatchObject({ result: 'refused' });
    const { options: found } = await slack.suggest(email, { blockId: 'other', text: 'lea' });
    expect(found).toMatchObject([
      { value: '502', text: { text: 'Lea Lindt · Northwind · lea@northwind.example' } },
    ]);
    expect(sought).toEqual([
      { form: 'logTouch', field: 'other', text: 'lea', answers: { kind: 'search', other: '', note: '' } },
    ]);
    expect((await sent({ other: '502' })).values).toMatchObject({ other: '502' });
  });

  test('with too many options for a menu shows the first hundred, and others by what is typed', async () => {
    steps.search = async (_, { text }) =>
      options(300).filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
    await choose('many');
    await settled();
    const { options: first } = await slack.suggest(email, { blockId: 'which', text: '' });
    expect(first).toHaveLength(100);
    await slack.suggest(email, { blockId: 'which', text: 'option 299' });
    expect((await sent({ which: ['v0', 'v299'] })).values).toMatchObject({ which: 'v0\nv299' });
  });

  test('that is searched in vain, or by somebody of another workspace, has no options', async () => {
    await choose('search');
    await settled();
    steps.search = async () => Promise.reject(new Error('Priya Nair'));
    const failed = await slack.suggest(email, { blockId: 'other', text: 'lea' });
    expect(failed).toMatchObject({ acknowledged: true, options: [] });
    expect(logged.join()).not.toContain('Priya');
    steps.search = async () => expect.fail('nobody may search');
    slack.changeUser(email, { teamId: 'T0ELSEWHERE' });
    const foreign = await slack.suggest(email, { blockId: 'other', text: 'lea' });
    expect(foreign).toMatchObject({ acknowledged: true, options: [] });
  });

  test('that takes too long to search has none in time, and the next letter asks again', async () => {
    await choose('search');
    await settled();
    const { promise: found, resolve: find } = Promise.withResolvers<void>();
    steps.search = async () => {
      await found;
      return [{ value: '502', label: 'Lea' }];
    };
    expect(await slack.suggest(email, { blockId: 'other', text: 'le' })).toMatchObject({
      acknowledged: true,
      options: [],
    });
    find();
    expect((await slack.suggest(email, { blockId: 'other', text: 'lea' })).options).toHaveLength(1);
  });
});

test('a search that nobody knows is answered with nothing', async () => {
  const { body } = await slack.interact({ type: 'block_suggestion', user: { id: 'U1' }, value: 'lea' });
  expect(JSON.parse(body)).toEqual({ options: [] });
  expect(logged.join()).toContain('not a block_suggestion as Slack sends it');
});
