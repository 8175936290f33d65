import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, type BlockAction, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { ModalView, PlainTextOption } from '@slack/types';
import { expect, onTestFinished, test } from 'vitest';
import { type SlackOptions, type SlackServer, startSlack } from '../../sandbox/slack/server.ts';

const secrets = { botToken: 'xoxb-sandbox', signingSecret: 'sandbox-signing-secret' };
const email = 'ana@acme.test';
const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const option = (value: string): PlainTextOption => ({ value, text: plain(value) });
const menu = (element: object) => ({
  type: 'input',
  block_id: 'lead',
  label: plain('Lead'),
  element: { action_id: 'pick', ...element },
});
const one = menu({ type: 'external_select', min_query_length: 2 });
const several = menu({ type: 'multi_external_select', initial_options: [option('first')] });

/** Ana with a modal that has this menu, of an app that knows these options. */
async function opened(
  input: object,
  optionsFor: (text: string) => unknown,
  options: Partial<SlackOptions> = {},
): Promise<{ slack: SlackServer; heard: Record<string, unknown>[] }> {
  const slack = await startSlack({ ...secrets, now: () => new Date('2026-11-20T09:00:00Z'), ...options });
  slack.addUser({ email, name: 'Ana Ortiz', tz: 'America/New_York' });
  const heard: Record<string, unknown>[] = [];
  const receiver = new HTTPReceiver({ signingSecret: secrets.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: secrets.botToken }),
    clientOptions: { slackApiUrl: slack.apiUrl },
    convoStore: false,
  });
  const view = {
    type: 'modal',
    callback_id: 'duplicate',
    title: plain('Duplicate'),
    submit: plain('Send'),
    blocks: [input],
  } as ModalView;
  app.command('/open', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view });
    await ack();
  });
  app.options({ action_id: 'pick' }, async ({ body, ack }) => {
    heard.push({ ...body });
    await (ack as (answer: unknown) => Promise<void>)(optionsFor(body.value));
  });
  app.view('duplicate', async ({ ack, body }) => {
    heard.push({ ...body });
    await ack();
  });
  app.action<BlockAction>('pick', async ({ ack }) => ack());
  const server = createServer(receiver.requestListener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  slack.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await slack.close();
  });
  await slack.command(email, '/open');
  return { slack, heard };
}

const type = (slack: SlackServer, text: string) => slack.suggest(email, { blockId: 'lead', text });
const send = (slack: SlackServer, value: string | string[]) =>
  slack.submitView(email, { lead: { pick: value } });

test('letters ask the app, with the view and what is in it, and its options can be chosen', async () => {
  const { slack, heard } = await opened(one, () => ({ options: [option('lea')] }));
  expect(await type(slack, 'le')).toMatchObject({ acknowledged: true, options: [option('lea')] });
  expect(heard[0]).toMatchObject({
    type: 'block_suggestion',
    block_id: 'lead',
    action_id: 'pick',
    value: 'le',
    container: { type: 'view' },
    view: { callback_id: 'duplicate', state: { values: { lead: { pick: { selected_option: null } } } } },
  });
  expect(await send(slack, 'leo')).toMatchObject({ errors: { lead: 'no option has the value "leo"' } });
  expect(await send(slack, 'lea')).toMatchObject({ acknowledged: true, errors: {} });
  expect(heard[1]).toMatchObject({
    view: { state: { values: { lead: { pick: { selected_option: option('lea') } } } } },
  });
});

test('what was offered before, or stood there at first, can still be chosen', async () => {
  const { slack, heard } = await opened(several, (text) => ({ options: [option(text)] }));
  await type(slack, 'lea');
  await type(slack, 'leo');
  expect(await send(slack, ['first', 'lea', 'leo'])).toMatchObject({ errors: {} });
  expect(heard.at(-1)).toMatchObject({
    view: {
      state: { values: { lead: { pick: { selected_options: ['first', 'lea', 'leo'].map(option) } } } },
    },
  });
});

test('the app is not asked before as many letters as the menu says, or three', async () => {
  const { slack, heard } = await opened(one, () => ({ options: [] }));
  expect(await type(slack, 'l')).toMatchObject({
    result: 'refused',
    reason: expect.stringContaining('2 letters'),
  });
  const other = await opened(menu({ type: 'external_select' }), () => ({ options: [] }));
  expect(await type(other.slack, 'le')).toMatchObject({ reason: expect.stringContaining('3 letters') });
  expect(heard).toEqual([]);
});

test('an app without an options load URL is not asked', async () => {
  const { slack, heard } = await opened(one, () => ({ options: [] }), { optionsUrl: null });
  expect(await type(slack, 'le')).toMatchObject({
    result: 'refused',
    reason: expect.stringContaining('URL'),
  });
  expect(heard).toEqual([]);
});

test('a menu whose options stand in it asks nobody', async () => {
  const { slack } = await opened(menu({ type: 'static_select', options: [option('lea')] }), () => ({}));
  expect(await type(slack, 'lea')).toMatchObject({ result: 'refused' });
});

test.each([
  ['more than a hundred options', { options: Array.from({ length: 101 }, (_, n) => option(`${n}`)) }],
  ['an option that is too long', { options: [{ value: 'x', text: plain('x'.repeat(76)) }] }],
  ['no options', {}],
])('an answer with %s shows nothing', async (_, answer) => {
  const { slack } = await opened(one, () => answer);
  expect(await type(slack, 'lea')).toMatchObject({ result: 'dispatch_failed', options: [] });
});

test('what is entered with a choice that dispatches has to be what the modal takes', async () => {
  const reason = menu({ type: 'static_select', options: [option('lea'), option('leo')] });
  const { slack } = await opened({ ...reason, dispatch_action: true }, () => ({}));
  const place = { view: 'modal', blockId: 'lead', actionId: 'pick', value: 'leo' } as const;
  expect(await slack.click(email, { ...place, entries: { gone: { text: 'x' } } })).toMatchObject({
    result: 'refused',
    errors: { gone: expect.any(String) },
  });
  expect(await slack.click(email, { ...place, entries: { lead: { pick: 'lea' } } })).toMatchObject({
    acknowledged: true,
  });
  expect(slack.openView(email)?.state.values['lead']).toMatchObject({
    pick: { selected_option: option('leo') },
  });
});
