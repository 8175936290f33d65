import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/domain/handoff/decide.ts';
import { running } from '../../../src/domain/handoff/handoff.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  chloe,
  closedAt,
  dario,
  grace,
  minutesAfter,
  offered,
  policy,
  respondBy,
  routing,
  target,
  targets,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';
import { giveGrace, logTouch, now, reassign, rules, snooze } from './commands.ts';

describe('a touch', () => {
  it('on an offered handoff accepts it too', () => {
    given(offered())
      .when(logTouch(ada))
      .yields([
        { type: 'accepted', touchBy, granted: { from: now, minutes: 60 } },
        { type: 'touched', touch: touch() },
      ])
      .leaving({ status: 'working', acknowledgedAt: now, acceptedAt: now, firstTouchAt: now, version: 3 });
  });

  it('stops the touch clock', () => {
    const { after } = given(accepted(), { now: touchedAt }).when(logTouch(ada));
    expect(running(after)).toBeNull();
    expect(after).toMatchObject({ status: 'working', firstTouchAt: touchedAt, clockRun: 3 });
  });

  it('after the first is one more attempt, and leaves the first one’s time and the clock as they were', () => {
    given(working(), { now: at('15:30') })
      .when({ type: 'logTouch', by: ada, touch: touch({ id: 'second' }) })
      .leaving({ status: 'working', firstTouchAt: touchedAt, attempts: [touchedAt, at('15:30')] })
      .leaving({ clockRun: 3, version: 5 });
  });

  it('of a handoff that went to somebody new is their first, and the earlier first touch stays the first', () => {
    const { after } = given(working(), { now: closedAt }).when(reassign(grace));
    given(after, { now: at('15:50') })
      .when(logTouch(ben))
      .leaving({
        status: 'working',
        acceptedAt: at('15:50'),
        acknowledgedAt: acceptedAt,
        firstTouchAt: touchedAt,
        attempts: [touchedAt, at('15:50')],
      });
  });
});

describe('a touch that HubSpot tells of', () => {
  const calledAt = at('15:10');
  const noteTouch = (when: Date): Command => ({
    type: 'noteTouch',
    rep: ada,
    touch: touch(),
    recordId: '7001',
    at: when,
  });
  const foundAt = (when: Date) => ({ recordId: '7001', rep: ada, at: when });
  const later = { now: at('15:20') };

  it('is accepted and touched at the time of the call, not when it was found', () => {
    given(offered(), later)
      .when(noteTouch(calledAt))
      .yields([
        {
          type: 'accepted',
          touchBy: at('16:10'),
          granted: { from: calledAt, minutes: 60 },
          since: calledAt,
        },
        { type: 'touched', touch: touch(), found: foundAt(calledAt) },
      ])
      .leaving({ status: 'working', acceptedAt: calledAt, acknowledgedAt: calledAt })
      .leaving({ firstTouchAt: calledAt, attempts: [calledAt] });
  });

  it('is none while it is only planned', () => {
    given(offered(), later)
      .when(noteTouch(at('15:21')))
      .refuses({ refused: 'stale' });
  });

  it('in time takes back the missed answer that was noted before anybody knew', () => {
    given(offered({ ackBreachedAt: respondBy }), later)
      .when(noteTouch(calledAt))
      .leaving({ ackBreachedAt: null });
  });

  it('too late, found before the timer has noted it, comes after the breach', () => {
    const missed = { type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada } as const;
    const { after } = given(offered(), later).when(noteTouch(at('15:16')));
    expect(decide(offered(), noteTouch(at('15:16')), rules, later.now)).toMatchObject([
      missed,
      { type: 'accepted', since: at('15:16') },
      { type: 'touched' },
    ]);
    expect(after).toMatchObject({ ackBreachedAt: respondBy, firstTouchAt: at('15:16') });
    given(accepted(), { now: at('16:20') })
      .when(noteTouch(at('16:10')))
      .leaving({ touchBreachedAt: touchBy, status: 'working' });
  });

  it('in time, found after the target, is missed by nobody', () => {
    given(offered(), later).when(noteTouch(respondBy)).leaving({ ackBreachedAt: null });
    given(accepted(), { now: at('16:20') })
      .when(noteTouch(touchBy))
      .leaving({ touchBreachedAt: null });
  });

  it('too late leaves the missed answer', () => {
    given(offered({ ackBreachedAt: respondBy }), later)
      .when(noteTouch(at('15:16')))
      .leaving({ ackBreachedAt: respondBy, status: 'working' });
  });

  it('in time takes back the missed touch, and too late leaves it', () => {
    const missed = accepted({ touchBreachedAt: touchBy });
    const found = { now: at('16:20') };
    given(missed, found)
      .when(noteTouch(at('15:50')))
      .leaving({ touchBreachedAt: null });
    given(missed, found)
      .when(noteTouch(at('16:10')))
      .leaving({ touchBreachedAt: touchBy });
  });

  it('leaves the breach of whoever had it before', () => {
    const breached = accepted({ touchBreachedAt: touchBy });
    const { after } = given(breached, { now: at('16:10') }).when(reassign(grace));
    given(after, { now: at('16:20') })
      .when({ type: 'noteTouch', rep: ben, touch: touch(), recordId: '7001', at: at('16:15') })
      .leaving({ touchBreachedAt: touchBy });
  });
});

