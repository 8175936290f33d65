import { describe, expect, it } from 'vitest';
import {
  dateInWords,
  dayInWords,
  localTime,
  localTimeFor,
  localWeekday,
} from '../../../src/domain/time/local-time.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { at, everyDay, newYorkOffice, weekdays } from '../../support/examples.ts';

const now = at('15:00');
const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
const [en, de, pt] = [wordsIn('en'), wordsIn('de'), wordsIn('pt')];

describe('a time where somebody lives', () => {
  const table: [title: string, instant: string, en: string, de: string, pt: string][] = [
    ['today', '2026-03-03T19:33:00Z', '2:33 PM', '14:33', '14:33'],
    ['midnight', '2026-03-03T05:00:00Z', '12:00 AM', '0:00', '0:00'],
    ['today there, tomorrow in UTC', '2026-03-04T04:59:00Z', '11:59 PM', '23:59', '23:59'],
    ['tomorrow', '2026-03-04T14:00:00Z', 'Wed 9:00 AM', 'Mi., 09:00', 'qua., 09:00'],
    ['within six days', '2026-03-09T14:59:00Z', 'Mon 10:59 AM', 'Mo., 10:59', 'seg., 10:59'],
    [
      'six days on, past the change to summer time',
      '2026-03-09T15:00:00Z',
      'Mar 9, 11:00 AM',
      '9. März, 11:00',
      '9 de mar., 11:00',
    ],
    ['yesterday', '2026-03-02T14:00:00Z', 'Mon 9:00 AM', 'Mo., 09:00', 'seg., 09:00'],
  ];
  for (const [title, instant, ...written] of table) {
    it(`${title}: ${written.join(' | ')}`, () => {
      const said = [en, de, pt].map((words) => localTime(new Date(instant), newYorkOffice, now, words));
      expect(said).toEqual(written);
    });
  }

  it('says where that is to a reader elsewhere, and to nobody else', () => {
    const tomorrow = new Date('2026-03-04T04:30:00Z');
    expect(localTimeFor(newYorkOffice, tomorrow, kolkata, now, en)).toBe('Wed 10:00 AM in Kolkata');
    expect(localTimeFor(newYorkOffice, tomorrow, kolkata, now, pt)).toBe('qua., 10:00 em Kolkata');
    expect(localTimeFor(kolkata, tomorrow, kolkata, now, en)).toBe('Wed 10:00 AM');
    const utc = everyDay('UTC', '00:00-24:00');
    expect(localTimeFor(newYorkOffice, tomorrow, utc, now, en)).toBe('Wed 4:30 AM in UTC');
    expect(localTimeFor(utc, tomorrow, newYorkOffice, now, en)).toBe('11:30 PM in New York');
  });

  it('is that of the zone in which somebody lived then', () => {
    const moved = { ...kolkata, before: { until: new Date('2026-03-04T00:00:00Z'), hours: newYorkOffice } };
    expect(localTime(at('16:00'), moved, now, en)).toBe('11:00 AM');
    expect(localTime(new Date('2026-03-05T04:30:00Z'), moved, now, en)).toBe('Thu 10:00 AM');
  });

  it('has a weekday', () => {
    const night = new Date('2026-03-04T04:00:00Z');
    expect([en, de, pt].map((words) => localWeekday(night, newYorkOffice, words))).toEqual([
      'Tuesday',
      'Dienstag',
      'terça-feira',
    ]);
    expect(localWeekday(night, kolkata, en)).toBe('Wednesday');
  });
});

it('a day is written as the language does, with its year where it has one', () => {
  expect([en, de, pt].map((words) => dayInWords(now, newYorkOffice, words))).toEqual([
    'Mar 3',
    '3. März',
    '3 de mar.',
  ]);
  expect([en, de, pt].map((words) => dateInWords('2026-12-24', words))).toEqual([
    'Dec 24, 2026',
    '24. Dez. 2026',
    '24 de dez. de 2026',
  ]);
});
