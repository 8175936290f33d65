import { describe, expect, it } from 'vitest';
import { brief } from '../../../src/domain/lead/briefing.ts';
import type { Activity, Lead, PageView } from '../../../src/domain/lead/lead.ts';
import { account, activity as anActivity, at, lead, minutesAfter } from '../../support/examples.ts';

const now = at('15:00');
const ago = (minutes: number) => minutesAfter(now, -minutes);
const hour = 60;
const day = 24 * hour;

const fact = (subject: Lead, label: string) =>
  brief(subject, now).facts.find((f) => f.label === label)?.value;
const page = (path: string, minutesAgo = 10): PageView => ({
  url: `https://shop.example${path}`,
  at: ago(minutesAgo),
});
const activity = (override: Partial<Activity> = {}): Activity =>
  anActivity({ kind: 'call', direction: 'outbound', title: 'Intro', at: ago(day), ...override });
/** A lead of whom HubSpot knows nothing but the id. */
const unknown = lead({
  name: null,
  email: null,
  phone: null,
  jobTitle: null,
  country: null,
  state: null,
  account: null,
  score: null,
  source: { original: null, detail: null, latest: null, latestDetail: null },
  conversions: [],
  pages: [],
  visits: null,
});

describe('the briefing', () => {
  it('of a perfect lead tells who, which company, and the facts in order of weight', () => {
    const { who, company, facts } = brief(lead(), now);
    expect([who, company]).toEqual(['Lena Fischer', 'Northwind Robotics']);
    expect(facts).toEqual([
      { label: 'Company', value: 'Northwind Robotics · Machinery · 1,200 employees · 45M revenue' },
      { label: 'Role', value: 'VP Operations' },
      { label: 'Where', value: 'New York, United States' },
      { label: 'Source', value: 'Paid search · spring-launch' },
      { label: 'Score', value: '30 (Fit 20 + Engagement 10)' },
      { label: 'Key pages', value: '/pricing, /blog/robots' },
      { label: 'Email', value: 'lena.fischer@northwind.example' },
      { label: 'Phone', value: '+1 212 555 0148' },
    ]);
  });

  it('of an unknown lead names the contact and leaves out what nobody knows', () => {
    expect(brief(unknown, now)).toEqual({
      who: 'Contact 501',
      company: null,
      facts: [],
      recent: [],
      summary: 'Somebody we know little about. Nobody from sales has been in touch yet.',
    });
  });

  it('of a lead without a name goes by the email', () => {
    expect(brief(lead({ name: null }), now).who).toBe('lena.fischer@northwind.example');
  });
});

describe('a fact', () => {
  const table: [what: string, Lead, label: string, value: string | undefined][] = [
    [
      'the company’s country stands in for the lead’s',
      lead({ country: null, state: null }),
      'Where',
      'United States',
    ],
    [
      'the lead’s own country goes before the company’s',
      lead({ country: 'Chile', state: null }),
      'Where',
      'Chile',
    ],
    ['a score without components', lead({ score: { value: 0, components: [], history: [] } }), 'Score', '0'],
    ['no score', lead({ score: null }), 'Score', undefined],
    [
      'a company of no known size',
      lead({ account: account({ employees: null, revenue: null }) }),
      'Company',
      'Northwind Robotics · Machinery',
    ],
    [
      'a revenue of thousands',
      lead({ account: account({ revenue: 950_400, employees: null }) }),
      'Company',
      'Northwind Robotics · Machinery · 950.4K revenue',
    ],
    [
      'a source without a campaign',
      lead({ source: { original: 'ORGANIC_SEARCH', detail: null, latest: null, latestDetail: null } }),
      'Source',
      'Organic search',
    ],
  ];
  for (const [what, subject, label, value] of table) {
    it(`${what}: ${value}`, () => {
      expect(fact(subject, label)).toBe(value);
    });
  }
});

