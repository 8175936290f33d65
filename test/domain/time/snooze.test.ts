import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/handoff/decide.ts';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { type Snooze, snoozeEnd } from '../../../src/domain/time/snooze.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  everyDay,
  grace,
  henrik,
  newYorkOffice,
  offered,
  policy,
  routing,
  target,
  targets,
  touchBy,
  weekdays,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';

const now = acceptedAt;
const wednesday = (clock: string) => new Date(`2026-03-04T${clock}:00Z`);
const snooze = (choice: Snooze): Command => ({ type: 'snooze', by: ada, choice });

describe('a snooze lasts', () => {
  const lunch = weekdays('America/New_York', '09:00-12:00', '13:00-17:30');
  const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
  const table: [title: string, Snooze, WorkingHours, Date, Date | null][] = [
    ['half an hour', '30min', newYorkOffice, now, at('15:35')],
    ['two hours', '2h', newYorkOffice, now, at('17:05')],
    [
      'until work begins, when it would end after the day',
      '2h',
      newYorkOffice,
      at('21:50'),
      wednesday('14:00'),
    ],
    ['until work begins, when it would end in a break', '30min', lunch, at('16:45'), at('18:00')],
    [
      'until after the weekend, on a Friday evening',
      '30min',
      newYorkOffice,
      new Date('2026-03-06T22:15:00Z'),
      new Date('2026-03-09T13:00:00Z'),
    ],
    [
      'until they are back, when they are away by then',
      'tomorrow',
      { ...newYorkOffice, away: [{ from: wednesday('00:00'), until: wednesday('18:30') }] },
      now,
      wednesday('18:30'),
    ],
    ['until a time of their own', { on: '2026-03-03', at: '11:15' }, newYorkOffice, now, at('16:15')],
    [
      'until work begins after a time of their own',
      { on: '2026-03-03', at: '20:00' },
      newYorkOffice,
      now,
      wednesday('14:00'),
    ],
    ['not until a time that is past', { on: '2026-03-03', at: '10:00' }, newYorkOffice, now, null],
    ['not for more than a week', { on: '2026-03-11', at: '09:00' }, newYorkOffice, now, null],
    ['not until what is no time', { on: 'soon', at: '' }, newYorkOffice, now, null],
    ['until nine tomorrow where the rep is', 'tomorrow', newYorkOffice, now, wednesday('14:00')],
    [
      'until work begins on the date that comes next there, which is after nine',
      'tomorrow',
      kolkata,
      at('18:35'),
      new Date('2026-03-05T04:30:00Z'),
    ],
    [
      'until nine in the summer time that begins meanwhile',
      'tomorrow',
      everyDay('America/New_York', '09:00-17:30'),
      new Date('2026-03-07T20:00:00Z'),
      new Date('2026-03-08T13:00:00Z'),
    ],
  ];
  for (const [title, choice, hours, from, until] of table) {
    it(`${title}: ${until?.toISOString() ?? 'refused'}`, () => {
      expect(snoozeEnd(choice, hours, from)).toEqual(until);
    });
  }
});

describe('snoozing within the target', () => {
  it('leaves the rep alone until then, and the due time where it is', () => {
    given(accepted())
      .when(snooze('30min'))
      .yields([{ type: 'snoozed', until: at('15:35') }])
      .leaving({ snoozes: 1, snoozedUntil: at('15:35'), touchBy, status: 'accepted', clockRun: 3 });
  });

  it('may last until the very moment at which it is due', () => {
    given(accepted(), { now: at('15:35') })
      .when(snooze('30min'))
      .yields([{ type: 'snoozed', until: touchBy }]);
  });

  it('is for a card that is not answered yet, too', () => {
    given(offered({ respondBy: at('19:00') }))
      .when(snooze('2h'))
      .leaving({ snoozedUntil: at('17:05'), respondBy: at('19:00'), clockRun: 2 });
  });

  it('until a time of one’s own is no different', () => {
    const own = { on: '2026-03-03', at: '11:00' };
    given(accepted())
      .when(snooze(own))
      .yields([{ type: 'snoozed', until: at('16:00') }]);
    given(accepted({ snoozes: 2 }))
      .when(snooze(own))
      .refuses({ refused: 'snoozedEnough', times: 2 });
    given(accepted())
      .when(snooze({ on: '2026-03-13', at: '11:00' }))
      .refuses({ refused: 'unfitSnooze', latest: new Date(now.getTime() + 7 * 86_400_000) });
  });

  it('is possible twice', () => {
    given(accepted({ snoozes: 1 }))
      .when(snooze('30min'))
      .leaving({ snoozes: 2 });
    given(accepted({ snoozes: 2 }))
      .when(snooze('30min'))
      .refuses({ refused: 'snoozedEnough', times: 2 });
  });

  it('is possible twice for everybody who gets it', () => {
    const { after } = given(offered({ snoozes: 2, respondBy: at('19:00') })).when({
      type: 'reassign',
      by: grace,
      to: ben,
    });
    expect(after.snoozes).toBe(0);
  });

  it('is refused when nothing is due', () => {
    given(working()).when(snooze('30min')).refuses({ refused: 'nothingRunning' });
  });
});

