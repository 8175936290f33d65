import { describe, expect, it } from 'vitest';
import {
  begin,
  type Command,
  decide,
  evolve,
  type Handoff,
  type HandoffEvent,
  offer,
  openTo,
  refundOf,
  running,
} from '../../src/domain/handoff.ts';
import type { PersonId } from '../../src/domain/policy.ts';
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
  dario,
  grace,
  henrik,
  minutesAfter,
  offered,
  offeredEvent,
  policy,
  qualifiedAt,
  respondBy,
  routing,
  stranger,
  targets,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../support/examples.ts';
import { afterAll, given } from '../support/given.ts';

const now = acceptedAt;
const inEachStatus = { offered: offered(), accepted: accepted(), working: working(), closed: closed() };
type Status = keyof typeof inEachStatus;

/** What a command leads to, in one word: the events' types, or why it was refused. */
function verdict(handoff: Handoff, command: Command, when = now): string {
  const decided = decide(handoff, command, policy(), when);
  return 'refused' in decided ? `no: ${decided.refused}` : decided.map((event) => event.type).join(', ');
}

describe('a handoff begins', () => {
  it('offered to the routed rep, to be answered within the target of their working time', () => {
    expect(offer(assignment(), targets(), 'sent in "Request a Demo"', policy())).toEqual(offeredEvent);
  });

  it('at version 1, on the first run of its clock, with no milestone reached', () => {
    const { id, leadId, trigger, policyVersion } = offered();
    const facts = { id, leadId, trigger, policyVersion, targets: targets(), qualifiedAt };
    expect(begin(facts, offeredEvent)).toEqual(offered());
  });
});

describe('what each person may do in each status', () => {
  const accept = (by: PersonId): Command => ({ type: 'accept', by });
  const logTouch = (by: PersonId): Command => ({ type: 'logTouch', by, touch: touch() });
  const disqualify = (by: PersonId): Command => ({ type: 'disqualify', by, reason: 'not_a_fit', note: '' });
  const reassign = (by: PersonId): Command => ({ type: 'reassign', by, to: ben });
  const takeIt = (by: PersonId): Command => ({ type: 'takeIt', by });
  const giveGrace = (by: PersonId): Command => ({ type: 'giveGrace', by, minutes: 60 });
  const ended = 'no: closed';

  // Ada holds the handoff and Grace is her manager; Ben is her team mate and Henrik manages another team.
  const table: [string, Command, Record<Status, string>][] = [
    ['the rep accepts', accept(ada), row('accepted', 'no: alreadyAccepted', 'no: alreadyAccepted')],
    ['the manager accepts', accept(grace), everywhere('no: notYours')],
    ['a team mate accepts', accept(ben), everywhere('no: notYours')],
    ['the rep logs a touch', logTouch(ada), row('accepted, touched', 'touched', 'touched')],
    ['the manager logs a touch', logTouch(grace), everywhere('no: notYours')],
    ['a stranger logs a touch', logTouch(stranger), everywhere('no: notYours')],
    ['the rep disqualifies', disqualify(ada), everywhere('disqualified')],
    ['the manager disqualifies', disqualify(grace), everywhere('disqualified')],
    ['a team mate disqualifies', disqualify(ben), everywhere('no: notYours')],
    ['another manager disqualifies', disqualify(henrik), everywhere('no: notYours')],
    ['the manager reassigns', reassign(grace), everywhere('reassigned')],
    ['the rep reassigns', reassign(ada), everywhere('no: managersOnly')],
    ['another manager reassigns', reassign(henrik), everywhere('no: managersOnly')],
    ['the manager takes it', takeIt(grace), everywhere('reassigned, accepted')],
    ['the rep takes it', takeIt(ada), everywhere('no: notYours')],
    ['a team mate takes it', takeIt(ben), everywhere('no: notYours')],
    ['a member of another team takes it', takeIt(dario), everywhere('no: managersOnly')],
    ['the manager gives grace', giveGrace(grace), row('graceGiven', 'graceGiven', 'no: nothingRunning')],
    ['the rep gives grace', giveGrace(ada), everywhere('no: managersOnly')],
  ];

  function row(offered: string, accepted: string, working: string): Record<Status, string> {
    return { offered, accepted, working, closed: ended };
  }
  function everywhere(same: string): Record<Status, string> {
    return row(same, same, same);
  }

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
});

