import { describe, expect, it } from 'vitest';
import {
  answeredBy,
  begin,
  evolve,
  type Handoff,
  type HandoffEvent,
  offer,
  openTo,
  refundOf,
  running,
} from '../../../src/domain/handoff/handoff.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
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
  offered,
  offeredEvent,
  policy,
  qualifiedAt,
  reason,
  respondBy,
  targets,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { afterAll } from '../../support/given.ts';

const inEachStatus = { offered: offered(), accepted: accepted(), working: working(), closed: closed() };
type Status = keyof typeof inEachStatus;

const granted = { from: assignedAt, minutes: 15 };
const toBen: Extract<HandoffEvent, { type: 'reassigned' }> = {
  type: 'reassigned',
  from: ada,
  assignment: assignment({ rep: ben, at: closedAt }),
  respondBy: at('15:55'),
  granted: { from: closedAt, minutes: 15 },
};
const found = (when: Date): HandoffEvent => ({
  type: 'touched',
  touch: touch(),
  found: { recordId: '7001', rep: ada, at: when },
});

/** One of every event but the first, and the further forms of those that have more than one. */
const events: Exclude<HandoffEvent, { type: 'offered' }>[] = [
  { type: 'delivered', to: ada, respondBy, granted },
  { type: 'unreachable', rep: ada, why: 'gone', manager: grace },
  { type: 'accepted', touchBy, granted },
  { type: 'accepted', touchBy, granted, since: assignedAt },
  { type: 'touched', touch: touch() },
  found(touchedAt) as Extract<HandoffEvent, { type: 'touched' }>,
  { type: 'disqualified', reason: 'not_a_fit', note: '' },
  { type: 'gaveUp', reason: 'no_answer', note: '' },
  { type: 'handedBack', reason: 'other', note: 'conflict' },
  { type: 'snoozed', until: at('15:35') },
  { type: 'snoozeEnded', clock: 'touch', rep: ada, due: touchBy },
  { type: 'graceAsked', clock: 'touch', until: at('17:00'), due: at('18:00'), manager: grace },
  toBen,
  { type: 'graceGiven', clock: 'acknowledge', until: touchBy, granted },
  { type: 'graceGiven', clock: 'touch', until: at('18:00'), granted: null, snoozedUntil: at('17:00') },
  { type: 'rescheduled', clock: 'acknowledge', due: touchBy, why: 'vacation', manager: grace },
  { type: 'rescheduled', clock: 'touch', due: touchBy, why: 'vacation', manager: null },
  { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy, loud: true },
  { type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada, unanswered: true },
  { type: 'breached', clock: 'touch', due: touchBy, rep: ada, late: true },
  { type: 'offeredToTeam', clock: 'touch', team: 'Americas', openTo: [ben] },
  { type: 'escalated', clock: 'touch', manager: grace },
  { type: 'nobodyFree', clock: 'touch', wanted: 'reassign', why: 'all away' },
  { type: 'channelTold', clock: 'touch', platform: 'slack', channel: 'C0HANDOFFS1' },
  { type: 'pinged', rep: ada, due: respondBy },
  { type: 'shown', to: grace },
  { type: 'meetingBooked', recordId: '7002', at: touchedAt },
  { type: 'dealCreated', recordId: '8001', at: touchedAt },
  { type: 'dealWon', recordId: '8001', at: touchedAt },
  { type: 'ownerLost', ownerId: null, manager: grace },
  { type: 'withdrawn', why: 'the contact was deleted' },
];

describe('a handoff begins', () => {
  it('offered to the routed rep, to be answered within the target of their working time', () => {
    expect(offer(assignment(), targets(), 'sent in "Request a Demo"', policy())).toEqual(offeredEvent);
  });

  it('at version 1, on the first run of its clock, with no milestone reached', () => {
    const { id, leadId, trigger, policyVersion } = offered();
    const facts = { id, leadId, trigger, policyVersion, targets: targets(), qualifiedAt };
    expect(begin(facts, offeredEvent)).toEqual(offered());
  });

  it('open to those to whom routing offered it', () => {
    const pool = assignment({ rep: grace, openTo: [ben, chloe] });
    expect(begin(offered(), { ...offeredEvent, assignment: pool }).openTo).toEqual([ben, chloe]);
  });
});

describe('evolving', () => {
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
    expect(() => evolve(offered(), offeredEvent, acceptedAt)).toThrow(RangeError);
  });

  it('of what only has to be known changes nothing but the version', () => {
    const silent = ['reminded', 'nobodyFree', 'channelTold'];
    for (const event of events.filter(({ type }) => silent.includes(type))) {
      expect(evolve(accepted(), event, closedAt)).toEqual(accepted({ version: 4 }));
    }
  });
});

describe('what is kept of the one who had it before', () => {
  const busy = accepted({
    ...{ openTo: [chloe], unreachable: 'no account', escalatedTo: grace, ackBreachedAt: respondBy },
    ...{ snoozes: 2, snoozedUntil: at('15:35'), asked: { until: at('17:00'), due: at('18:00') } },
    ...{ pingedAt: acceptedAt, attempts: [touchedAt], firstTouchAt: touchedAt, meetingAt: touchedAt },
  });
  const after = afterAll(busy, [toBen], closedAt);

  it('is what was reached: the lead’s wait is measured once', () => {
    expect(after).toMatchObject({
      ...{ acknowledgedAt: acceptedAt, firstTouchAt: touchedAt, meetingAt: touchedAt },
      ...{ attempts: [touchedAt], deliveredAt: at('15:00:02'), ackBreachedAt: respondBy, escalatedTo: grace },
    });
  });

  it('is nothing of their dealings with the card', () => {
    expect(after).toMatchObject({
      ...{ status: 'offered', reachedAt: null, openTo: [], unreachable: null, pingedAt: null },
      ...{ snoozes: 0, snoozedUntil: null, asked: null, granted: { from: closedAt, minutes: 15 } },
    });
  });
});

