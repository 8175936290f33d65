import { describe, expect, it } from 'vitest';
import {
  begin,
  evolve,
  type HandoffEvent,
  offer,
  openTo,
  running,
} from '../../../src/domain/handoff/handoff.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { budget, events, found, heldUp, toBen } from '../../support/events.ts';
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
  grace,
  offered,
  offeredEvent,
  policy,
  qualifiedAt,
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

describe('a handoff begins', () => {
  it('offered to the routed rep, to be answered within the target of their working time', () => {
    expect(
      offer(assignment(), targets(), offeredEvent.evidence, policy(), { ownerId: null, since: null }),
    ).toEqual({
      ...offeredEvent,
      ownerSeen: { ownerId: null, since: null },
    });
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
    openTo: [chloe],
    unreachable: 'no account',
    escalatedTo: grace,
    ackBreachedAt: respondBy,
    snoozes: 2,
    snoozedUntil: at('15:35'),
    asked: { until: at('17:00'), due: at('18:00') },
    pingedAt: acceptedAt,
    attempts: [touchedAt],
    firstTouchAt: touchedAt,
    meetingAt: touchedAt,
  });
  const after = afterAll(busy, [toBen], closedAt);

  it('is what was reached: the lead’s wait is measured once', () => {
    expect(after).toMatchObject({
      acknowledgedAt: acceptedAt,
      firstTouchAt: touchedAt,
      meetingAt: touchedAt,
      attempts: [touchedAt],
      deliveredAt: at('15:00:02'),
      ackBreachedAt: respondBy,
      escalatedTo: grace,
    });
  });

  it('is nothing of their dealings with the card', () => {
    expect(after).toMatchObject({
      status: 'offered',
      reachedAt: null,
      openTo: [],
      unreachable: null,
      pingedAt: null,
      snoozes: 0,
      snoozedUntil: null,
      asked: null,
      granted: { from: closedAt, minutes: 15 },
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
    openTo: [ben],
    snoozedUntil: at('15:35'),
    asked: { until: at('17:00'), due: at('18:00') },
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
        acknowledgedAt: acceptedAt,
        firstTouchAt: touchedAt,
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

describe('what HubSpot would not take', () => {
  const wanted: HandoffEvent = { type: 'heldUp', heldUp, asked: ada };
  const waiting = evolve(accepted(), wanted, closedAt);

  it('is known until it takes it, whoever has the lead and also after the end', () => {
    expect(waiting).toMatchObject({ heldUp, status: 'accepted', clockRun: accepted().clockRun });
    expect(evolve(waiting, toBen, closedAt).heldUp).toEqual(heldUp);
    const ended = evolve(waiting, { type: 'disqualified', reason: 'timing', note: '' }, closedAt);
    expect(ended).toMatchObject({ status: 'closed', heldUp });
    const filledIn = { type: 'updated', values: [budget], heldUp: null } as const;
    expect(evolve(ended, filledIn, closedAt)).toMatchObject({ status: 'closed', heldUp: null });
  });

  it('is of no matter once the contact is no more', () => {
    const withdrawn = { type: 'withdrawn', why: 'the contact was deleted' } as const;
    expect(evolve(waiting, withdrawn, closedAt).heldUp).toBeNull();
  });
});
