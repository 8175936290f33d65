import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type DrawnAnswer, drawnAnswers } from '../../sandbox/gallery/answers.ts';
import { drawnCard } from '../../sandbox/gallery/cards.ts';
import { type Office, openOffice } from '../../sandbox/gallery/office.ts';
import { states } from '../../sandbox/gallery/states.ts';

// What a chat gets of every state of a handoff, and of an answer with a chart, for review. After a change that is meant:
// npm test -- test/gallery/golden.test.ts -u

let office: Office;
let answers: DrawnAnswer[];
const answerKeys = ['stats', 'stats-uncharted'];
const folder = new URL('./golden/', import.meta.url);

beforeAll(async () => {
  office = await openOffice();
  answers = await drawnAnswers(office);
});

const drawn = (key: string) => {
  const state = states.find((one) => one.key === key);
  if (!state) throw new Error(`No state ${key}`);
  return drawnCard(state.tell({ office, lead: office.leads.normal }), state.reader, office);
};

describe.each(states.map(({ key }) => key))('%s', (key) => {
  test.each(['slack', 'teams'] as const)('in %s is as it was reviewed', async (chat) => {
    await expect(inJson(drawn(key)[chat])).toMatchFileSnapshot(`golden/${key}.${chat}.json`);
  });
});

describe.each(answerKeys)('the answer %s', (key) => {
  test.each(['slack', 'teams'] as const)('in %s is as it was reviewed', async (chat) => {
    const answer = answers.find((one) => one.key === key);
    await expect(inJson(answer?.[chat])).toMatchFileSnapshot(`golden/${key}.${chat}.json`);
  });
});

test('no file is of a state that is no more', async () => {
  const expected = [...states.map(({ key }) => key), ...answerKeys].flatMap((key) => [
    `${key}.slack.json`,
    `${key}.teams.json`,
  ]);
  expect((await readdir(folder)).sort()).toEqual(expected.sort());
});

test('the same office makes the same cards each time', async () => {
  const again = await openOffice();
  for (const { key, reader, tell } of states) {
    expect(drawnCard(tell({ office: again, lead: again.leads.normal }), reader, again)).toEqual(drawn(key));
  }
});

function inJson(message: unknown): string {
  return `${JSON.stringify(message, null, 2)}\n`;
}
