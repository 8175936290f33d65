import fc from 'fast-check';
import type { Handoff, HandoffEvent, Outcome } from '../../src/domain/handoff/handoff.ts';
import {
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  chloe,
  grace,
  henrik,
  offered,
  respondBy,
  touch,
  touchBy,
} from './examples.ts';
import { type Happened, type Story, tell } from './handoffs-in-columns.ts';
import { beginning, history, play, rules } from './histories.ts';

/** A different id for each number. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

const delivered: HandoffEvent = {
  type: 'delivered',
  to: ada,
  respondBy: at('15:16'),
  granted: { from: at('15:01'), minutes: 15 },
};
const accepted: HandoffEvent = { type: 'accepted', touchBy, granted: { from: acceptedAt, minutes: 60 } };
const breached: HandoffEvent = {
  type: 'breached',
  clock: 'acknowledge',
  due: respondBy,
  rep: ada,
  unanswered: true,
};
const snoozed: HandoffEvent = { type: 'snoozed', until: at('15:40') };
const graceAsked: HandoffEvent = {
  type: 'graceAsked',
  clock: 'acknowledge',
  until: at('18:00'),
  due: at('18:15'),
  manager: grace,
};
const rescued: HandoffEvent = {
  type: 'offeredToTeam',
  clock: 'acknowledge',
  team: 'Americas',
  openTo: [ben, chloe],
};
const reassigned: HandoffEvent = {
  type: 'reassigned',
  from: ada,
  assignment: assignment({
    rep: ben,
    at: at('15:30'),
    reasons: [{ kind: 'reassigned', person: ben, taken: true, by: grace }],
  }),
  respondBy: at('15:45'),
  granted: { from: at('15:30'), minutes: 15 },
};
const dealCreated: HandoffEvent = { type: 'dealCreated', recordId: '8001', at: at('15:30') };
const touched: HandoffEvent = { type: 'touched', touch: touch({ outcome: 'noAnswer', note: '"Näh" 👍' }) };
const found: HandoffEvent = {
  type: 'touched',
  touch: touch({ kind: 'email', outcome: 'sent', note: '' }),
  found: { recordId: '7001', rep: ben, at: at('15:10:00.007') },
};

const by = (clock: string, person: string | null, ...events: HandoffEvent[]): Happened => ({
  at: at(clock),
  by: person,
  events,
});
const comes = by('15:01', null, delivered);
const accepts = by('15:05', ada, accepted);
const calls = by('15:20', ada, touched);

const toTheTeam = offered({
  assignment: assignment({ rep: grace, openTo: [ben, chloe] }),
  openTo: [ben, chloe],
});

/** `outcome`: one that no event leads to any more. */
type Telling = { what: string; start?: Handoff; happened: readonly Happened[]; outcome?: Outcome };

