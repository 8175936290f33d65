import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decide } from '../../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, running } from '../../../src/domain/handoff/handoff.ts';
import { daysToNextTry, type ToldTouch, toldTouch } from '../../../src/domain/handoff/log-touch.ts';
import { lastTouchIn, meetingStartIn } from '../../../src/domain/handoff/touches-in.ts';
import { timersFor } from '../../../src/flow/change.ts';
import { meetingBooked } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignedAt,
  at,
  minutesAfter,
  offered,
  policy,
  target,
  targets,
  touch,
  touchedAt,
  working,
} from '../../support/examples.ts';

const logTouch = (told: Partial<ToldTouch> = {}) =>
  ({ type: 'logTouch', by: ada, touch: touch(), ...told }) as const;
/** What is told of a touch becomes, at 10:20 in New York. */
const become = (told: Partial<ToldTouch> = {}, handoff: Handoff = accepted(), now = touchedAt) =>
  decide(handoff, logTouch(told), policy(), now);

describe('a touch counts from when it was made', () => {
  test.each<[string, Partial<ToldTouch>, Date | undefined]>([
    ['just now', {}, undefined],
    ['just now, as chosen', { when: { minutesAgo: 0 } }, undefined],
    ['a quarter of an hour ago', { when: { minutesAgo: 15 } }, at('15:05')],
    ['earlier today, where the rep lives', { when: { today: '10:07' } }, at('15:07')],
    ['in the minute in which they got the lead', { when: { today: '10:00' } }, assignedAt],
  ])('%s', (_, told, madeAt) => {
    const lead = accepted({ assignment: { ...accepted().assignment, at: assignedAt } });
    const [event] = become(told, lead) as unknown as { madeAt?: Date }[];
    expect(event?.madeAt).toEqual(madeAt);
  });

  test.each<[string, Partial<ToldTouch>, object]>([
    [
      'before they got the lead',
      { when: { minutesAgo: 30 } },
      { refused: 'touchTooEarly', since: assignedAt },
    ],
    [
      'before it, by the clock',
      { when: { today: '09:58' } },
      { refused: 'touchTooEarly', since: assignedAt },
    ],
    ['in the future', { when: { today: '10:21' } }, { refused: 'touchToCome' }],
    ['in the future, by minutes', { when: { minutesAgo: -5 } }, { refused: 'touchToCome' }],
    ['at no time', { when: { today: '25:00' } }, { refused: 'touchToCome' }],
    ['never', { when: { minutesAgo: Number.NaN } }, { refused: 'touchToCome' }],
  ])('never %s', (_, told, refusal) => {
    expect(become(told)).toEqual(refusal);
  });

  it('so that a call in time that is logged late has missed nothing', () => {
    const late = at('15:30');
    const events = become({ when: { minutesAgo: 20 } }, offered(), late);
    expect(events).toMatchObject([
      { type: 'accepted', since: at('15:10') },
      { type: 'touched', madeAt: at('15:10') },
    ]);
    const breached = offered({ ackBreachedAt: at('15:15') });
    const after = (become({ when: { minutesAgo: 20 } }, breached, late) as []).reduce<Handoff>(
      (handoff, event) => evolve(handoff, event, late, ada),
      breached,
    );
    expect(after).toMatchObject({ status: 'working', firstTouchAt: at('15:10'), ackBreachedAt: null });
  });

  it('and whatever is told, it lies between the assignment and now', () => {
    const clock = fc
      .tuple(fc.integer({ min: -2, max: 26 }), fc.integer({ min: -2, max: 62 }))
      .map(([hour, minute]) => [hour, minute].map((part) => String(part).padStart(2, '0')).join(':'));
    const when = fc.oneof(
      fc.record({ minutesAgo: fc.oneof(fc.integer({ min: -100, max: 3000 }), fc.double()) }),
      fc.record({ today: clock }),
    );
    fc.assert(
      fc.property(when, fc.nat(3000), (told, minutes) => {
        const now = minutesAfter(assignedAt, minutes);
        const event = toldTouch(accepted() as never, { touch: touch(), when: told }, policy(), now);
        if ('refused' in event) return;
        const made = (event.madeAt ?? now).getTime();
        expect(made).toBeGreaterThanOrEqual(assignedAt.getTime());
        expect(made).toBeLessThanOrEqual(now.getTime());
      }),
      { numRuns: 500, seed: 20260303 },
    );
  });
});

describe('a meeting that was booked', () => {
  const booked = touch({ kind: 'meeting', outcome: 'booked' });

  it('has a day and a time where the rep lives', () => {
    const told = { touch: booked, meets: { on: '2026-03-05', at: '14:30' } };
    expect(become(told)).toMatchObject([{ touch: { startsAt: new Date('2026-03-05T19:30:00Z') } }]);
  });

  test.each([
    ['past', '2026-03-03', '10:00'],
    ['no day', '2026-02-30', '10:00'],
    ['no time', '2026-03-05', '24:30'],
  ])('is refused when it is %s', (_, on, time) => {
    expect(become({ touch: booked, meets: { on, at: time } })).toEqual({ refused: 'unfitMeeting' });
  });

  it('leaves nothing to try', () => {
    const [event] = become({ touch: booked, nextInDays: 2 }) as unknown as object[];
    expect(event).not.toHaveProperty('next');
  });
});

