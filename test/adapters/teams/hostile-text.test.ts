import { afterAll, beforeAll, expect, test } from 'vitest';
import { verbs } from '../../../src/adapters/teams/button.ts';
import { line } from '../../../src/domain/words/line.ts';
import { app, type Bot, email, startBot } from './bot.ts';

// Each of these made some pattern search anew from every place where it might begin, which took longer with the square of
// the text: a message of 240 kB kept the process for 22 seconds. Whoever searches like that again ends in the timeout.

let bot: Bot;
const asked: string[] = [];
beforeAll(async () => {
  bot = await startBot();
  await bot.teams.install(email);
  bot.steps.answerCommand = async ({ text }) => {
    asked.push(text);
    return { title: text, sections: [{ kind: 'text', title: text, text: line`${text}` }] };
  };
  bot.steps.respond = async (click, act) => {
    bot.acts.push({ click, act });
    const typed = act.type === 'submit' ? (act.values['note'] ?? '') : '';
    return { done: false, text: line`${typed}`, field: 'note' };
  };
});
afterAll(() => bot[Symbol.asyncDispose]());

const bytes = 100_000;
const hostile = [
  '<',
  '>',
  '&',
  '*',
  '[',
  '](',
  '`',
  '\n',
  ' ',
  '{',
  '<at>',
  '<at ',
  '</at>',
  '&amp;',
  '&#',
  '/handoff ',
];
const repeated = (piece: string) => piece.repeat(Math.floor(bytes / piece.length));

async function post(changes: Record<string, unknown>) {
  const response = await fetch(bot.url, {
    method: 'POST',
    headers: { authorization: bot.teams.authorization() },
    body: JSON.stringify(bot.teams.activity(email, changes)),
  });
  await response.text();
  await bot.settled();
  return response.status;
}

test.each(hostile)(
  '100 kB of %j are words like others, of which as many are read as anybody means',
  async (piece) => {
    asked.length = 0;
    expect(await post({ text: repeated(piece) })).toBe(200);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.length).toBeLessThanOrEqual(2000);
    const conversation = { id: '19:x@thread.v2', conversationType: 'groupChat', tenantId: app.tenantId };
    expect(await post({ text: repeated(piece), conversation })).toBe(200);
    expect(asked).toHaveLength(1);
  },
);

test.each(hostile)('100 kB of %j in a form are what somebody typed, and come back in it', async (piece) => {
  bot.acts.length = 0;
  const data = {
    handoff: 'h-1',
    revision: 2,
    'logTouch.note': repeated(piece),
    verb: verbs.form('logTouch'),
  };
  const value = { action: { type: 'Action.Execute', verb: data.verb, data }, trigger: 'manual' };
  expect(await post({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, value })).toBe(200);
  expect(await post({ text: '', value: data })).toBe(200);
  expect(bot.acts).toHaveLength(2);
});

test.each(hostile)('100 kB of %j where an id is expected are refused in silence', async (piece) => {
  bot.acts.length = 0;
  const long = repeated(piece);
  for (const [verb, handoff] of [
    [long, 'h-1'],
    [verbs.command('accept'), long],
  ]) {
    const value = { action: { type: 'Action.Execute', verb, data: { handoff, revision: 2 } } };
    expect(await post({ type: 'invoke', name: 'adaptiveCard/action', value })).toBe(200);
  }
  expect(await post({ type: 'invoke', name: long })).toBe(501);
  expect(await post({ type: long })).toBe(200);
  expect(await post({ type: 'conversationUpdate', membersAdded: [{ id: long }] })).toBe(200);
  expect(bot.acts).toEqual([]);
});