describe('accepting', () => {
  it('stops the acknowledge clock and starts the touch clock, in the rep’s working time', () => {
    given(offered())
      .when({ type: 'accept', by: ada })
      .yields([{ type: 'accepted', touchBy }])
      .leaving({
        status: 'accepted',
        acceptedAt: now,
        acknowledgedAt: now,
        touchBy,
        clockRun: 2,
        version: 2,
      });
  });

  it('near the end of the day leaves the rest of the touch target for the next morning', () => {
    const late = at('22:20');
    given(offered(), { now: late })
      .when({ type: 'accept', by: ada })
      .yields([{ type: 'accepted', touchBy: new Date('2026-03-04T14:50:00Z') }]);
  });

  it('at wall-clock targets counts the night', () => {
    const late = at('22:20');
    given(offered({ targets: targets({ countedIn: 'wallClock' }) }), { now: late })
      .when({ type: 'accept', by: ada })
      .yields([{ type: 'accepted', touchBy: minutesAfter(late, 60) }]);
  });

  it('twice is told when it was accepted', () => {
    given(accepted()).when({ type: 'accept', by: ada }).refuses({ refused: 'alreadyAccepted', acceptedAt });
  });

  it('by somebody else is told who holds it', () => {
    given(offered()).when({ type: 'accept', by: ben }).refuses({ refused: 'notYours', holder: ada });
  });

  it('after the breach still counts: late is better than never', () => {
    given(offered({ ackBreachedAt: respondBy }), { now: at('15:30') })
      .when({ type: 'accept', by: ada })
      .leaving({ status: 'accepted', ackBreachedAt: respondBy });
  });
});

describe('a touch', () => {
  const logTouch: Command = { type: 'logTouch', by: ada, touch: touch() };

  it('on an offered handoff accepts it too', () => {
    given(offered())
      .when(logTouch)
      .yields([
        { type: 'accepted', touchBy },
        { type: 'touched', touch: touch() },
      ])
      .leaving({ status: 'working', acknowledgedAt: now, acceptedAt: now, firstTouchAt: now, version: 3 });
  });

  it('stops the touch clock', () => {
    const { after } = given(accepted(), { now: touchedAt }).when(logTouch);
    expect(running(after)).toBeNull();
    expect(after).toMatchObject({ status: 'working', firstTouchAt: touchedAt, clockRun: 3 });
  });

  it('after the first leaves the first one’s time and the clock as they were', () => {
    given(working(), { now: at('15:30') })
      .when({ ...logTouch, touch: touch({ id: 'second' }) })
      .leaving({ status: 'working', firstTouchAt: touchedAt, clockRun: 3, version: 5 });
  });

  it('of a handoff that went to somebody new is their first, and the earlier first touch stays the first', () => {
    const passedOn = afterAll(
      working(),
      [
        {
          type: 'reassigned',
          from: ada,
          assignment: assignment({ rep: ben, at: closedAt }),
          respondBy: at('15:55'),
        },
      ],
      closedAt,
    );
    given(passedOn, { now: at('15:50') })
      .when({ ...logTouch, by: ben })
      .leaving({
        status: 'working',
        acceptedAt: at('15:50'),
        acknowledgedAt: acceptedAt,
        firstTouchAt: touchedAt,
      });
  });
});

