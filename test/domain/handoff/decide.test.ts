import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, type HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
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
  dario,
  grace,
  henrik,
  minutesAfter,
  offered,
  policy,
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
import {
  accept,
  disqualify,
  giveGrace,
  handBack,
  logTouch,
  now,
  ping,
  reassign,
  rules,
  show,
  snooze,
  takeIt,
} from './commands.ts';

const inEachStatus = { offered: offered(), accepted: accepted(), working: working(), closed: closed() };
type Status = keyof typeof inEachStatus;

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
