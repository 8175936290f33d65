import { describe, expect, it } from 'vitest';
import { reasonInWords } from '../../../src/domain/card/reasons.ts';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { WorkflowRequest } from '../../../src/domain/policy/facts.ts';
import { type EarlierHandoff, qualify } from '../../../src/domain/routing/qualify.ts';
import { type Routed, route, type Standing } from '../../../src/domain/routing/route.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { whyForOperators } from '../../../src/domain/words/why.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { readPolicyFile } from '../../../src/policy-file.ts';
import {
  account,
  ada,
  at,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  lead,
  names,
} from '../../support/examples.ts';

/**
 * The example policy, lead by lead. It is Tuesday: 10:00 in New York, 16:00 in Berlin; Chloe in Los Angeles and Farah in
 * Kolkata are off duty.
 */
const { policy } = readPolicyFile('policy.yaml');
const now = at('15:00');
const night = new Date('2026-03-04T03:00:00Z');
const elif = 'elif.demir@example.com';

const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

/** What is known besides the lead. */
type Around = {
  when?: Date;
  earlier?: readonly EarlierHandoff[];
  workflows?: readonly WorkflowRequest[];
  standing?: Partial<Standing>;
};

type Row = [name: string, lead: Lead, expected: readonly string[], around?: Around];

function look(subject: Lead, { when = now, earlier = [], workflows = [], standing = {} }: Around) {
  const found = qualify(subject, policy, { earlier, workflows }, when);
  if (found.verdict !== 'qualified') return { found, routed: null };
  const there: Standing = {
    peopleByOwner: new Map(
      [ada, ben, chloe, dario, elif, farah, grace, henrik].map((id) => [ownerOf(id), id]),
    ),
    inactive: new Set(),
    absences: new Map(),
    load: new Map(),
    credits: new Map(),
    excluded: new Map(),
    ...standing,
  };
  return { found, routed: route(subject, { trigger: found.trigger.name, workflows }, policy, there, when) };
}

const reasonsOf = (routed: Routed) =>
  routed.outcome === 'held' ? routed.reasons : routed.assignment.reasons;

/** What is decided, in words: the trigger or the verdict, who has it, and by which steps, leaving out rules for others. */
function decided(subject: Lead, around: Around): string[] {
  const { found, routed } = look(subject, around);
  if (found.verdict === 'ignored') return [`ignored: ${whyForOperators(found.why)}`];
  if (found.verdict === 'held')
    return [`held: ${found.trigger.name} lacks ${found.missing.map(String).join(', ')}`];
  if (!routed) return [];
  const steps = reasonsOf(routed)
    .filter(
      (reason) =>
        reason.kind !== 'notForThis' &&
        !('why' in reason && typeof reason.why === 'object' && reason.why.kind === 'noOwner'),
    )
    .map((reason) => {
      const words = plain(reasonInWords(reason, { names, words: wordsIn('en') })).replaceAll(
        /starts [^;)]+/g,
        'off duty',
      );
      const byRule = reason.kind === 'rep' && reason.rule;
      return byRule ? `${reason.rule}: ${words}` : words;
    });
  const { name } = found.trigger;
  if (routed.outcome === 'held')
    return [`${name} waits until ${routed.until.toISOString().slice(0, 16)}Z`, ...steps];
  return [`${name} → ${names.get(routed.assignment.rep) ?? routed.assignment.rep}`, ...steps];
}

const ownerOf = (person: string) => `owner of ${person}`;

/** A lead that did nothing, apart from what is given. */
const quiet = (override: Partial<Lead> = {}) =>
  lead({ conversions: [], score: null, pages: [], ...override });
const sent = (form: string, override: Partial<Lead> = {}, when = daysAgo(0.1)) =>
  quiet({ conversions: [{ name: form, at: when }], ...override });