describe('disqualifying', () => {
  const disqualify = (reason: string, note = ''): Command => ({ type: 'disqualify', by: ada, reason, note });

  it('closes the handoff with its reason, and is an answer to the card', () => {
    given(offered())
      .when(disqualify('not_a_fit'))
      .yields([{ type: 'disqualified', reason: 'not_a_fit', note: '' }])
      .leaving({
        status: 'closed',
        outcome: 'disqualified',
        reason: 'not_a_fit',
        closedAt: now,
        acknowledgedAt: now,
      });
  });

  it('keeps the note without the blanks around it', () => {
    given(offered())
      .when(disqualify('timing', '  next budget in May \n'))
      .yields([{ type: 'disqualified', reason: 'timing', note: 'next budget in May' }]);
  });

  for (const blank of ['', '   ', '\n\t']) {
    it(`for a reason that needs a note is refused with the note ${JSON.stringify(blank)}`, () => {
      given(offered())
        .when(disqualify('timing', blank))
        .refuses({ refused: 'noteMissing', reason: 'Wrong timing' });
    });
  }

  it('for a reason that the policy does not have is refused', () => {
    given(offered()).when(disqualify('bad_mood')).refuses({ refused: 'unknownReason', reason: 'bad_mood' });
  });

  it('moves no milestone that was reached before', () => {
    given(working(), { now: closedAt })
      .when(disqualify('not_a_fit'))
      .leaving({ acknowledgedAt: acceptedAt, firstTouchAt: touchedAt, closedAt });
  });
});

describe('reassigning', () => {
  const to = (rep: PersonId): Command => ({ type: 'reassign', by: grace, to: rep });
  // The turn that Ada took for it goes along, should the lead turn out to be none.
  const taken = { pool: 'Americas', winner: ada, weights: { [ada]: 50, [ben]: 25, [chloe]: 25 } };
  const chosen = (rep: PersonId, team: string | null, turn: typeof taken | null = taken) =>
    assignment({
      rep,
      team,
      at: now,
      reasons: [{ kind: 'reassigned', person: rep, by: grace, taken: true, ...(turn && { turn }) }],
    });

  it('offers it anew to a team mate, whose clock starts now', () => {
    given(accepted())
      .when(to(ben))
      .yields([
        {
          type: 'reassigned',
          from: ada,
          assignment: chosen(ben, 'Americas'),
          respondBy: minutesAfter(now, 15),
        },
      ])
      .leaving({ status: 'offered', respondBy: minutesAfter(now, 15), clockRun: 3, version: 4 });
  });

  it('counts in the new rep’s working time: in Berlin the day is nearly over', () => {
    given(offered(), { now: at('16:20') })
      .when(to(dario))
      .leaving({
        assignment: { rep: dario, team: 'International' },
        respondBy: new Date('2026-03-04T07:35:00Z'),
      });
  });

  it('to another team’s manager puts the handoff into that team', () => {
    given(offered())
      .when(to(henrik))
      .leaving({ assignment: chosen(henrik, 'International') });
  });

  it('to the fallback person outside any team leaves it in none', () => {
    const alone = 'reception@example.com';
    const rules = policy({ routing: routing([], alone) });
    given(offered(), { policy: rules })
      .when({ type: 'reassign', by: grace, to: alone })
      .leaving({ assignment: { rep: alone, team: null } });
  });

  it('to the one who holds it is refused', () => {
    given(offered()).when(to(ada)).refuses({ refused: 'alreadyHolds', rep: ada });
  });

  it('to somebody the policy does not know is refused', () => {
    given(offered()).when(to(stranger)).refuses({ refused: 'unknownPerson', person: stranger });
  });

  it('forgets that the rep before could not be reached', () => {
    given(offered({ unreachable: 'has no account in Slack', escalatedTo: grace }))
      .when(to(ben))
      .leaving({ unreachable: null });
  });

  it('keeps the first answer’s time: the lead’s wait is measured once', () => {
    given(accepted()).when(to(ben)).leaving({ acknowledgedAt: acceptedAt });
  });
});

describe('taking it', () => {
  it('makes the manager the holder and accepts in one go', () => {
    given(offered())
      .when({ type: 'takeIt', by: grace })
      .leaving({ status: 'accepted', acknowledgedAt: now, acceptedAt: now, version: 3 })
      .leaving({ assignment: { rep: grace, team: 'Americas', at: now } });
  });

  it('twice is refused: after the first the handoff is the manager’s own', () => {
    const { after } = given(offered()).when({ type: 'takeIt', by: grace });
    given(after).when({ type: 'takeIt', by: grace }).refuses({ refused: 'alreadyHolds', rep: grace });
  });
});

