import { describe, expect, it } from 'vitest';
import type { Card, CardView } from '../../../src/domain/card/card.ts';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { Destination } from '../../../src/domain/policy/policy.ts';
import type { Availability } from '../../../src/domain/routing/availability.ts';
import {
  accepted,
  ada,
  americas,
  assignment,
  at,
  ben,
  chloe,
  closed,
  closedAt,
  grace,
  logged,
  member,
  newYorkOffice,
  offered,
  policy,
  respondBy,
  rung,
  touchBy,
  working,
} from '../../support/examples.ts';
import { cardWords } from './card-words.ts';

const delivered = { deliveredAt: at('15:00:02'), reachedAt: at('15:00:02') };
const overdue = { ...delivered, ackBreachedAt: respondBy };
const reminded = { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy } as const;

it('the manager’s card says who has it for how long, why it stands still, what was tried, and what they can do', () => {
  const log = logged(
    [at('15:00:02'), null, { type: 'delivered', to: ada, respondBy, granted: null }],
    [at('15:10'), null, reminded],
    [at('15:15'), null, { type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada }],
    [at('15:15'), null, { type: 'escalated', clock: 'acknowledge', manager: grace }],
    [
      at('15:20'),
      null,
      { type: 'offeredToTeam', clock: 'acknowledge', team: 'Americas', openTo: [ben, chloe] },
    ],
    [at('15:30'), null, { ...reminded, loud: true }],
  );
  const handoff = offered({ ...overdue, openTo: [ben, chloe], escalatedTo: grace });
  expect(cardWords(grace, { handoff, log, now: at('15:42') })).toMatchObject({
    notification:
      'Decide now: Ada Okafor has not answered · Demo request: Lena Fischer · Northwind Robotics (1,200)',
    tone: 'late',
    status: 'Decide now: Ada Okafor has not answered · late since 15:15 UTC',
    title: 'Lena Fischer · Northwind Robotics',
    body: [
      'VP Operations · Machinery, 1,200 people · New York',
      'Ada Okafor has not opened the card. Tried: a reminder, a message, offered to 2 of Americas.',
    ],
    buttons: ['[Reassign]', 'Take It', 'Allow More Time'],
    menu: ['Nudge', 'Open in HubSpot'],
    foot: null,
    history: [
      '15:10 Ada Okafor was reminded to answer by 15:15 UTC.',
      '15:15 No answer by 15:15 UTC.',
      '15:15 Grace Whitfield was asked to decide.',
      '15:20 Ben Castillo and Chloe Nguyen may claim it now; it stays with Ada Okafor until then.',
      '15:30 Ada Okafor was reminded: the answer was due 15:15 UTC.',
    ],
  });
});

