import { describe, expect, it } from 'vitest';
import type { LadderStep, Policy } from '../../src/domain/policy.ts';
import { dueAfter, type RunningClock, timersOf } from '../../src/domain/sla.ts';
import {
  ada,
  at,
  dario,
  farah,
  grace,
  henrik,
  minutesAfter,
  policy,
  stranger,
  targets,
} from '../support/examples.ts';

describe('the due time', () => {
  const from = at('16:20');
  const table: [title: string, rep: string, clock: 'acknowledge' | 'touch', override: object, due: Date][] = [
    ['an answer counts in the rep’s working time', ada, 'acknowledge', {}, at('16:35')],
    ['a touch counts in the rep’s working time', ada, 'touch', {}, at('17:20')],
    ['another zone has another end of the day', dario, 'acknowledge', {}, new Date('2026-03-04T07:35:00Z')],
    ['off duty, the clock waits for the morning', farah, 'acknowledge', {}, new Date('2026-03-04T04:45:00Z')],
    ['on the wall clock nobody is off duty', farah, 'acknowledge', { countedIn: 'wallClock' }, at('16:35')],
    ['on the wall clock a touch goes on at night', dario, 'touch', { countedIn: 'wallClock' }, at('17:20')],
    ['a manager has the hours of the team', henrik, 'acknowledge', {}, new Date('2026-03-04T07:35:00Z')],
    ['whose hours nobody wrote down works always', stranger, 'touch', {}, at('17:20')],
  ];
  for (const [title, rep, clock, override, due] of table) {
    it(`${title}: ${due.toISOString()}`, () => {
      expect(dueAfter(clock, targets(override), policy(), { rep, at: from })).toEqual(due);
    });
  }
});

describe('timers', () => {
  const now = at('15:00');
  const clock = (override: Partial<RunningClock> = {}): RunningClock => ({
    clock: 'acknowledge',
    due: at('15:15'),
    run: 3,
    rep: ada,
    ...override,
  });
  const climbing = (...steps: [number, LadderStep['action']][]): Policy =>
    policy({
      ladders: {
        acknowledge: steps.map(([offsetMinutes, action]) => ({ offsetMinutes, action })),
        touch: [],
      },
    });
  /** The timers as `action at time`, without the breach that always comes first. */
  const rungs = (running: RunningClock, rules: Policy, when = now) =>
    timersOf(running, rules, when)
      .slice(1)
      .map(({ action, dueAt, step }) => `${step} ${action} ${dueAt.toISOString().slice(0, 16)}`);

  it('are the breach at the due time and every rung of the clock’s own ladder, all of one run', () => {
    expect(timersOf(clock(), policy(), now)).toEqual([
      { clock: 'acknowledge', step: 0, action: 'breach', run: 3, dueAt: at('15:15') },
      { clock: 'acknowledge', step: 1, action: 'remind', run: 3, dueAt: at('15:10') },
      { clock: 'acknowledge', step: 2, action: 'tellManager', run: 3, dueAt: at('15:15') },
    ]);
    const touch = clock({ clock: 'touch', due: at('16:00') });
    expect(timersOf(touch, policy(), now).map((timer) => timer.dueAt)).toEqual([
      at('16:00'),
      at('15:45'),
      at('16:00'),
    ]);
  });

  it('without a ladder are the breach alone', () => {
    expect(timersOf(clock(), climbing(), now)).toHaveLength(1);
  });

  const tomorrow = new Date('2026-03-04T14:10:00Z');
  const table: [title: string, RunningClock, Policy, Date, string[]][] = [
    [
      'a reminder that falls into the night waits for the morning',
      clock({ due: tomorrow }),
      climbing([-60, 'remind']),
      at('22:25'),
      ['1 remind 2026-03-04T14:00'],
    ],
    [
      'a reminder in the evening before stays there while the rep works',
      clock({ due: tomorrow }),
      climbing([-960, 'remind']),
      at('22:00'),
      ['1 remind 2026-03-03T22:10'],
    ],
    [
      'a reminder that could only come when the answer is due is left out',
      clock({ due: new Date('2026-03-04T14:00:00Z') }),
      climbing([-60, 'remind']),
      at('22:25'),
      [],
    ],
    ['a reminder whose time has passed is left out', clock(), climbing([-15, 'remind']), now, []],
    [
      'a reminder a second from now is kept',
      clock(),
      climbing([-15, 'remind']),
      at('14:59:59'),
      ['1 remind 2026-03-03T15:00'],
    ],
    [
      'rungs keep their place in the ladder when one before them is left out',
      clock(),
      climbing([-15, 'remind'], [-5, 'remind'], [30, 'tellManager']),
      now,
      ['2 remind 2026-03-03T15:10', '3 tellManager 2026-03-03T15:45'],
    ],
    [
      'what comes after the due time is not put off: the manager is told as the policy says',
      clock({ due: at('22:25') }),
      climbing([60, 'tellManager']),
      now,
      ['1 tellManager 2026-03-03T23:25'],
    ],
    [
      'a due time outside the rep’s hours, as grace may give, keeps no reminder after it',
      clock({ due: at('23:30'), rep: grace }),
      climbing([-15, 'remind']),
      at('22:00'),
      [],
    ],
  ];
  for (const [title, running, rules, when, expected] of table) {
    it(title, () => {
      expect(rungs(running, rules, when)).toEqual(expected);
    });
  }

  it('never lie before now, apart from a breach that is overdue', () => {
    const overdue = clock({ due: minutesAfter(now, -30) });
    expect(timersOf(overdue, climbing([-5, 'remind']), now).map((timer) => timer.action)).toEqual(['breach']);
  });
});