describe('a lead that was offered to a team', () => {
  const pool = assignment({
    rep: grace,
    reasons: [{ kind: 'pool', team: 'Americas', person: grace, taken: true, skipped: [] }],
    openTo: [ben, chloe],
  });
  const open = offered({ assignment: pool });
  const claim = (by: PersonId): Command => ({ type: 'takeIt', by });

  it('is its manager’s to answer for until somebody claims it', () => {
    expect(openTo(open)).toEqual([ben, chloe]);
    expect(running(open)).toMatchObject({ clock: 'acknowledge', rep: grace });
    given(open).when({ type: 'accept', by: grace }).leaving({ status: 'accepted', assignment: pool });
  });

  it('is theirs who claims it first, accepted in one go; the second hears who has it', () => {
    const { after } = given(open)
      .when(claim(chloe))
      .leaving({ status: 'accepted', assignment: { rep: chloe, team: 'Americas' }, acknowledgedAt: now });
    expect(openTo(after)).toEqual([]);
    given(after).when(claim(ben)).refuses({ refused: 'notYours', holder: chloe });
    given(after).when(claim(chloe)).refuses({ refused: 'notYours', holder: chloe });
  });

  it('cannot be claimed by who was not asked', () => {
    given(open).when(claim(ada)).refuses({ refused: 'notYours', holder: grace });
    given(open).when(claim(dario)).refuses({ refused: 'managersOnly', manager: grace });
  });

  it('is open no more once its manager has accepted it, or given it to somebody', () => {
    for (const command of [
      { type: 'accept', by: grace },
      { type: 'reassign', by: grace, to: ada },
    ] as const) {
      const { after } = given(open).when(command);
      expect(openTo(after)).toEqual([]);
      given(after).when(claim(ben)).refuses({ refused: 'notYours', holder: after.assignment.rep });
    }
  });

  it('can be claimed also when nobody answered in time', () => {
    given(offered({ assignment: pool, ackBreachedAt: respondBy }), { now: at('15:30') })
      .when(claim(ben))
      .leaving({ assignment: { rep: ben } });
  });
});

describe('moving on', () => {
  const found = assignment({ rep: ben, at: now });
  const moveOn = (next = found): Command => ({ type: 'moveOn', from: ada, assignment: next, why: 'gone' });

  it('offers it anew to whom routing found, from now on, and its manager is to know', () => {
    given(accepted())
      .when(moveOn())
      .yields([
        {
          type: 'reassigned',
          from: ada,
          assignment: found,
          respondBy: minutesAfter(now, 15),
          moved: { why: 'gone', manager: grace },
        },
      ])
      .leaving({ status: 'offered', assignment: found, escalatedTo: grace, clockRun: 3, unreachable: null });
  });

  it('to the manager tells the fallback person, or nobody when they are the same', () => {
    const toHenrik = assignment({ rep: henrik, team: 'International', at: now });
    given(offered()).when(moveOn(toHenrik)).leaving({ escalatedTo: grace });
    const toGrace = assignment({ rep: grace, at: now });
    const [event] = decide(offered(), moveOn(toGrace), policy(), now) as HandoffEvent[];
    expect(event).toMatchObject({ type: 'reassigned', moved: { why: 'gone', manager: null } });
  });

  it('does nothing when they hold it already, or it is closed', () => {
    given(offered()).when(moveOn(assignment())).refuses({ refused: 'stale' });
    given(closed()).when(moveOn()).refuses({ refused: 'stale' });
  });
});