const demo = (override: Partial<Lead> = {}) => sent('Request a Demo', override);
const company = (override: Parameters<typeof account>[0]) => ({ account: account(override) });
const scored = (...values: [value: number, daysAgo: number][]) => ({
  score: {
    value: values[0]?.[0] ?? 0,
    components: [],
    history: values.map(([value, days]) => ({ value, at: daysAgo(days) })),
  },
});
const saw = (...views: [url: string, daysAgo: number][]) => ({
  pages: views.map(([url, days]) => ({ url: `https://we.example${url}`, at: daysAgo(days) })),
});
const entered = (stage: string, days = 1) => ({
  lifecycleStage: stage,
  stageEnteredAt: { [stage]: daysAgo(days) },
});
const over = (trigger: string, days: number): EarlierHandoff => ({
  trigger,
  qualifiedAt: daysAgo(days + 1),
  closedAt: daysAgo(days),
});
const away = (...people: string[]): Partial<Standing> => ({
  absences: new Map(people.map((id) => [id, [{ from: daysAgo(1), until: null, why: 'vacation' }]])),
});
const askedBy = (name: string, days = 0.1): Around => ({ workflows: [{ name, at: daysAgo(days) }] });

const turn = 'next turn in Americas (passed over: Chloe Nguyen off duty)';
const turnAbroad = 'next turn in International (passed over: Farah Singh off duty)';
const thrice = saw(['/pricing', 0.1], ['/pricing?plan=team', 1], ['/plans', 3]);

