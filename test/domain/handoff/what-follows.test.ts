import { describe, expect, it } from 'vitest';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { answeredBy, refundOf, whatFollows } from '../../../src/domain/handoff/what-follows.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { events, found, granted, toBen } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  chloe,
  closedAt,
  grace,
  offered,
  policy,
  reason,
  respondBy,
  touch,
  touchBy,
  working,
} from '../../support/examples.ts';

describe('an answer', () => {
  const answers: Partial<Record<HandoffEvent['type'], PersonId>> = {
    accepted: ada,
    touched: ada,
    disqualified: grace,
    gaveUp: grace,
    handedBack: grace,
    snoozed: grace,
    graceAsked: grace,
    updated: grace,
  };
  for (const event of events) {
    const who = answers[event.type] ?? null;
    const whose = who === ada ? 'the holder’s' : 'theirs who did it';
    it(`is ${event.type}: ${who ? whose : 'nobody’s'}`, () => {
      expect(answeredBy(offered(), event, grace)).toBe(who);
    });
  }
});

describe('the turn that is given back', () => {
  const rules = policy({
    disqualifyReasons: [reason('spam', 'Spam', { refundsTurn: true }), reason('not_a_fit', 'Not a fit')],
  });
  const disqualified = (why: string): HandoffEvent[] => [{ type: 'disqualified', reason: why, note: '' }];
  const handedBack = (why: string): HandoffEvent[] => [{ type: 'handedBack', reason: why, note: '' }, toBen];
  const turn = { pool: 'Americas', winner: ada, weights: { [ada]: 50, [ben]: 25, [chloe]: 25 } };
  const owned = assignment({ reasons: [{ kind: 'contactOwner', person: ada, taken: true }] });
  const passedOn = (kind: 'reassigned' | 'ownerChanged') => {
    const why = { person: ben, taken: true, turn } as const;
    const reasons = [kind === 'reassigned' ? { kind, by: grace, ...why } : { kind, ...why }];
    return offered({ assignment: assignment({ rep: ben, reasons }) });
  };
  const table: [title: string, Handoff, HandoffEvent[], ReturnType<typeof refundOf>][] = [
    ['is the one that was taken for a lead that was none', offered(), disqualified('spam'), turn],
    [
      'is likewise for one that nobody can reach',
      offered(),
      [{ type: 'gaveUp', reason: 'spam', note: '' }],
      turn,
    ],
    ['is theirs who hand back what was not for them', offered(), handedBack('wrong_territory'), turn],
    ['is none when it was handed back for another reason', offered(), handedBack('other'), null],
    ['is none for any other reason', offered(), disqualified('not_a_fit'), null],
    ['is none for a reason that the policy has no more', offered(), disqualified('gone'), null],
    ['is none while nothing is closed', offered(), [{ type: 'accepted', touchBy, granted }], null],
    ['is none of an owner, who took no turn', offered({ assignment: owned }), disqualified('spam'), null],
    [
      'is that of whom it was taken from, when a manager chose somebody else',
      passedOn('reassigned'),
      disqualified('spam'),
      turn,
    ],
    [
      'is that of whom it was taken from, when somebody changed the owner in HubSpot',
      passedOn('ownerChanged'),
      disqualified('spam'),
      turn,
    ],
  ];
  for (const [title, handoff, news, refund] of table) {
    it(title, () => {
      expect(refundOf(handoff, news, rules)).toEqual(refund);
    });
  }
});

describe('what is brought up to date', () => {
  const outdated = (handoff: Handoff, ...happened: HandoffEvent[]) =>
    whatFollows(handoff, happened, policy(), { by: null, at: closedAt }).outdated;
  const arrived: HandoffEvent = { type: 'delivered', to: ada, respondBy, granted };

  it('is nothing when a card arrived, which the job that sent it tells itself', () => {
    expect(outdated(offered(), arrived)).toEqual({ cards: false, crm: false });
  });

  it('is everything when the due time moved with that', () => {
    expect(outdated(offered(), { ...arrived, respondBy: touchBy })).toEqual({ cards: true, crm: true });
  });

  const told = [
    ...['accepted', 'touched', 'disqualified', 'gaveUp', 'handedBack', 'reassigned', 'graceGiven'],
    ...[
      'rescheduled',
      'resumed',
      'meetingCalledOff',
      'strengthened',
      'dealCreated',
      'dealWon',
      'withdrawn',
      'undone',
    ],
  ];
  for (const event of events.filter(({ type }) => type !== 'delivered')) {
    const crm = told.includes(event.type);
    it(`are the cards after ${event.type}, and HubSpot ${crm ? 'too' : 'is not told'}`, () => {
      expect(outdated(working(), event)).toEqual({ cards: true, crm });
    });
  }

  it('is HubSpot too after what it need not hear of, when nothing is due any more', () => {
    const met: HandoffEvent = { type: 'meetingBooked', recordId: '7002', at: closedAt };
    expect(outdated(accepted(), met)).toEqual({ cards: true, crm: true });
  });
});

describe('the cards that people let pass', () => {
  const reached = offered({ reachedAt: assignedAt });
  const passed: HandoffEvent = {
    type: 'breached',
    clock: 'acknowledge',
    due: respondBy,
    rep: ada,
    unanswered: true,
  };
  const missed = (handoff: Handoff, by: PersonId | null, ...happened: HandoffEvent[]) =>
    whatFollows(handoff, happened, policy(), { by, at: closedAt }).missed;

  it('are those that nobody answered who could, with when they came and were due', () => {
    const one = { rep: ada, reachedAt: assignedAt, due: respondBy };
    expect(missed(reached, null, passed)).toEqual({ passed: [one], answered: [] });
  });

  it('are none that did not arrive, and none that somebody had no time to answer', () => {
    expect(missed(offered({ reachedAt: null }), null, passed).passed).toEqual([]);
    const { unanswered: _, ...breached } = { ...passed, unanswered: true as const };
    expect(missed(reached, null, breached).passed).toEqual([]);
  });

  it('are forgotten of who answers one: of who takes a lead over, not of who had it', () => {
    const taken: HandoffEvent[] = [toBen, { type: 'accepted', touchBy, granted }];
    expect(missed(reached, ben, ...taken)).toEqual({ passed: [], answered: [ben] });
  });
});

describe('when it was accepted', () => {
  const acceptance = (...happened: HandoffEvent[]) =>
    whatFollows(offered(), happened, policy(), { by: ada, at: acceptedAt }).acceptedAt;

  it('is known also when it went on at once', () => {
    const over: HandoffEvent = { type: 'disqualified', reason: 'not_a_fit', note: '' };
    expect(
      acceptance({ type: 'accepted', touchBy, granted }, { type: 'touched', touch: touch() }, over),
    ).toEqual(acceptedAt);
  });

  it('is when the rep had reached out, as HubSpot tells', () => {
    expect(acceptance({ type: 'accepted', touchBy, granted, since: assignedAt }, found(assignedAt))).toEqual(
      assignedAt,
    );
  });

  it('is unknown after anything else', () => {
    expect(acceptance({ type: 'snoozed', until: at('15:05') })).toBeNull();
  });
});