describe('the turn that is given back', () => {
  const rules = policy({
    disqualifyReasons: [
      { name: 'spam', label: 'Spam', noteRequired: false, refundsTurn: true },
      { name: 'not_a_fit', label: 'Not a fit', noteRequired: false, refundsTurn: false },
    ],
  });
  const disqualified = (reason: string): HandoffEvent[] => [{ type: 'disqualified', reason, note: '' }];
  const turn = { pool: 'Americas', winner: ada, weights: { [ada]: 50, [ben]: 25, [chloe]: 25 } };
  const owned = assignment({ reasons: [{ kind: 'contactOwner', person: ada, taken: true }] });
  const table: [title: string, Handoff, HandoffEvent[], ReturnType<typeof refundOf>][] = [
    ['is the one that was taken for a lead that was none', offered(), disqualified('spam'), turn],
    ['is none for any other reason', offered(), disqualified('not_a_fit'), null],
    ['is none for a reason that the policy has no more', offered(), disqualified('gone'), null],
    ['is none while nothing is closed', offered(), [{ type: 'accepted', touchBy }], null],
    ['is none of an owner, who took no turn', offered({ assignment: owned }), disqualified('spam'), null],
    [
      'is that of whom it was taken from, when a manager chose somebody else',
      offered({
        assignment: assignment({
          rep: ben,
          reasons: [{ kind: 'reassigned', person: ben, by: grace, taken: true, turn }],
        }),
      }),
      disqualified('spam'),
      turn,
    ],
  ];
  for (const [title, handoff, events, refund] of table) {
    it(title, () => {
      expect(refundOf(handoff, events, rules)).toEqual(refund);
    });
  }
});

describe('grace', () => {
  const grace15: Command = { type: 'giveGrace', by: grace, minutes: 15 };

  it('for an answer that is overdue runs from now', () => {
    const overdue = at('15:20');
    given(offered({ ackBreachedAt: respondBy }), { now: overdue })
      .when(grace15)
      .yields([{ type: 'graceGiven', clock: 'acknowledge', until: at('15:35') }])
      .leaving({ respondBy: at('15:35'), clockRun: 2 });
  });

  it('for a touch that is overdue moves the touch’s due time', () => {
    given(accepted({ touchBreachedAt: touchBy }), { now: at('16:10') })
      .when(grace15)
      .yields([{ type: 'graceGiven', clock: 'touch', until: at('16:25') }])
      .leaving({ status: 'accepted', touchBy: at('16:25'), respondBy, clockRun: 3 });
  });

  it('before the due time lengthens it, never shortens it', () => {
    const longTarget = offered({ respondBy: at('19:00') });
    given(longTarget)
      .when(grace15)
      .yields([{ type: 'graceGiven', clock: 'acknowledge', until: at('19:15') }]);
  });
});

