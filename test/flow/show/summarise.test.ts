import { describe, expect, test } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { ada, at, lead, policy } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const rules = policy({ summaryModel: { url: 'http://model', name: 'small', dailyBudget: 2 } });
const own = { label: 'Message', value: 'We plan 12 depots in spreadsheets.' };

/** The card of the example handoff has just come to Ada. */
async function delivered({
  subject = {},
  company = rules,
}: {
  subject?: Partial<Lead>;
  company?: typeof rules;
} = {}) {
  const there = await office({ rules: company });
  await there.openHandoff(lead({ formAnswers: [own], ...subject }));
  await there.deliver();
  return there;
}

const summaries = (there: Office) =>
  there.handoff().log.flatMap(({ event }) => (event.type === 'summarised' ? [event.text] : []));
const refusals = ({ observed }: Office) =>
  observed.flatMap((one) => (one.what === 'notSummarised' ? [one.why] : []));

/** Cites the fact with these words. */
const citing = (there: Office, words: string, text: string) => {
  there.model.answer = (facts) => ({
    facts: facts.filter((fact) => fact.text.includes(words)).map(({ id }) => id),
    text,
  });
};

describe('a summary by a language model', () => {
  test('is asked for once the card is there, and has it brought up to date', async () => {
    const there = await delivered();
    expect(there.model.asked).toEqual([]);
    citing(there, '12 depots', 'They plan 12 depots by hand.');
    await there.work('summarise');
    expect(there.model.asked).toHaveLength(1);
    expect(summaries(there)).toEqual(['They plan 12 depots by hand.']);
    expect(there.kept.jobs.keys()).not.toContain(`summarise:${there.handoff().handoff.id}`);
  });

  test('with a number of its own is dropped, and told to whoever watches without a word of it', async () => {
    const there = await delivered();
    citing(there, '12 depots', 'They plan 40 depots by hand.');
    await there.work('summarise');
    expect(summaries(there)).toEqual([]);
    expect(refusals(there)).toEqual(['says what its facts do not']);
  });

  test('that does not come changes nothing, and is not asked for again', async () => {
    const there = await delivered();
    there.model.answer = () => {
      throw new TemporaryFailure('no answer', { outcome: 'notDone' });
    };
    await there.work('summarise');
    await there.work('summarise');
    expect(there.model.asked).toHaveLength(1);
    expect(summaries(there)).toEqual([]);
    expect(refusals(there)).toEqual(['no answer']);
  });

  test('is not asked for when the portal has one of its own, or nobody wants any', async () => {
    for (const there of [
      await delivered({ subject: { summary: 'Big plans.' } }),
      await delivered({ company: policy() }),
    ]) {
      await there.work('summarise');
      expect(there.model.asked).toEqual([]);
    }
  });

  test('is not asked for any more once the company has thought better of it', async () => {
    const there = await delivered();
    there.adopt(policy());
    await there.work('summarise');
    expect(there.model.asked).toEqual([]);
  });

  test('is not asked for beyond the budget of the day', async () => {
    const there = await delivered();
    await there.needs.modelBudget.take('2026-03-03', 2);
    await there.needs.modelBudget.take('2026-03-03', 2);
    await there.work('summarise');
    expect(there.model.asked).toEqual([]);
    expect(refusals(there)).toEqual(['the budget of the day is used up']);
  });

  test('is not kept of a lead that sales has sent back meanwhile', async () => {
    const there = await delivered();
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await there.work('summarise');
    expect(there.model.asked).toEqual([]);
  });
});
