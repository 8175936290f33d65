import { describe, expect, it } from 'vitest';
import type { Card, CardView } from '../../../src/domain/card/card.ts';
import { cardFor } from '../../../src/domain/card/card-for.ts';
import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import { plain } from '../../../src/domain/words/line.ts';
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
import { cardWords, view } from './card-words.ts';

it('the holder’s card says who, why now, until when, all about the lead, and why them', () => {
  expect(cardWords(ada)).toEqual({
    notification: 'Accept by 15:15 UTC · Demo request: Lena Fischer · Northwind Robotics (1,200)',
    tone: 'new',
    status: 'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
    title: 'Lena Fischer · Northwind Robotics',
    body: [
      'VP Operations · Machinery, 1,200 people · New York',
      'Signals pricing, page /blog/robots',
      '+1 212 555 0148 · Email',
    ],
    buttons: ['[Accept]', 'Log a Touch', 'Disqualify'],
    menu: ['Snooze', 'Hand Back', 'Why Me?', 'Copy Opener', 'Open in HubSpot'],
    more: [
      ': Known to us for 11 days. Nobody from sales has talked to them yet.',
      [
        'To write: Hi Lena, thank you for filling in “Request a Demo”. When would be a good time to talk?',
        'To say: Hi Lena, you filled in “Request a Demo” with us. What made you look into it?',
      ].join('\n'),
      ['Fit', 'Score: 30 = Fit 20 + Engagement 10'].join('\n'),
      [
        'About them',
        'Revenue: 45M a year',
        'Source: Paid search',
        'Campaign: spring-launch',
        'On the site: 4 visits',
        'Stage: Lead',
      ].join('\n'),
      'Email: lena.fischer@northwind.example',
    ],
    foot: 'Yours because: next turn in Americas',
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
    ['offered', offered(), 'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC', 'new'],
    ['overdue', offered(late), 'Late since 15:15 UTC', 'late'],
    [
      'given grace',
      offered({ ...late, respondBy: at('16:15') }),
      'Accept by 16:15 UTC · filled in “Request a Demo” 14:59 UTC',
      'new',
    ],
    [
      'snoozed',
      offered({ snoozedUntil: at('15:12'), snoozes: 1 }),
      'Back at 15:12 UTC · due 15:15 UTC',
      'asleep',
    ],
    [
      'snoozed until a time that is past',
      offered({ snoozedUntil: now }),
      'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
      'new',
    ],
    [
      'asked for time past the target',
      offered({ asked }),
      'Waiting for Grace Whitfield (you asked for 19:00 UTC) · still due 15:15 UTC',
      'waiting',
    ],
    [
      'asked for time and overdue',
      offered({ ...late, asked }),
      'Waiting for Grace Whitfield (you asked for 19:00 UTC) · late since 15:15 UTC',
      'late',
    ],
    [
      'asked for time that is over',
      offered({ asked: { until: now, due: at('15:12') } }),
      'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
      'new',
    ],
    [
      'offered to their team as well',
      offered({ ...late, openTo: [ben, chloe] }),
      'Late since 15:15 UTC · Ben Castillo and Chloe Nguyen may claim it now',
      'late',
    ],
    [
      'with a meeting before any answer',
      offered({ ...late, meetingAt: at('15:20') }),
      'Meeting booked · accept to take it on',
      'meeting',
    ],
    [
      'with a meeting before any touch',
      accepted({ ...untouched, meetingAt: at('16:10') }),
      'Meeting booked · nothing is due',
      'meeting',
    ],
    [
      'with a meeting from before they had it',
      offered({ meetingAt: at('14:59:59') }),
      'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
      'new',
    ],
    ['accepted', accepted(), 'Yours. Reach out by 16:05 UTC', 'active'],
    [
      'accepted and snoozed',
      accepted({ snoozedUntil: at('15:40') }),
      'Back at 15:40 UTC · due 16:05 UTC',
      'asleep',
    ],
    [
      'accepted and asked for time',
      accepted({ asked }),
      'Waiting for Grace Whitfield (you asked for 19:00 UTC) · still due 16:05 UTC',
      'waiting',
    ],
    [
      'accepted and not touched in time: opened again, with the fact',
      accepted(untouched),
      'Reach out now: due 16:05 UTC',
      'late',
    ],
    [
      'not touched in time and asked for time',
      accepted({ ...untouched, asked }),
      'Waiting for Grace Whitfield (you asked for 19:00 UTC) · late since 16:05 UTC',
      'late',
    ],
    [
      'not touched in time and offered to their team',
      accepted({ ...untouched, openTo: [ben] }),
      'Reach out now: due 16:05 UTC · Ben Castillo may claim it now',
      'late',
    ],
    [
      'accepted and given grace',
      accepted({ ...untouched, touchBy: at('17:05') }),
      'Yours. Reach out by 17:05 UTC',
      'active',
    ],
    [
      'working',
      working(),
      'You are on it · last touch 15:20 UTC · last: “Wants a quote”',
      'active',
      { log: spoke },
    ],
    [
      'working, more than once',
      working({ attempts: [touchedAt, at('15:30')] }),
      'You are on it · last touch 15:30 UTC · last: “Wants a quote”',
      'active',
      { log: spoke },
    ],
    [
      'working on somebody who must be tried more often',
      working({ targets: tireless }),
      'You are on it · last touch 15:20 UTC · 1 of 6',
      'active',
      { log: called, policy: rules },
    ],
    [
      'working on somebody who was reached, how often they were tried does not matter',
      working({ targets: tireless }),
      'You are on it · last touch 15:20 UTC · last: “Wants a quote”',
      'active',
      { log: spoke, policy: rules },
    ],
    [
      'working towards a meeting',
      working({ targets: tireless, meetingAt: at('15:30') }),
      'Meeting booked · nothing is due',
      'meeting',
      { log: called, policy: rules },
    ],
    ['disqualified', closed(), 'Disqualified by you 15:40 UTC: Not a fit', 'done', { log: disqualified }],
    [
      'given up',
      closed({ outcome: 'unresponsive', reason: 'no_answer', attempts: [touchedAt, at('15:30')] }),
      'Given up by you 15:40 UTC after 2 attempts: No answer',
      'done',
      { log: gaveUp, policy: rules },
    ],
    [
      'given up after one attempt',
      closed({ outcome: 'unresponsive', reason: 'no_answer' }),
      'Given up by you 15:40 UTC after 1 attempt: No answer',
      'done',
      { log: gaveUp, policy: rules },
    ],
    [
      'withdrawn',
      closed({ outcome: 'withdrawn', reason: 'the contact was deleted in HubSpot' }),
      'Withdrawn 15:40 UTC: the contact was deleted in HubSpot',
      'done',
      { log: logged([closedAt, null, { type: 'withdrawn', why: 'the contact was deleted in HubSpot' }]) },
    ],
    [
      'a deal',
      closed({ outcome: 'converted', reason: null, opportunityAt: at('15:35') }),
      'Became a deal 15:35 UTC',
      'done',
    ],
    [
      'a deal that is won',
      closed({ outcome: 'converted', reason: null, opportunityAt: at('15:35'), wonAt: at('20:00') }),
      'Became a deal 15:35 UTC, won 20:00 UTC',
      'won',
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
  const first = ['[Accept]', 'Log a Touch', 'Disqualify'];
  const table: [title: string, Handoff, buttons: string[], menu: string[]][] = [
    ['offered', offered(), first, ['Snooze', 'Hand Back']],
    ['overdue', offered(late), first, ['Snooze', 'Hand Back']],
    ['accepted', accepted(), ['[Log a Touch]', 'Disqualify'], ['Snooze', 'Hand Back']],
    [
      'asked for time, past which nothing is left to snooze',
      accepted({ asked, snoozes: 2 }),
      ['[Log a Touch]', 'Disqualify'],
      ['Hand Back'],
    ],
    ['working', working(), ['[Log a Touch]', 'Disqualify'], ['Hand Back']],
    ['closed', closed(), [], []],
  ];
  for (const [title, handoff, buttons, menu] of table) {
    it(`${title}: ${buttons.join(' ') || 'nothing'}, and the record behind the menu`, () => {
      const shown = cardWords(ada, { handoff });
      const asked = handoff.status === 'closed' ? [] : ['Why Me?', 'Copy Opener'];
      expect([shown.buttons, shown.menu]).toEqual([buttons, [...menu, ...asked, 'Open in HubSpot']]);
    });
  }

  it('is to reassign instead of to hand back for a manager, who decides to whom it goes', () => {
    const taken = accepted({ assignment: assignment({ rep: grace }) });
    expect(cardWords(grace, { handoff: taken }).menu.slice(0, 2)).toEqual(['Snooze', 'Reassign']);
  });

  it('is never more than three buttons, and six behind the menu, of which Slack folds what its own has no room for', () => {
    for (const handoff of [offered(), accepted(), working()]) {
      for (const rep of [ada, grace, henrik]) {
        const held = { ...handoff, assignment: assignment({ rep }) };
        const shown = cardWords(rep, { handoff: held, policy: policy({ update: ['phone'] }) });
        expect(shown.buttons.length).toBeLessThanOrEqual(3);
        expect(shown.menu.length).toBeLessThanOrEqual(6);
      }
    }
  });
});

describe('why this rep', () => {
  const table: [Handoff['assignment']['reasons'], string][] = [
    [assignment().reasons, 'next turn in Americas'],
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
      'owner of the company; the owner of the contact cannot take it (their HubSpot user is deactivated)',
    ],
    [[{ kind: 'reassigned', person: ada, by: grace, taken: true }], 'chosen by Grace Whitfield'],
    [[{ kind: 'reassigned', person: ada, by: ada, taken: true }], 'took it'],
    [[{ kind: 'ownerChanged', person: ada, taken: true }], 'made the owner of the contact in HubSpot'],
  ];
  for (const [reasons, words] of table) {
    it(`what decided comes first, then who else was looked at: "${words}"`, () => {
      const handoff = offered({ assignment: assignment({ reasons }) });
      expect(cardWords(ada, { handoff }).foot).toBe(`Yours because: ${words}`);
    });
  }
});

type Entry = Parameters<typeof logged>[number];

describe('the notification for whoever has no zone', () => {
  const table: [title: string, Handoff, string | undefined][] = [
    ['offered', offered(), 'Accept within 5 min'],
    ['late', offered({ ackBreachedAt: at('15:05'), respondBy: at('15:05') }), '5 min late'],
    ['accepted', accepted(), 'Reach out within 55 min'],
    ['asleep', offered({ snoozedUntil: at('15:12') }), 'Back in 2 min'],
    ['working', working({ tryAgainBy: at('17:10') }), 'Try again within 2 hr'],
    ['waiting', offered({ asked: { until: at('19:00'), due: at('19:05') } }), undefined],
    ['closed', closed(), undefined],
  ];
  it.each(table)('%s says how long', (_, handoff, said) => {
    const { timelessNotification: line } = cardFor(ada, view({ handoff }));
    const rest = ' · Demo request: Lena Fischer · Northwind Robotics (1,200)';
    expect(line && plain(line)).toBe(said && said + rest);
  });
});

describe('what was said before', () => {
  const toBen = assignment({ rep: ben, at: at('15:20') });
  const passed = (note?: string): Entry => [
    at('15:20'),
    grace,
    {
      type: 'reassigned',
      from: ada,
      assignment: toBen,
      respondBy: at('15:35'),
      granted: null,
      ...(note && { note }),
    },
  ];
  const handedBack = (note: string): Entry => [
    at('15:19'),
    ada,
    { type: 'handedBack', reason: 'other', note },
  ];
  const body = (handoff: Handoff, log: CardView['log']) => cardWords(ben, { handoff, log }).body[0];

  it('to the next rep stands on their card until they have reached out', () => {
    const held = offered({ assignment: toBen });
    expect(body(held, logged(passed('She prefers mornings')))).toBe(
      'Grace Whitfield: “She prefers mornings”',
    );
    expect(body({ ...accepted(), assignment: toBen }, logged(passed('She prefers mornings')))).toContain(
      'prefers',
    );
    expect(body({ ...working(), assignment: toBen }, logged(passed('She prefers mornings')))).not.toContain(
      'prefers',
    );
  });

  it('by whoever handed it back is such a note, too', () => {
    const routed: Entry = [at('15:20'), ada, passed()[2]];
    expect(body(offered({ assignment: toBen }), logged(handedBack('Speaks Polish only'), routed))).toBe(
      'Ada Okafor: “Speaks Polish only”',
    );
  });

  it('is nothing where nobody said anything', () => {
    expect(body(offered({ assignment: toBen }), logged(passed()))).not.toContain('“');
  });

  it('beside the last touch stands with the next step', () => {
    const log = logged([
      at('15:30'),
      ada,
      { type: 'touched', touch: touch({ note: 'wants prices\nfor 12 depots' }) },
    ]);
    const planned = working({ tryAgainBy: at('19:00') });
    expect(cardWords(ada, { handoff: planned, log }).status).toBe(
      'Next step by 19:00 UTC · last: “wants prices for 12 depots”',
    );
  });

  it('says when the meeting is, where that is known', () => {
    const startsAt = new Date('2026-03-10T14:23:00Z');
    const log = logged([
      at('15:30'),
      null,
      { type: 'meetingBooked', recordId: '1', at: at('15:30'), startsAt },
    ]);
    expect(cardWords(ada, { handoff: working({ meetingAt: at('15:30') }), log }).status).toMatch(
      /^Meeting Mar 10 · nothing is due$/,
    );
  });
});