describe('the status line and the buttons of the manager’s card', () => {
  const asked = { until: at('19:00'), due: at('19:05') };
  const decisions = ['[Reassign]', 'Take It', 'Allow More Time', 'Nudge'];
  const calm = ['Reassign', 'Take It', 'Allow More Time', 'Nudge'];
  const disqualified = logged([closedAt, ada, { type: 'disqualified', reason: 'not_a_fit', note: '' }]);
  const table: [title: string, Handoff, status: string, Card['tone'], buttons: string[], CardView['log']?][] =
    [
      ['offered', offered(), 'Ada Okafor has until 15:15 UTC', 'new', calm],
      [
        'overdue',
        offered(overdue),
        'Decide now: Ada Okafor has not answered · late since 15:15 UTC',
        'late',
        decisions,
      ],
      [
        'given grace',
        offered({ ...overdue, respondBy: at('16:15') }),
        'Ada Okafor has until 16:15 UTC',
        'new',
        calm,
      ],
      [
        'snoozed',
        offered({ snoozedUntil: at('15:12') }),
        'Ada Okafor put it off until 15:12 UTC · due 15:15 UTC',
        'asleep',
        calm,
      ],
      [
        'asked for time, which is to be given or not',
        offered({ asked }),
        'Ada Okafor asks for time until 19:00 UTC · due 15:15 UTC',
        'waiting',
        ['[Allow Until 2:00 PM]', 'Reassign', 'Take It', 'Allow More Time', 'Nudge'],
      ],
      [
        'out of reach, where no ping arrives either',
        offered({ unreachable: 'has no account in Slack', escalatedTo: grace }),
        'Ada Okafor cannot be reached: has no account in Slack',
        'late',
        ['[Reassign]', 'Take It', 'Allow More Time'],
      ],
      ['accepted', accepted(), 'Ada Okafor accepted 15:05 UTC · reach out by 16:05 UTC', 'active', calm],
      [
        'not touched in time',
        accepted({ touchBreachedAt: touchBy }),
        'Decide now: Ada Okafor accepted but has not reached out · due 16:05 UTC',
        'late',
        decisions,
      ],
      [
        'with a meeting before any answer',
        offered({ ...overdue, meetingAt: at('15:20') }),
        'Ada Okafor has a meeting with the lead',
        'meeting',
        ['Reassign', 'Take It'],
      ],
      [
        'with a meeting before any touch',
        accepted({ touchBreachedAt: touchBy, meetingAt: at('16:10') }),
        'Ada Okafor has a meeting with the lead',
        'meeting',
        ['Reassign', 'Take It'],
      ],
      [
        'out of reach, with a meeting',
        offered({ unreachable: 'has no account in Slack', meetingAt: at('15:20') }),
        'Ada Okafor has a meeting with the lead',
        'meeting',
        ['Reassign', 'Take It'],
      ],
      [
        'with a meeting from before the rep had it',
        offered({ meetingAt: at('14:59:59') }),
        'Ada Okafor has until 15:15 UTC',
        'new',
        calm,
      ],
      ['working', working(), 'Ada Okafor is on it', 'active', ['Reassign', 'Take It']],
      [
        'working towards a meeting',
        working({ meetingAt: at('15:30') }),
        'Ada Okafor has a meeting with the lead',
        'meeting',
        ['Reassign', 'Take It'],
      ],
      ['closed', closed(), 'Disqualified by Ada Okafor 15:40 UTC: Not a fit', 'done', [], disqualified],
    ];
  for (const [title, handoff, status, tone, labels, log = logged()] of table) {
    it(`${title}: "${status}", ${tone}, ${labels.join(' ') || 'nothing to decide'}`, () => {
      const shown = cardWords(grace, { handoff, log });
      expect([shown.status, shown.tone]).toEqual([status, tone]);
      expect([...shown.buttons, ...shown.menu]).toEqual([...labels, 'Open in HubSpot']);
    });
  }
});