const qualification: Row[] = [
  ['asks for a demo', demo(), ['demo_request → Ada Okafor', turn]],
  ['contacts sales, in other letters', sent('CONTACT SALES (EN)'), ['demo_request → Ada Okafor', turn]],
  ['subscribes to the newsletter', sent('Newsletter'), ['ignored: no trigger applies']],
  ['asked for a demo exactly a week ago', sent('Demo', {}, daysAgo(7)), ['demo_request → Ada Okafor', turn]],
  [
    'asked for a demo more than a week ago',
    sent('Demo', {}, daysAgo(7.001)),
    ['ignored: filled in “Demo”, but more than 7 days ago'],
  ],
  [
    'keeps looking at prices, in a company of 200',
    quiet({ ...thrice, ...company({ employees: 200 }) }),
    ['pricing → Ada Okafor', turn],
  ],
  [
    'keeps looking at prices, in a company of 199',
    quiet({ ...thrice, ...company({ employees: 199 }) }),
    ['ignored: no trigger applies'],
  ],
  [
    'keeps looking at prices as a director of few',
    quiet({ ...thrice, seniority: 'Director', ...company({ employees: 9 }) }),
    ['pricing → Ada Okafor', turn],
  ],
  ['looks at prices twice', quiet(saw(['/pricing', 0.1], ['/pricing', 1])), ['ignored: no trigger applies']],
  [
    'looks at prices three times in four days',
    quiet(saw(['/pricing', 0.1], ['/pricing', 1], ['/pricing', 3.2])),
    ['ignored: no trigger applies'],
  ],
  [
    'looks at prices again within the cool-down',
    quiet(thrice),
    ['ignored: saw /pricing or /plans 3 times, employees 1,200, but cooling down until 2026-03-04 15:00 UTC'],
    { earlier: [over('pricing', 29)] },
  ],
  [
    'looks at prices again after the cool-down',
    quiet(thrice),
    ['pricing → Ada Okafor', turn],
    { earlier: [over('pricing', 30)] },
  ],
  [
    'looks at prices after a handoff by something else',
    quiet(thrice),
    ['pricing → Ada Okafor', turn],
    { earlier: [over('score', 4)] },
  ],
  ['is handed over by the workflow', quiet(), ['workflow → Ada Okafor', turn], askedBy('hand_over')],
  [
    'is handed over by a workflow of another name',
    quiet(),
    ['ignored: no trigger applies'],
    askedBy('nurture'),
  ],
  [
    'was handed over by the workflow too long ago',
    quiet(),
    ['ignored: handed over by the workflow hand_over, but more than 7 days ago'],
    askedBy('hand_over', 8),
  ],
  ['reaches a score of 80', quiet(scored([80, 1], [20, 2])), ['hot_score → Ada Okafor', turn]],
  ['reaches a score of 79', quiet(scored([79, 1], [20, 2])), ['score → Ada Okafor', turn]],
  ['reaches a score of 50', quiet(scored([50, 1], [49, 2])), ['score → Ada Okafor', turn]],
  ['stays below a score of 50', quiet(scored([49, 1], [20, 2])), ['ignored: no trigger applies']],
  [
    'fell from a score of 90 to 60 long after it rose',
    quiet(scored([60, 1], [90, 20], [10, 21])),
    ['ignored: score rose to 60 (threshold 50), but more than 7 days ago'],
  ],
  [
    'reaches 80 after a handoff for 50',
    quiet(scored([85, 1], [60, 9], [10, 10])),
    ['hot_score → Ada Okafor', turn],
    { earlier: [over('score', 3)] },
  ],
  [
    'reads the guide, at a utility',
    sent("The Buyer's Guide: Download", company({ industry: 'UTILITIES' })),
    ['guide → Ada Okafor', turn],
  ],
  ['reads the guide, elsewhere', sent("The Buyer's Guide: Download"), ['ignored: no trigger applies']],
  [
    'reads the guide a second time',
    sent("Buyer's guide: Download", company({ industry: 'Banking' })),
    ['ignored: industry Banking, filled in “Download”, but this counts once only'],
    { earlier: [over('guide', 400)] },
  ],
  [
    'is marked as qualified by marketing',
    quiet(entered('marketingqualifiedlead')),
    ['lifecycle → Ada Okafor', turn],
  ],
  ['is marked as qualified by sales', quiet(entered('salesqualifiedlead')), ['lifecycle → Ada Okafor', turn]],
  ['becomes a subscriber', quiet(entered('subscriber')), ['ignored: no trigger applies']],
  [
    'does two things: the more urgent names it',
    demo(scored([90, 1], [20, 2])),
    ['demo_request → Ada Okafor', turn],
  ],
  [
    'did the more urgent thing too long ago',
    sent('Demo', scored([60, 1], [20, 2]), daysAgo(8)),
    ['score → Ada Okafor', turn],
  ],
  ['lacks an email', demo({ email: null }), ['held: demo_request lacks email']],
  ['lacks an email and does nothing', quiet({ email: null }), ['ignored: no trigger applies']],
  [
    'is with sales already',
    demo(),
    ['ignored: sales is already working on this lead'],
    { earlier: [{ trigger: 'score', qualifiedAt: daysAgo(1), closedAt: null }] },
  ],
  [
    'came for the same demo before',
    sent('Demo', {}, daysAgo(2)),
    ['ignored: filled in “Demo”, but that led to an earlier handoff'],
    { earlier: [over('demo_request', 1)] },
  ],
  [
    'comes for another demo after the first',
    demo(),
    ['demo_request → Ada Okafor', turn],
    { earlier: [over('demo_request', 1)] },
  ],
];

const never: Row[] = [
  ['is a customer', demo(entered('customer')), ['ignored: Already a customer: lifecycle stage customer']],
  ['recommends us', demo(entered('evangelist')), ['ignored: Already a customer: lifecycle stage evangelist']],
  ['has an open deal', demo({ openDeals: 1 }), ['ignored: Has an open deal: open deals 1']],
  ['has no open deal', demo({ openDeals: 0 }), ['demo_request → Ada Okafor', turn]],
  [
    'works for a competitor',
    demo(company({ domain: 'Rival-CRM.example' })),
    ['ignored: Works for a competitor: company domain Rival-CRM.example'],
  ],
  ['is a student', demo({ jobTitle: 'PhD student' }), ['ignored: Is a student: job title PhD student']],
  [
    'is an intern',
    demo({ jobTitle: 'Marketing Intern' }),
    ['ignored: Is a student: job title Marketing Intern'],
  ],
  [
    'has an intern’s letters in the title only',
    demo({ jobTitle: 'International Sales' }),
    ['demo_request → Ada Okafor', turn],
  ],
  [
    'writes from a private mailbox, for a score',
    quiet({ email: 'x@gmail.com', ...scored([90, 1], [1, 2]) }),
    ['ignored: Uses a private mailbox: personal mail at gmail.com, filled in no form'],
  ],
  [
    'writes from a private mailbox, for a demo',
    demo({ email: 'x@gmail.com' }),
    ['demo_request → Ada Okafor', turn],
  ],
];

