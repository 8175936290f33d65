import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/domain/handoff/decide.ts';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { Grace, PersonId } from '../../../src/domain/policy/policy.ts';
import { withAbsences } from '../../../src/domain/policy/working-hours.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  chloe,
  closed,
  closedAt,
  grace,
  henrik,
  offered,
  policy,
  respondBy,
  routing,
  target,
  targets,
  touchBy,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';

const fifteen = { from: assignedAt, minutes: 15 };
const wednesday = (clock: string) => new Date(`2026-03-04T${clock}:00Z`);

describe('grace', () => {
  const give = (choice: Grace | 'asAsked'): Command => ({ type: 'giveGrace', by: grace, grace: choice });

  it('for an answer that is overdue runs from now', () => {
    const overdue = at('15:20');
    given(offered({ ackBreachedAt: respondBy }), { now: overdue })
      .when(give(15))
      .yields([
        {
          type: 'graceGiven',
          clock: 'acknowledge',
          until: at('15:35'),
          granted: { from: overdue, minutes: 15 },
        },
      ])
      .leaving({ respondBy: at('15:35'), granted: { from: overdue, minutes: 15 }, clockRun: 2 });
  });

  it('for a touch that is overdue moves the touch’s due time', () => {
    given(accepted({ touchBreachedAt: touchBy }), { now: at('16:10') })
      .when(give(15))
      .leaving({ status: 'accepted', touchBy: at('16:25'), respondBy, clockRun: 3 });
  });

  for (const [title, when] of [
    ['before the due time', at('15:05')],
    ['at the due time', respondBy],
  ] as const) {
    it(`${title} lengthens what was granted`, () => {
      given(offered(), { now: when })
        .when(give(15))
        .leaving({ respondBy: at('15:30'), granted: { from: assignedAt, minutes: 30 } });
    });
  }

  it('is counted as the target is: in working time into the next day, or by the wall clock', () => {
    const late = { now: at('22:20') };
    given(offered(), late)
      .when(give(60))
      .leaving({ respondBy: wednesday('14:50') });
    given(offered({ targets: targets({ acknowledge: target(15, 'wallClock') }) }), late)
      .when(give(60))
      .leaving({ respondBy: at('23:20') });
  });

  it('after a time that somebody set goes on from there', () => {
    const set = offered({ respondBy: wednesday('15:00'), granted: null });
    given(set)
      .when(give(60))
      .leaving({ respondBy: wednesday('16:00'), granted: null });
  });

  it('until morning leaves an hour of work on the next day, and nothing moves it', () => {
    given(offered(), { now: at('15:20') })
      .when(give('untilMorning'))
      .yields([{ type: 'graceGiven', clock: 'acknowledge', until: wednesday('15:00'), granted: null }])
      .leaving({ respondBy: wednesday('15:00'), granted: null });
  });

  it('until morning on a Friday is Monday’s, in the summer time that began meanwhile', () => {
    given(offered(), { now: new Date('2026-03-06T20:00:00Z') })
      .when(give('untilMorning'))
      .leaving({ respondBy: new Date('2026-03-09T14:00:00Z') });
  });

  it('until morning is refused when there is more time already', () => {
    const due = wednesday('15:00');
    given(offered({ respondBy: due }))
      .when(give('untilMorning'))
      .refuses({ refused: 'alreadyLonger', due });
  });

  it('of minutes is refused when changed working hours would make it shorter', () => {
    // Given when Ada was thought to be away; nobody has worked out her due time anew since.
    const due = wednesday('15:00');
    given(offered({ respondBy: due }))
      .when(give(15))
      .refuses({ refused: 'alreadyLonger', due });
  });

  for (const choice of [240, 'asAsked'] as const) {
    it(`of ${choice} is refused, which the policy does not offer, or nobody asked for`, () => {
      given(offered()).when(give(choice)).refuses({ refused: 'unknownGrace' });
    });
  }

  it('wakes nobody whom it finds snoozed', () => {
    const until = at('15:10');
    given(offered({ snoozes: 1, snoozedUntil: until }))
      .when(give(15))
      .leaving({ snoozedUntil: until, snoozes: 1 });
  });

  describe('as asked', () => {
    const asked = { until: at('17:00'), due: at('18:00') };

    it('is what the rep asked for: snoozed, and due when there is as much time left', () => {
      given(accepted({ asked }))
        .when(give('asAsked'))
        .yields([
          {
            type: 'graceGiven',
            clock: 'touch',
            until: asked.due,
            granted: null,
            snoozedUntil: asked.until,
          },
        ])
        .leaving({ touchBy: asked.due, snoozedUntil: asked.until, asked: null, snoozes: 0, clockRun: 3 });
    });

    it('counts once', () => {
      const { after } = given(accepted({ asked })).when(give('asAsked'));
      given(after).when(give('asAsked')).refuses({ refused: 'unknownGrace' });
    });

    it('after the rep wanted to be back snoozes nobody any more', () => {
      given(accepted({ asked }), { now: at('17:30') })
        .when(give('asAsked'))
        .yields([{ type: 'graceGiven', clock: 'touch', until: asked.due, granted: null }])
        .leaving({ touchBy: asked.due, snoozedUntil: null });
    });

    it('is over when even that time has passed', () => {
      given(accepted({ asked }), { now: asked.due })
        .when(give('asAsked'))
        .refuses({ refused: 'unknownGrace' });
    });

    it('is refused when there is more time already', () => {
      given(accepted({ asked, touchBy: at('19:00') }))
        .when(give('asAsked'))
        .refuses({ refused: 'alreadyLonger', due: at('19:00') });
    });

    it('is settled by any other grace', () => {
      given(accepted({ asked })).when(give(15)).leaving({ asked: null });
    });
  });
});