describe('so far', () => {
  const begun = 'Qualified 14:59 UTC, with Ada Okafor since 15:00 UTC: 10 min.';
  const unopened = 'The card reached them 15:00 UTC; they have not opened it, as far as the chat tells.';
  const handoff = offered(delivered);
  const away = (until: Date | null): Availability => ({
    inactive: new Set(),
    absences: new Map([[ada, [{ from: at('14:00'), until, why: { kind: 'outOfOffice' } }]]]),
    load: new Map(),
  });
  const workedUntil = (clock: string) =>
    policy({
      teams: [
        {
          ...americas,
          members: [member({ hours: { ...newYorkOffice, away: [{ from: at(clock), until: at('21:00') }] } })],
        },
      ],
    });
  const toBen = assignment({ rep: ben, at: at('15:20'), reasons: [] });
  const passedOn = offered({ ...delivered, reachedAt: at('15:20'), assignment: toBen });

  const toldIn = (channel: string): [Date, null, HandoffEvent] => [
    at('15:08'),
    null,
    { type: 'channelTold', clock: 'acknowledge', platform: 'slack', channel },
  ];
  const lostIn = (channel: string): [Date, null, HandoffEvent] => [
    at('15:09'),
    null,
    { type: 'channelUnreachable', platform: 'slack', channel, why: 'is archived' },
  ];

  const table: [title: string, string, Partial<CardView>][] = [
    ['a card on its way', `${begun} The card has not reached them.`, { handoff: offered() }],
    ['a card that was not opened', `${begun} ${unopened}`, { handoff }],
    [
      'a card that was opened',
      `${begun} The card reached them 15:00 UTC; they opened it 15:04 UTC, but have not answered.`,
      { handoff, seenAt: at('15:04') },
    ],
    [
      'a card that they opened when they had it before',
      `${begun} ${unopened}`,
      { handoff, seenAt: at('14:50') },
    ],
    [
      'a rep who is away',
      `${begun} ${unopened} Ada Okafor is out of office until 21:00 UTC.`,
      { handoff, presence: away(at('21:00')) },
    ],
    [
      'a rep who is away, nobody knows until when',
      `${begun} ${unopened} Ada Okafor is out of office.`,
      { handoff, presence: away(null) },
    ],
    [
      'working time that is less than the clock’s, after the end of their day',
      `Qualified 14:59 UTC, with Ada Okafor since 15:00 UTC: 42 min of their working time (1 hr, 10 min). ${unopened} They are not at work until 21:00 UTC.`,
      { handoff, policy: workedUntil('15:42'), now: at('16:10') },
    ],
    [
      'a lead that came while nobody was at work',
      `Qualified 14:59 UTC, with Ada Okafor since 15:00 UTC: 1 min of their working time (1 hr, 10 min). ${unopened} They are not at work until 21:00 UTC.`,
      { handoff, policy: workedUntil('15:00'), now: at('16:10') },
    ],
    [
      'a snooze',
      `${begun} ${unopened} Snoozed until 15:12 UTC.`,
      { handoff: { ...handoff, snoozedUntil: at('15:12') } },
    ],
    ['an accepted lead', begun, { handoff: accepted() }],
    [
      'all that can be tried',
      `${begun} Tried: 2 reminders, a message, a nudge, offered to 2 of Americas, more time until 16:05 UTC, told a channel, everybody who could take it is away or has had it.`,
      {
        handoff: accepted(),
        log: logged(
          [at('15:05'), null, reminded],
          [at('15:06'), null, reminded],
          [at('15:06'), null, { ...reminded, loud: true }],
          [at('15:07'), grace, { type: 'pinged', rep: ada, due: respondBy }],
          [
            at('15:07'),
            null,
            { type: 'offeredToTeam', clock: 'touch', team: 'Americas', openTo: [ben, chloe] },
          ],
          [at('15:08'), grace, { type: 'graceGiven', clock: 'touch', until: at('15:50'), granted: null }],
          [at('15:08'), grace, { type: 'graceGiven', clock: 'touch', until: touchBy, granted: null }],
          [
            at('15:09'),
            null,
            { type: 'channelTold', clock: 'touch', platform: 'slack', channel: 'C0HANDOFFS1' },
          ],
          [
            at('15:09'),
            null,
            {
              type: 'nobodyFree',
              clock: 'touch',
              wanted: 'reassign',
              why: 'everybody who could take it is away or has had it',
            },
          ],
        ),
      },
    ],
    [
      'a channel that could not be told as not tried, and another one as told',
      `${begun} ${unopened} Tried: told a channel.`,
      { handoff, log: logged(toldIn('C1'), lostIn('C1'), toldIn('C2')) },
    ],
    [
      'a channel that could not be told as not tried',
      `${begun} ${unopened}`,
      { handoff, log: logged(toldIn('C1'), lostIn('C1')) },
    ],
    [
      'nothing of what is past once there is a meeting',
      'Qualified 14:59 UTC, with Ada Okafor since 15:00 UTC.',
      { handoff: { ...handoff, meetingAt: at('15:05') }, log: logged([at('15:06'), null, reminded]) },
    ],
    [
      'those who had it before, and only what was tried since',
      'Qualified 14:59 UTC, with Ben Castillo since 15:20 UTC: 5 min. The card reached them 15:20 UTC; they have not opened it, as far as the chat tells. Before: Grace Whitfield has not answered; Chloe Nguyen; Ada Okafor handed this lead back.',
      {
        handoff: passedOn,
        now: at('15:25'),
        log: logged(
          [at('15:01'), null, reminded],
          [
            at('15:02'),
            null,
            {
              type: 'reassigned',
              from: grace,
              assignment: toBen,
              respondBy,
              granted: null,
              moved: { why: { kind: 'hasNotAnswered' }, manager: null },
            },
          ],
          [
            at('15:03'),
            grace,
            { type: 'reassigned', from: chloe, assignment: toBen, respondBy, granted: null },
          ],
          [at('15:19'), ada, { type: 'handedBack', reason: 'other', note: 'x' }],
          [at('15:20'), ada, { type: 'reassigned', from: ada, assignment: toBen, respondBy, granted: null }],
        ),
      },
    ],
    [
      'a lead that is worked on',
      'Qualified 14:59 UTC, with Ada Okafor since 15:00 UTC.',
      { handoff: working() },
    ],
  ];
  for (const [title, words, more] of table) {
    it(`tells ${title}`, () => {
      const [soFar, tried] = words.split(' Tried: ');
      const shown = cardWords(grace, more);
      expect(shown.more[0]).toBe(`So far: ${soFar}`);
      if (tried) expect(shown.body.join(' ')).toContain(`Tried: ${tried}`);
    });
  }
});

