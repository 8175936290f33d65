import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/domain/handoff/decide.ts';
import {
  evolve,
  type Handoff,
  type HandoffEvent,
  openTo,
  running,
} from '../../../src/domain/handoff/handoff.ts';
import type { PersonId, Targets } from '../../../src/domain/policy/policy.ts';
import type { Lock } from '../../../src/domain/routing/came-back.ts';
import { dealMade, heldUp, toBen } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  chloe,
  closed,
  closedAt,
  dario,
  grace,
  henrik,
  minutesAfter,
  offered,
  policy,
  reason,
  respondBy,
  routing,
  stranger,
  target,
  targets,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';

const now = acceptedAt;
const inEachStatus = { offered: offered(), accepted: accepted(), working: working(), closed: closed() };
type Status = keyof typeof inEachStatus;

const rules = policy({
  disqualifyReasons: [
    ...policy().disqualifyReasons,
    reason('no_answer', 'No answer', { outcome: 'unresponsive' }),
  ],
});

/** What a command leads to, in one word: the events' types, or why it was refused. */
function verdict(handoff: Handoff, command: Command, when = now): string {
  const decided = decide(handoff, command, rules, when);
  return 'refused' in decided ? `no: ${decided.refused}` : decided.map((event) => event.type).join(', ');
}

/** What a command leads to while it is offered, accepted, worked on and closed. */
function row(offered: string, accepted: string, working: string, closed: string): Record<Status, string> {
  return { offered, accepted, working, closed };
}

function stateInEachStatus(table: [string, Command, Record<Status, string>][]): void {
  for (const [what, command, expected] of table) {
    it(`${what}: ${Object.entries(expected)
      .map(([status, word]) => `${status} → ${word}`)
      .join(' · ')}`, () => {
      const verdicts = Object.entries(inEachStatus).map(([status, handoff]) => [
        status,
        verdict(handoff, command),
      ]);
      expect(Object.fromEntries(verdicts)).toEqual(expected);
    });
  }
}

const accept = (by: PersonId): Command => ({ type: 'accept', by });
const logTouch = (by: PersonId): Command => ({ type: 'logTouch', by, touch: touch() });
const disqualify = (by: PersonId, why = 'not_a_fit', note = ''): Command => ({
  type: 'disqualify',
  by,
  reason: why,
  note,
});
const handBack = (by: PersonId, why = 'wrong_territory', note = ''): Command => ({
  type: 'handBack',
  by,
  reason: why,
  note,
  to: assignment({ rep: ben, at: now }),
});
const snooze = (by: PersonId): Command => ({ type: 'snooze', by, choice: '30min' });
const reassign = (by: PersonId, to = ben): Command => ({ type: 'reassign', by, to });
const takeIt = (by: PersonId): Command => ({ type: 'takeIt', by });
const giveGrace = (by: PersonId): Command => ({ type: 'giveGrace', by, grace: 60 });
const ping = (by: PersonId): Command => ({ type: 'ping', by });
const show = (by: PersonId): Command => ({ type: 'show', by });

