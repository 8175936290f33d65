import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SlackOptions, type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';
import { type SlackChat, slackChat } from '../../../src/adapters/slack/chat.ts';
import { connectSlack } from '../../../src/adapters/slack/connect.ts';
import type { SlackSteps } from '../../../src/adapters/slack/context.ts';
import { slackListeners } from '../../../src/adapters/slack/listeners.ts';
import type { Bulletin } from '../../../src/domain/card/bulletin.ts';
import type { Chart } from '../../../src/domain/card/card.ts';
import type { Form } from '../../../src/domain/card/form.ts';
import { line } from '../../../src/domain/words/line.ts';
import type {
  Act,
  Answer,
  Click,
  NoteSeen,
  OpenHome,
  Reply,
  ReplyPress,
  Said,
} from '../../../src/flow/ports/chat.ts';
import { plainCard } from '../../support/cards.ts';
import { touchForm } from '../../support/forms.ts';

const email = 'ana@acme.test';
const signingSecret = 'signing-secret';
const botToken = 'xoxb-test';
const sorry = 'Something went wrong on our side; nothing was changed. Try again.';
const disqualify: Form = {
  name: 'disqualify',
  language: 'en',
  title: 'Disqualify Lead',
  submit: 'Disqualify',
  fields: [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      hint: null,
      required: true,
      options: [{ value: 'timing', label: 'Timing' }],
      initial: null,
    },
    { kind: 'text', name: 'note', label: 'Note', hint: null, required: false, maxLength: 2000 },
  ],
};
const card = plainCard({
  actions: [
    { kind: 'command', command: 'accept', label: 'Accept', primary: true },
    { kind: 'form', form: touchForm(), label: 'Log a Touch', primary: false },
    { kind: 'form', form: disqualify, label: 'Disqualify', primary: false },
    { kind: 'link', label: 'Open in HubSpot', url: 'https://app.hubspot.com/1' },
  ],
});
const touch = { kind: { value: 'call' }, outcome: { value: 'connected' }, note: { value: 'Wants a quote' } };

let slack: SlackServer;
let app: Server;
let url: string;
let userId: string;
let ts: string;
let chat: SlackChat;
let conversation: string;
let settled: () => Promise<void>;
/** What the steps do; each test changes the one that it is about. */
let steps: Pick<
  SlackSteps,
  'respond' | 'prepareForm' | 'search' | 'noteSeen' | 'answerCommand' | 'answerPress' | 'openHome'
>;
let acts: { click: Click; act: Act }[];
let seen: Parameters<NoteSeen>[0][];
let said: Said[];
let homes: Parameters<OpenHome>[0][];
let logged: string[];

const log = {
  warn: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
  error: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
};

const done: Answer = { done: true, text: line`Done.` };
const refused = (text: string, field: string | null = null): Answer => ({
  done: false,
  text: line`${text}`,
  field,
});
const whispered = () => slack.ephemerals(email).map(({ text }) => text);
const press = (actionId: string) => slack.click(email, { ts, actionId });

beforeEach(() => start({}));
afterEach(() => stop());

