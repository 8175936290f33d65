import { describe, expect, it } from 'vitest';
import { type Card, cardFor } from '../../src/domain/card.ts';
import { disqualifyForm, formFor, touchForm } from '../../src/domain/form.ts';
import type { Handoff, Logged } from '../../src/domain/handoff.ts';
import type { Lead } from '../../src/domain/lead.ts';
import { type PersonId, type Policy, peopleOf } from '../../src/domain/policy.ts';
import { type Line, plain } from '../../src/domain/text.ts';
import {
  accepted,
  account,
  ada,
  assignment,
  at,
  ben,
  chloe,
  closed,
  closedAt,
  grace,
  lead,
  logged,
  names,
  offered,
  policy,
  respondBy,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../support/examples.ts';

const touched: Logged[] = logged([touchedAt, ada, { type: 'touched', touch: touch() }]);
const disqualified: Logged[] = logged([
  closedAt,
  ada,
  { type: 'disqualified', reason: 'not_a_fit', note: '' },
]);

function card(
  reader: PersonId,
  handoff: Handoff,
  {
    log = logged(),
    subject = lead(),
    rules = policy(),
    inactive = [],
  }: { log?: Logged[]; subject?: Lead; rules?: Policy; inactive?: readonly PersonId[] } = {},
): Card {
  return cardFor(reader, {
    ...{ handoff, lead: subject, log, policy: rules, names, now: at('15:10') },
    inactive: new Set(inactive),
  });
}

/** What can be filled in from the card. */
function forms({ actions }: Card) {
  return actions.flatMap((action) => (action.kind === 'form' ? [action.form] : []));
}

/** The labels of what can be pressed; the one to press first is marked. */
function buttons({ actions }: Card): string[] {
  return actions.map((action) =>
    action.kind !== 'link' && action.primary ? `[${action.label}]` : action.label,
  );
}

function section(of: Card, title: string): Line | undefined {
  return of.sections.flatMap((s) => (s.kind === 'text' && s.title === title ? [s.text] : []))[0];
}

const overdue = offered({ ackBreachedAt: respondBy });
const untouched = accepted({ touchBreachedAt: touchBy });
const afterGrace = offered({ ackBreachedAt: respondBy, respondBy: at('16:15'), clockRun: 2 });
const withGrace = accepted({ touchBreachedAt: touchBy, touchBy: at('17:05') });

describe('the holder’s card', () => {
  const table: [title: string, Handoff, Logged[], status: string, Card['tone'], buttons: string[]][] = [
    [
      'offered',
      offered(),
      logged(),
      'Respond by 15:15 UTC',
      'new',
      ['[Accept]', 'Log a Touch', 'Disqualify'],
    ],
    [
      'overdue',
      overdue,
      logged(),
      'Answer was due 15:15 UTC',
      'late',
      ['[Accept]', 'Log a Touch', 'Disqualify'],
    ],
    [
      'given grace',
      afterGrace,
      logged(),
      'Respond by 16:15 UTC',
      'new',
      ['[Accept]', 'Log a Touch', 'Disqualify'],
    ],
    [
      'accepted',
      accepted(),
      logged(),
      'Accepted 15:05 UTC · reach out by 16:05 UTC',
      'active',
      ['[Log a Touch]', 'Disqualify'],
    ],
    [
      'accepted and not touched in time',
      untouched,
      logged(),
      'Accepted 15:05 UTC · reach out by 16:05 UTC',
      'late',
      ['[Log a Touch]', 'Disqualify'],
    ],
    [
      'accepted and given grace',
      withGrace,
      logged(),
      'Accepted 15:05 UTC · reach out by 17:05 UTC',
      'active',
      ['[Log a Touch]', 'Disqualify'],
    ],
    [
      'working',
      working(),
      touched,
      'Working · 1 touch, last 15:20 UTC',
      'active',
      ['[Log a Touch]', 'Disqualify'],
    ],
    ['closed', closed(), disqualified, 'Disqualified by Ada Okafor 15:40 UTC: Not a fit', 'done', []],
    [
      'closed by nobody',
      closed({ outcome: 'withdrawn', reason: null }),
      logged(),
      'Withdrawn 15:40 UTC',
      'done',
      [],
    ],
  ];
  for (const [title, handoff, log, status, tone, labels] of table) {
    it(`${title}: "${status}", ${tone}, ${labels.join(' ') || 'nothing left to press'}`, () => {
      const shown = card(ada, handoff, { log });
      expect([plain(shown.status), shown.tone]).toEqual([status, tone]);
      expect(buttons(shown)).toEqual([...labels, 'Open in HubSpot']);
    });
  }

  it('is titled by the trigger, the lead and the company', () => {
    expect(card(ada, offered()).title).toBe('Demo request: Lena Fischer · Northwind Robotics');
  });

  it('is titled by what is known', () => {
    const bare = lead({ name: null, email: null, account: null });
    expect(card(ada, offered(), { subject: bare }).title).toBe('Demo request: Contact 501');
    expect(card(ada, offered({ trigger: 'gone_from_the_policy' })).title).toMatch(
      /^gone_from_the_policy: Lena/,
    );
  });

  it('has facts, a summary, recent activity and the reason for this rep, in this order', () => {
    const { sections } = card(ada, offered());
    expect(sections.map((s) => (s.kind === 'facts' ? 'Facts' : s.title))).toEqual([
      'In short',
      'Facts',
      'Recent activity',
      'Why you',
    ]);
  });

  it('leaves out recent activity when there is none', () => {
    const quiet = card(ada, offered(), { subject: lead({ pages: [], conversion: null }) });
    expect(quiet.sections.some((s) => s.kind === 'moments')).toBe(false);
  });

  it('says why this rep: what decided first, then who else was looked at', () => {
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
        'Owner of the company; no contact owner to take it (their HubSpot user is deactivated)',
      ],
      [[{ kind: 'reassigned', person: ada, by: grace, taken: true }], 'Chosen by Grace Whitfield'],
    ];
    for (const [reasons, words] of table) {
      const why = section(card(ada, offered({ assignment: assignment({ reasons }) })), 'Why you');
      expect(why && plain(why)).toBe(words);
    }
  });

  it('counts touches and tells the last', () => {
    const log = logged(
      [touchedAt, ada, { type: 'touched', touch: touch() }],
      [at('15:30'), ada, { type: 'touched', touch: touch({ id: 'second' }) }],
    );
    expect(plain(card(ada, working(), { log }).status)).toBe('Working · 2 touches, last 15:30 UTC');
  });

  it('of a manager who took it is the holder’s, not the manager’s', () => {
    const taken = accepted({ assignment: assignment({ rep: grace }) });
    expect(buttons(card(grace, taken))).toEqual([
      '[Log a Touch]',
      'Disqualify',
      'Reassign',
      'Open in HubSpot',
    ]);
  });
});