const owner = 'owner of this contact';
const owners: Row[] = [
  ['has an owner', demo({ ownerId: ownerOf(ben) }), ['demo_request → Ben Castillo', owner]],
  ['has an owner who is off duty', demo({ ownerId: ownerOf(chloe) }), ['demo_request → Chloe Nguyen', owner]],
  ['has a manager for an owner', demo({ ownerId: ownerOf(henrik) }), ['demo_request → Henrik Lund', owner]],
  [
    'has its company’s owner',
    demo(company({ ownerId: ownerOf(dario) })),
    ['demo_request → Dario Rossi', 'owner of the company'],
  ],
  [
    'has an owner of its own, and its company another',
    demo({ ownerId: ownerOf(ben), ...company({ ownerId: ownerOf(dario) }) }),
    ['demo_request → Ben Castillo', owner],
  ],
  [
    'has an owner who is away',
    demo({ ownerId: ownerOf(ben), ...company({ ownerId: ownerOf(dario) }) }),
    [
      'demo_request → Dario Rossi',
      'the owner of the contact, Ben Castillo, vacation',
      'owner of the company',
    ],
    { standing: away(ben) },
  ],
  [
    'has an owner who is deactivated',
    demo({ ownerId: ownerOf(ben) }),
    [
      'demo_request → Ada Okafor',
      'the owner of the contact, Ben Castillo, is deactivated in HubSpot',
      'next turn in Americas (passed over: Ben Castillo is deactivated in HubSpot; Chloe Nguyen off duty)',
    ],
    { standing: { inactive: new Set([ben]) } },
  ],
  [
    'has an owner whom nobody knows',
    demo({ ownerId: '99' }),
    [
      'demo_request → Ada Okafor',
      'the owner of the contact cannot take it (owner 99 is not in the policy)',
      turn,
    ],
  ],
  [
    'was handed back by its owner',
    demo({ ownerId: ownerOf(ada) }),
    [
      'demo_request → Ben Castillo',
      'the owner of the contact, Ada Okafor, handed this lead back',
      'next turn in Americas (passed over: Ada Okafor handed this lead back; Chloe Nguyen off duty)',
    ],
    { standing: { excluded: new Map([[ada, 'handedBack']] as const) } },
  ],
];

const bank = (postcode: string) =>
  demo({ country: 'United Kingdom', postcode, ...company({ industry: 'BANKING' }) });
const named = (rule: string) => `${rule}: named by the rule “${rule}”`;
const noTurnAbroad =
  'nobody free in International (passed over: Dario Rossi off duty; elif.demir@example.com off duty; Farah Singh off duty)';
const noTurn =
  'nobody free in Americas (passed over: Ada Okafor off duty; Ben Castillo off duty; Chloe Nguyen off duty)';
const everybodyAbroadAway =
  'nobody free in International (passed over: Dario Rossi: vacation; elif.demir@example.com: vacation; Farah Singh: vacation)';