describe('what each person may do in each status', () => {
  const open = (offered: string, accepted: string, working: string) =>
    row(offered, accepted, working, 'no: closed');
  const everywhere = (same: string) => open(same, same, same);

  // Ada holds the handoff and Grace is her manager; Ben is her team mate and Henrik manages another team.
  stateInEachStatus([
    ['the rep accepts', accept(ada), open('accepted', 'no: alreadyAccepted', 'no: alreadyAccepted')],
    ['the manager accepts', accept(grace), everywhere('no: notYours')],
    ['a team mate accepts', accept(ben), everywhere('no: notYours')],
    ['the rep logs a touch', logTouch(ada), open('accepted, touched', 'touched', 'touched')],
    ['the manager logs a touch', logTouch(grace), everywhere('no: notYours')],
    ['a stranger logs a touch', logTouch(stranger), everywhere('no: notYours')],
    ['the rep disqualifies', disqualify(ada), everywhere('disqualified')],
    ['the manager disqualifies', disqualify(grace), everywhere('disqualified')],
    ['a team mate disqualifies', disqualify(ben), everywhere('no: notYours')],
    ['another manager disqualifies', disqualify(henrik), everywhere('no: notYours')],
    ['the rep gives up', disqualify(ada, 'no_answer'), everywhere('gaveUp')],
    ['a team mate gives up', disqualify(ben, 'no_answer'), everywhere('no: notYours')],
    ['the rep hands back', handBack(ada), everywhere('handedBack, reassigned')],
    ['the manager hands back', handBack(grace), everywhere('no: notYours')],
    ['a team mate hands back', handBack(ben), everywhere('no: notYours')],
    ['the rep snoozes', snooze(ada), open('graceAsked', 'snoozed', 'no: nothingRunning')],
    ['the manager snoozes', snooze(grace), everywhere('no: notYours')],
    ['a team mate snoozes', snooze(ben), everywhere('no: notYours')],
    ['the manager reassigns', reassign(grace), everywhere('reassigned')],
    ['the rep reassigns', reassign(ada), everywhere('no: managersOnly')],
    ['another manager reassigns', reassign(henrik), everywhere('no: managersOnly')],
    ['the manager takes it', takeIt(grace), everywhere('reassigned, accepted')],
    ['the rep takes it', takeIt(ada), everywhere('no: notYours')],
    ['a team mate takes it', takeIt(ben), everywhere('no: notYours')],
    ['a member of another team takes it', takeIt(dario), everywhere('no: managersOnly')],
    ['the manager gives grace', giveGrace(grace), open('graceGiven', 'graceGiven', 'no: nothingRunning')],
    ['the rep gives grace', giveGrace(ada), everywhere('no: managersOnly')],
    ['the manager pings', ping(grace), everywhere('pinged')],
    ['the rep pings', ping(ada), everywhere('no: managersOnly')],
    ['another manager pings', ping(henrik), everywhere('no: managersOnly')],
    ['the rep wants to see it', show(ada), everywhere('shown')],
    ['the manager wants to see it', show(grace), everywhere('shown')],
    ['a team mate wants to see it', show(ben), everywhere('no: notYours')],
    ['another manager wants to see it', show(henrik), everywhere('no: notYours')],
  ]);

  it('the fallback person decides over every team’s handoffs', () => {
    const fallback = policy({ routing: routing([], henrik) });
    for (const command of [reassign(henrik), takeIt(henrik), giveGrace(henrik), ping(henrik), show(henrik)]) {
      expect(decide(offered(), command, fallback, now)).not.toHaveProperty('refused');
    }
  });
});