describe('the manager’s card', () => {
  const decisions = ['[Reassign]', 'Take It', 'Give Grace'];
  const outOfReach = offered({ unreachable: 'has no account in Slack', escalatedTo: grace });
  const table: [title: string, Handoff, Logged[], status: string, Card['tone'], buttons: string[]][] = [
    ['offered', offered(), logged(), 'Ada Okafor has until 15:15 UTC', 'new', decisions],
    ['overdue', overdue, logged(), 'Ada Okafor has not answered; due 15:15 UTC', 'late', decisions],
    ['given grace', afterGrace, logged(), 'Ada Okafor has until 16:15 UTC', 'new', decisions],
    [
      'out of reach',
      outOfReach,
      logged(),
      'Ada Okafor cannot be reached: has no account in Slack',
      'late',
      decisions,
    ],
    [
      'accepted',
      accepted(),
      logged(),
      'Ada Okafor accepted 15:05 UTC · reach out by 16:05 UTC',
      'active',
      decisions,
    ],
    [
      'not touched in time',
      untouched,
      logged(),
      'Ada Okafor accepted but has not reached out; due 16:05 UTC',
      'late',
      decisions,
    ],
    ['working', working(), touched, 'Ada Okafor is working on it', 'active', ['Reassign', 'Take It']],
    ['closed', closed(), disqualified, 'Disqualified by Ada Okafor 15:40 UTC: Not a fit', 'done', []],
  ];
  for (const [title, handoff, log, status, tone, labels] of table) {
    it(`${title}: "${status}", ${tone}, ${labels.join(' ') || 'nothing to decide'}`, () => {
      const shown = card(grace, handoff, { log });
      expect([plain(shown.status), shown.tone]).toEqual([status, tone]);
      expect(buttons(shown)).toEqual([...labels, 'Open in HubSpot']);
    });
  }

  it('says why them and what happened so far', () => {
    const log = logged([
      at('15:10'),
      null,
      { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy },
    ]);
    const shown = card(grace, offered({ deliveredAt: at('15:00:02') }), { log });
    expect(shown.sections.map((s) => (s.kind === 'facts' ? 'Facts' : s.title))).toEqual([
      'So far',
      'In short',
      'Facts',
      'Why them',
    ]);
    const soFar = section(shown, 'So far');
    expect(soFar && plain(soFar)).toBe('Qualified 14:59 UTC, card delivered 15:00 UTC, one reminder');
  });

  it('says when no card has come through, and counts reminders', () => {
    const reminded = { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy } as const;
    const log = logged([at('15:05'), null, reminded], [at('15:10'), null, reminded]);
    const [none, two] = [logged(), log].map((told) =>
      section(card(grace, offered(), { log: told }), 'So far'),
    );
    expect(none && plain(none)).toBe('Qualified 14:59 UTC, card not delivered yet, no reminder');
    expect(two && plain(two)).toBe('Qualified 14:59 UTC, card not delivered yet, 2 reminders');
  });
});

