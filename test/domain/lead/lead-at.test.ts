import { describe, expect, test } from 'vitest';
import { leadAt } from '../../../src/domain/lead/lead-at.ts';
import { activity, at, lead } from '../../support/examples.ts';

const when = at('15:00');

describe('a lead as of an earlier moment', () => {
  test('is the same when nothing happened since', () => {
    expect(leadAt(lead(), at('23:00'))).toEqual(lead());
  });

  test('has neither pages nor activities nor a form from later', () => {
    const note = activity({ kind: 'note', at: at('15:01') });
    const later = lead({
      conversions: [{ name: 'Request a Demo', at: at('15:01') }],
      pages: [
        { url: '/pricing', at: at('15:01') },
        { url: '/blog', at: when },
      ],
      activities: [note],
      formAnswers: [{ label: 'Seats', value: '12' }],
    });
    expect(leadAt(later, when)).toMatchObject({
      conversions: [],
      pages: [{ url: '/blog' }],
      activities: [],
      formAnswers: [],
    });
  });

  test('has the score of that time', () => {
    const history = [
      { value: 90, at: at('15:01') },
      { value: 40, at: when },
      { value: 10, at: at('09:00') },
    ];
    const score = { value: 90, components: [], history };
    expect(leadAt(lead({ score }), when).score).toMatchObject({ value: 40, history: history.slice(1) });
    expect(leadAt(lead({ score }), at('08:00')).score).toBeNull();
  });

  test('keeps a score without a history', () => {
    const score = { value: 90, components: [], history: [] };
    expect(leadAt(lead({ score }), when).score).toEqual(score);
  });

  test('is in the last stage that it had entered', () => {
    const stageEnteredAt = { lead: at('09:00'), subscriber: at('08:00'), customer: at('15:01') };
    const customer = lead({ lifecycleStage: 'customer', stageEnteredAt });
    expect(leadAt(customer, when)).toMatchObject({
      lifecycleStage: 'lead',
      stageEnteredAt: { lead: at('09:00'), subscriber: at('08:00') },
    });
    expect(leadAt(customer, at('07:00'))).toMatchObject({ lifecycleStage: null, stageEnteredAt: {} });
  });

  test('keeps a stage of which nobody knows when it was entered', () => {
    const customer = lead({ lifecycleStage: 'customer', stageEnteredAt: { lead: at('09:00') } });
    expect(leadAt(customer, when).lifecycleStage).toBe('customer');
  });
});
