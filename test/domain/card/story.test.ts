import { describe, expect, it } from 'vitest';
import { tell } from '../../../src/domain/card/story.ts';
import type { Weight } from '../../../src/domain/handoff/consequences.ts';
import type { HandoffEvent, Logged } from '../../../src/domain/handoff/handoff.ts';
import type { DealEnd } from '../../../src/domain/policy/deals.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { budget, dealMade, heldUp } from '../../support/events.ts';
import {
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  chloe,
  grace,
  logged,
  names,
  offeredEvent,
  policy,
  respondBy,
  targets,
  touch,
  touchBy,
} from '../../support/examples.ts';

const telling = (log: readonly Logged[]) => ({
  reader: ada,
  log,
  policy: policy(),
  names,
  words: wordsIn('en'),
});

/** What comes of an event that happened at 15:10 while Ada held the lead. */
function told(event: HandoffEvent, by: string | null, when = at('15:10')) {
  const log = logged([when, by, event]);
  const entry = log.at(-1);
  return entry ? tell(entry, telling(log)) : null;
}

function words(event: HandoffEvent, by: string | null, when?: Date) {
  const line = told(event, by, when);
  const calls = line?.calls.filter(({ who }) => who.length > 0).map(({ who, how }) => [how, who]);
  return line && [plain(line.text), Object.fromEntries(calls ?? [])];
}

const granted = null;
const chosen = [{ kind: 'reassigned', person: ben, taken: true, by: grace }] as const;
const claimed = [{ kind: 'reassigned', person: ben, taken: true, by: ben }] as const;
const found = { recordId: '7001', rep: ada, at: at('14:10') };
const reassigned = (override: Partial<Extract<HandoffEvent, { type: 'reassigned' }>>) =>
  ({
    type: 'reassigned',
    from: ada,
    assignment: assignment({ rep: ben, reasons: chosen }),
    respondBy,
    granted,
    ...override,
  }) as const;

type Row = [HandoffEvent, by: string | null, text: string, Readonly<Partial<Record<Weight, string[]>>>];

const answers: Row[] = [
  [{ type: 'accepted', touchBy, granted }, ada, 'Ada Okafor accepted. First touch due 16:05 UTC.', {}],
  [{ type: 'touched', touch: touch() }, ada, 'Ada Okafor called and talked. "Wants a quote"', {}],
  [
    { type: 'touched', touch: touch({ kind: 'message', outcome: 'leftMessage', note: '' }) },
    ada,
    'Ada Okafor messaged.',
    {},
  ],
  [
    { type: 'touched', touch: touch({ outcome: 'noAnswer', note: '' }), found },
    null,
    'Ada Okafor called: no answer (found in HubSpot, 14:10 UTC).',
    {},
  ],
  [
    { type: 'touched', touch: touch({ kind: 'email', outcome: 'sent', note: '' }), found },
    null,
    'Ada Okafor emailed (found in HubSpot, 14:10 UTC).',
    {},
  ],
  [
    { type: 'touched', touch: touch({ kind: 'message', outcome: 'sent', note: '' }), found },
    null,
    'Ada Okafor messaged (found in HubSpot, 14:10 UTC).',
    {},
  ],
  [
    { type: 'touched', touch: touch({ kind: 'meeting', outcome: 'booked', note: '' }), found },
    null,
    'Ada Okafor booked a meeting (found in HubSpot, 14:10 UTC).',
    {},
  ],
  [
    { type: 'touched', touch: touch({ kind: 'meeting', outcome: 'connected', note: '' }), found },
    null,
    'Ada Okafor met the lead (found in HubSpot, 14:10 UTC).',
    {},
  ],
  [
    { type: 'disqualified', reason: 'timing', note: 'back in May' },
    grace,
    'Grace Whitfield disqualified the lead: Wrong timing. "back in May"',
    {},
  ],
  [
    { type: 'disqualified', reason: 'gone_from_the_policy', note: '' },
    ada,
    'Ada Okafor disqualified the lead: gone_from_the_policy.',
    {},
  ],
  [
    { type: 'gaveUp', reason: 'not_a_fit', note: 'six calls' },
    ada,
    'Ada Okafor gave the lead up: Not a fit. "six calls"',
    {},
  ],
  [
    { type: 'handedBack', reason: 'wrong_territory', note: '' },
    ada,
    'Ada Okafor handed the lead back: Not my territory.',
    {},
  ],
  [{ type: 'snoozed', until: at('15:40') }, ada, 'Ada Okafor snoozed it until 15:40 UTC.', {}],
  [
    { type: 'graceAsked', clock: 'acknowledge', until: at('19:00'), due: at('19:05'), manager: grace },
    ada,
    'Ada Okafor asks for time until 19:00 UTC; it would be due 19:05 UTC. Grace Whitfield, please decide.',
    { ask: [grace] },
  ],
];

