import { describe, expect, it } from 'vitest';
import type { Card, CardView } from '../../../src/domain/card/card.ts';
import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import {
  accepted,
  ada,
  assignment,
  at,
  ben,
  chloe,
  closed,
  closedAt,
  grace,
  henrik,
  lead,
  logged,
  offered,
  policy,
  reason,
  respondBy,
  target,
  targets,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { cardWords } from './card-words.ts';

it('the holder’s card says who, why now, until when, all about the lead, and why them', () => {
  expect(cardWords(ada)).toEqual({
    title: 'Demo request: Lena Fischer · Northwind Robotics',
    tone: 'new',
    status: 'Respond by 15:15 UTC',
    sections: [
      'In short: VP Operations at Northwind Robotics, came through paid search, 4 visits so far. Sent in "Request a Demo" 11 minutes ago. Last looked at /pricing 20 minutes ago. Nobody from sales has been in touch yet.',
      [
        'Why now: Filled in “Request a Demo”',
        'Company: Northwind Robotics · Machinery · 1,200 employees · 45M revenue',
        'Role: VP Operations',
        'Where: New York, United States',
        'Source: Paid search · spring-launch',
        'Score: 30 (Fit 20 + Engagement 10)',
        'Key pages: /pricing, /blog/robots',
        'Email: lena.fischer@northwind.example',
        'Phone: +1 212 555 0148',
      ].join('\n'),
      'Recent activity: Sent in "Request a Demo"; Viewed /pricing; Viewed /blog/robots',
      'Why you: Next turn in Americas',
    ],
    buttons: ['[Accept]', 'Log a Touch', 'Disqualify', 'Snooze', 'Hand Back', 'Open in HubSpot'],
    history: [],
  });
});

const now = at('15:10');
const late = { ackBreachedAt: respondBy };
const untouched = { touchBreachedAt: touchBy };
const disqualified = logged([closedAt, ada, { type: 'disqualified', reason: 'not_a_fit', note: '' }]);
const gaveUp = logged([closedAt, ada, { type: 'gaveUp', reason: 'no_answer', note: '' }]);
const called = logged([touchedAt, ada, { type: 'touched', touch: touch({ outcome: 'noAnswer', note: '' }) }]);
const spoke = logged([touchedAt, ada, { type: 'touched', touch: touch() }]);
const rules = policy({
  disqualifyReasons: [
    reason('not_a_fit', 'Not a fit'),
    reason('no_answer', 'No answer', { outcome: 'unresponsive' }),
  ],
});
const tireless = targets({ attempts: { atLeast: 6, within: target(4800) } });
const asked = { until: at('19:00'), due: at('19:05') };

type Row = [title: string, Handoff, status: string, Card['tone'], with_?: Partial<CardView>];

describe('the status line of the holder’s card', () => {
  const table: Row[] = [
    ['offered', offered(), 'Respond by 15:15 UTC', 'new'],
    ['overdue', offered(late), 'Answer was due 15:15 UTC', 'late'],
    ['given grace', offered({ ...late, respondBy: at('16:15') }), 'Respond by 16:15 UTC', 'new'],
    [
      'snoozed',
      offered({ snoozedUntil: at('15:12'), snoozes: 1 }),
      'Snoozed until 15:12 UTC, respond by 15:15 UTC',
      'new',
    ],
    ['snoozed until a time that is past', offered({ snoozedUntil: now }), 'Respond by 15:15 UTC', 'new'],
    [
      'asked for time past the target',
      offered({ asked }),
      'Asked Grace Whitfield for time until 19:00 UTC, respond by 15:15 UTC',
      'new',
    ],
    [
      'asked for time and overdue',
      offered({ ...late, asked }),
      'Asked Grace Whitfield for time until 19:00 UTC, answer was due 15:15 UTC',
      'late',
    ],
    [
      'asked for time that is over',
      offered({ asked: { until: now, due: at('15:12') } }),
      'Respond by 15:15 UTC',
      'new',
    ],
    [
      'offered to their team as well',
      offered({ ...late, openTo: [ben, chloe] }),
      'Answer was due 15:15 UTC · your team may claim it now',
      'late',
    ],
    [
      'with a meeting before any answer',
      offered({ ...late, meetingAt: at('15:20') }),
      'A meeting with the lead is booked · accept to take it on',
      'new',
    ],
    [
      'with a meeting before any touch',
      accepted({ ...untouched, meetingAt: at('16:10') }),
      'Accepted 15:05 UTC · meeting booked',
      'active',
    ],
    [
      'with a meeting from before they had it',
      offered({ meetingAt: at('14:59:59') }),
      'Respond by 15:15 UTC',
      'new',
    ],
    ['accepted', accepted(), 'Accepted 15:05 UTC · reach out by 16:05 UTC', 'active'],
    [
      'accepted and snoozed',
      accepted({ snoozedUntil: at('15:40') }),
      'Snoozed until 15:40 UTC, reach out by 16:05 UTC',
      'active',
    ],
    [
      'accepted and asked for time',
      accepted({ asked }),
      'Asked Grace Whitfield for time until 19:00 UTC, reach out by 16:05 UTC',
      'active',
    ],
    [
      'accepted and not touched in time: opened again, with the fact',
      accepted(untouched),
      'You accepted 15:05 UTC, but nobody has reached out: due 16:05 UTC',
      'late',
    ],
    [
      'not touched in time and asked for time',
      accepted({ ...untouched, asked }),
      'Asked Grace Whitfield for time until 19:00 UTC, first touch was due 16:05 UTC',
      'late',
    ],
    [
      'not touched in time and offered to their team',
      accepted({ ...untouched, openTo: [ben] }),
      'You accepted 15:05 UTC, but nobody has reached out: due 16:05 UTC · your team may claim it now',
      'late',
    ],
    [
      'accepted and given grace',
      accepted({ ...untouched, touchBy: at('17:05') }),
      'Accepted 15:05 UTC · reach out by 17:05 UTC',
      'active',
    ],
    ['working', working(), 'Working · 1 touch, last 15:20 UTC', 'active', { log: spoke }],
    [
      'working, more than once',
      working({ attempts: [touchedAt, at('15:30')] }),
      'Working · 2 touches, last 15:30 UTC',
      'active',
      { log: spoke },
    ],
    [
      'working on somebody who must be tried more often',
      working({ targets: tireless }),
      'Working · 1 touch, last 15:20 UTC · attempt 1 of 6',
      'active',
      { log: called, policy: rules },
    ],
    [
      'working on somebody who was reached, how often they were tried does not matter',
      working({ targets: tireless }),
      'Working · 1 touch, last 15:20 UTC',
      'active',
      { log: spoke, policy: rules },
    ],
    [
      'working towards a meeting',
      working({ targets: tireless, meetingAt: at('15:30') }),
      'Working · 1 touch, last 15:20 UTC · meeting booked',
      'active',
      { log: called, policy: rules },
    ],
    [
      'disqualified',
      closed(),
      'Disqualified by Ada Okafor 15:40 UTC: Not a fit',
      'done',
      { log: disqualified },
    ],
    [
      'given up',
      closed({ outcome: 'unresponsive', reason: 'no_answer', attempts: [touchedAt, at('15:30')] }),
      'Given up by Ada Okafor 15:40 UTC after 2 attempts: No answer',
      'done',
      { log: gaveUp, policy: rules },
    ],
    [
      'given up after one attempt',
      closed({ outcome: 'unresponsive', reason: 'no_answer' }),
      'Given up by Ada Okafor 15:40 UTC after 1 attempt: No answer',
      'done',
      { log: gaveUp, policy: rules },
    ],
    [
      'withdrawn',
      closed({ outcome: 'withdrawn', reason: 'the contact was deleted in HubSpot' }),
      'Withdrawn 15:40 UTC: the contact was deleted in HubSpot',
      'done',
    ],
    [
      'a deal',
      closed({ outcome: 'converted', reason: null, opportunityAt: at('15:35') }),
      'Became a deal 15:35 UTC with Ada Okafor',
      'done',
    ],
    [
      'a deal that is won',
      closed({ outcome: 'converted', reason: null, opportunityAt: at('15:35'), wonAt: at('20:00') }),
      'Became a deal 15:35 UTC with Ada Okafor · won 20:00 UTC',
      'done',
    ],
  ];
  for (const [title, handoff, status, tone, more] of table) {
    it(`${title}: "${status}", ${tone}`, () => {
      const shown = cardWords(ada, { handoff, ...more });
      expect([shown.status, shown.tone]).toEqual([status, tone]);
    });
  }
});

describe('what the holder can press', () => {
  const table: [title: string, Handoff, string[]][] = [
    ['offered', offered(), ['[Accept]', 'Log a Touch', 'Disqualify', 'Snooze', 'Hand Back']],
    ['overdue', offered(late), ['[Accept]', 'Log a Touch', 'Disqualify', 'Snooze', 'Hand Back']],
    ['accepted', accepted(), ['[Log a Touch]', 'Disqualify', 'Snooze', 'Hand Back']],
    [
      'asked for time, past which nothing is left to snooze',
      accepted({ asked, snoozes: 2 }),
      ['[Log a Touch]', 'Disqualify', 'Hand Back'],
    ],
    ['working', working(), ['[Log a Touch]', 'Disqualify', 'Hand Back']],
    ['closed', closed(), []],
  ];
  for (const [title, handoff, labels] of table) {
    it(`${title}: ${labels.join(' ') || 'nothing'}, and the record`, () => {
      expect(cardWords(ada, { handoff }).buttons).toEqual([...labels, 'Open in HubSpot']);
    });
  }

  it('is to reassign instead of to hand back for a manager, who decides to whom it goes', () => {
    const taken = accepted({ assignment: assignment({ rep: grace }) });
    expect(cardWords(grace, { handoff: taken }).buttons).toEqual([
      '[Log a Touch]',
      'Disqualify',
      'Snooze',
      'Reassign',
      'Open in HubSpot',
    ]);
  });

  it('is never more than six buttons, which is what Teams shows', () => {
    for (const handoff of [offered(), accepted(), working()]) {
      for (const rep of [ada, grace, henrik]) {
        const held = { ...handoff, assignment: assignment({ rep }) };
        expect(cardWords(rep, { handoff: held }).buttons.length).toBeLessThanOrEqual(6);
      }
    }
  });
});

describe('why this rep', () => {
  const table: [Handoff['assignment']['reasons'], string][] = [
    [assignment().reasons, 'Next turn in Americas'],
    [
      [
        {
          kind: 'contactOwner',
          ownerId: 'owner-ben',
          taken: false,
          why: 'their HubSpot user is deactivated',
        },
        { kind: 'accountOwner', person: ada, taken: true },
      ],
      'Owner of the company; the owner of the contact cannot take it (their HubSpot user is deactivated)',
    ],
    [[{ kind: 'reassigned', person: ada, by: grace, taken: true }], 'Chosen by Grace Whitfield'],
    [[{ kind: 'reassigned', person: ada, by: ada, taken: true }], 'Took it'],
    [[{ kind: 'ownerChanged', person: ada, taken: true }], 'Made the owner of the contact in HubSpot'],
  ];
  for (const [reasons, words] of table) {
    it(`what decided comes first, then who else was looked at: "${words}"`, () => {
      const handoff = offered({ assignment: assignment({ reasons }) });
      expect(cardWords(ada, { handoff }).sections.at(-1)).toBe(`Why you: ${words}`);
    });
  }
});

it('recent activity is left out when there is none', () => {
  const quiet = cardWords(ada, { lead: lead({ pages: [], conversions: [] }) });
  expect(quiet.sections.some((section) => section.startsWith('Recent activity'))).toBe(false);
});