describe('working time that is not what it was', () => {
  const reschedule = { type: 'reschedule', rep: ada, why: 'vacation', quiet: false } as const;
  const away = (from: Date, until: Date) => withAbsences(policy(), new Map([[ada, [{ from, until }]]]));

  it('moves the due time by the absence, and the manager is to know', () => {
    given(offered(), { policy: away(acceptedAt, at('16:05')) })
      .when(reschedule)
      .yields([
        { type: 'rescheduled', clock: 'acknowledge', due: at('16:15'), why: 'vacation', manager: grace },
      ])
      .leaving({ respondBy: at('16:15'), escalatedTo: grace, granted: fifteen, clockRun: 2 });
  });

  it('quietly puts nobody on the handoff: they read of it together with others', () => {
    given(offered(), { policy: away(acceptedAt, at('16:05')) })
      .when({ ...reschedule, quiet: true })
      .yields([
        { type: 'rescheduled', clock: 'acknowledge', due: at('16:15'), why: 'vacation', manager: null },
      ])
      .leaving({ respondBy: at('16:15'), escalatedTo: null, clockRun: 2 });
  });

  it('moves the touch’s due time once it is accepted', () => {
    given(accepted(), { policy: away(at('15:35'), wednesday('14:00')) })
      .when(reschedule)
      .leaving({ touchBy: wednesday('14:30'), respondBy, status: 'accepted', clockRun: 3 });
  });

  it('brings it nearer again when somebody is back sooner, which is nobody else’s concern', () => {
    given(offered({ respondBy: wednesday('15:00') }), { policy: away(acceptedAt, at('15:30')) })
      .when(reschedule)
      .yields([
        { type: 'rescheduled', clock: 'acknowledge', due: at('15:40'), why: 'vacation', manager: null },
      ])
      .leaving({ respondBy: at('15:40'), escalatedTo: null, clockRun: 2 });
  });

  it('ends a snooze that would outlast the due time, and no other', () => {
    const back = { policy: away(acceptedAt, at('15:30')) };
    const far = wednesday('15:00');
    const snoozed = (until: Date) => offered({ respondBy: far, snoozes: 1, snoozedUntil: until });
    given(snoozed(at('15:41')), back)
      .when(reschedule)
      .leaving({ respondBy: at('15:40'), snoozedUntil: null });
    given(snoozed(at('15:40')), back)
      .when(reschedule)
      .leaving({ snoozedUntil: at('15:40') });
  });

  it('of a manager’s own is for the fallback person to know', () => {
    const own = offered({ assignment: assignment({ rep: grace }), respondBy: at('15:10') });
    given(own, { policy: policy({ routing: routing([], henrik) }) })
      .when({ ...reschedule, rep: grace, why: 'other working hours' })
      .leaving({ respondBy, escalatedTo: henrik });
  });

  const untouched: [string, Handoff, Command][] = [
    ['of somebody who does not hold it', offered(), { ...reschedule, rep: ben }],
    ['of a lead that somebody works on', working(), reschedule],
    ['of a lead that has a meeting', accepted({ meetingAt: at('15:30') }), reschedule],
    ['of a time that somebody set', offered({ granted: null }), reschedule],
    [
      'of a wall-clock target',
      offered({ targets: targets({ acknowledge: target(15, 'wallClock') }) }),
      reschedule,
    ],
  ];
  for (const [title, handoff, command] of untouched) {
    it(`${title} moves nothing`, () => {
      given(handoff, { policy: away(acceptedAt, at('16:05')) })
        .when(command)
        .refuses({ refused: 'stale' });
    });
  }
});