async function start(options: Partial<SlackOptions>): Promise<void> {
  acts = [];
  seen = [];
  said = [];
  homes = [];
  logged = [];
  steps = {
    respond: async (click, act) => {
      acts.push({ click, act });
      return done;
    },
    prepareForm: async () => ({
      form: touchForm(),
      whose: 'Priya Nair · Northwind',
      about: 'Demo request',
      revision: 1,
      leadId: '501',
    }),
    search: async () => [],
    noteSeen: async (who) => void seen.push(who),
    answerCommand: async ({ text }) => ({
      title: 'Your handoffs',
      sections: [{ kind: 'facts', facts: [{ label: 'Asked', value: text }] }],
    }),
    answerPress: async () => ({ title: 'Pressed', sections: [] }),
    openHome: async (who) => void homes.push(who),
  };
  slack = await startSlack({ botToken, signingSecret, now: () => new Date(), ...options });
  userId = slack.addUser({ email, name: 'Ana Silva', tz: 'Europe/Berlin' }).id;

  const connection = connectSlack({ botToken, signingSecret, appToken: null, apiUrl: slack.apiUrl }, log);
  ({ settled } = slackListeners(connection.bolt, {
    respond: (...given) => steps.respond(...given),
    prepareForm: (...given) => steps.prepareForm(...given),
    search: (...given) => steps.search(...given),
    noteSeen: (...given) => steps.noteSeen(...given),
    answerCommand: (...given) => steps.answerCommand(...given),
    answerPress: (...given) => steps.answerPress(...given),
    openHome: (...given) => steps.openHome(...given),
    noteSaid: async (message) => void said.push(message),
    isColleague: (sender) => chat.isColleague(sender),
    log,
    ackWithinMs: 200,
  }));
  app = createServer(connection.requestListener ?? undefined);
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`;
  slack.setRequestUrl(url);

  chat = slackChat({ botToken, apiUrl: slack.apiUrl, log });
  conversation = (await chat.findAccount(email))?.conversationId ?? expect.unreachable('no account');
  ts = await chat.postCard(conversation, card, { handoffId: 'h-1', revision: 2 }, new Map());
}

async function stop(): Promise<void> {
  app.closeAllConnections();
  app.close();
  await slack.close();
}

describe('a command', () => {
  test('reaches the step with who, on what, and an id of its own', async () => {
    expect(await press('handoff.accept')).toMatchObject({ acknowledged: true });
    expect(acts).toEqual([
      {
        click: { platform: 'slack', userId, handoffId: 'h-1', commandId: expect.stringContaining(userId) },
        act: { type: 'accept' },
      },
    ]);
    expect(whispered()).toEqual([]);
  });

  test('that Slack delivers twice has the same id, and one pressed twice has two', async () => {
    const click = (actionTs: string) => ({
      type: 'block_actions',
      user: { id: userId },
      team: { id: 'T0SANDBOX' },
      actions: [{ type: 'button', action_id: 'handoff.accept', value: 'h-1', action_ts: actionTs }],
    });
    for (const payload of [click('17.1'), click('17.1'), click('17.2')]) {
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      expect((await send(body)).status).toBe(200);
    }
    const ids = acts.map((act) => act.click.commandId);
    expect(ids).toEqual([`${userId}:17.1`, `${userId}:17.1`, `${userId}:17.2`]);
  });

  test('that is refused is acknowledged, and the reason whispered to whoever clicked', async () => {
    steps.respond = async () => refused('Bo holds this lead now.');
    expect(await press('handoff.accept')).toMatchObject({ acknowledged: true });
    await settled();
    expect(whispered()).toEqual(['Bo holds this lead now.']);
    expect(slack.messages(email)).toHaveLength(1);
  });

  test('whose step throws gets an apology, and the log no word of the lead', async () => {
    steps.respond = async () => {
      throw new Error('insert into lead values (Priya Nair, priya@northwind.test)');
    };
    expect(await press('handoff.accept')).toMatchObject({ acknowledged: true });
    await settled();
    expect(whispered()).toEqual([sorry]);
    expect(logged.join()).toContain('"handoffId":"h-1"');
    expect(logged.join()).not.toMatch(/Priya|priya|northwind/);
  });

  test('that takes long is acknowledged in time, answered later, and waited for on stopping', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    steps.respond = async () => {
      await answered;
      return refused('Too late.');
    };
    expect(await press('handoff.accept')).toMatchObject({ acknowledged: true });
    expect(whispered()).toEqual([]);
    answer();
    await settled();
    expect(whispered()).toEqual(['Too late.']);
  });

  test('whose answer is lost does no harm', async () => {
    steps.respond = async () => refused('Bo holds this lead now.');
    slack.failNext({ method: 'response_url', status: 500 });
    expect(await press('handoff.accept')).toMatchObject({ acknowledged: true });
    await settled();
    expect(whispered()).toEqual([]);
    expect(logged.join()).toContain('response_url');
  });
});

test('Show Card beside an item of a bulletin is a command on its handoff', async () => {
  const items = ['h-1', 'h-2'].map((handoffId) => ({
    title: `Lead of ${handoffId}`,
    text: line`due`,
    handoffId,
  }));
  const bulletin = {
    language: 'en' as const,
    title: 'Two leads',
    text: line`They passed their target.`,
    items,
  };
  const messageId = await chat.postBulletin(conversation, bulletin, { bulletinId: 'b-1' }, new Map());
  const outcome = await slack.click(email, { ts: messageId, actionId: 'handoff.show', value: 'h-2' });
  expect(outcome).toMatchObject({ acknowledged: true });
  expect(acts).toMatchObject([{ click: { userId, handoffId: 'h-2' }, act: { type: 'show' } }]);
  expect(whispered()).toEqual([]);
});

describe('what somebody has seen', () => {
  const ana = () => ({ platform: 'slack', userId });

  test('is the card whose link they open, which asks nothing of anybody', async () => {
    expect(await press('handoff.open')).toMatchObject({ acknowledged: true });
    expect(seen).toEqual([{ ...ana(), handoffId: 'h-1' }]);
    expect(acts).toEqual([]);
    expect(whispered()).toEqual([]);
  });

  test('is a card in a channel whose link they open', async () => {
    slack.setChannel({ id: 'C0HANDOFFS1', name: 'lead-handoffs', members: [email] });
    const mark = { handoffId: 'h-1', revision: 2 };
    const messageId = await chat.postCard('C0HANDOFFS1', card, mark, new Map());
    const outcome = await slack.click(email, { ts: messageId, actionId: 'handoff.open' });
    expect(outcome).toMatchObject({ acknowledged: true });
    expect(seen).toEqual([{ ...ana(), handoffId: 'h-1' }]);
  });

  test('is everything in the conversation when they open it', async () => {
    expect(await slack.openHome(email, 'messages')).toMatchObject({ acknowledged: true, attempts: 1 });
    await settled();
    expect(seen).toEqual([{ ...ana(), handoffId: null }]);
  });

  test('is no card when they open another tab of the app', async () => {
    expect(await slack.openHome(email, 'home')).toMatchObject({ acknowledged: true });
    await settled();
    expect(seen).toEqual([]);
  });

  test('keeps nobody waiting, and bothers nobody, when it cannot be noted', async () => {
    steps.noteSeen = async () => Promise.reject(new Error('no database'));
    expect(await press('handoff.open')).toMatchObject({ acknowledged: true });
    expect(await slack.openHome(email, 'messages')).toMatchObject({ acknowledged: true, attempts: 1 });
    await settled();
    expect(whispered()).toEqual([]);
    expect(logged.filter((entry) => entry.includes('was not noted'))).toHaveLength(2);
  });
});

describe('while Slack does not answer who the app is, as after a restart', () => {
  beforeEach(() => {
    chat = slackChat({ botToken, apiUrl: slack.apiUrl, log });
    for (let call = 0; call < 3; call += 1) slack.failNext({ method: 'auth.test', status: 503 });
  });
  const unsure =
    'Slack does not tell me right now whether you work here. Nothing was changed; try again in a minute.';

  test('buttons and forms work all the same, without a question', async () => {
    await press('handoff.accept');
    await press('handoff.form.logTouch');
    expect(await slack.submitView(email, touch)).toMatchObject({ acknowledged: true, errors: {} });
    await settled();
    expect([acts.map(({ act }) => act.type), whispered()]).toEqual([['accept', 'submit'], []]);
  });

  test('a command is turned down in words, as nobody knows whose it is', async () => {
    let asked = 0;
    const { answerCommand } = steps;
    steps.answerCommand = async (ask) => {
      asked += 1;
      return answerCommand(ask);
    };
    expect(await slack.command(email, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
    await settled();
    expect([asked, whispered()]).toEqual([0, [unsure]]);
  });

  test('somebody of another workspace changes nothing', async () => {
    slack.changeUser(email, { teamId: 'T0ELSEWHERE' });
    await press('handoff.accept');
    await settled();
    expect([acts, whispered()]).toEqual([[], [unsure]]);
  });
});

describe('of somebody of another workspace, who shares a channel', () => {
  const told = 'Your account belongs to another company. Nothing was changed.';
  const away = { teamId: 'T0ELSEWHERE' };

  test.each(['handoff.accept', 'handoff.form.logTouch'])('%s is refused in words', async (actionId) => {
    slack.changeUser(email, away);
    expect(await press(actionId)).toMatchObject({ acknowledged: true });
    await settled();
    expect([acts, whispered(), slack.openView(email)]).toEqual([[], [told], null]);
  });

  test('a click is refused also when Slack does not say where they are at home', async () => {
    slack.changeUser(email, away);
    const payload = {
      type: 'block_actions',
      user: { id: userId },
      team: { id: 'T0SANDBOX' },
      actions: [{ type: 'button', action_id: 'handoff.accept', value: 'h-1', action_ts: '17.1' }],
    };
    await send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
    await settled();
    expect(acts).toEqual([]);
  });

  test('a form is refused in words', async () => {
    await press('handoff.form.logTouch');
    slack.changeUser(email, away);
    expect(await slack.submitView(email, touch)).toMatchObject({ errors: { note: told } });
    expect(acts).toEqual([]);
  });

  test('a command is refused in words', async () => {
    slack.changeUser(email, away);
    expect(await slack.command(email, '/handoff', 'stats team')).toMatchObject({ acknowledged: true });
    expect(whispered()).toEqual([told]);
  });

  test('what they look at is not noted', async () => {
    slack.changeUser(email, away);
    await press('handoff.open');
    await settled();
    expect(seen).toEqual([]);
  });
});

describe.each([
  ['a workspace of a grid', { enterpriseId: 'E0GRID' }],
  ['a whole grid', { enterpriseId: 'E0GRID', isOrgWide: true }],
])('in %s', (_, options) => {
  const told = 'Your account belongs to another company. Nothing was changed.';
  const ofGrid = { id: 'E0GRID', teams: ['T0OTHER'] };
  const stranger = { teamId: 'T0FOREIGN', enterprise: { id: 'E0FOREIGN', teams: ['T0FOREIGN'] } };

  beforeEach(async () => {
    await stop();
    await start(options);
  });

  describe.each([
    ['of the same workspace', {}],
    ['of another workspace', { teamId: 'T0OTHER', enterprise: ofGrid }],
    ['who is said to be of the grid itself', { teamId: 'E0GRID', enterprise: ofGrid }],
  ])('what a colleague does %s', (_, account) => {
    beforeEach(() => slack.changeUser(email, account));

    test('is carried out: a click, and a form', async () => {
      expect(await press('handoff.accept')).toMatchObject({ acknowledged: true });
      await press('handoff.form.logTouch');
      expect(await slack.submitView(email, touch)).toMatchObject({ acknowledged: true, errors: {} });
      await settled();
      expect([acts.map(({ act }) => act.type), whispered()]).toEqual([['accept', 'submit'], []]);
    });

    test('is answered: a command', async () => {
      expect(await slack.command(email, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
      expect(whispered()).toEqual(['Your handoffs']);
    });

    test('is noted: what they look at', async () => {
      await press('handoff.open');
      await slack.openHome(email, 'messages');
      await settled();
      expect(seen.map(({ handoffId }) => handoffId)).toEqual(['h-1', null]);
    });
  });

  describe('somebody of another grid, who shares a channel', () => {
    test.each(['handoff.accept', 'handoff.form.logTouch'])('changes nothing by %s', async (actionId) => {
      const channel = { id: 'C0HANDOFFS1', name: 'lead-handoffs', members: [email] };
      slack.setChannel(channel);
      const messageId = await chat.postCard(channel.id, card, { handoffId: 'h-1', revision: 2 }, new Map());
      slack.setChannel({ ...channel, isShared: true });
      slack.changeUser(email, stranger);
      expect(await slack.click(email, { ts: messageId, actionId })).toMatchObject({ acknowledged: true });
      await settled();
      expect([acts, whispered(), slack.openView(email)]).toEqual([[], [told], null]);
    });

    test('changes nothing by a form, whoever opened it', async () => {
      await press('handoff.form.logTouch');
      const bo = slack.addUser({ email: 'bo@foreign.test', name: 'Bo', tz: 'Europe/Berlin', ...stranger });
      const { isOrgWide } = { isOrgWide: false, ...options };
      const { body } = await slack.interact({
        type: 'view_submission',
        user: { id: bo.id, team_id: 'T0FOREIGN' },
        team: isOrgWide ? null : { id: 'T0SANDBOX', enterprise_id: 'E0GRID' },
        enterprise: { id: 'E0GRID', name: 'Sandbox' },
        is_enterprise_install: isOrgWide,
        view: { ...slack.openView(email), state: { values: { note: { value: { value: 'Mine' } } } } },
      });
      expect(JSON.parse(body)).toEqual({ response_action: 'errors', errors: { note: told } });
      expect(acts).toEqual([]);
    });

    test('is told nothing by a command, and what they look at is not noted', async () => {
      slack.changeUser(email, stranger);
      await slack.command(email, '/handoff', 'stats team');
      await press('handoff.open');
      await settled();
      expect([whispered(), seen]).toEqual([[told], []]);
    });
  });
});

test('a button that nobody knows any more is acknowledged, explained and logged', async () => {
  const { ts: stale } = slack.messages(email)[0] ?? { ts: '' };
  const blocks = [
    {
      type: 'actions',
      block_id: 'old',
      elements: [
        {
          type: 'button',
          action_id: 'handoff.snooze',
          value: 'h-1',
          text: { type: 'plain_text', text: 'Snooze' },
        },
      ],
    },
  ];
  const outcome = await slack.click(email, { ts: stale, actionId: 'handoff.snooze', stale: blocks });
  expect(outcome).toMatchObject({ acknowledged: true });
  await settled();
  expect(whispered()).toEqual([
    'This button is out of date. Use the buttons on the newest card of this lead.',
  ]);
  expect(logged.join()).toContain('unknown action_id handoff.snooze');
});

describe('a form', () => {
  test('opens, and what is entered reaches the step; then it closes', async () => {
    expect(await press('handoff.form.logTouch')).toMatchObject({ acknowledged: true });
    const view = slack.openView(email);
    expect(view).toMatchObject({ callback_id: 'handoff.form.logTouch', title: { text: 'Log a Touch' } });
    expect(await slack.submitView(email, touch)).toMatchObject({ acknowledged: true, errors: {} });
    expect(acts).toEqual([
      {
        click: { platform: 'slack', userId, handoffId: 'h-1', commandId: view?.id },
        act: {
          type: 'submit',
          form: 'logTouch',
          values: { kind: 'call', outcome: 'connected', note: 'Wants a quote' },
          asked: ['kind', 'outcome', 'note'],
        },
      },
    ]);
    expect(slack.openView(email)).toBeNull();
  });

  test('that lacks a required answer is not sent by Slack', async () => {
    await press('handoff.form.logTouch');
    const outcome = await slack.submitView(email, { note: { value: 'No outcome' } });
    expect(outcome).toMatchObject({ result: 'refused', errors: { outcome: expect.any(String) } });
    expect(acts).toEqual([]);
  });

  test('that this person may not have is refused before it opens', async () => {
    steps.prepareForm = async () => ({ refused: line`Only your manager can decide this.` });
    expect(await press('handoff.form.disqualify')).toMatchObject({ acknowledged: true });
    await settled();
    expect(slack.openView(email)).toBeNull();
    expect(whispered()).toEqual(['Only your manager can decide this.']);
  });

  test.each(['expired_trigger_id', 'invalid_trigger_id'])(
    'that opens too late (%s) asks to press again',
    async (error) => {
      slack.failNext({ method: 'views.open', error });
      expect(await press('handoff.form.logTouch')).toMatchObject({ acknowledged: true });
      await settled();
      expect(whispered()).toEqual(['That took too long for Slack to open the form. Try again.']);
    },
  );

  test.each([
    [
      'prepareForm throws',
      () => {
        steps.prepareForm = async () => Promise.reject(new Error('no database'));
      },
    ],
    ['Slack fails to open it', () => slack.failNext({ method: 'views.open', status: 503 })],
  ])('is apologised for when %s', async (_, breakIt) => {
    breakIt();
    expect(await press('handoff.form.logTouch')).toMatchObject({ acknowledged: true });
    await settled();
    expect(whispered()).toEqual([sorry]);
  });

  test('whose field is at fault says so beside the field, and can be sent again', async () => {
    steps.prepareForm = async () => ({
      form: disqualify,
      whose: 'Priya Nair',
      about: 'Demo request',
      revision: 1,
      leadId: '501',
    });
    await press('handoff.form.disqualify');
    const { respond } = steps;
    steps.respond = async () => refused('"Timing" needs a note.', 'note');
    const entries = { reason: { value: 'timing' } };
    expect(await slack.submitView(email, entries)).toMatchObject({
      errors: { note: '"Timing" needs a note.' },
    });

    steps.respond = respond;
    await slack.submitView(email, { ...entries, note: { value: 'Next year' } });
    expect(acts.map(({ act }) => act)).toMatchObject([
      { type: 'submit', form: 'disqualify', values: { reason: 'timing', note: 'Next year' } },
    ]);
    expect(slack.openView(email)).toBeNull();
  });

  test.each([null, 'noSuchField'])(
    'refused as a whole (field %s) stays with what was typed, and says why next to its button',
    async (field) => {
      await press('handoff.form.logTouch');
      steps.respond = async () => refused('This handoff is closed.', field);
      const outcome = await slack.submitView(email, touch);
      expect(outcome).toMatchObject({ reason: null, errors: { note: 'This handoff is closed.' } });
      expect(slack.openView(email)?.state.values['note']).toMatchObject({
        value: { value: 'Wants a quote' },
      });
    },
  );

  test('whose step throws stays with what was typed, and can be sent again', async () => {
    await press('handoff.form.logTouch');
    const { respond } = steps;
    steps.respond = async () => Promise.reject(new Error('no database'));
    expect(await slack.submitView(email, touch)).toMatchObject({ reason: null, errors: { note: sorry } });
    steps.respond = respond;
    expect(await slack.submitView(email)).toMatchObject({ acknowledged: true, errors: {} });
    expect(acts).toMatchObject([{ act: { values: { note: 'Wants a quote' } } }]);
    expect(slack.openView(email)).toBeNull();
  });

  test('whose step takes long says so, and then what came of it', async () => {
    await press('handoff.form.logTouch');
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    steps.respond = async () => {
      await answered;
      return { done: true, text: line`Touch logged.` };
    };
    await slack.submitView(email, touch);
    expect(JSON.stringify(slack.openView(email)?.blocks)).toContain('longer than usual');
    answer();
    await settled();
    expect(JSON.stringify(slack.openView(email)?.blocks)).toContain('Touch logged.');
  });

  describe('whose step takes so long that the note has taken its place', () => {
    const slowly = async (act: () => Promise<unknown>) => {
      await press('handoff.form.logTouch');
      const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
      steps.respond = async () => {
        await answered;
        return refused('This handoff is closed.');
      };
      await slack.submitView(email, touch);
      await act();
      answer();
      await settled();
    };

    test('gives back what was typed when it is refused', async () => {
      await slowly(async () => {});
      const blocks = JSON.stringify(slack.openView(email)?.blocks);
      expect(blocks).toContain('This handoff is closed.');
      expect(blocks).toContain('Wants a quote');
    });

    test('gives it back in a message when the note was closed', async () => {
      await slowly(() => slack.closeView(email));
      const message = slack.messages(email).at(-1);
      expect(message?.text).toBe('This handoff is closed. You wrote:');
      expect(JSON.stringify(message?.blocks)).toContain('Wants a quote');
    });

    test('remembers that message, so that it can be taken back', async () => {
      await slowly(() => slack.closeView(email));
      const message = slack.messages(email).at(-1);
      expect(said).toEqual([
        { platform: 'slack', conversationId: conversation, messageId: message?.ts, leadIds: ['501'] },
      ]);
      await chat.remove({ conversationId: conversation, messageId: said[0]?.messageId ?? '' });
      expect(JSON.stringify(slack.messages(email))).not.toContain('Wants a quote');
    });
  });

  test.each([
    ['beside the field that was filled in', { note: { value: { value: 'Wants a quote' } } }, 'errors'],
    ['in place of one without fields', {}, 'update'],
  ])('of another version of the bot is explained %s', async (_, values, response_action) => {
    const view = { id: 'V9', callback_id: 'snooze', private_metadata: '', state: { values } };
    const payload = { type: 'view_submission', user: { id: userId }, team: { id: 'T0SANDBOX' }, view };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect(await (await send(body)).json()).toMatchObject({ response_action });
    expect(acts).toEqual([]);
  });
});

describe('/handoff', () => {
  test('is answered to whoever typed it alone', async () => {
    expect(await slack.command(email, '/handoff', 'stats team')).toMatchObject({ acknowledged: true });
    const [shown] = slack.ephemerals(email);
    expect(shown?.text).toBe('Your handoffs');
    expect(JSON.stringify(shown?.blocks)).toContain('stats team');
    expect(slack.messages(email)).toHaveLength(1);
  });

  test('whose step throws is answered with an apology', async () => {
    steps.answerCommand = async () => Promise.reject(new Error('no database'));
    expect(await slack.command(email, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
    expect(whispered()).toEqual([sorry]);
  });

  test('that takes long is answered when it is ready', async () => {
    const { answerCommand } = steps;
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    steps.answerCommand = async (ask) => {
      await answered;
      return answerCommand(ask);
    };
    expect(await slack.command(email, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
    answer();
    await settled();
    expect(whispered()).toEqual([
      'This takes longer than usual. The answer will follow here.',
      'Your handoffs',
    ]);
  });
});

describe('an answer with a chart', () => {
  const chart: Chart = {
    ...{ kind: 'chart', title: 'Week by week', unit: 'Leads', labels: ['Mar 2', 'Mar 9'] },
    series: [{ name: 'In time', values: [4, 5] }],
    table: {
      columns: [{ title: 'Week' }, { title: 'In time' }],
      rows: [
        ['Mar 2', '4'],
        ['Mar 9', '5'],
      ],
    },
  };
  const inLines = 'Week · In time';
  const newest = () => JSON.stringify(slack.messages(email).at(-1)?.blocks);
  const shown = () => JSON.stringify(slack.ephemerals(email).at(-1)?.blocks);
  const posted = () => slack.requests.filter(({ method }) => method === 'chat.postMessage').length;
  beforeEach(() => {
    steps.answerCommand = async () => ({ title: 'Stats', sections: [chart] });
    steps.answerPress = async () => ({ title: 'Stats', sections: [chart] });
  });

  test('comes with it, after the command and below what was typed', async () => {
    expect(await slack.command(email, '/handoff', 'stats')).toMatchObject({ acknowledged: true });
    await settled();
    expect(shown()).toContain('data_visualization');
    await slack.say(email, 'stats');
    await settled();
    expect(newest()).toContain('data_visualization');
  });

  test('has the same numbers in lines where Slack refuses it, and is sent once from then on', async () => {
    slack.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
    await slack.say(email, 'stats');
    await settled();
    expect(newest()).toContain(inLines);
    const before = posted();
    await slack.say(email, 'stats');
    await settled();
    expect(posted()).toBe(before + 1);
    expect(newest()).toContain(inLines);
    await slack.command(email, '/handoff', 'stats');
    expect(shown()).toContain(inLines);
  });

  test.each([
    ['in words', { error: 'invalid_blocks' }],
    ['by its status', { status: 400 }],
  ])('is refused %s after a command, and comes in lines', async (_, fault) => {
    slack.failNext({ method: 'response_url', ...fault });
    await slack.command(email, '/handoff', 'stats');
    await settled();
    expect(shown()).toContain(inLines);
    expect(logged).toEqual([]);
  });

  test('that is refused for another reason is tried with it again', async () => {
    slack.failNext({ method: 'chat.postMessage', error: 'restricted_action' });
    await slack.say(email, 'stats');
    await settled();
    await slack.say(email, 'stats');
    await settled();
    expect(newest()).toContain('data_visualization');
  });

  test('of which nobody knows whether it came is not sent again', async () => {
    slack.failNext({ method: 'response_url', status: 500 });
    await slack.command(email, '/handoff', 'stats');
    await settled();
    expect(slack.ephemerals(email)).toEqual([]);
    expect(logged.join()).toContain('was lost');
  });
});

describe('words that somebody writes to the bot', () => {
  const newest = () => slack.messages(email).at(-1);

  test('are answered below them, as after the command', async () => {
    expect(await slack.say(email, 'stats team')).toMatchObject({ acknowledged: true, attempts: 1 });
    await settled();
    expect(newest()).toMatchObject({ text: 'Your handoffs', threadTs: null });
    expect(JSON.stringify(newest()?.blocks)).toContain('stats team');
    expect(whispered()).toEqual([]);
  });

  test.each([
    ['/handoff why maya@acme.test', 'why maya@acme.test'],
    ['handoff  stats', 'stats'],
    ['why AT&T <Acme>', 'why AT&T <Acme>'],
    ['handoff', ''],
  ])('"%s" is understood as typed elsewhere', async (written, meant) => {
    const asked: string[] = [];
    steps.answerCommand = async ({ text }) => {
      asked.push(text);
      return { title: 'Asked', sections: [] };
    };
    await slack.say(email, written);
    await settled();
    expect(asked).toEqual([meant]);
  });

  test('about a lead have an answer that can be taken back, also after a press on it', async () => {
    const actions = [{ kind: 'say', words: 'why 501 all', label: 'All Rules' }] as const;
    steps.answerCommand = async () => ({ title: 'Why', sections: [], actions, about: ['501'] });
    steps.answerPress = async () => ({ title: 'All rules', sections: [], about: ['501', '502'] });
    await slack.say(email, 'why 501');
    await settled();
    const messageId = newest()?.ts ?? '';
    await slack.click(email, { ts: messageId, actionId: 'handoff.say.0' });
    await settled();
    expect(newest()).toMatchObject({ ts: messageId, text: 'All rules' });
    const at = { platform: 'slack', conversationId: conversation, messageId };
    expect(said).toEqual([
      { ...at, leadIds: ['501'] },
      { ...at, leadIds: ['501', '502'] },
    ]);
  });

  test('that cannot be answered are apologised for, and nothing of them is logged', async () => {
    steps.answerCommand = async () => Promise.reject(new Error('no database for Priya'));
    await slack.say(email, 'why Priya');
    await settled();
    expect(newest()?.text).toBe(sorry);
    expect(logged.join()).not.toContain('Priya');
  });

  const message = (changes: object) => ({
    type: 'message',
    channel: 'D1',
    channel_type: 'im',
    user: userId,
    ts: '17.1',
    text: 'stats',
    ...changes,
  });
  test.each([
    ['of a bot, itself among them', { bot_id: 'B0SANDBOXBOT' }],
    ['that were edited', { subtype: 'message_changed', text: undefined, message: { text: 'stats' } }],
    ['that were deleted', { subtype: 'message_deleted', text: undefined }],
    ['in a channel', { channel_type: 'channel' }],
    ['that are none', { text: ' ' }],
  ])('%s have no answer', async (_, changes) => {
    steps.answerCommand = () => expect.fail('nobody asked');
    const before = slack.messages(email).length;
    expect(await slack.sendEvent(message(changes))).toMatchObject({ acknowledged: true });
    await settled();
    expect(slack.messages(email)).toHaveLength(before);
    expect(logged).toEqual([]);
  });
});

describe('a button of an answer', () => {
  const list: Reply = {
    title: 'Your leads',
    sections: [
      {
        kind: 'rows',
        rows: [
          {
            text: line`Maya Chen`,
            actions: [{ kind: 'act', command: 'accept', handoffId: 'h-7', label: 'Accept' }],
          },
        ],
      },
    ],
    actions: [{ kind: 'say', words: 'back', label: "I'm Back" }],
  };
  let presses: ReplyPress[];
  const pressed = async (actionId: string) => {
    const shown = slack.ephemerals(email).at(-1);
    const outcome = await slack.click(email, { ts: shown?.ts ?? '', actionId });
    await settled();
    return outcome;
  };

  beforeEach(async () => {
    presses = [];
    steps.answerCommand = async () => list;
    steps.answerPress = async (press) => {
      presses.push(press);
      return { title: 'Welcome back', sections: [] };
    };
    await slack.command(email, '/handoff', 'queue');
  });

  test('is answered in the place of the answer, for the same eyes only', async () => {
    expect(await pressed('handoff.say.0')).toMatchObject({ acknowledged: true });
    expect(presses).toEqual([{ platform: 'slack', userId, say: 'back' }]);
    expect(whispered()).toEqual(['Welcome back']);
    expect(slack.messages(email)).toHaveLength(1);
    expect(said).toEqual([]);
  });

  test('that is a command of a card says which words brought the list, and has an id of its own', async () => {
    await pressed('handoff.act.accept.0');
    expect(presses).toEqual([
      {
        platform: 'slack',
        userId,
        command: 'accept',
        handoffId: 'h-7',
        commandId: expect.stringContaining(userId),
        again: 'queue',
      },
    ]);
  });

  test('that is pressed twice is answered twice, in the same place', async () => {
    const stale = slack.ephemerals(email).at(-1)?.blocks ?? [];
    const ts = slack.ephemerals(email).at(-1)?.ts ?? '';
    await Promise.all([1, 2].map(() => slack.click(email, { ts, actionId: 'handoff.say.0', stale })));
    await settled();
    expect([presses.length, whispered()]).toEqual([2, ['Welcome back']]);
  });

  test('whose step throws leaves the answer where it is', async () => {
    steps.answerPress = async () => Promise.reject(new Error('no database'));
    await pressed('handoff.say.0');
    expect(whispered()).toEqual(['Your leads', sorry]);
  });

  test('that takes long is acknowledged in time and answered later', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    steps.answerPress = async () => {
      await answered;
      return { title: 'Welcome back', sections: [] };
    };
    const ts = slack.ephemerals(email).at(-1)?.ts ?? '';
    const outcome = await slack.click(email, { ts, actionId: 'handoff.say.0' });
    expect([outcome.acknowledged, whispered()]).toEqual([true, ['Your leads']]);
    answer();
    await settled();
    expect(whispered()).toEqual(['Welcome back']);
  });

  test('of somebody of another workspace is refused in words', async () => {
    slack.changeUser(email, { teamId: 'T0ELSEWHERE' });
    await pressed('handoff.say.0');
    expect([presses, whispered().at(-1)]).toEqual([
      [],
      'Your account belongs to another company. Nothing was changed.',
    ]);
  });

  test('that nobody sent is answered as out of date', async () => {
    const payload = {
      type: 'block_actions',
      user: { id: userId },
      team: { id: 'T0SANDBOX' },
      actions: [{ type: 'button', action_id: 'handoff.say.0', value: '{"say":""}', action_ts: '17.1' }],
    };
    expect((await send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())).status).toBe(
      200,
    );
    expect(presses).toEqual([]);
  });
});

describe('a button of a bulletin', () => {
  const bulletin: Bulletin = {
    language: 'en',
    title: 'Your leads are paused',
    text: line`You let three cards pass.`,
    items: [],
    actions: [{ kind: 'say', words: 'back', label: "I'm Back" }],
  };

  test('is answered below it, as what was told stays', async () => {
    const messageId = await chat.postBulletin(conversation, bulletin, { bulletinId: 'b-1' }, new Map());
    const before = slack.messages(email).at(-1)?.blocks;
    await slack.click(email, { ts: messageId, actionId: 'handoff.say.0' });
    await settled();
    expect(slack.messages(email).at(-1)?.blocks).toEqual(before);
    expect(whispered()).toEqual(['Pressed']);
  });
});

test.each(['app_uninstalled', 'tokens_revoked'])('%s is logged', async (type) => {
  expect(await slack.sendEvent({ type, tokens: { bot: ['U0SANDBOXBOT'] } })).toMatchObject({
    acknowledged: true,
  });
  await settled();
  expect(logged.join()).toContain('"platform":"slack"');
});

test('that people take back tokens of their own is no outage', async () => {
  const tokens = { oauth: ['U0SOMEBODY'], bot: [] };
  expect(await slack.sendEvent({ type: 'tokens_revoked', tokens })).toMatchObject({ acknowledged: true });
  await settled();
  expect(logged).toEqual([]);
});

describe('what nobody asked for is taken in silence', () => {
  test.each([
    'view_closed',
    'shortcut',
    'message_action',
    'interactive_message',
    'dialog_submission',
    'of_tomorrow',
  ])('an interaction of type %s', async (type) => {
    const team = { id: 'T0SANDBOX', domain: 'sandbox' };
    const payload = { type, user: { id: userId }, team, actions: [], view: {}, callback_id: 'x' };
    const answer = await send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect([acts, logged]).toEqual([[], []]);
  });

  test('an event that the manifest does not name', async () => {
    expect(await slack.sendEvent({ type: 'team_join', user: { id: userId } })).toMatchObject({
      acknowledged: true,
      attempts: 1,
    });
    expect(logged).toEqual([]);
  });
});

describe('a request that is not from Slack', () => {
  const payload = { type: 'block_actions', user: { id: 'U1' }, actions: [] };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

  test.each([
    ['with a forged signature', { secret: 'guessed' }],
    ['replayed after five minutes', { timestamp: Math.floor(Date.now() / 1000) - 301 }],
    ['without a signature that fits', { signature: 'v0=00' }],
  ])('%s is rejected, and no step hears of it', async (_, overrides) => {
    expect((await send(body, overrides)).status).toBe(401);
    expect(acts).toEqual([]);
  });
});

test('the bot starts while Slack is down', async () => {
  const down = { botToken, signingSecret, appToken: 'xapp-test', apiUrl: 'http://127.0.0.1:1/api/' };
  const http = connectSlack({ ...down, appToken: null }, log);
  expect(http.requestListener).toBeTypeOf('function');
  http.start();
  await http.stop();

  const socket = connectSlack(down, log);
  expect(socket.requestListener).toBeNull();
  socket.start();
  await socket.stop();
});

test('neither starting nor a click asks Slack anything', async () => {
  const before = slack.callCounts();
  await press('handoff.accept');
  expect(slack.callCounts()).toEqual(before);
  expect(before).toEqual({
    'auth.test': 1,
    'users.lookupByEmail': 1,
    'users.info': 1,
    'conversations.open': 1,
    'chat.postMessage': 1,
  });
});

function send(body: string, overrides?: Parameters<SlackServer['signed']>[1]): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...slack.signed(body, overrides) };
  return fetch(url, { method: 'POST', headers, body });
}