describe('what the system brings about in each status', () => {
  const news = (offered: string, accepted = offered, working = offered, closed = 'no: stale') =>
    row(offered, accepted, working, closed);
  const nothing = news('no: stale');
  const noteTouch = (rep: PersonId): Command => ({
    type: 'noteTouch',
    rep,
    touch: touch(),
    recordId: '7001',
    at: now,
  });
  const record = { recordId: '7001', at: touchedAt };
  const { type: _, ...madeDeal } = dealMade;
  const findSuccessors = (from: PersonId, to: PersonId): Command => ({
    type: 'moveOn',
    from,
    assignment: assignment({ rep: to, at: now }),
    why: 'gone',
    quiet: false,
  });

  const reschedule: Command = { type: 'reschedule', rep: ada, why: 'vacation', quiet: false };
  const channelLost: Command = {
    type: 'markChannelUnreachable',
    platform: 'slack',
    channel: 'C0HANDOFFS1',
    why: 'is archived',
  };

  stateInEachStatus([
    ['the rep cannot be reached', { type: 'markUnreachable', rep: ada, why: 'gone' }, news('unreachable')],
    ['somebody else cannot be reached', { type: 'markUnreachable', rep: ben, why: 'gone' }, nothing],
    ['routing found somebody else', findSuccessors(ada, ben), news('reassigned')],
    ['routing found the same rep', findSuccessors(ada, ada), nothing],
    ['routing found somebody for another rep', findSuccessors(ben, chloe), nothing],
    ['working hours that change nothing', reschedule, nothing],
    ['a touch of the rep’s was found', noteTouch(ada), news('accepted, touched', 'touched', 'touched')],
    ['a touch of somebody else’s was found', noteTouch(ben), nothing],
    ['a meeting was found', { type: 'noteMeeting', ...record }, news('meetingBooked')],
    ['no meeting is called off', { type: 'loseMeeting', recordId: '1' }, nothing],
    [
      'the lead is excluded by now',
      { type: 'exclude', name: 'student', label: 'Is a student', why: 'Is a student: job title Student' },
      news('withdrawn', 'excluded', 'excluded'),
    ],
    [
      'the lead did what is no more urgent',
      { type: 'strengthen', trigger: 'demo_request', evidence: '', targets: targets() },
      nothing,
    ],
    [
      'a deal was found: it ends what nobody waits for any more',
      { type: 'noteDeal', ...record },
      news('no: stale', 'no: stale', 'dealCreated'),
    ],
    [
      'the bot made its deal, also when it is over by now',
      { type: 'noteMadeDeal', deal: madeDeal, countsAtOnce: false },
      news('dealMade', 'dealMade', 'dealMade', 'dealMade'),
    ],
    [
      'the bot made a deal that counts at once: it ends what nobody waits for any more',
      { type: 'noteMadeDeal', deal: madeDeal, countsAtOnce: true },
      news('dealMade', 'dealMade', 'dealMade, dealCreated', 'dealMade'),
    ],
    [
      'HubSpot took no deal',
      { type: 'noteNoDeal', because: { refused: 'it wants another value for amount' } },
      news('dealNotMade'),
    ],
    ['a deal was won', { type: 'noteWon', ...record }, news('dealWon', 'dealWon', 'dealWon', 'dealWon')],
    ['the owner was changed', { type: 'followOwner', from: ada, to: ben, at: now }, news('reassigned')],
    ['the owner is the rep after all', { type: 'followOwner', from: ada, to: ada, at: now }, nothing],
    [
      'the owner of somebody before was changed',
      { type: 'followOwner', from: chloe, to: ben, at: now },
      nothing,
    ],
    ['the owner was taken away', { type: 'loseOwner', from: ada, ownerId: null }, news('ownerLost')],
    ['the owner of somebody before was taken away', { type: 'loseOwner', from: ben, ownerId: null }, nothing],
    ['a channel cannot be told', channelLost, news('channelUnreachable')],
    [
      'HubSpot would not take something, also of the end',
      { type: 'holdUp', heldUp, asked: ada, isOpen: false },
      news('heldUp', 'heldUp', 'heldUp', 'heldUp'),
    ],
    [
      'HubSpot takes everything, as before',
      { type: 'holdUp', heldUp: null, asked: null, isOpen: false },
      nothing,
    ],
    ['the contact is gone', { type: 'withdraw', why: 'deleted' }, news('withdrawn')],
  ]);
});