describe('a breach', () => {
  const breach = (override = {}): Command => ({
    type: 'breach',
    clock: 'acknowledge',
    run: 1,
    late: false,
    ...override,
  });
  const onTouch = breach({ clock: 'touch', run: 2 });
  const reached = offered({ reachedAt: at('15:00:02') });
  const onTime = { now: respondBy };

  it('is marked at the due time, and whose it is', () => {
    given(offered(), onTime)
      .when(breach())
      .yields([{ type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada }])
      .leaving({ ackBreachedAt: respondBy, touchBreachedAt: null, status: 'offered', clockRun: 1 });
  });

  it('of the touch is marked apart', () => {
    given(accepted(), { now: touchBy })
      .when(onTouch)
      .yields([{ type: 'breached', clock: 'touch', due: touchBy, rep: ada }])
      .leaving({ ackBreachedAt: null, touchBreachedAt: touchBy });
  });

  it('is marked once, however often the timer comes, and also by a clock that is behind', () => {
    for (const when of [at('15:14:58'), respondBy, at('15:16')]) {
      const { after } = given(offered(), { now: when }).when(breach());
      expect(after.ackBreachedAt).toEqual(respondBy);
      given(after, { now: at('15:16') })
        .when(breach())
        .refuses({ refused: 'stale' });
    }
  });

  it('is marked again when the grace has run out as well', () => {
    given(offered({ ackBreachedAt: respondBy, respondBy: at('15:35'), clockRun: 2 }), { now: at('15:35') })
      .when(breach({ run: 2 }))
      .yields([{ type: 'breached', clock: 'acknowledge', due: at('15:35'), rep: ada }])
      .leaving({ ackBreachedAt: at('15:35') });
  });

  it('is none when the handoff has moved on', () => {
    const moved: [string, Handoff, object][] = [
      ['accepted: the answer came', accepted(), { run: 1 }],
      ['accepted: right run, wrong clock', accepted(), { run: 2 }],
      ['working: nothing is due', working(), { clock: 'touch', run: 2 }],
      ['closed', closed(), { run: 1 }],
      ['a meeting is booked', offered({ meetingAt: at('15:10') }), { run: 1 }],
      ['grace was given', offered({ clockRun: 2 }), { run: 1 }],
      ['an older store asks for a run to come', offered(), { run: 2 }],
    ];
    for (const [why, handoff, override] of moved) {
      expect([why, decide(handoff, breach(override), policy(), respondBy)]).toEqual([
        why,
        { refused: 'stale' },
      ]);
    }
  });

  describe('is a card that the rep let pass', () => {
    const unanswered = { type: 'breached', clock: 'acknowledge', rep: ada, unanswered: true } as const;

    it('when it had reached them', () => {
      given(reached, onTime)
        .when(breach())
        .yields([{ ...unanswered, due: respondBy }]);
    });

    const excused: [string, Handoff, Command][] = [
      ['when it never reached them', offered({ deliveredAt: at('15:00:02') }), breach()],
      ['when it reached them at the very end', offered({ reachedAt: respondBy }), breach()],
      ['while the team may claim it', { ...reached, openTo: [ben] }, breach()],
    ];
    for (const [title, handoff, command] of excused) {
      it(`not ${title}`, () => {
        const decided = decide(handoff, command, policy(), respondBy);
        expect(decided).toEqual([expect.not.objectContaining({ unanswered: true })]);
      });
    }

    it('not when the bot noted it late and reminded nobody', () => {
      const decided = decide(reached, breach({ late: true }), policy(), respondBy) as HandoffEvent[];
      expect(decided[0]).toEqual({
        type: 'breached',
        clock: 'acknowledge',
        due: respondBy,
        rep: ada,
        late: true,
      });
    });

    it('not when they had no working minute of it, as with a wall-clock target at night', () => {
      const nightly = (due: Date) =>
        offered({
          assignment: assignment({ at: at('22:45') }),
          reachedAt: at('22:45'),
          targets: targets({ acknowledge: target(15, 'wallClock') }),
          respondBy: due,
        });
      const isUnanswered = (due: Date) => decide(nightly(due), breach(), policy(), due) as HandoffEvent[];
      expect(isUnanswered(wednesday('14:00'))).toEqual([expect.not.objectContaining({ unanswered: true })]);
      expect(isUnanswered(wednesday('14:01'))).toEqual([expect.objectContaining({ unanswered: true })]);
    });

    it('not when they were away from its arrival to the target', () => {
      const away = (until: Date) => withAbsences(policy(), new Map([[ada, [{ from: at('15:00'), until }]]]));
      given(reached, { ...onTime, policy: away(respondBy) })
        .when(breach())
        .yields([{ type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada }]);
      given(reached, { ...onTime, policy: away(at('15:14')) })
        .when(breach())
        .yields([{ ...unanswered, due: respondBy }]);
    });

    it('not when they have accepted it, and only the touch is missing', () => {
      const decided = decide(accepted(), onTouch, policy(), touchBy);
      expect(decided).toEqual([expect.not.objectContaining({ unanswered: true })]);
    });

    it('once, however often more time was given for it', () => {
      const given2 = offered({ ...reached, ackBreachedAt: respondBy, respondBy: at('15:35'), clockRun: 2 });
      given(given2, { now: at('15:35') })
        .when(breach({ run: 2 }))
        .yields([{ type: 'breached', clock: 'acknowledge', due: at('15:35'), rep: ada }]);
    });

    for (const passedOn of [at('15:20'), respondBy]) {
      const clock = passedOn.toISOString().slice(11, 16);
      it(`also when whoever had it before let it pass, and it was given to them at ${clock}`, () => {
        const second = offered({
          assignment: assignment({ rep: ben, at: passedOn }),
          reachedAt: passedOn,
          ackBreachedAt: respondBy,
          respondBy: at('15:35'),
          clockRun: 2,
        });
        given(second, { now: at('15:35') })
          .when(breach({ run: 2 }))
          .yields([{ ...unanswered, rep: ben, due: at('15:35') }]);
      });
    }
  });
});