describe('what else HubSpot tells', () => {
  const note = (type: 'noteMeeting' | 'noteDeal' | 'noteWon', when = touchedAt): Command => ({
    type,
    recordId: '8001',
    at: when,
  });

  it('a meeting is no touch, and only the first counts', () => {
    const { after } = given(accepted())
      .when(note('noteMeeting'))
      .yields([{ type: 'meetingBooked', recordId: '8001', at: touchedAt }])
      .leaving({ meetingAt: touchedAt, status: 'accepted', firstTouchAt: null });
    given(after).when(note('noteMeeting', closedAt)).refuses({ refused: 'stale' });
  });

  for (const [title, handoff] of [
    ['not answered', offered({ snoozes: 1, snoozedUntil: at('15:10') })],
    ['accepted but not touched', accepted({ asked: { until: at('17:00'), due: at('18:00') } })],
  ] as const) {
    it(`a meeting stops the clock of a lead that is ${title}, and what was waited for with it`, () => {
      const { after } = given(handoff)
        .when(note('noteMeeting'))
        .leaving({ clockRun: handoff.clockRun + 1, snoozedUntil: null, asked: null });
      expect(running(after)).toBeNull();
      const breach = { type: 'breach', clock: 'acknowledge', run: handoff.clockRun, late: false } as const;
      given(after, { now: at('21:00') })
        .when(breach)
        .refuses({ refused: 'stale' });
      given(after).when(giveGrace(grace)).refuses({ refused: 'nothingRunning' });
      given(after).when(snooze(ada)).refuses({ refused: 'nothingRunning' });
    });
  }

  it('a meeting stops the clock also at the very moment at which the holder got it, and not from before', () => {
    const bens = offered({ assignment: assignment({ rep: ben, at: at('15:20') }), respondBy: at('15:35') });
    const meetingAt = (when: Date) => given(bens, { now: at('15:25') }).when(note('noteMeeting', when)).after;
    expect(running(meetingAt(at('15:20')))).toBeNull();
    expect(running(meetingAt(at('15:19:59')))).toMatchObject({ clock: 'acknowledge', due: at('15:35') });
  });

  it('a meeting from before the holder got it leaves their clock and their snooze as they are', () => {
    const snoozed = { snoozes: 1, snoozedUntil: at('15:30'), respondBy: at('15:35'), clockRun: 4 };
    given(offered({ ...snoozed, assignment: assignment({ rep: ben, at: at('15:20') }) }))
      .when(note('noteMeeting', at('15:10')))
      .leaving({ ...snoozed, meetingAt: at('15:10') });
  });

  it('a meeting of somebody’s stops nobody’s clock who gets the lead afterwards', () => {
    const { after } = given(accepted()).when(note('noteMeeting', at('15:04')));
    const passedOn = given(after, { now: at('15:40') }).when(reassign(grace)).after;
    expect(running(passedOn)).toMatchObject({ clock: 'acknowledge', rep: ben, due: at('15:55') });
  });

  describe('without the meeting', () => {
    const lost: Command = { type: 'loseMeeting', recordId: '8001' };

    for (const [title, handoff, clock, due] of [
      ['an answer is due again', offered(), 'acknowledge', at('15:45')],
      ['a touch is due again', accepted(), 'touch', at('16:30')],
    ] as const) {
      it(`${title}, in the whole time from now on`, () => {
        const met = given(handoff).when(note('noteMeeting')).after;
        const { after } = given(met, { now: at('15:30') })
          .when(lost)
          .leaving({ meetingAt: null, clockRun: met.clockRun + 1 });
        expect(running(after)).toMatchObject({ clock, due });
        given(after).when(lost).refuses({ refused: 'stale' });
      });
    }

    it('another touch is due of a lead that was touched, in the whole time from now on', () => {
      const { after } = given(working({ meetingAt: at('15:10') }), { now: at('15:30') })
        .when(lost)
        .leaving({ meetingAt: null, status: 'accepted', firstTouchAt: working().firstTouchAt });
      expect(running(after)).toMatchObject({ clock: 'touch', due: at('16:30') });
    });

    it('of somebody who had the lead before nothing else is due than was', () => {
      given(working({ meetingAt: at('14:50') }), { now: at('15:30') })
        .when(lost)
        .yields([{ type: 'meetingCalledOff', recordId: '8001', rep: ada, begun: null }])
        .leaving({ meetingAt: null, status: 'working' });
    });
  });

  describe('something more urgent', () => {
    const slow = { trigger: 'score', targets: targets({ acknowledge: target(240), touch: target(1440) }) };
    const strengthen: Command = {
      type: 'strengthen',
      trigger: 'demo_request',
      evidence: 'filled in “Demo”',
      targets: targets(),
    };

    it('is due sooner, and a snooze that would outlast it is over', () => {
      const handoff = offered({ ...slow, respondBy: at('19:00'), snoozes: 1, snoozedUntil: at('18:00') });
      const { after } = given(handoff, { now: at('15:20') })
        .when(strengthen)
        .leaving({ trigger: 'demo_request', targets: targets(), respondBy: at('15:35'), snoozedUntil: null });
      expect(running(after)).toMatchObject({ due: at('15:35'), run: handoff.clockRun + 1 });
      given(after).when(strengthen).refuses({ refused: 'stale' });
    });

    it('moves nothing that is due sooner anyway', () => {
      const handoff = offered({ ...slow, respondBy: at('15:30') });
      given(handoff, { now: at('15:20') })
        .when(strengthen)
        .leaving({ trigger: 'demo_request', respondBy: at('15:30'), clockRun: handoff.clockRun });
    });

    it('of a lead that somebody works on is told, and nothing is due', () => {
      given(working(slow)).when(strengthen).leaving({ trigger: 'demo_request', status: 'working' });
    });
  });

  it('a deal ends a lead that nobody has touched once there is a meeting', () => {
    const { after } = given(accepted()).when(note('noteMeeting'));
    given(after).when(note('noteDeal')).leaving({ status: 'closed', outcome: 'converted' });
  });

  it('a deal ends it well, at the time of the deal', () => {
    given(working(), { now: closedAt })
      .when(note('noteDeal'))
      .yields([{ type: 'dealCreated', recordId: '8001', at: touchedAt }])
      .leaving({ status: 'closed', outcome: 'converted', reason: null, closedAt, opportunityAt: touchedAt });
  });

  it('a deal is won once, long after the end', () => {
    const { after } = given(working(), { now: closedAt }).when(note('noteDeal'));
    const won = given(after).when(note('noteWon', at('21:00')));
    won
      .yields([{ type: 'dealWon', recordId: '8001', at: at('21:00') }])
      .leaving({ wonAt: at('21:00'), status: 'closed', closedAt, clockRun: 4 });
    given(won.after).when(note('noteWon')).refuses({ refused: 'stale' });
  });

  it('a deal that is won while somebody is still to reach out ends nothing', () => {
    given(accepted()).when(note('noteWon')).leaving({ wonAt: touchedAt, status: 'accepted', clockRun: 2 });
  });

  it('an owner who takes no leads is the manager’s to know, and the rep keeps it', () => {
    given(accepted())
      .when({ type: 'loseOwner', from: ada, ownerId: '99' })
      .yields([{ type: 'ownerLost', ownerId: '99', manager: grace }])
      .leaving({ escalatedTo: grace, assignment: { rep: ada }, status: 'accepted', clockRun: 2 });
  });

  it('a contact that is gone ends it for nobody’s fault', () => {
    given(accepted())
      .when({ type: 'withdraw', why: 'the contact was deleted' })
      .yields([{ type: 'withdrawn', why: 'the contact was deleted' }])
      .leaving({ outcome: 'withdrawn', reason: 'the contact was deleted', acknowledgedAt: acceptedAt });
  });
});

describe('another owner in HubSpot', () => {
  const changedAt = minutesAfter(now, -2);
  const follow = (to: PersonId): Command => ({ type: 'followOwner', from: ada, to, at: changedAt });

  it('is offered it since they own it, and the turn that was taken for it stays known', () => {
    const turn = { pool: 'Americas', winner: ada, weights: { [ada]: 50, [ben]: 25, [chloe]: 25 } };
    const reasons = [{ kind: 'ownerChanged', person: dario, taken: true, turn } as const];
    given(accepted())
      .when(follow(dario))
      .yields([
        {
          type: 'reassigned',
          from: ada,
          assignment: { rep: dario, team: 'International', at: changedAt, reasons },
          respondBy: minutesAfter(changedAt, 15),
          granted: { from: changedAt, minutes: 15 },
        },
      ])
      .leaving({ status: 'offered', clockRun: 3 });
  });

  it('outside any team puts it into none', () => {
    const alone = 'reception@example.com';
    given(offered(), { policy: policy({ routing: routing([], alone) }) })
      .when(follow(alone))
      .leaving({ assignment: { rep: alone, team: null } });
  });
});