/** Every state in which a handoff can be. */
const tellings: readonly Telling[] = [
  { what: 'offered, on its way', happened: [] },
  { what: 'offered, there', happened: [comes] },
  {
    what: 'out of reach',
    happened: [by('15:01', null, { type: 'unreachable', rep: ada, why: 'no account', manager: grace })],
  },
  { what: 'offered to a team', start: toTheTeam, happened: [by('15:01', null, { ...delivered, to: ben })] },
  { what: 'offered to the rest of the team', happened: [comes, by('15:20', null, breached, rescued)] },
  { what: 'snoozed', happened: [comes, by('15:02', ada, snoozed)] },
  {
    what: 'snoozed and awake again',
    happened: [
      comes,
      by('15:02', ada, snoozed),
      by('15:40', null, { type: 'snoozeEnded', clock: 'acknowledge', rep: ada, due: at('15:45') }),
    ],
  },
  { what: 'a longer snooze asked for', happened: [comes, by('15:02', ada, graceAsked)] },
  {
    what: 'more time given, of which nobody knows the beginning',
    happened: [
      comes,
      by('15:10', grace, { type: 'graceGiven', clock: 'acknowledge', until: at('16:00'), granted: null }),
    ],
  },
  {
    what: 'a longer snooze allowed',
    happened: [
      comes,
      by('15:02', ada, graceAsked),
      by('15:10', grace, {
        type: 'graceGiven',
        clock: 'acknowledge',
        until: at('18:15'),
        granted: { from: at('15:10'), minutes: 0.1 + 0.2 },
        snoozedUntil: at('18:00'),
      }),
    ],
  },
  {
    what: 'escalated',
    happened: [comes, by('15:15', null, { type: 'escalated', clock: 'acknowledge', manager: grace })],
  },
  { what: 'breached', happened: [comes, by('15:16', null, breached)] },
  {
    what: 'asked about',
    happened: [
      comes,
      by('15:12', grace, { type: 'pinged', rep: ada, due: respondBy }, { type: 'shown', to: henrik }),
    ],
  },
  { what: 'accepted', happened: [comes, accepts] },
  {
    what: 'accepted since before',
    happened: [comes, by('15:20', ada, breached, { ...accepted, since: at('15:04') })],
  },
  {
    what: 'accepted and breached',
    happened: [comes, accepts, by('16:05', null, { ...breached, clock: 'touch', due: touchBy })],
  },
  {
    what: 'accepted with a meeting',
    happened: [comes, accepts, by('15:30', null, { type: 'meetingBooked', recordId: '7', at: at('15:29') })],
  },
  { what: 'working', happened: [comes, accepts, calls] },
  {
    what: 'working, touched often',
    happened: [
      comes,
      accepts,
      calls,
      by('15:25', null, found),
      by('15:30', ben, touched),
      by('15:35', ada, { ...touched, touch: touch({ outcome: 'booked' }) }),
    ],
  },
  { what: 'with somebody else', happened: [comes, accepts, by('15:30', grace, reassigned)] },
  {
    what: 'handed back, and on to a third at once',
    happened: [
      comes,
      by('15:30', ada, { type: 'handedBack', reason: 'other', note: 'knows Ben' }, reassigned),
      by('15:31', null, reassigned, {
        ...reassigned,
        from: ben,
        assignment: assignment({ rep: chloe, at: at('15:31') }),
      }),
    ],
  },
  {
    what: 'disqualified',
    happened: [
      comes,
      accepts,
      calls,
      by('15:40', ada, { type: 'disqualified', reason: 'not_a_fit', note: '' }),
    ],
  },
  {
    what: 'recycled',
    happened: [comes, by('15:40', ada, { type: 'disqualified', reason: 'timing', note: 'in autumn' })],
    outcome: 'recycled',
  },
  {
    what: 'given up',
    happened: [comes, accepts, calls, by('15:40', ada, { type: 'gaveUp', reason: 'no_answer', note: '' })],
  },
  {
    what: 'withdrawn before anybody had it',
    happened: [by('15:02', null, { type: 'withdrawn', why: 'the contact was deleted' })],
  },
  { what: 'converted', happened: [comes, accepts, calls, by('15:40', null, dealCreated)] },
  {
    what: 'converted and won',
    happened: [
      comes,
      accepts,
      calls,
      by('15:40', null, dealCreated),
      by('16:40', null, { type: 'dealWon', recordId: '8001', at: at('16:30') }),
    ],
  },
];

/** A handoff in each of its states. */
export function everyState(): Story[] {
  return tellings.map(({ what, start = offered(), happened, outcome }, index) => {
    const told = story(what, start, happened, index);
    return outcome ? { ...told, handoff: { ...told.handoff, outcome } as Handoff } : told;
  });
}

/** So many handoffs to which anything happened, the same each time. */
export function randomStories(numRuns: number): Story[] {
  const drawn = fc.sample(fc.tuple(beginning, history), { numRuns, seed: 20260303 });
  return drawn.map(([start, moves], index) => {
    const number = 1_000 + index;
    const happened = play(start, moves).map(({ now, asked, events }) => ({
      at: now,
      by: 'by' in asked ? asked.by : null,
      events,
    }));
    return story(`history ${index}`, start, happened, number);
  });
}

/** Each about a lead of its own. */
function story(what: string, start: Handoff, happened: readonly Happened[], number: number): Story {
  let touches = 0;
  const named = (event: HandoffEvent): HandoffEvent => {
    if (event.type !== 'touched') return event;
    touches += 1;
    return { ...event, touch: { ...event.touch, id: uuid(number * 1_000 + touches) } };
  };
  return tell(
    what,
    { ...start, id: uuid(number), leadId: `${number}` },
    rules,
    happened.map((one) => ({ ...one, events: one.events.map(named) })),
  );
}