describe('accepting', () => {
  const acceptedEvent = (touchBy: Date, from = now): HandoffEvent => ({
    type: 'accepted',
    touchBy,
    granted: { from, minutes: 60 },
  });

  it('stops the acknowledge clock and starts the touch clock, in the rep’s working time', () => {
    given(offered())
      .when(accept(ada))
      .yields([acceptedEvent(touchBy)])
      .leaving({ status: 'accepted', acceptedAt: now, acknowledgedAt: now, touchBy, version: 2 })
      .leaving({ clockRun: 2, granted: { from: now, minutes: 60 }, reachedAt: now });
  });

  it('near the end of the day leaves the rest of the touch target for the next morning', () => {
    const late = at('22:20');
    given(offered({ respondBy: late }), { now: late })
      .when(accept(ada))
      .yields([acceptedEvent(new Date('2026-03-04T14:50:00Z'), late)]);
  });

  it('at a wall-clock target counts the night, whatever the other target counts', () => {
    const late = at('22:20');
    given(offered({ respondBy: late, targets: targets({ touch: target(60, 'wallClock') }) }), { now: late })
      .when(accept(ada))
      .yields([acceptedEvent(minutesAfter(late, 60), late)]);
  });

  it('twice is told when it was accepted', () => {
    given(accepted()).when(accept(ada)).refuses({ refused: 'alreadyAccepted', acceptedAt });
  });

  it('is everybody’s own: whoever gets a lead that somebody else had accepted accepts it anew', () => {
    given(evolve(accepted(), toBen, acceptedAt))
      .when(accept(ben))
      .yields([acceptedEvent(touchBy, acceptedAt)]);
  });

  it('by somebody else is told who holds it', () => {
    given(offered()).when(accept(ben)).refuses({ refused: 'notYours', holder: ada });
  });

  it('after the breach still counts: late is better than never', () => {
    given(offered({ ackBreachedAt: respondBy }), { now: at('15:30') })
      .when(accept(ada))
      .leaving({ status: 'accepted', ackBreachedAt: respondBy });
  });

  it('ends a snooze, and what was asked for: they are there', () => {
    const asked = { until: at('17:00'), due: at('18:00') };
    given(offered({ snoozes: 1, snoozedUntil: at('15:10'), asked, unreachable: 'no account' }))
      .when(accept(ada))
      .leaving({ snoozes: 1, snoozedUntil: null, asked: null, unreachable: null });
  });
});

describe('an answer after the target, before its timer has noted it,', () => {
  const missed = { type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada };
  const missedTouch = { ...missed, clock: 'touch', due: touchBy };
  const late = minutesAfter(respondBy, 0.1);
  const lateTouch = minutesAfter(touchBy, 0.1);
  const table: [title: string, Handoff, Command, when: Date, missed: object][] = [
    ['the rep accepts', offered(), accept(ada), late, missed],
    ['the rep logs a touch', offered(), logTouch(ada), late, missed],
    ['the rep disqualifies', offered(), disqualify(ada), late, missed],
    ['the rep gives up', offered(), disqualify(ada, 'no_answer'), late, missed],
    ['the rep hands back', offered(), handBack(ada), late, missed],
    ['the manager reassigns', offered(), reassign(grace), late, missed],
    ['the manager takes it', offered(), takeIt(grace), late, missed],
    ['the rep logs the first touch', accepted(), logTouch(ada), lateTouch, missedTouch],
    ['the manager reassigns what was accepted', accepted(), reassign(grace), lateTouch, missedTouch],
  ];
  for (const [title, handoff, command, when, first] of table) {
    it(`comes after the breach: ${title}`, () => {
      const before = decide(handoff, command, rules, minutesAfter(when, -0.1)) as HandoffEvent[];
      const after = decide(handoff, command, rules, when) as HandoffEvent[];
      expect(after[0]).toEqual(first);
      expect(after.slice(1).map(({ type }) => type)).toEqual(before.map(({ type }) => type));
    });
  }

  it('leaves that it was missed by whoever had it', () => {
    given(offered(), { now: late })
      .when(accept(ada))
      .leaving({ status: 'accepted', ackBreachedAt: respondBy });
    given(accepted(), { now: lateTouch })
      .when(reassign(grace))
      .leaving({ status: 'offered', touchBreachedAt: touchBy });
  });

  it('is not missed twice when it was noted already', () => {
    expect(verdict(offered({ ackBreachedAt: respondBy }), accept(ada), late)).toBe('accepted');
    expect(verdict(accepted({ touchBreachedAt: touchBy }), logTouch(ada), lateTouch)).toBe('touched');
  });

  it('is missed again when the grace has run out as well', () => {
    const again = offered({ ackBreachedAt: respondBy, respondBy: at('15:35') });
    expect(verdict(again, accept(ada), at('15:36'))).toBe('breached, accepted');
    expect(verdict(again, accept(ada), at('15:34'))).toBe('accepted');
  });

  it('is no matter of what is no answer, or when nothing is due', () => {
    for (const command of [ping(grace), show(ada), giveGrace(grace), snooze(ada)])
      expect(verdict(offered(), command, late)).not.toContain('breached');
    expect(verdict(working(), logTouch(ada), lateTouch)).toBe('touched');
  });
});

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