const decisions: Row[] = [
  [reassigned({}), grace, 'Grace Whitfield gave it to Ben Castillo, until 15:15 UTC.', { line: [ben, ada] }],
  [
    reassigned({ assignment: assignment({ rep: ben, reasons: claimed }) }),
    ben,
    'Ben Castillo took it over.',
    { line: [ada] },
  ],
  [
    reassigned({ assignment: assignment({ rep: ben, reasons: [] }) }),
    null,
    'Ben Castillo has it now, until 15:15 UTC.',
    { line: [ben] },
  ],
  [
    reassigned({
      assignment: assignment({ rep: ben }),
      moved: { why: 'their HubSpot user was deactivated', manager: grace },
    }),
    null,
    'Ada Okafor: their HubSpot user was deactivated; Ben Castillo has it now, until 15:15 UTC.',
    { line: [ben], news: [grace] },
  ],
  [
    reassigned({
      from: grace,
      assignment: assignment({ rep: grace, team: null, reasons: [] }),
      moved: { why: 'their HubSpot user was deactivated', manager: null },
    }),
    null,
    'Grace Whitfield: their HubSpot user was deactivated; Grace Whitfield has it now, until 15:15 UTC.',
    { line: [grace] },
  ],
  [
    reassigned({
      assignment: assignment({ rep: ben, reasons: [{ kind: 'ownerChanged', person: ben, taken: true }] }),
    }),
    null,
    'Ben Castillo has it now, until 15:15 UTC.',
    { line: [ben] },
  ],
  [
    { type: 'graceGiven', clock: 'touch', until: touchBy, granted },
    grace,
    'Grace Whitfield allowed more time, until 16:05 UTC.',
    { line: [ada] },
  ],
  [
    { type: 'graceGiven', clock: 'touch', until: touchBy, granted, snoozedUntil: at('16:00') },
    grace,
    'Grace Whitfield gave the time that was asked for: until 16:00 UTC, due 16:05 UTC.',
    { line: [ada] },
  ],
  [
    { type: 'graceGiven', clock: 'touch', until: touchBy, granted },
    ada,
    'Ada Okafor allowed more time, until 16:05 UTC.',
    {},
  ],
  [
    { type: 'pinged', rep: ada, due: respondBy },
    grace,
    'Grace Whitfield nudged Ada Okafor: due 15:15 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'pinged', rep: ada, due: at('15:00') },
    grace,
    'Grace Whitfield nudged Ada Okafor: it was due 15:00 UTC.',
    { message: [ada] },
  ],
  [{ type: 'pinged', rep: ada, due: null }, grace, 'Grace Whitfield nudged Ada Okafor.', { message: [ada] }],
  [{ type: 'shown', to: ada }, ada, 'Ada Okafor wanted to see this lead: here it is.', { show: [ada] }],
  [
    { type: 'shown', to: grace },
    null,
    'Grace Whitfield, this lead waits: its target passed while the bot was down.',
    { show: [grace] },
  ],
];

