import { describe, expect, it } from 'vitest';
import { type Condition, check, partsOf, tellsSince } from '../../../src/domain/policy/condition.ts';
import type { Facts } from '../../../src/domain/policy/facts.ts';
import { whyForOperators } from '../../../src/domain/words/why.ts';
import { account, at, lead, minutesAfter } from '../../support/examples.ts';

const now = at('15:00');

/** What a condition finds in the example lead, or in one that differs in what is given. */
function look(condition: Condition, subject: Parameters<typeof lead>[0] = {}, facts: Partial<Facts> = {}) {
  const { found, ...finding } = check(condition, {
    lead: lead(subject),
    trigger: null,
    workflows: [],
    spentUntil: null,
    freshFrom: null,
    ...facts,
  });
  return { ...finding, words: whyForOperators(found) };
}

/** A condition on a text of the lead. */
function text(attribute: Extract<Condition, { kind: 'text' }>['attribute'], ...anyOf: string[]): Condition {
  return { kind: 'text', attribute, anyOf };
}

const yes: Condition = text('country', 'United States');
const no: Condition = text('country', 'France');
const demo: Condition = { kind: 'conversion', titleOf: 'form', contains: ['demo'] };

describe('who the lead is', () => {
  const table: [title: string, Condition, Parameters<typeof lead>[0], met: boolean, words: string][] = [
    ['a country, whatever the case', text('country', 'united states'), {}, true, 'country United States'],
    [
      'a country that is none of those',
      text('country', 'France', 'Spain'),
      {},
      false,
      'country United States',
    ],
    ['the company’s country where the lead has none', yes, { country: null }, true, 'country United States'],
    ['the lead’s own country before the company’s', yes, { country: 'Peru' }, false, 'country Peru'],
    [
      'nobody knows',
      yes,
      { country: null, account: account({ country: null }) },
      false,
      'country is unknown',
    ],
    ['a state', text('state', 'New York'), {}, true, 'state New York'],
    [
      'a city of the company',
      text('city', 'Boston'),
      { account: account({ city: 'Boston' }) },
      true,
      'city Boston',
    ],
    [
      'a postcode by how it begins',
      text('postcode', 'EC', 'E14'),
      { postcode: 'ec2a 4bx' },
      true,
      'postcode ec2a 4bx',
    ],
    [
      'a postcode that has it elsewhere',
      text('postcode', 'EC'),
      { postcode: 'W1 EC2' },
      false,
      'postcode W1 EC2',
    ],
    ['a language with its country', text('language', 'de'), { language: 'de-at' }, true, 'language de-at'],
    ['a job title by a word in it', text('job_title', 'operations'), {}, true, 'job title VP Operations'],
    [
      'a job title of which it is only a part of a word',
      text('job_title', 'intern'),
      { jobTitle: 'International Sales' },
      false,
      'job title International Sales',
    ],
    [
      'a job title with the word after part of another',
      text('job_title', 'intern'),
      { jobTitle: 'Internal audit, intern' },
      true,
      'job title Internal audit, intern',
    ],
    ['a seniority', text('seniority', 'vp'), { seniority: 'VP' }, true, 'seniority VP'],
    [
      'an industry as HubSpot writes it',
      text('industry', 'Computer Software'),
      { account: account({ industry: 'COMPUTER_SOFTWARE' }) },
      true,
      'industry COMPUTER_SOFTWARE',
    ],
    ['the company’s name by a word', text('company', 'northwind'), {}, true, 'company Northwind Robotics'],
    [
      'what the lead wrote as company where there is no record',
      text('company', 'acme'),
      { account: null, company: 'Acme Ltd' },
      true,
      'company Acme Ltd',
    ],
    [
      'the company’s domain',
      text('company_domain', 'northwind.example'),
      {},
      true,
      'company domain northwind.example',
    ],
    [
      'the email’s domain',
      text('email_domain', 'northwind.example'),
      {},
      true,
      'email domain northwind.example',
    ],
    [
      'an email without a domain',
      text('email_domain', 'x.example'),
      { email: 'lena' },
      false,
      'email domain is unknown',
    ],
    ['the lifecycle stage', text('lifecycle', 'lead'), {}, true, 'lifecycle stage lead'],
    [
      'the lead status',
      text('lead_status', 'In progress'),
      { leadStatus: 'IN_PROGRESS' },
      true,
      'lead status IN_PROGRESS',
    ],
    ['the source', text('source', 'paid search'), {}, true, 'source PAID_SEARCH'],
    [
      'one of several choices of a product',
      text('product', 'academy'),
      { product: 'core;Academy' },
      true,
      'product core;Academy',
    ],
  ];
  for (const [title, condition, subject, met, words] of table) {
    it(`${title}: ${met ? 'yes' : 'no'}`, () => {
      expect(look(condition, subject)).toMatchObject({ met, since: null, words });
    });
  }

  it('a mailbox at one of many domains', () => {
    const personal: Condition = { kind: 'mailDomain', name: 'personal', domains: new Set(['gmail.com']) };
    expect(look(personal, { email: 'a@GMAIL.com ' })).toMatchObject({
      met: true,
      words: 'personal mail at gmail.com',
    });
    expect(look(personal)).toMatchObject({ met: false, words: 'mail at northwind.example' });
    expect(look(personal, { email: null })).toMatchObject({ met: false, words: 'no email address' });
  });
});