/** As the example reasons lock a lead. */
function lockedFrom(from: Date): Lock {
  return { until: new Date(from.getTime() + 180 * 86_400_000), unless: 'stronger' };
}

describe('disqualifying', () => {
  it('closes the handoff with its reason, and is an answer to the card', () => {
    given(offered())
      .when(disqualify(ada))
      .yields([{ type: 'disqualified', reason: 'not_a_fit', note: '', lock: lockedFrom(now) }])
      .leaving({ status: 'closed', outcome: 'disqualified', reason: 'not_a_fit' })
      .leaving({ closedAt: now, acknowledgedAt: now });
  });

  it('keeps the note without the blanks around it', () => {
    given(offered())
      .when(disqualify(ada, 'timing', '  next budget in May \n'))
      .yields([
        { type: 'disqualified', reason: 'timing', note: 'next budget in May', lock: lockedFrom(now) },
      ]);
  });

  for (const blank of ['', '   ', '\n\t']) {
    it(`for a reason that needs a note is refused with the note ${JSON.stringify(blank)}`, () => {
      given(offered())
        .when(disqualify(ada, 'timing', blank))
        .refuses({ refused: 'noteMissing', reason: 'Wrong timing' });
    });
  }

  it('for a reason that the policy does not have is refused', () => {
    given(offered())
      .when(disqualify(ada, 'bad_mood'))
      .refuses({ refused: 'unknownReason', reason: 'bad_mood' });
  });
});

describe('giving a lead up', () => {
  const giveUp = disqualify(ada, 'no_answer', ' voice mail full ');
  const monday = (clock: string) => new Date(`2026-03-02T${clock}:00Z`);
  const tried = (atLeast: number, within: Targets['touch'], attempts: readonly Date[]) =>
    working({ targets: targets({ attempts: { atLeast, within } }), attempts });
  const decidedAt = { policy: rules, now: at('15:40') };

  it('closes it as unresponsive, with the note', () => {
    given(working(), decidedAt)
      .when(giveUp)
      .yields([
        { type: 'gaveUp', reason: 'no_answer', note: 'voice mail full', lock: lockedFrom(at('15:40')) },
      ])
      .leaving({ outcome: 'unresponsive', reason: 'no_answer' });
  });

  it('is refused before the minimum of attempts, also to the manager', () => {
    const once = tried(2, target(480), [touchedAt]);
    const refusal = { refused: 'attemptsMissing', made: 1, atLeast: 2, within: target(480) } as const;
    given(once, decidedAt).when(giveUp).refuses(refusal);
    given(once, decidedAt).when(disqualify(grace, 'no_answer')).refuses(refusal);
    given(once, decidedAt).when(disqualify(ada)).leaving({ outcome: 'disqualified' });
  });

  // From Monday 15:00 to Tuesday 10:40 Ada works 4 hours and 10 minutes; on the wall it is 19 hours and 40 minutes.
  const table: [title: string, within: Targets['touch'], made: number][] = [
    ['counts attempts of yesterday in working time', target(480), 2],
    ['counts up to the very minute', target(250), 2],
    ['leaves out those that were too long ago', target(249), 1],
    ['leaves out more on the wall clock', target(480, 'wallClock'), 1],
    ['counts up to the very minute of the wall clock', target(1180, 'wallClock'), 2],
  ];
  for (const [title, within, made] of table) {
    it(`${title}: ${made} within ${within.minutes} minutes`, () => {
      given(tried(3, within, [monday('20:00'), touchedAt]), decidedAt)
        .when(giveUp)
        .refuses({ refused: 'attemptsMissing', made, atLeast: 3, within });
      given(tried(made, within, [monday('20:00'), touchedAt]), decidedAt)
        .when(giveUp)
        .leaving({ outcome: 'unresponsive' });
    });
  }

  it('counts what the reps before tried', () => {
    const { after } = given(tried(2, target(480), [touchedAt]), { now: at('15:30') }).when(reassign(grace));
    const touched = given(after, { now: at('15:35') }).when(logTouch(ben)).after;
    given(touched, decidedAt).when(disqualify(ben, 'no_answer')).leaving({ outcome: 'unresponsive' });
  });
});

