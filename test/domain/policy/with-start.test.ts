import { expect, it } from 'vitest';
import { withStart } from '../../../src/domain/policy/with-start.ts';
import { policy } from '../../support/examples.ts';

const began = new Date('2026-11-02T08:00:00Z');

it('what was before the bot began is history, unless it may reach back', () => {
  const rules = policy();
  expect(withStart(rules, began).qualification.startedAt).toEqual(began);
  const reaching = { ...rules, qualification: { ...rules.qualification, beforeStartMinutes: 3 * 1440 } };
  const { startedAt } = withStart(reaching, began).qualification;
  expect(startedAt).toEqual(new Date('2026-10-30T08:00:00Z'));
});