describe('the next in line', () => {
  const late = offered({ ...overdue, escalatedTo: grace });
  const next = { rep: ben, open: 2 };
  const movedTo = (to: Destination | null) => {
    const acknowledge = [rung(45, { do: 'reassign', to })];
    return policy({ ladders: { ...policy().ladders, acknowledge } });
  };
  it('is given a late lead by one press, and somebody else by the form', () => {
    const shown = cardWords(grace, { handoff: late, next, policy: movedTo(null), now: at('15:20') });
    expect(shown.buttons).toEqual(['[Give to Ben · 2 open]', 'Someone Else…', 'Take It']);
    expect(shown.menu).toEqual(['Allow More Time', 'Nudge', 'Open in HubSpot']);
    expect(shown.body).toContain('At 16:00 UTC it goes to Ben Castillo by itself.');
  });
  it('comes after the time that was asked for', () => {
    const asked = { until: at('19:00'), due: at('19:05') };
    const shown = cardWords(grace, { handoff: offered({ asked }), next });
    expect(shown.buttons).toEqual(['[Allow Until 2:00 PM]', 'Give to Ben · 2 open', 'Someone Else…']);
    expect(shown.menu).toEqual(['Take It', 'Allow More Time', 'Nudge', 'Open in HubSpot']);
  });
  it.each([
    ['nobody is free', late, null],
    ['they are the manager', late, { rep: grace, open: 0 }],
    ['nothing waits to be decided', offered(delivered), next],
    ['the lead has a meeting', offered({ ...overdue, meetingAt: at('15:20') }), next],
  ])('is no button when %s', (_, handoff, who) => {
    const { buttons, menu } = cardWords(grace, { handoff, next: who, now: at('15:20') });
    expect([...buttons, ...menu].join()).not.toContain('Give to');
  });
  it('is not named where the ladder gives it to somebody in particular', () => {
    const moved = movedTo({ kind: 'rotation', team: 'International' });
    const shown = cardWords(grace, { handoff: late, next, policy: moved, now: at('15:20') });
    expect(shown.body).toContain('At 16:00 UTC it goes to somebody else by itself.');
  });
});

it('the manager reads when the meeting is', () => {
  const log = logged([
    at('15:20'),
    null,
    { type: 'meetingBooked', recordId: '1', at: at('15:20'), startsAt: at('20:00') },
  ]);
  expect(cardWords(grace, { handoff: working({ meetingAt: at('15:20') }), log }).status).toBe(
    'Ada Okafor has a meeting 20:00 UTC with the lead',
  );
});