describe('the card of a lead that is open to a team', () => {
  const pool = assignment({
    rep: grace,
    reasons: [{ kind: 'pool', team: 'Americas', person: grace, taken: true, skipped: [] }],
    openTo: [ben, chloe],
  });
  const open = offered({ assignment: pool });

  it('says to whom it is open that they can claim it, by when, and everything a rep would see', () => {
    const claim = card(ben, open);
    expect([plain(claim.status), claim.tone]).toEqual(['Open to your team: claim it by 15:15 UTC', 'new']);
    expect(buttons(claim)).toEqual(['[Claim]', 'Open in HubSpot']);
    expect(claim.sections).toEqual(card(grace, open).sections);
    expect(claim.title).toBe(card(grace, open).title);
  });

  it('is late when nobody claimed it in time, and can be claimed still', () => {
    const late = card(ben, { ...open, ackBreachedAt: respondBy });
    expect([late.tone, ...buttons(late)]).toEqual(['late', '[Claim]', 'Open in HubSpot']);
  });

  it('is the holder’s for its manager, who can give it to somebody', () => {
    expect(buttons(card(grace, open))).toEqual([
      '[Accept]',
      'Log a Touch',
      'Disqualify',
      'Reassign',
      'Open in HubSpot',
    ]);
  });

  it('says whose it is once somebody claimed it', () => {
    const chosen = [{ kind: 'reassigned', person: chloe, by: chloe, taken: true }] as const;
    const taken = accepted({ assignment: assignment({ rep: chloe, reasons: chosen }) });
    const former = card(ben, taken);
    expect(plain(former.status)).toBe('Now with Chloe Nguyen since 15:00 UTC');
    expect(buttons(former)).toEqual(['Open in HubSpot']);
  });

  it('is nobody else’s to claim', () => {
    expect(buttons(card(ada, open))).toEqual(['Open in HubSpot']);
  });
});

describe('the card of whoever held it before', () => {
  const passedOn = assignment({ rep: ada, at: at('15:05') });

  it('says whose it is now and leaves nothing to press but the record', () => {
    const shown = card(ben, offered({ assignment: passedOn }));
    expect(plain(shown.status)).toBe('Now with Ada Okafor since 15:05 UTC');
    expect([shown.tone, shown.sections, buttons(shown)]).toEqual(['done', [], ['Open in HubSpot']]);
  });

  it('says how it ended', () => {
    const shown = card(ben, closed({ assignment: passedOn }), { log: disqualified });
    expect(plain(shown.status)).toBe('Disqualified by Ada Okafor 15:40 UTC: Not a fit');
  });
});

