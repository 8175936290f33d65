import { describe, expect, it } from 'vitest';
import type { LadderAction, LadderStep, Policy } from '../../../src/domain/policy/policy.ts';
import { withAbsences } from '../../../src/domain/policy/working-hours.ts';
import {
  dueOf,
  minutesBetween,
  type RunningTarget,
  termAfter,
  timersOf,
} from '../../../src/domain/time/sla.ts';
import {
  ada,
  americas,
  at,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  international,
  member,
  minutesAfter,
  newYorkOffice,
  policy,
  routing,
  rung,
  stranger,
  target,
  targets,
  weekdays,
} from '../../support/examples.ts';

describe('the due time', () => {
  const from = at('16:20');
  const onTheWall = { acknowledge: target(15, 'wallClock'), touch: target(60, 'wallClock') };
  const table: [title: string, rep: string, clock: 'acknowledge' | 'touch', override: object, due: Date][] = [
    ['an answer counts in the rep’s working time', ada, 'acknowledge', {}, at('16:35')],
    ['a touch counts in the rep’s working time', ada, 'touch', {}, at('17:20')],
    ['another zone has another end of the day', dario, 'acknowledge', {}, new Date('2026-03-04T07:35:00Z')],
    ['off duty, the clock waits for the morning', farah, 'acknowledge', {}, new Date('2026-03-04T04:45:00Z')],
    ['on the wall clock nobody is off duty', farah, 'acknowledge', onTheWall, at('16:35')],
    ['on the wall clock a touch goes on at night', dario, 'touch', onTheWall, at('17:20')],
    [
      'each target is counted in its own way',
      farah,
      'acknowledge',
      { touch: target(60, 'wallClock') },
      new Date('2026-03-04T04:45:00Z'),
    ],
    ['a manager has the hours of the team', henrik, 'acknowledge', {}, new Date('2026-03-04T07:35:00Z')],
    ['whose hours nobody wrote down works always', stranger, 'touch', {}, at('17:20')],
  ];
  for (const [title, rep, clock, override, due] of table) {
    it(`${title}: ${due.toISOString()}`, () => {
      const minutes = clock === 'touch' ? 60 : 15;
      expect(termAfter(clock, targets(override), policy(), { rep, at: from })).toEqual({
        due,
        granted: { from, minutes },
      });
    });
  }

  it('is what was granted, counted again: an absence since moves it', () => {
    const away = withAbsences(policy(), new Map([[ada, [{ from: at('16:30'), until: at('17:30') }]]]));
    const granted = { from, minutes: 15 };
    expect(dueOf(granted, target(15), policy(), ada)).toEqual(at('16:35'));
    expect(dueOf(granted, target(15), away, ada)).toEqual(at('17:35'));
    expect(dueOf(granted, target(15, 'wallClock'), away, ada)).toEqual(at('16:35'));
  });
});

describe('the minutes between two instants', () => {
  const night = [at('22:20'), new Date('2026-03-04T14:05:30Z')] as const;
  const table: [title: string, countedIn: 'workingTime' | 'wallClock', from: Date, to: Date, number][] = [
    ['leave out what nobody works', 'workingTime', ...night, 15.5],
    ['are all of them by the wall clock', 'wallClock', ...night, 945.5],
    ['are none when the second is the first', 'workingTime', night[0], night[0], 0],
    ['are none back in time', 'workingTime', night[1], night[0], 0],
    ['are none back in time by the wall clock', 'wallClock', night[1], night[0], 0],
  ];
  for (const [title, countedIn, from, to, minutes] of table) {
    it(`${title}: ${minutes}`, () => {
      expect(minutesBetween(from, to, { countedIn }, policy(), ada)).toBe(minutes);
    });
  }
});