describe('handing back', () => {
  const to = assignment({ rep: ben, at: now });

  it('offers it to whom routing found, from now on, and is an answer to the card', () => {
    given(offered())
      .when(handBack(ada, 'other', ' conflict of interest '))
      .yields([
        { type: 'handedBack', reason: 'other', note: 'conflict of interest' },
        {
          type: 'reassigned',
          from: ada,
          assignment: to,
          respondBy: minutesAfter(now, 15),
          granted: { from: now, minutes: 15 },
        },
      ])
      .leaving({ status: 'offered', assignment: to, acknowledgedAt: now, clockRun: 2, version: 3 });
  });

  it('for a reason that the policy does not have is refused', () => {
    given(offered())
      .when(handBack(ada, 'bad_mood'))
      .refuses({ refused: 'unknownReason', reason: 'bad_mood' });
  });

  it('for a reason that needs a note is refused without one', () => {
    given(offered())
      .when(handBack(ada, 'other', ' '))
      .refuses({ refused: 'noteMissing', reason: 'Another reason' });
  });

  for (const nobody of [null, assignment({ rep: ada, at: now })]) {
    it(`is refused when routing found ${nobody ? 'only themselves' : 'nobody'}`, () => {
      given(offered())
        .when({ type: 'handBack', by: ada, reason: 'wrong_territory', note: '', to: nobody })
        .refuses({ refused: 'nobodyElse' });
    });
  }
});

describe('reassigning', () => {
  // The turn that Ada took for it goes along, should the lead turn out to be none.
  const taken = { pool: 'Americas', winner: ada, weights: { [ada]: 50, [ben]: 25, [chloe]: 25 } };
  const chosen = (rep: PersonId, team: string | null) =>
    assignment({
      rep,
      team,
      at: now,
      reasons: [{ kind: 'reassigned', person: rep, by: grace, taken: true, turn: taken }],
    });

  it('offers it anew to a team mate, whose clock starts now', () => {
    given(accepted())
      .when(reassign(grace))
      .yields([
        {
          type: 'reassigned',
          from: ada,
          assignment: chosen(ben, 'Americas'),
          respondBy: minutesAfter(now, 15),
          granted: { from: now, minutes: 15 },
        },
      ])
      .leaving({ status: 'offered', respondBy: minutesAfter(now, 15), clockRun: 3, version: 4 });
  });

  it('counts in the new rep’s working time: in Berlin the day is nearly over', () => {
    given(offered(), { now: at('16:20') })
      .when(reassign(grace, dario))
      .leaving({
        assignment: { rep: dario, team: 'International' },
        respondBy: new Date('2026-03-04T07:35:00Z'),
      });
  });

  it('to another team’s manager puts the handoff into that team', () => {
    given(offered())
      .when(reassign(grace, henrik))
      .leaving({ assignment: chosen(henrik, 'International') });
  });

  it('to the fallback person outside any team leaves it in none', () => {
    const alone = 'reception@example.com';
    given(offered(), { policy: policy({ routing: routing([], alone) }) })
      .when(reassign(grace, alone))
      .leaving({ assignment: { rep: alone, team: null } });
  });

  it('to the one who holds it is refused', () => {
    given(offered()).when(reassign(grace, ada)).refuses({ refused: 'alreadyHolds', rep: ada });
  });

  it('to somebody the policy does not know is refused', () => {
    given(offered()).when(reassign(grace, stranger)).refuses({ refused: 'unknownPerson', person: stranger });
  });
});

describe('taking it', () => {
  it('makes the manager the holder and accepts in one go', () => {
    given(offered())
      .when(takeIt(grace))
      .leaving({ status: 'accepted', acknowledgedAt: now, acceptedAt: now, version: 3 })
      .leaving({ assignment: { rep: grace, team: 'Americas', at: now } });
  });

  it('twice is refused: after the first the handoff is the manager’s own', () => {
    const { after } = given(offered()).when(takeIt(grace));
    given(after).when(takeIt(grace)).refuses({ refused: 'alreadyHolds', rep: grace });
  });
});