describe('snoozing past the target', () => {
  const ask = { type: 'graceAsked', clock: 'touch', manager: grace } as const;

  it('asks the manager for as much time after it as is left now', () => {
    given(accepted())
      .when(snooze('2h'))
      .yields([{ ...ask, until: at('17:05'), due: at('18:05') }])
      .leaving({
        asked: { until: at('17:05'), due: at('18:05') },
        escalatedTo: grace,
        snoozes: 0,
        snoozedUntil: null,
        touchBy,
        clockRun: 2,
      });
  });

  it('counts what is left in working time, or by the wall clock', () => {
    // At 17:00 in New York, half an hour before the end of the day.
    const evening = { now: at('22:00') };
    const until = wednesday('14:00');
    given(accepted({ touchBy: at('22:20') }), evening)
      .when(snooze('tomorrow'))
      .yields([{ ...ask, until, due: wednesday('14:20') }]);
    given(accepted({ touchBy: at('23:00'), targets: targets({ touch: target(60, 'wallClock') }) }), evening)
      .when(snooze('tomorrow'))
      .yields([{ ...ask, until, due: wednesday('15:00') }]);
  });

  it('asks for the whole target when it has passed already', () => {
    given(accepted({ touchBreachedAt: touchBy }), { now: at('16:10') })
      .when(snooze('30min'))
      .yields([{ ...ask, until: at('16:40'), due: at('17:40') }]);
  });

  it('may be asked also by who has snoozed enough', () => {
    given(accepted({ snoozes: 2 }))
      .when(snooze('2h'))
      .leaving({ asked: { until: at('17:05'), due: at('18:05') }, snoozes: 2 });
  });

  it('is asked once, until the manager decides or the time asked for is over', () => {
    const asked = accepted({ asked: { until: at('17:00'), due: at('18:00') }, touchBreachedAt: touchBy });
    given(asked, { now: at('17:59') })
      .when(snooze('30min'))
      .refuses({ refused: 'askedAlready', manager: grace });
    given(asked, { now: at('18:00') })
      .when(snooze('30min'))
      .yields([{ ...ask, until: at('18:30'), due: at('19:30') }]);
  });

  it('of a manager’s own asks the fallback person, and is refused when they are the same', () => {
    const own = accepted({ assignment: assignment({ rep: grace }) });
    const command: Command = { type: 'snooze', by: grace, choice: '2h' };
    given(own).when(command).refuses({ refused: 'pastTarget', due: touchBy });
    given(own, { policy: policy({ routing: routing([], henrik) }) })
      .when(command)
      .leaving({ escalatedTo: henrik });
  });
});

describe('the end of a snooze', () => {
  const snoozed = accepted({ snoozes: 1, snoozedUntil: at('15:35'), clockRun: 3 });
  const end = (run: number, late = false): Command => ({ type: 'endSnooze', run, late });
  const then = { now: at('15:35') };

  it('brings the lead back to the rep, with the due time that it has had all along', () => {
    given(snoozed, then)
      .when(end(3))
      .yields([{ type: 'snoozeEnded', clock: 'touch', rep: ada, due: touchBy }])
      .leaving({ snoozedUntil: null, snoozes: 1, clockRun: 3 });
  });

  it('long after is noted as such, and leaves the due time likewise', () => {
    given(snoozed, { now: at('15:50') })
      .when(end(3, true))
      .yields([{ type: 'snoozeEnded', clock: 'touch', rep: ada, due: touchBy, late: true }])
      .leaving({ snoozedUntil: null, touchBy, clockRun: 3 });
  });

  it('comes once', () => {
    const { after } = given(snoozed, then).when(end(3));
    given(after, then).when(end(3)).refuses({ refused: 'stale' });
  });

  it('does not come for a snooze that is over, or another one by now', () => {
    given(snoozed, then).when(end(2)).refuses({ refused: 'stale' });
    given(working(), then).when(end(3)).refuses({ refused: 'stale' });
  });
});
