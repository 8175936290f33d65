import { describe, expect, it } from 'vitest';
import { isReminder, reminderAfter } from '../../../src/domain/handoff/quiet.ts';
import { at, minutesAfter, offered, policy, respondBy, rung } from '../../support/examples.ts';

const rules = policy({
  ladders: {
    acknowledge: [
      rung(-5, { do: 'remind' }),
      rung(5, { do: 'message' }, { repeat: { times: 1, everyMinutes: 10 } }),
      rung(30, { do: 'tellManager' }),
    ],
    touch: [],
  },
});
const due = (step: number, minutes: number) =>
  ({ clock: 'acknowledge', step, run: 1, dueAt: minutesAfter(respondBy, minutes), late: false }) as const;

describe('a reminder whose rep wants no notifications', () => {
  it.each([
    ['comes afterwards, before the target', due(1, -5), at('15:14')],
    ['comes afterwards, before it would be said again', due(2, 5), at('15:29')],
    ['comes afterwards, before the next step', due(2, 15), at('15:44')],
  ])('%s', (_, one, until) => {
    expect(reminderAfter(until, one, offered(), rules)).toEqual(until);
  });

  it.each([
    ['the target passes', due(1, -5), at('15:15')],
    ['it would be said again', due(2, 5), at('15:30')],
    ['the next step comes', due(2, 15), at('15:45')],
  ])('does not come when %s before', (_, one, until) => {
    expect(reminderAfter(until, one, offered(), rules)).toBeNull();
  });

  it('is one by a line or a message to the rep, as long as its clock runs', () => {
    expect([1, 2, 3].map((step) => isReminder(offered(), due(step, 0), rules))).toEqual([true, true, false]);
    expect(isReminder(offered({ clockRun: 2 }), due(1, 0), rules)).toBe(false);
  });
});