const theClock: Row[] = [
  [
    { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy },
    null,
    'Ada Okafor was reminded to answer by 15:15 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'reminded', clock: 'touch', rep: ada, due: touchBy },
    null,
    'Ada Okafor was reminded to reach out by 16:05 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'reminded', clock: 'acknowledge', rep: ada, due: at('15:00'), loud: true },
    null,
    'Ada Okafor was reminded: the answer was due 15:00 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'reminded', clock: 'touch', rep: ada, due: at('15:00'), loud: true },
    null,
    'Ada Okafor was reminded: the first touch was due 15:00 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'snoozeEnded', clock: 'acknowledge', rep: ada, due: respondBy },
    null,
    'Ada Okafor, the snooze is over: accept by 15:15 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'snoozeEnded', clock: 'touch', rep: ada, due: touchBy },
    null,
    'Ada Okafor, the snooze is over: reach out by 16:05 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'snoozeEnded', clock: 'touch', rep: ada, due: touchBy, late: true },
    null,
    'Ada Okafor, the snooze is over: reach out by 16:05 UTC.',
    {},
  ],
  [
    {
      type: 'resumed',
      clock: 'acknowledge',
      due: at('15:25'),
      rep: ada,
      manager: grace,
      granted: { from: at('15:10'), minutes: 15 },
    },
    null,
    'The bot was down. The clock runs again: due 15:25 UTC.',
    { bulletin: [ada, grace] },
  ],
  [
    { type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada, unanswered: true },
    null,
    'No answer by 15:15 UTC.',
    {},
  ],
  [
    { type: 'breached', clock: 'touch', due: touchBy, rep: ada },
    null,
    'Ada Okafor accepted, but had not reached out by 16:05 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'breached', clock: 'touch', due: touchBy, rep: ada, late: true },
    null,
    'Ada Okafor accepted, but had not reached out by 16:05 UTC.',
    {},
  ],
  [
    { type: 'offeredToTeam', clock: 'acknowledge', team: 'Americas', openTo: [ben, chloe] },
    null,
    'Ben Castillo and Chloe Nguyen may claim it now; it stays with Ada Okafor until then.',
    { ask: [ben, chloe], note: [ada] },
  ],
  [
    { type: 'escalated', clock: 'touch', manager: grace },
    null,
    'Grace Whitfield was asked to decide.',
    { ask: [grace] },
  ],
  [
    {
      type: 'nobodyFree',
      clock: 'acknowledge',
      wanted: 'offerToTeam',
      why: 'nobody else of Americas is at work',
    },
    null,
    'There is nobody to offer it to: nobody else of Americas is at work.',
    {},
  ],
  [
    { type: 'nobodyFree', clock: 'acknowledge', wanted: 'reassign', why: 'everybody is away' },
    null,
    'There is nobody to pass it on to: everybody is away.',
    {},
  ],
  [
    { type: 'channelTold', clock: 'touch', platform: 'slack', channel: 'C0HANDOFFS1' },
    null,
    'Told a channel.',
    {},
  ],
  [
    { type: 'channelUnreachable', platform: 'slack', channel: 'C0HANDOFFS1', why: 'is archived' },
    null,
    'Could not tell a channel: is archived.',
    {},
  ],
  [
    { type: 'rescheduled', clock: 'touch', due: touchBy, why: 'out of office', manager: grace },
    null,
    'Ada Okafor: out of office. Now due 16:05 UTC.',
    { note: [grace] },
  ],
  [
    { type: 'rescheduled', clock: 'touch', due: touchBy, why: 'other working hours', manager: null },
    null,
    'Ada Okafor: other working hours. Now due 16:05 UTC.',
    {},
  ],
];

