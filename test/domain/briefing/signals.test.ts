import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import { at, lead, minutesAfter } from '../../support/examples.ts';
import { briefed } from './briefed.ts';

const now = at('15:10');
const ago = (days: number) => minutesAfter(now, -days * 24 * 60);
const page = (path: string, days: number, title: string | null = null) => ({
  url: `https://www.example.com${path}`,
  title,
  at: ago(days),
});
const signals = (override: Partial<Lead>) =>
  briefed({ lead: lead({ conversions: [], pages: [], score: null, ...override }) }).signals;

describe('the two strongest signals', () => {
  const table: [what: string, Lead['pages'], string | null][] = [
    ['say how often this week', [page('/pricing', 1), page('/pricing', 2)], 'Signals pricing 2× this week'],
    ['say when, longer ago', [page('/pricing', 20)], 'Signals pricing (Feb 11)'],
    [
      'are those nearest to a decision: prices, comparison, case study, security',
      [
        page('/blog/a', 0.1),
        page('/security', 1),
        page('/customers/acme-inc', 2),
        page('/compare/north-star', 3),
      ],
      'Signals compared you with North Star, case study Acme Inc, 4th visit this week',
    ],
    ['call a page by its title', [page('/p/17', 1, 'How we plan')], 'Signals page How we plan'],
    ['call one without a title by its address', [page('/p/17?utm_source=pricing', 1)], 'Signals page /p/17'],
    [
      'know a word from a part of one: demographics is no demo, industrial no trial',
      [page('/demographics', 1), page('/industrial', 2), page('/demo', 3)],
      'Signals page /demo, page /demographics, 3rd visit this week',
    ],
    ['know words of other languages', [page('/de/preise', 1)], 'Signals pricing'],
    ['are none where nothing was looked at', [], null],
  ];
  for (const [what, pages, words] of table) {
    it(`${what}`, () => {
      expect(signals({ pages })).toBe(words);
    });
  }

  it('begin with what raised the score the most lately', () => {
    const score = {
      value: 60,
      components: [],
      history: [
        { value: 60, at: minutesAfter(ago(2), 5) },
        { value: 20, at: minutesAfter(ago(4), 5) },
        { value: 15, at: ago(9) },
      ],
    };
    const pages = [page('/webinar', 2), page('/pricing', 4)];
    expect(signals({ pages, score })).toBe('Signals page /webinar, pricing');
    expect(signals({ pages, score: { ...score, history: [] } })).toBe('Signals pricing, page /webinar');
  });

  it('leave out what is the reason already', () => {
    const pages = [page('/demo', 0), page('/x', 0, 'Website'), page('/pricing', 1)];
    const conversions = [
      { name: 'Website: Request a demo', at: ago(0) },
      { name: 'Guide: Download', at: ago(1) },
    ];
    expect(signals({ conversions, pages })).toBe(
      'Signals pricing, filled in “Guide: Download”, 3rd visit this week',
    );
  });
});
