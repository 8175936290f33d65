import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import { notify, notifyTimers } from '../../../src/domain/handoff/notify.ts';
import type { NotifyRule, Policy } from '../../../src/domain/policy/policy.ts';
import {
  accepted,
  ada,
  assignedAt,
  at,
  ben,
  minutesAfter,
  offered,
  policy,
  respondBy,
} from '../../support/examples.ts';

const bounds = { allow: ['again', 'mail', 'webhook'], earliestMinutes: 5, atMost: 5 } as const;
const pager = { name: 'pager', url: 'https://pager.example', tells: [] } as const;

function rules(...chosen: NotifyRule[]) {
  return policy({ notify: bounds, webhooks: [pager], notifyRules: new Map([[ada, chosen]]) });
}

const again: NotifyRule = { kind: 'again', afterMinutes: 5 };
const mail: NotifyRule = { kind: 'mail', afterMinutes: 10 };
const webhook: NotifyRule = { kind: 'webhook', name: 'pager', afterMinutes: 10 };
const dueOf = (policy: Policy, handoff: Handoff = offered(), now = assignedAt) =>
  notifyTimers(handoff, policy, now).map(({ step, dueAt }) => [step, dueAt]);

describe('what somebody has for themselves', () => {
  it('falls due so long after the card came, rules of the same time together', () => {
    expect(dueOf(rules(mail, again, webhook))).toEqual([
      [5, minutesAfter(assignedAt, 5)],
      [10, minutesAfter(assignedAt, 10)],
    ]);
  });

  it('counts as the target counts: not at night', () => {
    const evening = at('22:25');
    const handoff = offered({ granted: { from: evening, minutes: 15 } });
    expect(dueOf(rules(mail), handoff, evening)).toEqual([[10, new Date('2026-03-04T14:05:00Z')]]);
  });

  it('is nothing that is past, or within a snooze', () => {
    expect(dueOf(rules(again, mail), offered(), minutesAfter(assignedAt, 7))).toEqual([
      [10, minutesAfter(assignedAt, 10)],
    ]);
    expect(dueOf(rules(mail), offered({ snoozedUntil: minutesAfter(assignedAt, 12) }))).toEqual([]);
  });

  it('is nothing for who has answered, for others, for a pool, or where the policy allows nothing', () => {
    expect(dueOf(rules(mail), accepted())).toEqual([]);
    expect(dueOf(policy({ notify: bounds, notifyRules: new Map([[ben, [mail]]]) }))).toEqual([]);
    expect(dueOf(rules(mail), offered({ openTo: [ben] }))).toEqual([]);
    expect(dueOf(policy({ notify: null, notifyRules: new Map([[ada, [mail]]]) }))).toEqual([]);
  });

  it('is nothing that the policy does not allow any more', () => {
    const strict = (allow: readonly NotifyRule['kind'][], earliestMinutes: number) =>
      policy({
        notify: { ...bounds, allow, earliestMinutes },
        notifyRules: new Map([[ada, [again, mail, webhook]]]),
      });
    expect(dueOf(strict(['mail'], 5))).toEqual([[10, minutesAfter(assignedAt, 10)]]);
    expect(dueOf(strict(['again'], 10))).toEqual([]);
    expect(dueOf(strict(['webhook'], 5))).toEqual([]);
  });

  const now = minutesAfter(assignedAt, 5);

  it('is no message while they wait for the time that they asked for', () => {
    const asked = { until: minutesAfter(assignedAt, 40), due: respondBy };
    const told = { clock: 'acknowledge', rep: ada, due: respondBy } as const;
    expect(notify(offered({ asked }), { step: 5, run: 1 }, rules(again), now)).toEqual({ refused: 'stale' });
    expect(notify(offered({ asked }), { step: 10, run: 1 }, rules(mail), now)).toEqual([
      { type: 'alerted', ...told, alert: { kind: 'mail', to: ada } },
    ]);
  });

  it('happens as they chose it, each of the rules of that time', () => {
    const told = { clock: 'acknowledge', rep: ada, due: respondBy } as const;
    expect(notify(offered(), { step: 5, run: 1 }, rules(again, mail), now)).toEqual([
      { type: 'reminded', ...told, loud: true },
    ]);
    expect(notify(offered(), { step: 10, run: 1 }, rules(mail, webhook), now)).toEqual([
      { type: 'alerted', ...told, alert: { kind: 'mail', to: ada } },
      { type: 'alerted', ...told, alert: { kind: 'webhook', name: 'pager' } },
    ]);
  });

  it('does not happen when they have answered meanwhile, or taken it out', () => {
    expect(notify(accepted(), { step: 10, run: 1 }, rules(mail), now)).toEqual({ refused: 'stale' });
    expect(notify(offered({ clockRun: 2 }), { step: 10, run: 1 }, rules(mail), now)).toEqual({
      refused: 'stale',
    });
    expect(notify(offered(), { step: 10, run: 1 }, rules(), now)).toEqual({ refused: 'stale' });
  });
});