describe('the next attempt', () => {
  const planned = become({ nextInDays: 2 }) as [];
  const after = planned.reduce<Handoff>(
    (handoff, event) => evolve(handoff, event, touchedAt, ada),
    accepted(),
  );
  const due = new Date('2026-03-05T15:20:00Z');

  it('is so many days of work later, at the same time of day', () => {
    expect(planned).toMatchObject([{ type: 'touched', next: due }]);
    expect(after).toMatchObject({ status: 'working', tryAgainBy: due });
  });

  it('skips days on which nobody works, and waits for the morning', () => {
    const friday = new Date('2026-03-06T23:40:00Z');
    expect(become({ nextInDays: 1 }, accepted(), friday)).toMatchObject([
      { type: 'breached' },
      { next: new Date('2026-03-10T13:00:00Z') },
    ]);
  });

  it('has a timer of its run, and no other than what is final by then', () => {
    const timers = timersFor(after, policy(), touchedAt);
    expect(timers.map(({ action }) => action)).toEqual(['tryAgain', 'settle']);
    expect(timers[0]).toMatchObject({ dueAt: due, run: after.clockRun, step: 0 });
    expect(running(after)).toBeNull();
  });

  it('is told of once it is due', () => {
    const { clockRun: run } = after;
    expect(decide(after, { type: 'remindOfAttempt', run }, policy(), due)).toEqual([
      { type: 'attemptDue', rep: ada, due },
    ]);
  });

  test.each<[string, (handoff: Handoff) => Handoff]>([
    [
      'the next touch',
      (handoff) => evolve(handoff, { type: 'touched', touch: touch({ id: '2' }) }, due, ada),
    ],
    ['a meeting', (handoff) => evolve(handoff, meetingBooked, due)],
    [
      'the end',
      (handoff) => evolve(handoff, { type: 'disqualified', reason: 'not_a_fit', note: '' }, due, ada),
    ],
  ])('is called off by %s', (_, ends) => {
    const ended = ends(after);
    expect(ended.status === 'working' ? ended.tryAgainBy : undefined).toBeUndefined();
    const { clockRun: run } = after;
    expect(decide(ended, { type: 'remindOfAttempt', run }, policy(), due)).toEqual({ refused: 'stale' });
    expect(timersFor(ended, policy(), due).map(({ action }) => action)).not.toContain('tryAgain');
  });

  it('is there again when the end is taken back', () => {
    const ended = evolve(after, { type: 'disqualified', reason: 'not_a_fit', note: '' }, due, ada);
    expect(ended.undoable?.before).toMatchObject({ tryAgainBy: due });
  });

  test.each([
    ['six within ten working days', { atLeast: 6, within: target(4800) }, 2],
    ['eight within fifteen', { atLeast: 8, within: target(7200) }, 2],
    ['four within fourteen days', { atLeast: 4, within: target(14 * 1440, 'wallClock') }, 3],
    ['six within one day', { atLeast: 6, within: target(480) }, 1],
    ['as many as they like', null, 2],
  ])('is suggested so that %s can be made', (_, attempts, days) => {
    expect(daysToNextTry(targets({ attempts }))).toBe(days);
  });
});

describe('what a log tells of touches', () => {
  const note = 'wants prices for 12 depots';
  const log = [
    { seq: 1, at: acceptedAt, by: ada, event: { type: 'touched', touch: touch({ id: 'a', note: 'first' }) } },
    {
      seq: 2,
      at: touchedAt,
      by: ada,
      event: { type: 'touched', touch: touch({ id: 'b', note: 'second' }), madeAt: assignedAt },
    },
  ] as const;

  it('is the one that was made last, not logged last', () => {
    expect(lastTouchIn(log)).toMatchObject({ at: acceptedAt, touch: { note: 'first' } });
    const event = { type: 'touched', touch: touch({ id: 'c', note }) } as const;
    expect(lastTouchIn([...log, { seq: 3, at: touchedAt, by: ada, event }])?.touch.note).toBe(note);
    expect(lastTouchIn([])).toBeNull();
  });

  it('is when the meeting takes place, wherever it was booked', () => {
    const startsAt = new Date('2026-03-05T19:30:00Z');
    const inHubSpot = { seq: 3, at: touchedAt, by: null, event: { ...meetingBooked, startsAt } };
    const onCard = { type: 'touched', touch: touch({ outcome: 'booked', startsAt }) } as const;
    expect(meetingStartIn(log)).toBeNull();
    expect(meetingStartIn([...log, inHubSpot])).toEqual(startsAt);
    expect(meetingStartIn([...log, { seq: 3, at: touchedAt, by: ada, event: onCard }])).toEqual(startsAt);
  });
});

test('a lead that nobody has touched has nothing planned', () => {
  expect(timersFor(working(), policy(), touchedAt)).toEqual([]);
});