const territories: Row[] = [
  ['is a bank in the City', bank('ec2v 7hn'), ['demo_request → Dario Rossi', named('Banks in London')]],
  ['is a bank at the docks', bank('E14 5AB'), ['demo_request → Dario Rossi', named('Banks in London')]],
  ['is a bank in the West End', bank('W1 1AA'), ['demo_request → Ada Okafor', turn]],
  [
    'is no bank, but in the City',
    demo({ country: 'United Kingdom', postcode: 'EC1' }),
    ['demo_request → Ada Okafor', turn],
  ],
  [
    'is a bank in the City while Dario is away',
    bank('EC1'),
    ['demo_request → Ada Okafor', 'Banks in London: Dario Rossi, whom the rule names, vacation', turn],
    { standing: away(dario) },
  ],
  [
    'wants the academy',
    demo({ product: 'Academy' }),
    [
      'demo_request → Grace Whitfield',
      'open to Americas until somebody claims it (passed over: Chloe Nguyen off duty)',
    ],
  ],
  [
    'wants the academy among others',
    demo({ product: 'core;academy' }),
    [
      'demo_request → Grace Whitfield',
      'open to Americas until somebody claims it (passed over: Chloe Nguyen off duty)',
    ],
  ],
  [
    'wants the academy at night',
    demo({ product: 'academy' }),
    ['demo_request → Grace Whitfield', noTurn, noTurn, noTurnAbroad, 'fallback when no rule finds anybody'],
    { when: night },
  ],
  ['is in Germany', demo({ country: 'Germany' }), ['demo_request → Dario Rossi', turnAbroad]],
  ['is in Sweden, in other letters', demo({ country: 'SWEDEN' }), ['demo_request → Dario Rossi', turnAbroad]],
  [
    'is in a country that only its company tells',
    demo({ country: null, ...company({ country: 'Austria' }) }),
    ['demo_request → Dario Rossi', turnAbroad],
  ],
  [
    'is in Germany at night: held until Kolkata is at work',
    demo({ country: 'Germany' }),
    ['demo_request waits until 2026-03-04T04:30Z', noTurnAbroad],
    { when: night },
  ],
  [
    'is in Germany while nobody knows when they are back',
    demo({ country: 'Germany' }),
    ['demo_request → Ada Okafor', everybodyAbroadAway, turn],
    { standing: away(dario, elif, farah) },
  ],
  [
    'is in Germany after Dario had four within the hour',
    demo({ country: 'Germany' }),
    [
      'demo_request → elif.demir@example.com',
      'next turn in International (passed over: Dario Rossi got 4 within the hour (limit 4); Farah Singh off duty)',
    ],
    {
      standing: {
        load: new Map([
          [dario, { open: 4, givenAt: [1, 2, 3, 4].map((minutes) => daysAgo(minutes / 1440)) }],
        ]),
      },
    },
  ],
  [
    'speaks German in Belgium',
    demo({ country: 'Belgium', language: 'de-be' }),
    ['demo_request → Dario Rossi', turnAbroad],
  ],
  ['speaks German in the United States', demo({ language: 'de' }), ['demo_request → Ada Okafor', turn]],
  [
    'speaks German in Belgium at night: the next rules are tried',
    demo({ country: 'Belgium', language: 'de' }),
    [
      'demo_request → Grace Whitfield',
      noTurnAbroad,
      noTurn,
      noTurnAbroad,
      'fallback when no rule finds anybody',
    ],
    { when: night },
  ],
  [
    'is in India, where Farah answers whatever the time',
    demo({ country: 'India' }),
    ['demo_request → Farah Singh', named('South Asia')],
  ],
  [
    'is in Sri Lanka while Farah is away',
    demo({ country: 'Sri Lanka' }),
    ['demo_request → Ada Okafor', 'South Asia: Farah Singh, whom the rule names, vacation', turn],
    { standing: away(farah) },
  ],
];