const theWorld: Row[] = [
  [
    { type: 'unreachable', rep: ada, why: 'has no account in any connected chat', manager: grace },
    null,
    'Ada Okafor cannot be reached: has no account in any connected chat. Grace Whitfield, please decide.',
    { ask: [grace] },
  ],
  [
    { type: 'meetingBooked', recordId: '1', at: acceptedAt },
    null,
    'A meeting with the lead is booked (found in HubSpot, 15:05 UTC).',
    {},
  ],
  [
    {
      type: 'meetingCalledOff',
      recordId: '1',
      rep: ada,
      begun: { clock: 'touch', due: touchBy, granted: null },
    },
    null,
    'Ada Okafor, the meeting with the lead fell through, and no other is booked: reach out by 16:05 UTC.',
    { message: [ada] },
  ],
  [
    { type: 'meetingCalledOff', recordId: '1', rep: ada, begun: null },
    null,
    'The meeting with the lead fell through, and no other is booked.',
    { line: [ada] },
  ],
  [
    {
      type: 'strengthened',
      trigger: 'demo_request',
      evidence: 'sent in "Demo"',
      targets: targets(),
      rep: ada,
      sooner: { clock: 'acknowledge', due: touchBy, granted: null },
    },
    null,
    'Ada Okafor, there is more now: Demo request (sent in "Demo"), accept by 16:05 UTC.',
    { message: [ada] },
  ],
  [
    {
      type: 'strengthened',
      trigger: 'demo_request',
      evidence: 'sent in "Demo"',
      targets: targets(),
      rep: ada,
      sooner: null,
    },
    null,
    'Ada Okafor, there is more now: Demo request (sent in "Demo").',
    { line: [ada] },
  ],
  [
    { type: 'excluded', name: 'student', why: 'Is a student: job title Student' },
    null,
    'By now this lead would not be handed over: Is a student: job title Student. What becomes of it is up to Ada Okafor.',
    { line: [ada] },
  ],
  [
    dealMade,
    null,
    'A deal was made in HubSpot: Northwind Robotics: Demo request, Appointment Scheduled.',
    {},
  ],
  [
    { type: 'dealNotMade', because: { open: 'https://hubspot.example/deals/7' } },
    null,
    'No deal was made: there is an open one already.',
    {},
  ],
  [
    { type: 'dealNotMade', because: { refused: 'it wants another value for amount' } },
    null,
    'HubSpot did not take the deal: it wants another value for amount. Please make it by hand.',
    { ask: [ada] },
  ],
  [
    { type: 'dealCreated', recordId: '1', at: acceptedAt },
    null,
    'The lead became a deal (found in HubSpot, 15:05 UTC).',
    {},
  ],
  [
    { type: 'dealWon', recordId: '1', at: acceptedAt },
    null,
    'The deal is won (found in HubSpot, 15:05 UTC).',
    {},
  ],
  [
    { type: 'heldUp', heldUp, asked: ada },
    null,
    'Ada Okafor, HubSpot wants Budget before it takes the stage. Press Fill In on the card.',
    { message: [ada] },
  ],
  [
    { type: 'heldUp', heldUp, asked: ada, open: true },
    null,
    'Ada Okafor, HubSpot wants Budget before it takes the stage.',
    { note: [ada] },
  ],
  [
    { type: 'heldUp', heldUp: { fields: ['leadStatus', 'ownerId'], wants: [] }, asked: ada },
    null,
    'Ada Okafor, HubSpot would not take the lead status and the owner: a rule of its admin stands against it.',
    { message: [ada] },
  ],
  [
    {
      type: 'updated',
      values: [budget, { property: 'city', label: 'City', value: '', shown: '' }],
      heldUp: null,
    },
    ada,
    'Ada Okafor set Budget to 50,000 and City to nothing.',
    {},
  ],
  [
    { type: 'ownerLost', ownerId: '77', manager: grace },
    null,
    'In HubSpot the contact belongs to somebody now who takes no leads here (owner 77); the lead is still with Ada Okafor. Grace Whitfield, please decide.',
    { ask: [grace] },
  ],
  [
    { type: 'ownerLost', ownerId: null, manager: grace },
    null,
    'In HubSpot the contact belongs to nobody now; the lead is still with Ada Okafor. Grace Whitfield, please decide.',
    { ask: [grace] },
  ],
  [
    { type: 'withdrawn', why: 'the contact was deleted in HubSpot' },
    null,
    'Withdrawn: the contact was deleted in HubSpot. There is nothing left to do.',
    { line: [ada] },
  ],
];

