import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, factsIn } from '../../../src/domain/briefing/briefing.ts';
import { comparable } from '../../../src/domain/policy/compare-words.ts';
import { account, activity, at, lead, minutesAfter } from '../../support/examples.ts';
import { anyView } from './any-view.ts';
import { briefed, view } from './briefed.ts';

const now = at('15:10');
const day = 24 * 60;
const daysAgo = (days: number) => minutesAfter(now, -days * day);
const page = (path: string, days: number) => ({
  url: `https://www.example.com${path}`,
  title: null,
  at: daysAgo(days),
});

/** Everything a rep could wish to know. */
const maya = lead({
  name: 'Maya Chen',
  email: 'maya.chen@brightwater.example',
  phone: '+1 312 555 0142',
  jobTitle: 'VP Revenue Operations',
  state: 'Illinois',
  country: 'United States',
  timeZone: 'America/Chicago',
  account: account({
    name: 'Brightwater Logistics',
    industry: 'TRANSPORTATION_TRUCKING_RAILROAD',
    employees: 640,
    revenue: 182_000_000,
  }),
  labels: {
    industry: { TRANSPORTATION_TRUCKING_RAILROAD: 'Trucking' },
    source: { PAID_SEARCH: 'Paid search' },
  },
  source: { original: 'PAID_SEARCH', detail: 'Dispatch planning US', latest: null, latestDetail: null },
  conversions: [
    { name: 'Request a demo: Demo request', at: at('15:08') },
    { name: 'Webinar registration: Forecasting in Q4', at: daysAgo(34) },
  ],
  formAnswers: [
    { label: 'Message', value: 'We plan 12 depots in spreadsheets and need something by January.' },
    { label: 'Team size', value: '12 to 20' },
  ],
  pages: [
    page('/pricing', 1),
    page('/pricing', 3),
    page('/roi-calculator', 4),
    page('/pricing', 5),
    page('/compare/northstar', 6),
    page('/customers/harbor-freight-lines', 12),
    page('/blog/planning-beyond-spreadsheets', 41),
  ],
  visits: 7,
  activities: [
    activity({
      id: '7002',
      kind: 'email',
      direction: 'inbound',
      title: 'Re: The recording',
      text: 'Thanks! We look at tools in Q4.',
      at: new Date('2026-01-28T14:00:00Z'),
    }),
    activity({
      id: '7001',
      kind: 'email',
      title: 'The recording',
      text: null,
      at: new Date('2026-01-27T14:00:00Z'),
    }),
  ],
});

describe('the briefing', () => {
  it('tells what a rep needs in five seconds, and the rest behind the fold', () => {
    expect(briefed({ lead: maya })).toEqual({
      who: 'Maya Chen · Brightwater Logistics',
      role: 'VP Revenue Operations · Trucking, 640 people · Illinois',
      whyNow: 'filled in “Demo request”',
      words: 'We plan 12 depots in spreadsheets and need something by January.',
      signals: 'Signals pricing 3× this week, compared you with Northstar, 5th visit this week',
      memory: ['Last word Jan 28, by email: “Thanks! We look at tools in Q4.”'],
      reach: ['+1 312 555 0142', 'maya.chen@brightwater.example', '9:10 AM there'],
      flags: [],
      summary: 'Known to us for 41 days.',
      openers: {
        mail: 'Hi Maya, you wrote “We plan 12 depots in spreadsheets and need something by January.”: when would be a good time to talk about it?',
        call: 'Hi Maya, you wrote “We plan 12 depots in spreadsheets and need something by January.”: what have you tried so far?',
      },
      more: {
        'Their answers': ['Team size: 12 to 20'],
        Fit: ['Score: 30 = Fit 20 + Engagement 10'],
        'About them': [
          'Revenue: 182M a year',
          'Source: Paid search',
          'Campaign: Dispatch planning US',
          'On the site: 7 visits',
          'Stage: Lead',
        ],
        'What else happened': [
          'Page: /roi-calculator',
          'Page: /customers/harbor-freight-lines',
          'Form: Forecasting in Q4',
          'Email: The recording',
          'Page: /blog/planning-beyond-spreadsheets',
        ],
      },
      notShared: null,
    });
  });

  it('leaves out what nobody knows', () => {
    const unknown = lead({
      ...{ name: null, email: null, phone: null, jobTitle: null, country: null, state: null, account: null },
      ...{ score: null, conversions: [], pages: [], visits: null, lifecycleStage: null, stageEnteredAt: {} },
      source: { original: null, detail: null, latest: null, latestDetail: null },
    });
    const { who, role, words, signals, memory, reach, more } = briefed({ lead: unknown });
    expect({ who, role, words, signals, memory, reach, more }).toEqual({
      ...{ who: 'Contact 501', role: null, words: null, signals: null, memory: [], reach: [] },
      more: {},
    });
  });

  it('tells no value twice, and of each where it stands', () => {
    fc.assert(
      fc.property(anyView, (any) => {
        const facts = factsIn(brief(view(any)));
        const values = facts.map(({ value }) => comparable(value));
        expect(values).toEqual([...new Set(values)]);
        expect(facts.every(({ source, value }) => source.kind && value.trim() !== '')).toBe(true);
      }),
    );
  });
});