describe('a lead that was offered to a team', () => {
  const pool = assignment({
    rep: grace,
    reasons: [{ kind: 'pool', team: 'Americas', person: grace, taken: true, skipped: [] }],
    openTo: [ben, chloe],
  });
  const open = offered({ assignment: pool, openTo: [ben, chloe] });

  it('is its manager’s to answer for until somebody claims it', () => {
    expect(openTo(open)).toEqual([ben, chloe]);
    expect(running(open)).toMatchObject({ clock: 'acknowledge', rep: grace });
    given(open).when(accept(grace)).leaving({ status: 'accepted', assignment: pool });
  });

  it('is theirs who claims it first, accepted in one go; the second hears who has it', () => {
    const { after } = given(open)
      .when(takeIt(chloe))
      .leaving({ status: 'accepted', assignment: { rep: chloe, team: 'Americas' }, acknowledgedAt: now });
    expect(openTo(after)).toEqual([]);
    given(after).when(takeIt(ben)).refuses({ refused: 'notYours', holder: chloe });
    given(after).when(takeIt(chloe)).refuses({ refused: 'notYours', holder: chloe });
  });

  it('cannot be claimed by who was not asked', () => {
    given(open).when(takeIt(ada)).refuses({ refused: 'notYours', holder: grace });
    given(open).when(takeIt(dario)).refuses({ refused: 'managersOnly', manager: grace });
  });

  it('is open no more once its manager has accepted it, or given it to somebody', () => {
    for (const command of [accept(grace), reassign(grace, ada)]) {
      const { after } = given(open).when(command);
      expect(openTo(after)).toEqual([]);
      given(after).when(takeIt(ben)).refuses({ refused: 'notYours', holder: after.assignment.rep });
    }
  });

  it('can be claimed also when nobody answered in time', () => {
    const missed = offered({ assignment: pool, openTo: [ben, chloe], ackBreachedAt: respondBy });
    given(missed, { now: at('15:30') })
      .when(takeIt(ben))
      .leaving({ assignment: { rep: ben } });
  });
});

describe('a lead about to be lost, offered to the team', () => {
  const rescue = (clock: 'acknowledge' | 'touch'): HandoffEvent => ({
    type: 'offeredToTeam',
    clock,
    team: 'Americas',
    openTo: [ben, chloe],
  });
  const unanswered = evolve(offered(), rescue('acknowledge'), at('15:20'));
  const untouched = evolve(accepted(), rescue('touch'), at('16:10'));

  it('stays the rep’s until somebody claims it, and its clock goes on', () => {
    expect(unanswered).toMatchObject({ assignment: { rep: ada }, openTo: [ben, chloe], clockRun: 1 });
    expect(untouched).toMatchObject({ assignment: { rep: ada }, openTo: [ben, chloe], clockRun: 2 });
  });

  for (const [title, lead] of [
    ['not answered', unanswered],
    ['accepted but not touched', untouched],
  ] as const) {
    it(`${title}, is theirs who is first, accepted in one go and to be touched from now on`, () => {
      const when = { now: at('16:20') };
      const { after } = given(lead, when)
        .when(takeIt(chloe))
        .leaving({ status: 'accepted', assignment: { rep: chloe }, touchBy: at('17:20'), openTo: [] });
      given(after, when).when(takeIt(ben)).refuses({ refused: 'notYours', holder: chloe });
      given(after, when).when(accept(ada)).refuses({ refused: 'notYours', holder: chloe });
    });
  }

  it('is closed to them once the rep answers, reaches out, or the manager gives it to somebody', () => {
    const answers: [Handoff, Command][] = [
      [unanswered, accept(ada)],
      [unanswered, logTouch(ada)],
      [untouched, logTouch(ada)],
      [untouched, reassign(grace, dario)],
      [unanswered, disqualify(ada)],
    ];
    for (const [lead, command] of answers) expect(given(lead).when(command).after.openTo).toEqual([]);
  });

  it('is not the rep’s own to claim', () => {
    given(unanswered).when(takeIt(ada)).refuses({ refused: 'notYours', holder: ada });
  });
});

