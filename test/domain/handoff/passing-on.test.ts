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
import {
  accepted,
  ada,
  assignment,
  at,
  ben,
  chloe,
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
  touchedAt,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';
import { accept, disqualify, handBack, logTouch, now, reassign, rules, takeIt } from './commands.ts';

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