describe('what fell due while the bot stood still', () => {
  const now = { now: at('21:00') };
  const resume = (override = {}): Command => ({
    type: 'resume',
    clock: 'acknowledge',
    run: 1,
    ...override,
  });
  const lateBreach = (override = {}): Command =>
    ({ ...resume(override), type: 'breach', late: true }) as Command;
  const missed = { type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada, late: true } as const;
  const missedTouch = { ...missed, clock: 'touch', due: touchBy } as const;
  const granted = { from: at('21:00'), minutes: 15 };
  const resumed: Extract<HandoffEvent, { type: 'resumed' }> = {
    type: 'resumed',
    clock: 'acknowledge',
    due: at('21:15'),
    granted,
    rep: ada,
    manager: grace,
  };

  for (const command of [lateBreach(), resume()]) {
    it(`is missed, and whoever holds it has a quarter of an hour from now on: ${command.type}`, () => {
      given(offered(), now)
        .when(command)
        .yields([missed, resumed])
        .leaving({ status: 'offered', ackBreachedAt: respondBy, respondBy: at('21:15'), granted })
        .leaving({ clockRun: 2, escalatedTo: null, assignment: { rep: ada } });
    });
  }

  it('of a lead that was accepted and not touched is the touch', () => {
    given(accepted(), now)
      .when(lateBreach({ clock: 'touch', run: 2 }))
      .yields([missedTouch, { ...resumed, clock: 'touch' }])
      .leaving({
        status: 'accepted',
        touchBreachedAt: touchBy,
        touchBy: at('21:15'),
        respondBy,
        clockRun: 3,
      });
  });

  it('is missed once: what was noted before is not noted again', () => {
    given(offered({ ackBreachedAt: respondBy }), now)
      .when(resume())
      .yields([resumed])
      .leaving({ ackBreachedAt: respondBy, respondBy: at('21:15') });
    given(accepted({ touchBreachedAt: touchBy }), now)
      .when(resume({ clock: 'touch', run: 2 }))
      .yields([{ ...resumed, clock: 'touch' }]);
  });

  it('leaves no more time than the target is', () => {
    const quick = offered({ targets: targets({ acknowledge: target(5) }) });
    given(quick, now)
      .when(resume())
      .leaving({ respondBy: at('21:05'), granted: { from: at('21:00'), minutes: 5 } });
  });

  it('leaves time at work, as the target is counted', () => {
    const evening = { now: at('22:25') };
    given(offered(), evening)
      .when(resume())
      .leaving({ respondBy: wednesday('14:10') });
    given(offered({ targets: targets({ acknowledge: target(15, 'wallClock') }) }), evening)
      .when(resume())
      .leaving({ respondBy: at('22:40') });
  });

  it('is for the fallback person to know when it is the manager’s own, or for nobody else', () => {
    const own = offered({ assignment: assignment({ rep: grace }) });
    const manager = (fallback: PersonId) =>
      decide(own, resume(), policy({ routing: routing([], fallback) }), now.now) as HandoffEvent[];
    expect(manager(henrik)[1]).toMatchObject({ rep: grace, manager: henrik });
    expect(manager(grace)[1]).toMatchObject({ rep: grace, manager: null });
  });

  it('was asked for in vain: the time that was to be given has passed', () => {
    given(offered({ asked: { until: at('17:00'), due: at('18:00') } }), now)
      .when(resume())
      .leaving({ asked: null, snoozedUntil: null });
  });

  it('begins anew once: nothing else of the old run acts any more', () => {
    const { after } = given(offered(), now).when(lateBreach());
    for (const command of [lateBreach(), resume(), lateBreach({ late: false })])
      given(after, now).when(command).refuses({ refused: 'stale' });
  });

  it('is missed like any other when that time passes too', () => {
    const { after } = given(offered({ reachedAt: at('15:00:02') }), now).when(resume());
    const due = at('21:15');
    given(after, { now: due })
      .when({ type: 'breach', clock: 'acknowledge', run: 2, late: false })
      .yields([{ type: 'breached', clock: 'acknowledge', due, rep: ada }])
      .leaving({ ackBreachedAt: due });
  });

  it('is none when nothing is due any more, or something else is', () => {
    const moved: [string, Handoff, object][] = [
      ['accepted: the answer came', accepted(), { run: 1 }],
      ['accepted: right run, wrong clock', accepted(), { run: 2 }],
      ['working', working(), { clock: 'touch', run: 3 }],
      ['closed', closed(), { run: 4 }],
      ['a meeting is booked', accepted({ meetingAt: at('15:30') }), { clock: 'touch', run: 2 }],
      ['grace was given', offered({ clockRun: 2 }), { run: 1 }],
    ];
    for (const [why, handoff, override] of moved) {
      for (const command of [resume(override), lateBreach(override)])
        expect([why, decide(handoff, command, policy(), now.now)]).toEqual([why, { refused: 'stale' }]);
    }
  });
});