describe('moving on', () => {
  const found = assignment({ rep: ben, at: now });
  const findSuccessors = (next = found, quiet = false): Command => ({
    type: 'moveOn',
    from: ada,
    assignment: next,
    why: 'gone',
    quiet,
  });

  it('offers it anew to whom routing found, from now on, and its manager is to know', () => {
    given(accepted())
      .when(findSuccessors())
      .yields([
        {
          type: 'reassigned',
          from: ada,
          assignment: found,
          respondBy: minutesAfter(now, 15),
          granted: { from: now, minutes: 15 },
          moved: { why: 'gone', manager: grace },
        },
      ])
      .leaving({ status: 'offered', assignment: found, escalatedTo: grace, clockRun: 3, unreachable: null });
  });

  it('quietly puts nobody on the handoff: they read of it together with others', () => {
    const [event] = decide(accepted(), findSuccessors(found, true), policy(), now) as HandoffEvent[];
    expect(event).toMatchObject({ type: 'reassigned', moved: { why: 'gone', manager: null } });
    given(accepted()).when(findSuccessors(found, true)).leaving({ assignment: found, escalatedTo: null });
  });

  it('to the manager tells the fallback person, or nobody when they are the same', () => {
    const toHenrik = assignment({ rep: henrik, team: 'International', at: now });
    given(offered()).when(findSuccessors(toHenrik)).leaving({ escalatedTo: grace });
    const toGrace = assignment({ rep: grace, at: now });
    const [event] = decide(offered(), findSuccessors(toGrace), policy(), now) as HandoffEvent[];
    expect(event).toMatchObject({ type: 'reassigned', moved: { why: 'gone', manager: null } });
  });
});

describe('a channel that cannot be told', () => {
  it('is noted with why, and changes nothing else', () => {
    const lost = { platform: 'slack', channel: 'C0HANDOFFS1', why: 'is archived' } as const;
    given(accepted())
      .when({ type: 'markChannelUnreachable', ...lost })
      .yields([{ type: 'channelUnreachable', ...lost }])
      .leaving({ ...accepted(), version: 4 });
  });
});

describe('a nudge', () => {
  it('turns to the rep and changes nothing else', () => {
    given(accepted())
      .when(ping(grace))
      .yields([{ type: 'pinged', rep: ada, due: touchBy }])
      .leaving({ pingedAt: now, clockRun: 2, status: 'accepted' });
    given(working())
      .when(ping(grace))
      .yields([{ type: 'pinged', rep: ada, due: null }]);
  });

  it('within a minute of the last is a click too many', () => {
    const pinged = offered({ pingedAt: now });
    given(pinged, { now: at('15:05:59') })
      .when(ping(grace))
      .refuses({ refused: 'pingedAlready', at: now });
    given(pinged, { now: at('15:06') })
      .when(ping(grace))
      .leaving({ pingedAt: at('15:06') });
  });

  it('of oneself is refused', () => {
    const own = offered({ assignment: assignment({ rep: grace }) });
    given(own).when(ping(grace)).refuses({ refused: 'alreadyHolds', rep: grace });
  });

  it('of the one before does not hold up the first of the next', () => {
    const { after } = given(offered({ pingedAt: now })).when(reassign(grace));
    given(after)
      .when(ping(grace))
      .yields([{ type: 'pinged', rep: ben, due: minutesAfter(now, 15) }]);
  });
});

describe('wanting to see it', () => {
  it('puts a manager on the handoff, and leaves the rep’s as it is', () => {
    given(offered())
      .when(show(grace))
      .yields([{ type: 'shown', to: grace }])
      .leaving({ escalatedTo: grace, clockRun: 1 });
    given(offered()).when(show(ada)).leaving({ escalatedTo: null });
  });
});
