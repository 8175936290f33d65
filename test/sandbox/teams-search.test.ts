import {
  ActivityHandler,
  type SearchInvokeResponse,
  type SearchInvokeValue,
  type TurnContext,
} from 'botbuilder';
import { expect, onTestFinished, test } from 'vitest';
import { startTeams, type TeamsServer } from '../../sandbox/teams/server.ts';
import { appIdentity, startBot } from './teams-bot.ts';

const email = 'ana@acme.test';
const searchResponse = 'application/vnd.microsoft.search.searchResponse';
const results = (...titles: string[]) => ({
  results: titles.map((title) => ({ title, value: `v-${title}` })),
});

const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    {
      type: 'Input.ChoiceSet',
      id: 'lead',
      label: 'Lead',
      style: 'filtered',
      isRequired: true,
      errorMessage: 'Choose one.',
      choices: [{ title: 'Known', value: 'v-known' }],
      'choices.data': { type: 'Data.Query', dataset: 'leads' },
    },
    { type: 'Input.ChoiceSet', id: 'plain', label: 'Plain', choices: [{ title: 'A', value: 'a' }] },
    { type: 'Input.Number', id: 'amount', label: 'Amount', max: 10 },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Send', verb: 'send' }] },
  ],
};

/** Ana with a card of a bot that searches as botbuilder has it. */
async function opened(answer: (asked: SearchInvokeValue) => Partial<SearchInvokeResponse>) {
  const teams = await startTeams({ ...appIdentity, now: () => new Date('2026-11-20T10:00:00Z') });
  teams.addUser({ email, name: 'Ana Ortiz' });
  const asked: SearchInvokeValue[] = [];
  const sent: unknown[] = [];
  class Bot extends ActivityHandler {
    override async onSearchInvoke(_: TurnContext, value: SearchInvokeValue): Promise<SearchInvokeResponse> {
      asked.push(value);
      return answer(value) as SearchInvokeResponse;
    }
    override async onAdaptiveCardInvoke(_: TurnContext, value: { action: { data?: unknown } }) {
      sent.push(value.action.data);
      return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Sent' } as never;
    }
  }
  const bot = new Bot();
  bot.onMembersAdded(async (context) => {
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
    await context.sendActivity({ attachments: [attachment] });
  });
  const { stop } = await startBot(teams, (context) => bot.run(context));
  onTestFinished(async () => {
    await stop();
    await teams.close();
  });
  await teams.install(email);
  const messageId = teams.messages(email)[0]?.id ?? expect.fail('no card');
  return { teams, messageId, asked, sent };
}

const type = (teams: TeamsServer, messageId: string, text: string, inputId = 'lead') =>
  teams.search(email, { messageId, inputId, text });

test('letters ask the bot in words of its SDK, and its choices can be sent', async () => {
  const { teams, messageId, asked, sent } = await opened(({ queryText }) => ({
    statusCode: 200,
    type: searchResponse as never,
    value: results(`${queryText}n`),
  }));
  expect(await type(teams, messageId, 'lea')).toMatchObject({
    choices: [{ title: 'lean', value: 'v-lean' }],
  });
  expect(asked).toMatchObject([{ queryText: 'lea', queryOptions: { skip: 0, top: 15 }, dataset: 'leads' }]);
  const send = (inputs: Record<string, string>) => teams.press(email, { messageId, verb: 'send', inputs });
  expect(await send({ lead: 'v-leo' })).toMatchObject({ result: 'refused', errors: { lead: 'Choose one.' } });
  expect(await send({ lead: 'v-lean', amount: '7' })).toMatchObject({ result: 'answered', text: 'Sent' });
  expect(sent).toEqual([{ lead: 'v-lean', amount: 7 }]);
});

test('the person sees fifteen choices at most', async () => {
  const titles = Array.from({ length: 20 }, (_, n) => `Lead ${n}`);
  const { teams, messageId } = await opened(() => ({
    statusCode: 200,
    type: searchResponse as never,
    value: results(...titles),
  }));
  expect((await type(teams, messageId, 'lead')).choices).toHaveLength(15);
});

test('an answer that is no list of results shows nothing', async () => {
  const { teams, messageId } = await opened(() => ({
    statusCode: 200,
    type: searchResponse as never,
    value: { results: [{ title: '', value: 7 }] },
  }));
  expect(await type(teams, messageId, 'lea')).toMatchObject({
    result: 'unreachable',
    reason: expect.stringContaining('/value/results/0/title'),
    choices: [],
  });
});

test('an input that lists its choices asks nobody', async () => {
  const { teams, messageId, asked } = await opened(() => ({}));
  expect(await type(teams, messageId, 'a', 'plain')).toMatchObject({ result: 'refused', choices: [] });
  expect(asked).toEqual([]);
});