describe.each([
  { about: 'answers', table: answers },
  { about: 'decisions', table: decisions },
  { about: 'the clock', table: theClock },
  { about: 'what HubSpot and the chats tell', table: theWorld },
])('the thread on $about', ({ table }) => {
  for (const [event, by, text, calls] of table) {
    it(`${event.type}: "${text}" (${Object.keys(calls).join(', ') || 'quiet'})`, () => {
      expect(words(event, by)).toEqual([text, calls]);
    });
  }
});

describe('the thread', () => {
  it('leaves to the card, or to the next line, what they tell themselves', () => {
    const delivered = { type: 'delivered', to: ada, respondBy, granted } as const;
    const foundFirst = { type: 'accepted', touchBy, granted, since: at('14:10') } as const;
    expect([words(offeredEvent, null), words(delivered, null), words(foundFirst, null)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('turns to whoever held the lead when it happened, not to who holds it now', () => {
    const grant = { type: 'graceGiven', clock: 'acknowledge', until: touchBy, granted } as const;
    const log = logged(
      [at('15:01'), grace, grant],
      [at('15:02'), grace, reassigned({})],
      [at('15:03'), grace, grant],
    );
    const holders = log.filter(({ event }) => event.type === 'graceGiven');
    expect(holders.map((entry) => tell(entry, telling(log))?.calls)).toEqual([
      [{ who: [ada], how: 'line' }],
      [{ who: [ben], how: 'line' }],
    ]);
  });

  it('calls the system the bot', () => {
    expect(words({ type: 'snoozed', until: touchBy }, null)?.[0]).toBe('The bot snoozed it until 16:05 UTC.');
  });

  it('mentions people instead of only naming them', () => {
    expect(told({ type: 'accepted', touchBy, granted }, ada)?.text[0]).toEqual({
      kind: 'person',
      id: ada,
      name: 'Ada Okafor',
    });
  });

  it('keeps a note’s markup as text', () => {
    for (const event of [
      { type: 'touched', touch: touch({ note: '<!channel> *now*' }) },
      { type: 'handedBack', reason: 'other', note: '<!channel> *now*' },
    ] as const) {
      const text = told(event, ada, assignedAt)?.text ?? [];
      expect(text.filter((span) => span.kind !== 'person').every((span) => span.kind === 'text')).toBe(true);
      expect(plain(text)).toContain('"<!channel> *now*"');
    }
  });
});

describe('what becomes of the deal that the bot made', () => {
  const given = (event: HandoffEvent, ifDisqualified: DealEnd = 'leave') => {
    const log = logged([acceptedAt, null, { ...dealMade, ifDisqualified }], [at('15:10'), ada, event]);
    const line = log[2] && tell(log[2], telling(log));
    return line && plain(line.text);
  };
  const over: HandoffEvent = { type: 'disqualified', reason: 'not_a_fit', note: '' };

  const gaveUp: HandoffEvent = { type: 'gaveUp', reason: 'not_a_fit', note: '' };
  const recycled: HandoffEvent = {
    type: 'recycled',
    reason: 'not_a_fit',
    note: '',
    lock: { until: null, unless: 'stronger' },
    revisitAt: null,
    lifecycle: null,
    leadStatus: null,
  };

  it.each([over, gaveUp, recycled])('it stays, after $type', (event) => {
    expect(given(event)).toMatch(
      /: Not a fit\. Its deal stays in HubSpot: Northwind Robotics: Demo request\.$/,
    );
  });

  it('it goes where the policy says', () => {
    expect(given(over, { moveTo: { id: 'closedlost', label: 'Closed Lost' } })).toMatch(
      /: Not a fit\. Its deal goes to Closed Lost, unless somebody has moved it on: Northwind Robotics: Demo request\.$/,
    );
  });

  it('is told of nothing else', () => {
    expect(given({ type: 'pinged', rep: ada, due: null })).toBe('Ada Okafor nudged Ada Okafor.');
  });
});
