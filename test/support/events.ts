import type { FilledIn, HandoffEvent, HeldUp } from '../../src/domain/handoff/handoff.ts';
import {
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  closedAt,
  grace,
  respondBy,
  targets,
  touch,
  touchBy,
  touchedAt,
} from './examples.ts';

export const granted = { from: assignedAt, minutes: 15 };
export const toBen: Extract<HandoffEvent, { type: 'reassigned' }> = {
  type: 'reassigned',
  from: ada,
  assignment: assignment({ rep: ben, at: closedAt }),
  respondBy: at('15:55'),
  granted: { from: closedAt, minutes: 15 },
};
/** HubSpot wants a budget of whoever accepts. */
export const heldUp: HeldUp = {
  fields: ['lifecycleStage'],
  wants: [{ property: 'budget', label: 'Budget' }],
};
export const budget: FilledIn = { property: 'budget', label: 'Budget', value: '50000', shown: '50,000' };
export const found = (when: Date): HandoffEvent => ({
  type: 'touched',
  touch: touch(),
  found: { recordId: '7001', rep: ada, at: when },
});

export const dealMade = {
  type: 'dealMade',
  recordId: '8001',
  url: 'https://hubspot.example/deals/8001',
  name: 'Northwind Robotics: Demo request',
  stage: { id: 'appointmentscheduled', label: 'Appointment Scheduled' },
  ifDisqualified: 'leave',
} as const satisfies HandoffEvent;
export const meetingBooked = {
  type: 'meetingBooked',
  recordId: '7002',
  at: touchedAt,
} as const satisfies HandoffEvent;

/** One of every event but the first, and the further forms of those that have more than one. */
export const events: Exclude<HandoffEvent, { type: 'offered' }>[] = [
  { type: 'delivered', to: ada, respondBy, granted },
  { type: 'unreachable', rep: ada, why: 'gone', manager: grace },
  { type: 'accepted', touchBy, granted },
  { type: 'accepted', touchBy, granted, since: assignedAt },
  { type: 'touched', touch: touch() },
  found(touchedAt) as Extract<HandoffEvent, { type: 'touched' }>,
  { type: 'touched', touch: touch(), madeAt: assignedAt, next: at('21:00') },
  { type: 'attemptDue', rep: ada, due: at('21:00') },
  { type: 'undone', what: 'accepted', after: 1, since: acceptedAt },
  { type: 'disqualified', reason: 'not_a_fit', note: '' },
  { type: 'gaveUp', reason: 'no_answer', note: '' },
  { type: 'handedBack', reason: 'other', note: 'conflict' },
  { type: 'introSent', rep: ada, sequence: 'Hello', at: acceptedAt },
  { type: 'summarised', text: 'They plan by hand.', model: 'small' },
  { type: 'introNotSent', rep: ada, why: { kind: 'optedOut' } },
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
  { type: 'channelUnreachable', platform: 'slack', channel: 'C0HANDOFFS1', why: 'archived' },
  { type: 'resumed', clock: 'acknowledge', due: touchBy, granted, rep: ada, manager: grace },
  { type: 'pinged', rep: ada, due: respondBy },
  { type: 'shown', to: grace },
  meetingBooked,
  {
    type: 'meetingCalledOff',
    recordId: '7002',
    rep: ada,
    begun: { clock: 'touch', due: touchBy, granted },
  },
  {
    type: 'strengthened',
    trigger: 'demo_request',
    evidence: 'sent in "Demo"',
    targets: targets(),
    rep: ada,
    sooner: { clock: 'acknowledge', due: respondBy, granted },
  },
  { type: 'excluded', name: 'student', why: 'Is a student: job title Student' },
  dealMade,
  { type: 'dealNotMade', because: { open: 'https://hubspot.example/deals/7' } },
  { type: 'dealNotMade', because: { refused: 'it wants another value for amount' } },
  { type: 'dealCreated', recordId: '8001', at: touchedAt },
  { type: 'dealWon', recordId: '8001', at: touchedAt },
  { type: 'heldUp', heldUp, asked: ada },
  { type: 'updated', values: [budget], heldUp: null },
  { type: 'ownerLost', ownerId: null, manager: grace },
  { type: 'withdrawn', why: 'the contact was deleted' },
];