describe('delivery', () => {
  const delivered = (to: PersonId): Command => ({ type: 'markDelivered', to });

  for (const prompt of [at('15:00:02'), at('15:01:00')]) {
    it(`at ${prompt.toISOString().slice(11, 19)} leaves the due time, counted from 15:00, as it was`, () => {
      given(offered(), { now: prompt })
        .when(delivered(ada))
        .yields([{ type: 'delivered', to: ada, respondBy, granted: fifteen }])
        .leaving({ deliveredAt: prompt, reachedAt: prompt, respondBy, clockRun: 1, version: 2 });
    });
  }

  it('more than a minute late restarts the acknowledge clock: the delay is ours, not the rep’s', () => {
    const late = at('15:04');
    const granted = { from: late, minutes: 15 };
    given(offered(), { now: late })
      .when(delivered(ada))
      .yields([{ type: 'delivered', to: ada, respondBy: at('15:19'), granted }])
      .leaving({ deliveredAt: late, reachedAt: late, respondBy: at('15:19'), granted, clockRun: 2 });
  });

  it('later than the due time takes back the breach that nobody could have prevented', () => {
    given(offered({ ackBreachedAt: respondBy }), { now: at('15:40') })
      .when(delivered(ada))
      .leaving({ respondBy: at('15:55'), ackBreachedAt: null, clockRun: 2 });
  });

  it('late to the manager instead of the rep restarts nothing', () => {
    given(offered({ unreachable: 'has no account in Slack' }), { now: at('15:04') })
      .when(delivered(grace))
      .leaving({ deliveredAt: at('15:04'), reachedAt: null, respondBy, clockRun: 1 });
  });

  it('counts once', () => {
    const there = offered({ deliveredAt: at('15:00:02'), reachedAt: at('15:00:02') });
    given(there).when(delivered(ada)).refuses({ refused: 'stale' });
  });

  it('to those who may claim it is none of the holder’s', () => {
    const there = offered({ deliveredAt: at('15:00:02'), openTo: [ben] });
    given(there).when(delivered(ben)).refuses({ refused: 'stale' });
  });

  describe('to a rep who got it from somebody', () => {
    const bens = offered({
      assignment: assignment({ rep: ben, at: at('15:20') }),
      deliveredAt: at('15:00:02'),
      respondBy: at('15:35'),
      granted: { from: at('15:20'), minutes: 15 },
      clockRun: 2,
      ackBreachedAt: respondBy,
    });

    it('in time is noted as theirs, and leaves when it first reached somebody', () => {
      given(bens, { now: at('15:20:30') })
        .when(delivered(ben))
        .leaving({ deliveredAt: at('15:00:02'), reachedAt: at('15:20:30'), respondBy: at('15:35') })
        .leaving({ clockRun: 2 });
    });

    it('late restarts their clock, and leaves the breach of the one before', () => {
      given(bens, { now: at('15:30') })
        .when(delivered(ben))
        .leaving({ respondBy: at('15:45'), clockRun: 3, ackBreachedAt: respondBy });
    });

    it('at the very moment of the breach leaves it likewise', () => {
      const atOnce = { ...bens, assignment: assignment({ rep: ben, at: respondBy }) };
      given(atOnce, { now: at('15:30') })
        .when(delivered(ben))
        .leaving({ ackBreachedAt: respondBy });
    });

    it('later than their own due time takes back their breach', () => {
      given({ ...bens, ackBreachedAt: at('15:35') }, { now: at('15:50') })
        .when(delivered(ben))
        .leaving({ respondBy: at('16:05'), ackBreachedAt: null });
    });

    it('once they have it is noted no more', () => {
      given({ ...bens, reachedAt: at('15:20:30') }, { now: at('15:30') })
        .when(delivered(ben))
        .refuses({ refused: 'stale' });
    });

    it('is not that of whoever had it before', () => {
      given(bens, { now: at('15:30') })
        .when(delivered(ada))
        .refuses({ refused: 'stale' });
    });
  });

  describe('to a rep who could not be reached, and is found after all', () => {
    // Grace, who was told, has had her card since 15:00:02.
    const lost = { unreachable: 'has no account in Slack', escalatedTo: grace, deliveredAt: at('15:00:02') };

    it('restarts the acknowledge clock, and takes back the breach', () => {
      given(offered({ ...lost, ackBreachedAt: respondBy }), { now: at('15:40') })
        .when(delivered(ada))
        .leaving({ unreachable: null, respondBy: at('15:55'), ackBreachedAt: null, clockRun: 2 })
        .leaving({ deliveredAt: at('15:00:02'), reachedAt: at('15:40') });
    });

    it('within a minute leaves the due time as it was', () => {
      given(offered(lost), { now: at('15:00:50') })
        .when(delivered(ada))
        .leaving({ unreachable: null, respondBy, clockRun: 1 });
    });

    it('and had it before it was lost to them, can answer again from now on', () => {
      given(offered({ ...lost, reachedAt: at('15:00:02') }), { now: at('15:10') })
        .when(delivered(ada))
        .leaving({ unreachable: null, respondBy: at('15:25'), reachedAt: at('15:10') });
    });

    it('leaves the longer time that the manager gave', () => {
      const generous = { respondBy: at('19:15'), granted: { from: assignedAt, minutes: 255 }, clockRun: 2 };
      given(offered({ ...lost, ...generous }), { now: at('15:40') })
        .when(delivered(ada))
        .leaving({ unreachable: null, ...generous });
    });

    it('counts once, and only for the rep', () => {
      given(offered(lost), { now: at('15:40') })
        .when(delivered(grace))
        .refuses({ refused: 'stale' });
      const { after } = given(offered(lost), { now: at('15:40') }).when(delivered(ada));
      given(after, { now: at('15:41') })
        .when(delivered(ada))
        .refuses({ refused: 'stale' });
    });

    it('of a handoff that is closed meanwhile restarts nothing', () => {
      given(closed(lost), { now: at('15:50') })
        .when(delivered(ada))
        .leaving({ status: 'closed', closedAt, clockRun: 4 });
    });
  });

  it('of a handoff that is accepted or closed meanwhile is noted and restarts nothing', () => {
    for (const handoff of [accepted({ deliveredAt: null }), closed({ deliveredAt: null })]) {
      given(handoff, { now: at('15:50') })
        .when(delivered(ada))
        .leaving({ deliveredAt: at('15:50'), clockRun: handoff.clockRun, status: handoff.status });
    }
  });
});

describe('a rep out of reach', () => {
  const why = 'has no account in Slack';
  const unreachable: Command = { type: 'markUnreachable', rep: ada, why };

  it('puts the manager on the handoff', () => {
    given(offered())
      .when(unreachable)
      .yields([{ type: 'unreachable', rep: ada, why, manager: grace }])
      .leaving({ unreachable: why, escalatedTo: grace, status: 'offered' });
  });

  it('is told once, of the one who holds it', () => {
    for (const handoff of [
      offered({ unreachable: 'told before' }),
      offered({ assignment: assignment({ rep: chloe }) }),
    ]) {
      given(handoff).when(unreachable).refuses({ refused: 'stale' });
    }
  });
});
