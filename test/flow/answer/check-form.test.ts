import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/domain/card/form.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { checkForm } from '../../../src/flow/answer/check-form.ts';
import { ada, ben, offered } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const { id: handoffId } = offered();

async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  return there;
}

/** What is told of a touch that was filled in. */
async function check(
  there: Office,
  values: Answers,
  { by = ada, asked }: { by?: string; asked?: string[] } = {},
) {
  const act = { type: 'submit', form: 'logTouch', values, ...(asked && { asked }) } as const;
  const wrong = await checkForm(act, { by, handoffId, words: wordsIn('en') }, there.needs);
  return wrong && [wrong.field, plain(wrong.text)];
}

const touch = { did: 'talked' };

describe('a form that was sent in', () => {
  it('can be decided on when everything that it asks was asked', async () => {
    const there = await opened();
    expect(await check(there, touch, { asked: ['did', 'when', 'note', 'next'] })).toBeNull();
  });

  it('has a question left when one was not asked', async () => {
    const there = await opened();
    const unasked = ['note', 'One more question: please answer this as well.'];
    expect(await check(there, touch, { asked: ['did', 'when', 'next'] })).toEqual(unasked);
  });

  it('has none left when that was answered all the same, or when nobody knows what was asked', async () => {
    const there = await opened();
    expect(await check(there, { ...touch, note: 'Hi' }, { asked: ['did', 'when', 'next'] })).toBeNull();
    expect(await check(there, touch)).toBeNull();
  });

  it('names the field whose answer is none', async () => {
    const there = await opened();
    const note = 'x'.repeat(2001);
    const tooLong =
      'This note has 2,001 characters. Write 2,000 at most; the rest belongs in HubSpot itself.';
    expect(await check(there, { ...touch, note })).toEqual(['note', tooLong]);
  });

  it('of somebody who may not send it is decided on as it is, as they are told so', async () => {
    const there = await opened();
    expect(await check(there, touch, { by: ben, asked: [] })).toBeNull();
    const empty = await office();
    expect(await check(empty, touch, { asked: [] })).toBeNull();
  });
});