describe('timers', () => {
  const onTime = respondBy;
  const timer = (type: 'remind' | 'breach' | 'tellManager', override = {}): Command => ({
    type,
    clock: 'acknowledge',
    run: 1,
    ...override,
  });

  it('remind before the due time', () => {
    given(offered(), { now: at('15:10') })
      .when(timer('remind'))
      .yields([{ type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy }])
      .leaving({ version: 2, clockRun: 1, status: 'offered' });
  });

  for (const late of [respondBy, at('15:16')]) {
    it(`do not remind at ${late.toISOString().slice(11, 16)}, when the answer was due by 15:15`, () => {
      given(offered(), { now: late }).when(timer('remind')).refuses({ refused: 'stale' });
    });
  }

  it('mark the breach at the due time', () => {
    given(offered(), { now: onTime })
      .when(timer('breach'))
      .yields([{ type: 'breached', clock: 'acknowledge', due: respondBy }])
      .leaving({ ackBreachedAt: onTime, touchBreachedAt: null, status: 'offered' });
  });

  it('mark a missed touch apart from a missed answer', () => {
    given(accepted(), { now: touchBy })
      .when(timer('breach', { clock: 'touch', run: 2 }))
      .yields([{ type: 'breached', clock: 'touch', due: touchBy }])
      .leaving({ ackBreachedAt: null, touchBreachedAt: touchBy });
  });

  it('mark the same breach once, however often the timer comes', () => {
    const { after } = given(offered(), { now: onTime }).when(timer('breach'));
    given(after, { now: at('15:16') })
      .when(timer('breach'))
      .refuses({ refused: 'stale' });
  });

  it('mark the breach at the due time also by a clock that is behind', () => {
    const { after } = given(offered(), { now: at('15:14:58') }).when(timer('breach'));
    expect(after.ackBreachedAt).toEqual(respondBy);
    given(after, { now: at('15:14:59') })
      .when(timer('breach'))
      .refuses({ refused: 'stale' });
  });

  it('mark a second breach when the grace has run out as well', () => {
    const late = offered({ ackBreachedAt: respondBy, respondBy: at('15:35'), clockRun: 2 });
    given(late, { now: at('15:35') })
      .when(timer('breach', { run: 2 }))
      .yields([{ type: 'breached', clock: 'acknowledge', due: at('15:35') }])
      .leaving({ ackBreachedAt: at('15:35') });
  });

  it('tell the manager, who is on the handoff from then on', () => {
    given(offered({ ackBreachedAt: onTime }), { now: onTime })
      .when(timer('tellManager'))
      .yields([{ type: 'escalated', clock: 'acknowledge', manager: grace }])
      .leaving({ escalatedTo: grace });
  });

  it('do nothing when the handoff has moved on', () => {
    const moved: [string, Handoff, object][] = [
      ['accepted: the answer came', accepted(), { run: 1 }],
      ['accepted: right run, wrong clock', accepted(), { run: 2 }],
      ['working: nothing is due', working(), { clock: 'touch', run: 2 }],
      ['closed', closed(), { run: 1 }],
      ['grace was given', offered({ clockRun: 2 }), { run: 1 }],
      ['an older store asks for a run to come', offered(), { run: 2 }],
    ];
    for (const [why, handoff, override] of moved) {
      for (const type of ['remind', 'breach', 'tellManager'] as const) {
        expect([why, verdict(handoff, timer(type, override), at('15:01'))]).toEqual([why, 'no: stale']);
      }
    }
  });
});

