import { describe, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { isMoved, type LeadRecordStanding, standingsOf } from '../../../src/domain/handoff/lead-record.ts';
import {
  ada,
  assignment,
  at,
  leadRecordPortal,
  logged,
  offeredEvent,
  touch,
} from '../../support/examples.ts';

const granted = offeredEvent.granted;
const accepted: HandoffEvent = { type: 'accepted', touchBy: at('16:05'), granted };
const touched = (outcome: ReturnType<typeof touch>['outcome']): HandoffEvent => ({
  type: 'touched',
  touch: touch({ outcome }),
});
const meetingBooked: HandoffEvent = { type: 'meetingBooked', recordId: '1', at: at('15:30') };
const recycled: HandoffEvent = {
  type: 'recycled',
  reason: 'timing',
  note: 'in May',
  lock: { until: null, unless: 'stronger' },
  revisitAt: at('16:00'),
  lifecycle: null,
  leadStatus: null,
};
const reassigned: HandoffEvent = {
  type: 'reassigned',
  from: ada,
  assignment: assignment(),
  respondBy: at('16:00'),
  granted,
};

describe('the Lead object of a handoff', () => {
  const cases: [title: string, events: HandoffEvent[], LeadRecordStanding][] = [
    ['that was offered is new', [], { stage: 'new', reason: null }],
    ['that was accepted is new until somebody tried', [accepted], { stage: 'new', reason: null }],
    ['that nobody answered is being attempted', [touched('noAnswer')], { stage: 'attempting', reason: null }],
    ['that was written to is being attempted', [touched('sent')], { stage: 'attempting', reason: null }],
    ['that somebody spoke to is connected', [touched('connected')], { stage: 'connected', reason: null }],
    [
      'with whom a meeting was arranged is connected',
      [touched('booked')],
      { stage: 'connected', reason: null },
    ],
    ['that booked a meeting itself is connected', [meetingBooked], { stage: 'connected', reason: null }],
    [
      'stays connected when a later call is not taken',
      [touched('connected'), touched('noAnswer')],
      { stage: 'connected', reason: null },
    ],
    [
      'stays where it is when the meeting is called off',
      [meetingBooked, { type: 'meetingCalledOff', recordId: '1', rep: ada, begun: null }],
      { stage: 'connected', reason: null },
    ],
    [
      'stays where it is when somebody else gets the lead',
      [touched('noAnswer'), reassigned],
      { stage: 'attempting', reason: null },
    ],
    [
      'that became a deal is qualified, and stays so when it is won',
      [
        touched('connected'),
        { type: 'dealCreated', recordId: '7', at: at('15:40') },
        { type: 'dealWon', recordId: '7', at: at('15:50') },
      ],
      { stage: 'qualified', reason: null },
    ],
    [
      'that was disqualified is unqualified, with the reason',
      [{ type: 'disqualified', reason: 'not_a_fit', note: '' }],
      { stage: 'unqualified', reason: 'not_a_fit' },
    ],
    [
      'that never answered is unqualified, with the reason',
      [touched('noAnswer'), { type: 'gaveUp', reason: 'no_answer', note: '' }],
      { stage: 'unqualified', reason: 'no_answer' },
    ],
    [
      'whose time has not come is unqualified until it comes back, which is another attempt',
      [touched('connected'), recycled],
      { stage: 'unqualified', reason: 'timing' },
    ],
    [
      'goes on where it was when the manager thinks otherwise',
      [
        touched('noAnswer'),
        { type: 'disqualified', reason: 'not_a_fit', note: '' },
        { type: 'overturned', ended: 'disqualified', begun: null },
      ],
      { stage: 'attempting', reason: null },
    ],
    [
      'that was withdrawn is unqualified without one',
      [{ type: 'withdrawn', why: 'Already a customer', excluded: 'Already a customer' }],
      { stage: 'unqualified', reason: null },
    ],
  ];
  test.each(cases)('%s', (_, events, standing) => {
    const log = logged(...events.map((event): [Date, null, HandoffEvent] => [at('15:20'), null, event]));
    expect(standingsOf(log).at(-1)?.standing).toEqual(standing);
  });

  test('is told of after each event, so that what HubSpot knows of it can be told', () => {
    const log = logged(
      [at('15:05'), ada, accepted],
      [at('15:10'), ada, touched('noAnswer')],
      [at('15:20'), ada, touched('connected')],
    );
    expect(standingsOf(log).map(({ seq, standing }) => [seq, standing.stage])).toEqual([
      [1, 'new'],
      [2, 'new'],
      [3, 'attempting'],
      [4, 'connected'],
    ]);
  });
});

describe('a Lead object is moved', () => {
  const [pipeline] = leadRecordPortal().pipelines;
  const moves = (from: string, to: string, ...put: string[]) =>
    pipeline !== undefined && isMoved({ pipeline, put: new Set(put) }, from, to);

  test('forward, wherever it stands', () => {
    expect(moves('new-stage-id', 'connected-stage-id')).toBe(true);
    expect(moves('1311814182', 'unqualified-stage-id')).toBe(true);
  });

  test('not back from where somebody has moved it by hand, also to a stage of their own', () => {
    expect(moves('connected-stage-id', 'attempting-stage-id', 'new-stage-id')).toBe(false);
    expect(moves('1311814182', 'connected-stage-id', 'attempting-stage-id')).toBe(false);
  });

  test('back from where the bot has put it itself', () => {
    expect(moves('unqualified-stage-id', 'attempting-stage-id', 'unqualified-stage-id')).toBe(true);
  });

  test('not out of a stage in which somebody has closed it, nor to where it is, nor out of a stage unknown', () => {
    expect(moves('qualified-stage-id', 'unqualified-stage-id', 'connected-stage-id')).toBe(false);
    expect(moves('new-stage-id', 'new-stage-id', 'new-stage-id')).toBe(false);
    expect(moves('gone', 'connected-stage-id')).toBe(false);
  });
});
