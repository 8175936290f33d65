import { describe, expect, it } from 'vitest';
import { evolve, type Handoff, type HandoffEvent, offer } from '../../../src/domain/handoff/handoff.ts';
import { whyLifted, withPauses } from '../../../src/domain/handoff/pause.ts';
import type { Policy, Suppression } from '../../../src/domain/policy/policy.ts';
import { toBen } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  minutesAfter,
  offered,
  policy,
  reason,
  targets,
  touch,
  touchBy,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';

const day = 1440;
const lease = 30 * day;
const suppression: Suppression = {
  from: 'offer',
  leaseMinutes: lease,
  afterDealMinutes: 10 * day,
  segment: null,
};
const fromAcceptance = { ...suppression, from: 'accept' } as const;

const rules = (how: Suppression | null): Policy =>
  policy({
    suppression: how,
    disqualifyReasons: [reason('not_a_fit', 'Not a fit'), reason('student', 'Student', { keepsPause: true })],
  });

const now = at('15:30');
const paused = { since: assignedAt, until: minutesAfter(assignedAt, lease) };
const renewedNow = { since: assignedAt, until: minutesAfter(now, lease) };

const acceptance: HandoffEvent = { type: 'accepted', touchBy, granted: null };
const called: HandoffEvent = { type: 'touched', touch: touch() };
const foundCall: HandoffEvent = {
  type: 'touched',
  touch: touch(),
  found: { recordId: '9', rep: ada, at: minutesAfter(now, -2 * day) },
};
const disqualified = (name: string): HandoffEvent => ({ type: 'disqualified', reason: name, note: '' });
const gaveUp = (name: string): HandoffEvent => ({ type: 'gaveUp', reason: name, note: '' });
const recycled = (name: string): HandoffEvent => ({
  type: 'recycled',
  reason: name,
  note: '',
  lock: { until: null, unless: [] },
  revisitAt: null,
  lifecycle: null,
  leadStatus: null,
});
const overturned = (clock: 'acknowledge' | 'touch'): HandoffEvent => ({
  type: 'overturned',
  ended: 'disqualified',
  begun: { clock, due: touchBy, granted: null },
});
const withdrawn: HandoffEvent = { type: 'withdrawn', why: 'gone' };
const deal: HandoffEvent = { type: 'dealCreated', recordId: '6', at: minutesAfter(now, -day) };

const pauseAfter = (handoff: Handoff, event: HandoffEvent, how: Suppression | null = suppression) =>
  withPauses(handoff, [event], rules(how), now).reduce((state, one) => evolve(state, one, now), handoff)
    .pause;

const sentBack = evolve(accepted({ pause: paused }), disqualified('not_a_fit'), now, ada);