describe('timers', () => {
  const now = at('15:00');
  const clock = (override: Partial<RunningTarget> = {}): RunningTarget => ({
    clock: 'acknowledge',
    due: at('15:15'),
    run: 3,
    rep: ada,
    team: 'Americas',
    snoozedUntil: null,
    ...override,
  });
  const climbing = (...steps: LadderStep[]): Policy => policy({ ladders: { acknowledge: steps, touch: [] } });
  const remind = (offsetMinutes: number) => rung(offsetMinutes, { do: 'remind' }, { offHours: 'wait' });
  const tell = (offsetMinutes: number) => rung(offsetMinutes, { do: 'tellManager' });
  /** The timers as `step action time`, without the breach that always comes first. */
  const others = (running: RunningTarget, rules: Policy, when = now) =>
    timersOf(running, rules, when)
      .slice(1)
      .map(({ action, dueAt, step }) => `${step} ${action} ${dueAt.toISOString().slice(0, 16)}`);

  it('are the breach at the due time and every rung of the clock’s own ladder, all of one run', () => {
    expect(timersOf(clock(), policy(), now)).toEqual([
      { clock: 'acknowledge', step: 0, action: 'breach', run: 3, dueAt: at('15:15') },
      { clock: 'acknowledge', step: 1, action: 'climb', run: 3, dueAt: at('15:10') },
      { clock: 'acknowledge', step: 2, action: 'climb', run: 3, dueAt: at('15:15') },
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
  const table: [title: string, RunningTarget, Policy, Date, string[]][] = [
    [
      'a reminder that falls into the night waits for the morning',
      clock({ due: tomorrow }),
      climbing(remind(-60)),
      at('22:25'),
      ['1 climb 2026-03-04T14:00'],
    ],
    [
      'a reminder that does not wait comes at night',
      clock({ due: tomorrow }),
      climbing(rung(-60, { do: 'remind' })),
      at('22:25'),
      ['1 climb 2026-03-04T13:10'],
    ],
    [
      'a reminder in the evening before stays there while the rep works',
      clock({ due: tomorrow }),
      climbing(remind(-960)),
      at('22:00'),
      ['1 climb 2026-03-03T22:10'],
    ],
    [
      'a reminder that could only come when the answer is due is left out',
      clock({ due: new Date('2026-03-04T14:00:00Z') }),
      climbing(remind(-60)),
      at('22:25'),
      [],
    ],
    ['a reminder whose time has passed is left out', clock(), climbing(remind(-15)), now, []],
    [
      'a reminder a second from now is kept',
      clock(),
      climbing(remind(-15)),
      at('14:59:59'),
      ['1 climb 2026-03-03T15:00'],
    ],
    [
      'rungs keep their place in the ladder when one before them is left out',
      clock(),
      climbing(remind(-15), remind(-5), tell(30)),
      now,
      ['2 climb 2026-03-03T15:10', '3 climb 2026-03-03T15:45'],
    ],
    [
      'what comes after the due time at any hour is not put off',
      clock({ due: at('22:25') }),
      climbing(tell(60)),
      now,
      ['1 climb 2026-03-03T23:25'],
    ],
    [
      'a due time outside the rep’s hours, as grace may give, keeps no reminder after it',
      clock({ due: at('23:30'), rep: grace }),
      climbing(remind(-15)),
      at('22:00'),
      [],
    ],
    [
      'what comes after a due time that is past comes at once',
      clock({ due: at('14:00') }),
      climbing(remind(-5), tell(5)),
      now,
      ['2 climb 2026-03-03T14:05'],
    ],
    [
      'a rung that repeats comes so often again, so far apart',
      clock(),
      climbing(rung(5, { do: 'message' }, { repeat: { times: 2, everyMinutes: 30 } })),
      now,
      ['1 climb 2026-03-03T15:20', '1 climb 2026-03-03T15:50', '1 climb 2026-03-03T16:20'],
    ],
    [
      'repetitions before the due time stop there',
      clock(),
      climbing(rung(-10, { do: 'remind' }, { repeat: { times: 5, everyMinutes: 5 } })),
      now,
      ['1 climb 2026-03-03T15:05', '1 climb 2026-03-03T15:10'],
    ],
    [
      'repetitions that fall into one night come once in the morning',
      clock({ due: at('22:25') }),
      climbing(rung(0, { do: 'message' }, { offHours: 'wait', repeat: { times: 3, everyMinutes: 60 } })),
      now,
      ['1 climb 2026-03-03T22:25', '1 climb 2026-03-04T14:00'],
    ],
  ];
  for (const [title, running, rules, when, expected] of table) {
    it(title, () => {
      expect(others(running, rules, when)).toEqual(expected);
    });
  }

  describe('while the rep is left alone', () => {
    const snoozed = clock({ due: at('16:00'), snoozedUntil: at('15:30') });

    it('are its end, and only what comes after that', () => {
      expect(others(snoozed, climbing(remind(-45), remind(-30), remind(-15), tell(0)))).toEqual([
        '3 climb 2026-03-03T15:45',
        '4 climb 2026-03-03T16:00',
        '0 wake 2026-03-03T15:30',
      ]);
    });

    it('are the usual ones again once that is over', () => {
      expect(others(snoozed, climbing(remind(-15)), at('15:30'))).toEqual(['1 climb 2026-03-03T15:45']);
    });
  });

  describe('of a rung that waits turn to the hours of', () => {
    const night = at('23:00');
    const early = member({ id: ben, hours: weekdays('America/New_York', '06:00-10:00') });
    const off = member({ id: chloe, active: false, hours: weekdays('America/New_York', '01:00-10:00') });
    const withEarlyBen = { ...americas, members: [member(), early, off] };
    const rules = (action: LadderAction) =>
      policy({
        teams: [withEarlyBen, international],
        ladders: { acknowledge: [rung(0, action, { offHours: 'wait' })], touch: [] },
      });
    const overdue = clock({ due: night });
    const whose: [title: string, LadderAction, RunningTarget, Date][] = [
      ['the rep, for a reminder', { do: 'remind' }, overdue, new Date('2026-03-04T14:00:00Z')],
      ['the rep, for a message', { do: 'message' }, overdue, new Date('2026-03-04T14:00:00Z')],
      ['the manager', { do: 'tellManager' }, overdue, new Date('2026-03-04T14:00:00Z')],
      [
        'the manager of another team',
        { do: 'tellManager' },
        { ...overdue, team: 'International' },
        new Date('2026-03-04T07:30:00Z'),
      ],
      [
        'the first of the rest of the team who takes leads',
        { do: 'offerToTeam' },
        overdue,
        new Date('2026-03-04T11:00:00Z'),
      ],
      [
        'the rest of the team, when it is the rep who is there first',
        { do: 'offerToTeam' },
        { ...overdue, rep: ben },
        new Date('2026-03-04T14:00:00Z'),
      ],
      ['nobody, when there is no team', { do: 'offerToTeam' }, { ...overdue, team: null }, night],
      [
        'nobody, when the team is no longer there',
        { do: 'offerToTeam' },
        { ...overdue, team: 'Nowhere' },
        night,
      ],
      [
        'nobody, when the team that it names is no longer there',
        { do: 'reassign', to: { kind: 'rotation', team: 'Nowhere' } },
        overdue,
        night,
      ],
      [
        'the team, for a channel',
        { do: 'tellChannel', platform: 'slack', channel: 'C0HANDOFFS1' },
        { ...overdue, rep: ben },
        new Date('2026-03-04T14:00:00Z'),
      ],
      [
        'the rep’s own team, for a channel, when it is in none',
        { do: 'tellChannel', platform: 'slack', channel: 'C0HANDOFFS1' },
        { ...overdue, rep: dario, team: null },
        new Date('2026-03-04T07:30:00Z'),
      ],
      [
        'whom it names',
        { do: 'reassign', to: { kind: 'rep', person: farah } },
        overdue,
        new Date('2026-03-04T04:30:00Z'),
      ],
      [
        'the team that it names',
        { do: 'reassign', to: { kind: 'rotation', team: 'Americas' } },
        overdue,
        new Date('2026-03-04T11:00:00Z'),
      ],
      [
        'anybody whom routing may find',
        { do: 'reassign', to: null },
        overdue,
        new Date('2026-03-04T04:30:00Z'),
      ],
    ];
    for (const [title, action, running, dueAt] of whose) {
      it(`${title}: ${dueAt.toISOString()}`, () => {
        expect(timersOf(running, rules(action), now)[1]?.dueAt).toEqual(dueAt);
      });
    }

    it('a fallback person outside any team, who is always there', () => {
      const alone = policy({ ...rules({ do: 'tellManager' }), routing: routing([], stranger) });
      expect(timersOf({ ...overdue, team: null }, alone, now)[1]?.dueAt).toEqual(night);
    });
  });

  it('never lie before now, apart from what is overdue', () => {
    const overdue = clock({ due: minutesAfter(now, -30) });
    expect(timersOf(overdue, climbing(remind(-5)), now).map((timer) => timer.action)).toEqual(['breach']);
  });

  it('of a rung that waits stay where they are while those are at work', () => {
    const members = [member(), member({ id: ben, hours: newYorkOffice })];
    const rules = policy({
      teams: [{ ...americas, members }],
      ladders: { acknowledge: [rung(5, { do: 'offerToTeam' }, { offHours: 'wait' })], touch: [] },
    });
    expect(others(clock(), rules)).toEqual(['1 climb 2026-03-03T15:20']);
  });
});