describe('numbers', () => {
  const number = (
    attribute: Extract<Condition, { kind: 'number' }>['attribute'],
    atLeast: number | null,
    below: number | null = null,
  ): Condition => ({ kind: 'number', attribute, range: { atLeast, below } });
  const table: [title: string, Condition, boolean, words: string][] = [
    ['at the lower end', number('employees', 1200), true, 'employees 1,200'],
    ['just below it', number('employees', 1201), false, 'employees 1,200'],
    ['at the upper end, which is out', number('employees', null, 1200), false, 'employees 1,200'],
    ['in a band', number('revenue', 1, 45_000_001), true, 'revenue 45,000,000'],
    ['of the score', number('score', 30, 31), true, 'score 30'],
    ['of visits', number('visits', 5), false, 'visits 4'],
    ['that nobody counted', number('open_deals', 0), false, 'open deals is unknown'],
  ];
  for (const [title, condition, met, words] of table) {
    it(`${title}: ${met ? 'yes' : 'no'}`, () => {
      expect(look(condition)).toMatchObject({ met, since: null, words });
    });
  }

  it('of a company that is not there are unknown', () => {
    expect(look(number('employees', 1), { account: null })).toMatchObject({
      met: false,
      words: 'employees is unknown',
    });
  });
});

describe('any property of the portal', () => {
  const of = { object: 'contact', property: 'seats' } as const;
  const seats = (value: string) => ({ properties: { seats: value } });
  const atLeast10: Condition = { kind: 'propertyNumber', ...of, range: { atLeast: 10, below: null } };
  const table: [title: string, Condition, Parameters<typeof lead>[0], met: boolean, words: string][] = [
    [
      'has one of the values',
      { kind: 'property', ...of, anyOf: ['Many'] },
      seats('many'),
      true,
      'seats many',
    ],
    [
      'has one choice of several',
      { kind: 'property', ...of, anyOf: ['b'] },
      seats('a; b'),
      true,
      'seats a; b',
    ],
    ['is a number in the range', atLeast10, seats('10'), true, 'seats 10'],
    ['is a number below it', atLeast10, seats('9.5'), false, 'seats 9.5'],
    ['is no number', atLeast10, seats('ten'), false, 'seats is unknown'],
    [
      'is blank',
      { kind: 'propertyNumber', ...of, range: { atLeast: 0, below: null } },
      seats(' '),
      false,
      'seats is unknown',
    ],
    ['is known', { kind: 'propertyKnown', ...of, known: true }, seats('0'), true, 'seats is known'],
    ['is not known', { kind: 'propertyKnown', ...of, known: true }, {}, false, 'seats is empty'],
    ['is to be empty', { kind: 'propertyKnown', ...of, known: false }, seats(''), true, 'seats is empty'],
    [
      'is the company’s',
      { kind: 'property', object: 'company', property: 'tier', anyOf: ['gold'] },
      { account: account({ properties: { tier: 'Gold' } }) },
      true,
      'tier Gold',
    ],
    [
      'is that of a company which is not there',
      { kind: 'propertyKnown', object: 'company', property: 'tier', known: false },
      { account: null },
      true,
      'tier is empty',
    ],
    [
      'is called like something that every object has',
      { kind: 'property', object: 'contact', property: 'constructor', anyOf: ['x'] },
      {},
      false,
      'constructor is unknown',
    ],
  ];
  for (const [title, condition, subject, met, words] of table) {
    it(`${title}: ${met ? 'yes' : 'no'}`, () => {
      expect(look(condition, subject)).toMatchObject({ met, since: null, words });
    });
  }
});