describe('a pause of nurture', () => {
  const begin = (how: Suppression | null) =>
    offer(assignment(), targets(), 'sent in a form', rules(how), { ownerId: null, since: null });

  it('begins with the offer, for the time of its lease', () => {
    expect(begin(suppression).pausedUntil).toEqual(paused.until);
  });

  it('does not begin with the offer where the acceptance is what begins it', () => {
    expect(begin(fromAcceptance)).not.toHaveProperty('pausedUntil');
  });

  it('is none, and no event says a word of it, where the policy has no suppression', () => {
    expect(begin(null)).not.toHaveProperty('pausedUntil');
    const events = [acceptance, called, toBen, disqualified('student')];
    expect(withPauses(offered(), events, rules(null), now)).toBe(events);
  });

  const table: [title: string, Handoff, HandoffEvent, Handoff['pause'], Suppression?][] = [
    ['begins with the acceptance', offered(), acceptance, { ...renewedNow, since: now }, fromAcceptance],
    ['is renewed by the acceptance', offered({ pause: paused }), acceptance, renewedNow],
    ['is renewed by a touch', accepted({ pause: paused }), called, renewedNow],
    ['is renewed by every further touch', working({ pause: paused }), called, renewedNow],
    ['begins anew with a touch, after its lease was over', working(), called, { ...renewedNow, since: now }],
    [
      'does not become shorter by a touch of days ago that is found now',
      accepted({ pause: { since: assignedAt, until: minutesAfter(now, lease - day) } }),
      foundCall,
      { since: assignedAt, until: minutesAfter(now, lease - day) },
    ],
    ['is renewed when the lead goes to another rep', accepted({ pause: paused }), toBen, renewedNow],
    [
      'goes on with another rep who has not accepted',
      accepted({ pause: paused }),
      toBen,
      renewedNow,
      fromAcceptance,
    ],
    ['waits for the acceptance of another rep', offered(), toBen, null, fromAcceptance],
    ['ends when the lead is disqualified', accepted({ pause: paused }), disqualified('not_a_fit'), null],
    [
      'stays for a new lease with a reason that says so',
      accepted({ pause: paused }),
      disqualified('student'),
      renewedNow,
    ],
    ['ends when the lead is given up', working({ pause: paused }), gaveUp('not_a_fit'), null],
    ['stays so also when the lead is given up', working({ pause: paused }), gaveUp('student'), renewedNow],
    ['does not begin with the end of a handoff that had none', accepted(), disqualified('student'), null],
    [
      'ends when the lead goes back to nurture until a day',
      working({ pause: paused }),
      recycled('not_a_fit'),
      null,
    ],
    [
      'stays with such a reason too, if it says so',
      working({ pause: paused }),
      recycled('student'),
      renewedNow,
    ],
    [
      'begins anew when the manager has the lead go on',
      sentBack,
      overturned('touch'),
      { ...renewedNow, since: now },
    ],
    [
      'begins so only where the rep had accepted, if that is what begins it',
      sentBack,
      overturned('acknowledge'),
      null,
      fromAcceptance,
    ],
    ['ends when the handoff is withdrawn', offered({ pause: paused }), withdrawn, null],
    [
      'lasts so long after the deal as the policy says, from the making of the deal',
      working({ pause: paused }),
      deal,
      { since: assignedAt, until: minutesAfter(now, 9 * day) },
    ],
    ['does not begin with a deal', working(), deal, null],
    ['ends by itself', accepted({ pause: paused }), { type: 'pauseEnded', why: 'leaseOver' }, null],
  ];
  it.each(table)('%s', (_, handoff, event, expected, how = suppression) => {
    expect(pauseAfter(handoff, event, how)).toEqual(expected);
  });

  it('begins also of a handoff that was stored before there were any', () => {
    const { pause: _, ...old } = offered();
    expect(pauseAfter(old as Handoff, acceptance)).toEqual({ ...renewedNow, since: now });
  });

  it('is decided on event by event, as each leaves it', () => {
    const events = withPauses(offered(), [acceptance, disqualified('student')], rules(fromAcceptance), now);
    expect(events.map(({ pausedUntil }) => pausedUntil)).toEqual([renewedNow.until, renewedNow.until]);
  });
});

describe('the end of a lease', () => {
  const over = { type: 'endPause', why: 'leaseOver' } as const;
  const ended = { type: 'pauseEnded', why: 'leaseOver' } as const;
  const until = { pause: { since: assignedAt, until: acceptedAt } };
  const closed = evolve(working(), deal, now);

  it('ends the pause of an open handoff, and of one that became a deal', () => {
    given(accepted(until)).when(over).yields([ended]).leaving({ pause: null, status: 'accepted' });
    given({ ...closed, ...until })
      .when(over)
      .yields([ended])
      .leaving({ pause: null, status: 'closed' });
  });

  it('is none before its time, nor for whoever has no pause', () => {
    given(accepted({ pause: paused }))
      .when(over)
      .refuses({ refused: 'stale' });
    given(accepted()).when(over).refuses({ refused: 'stale' });
  });

  it('comes at any time by hand', () => {
    const byHand = { type: 'endPause', why: 'byHand' } as const;
    given(accepted({ pause: paused }))
      .when(byHand)
      .yields([{ type: 'pauseEnded', why: 'byHand' }]);
  });

  it('comes with the end of the contact only where the handoff is closed: an open one is withdrawn', () => {
    const gone = { type: 'endPause', why: 'gone' } as const;
    given(accepted({ pause: paused }))
      .when(gone)
      .refuses({ refused: 'stale' });
    given({ ...closed, pause: paused })
      .when(gone)
      .yields([{ type: 'pauseEnded', why: 'gone' }]);
  });
});

describe('why a pause was lifted', () => {
  it('is how its handoff ended, or what ended it alone', () => {
    const end = (event: HandoffEvent) => whyLifted(evolve(working({ pause: paused }), event, now), [event]);
    expect(end(disqualified('not_a_fit'))).toBe('disqualified');
    expect(end(gaveUp('not_a_fit'))).toBe('unresponsive');
    expect(end(withdrawn)).toBe('withdrawn');
    expect(end({ type: 'pauseEnded', why: 'leaseOver' })).toBe('leaseOver');
  });
});