describe('the end', () => {
  const ends: [title: string, HandoffEvent, outcome: string, reason: string | null][] = [
    [
      'by disqualifying',
      { type: 'disqualified', reason: 'not_a_fit', note: '' },
      'disqualified',
      'not_a_fit',
    ],
    ['by giving up', { type: 'gaveUp', reason: 'no_answer', note: '' }, 'unresponsive', 'no_answer'],
    ['by withdrawing', { type: 'withdrawn', why: 'deleted' }, 'withdrawn', 'deleted'],
    ['by a deal', { type: 'dealCreated', recordId: '8001', at: touchedAt }, 'converted', null],
  ];
  const disturbed = accepted({
    ...{ openTo: [ben], snoozedUntil: at('15:35'), asked: { until: at('17:00'), due: at('18:00') } },
  });
  for (const [title, event, outcome, why] of ends) {
    it(`${title} is ${outcome}: nothing runs, nobody may claim it, nobody is snoozed`, () => {
      const after = evolve(disturbed, event, closedAt);
      expect(after).toMatchObject({ status: 'closed', closedAt, outcome, reason: why });
      expect(after).toMatchObject({ openTo: [], snoozedUntil: null, asked: null, clockRun: 3 });
    });
  }

  it('by the rep is an answer to the card; by anything else it is none', () => {
    const answers = ends.map(([, event]) => evolve(offered(), event, closedAt).acknowledgedAt);
    expect(answers).toEqual([closedAt, closedAt, null, null]);
  });

  it('moves no milestone that was reached before', () => {
    for (const [, event] of ends) {
      expect(evolve(working(), event, closedAt)).toMatchObject({
        ...{ acknowledgedAt: acceptedAt, firstTouchAt: touchedAt },
      });
    }
  });
});

describe('a touch that was found', () => {
  it('counts from when it was made, also when one that came after it is known already', () => {
    const { attempts, firstTouchAt } = afterAll(working(), [found(at('15:12'))], closedAt);
    expect([attempts, firstTouchAt]).toEqual([[at('15:12'), touchedAt], at('15:12')]);
  });

  it('at or before the due time takes back the breach; one after it does not', () => {
    const breached = accepted({ touchBreachedAt: touchBy });
    expect(evolve(breached, found(touchBy), closedAt).touchBreachedAt).toBeNull();
    expect(evolve(breached, found(at('16:06')), closedAt).touchBreachedAt).toEqual(touchBy);
  });

  it('after the due time takes back nothing, even when the breach was noted after it, as after a pause', () => {
    const missed: HandoffEvent = { type: 'breached', clock: 'touch', due: touchBy, rep: ada, late: true };
    const noted = evolve(accepted(), missed, at('21:00'));
    expect(evolve(noted, found(at('18:00')), at('21:01')).touchBreachedAt).toEqual(touchBy);
  });

  it('of a handoff that is offered or closed tells nothing: it is accepted first', () => {
    expect(evolve(offered(), found(touchedAt), closedAt)).toEqual(offered({ version: 2 }));
    expect(evolve(closed(), found(touchedAt), closedAt)).toEqual(closed({ version: 6 }));
  });
});

describe('a meeting', () => {
  it('that the touch booked is the first, unless there was one before', () => {
    const booked: HandoffEvent = { type: 'touched', touch: touch({ outcome: 'booked' }) };
    expect(evolve(accepted(), booked, touchedAt).meetingAt).toEqual(touchedAt);
    expect(evolve(accepted({ meetingAt: acceptedAt }), booked, touchedAt).meetingAt).toEqual(acceptedAt);
  });

  it('of another kind of touch is none', () => {
    expect(evolve(accepted(), { type: 'touched', touch: touch() }, touchedAt).meetingAt).toBeNull();
  });
});

describe('who may claim it', () => {
  const table: [Status, readonly PersonId[]][] = [
    ['offered', [ben]],
    ['accepted', [ben]],
    ['working', []],
    ['closed', []],
  ];
  for (const [status, people] of table) {
    it(`while it is ${status} is ${people.length === 0 ? 'nobody' : 'whoever it was offered to'}`, () => {
      expect(openTo({ ...inEachStatus[status], openTo: [ben] })).toEqual(people);
    });
  }

  for (const event of events.filter(({ type }) => ['accepted', 'touched', 'reassigned'].includes(type))) {
    it(`is nobody any more once it was ${event.type}`, () => {
      expect(evolve(accepted({ openTo: [ben] }), event, closedAt).openTo).toEqual([]);
    });
  }
});

describe('the running clock', () => {
  const whose = { rep: ada, team: 'Americas', snoozedUntil: null };
  const table: [Status, ReturnType<typeof running>][] = [
    ['offered', { clock: 'acknowledge', due: respondBy, run: 1, ...whose }],
    ['accepted', { clock: 'touch', due: touchBy, run: 2, ...whose }],
    ['working', null],
    ['closed', null],
  ];
  for (const [status, clock] of table) {
    it(`of a handoff that is ${status} is ${clock?.clock ?? 'none'}`, () => {
      expect(running(inEachStatus[status])).toEqual(clock);
    });
  }
});

describe('an answer', () => {
  const answers: Partial<Record<HandoffEvent['type'], PersonId>> = {
    ...{ accepted: ada, touched: ada, disqualified: grace, gaveUp: grace, handedBack: grace },
    ...{ snoozed: grace, graceAsked: grace },
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