describe('what nobody knows', () => {
  const [gone, big] = [
    text('seniority', 'vp'),
    { kind: 'property', object: 'contact', property: 'x', anyOf: ['1'] },
  ];
  const table: [what: string, Condition, boolean][] = [
    ['a part that is empty', gone, true],
    ['a part that is another', no, false],
    ['all, of which one is empty and none is another', { kind: 'all', of: [yes, gone] }, true],
    ['all, of which one is another', { kind: 'all', of: [no, gone] }, false],
    ['any, of which one is empty', { kind: 'any', of: [no, big as Condition] }, true],
    ['a segment of it', { kind: 'segment', name: 'Large', of: gone }, true],
  ];
  for (const [what, condition, isUnknown] of table) {
    it(`${what}: ${isUnknown ? 'unknown' : 'known'}`, () => {
      expect(look(condition)).toMatchObject({ met: false });
      expect(look(condition).unknown ?? false).toBe(isUnknown);
    });
  }
});

describe('what it did', () => {
  it('sent in a form with the words in its own title; the page’s counts where it is asked for', () => {
    const sent = { conversions: [{ name: 'Demographics of buyers 2026: Download', at: at('14:00') }] };
    const page: Condition = { kind: 'conversion', titleOf: 'page', contains: ['buyers'] };
    const words = 'filled in “Download”';
    expect(look(demo, sent)).toEqual({ met: false, since: null, words });
    expect(look(page, sent)).toEqual({ met: true, since: at('14:00'), words });
  });

  it('sent in another form since: the one before counts while it is fresh', () => {
    const sent = {
      conversions: [
        { name: 'News: Newsletter', at: at('14:00:05') },
        { name: 'Demo: Request a demo', at: at('14:00') },
      ],
    };
    expect(look(demo, sent)).toEqual({
      met: true,
      since: at('14:00'),
      words: 'filled in “Request a demo”',
    });
    expect(look(demo, sent, { freshFrom: at('14:00:01') })).toMatchObject({ met: false });
    expect(look(demo, { conversions: sent.conversions.slice(1) }, { freshFrom: now })).toMatchObject({
      met: true,
    });
  });

  it('sent in a form whose title contains the words, at that time', () => {
    expect(look(demo)).toEqual({ met: true, since: at('14:59:30'), words: 'filled in “Request a Demo”' });
    expect(look({ kind: 'conversion', titleOf: 'form', contains: ['quote'] })).toEqual({
      met: false,
      since: null,
      words: 'filled in “Request a Demo”',
    });
    expect(look(demo, { conversions: [] }).words).toBe('filled in no form');
  });

  it('entered a stage, however the policy spells it', () => {
    const entered: Condition = { kind: 'stageEntered', stages: ['MarketingQualifiedLead'] };
    const mql = {
      lifecycleStage: 'marketingqualifiedlead',
      stageEnteredAt: { marketingqualifiedlead: at('14:00') },
    };
    expect(look(entered, mql)).toEqual({
      met: true,
      since: at('14:00'),
      words: 'became marketingqualifiedlead',
    });
    expect(look(entered)).toMatchObject({ met: false, words: 'lifecycle stage lead' });
    expect(look(entered, { lifecycleStage: null })).toMatchObject({
      met: false,
      words: 'no lifecycle stage',
    });
  });

  describe('reached a score band', () => {
    const band: Condition = { kind: 'scoreReached', range: { atLeast: 50, below: 80 } };
    const scored = (...values: number[]) => ({
      score: {
        value: values[0] ?? 0,
        components: [],
        history: values.map((value, index) => ({ value, at: minutesAfter(now, -index) })),
      },
    });
    const table: [title: string, values: number[], minutesAgo: number | null][] = [
      ['from below, since it came into it', [60, 55, 20], 1],
      ['and fell back into it, since it rose', [60, 90, 20], 1],
      ['and has been in it ever since anybody looked', [60, 50], 1],
      ['and has grown out of it', [80, 60, 20], null],
      ['and has not come up to it', [49, 20], null],
      ['but nobody knows when', [], null],
    ];
    for (const [title, values, minutesAgo] of table) {
      it(`${title}: ${minutesAgo === null ? 'no' : 'yes'}`, () => {
        const since = minutesAgo === null ? null : minutesAfter(now, -minutesAgo);
        expect(look(band, scored(...values))).toMatchObject({ met: since !== null, since });
      });
    }

    it('says so of a lead without a score', () => {
      expect(look(band, { score: null }).words).toBe('no score');
    });
  });

  it('ended visits on a page, of which HubSpot tells each', () => {
    const pricing = { contains: ['/pricing'], times: 3, withinMinutes: 3 * 1440 };
    const url = 'https://we.example/pricing?utm_source=mail';
    const visits = ['10:00', '11:00', '12:00'].map((time) => ({ url, at: at(time) }));
    const pages = [...visits, { url, at: at('09:59'), opened: true as const }];
    expect(look({ kind: 'visitsEndingOn', ...pricing }, { pages })).toEqual({
      met: true,
      since: at('12:00'),
      words: '3 visits ended on /pricing',
    });
    const one = look({ kind: 'visitsEndingOn', ...pricing }, { pages: pages.slice(2) });
    expect(one).toEqual({ met: false, since: null, words: '1 visit ended on /pricing' });
    expect(look({ kind: 'visitsEndingOn', ...pricing }, { pages: [] }).words).toBe(
      'no visit ended on /pricing',
    );
  });

  it('saw pages that HubSpot counts and does not name, which the finding says', () => {
    const pricing: Condition = { kind: 'page', contains: ['/pricing'], times: 3, withinMinutes: 3 * 1440 };
    const contact = { url: 'https://we.example/contact', at: at('12:00'), before: 3 };
    const old = { url: 'https://we.example/pricing', at: minutesAfter(at('12:00'), -5 * 1440), before: 9 };
    expect(look(pricing, { pages: [contact, old] }).words).toBe(
      'saw /pricing once (HubSpot does not name 3 more pages of those visits)',
    );
    expect(look(pricing, { pages: [{ ...contact, before: 1 }] }).words).toBe(
      'did not see /pricing (HubSpot does not name 1 more page of those visits)',
    );
  });

  it('does not see a page for the words of a campaign that led elsewhere', () => {
    const page: Condition = { kind: 'page', contains: ['pricing'], times: 1, withinMinutes: 60 };
    const pages = [{ url: 'https://we.example/blog?utm_campaign=pricing#pricing', at: at('12:00') }];
    expect(look(page, { pages }).met).toBe(false);
  });

  it.each([
    ['?plan=team', 'https://we.example/pricing?plan=team', true],
    ['#prices', 'https://we.example/product#prices', true],
    ['/für-teams', 'https://we.example/f%C3%BCr-teams', true],
    ['/f%C3%BCr-teams', 'https://we.example/f%C3%BCr-teams', true],
    ['/100%-off', 'https://we.example/100%-off', true],
    ['/für-teams', 'https://we.example/f%C3-teams', false],
  ])('looks for %s in %s: %s', (words, url, met) => {
    const page: Condition = { kind: 'page', contains: [words], times: 1, withinMinutes: 60 };
    expect(look(page, { pages: [{ url, at: at('12:00') }] }).met).toBe(met);
  });

  describe('saw a page', () => {
    const hours = (count: number) => minutesAfter(now, -60 * count);
    const visits = (...views: [url: string, hoursAgo: number][]) => ({
      pages: views.map(([url, ago]) => ({ url: `https://we.example${url}`, at: hours(ago) })),
    });
    const thrice: Condition = {
      kind: 'page',
      contains: ['/pricing', '/plans'],
      times: 3,
      withinMinutes: 24 * 60,
    };
    const table: [title: string, ReturnType<typeof visits>, since: Date | null, words: string][] = [
      ['not at all', visits(['/blog', 1]), null, 'did not see /pricing or /plans'],
      ['once', visits(['/pricing', 1]), null, 'saw /pricing or /plans once'],
      [
        'often enough, whatever the case',
        visits(['/Pricing', 1], ['/plans', 2], ['/pricing?x', 3]),
        hours(1),
        'saw /pricing or /plans 3 times',
      ],
      [
        'at the very edge of the time',
        visits(['/plans', 0], ['/plans', 12], ['/plans', 24]),
        hours(0),
        'saw /pricing or /plans 3 times',
      ],
      [
        'too far apart',
        visits(['/plans', 0], ['/plans', 12], ['/plans', 24.1]),
        null,
        'saw /pricing or /plans 2 times',
      ],
      [
        'often enough, and once more long after',
        visits(['/plans', 0], ['/plans', 48], ['/plans', 49], ['/plans', 50]),
        hours(48),
        'saw /pricing or /plans 3 times',
      ],
      [
        'in whatever order they are listed',
        visits(['/plans', 3], ['/plans', 1], ['/plans', 2]),
        hours(1),
        'saw /pricing or /plans 3 times',
      ],
    ];
    for (const [title, subject, since, words] of table) {
      it(`${title}: ${since ? 'yes' : 'no'}`, () => {
        expect(look(thrice, subject)).toEqual({ met: since !== null, since, words });
      });
    }

    it('before the last handoff ended counts no more', () => {
      const subject = visits(['/plans', 1], ['/plans', 2], ['/plans', 3]);
      expect(look(thrice, subject, { spentUntil: hours(3) })).toMatchObject({
        met: false,
        words: 'saw /pricing or /plans 2 times',
      });
    });
  });

  it('was handed over by a workflow of this name, the last time counting', () => {
    const workflows = [
      { name: 'hand_over', at: at('13:00') },
      { name: 'hand_over', at: at('14:00') },
      { name: 'other', at: at('14:30') },
    ];
    expect(look({ kind: 'workflow', name: 'hand_over' }, {}, { workflows })).toEqual({
      met: true,
      since: at('14:00'),
      words: 'handed over by the workflow hand_over',
    });
    expect(look({ kind: 'workflow', name: 'else' }, {}, { workflows })).toEqual({
      met: false,
      since: null,
      words: 'no workflow else',
    });
  });
});