describe('delivery', () => {
  const delivered = (to: PersonId): Command => ({ type: 'markDelivered', to });

  for (const prompt of [at('15:00:02'), at('15:01:00')]) {
    it(`at ${prompt.toISOString().slice(11, 19)} leaves the due time, counted from 15:00, as it was`, () => {
      given(offered(), { now: prompt })
        .when(delivered(ada))
        .yields([{ type: 'delivered', to: ada, respondBy }])
        .leaving({ deliveredAt: prompt, respondBy, clockRun: 1, version: 2 });
    });
  }

  it('more than a minute late restarts the acknowledge clock: the delay is ours, not the rep’s', () => {
    const late = at('15:04');
    given(offered(), { now: late })
      .when(delivered(ada))
      .yields([{ type: 'delivered', to: ada, respondBy: at('15:19') }])
      .leaving({ deliveredAt: late, respondBy: at('15:19'), clockRun: 2 });
  });

  it('later than the due time takes back the breach that nobody could have prevented', () => {
    given(offered({ ackBreachedAt: respondBy }), { now: at('15:40') })
      .when(delivered(ada))
      .leaving({ respondBy: at('15:55'), ackBreachedAt: null, clockRun: 2 });
  });

  it('late to the manager instead of the rep restarts nothing', () => {
    given(offered({ unreachable: 'has no account in Slack' }), { now: at('15:04') })
      .when(delivered(grace))
      .leaving({ respondBy, clockRun: 1 });
  });

  it('counts once', () => {
    given(offered({ deliveredAt: at('15:00:02') }))
      .when(delivered(ada))
      .refuses({ refused: 'stale' });
  });

  describe('to a rep who could not be reached, and is found after all', () => {
    // Grace, who was told, has had her card since 15:00:02.
    const lost = { unreachable: 'has no account in Slack', escalatedTo: grace, deliveredAt: at('15:00:02') };

    it('restarts the acknowledge clock, and takes back the breach', () => {
      given(offered({ ...lost, ackBreachedAt: respondBy }), { now: at('15:40') })
        .when(delivered(ada))
        .yields([{ type: 'delivered', to: ada, respondBy: at('15:55') }])
        .leaving({ unreachable: null, respondBy: at('15:55'), ackBreachedAt: null, clockRun: 2 });
    });

    it('within a minute leaves the due time as it was', () => {
      given(offered(lost), { now: at('15:00:50') })
        .when(delivered(ada))
        .yields([{ type: 'delivered', to: ada, respondBy }])
        .leaving({ unreachable: null, respondBy, clockRun: 1 });
    });

    it('leaves the longer time that the manager gave', () => {
      const generous = at('19:15');
      given(offered({ ...lost, respondBy: generous, clockRun: 2 }), { now: at('15:40') })
        .when(delivered(ada))
        .yields([{ type: 'delivered', to: ada, respondBy: generous }])
        .leaving({ unreachable: null, respondBy: generous, clockRun: 2 });
    });

    it('leaves when the card first reached somebody as it was', () => {
      given(offered(lost), { now: at('15:40') })
        .when(delivered(ada))
        .leaving({ deliveredAt: at('15:00:02') });
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
  const unreachable: Command = {
    type: 'markUnreachable',
    rep: ada,
    why: 'has no account in Slack',
  };

  it('puts the manager on the handoff', () => {
    given(offered())
      .when(unreachable)
      .yields([{ type: 'unreachable', rep: ada, why: 'has no account in Slack', manager: grace }])
      .leaving({
        unreachable: 'has no account in Slack',
        escalatedTo: grace,
        status: 'offered',
      });
  });

  it('is told once, of the one who holds it, while it is open', () => {
    for (const handoff of [
      offered({ unreachable: 'told before' }),
      offered({ assignment: assignment({ rep: ben }) }),
      closed(),
    ]) {
      given(handoff).when(unreachable).refuses({ refused: 'stale' });
    }
  });
});

describe('evolving', () => {
  const events: Exclude<HandoffEvent, { type: 'offered' }>[] = [
    { type: 'delivered', to: ada, respondBy },
    { type: 'unreachable', rep: ada, why: 'gone', manager: grace },
    { type: 'accepted', touchBy },
    { type: 'touched', touch: touch() },
    { type: 'disqualified', reason: 'not_a_fit', note: '' },
    { type: 'reassigned', from: ada, assignment: assignment({ rep: ben, at: assignedAt }), respondBy },
    { type: 'graceGiven', clock: 'acknowledge', until: touchBy },
    { type: 'graceGiven', clock: 'touch', until: touchBy },
    { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy },
    { type: 'breached', clock: 'acknowledge', due: respondBy },
    { type: 'breached', clock: 'touch', due: touchBy },
    { type: 'escalated', clock: 'touch', manager: grace },
  ];

  it('is total: every event in every status counts one version, never turns the clock’s run back', () => {
    for (const handoff of Object.values(inEachStatus)) {
      for (const event of events) {
        const next = evolve(handoff, event, closedAt);
        expect(next.version).toBe(handoff.version + 1);
        expect(next.clockRun).toBeGreaterThanOrEqual(handoff.clockRun);
      }
    }
  });

  it('leaves the handoff before untouched', () => {
    const before = structuredClone(inEachStatus);
    for (const handoff of Object.values(inEachStatus))
      for (const event of events) evolve(handoff, event, closedAt);
    expect(inEachStatus).toEqual(before);
  });

  it('offers once', () => {
    expect(() => evolve(offered(), offeredEvent, now)).toThrow(RangeError);
  });
});

describe('the running clock', () => {
  const table: [Status, ReturnType<typeof running>][] = [
    ['offered', { clock: 'acknowledge', due: respondBy, run: 1, rep: ada }],
    ['accepted', { clock: 'touch', due: touchBy, run: 2, rep: ada }],
    ['working', null],
    ['closed', null],
  ];
  for (const [status, clock] of table) {
    it(`of a handoff that is ${status} is ${clock?.clock ?? 'none'}`, () => {
      expect(running(inEachStatus[status])).toEqual(clock);
    });
  }
});