const rest: Row[] = [
  [
    'asks for a demo from 5,000 people',
    demo(company({ employees: 5000 })),
    ['demo_request → Chloe Nguyen', named('Enterprise on the phone')],
  ],
  [
    'asks for a demo from 4,999 people',
    demo(company({ employees: 4999 })),
    ['demo_request → Ada Okafor', turn],
  ],
  [
    'reaches the score in a company of 5,000',
    quiet({ ...scored([60, 1], [1, 2]), ...company({ employees: 5000 }) }),
    ['score → Ada Okafor', turn],
  ],
  ['has no company', demo({ account: null }), ['demo_request → Ada Okafor', turn]],
  [
    'comes when it is Ben’s turn',
    demo(),
    ['demo_request → Ben Castillo', turn],
    {
      standing: {
        credits: new Map([
          [
            'Americas',
            new Map([
              [ada, -0.5],
              [ben, 0.5],
            ]),
          ],
        ]),
      },
    },
  ],
  [
    'comes when Ada has 25 open',
    demo(),
    [
      'demo_request → Ben Castillo',
      'next turn in Americas (passed over: Ada Okafor has 25 open (limit 25); Chloe Nguyen off duty)',
    ],
    { standing: { load: new Map([[ada, { open: 25, givenAt: [] }]]) } },
  ],
  [
    'comes when Ada had twelve today',
    demo(),
    [
      'demo_request → Ben Castillo',
      'next turn in Americas (passed over: Ada Okafor got 12 today (limit 12); Chloe Nguyen off duty)',
    ],
    {
      standing: {
        load: new Map([[ada, { open: 0, givenAt: Array.from({ length: 12 }, () => at('14:00')) }]]),
      },
    },
  ],
  [
    'comes when it is morning in Berlin',
    demo(),
    [
      'demo_request → Dario Rossi',
      noTurn,
      turnAbroad.replace('Farah Singh off duty', '').replace(' (passed over: )', ''),
    ],
    { when: new Date('2026-03-04T08:00:00Z') },
  ],
  [
    'comes on Friday, when Berlin has left early',
    demo({ country: 'Germany' }),
    ['demo_request waits until 2026-03-09T04:30Z', noTurnAbroad],
    { when: new Date('2026-03-06T15:00:00Z') },
  ],
  [
    'comes at night',
    demo(),
    ['demo_request → Grace Whitfield', noTurn, noTurnAbroad, 'fallback when no rule finds anybody'],
    { when: night },
  ],
];

for (const [title, table] of Object.entries({ qualification, never, owners, territories, rest })) {
  describe(`by the example policy, ${title}: a lead that`, () => {
    for (const [name, subject, expected, around = {}] of table) {
      it(`${name}: ${expected[0]}`, () => {
        expect(decided(subject, around)).toEqual(expected);
      });
    }
  });
}

it('the table holds sixty leads and more, each of a name of its own', () => {
  const all = [qualification, never, owners, territories, rest].flat().map(([name]) => name);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(60);
});

it('every trigger, exclusion and rule of the example policy decides about somebody in the table', () => {
  const deciding = new Set(
    [qualification, never, owners, territories, rest].flat().flatMap(([, subject, , around = {}]) => {
      const { found, routed } = look(subject, around);
      const excluded = found.considered.flatMap(({ kind, name, met }) =>
        kind === 'never' && met ? [name] : [],
      );
      const trigger = found.verdict === 'qualified' ? [found.trigger.name] : [];
      return [...excluded, ...trigger, routed ? reasonsOf(routed).at(-1)?.rule : null];
    }),
  );
  const { triggers, qualification: rules, routing } = policy;
  const all = [...triggers, ...rules.never, ...routing.rules].map(({ name }) => name);
  expect(all.filter((name) => !deciding.has(name))).toEqual([]);
});

it('the steps say of every rule why it was not for the lead', () => {
  const { routed } = look(demo(), {});
  const reasons = routed ? reasonsOf(routed) : [];
  expect(
    reasons.map(
      (reason) => `${reason.rule}: ${plain(reasonInWords(reason, { names, words: wordsIn('en') }))}`,
    ),
  ).toEqual([
    'contact owner: the contact has no owner',
    'account owner: the company has no owner',
    'Banks in London: not for this lead: postcode is unknown, industry Machinery',
    'Academy: not for this lead: product is unknown',
    'DACH and Nordics: not for this lead: country United States',
    'German speakers: not for this lead: language is unknown, country United States',
    'South Asia: not for this lead: country United States',
    'Enterprise on the phone: not for this lead: not Enterprise (employees 1,200)',
    'rotation Americas: next turn in Americas (passed over: Chloe Nguyen starts Tue 9:00 AM in Los Angeles)',
  ]);
});