describe('key pages', () => {
  const table: [what: string, paths: string[], value: string | undefined][] = [
    [
      'the nearer to a decision, the further in front',
      ['/blog', '/customers', '/compare/us', '/demo', '/pricing'],
      '/pricing, /demo, /compare/us',
    ],
    ['otherwise the newest first', ['/a', '/b', '/c', '/d'], '/a, /b, /c'],
    [
      'each path once, however often it was seen',
      ['/pricing', '/blog', '/pricing?plan=team', '/blog#top'],
      '/pricing, /blog',
    ],
    [
      'a word inside another is none: industrial is no trial, android no roi, demographics no demo',
      ['/industrial-pumps', '/android', '/demographics', '/trial'],
      '/trial, /industrial-pumps, /android',
    ],
    [
      'the query tells nothing of a decision',
      ['/blog?utm_campaign=pricing', '/roi-calculator'],
      '/roi-calculator, /blog',
    ],
    ['none seen', [], undefined],
  ];
  for (const [what, paths, value] of table) {
    it(`${what}: ${value}`, () => {
      const pages = paths.map((path, index) => page(path, index + 1));
      expect(fact(lead({ pages }), 'Key pages')).toBe(value);
    });
  }

  it('the site’s own name tells nothing of a decision', () => {
    const pages = [
      { url: 'https://demo.example/blog', at: ago(1) },
      { url: 'https://demo.example/pricing', at: ago(2) },
    ];
    expect(fact(lead({ pages }), 'Key pages')).toBe('/pricing, /blog');
    expect(brief(lead({ pages: pages.slice(0, 1) }), now).summary).not.toContain('Last looked at');
  });

  it('that are no addresses are shown as they came', () => {
    expect(fact(lead({ pages: [{ url: 'Pricing page', at: ago(1) }] }), 'Key pages')).toBe('Pricing page');
  });
});

describe('recent activity', () => {
  it('mixes the form, the pages and the record’s activities, newest first, five at most', () => {
    const subject = lead({
      conversions: [{ name: 'Request a Demo', at: ago(3) }],
      pages: [page('/pricing', 1), page('/blog', 5), page('/old', 90)],
      activities: [activity({ at: ago(2) }), activity({ kind: 'note', title: '', at: ago(4) })],
    });
    expect(brief(subject, now).recent).toEqual([
      { at: ago(1), text: 'Viewed /pricing' },
      { at: ago(2), text: 'Call: Intro' },
      { at: ago(3), text: 'Sent in "Request a Demo"' },
      { at: ago(4), text: 'Note' },
      { at: ago(5), text: 'Viewed /blog' },
    ]);
  });

  const table: [Partial<Activity>, string][] = [
    [{ kind: 'call', direction: 'outbound' }, 'Call: Intro'],
    [{ kind: 'call', direction: 'inbound' }, 'Called us: Intro'],
    [{ kind: 'email', direction: 'outbound' }, 'Email: Intro'],
    [{ kind: 'email', direction: 'inbound' }, 'Wrote to us: Intro'],
    [{ kind: 'meeting', direction: null }, 'Meeting: Intro'],
    [{ kind: 'message', direction: 'outbound' }, 'Message: Intro'],
    [{ kind: 'message', direction: 'inbound' }, 'Messaged us: Intro'],
    [{ kind: 'note', direction: null }, 'Note: Intro'],
    [{ kind: 'task', direction: null, title: '' }, 'Task'],
  ];
  for (const [override, text] of table) {
    it(`tells a ${override.kind} ${override.direction ?? ''} as "${text}"`, () => {
      const subject = lead({ conversions: [], pages: [], activities: [activity(override)] });
      expect(brief(subject, now).recent.map((moment) => moment.text)).toEqual([text]);
    });
  }
});

describe('the summary', () => {
  it('is the portal’s own when there is one', () => {
    expect(brief(lead({ summary: 'Wants forty arms by May.' }), now).summary).toBe(
      'Wants forty arms by May.',
    );
  });

  it('otherwise tells who, from where, what they did and who was in touch', () => {
    expect(brief(lead({ activities: [activity()] }), now).summary).toBe(
      'VP Operations at Northwind Robotics, came through paid search, 4 visits so far. ' +
        'Sent in "Request a Demo" just now. Last looked at /pricing 10 minutes ago. Last contact: Call: Intro, 1 day ago.',
    );
  });

  it('counts neither notes nor tasks as contact', () => {
    const subject = lead({ activities: [activity({ kind: 'note' }), activity({ kind: 'task' })] });
    expect(brief(subject, now).summary).toContain('Nobody from sales has been in touch yet.');
  });

  it('says "visit" of one', () => {
    expect(brief(lead({ visits: 1 }), now).summary).toContain('1 visit so far');
  });

  const table: [minutes: number, words: string][] = [
    [-5, 'just now'],
    [1, 'just now'],
    [2, '2 minutes ago'],
    [59, '59 minutes ago'],
    [60, '1 hour ago'],
    [89, '1 hour ago'],
    [90, '2 hours ago'],
    [23 * hour, '23 hours ago'],
    [23.6 * hour, '1 day ago'],
    [36 * hour, '2 days ago'],
    [30 * day, '30 days ago'],
  ];
  for (const [minutes, words] of table) {
    it(`calls ${minutes} minutes "${words}"`, () => {
      const subject = lead({ conversions: [{ name: 'Demo', at: ago(minutes) }] });
      expect(brief(subject, now).summary).toContain(`Sent in "Demo" ${words}.`);
    });
  }
});
