import { describe, expect, it } from 'vitest';
import { marketingReport } from '../../../src/domain/past/marketing-report.ts';
import { type MarketingFacts, marketingWeek } from '../../../src/domain/past/marketing-week.ts';
import { hoursOf } from '../../../src/domain/policy/working-hours.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { policy } from '../../support/examples.ts';
import { fromPaidSearch, marketingFact, sentBackFact } from '../../support/marketing.ts';

const rules = policy();
const zone = 'America/New_York';
const period = { from: new Date('2026-03-02T05:00:00Z'), until: new Date('2026-03-09T04:00:00Z') };
const before = { from: new Date('2026-02-23T05:00:00Z'), until: period.from };
const weekBefore = new Date('2026-02-24T15:00:00Z');

function report(...facts: MarketingFacts[]) {
  return reportWith(0, ...facts);
}

function reportWith(paused: number, ...facts: MarketingFacts[]) {
  const week = marketingWeek(facts, { period, before }, (rep) => hoursOf(rules, rep));
  const { title, headline, sections } = marketingReport(week, { policy: rules, zone, paused });
  return {
    title,
    headline: plain(headline),
    sections: sections.flatMap((section) => {
      if (section.kind === 'text') return [`${section.title}\n${plain(section.text)}`];
      if (section.kind !== 'table') return [];
      return [
        [section.columns.map((column) => column.title), ...section.rows]
          .map((row) => row.join(' | '))
          .join('\n'),
      ];
    }),
  };
}

const times = (count: number, fact: MarketingFacts) => Array.from({ length: count }, () => fact);

describe('what marketing reads', () => {
  it('of a week in which nothing happened is that', () => {
    expect(report()).toEqual({
      title: 'Leads, 2 – 8 Mar',
      headline: 'No lead was handed over, accepted or sent back.',
      sections: [],
    });
  });

  it('begins with three numbers and how they changed', () => {
    const { headline } = report(
      ...times(3, marketingFact()),
      sentBackFact(),
      ...times(5, marketingFact({ qualifiedAt: weekBefore })),
      sentBackFact({ qualifiedAt: weekBefore }),
    );
    expect(headline).toBe('4 handed over (\u22122), 4 accepted (\u22122), 1 sent back (as before)');
  });

  it('is what cost most, why they were sent back, how many were accepted, and by which points', () => {
    const unaccepted = { acceptedAt: null };
    const { sections } = report(
      ...times(4, marketingFact()),
      ...times(2, sentBackFact({ ...unaccepted, touches: 1 })),
      sentBackFact({ trigger: 'score', reason: 'timing', origin: { ...fromPaidSearch, campaign: null } }),
      sentBackFact({ trigger: 'score', origin: null, ...unaccepted, reason: 'no_longer_in_the_policy' }),
    );
    expect(sections).toEqual([
      [
        'What cost sales most, for nothing',
        'Paid search: 6 h, 3 leads, 2 touches',
        'Demo request: 4 h, 2 leads, 2 touches',
        'Score reached: 4 h, 2 leads',
      ].join('\n'),
      [
        'Sent back because | From | Leads',
        'Not a fit | Paid search · spring | 2',
        'Wrong timing | Paid search | 1',
        'no_longer_in_the_policy | Unknown | 1',
      ].join('\n'),
      [
        'Accepted',
        'Demo request 4 of 6 (67 %), Score reached 1 of 2',
        'Paid search 5 of 7 (71 %), Unknown source 0 of 1',
      ].join('\n'),
      'Sent back, by points\nFit: 10 to 24 points 3 of 7 (43 %)',
    ]);
  });

  it('says what went back to nurture, and what woke those who came back', () => {
    const { sections } = report(
      sentBackFact({ outcome: 'recycled', reason: 'timing' }),
      marketingFact({ back: { wokenBy: 'demo_request' } }),
    );
    expect(sections.at(-1)).toBe('Nurture\n1 sent back until later, 1 came back, woken by: Demo request 1');
  });

  it('says of how many leads nurture is paused, where it is of any', () => {
    const last = (paused: number) => reportWith(paused, marketingFact()).sections.at(-1);
    expect(last(0)).not.toContain('Nurture');
    expect(last(1)).toBe('Nurture\nPaused now for 1 lead that is with sales or set apart');
    expect(last(3)).toBe('Nurture\nPaused now for 3 leads that are with sales or set apart');
  });

  it('names the eight most frequent reasons; the others are counted', () => {
    const each = Array.from({ length: 11 }, (_, index) =>
      sentBackFact({ origin: { ...fromPaidSearch, campaign: `campaign ${index}` } }),
    );
    const table = report(...each).sections.find((text) => text.startsWith('Sent back because')) ?? '';
    expect(table.split('\n')).toHaveLength(10);
    expect(table.split('\n').at(-1)).toBe('Others |  | 3');
  });
});