it('the trigger that was found, unknown while one is being looked for', () => {
  const condition: Condition = { kind: 'trigger', anyOf: ['demo_request'] };
  expect(look(condition, {}, { trigger: 'demo_request' })).toMatchObject({
    met: true,
    words: 'trigger demo_request',
  });
  expect(look(condition)).toMatchObject({ met: false, words: 'trigger is unknown' });
});

describe('conditions put together', () => {
  const viewed: Condition = { kind: 'page', contains: ['/pricing'], times: 1, withinMinutes: 60 };
  const table: [title: string, Condition, met: boolean, since: Date | null, words: string][] = [
    [
      'all, since the last came to hold',
      { kind: 'all', of: [demo, viewed, yes] },
      true,
      at('14:59:30'),
      'filled in “Request a Demo”, saw /pricing once, country United States',
    ],
    [
      'all but one: the words tell which is missing',
      { kind: 'all', of: [demo, no] },
      false,
      null,
      'country United States',
    ],
    [
      'any, the newest counting',
      { kind: 'any', of: [viewed, demo, no] },
      true,
      at('14:59:30'),
      'saw /pricing once, filled in “Request a Demo”',
    ],
    [
      'any of none that hold',
      { kind: 'any', of: [no, text('state', 'Ohio')] },
      false,
      null,
      'country United States, state New York',
    ],
    ['not what does not hold', { kind: 'not', of: no }, true, null, 'country United States'],
    [
      'not what holds, which tells no time',
      { kind: 'not', of: demo },
      false,
      null,
      'filled in “Request a Demo”',
    ],
    [
      'a segment by its name',
      { kind: 'segment', name: 'Home', of: yes },
      true,
      null,
      'Home (country United States)',
    ],
    [
      'outside a segment',
      { kind: 'segment', name: 'Home', of: no },
      false,
      null,
      'not Home (country United States)',
    ],
  ];
  for (const [title, condition, met, since, words] of table) {
    it(`${title}: ${met ? 'yes' : 'no'}`, () => {
      expect(look(condition)).toMatchObject({ met, since, words });
    });
  }
});

describe('whether a condition tells since when it holds', () => {
  const table: [title: string, Condition, boolean][] = [
    ['what it did', demo, true],
    ['who it is', yes, false],
    ['both at once', { kind: 'all', of: [yes, demo] }, true],
    ['one or the other', { kind: 'any', of: [yes, demo] }, false],
    ['two things it did', { kind: 'any', of: [demo, { kind: 'workflow', name: 'w' }] }, true],
    ['what it did not do', { kind: 'not', of: demo }, false],
    ['a segment', { kind: 'segment', name: 's', of: yes }, false],
  ];
  for (const [title, condition, tells] of table) {
    it(`${title}: ${tells ? 'yes' : 'no'}`, () => {
      expect(tellsSince(condition)).toBe(tells);
    });
  }
});

it('the parts of a condition are its last ones', () => {
  const whole: Condition = {
    kind: 'all',
    of: [demo, { kind: 'not', of: { kind: 'any', of: [yes, { kind: 'segment', name: 's', of: no }] } }],
  };
  expect(partsOf(whole)).toEqual([demo, yes, no]);
});
