import { describe, expect, it } from 'vitest';
import { localTime, localTimeFor, localWeekday } from '../../../src/domain/time/local-time.ts';
import { at, everyDay, newYorkOffice, weekdays } from '../../support/examples.ts';

const now = at('15:00');
const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');

describe('a time where somebody lives', () => {
  const table: [title: string, instant: string, words: string][] = [
    ['today', '2026-03-03T19:33:00Z', '2:33 PM'],
    ['midnight', '2026-03-03T05:00:00Z', '12:00 AM'],
    ['today there, tomorrow in UTC', '2026-03-04T04:59:00Z', '11:59 PM'],
    ['tomorrow', '2026-03-04T14:00:00Z', 'Wed 9:00 AM'],
    ['within six days', '2026-03-09T14:59:00Z', 'Mon 10:59 AM'],
    ['six days on, past the change to summer time', '2026-03-09T15:00:00Z', 'Mar 9 11:00 AM'],
    ['yesterday', '2026-03-02T14:00:00Z', 'Mon 9:00 AM'],
  ];
  for (const [title, instant, words] of table) {
    it(`${title}: ${words}`, () => {
      expect(localTime(new Date(instant), newYorkOffice, now)).toBe(words);
    });
  }

  it('says where that is to a reader elsewhere, and to nobody else', () => {
    const tomorrow = new Date('2026-03-04T04:30:00Z');
    expect(localTimeFor(newYorkOffice, tomorrow, kolkata, now)).toBe('Wed 10:00 AM in Kolkata');
    expect(localTimeFor(kolkata, tomorrow, kolkata, now)).toBe('Wed 10:00 AM');
    const utc = everyDay('UTC', '00:00-24:00');
    expect(localTimeFor(newYorkOffice, tomorrow, utc, now)).toBe('Wed 4:30 AM in UTC');
    expect(localTimeFor(utc, tomorrow, newYorkOffice, now)).toBe('11:30 PM in New York');
  });

  it('is that of the zone in which somebody lived then', () => {
    const moved = { ...kolkata, before: { until: new Date('2026-03-04T00:00:00Z'), hours: newYorkOffice } };
    expect(localTime(at('16:00'), moved, now)).toBe('11:00 AM');
    expect(localTime(new Date('2026-03-05T04:30:00Z'), moved, now)).toBe('Thu 10:00 AM');
  });

  it('has a weekday', () => {
    expect(localWeekday(new Date('2026-03-04T04:00:00Z'), newYorkOffice)).toBe('Tuesday');
    expect(localWeekday(new Date('2026-03-04T04:00:00Z'), kolkata)).toBe('Wednesday');
  });
});