describe('a form on the card', () => {
  it('is there whole, with the choices of this moment', () => {
    expect(forms(card(ada, offered()))).toEqual([touchForm(), disqualifyForm(policy())]);
    const [reassign, giveGrace] = forms(card(grace, offered(), { inactive: [chloe] }));
    const view = { handoff: offered(), policy: policy(), names, inactive: new Set([chloe]) };
    expect([reassign, giveGrace]).toEqual([formFor('reassign', view), formFor('giveGrace', view)]);
    expect(JSON.stringify(reassign)).not.toContain(chloe);
  });

  it('has no button when there is nothing to choose in it', () => {
    const others = peopleOf(policy()).filter((id) => id !== ada);
    const alone = card(grace, offered(), { inactive: others, rules: policy({ graceMinutes: [] }) });
    expect(buttons(alone)).toEqual(['Take It', 'Open in HubSpot']);
  });
});

describe('the history', () => {
  const reassignment = assignment({
    at: at('15:20'),
    rep: ben,
    reasons: [{ kind: 'reassigned', person: ben, by: grace, taken: true }],
  });
  const log = logged(
    [at('15:00:02'), null, { type: 'delivered', to: ada, respondBy }],
    [at('15:10'), null, { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy }],
    [at('15:15'), null, { type: 'breached', clock: 'acknowledge', due: respondBy }],
    [at('15:15'), null, { type: 'escalated', clock: 'acknowledge', manager: grace }],
    [at('15:20'), grace, { type: 'reassigned', from: ada, assignment: reassignment, respondBy: at('15:35') }],
  );
  const passedOn = offered({ assignment: reassignment, respondBy: at('15:35') });
  const told = [
    '15:10 Reminder for Ada Okafor: this lead waits for your answer, due 15:15 UTC.',
    '15:15 No answer by 15:15 UTC.',
    '15:15 Grace Whitfield, please decide: reassign it, take it, or give grace.',
    '15:20 Now with Ben Castillo (chosen by Grace Whitfield). Respond by 15:35 UTC.',
  ];
  const historyOf = ({ history }: Card) =>
    history.map((entry) => `${entry.at.toISOString().slice(11, 16)} ${plain(entry.text)}`);

  it('tells what happened since the first card, oldest first, on every card alike', () => {
    for (const reader of [ben, grace, ada]) {
      expect([reader, historyOf(card(reader, passedOn, { log }))]).toEqual([reader, told]);
    }
  });

  it('leaves out what the card itself tells: the offer and its arrival', () => {
    const arrived = logged([at('15:00:02'), null, { type: 'delivered', to: ada, respondBy }]);
    expect(historyOf(card(ada, offered(), { log: arrived }))).toEqual([]);
  });

  it('stays on the card of a closed handoff, with how it ended', () => {
    expect(historyOf(card(ada, closed(), { log: disqualified }))).toEqual([
      '15:40 Ada Okafor disqualified the lead: Not a fit.',
    ]);
  });
});

describe('what a lead wrote', () => {
  const hostile = '<!channel> <https://evil.example|Accept> *now* @everyone &lt;';
  const subject = lead({
    name: hostile,
    email: hostile,
    jobTitle: hostile,
    account: account({ name: hostile, industry: hostile }),
    conversion: { name: hostile, at: at('14:50') },
    pages: [{ url: hostile, at: at('14:55') }],
    activities: [{ id: '1', kind: 'note', direction: null, title: hostile, at: at('14:56') }],
    summary: hostile,
  });

  it('is in the card only as text, never as a person, a time or a link', () => {
    for (const [reader, handoff] of [
      [ada, offered()],
      [grace, offered()],
      [ben, offered()],
      [ada, closed()],
    ] as const) {
      const shown = card(reader, handoff, { subject });
      const lines = [shown.status, ...shown.sections.flatMap((s) => (s.kind === 'text' ? [s.text] : []))];
      const foreign = lines.flat().filter((span) => JSON.stringify(span).includes('evil.example'));
      expect(foreign.every((span) => span.kind === 'text' && !span.bold)).toBe(true);
      const links = shown.actions.flatMap((action) => (action.kind === 'link' ? [action.url] : []));
      expect(links).toEqual([subject.url]);
    }
  });
});
