import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { WorkingWeek } from '../../src/domain/policy/policy.ts';
import { holidayCalendar } from '../../src/policy-file/holidays.ts';
import { holidays, hours } from '../../src/policy-file/values.ts';
import { span } from '../support/examples.ts';

type Raw = Record<string, string | string[]>;

function problemsOf(schema: z.ZodType, raw: unknown): string[] {
  return schema.safeParse(raw).error?.issues.map(({ message }) => message) ?? [];
}

describe('hours of a policy file', () => {
  const [night, day] = [span('22:00-24:00'), span('09:00-17:00')];
  const table: [title: string, Raw, WorkingWeek][] = [
    ['in a day', { friday: '09:00-17:00' }, { 5: [day] }],
    ['up to midnight', { friday: '22:00-24:00' }, { 5: [night] }],
    ['up to midnight, as the next day begins', { friday: '22:00-00:00' }, { 5: [night] }],
    ['a whole day', { friday: '00:00-24:00' }, { 5: [span('00:00-24:00')] }],
    ['overnight', { monday: '22:00-06:00' }, { 1: [night], 2: [span('00:00-06:00')] }],
    ['overnight into another week', { sunday: '22:00-06:00' }, { 1: [span('00:00-06:00')], 7: [night] }],
    [
      'most of a day, overnight',
      { monday: '10:00-09:00' },
      { 1: [span('10:00-24:00')], 2: [span('00:00-09:00')] },
    ],
    [
      'overnight day after day',
      { 'thursday-friday': '22:00-06:00' },
      { 4: [night], 5: [span('00:00-06:00'), night], 6: [span('00:00-06:00')] },
    ],
    [
      'overnight into a day with hours of its own',
      { friday: '22:00-06:00', saturday: '09:00-17:00' },
      { 5: [night], 6: [span('00:00-06:00'), day] },
    ],
    [
      'overnight into a day named before it',
      { saturday: ['09:00-17:00', '06:00-07:00'], friday: '22:00-06:00' },
      { 5: [night], 6: [span('00:00-06:00'), span('06:00-07:00'), day] },
    ],
    [
      'of a day and overnight',
      { tuesday: ['22:00-06:00', '09:00-17:00'] },
      { 2: [day, night], 3: [span('00:00-06:00')] },
    ],
  ];
  for (const [title, raw, week] of table) {
    it(`${title}: ${JSON.stringify(raw)}`, () => {
      expect(hours.parse(raw)).toEqual(week);
    });
  }

  const expected = 'expected hours such as "09:00-17:30", or a list of them that do not overlap';
  const broken: [title: string, Raw, problem: string][] = [
    ['no time', { friday: '09:00-09:00' }, `found "09:00-09:00" for friday, ${expected}`],
    ['no time at midnight', { friday: '24:00-00:00' }, `found "24:00-00:00" for friday, ${expected}`],
    ['from the end of the day', { friday: '24:00-06:00' }, `found "24:00-06:00" for friday, ${expected}`],
    ['past the last hour', { friday: '22:00-30:00' }, `found "22:00-30:00" for friday, ${expected}`],
    [
      'overlap on one day',
      { friday: ['09:00-13:00', '12:00-17:00'] },
      `found "09:00-13:00, 12:00-17:00" for friday, ${expected}`,
    ],
    [
      'the same twice',
      { friday: ['09:00-13:00', '09:00-13:00'] },
      `found "09:00-13:00, 09:00-13:00" for friday, ${expected}`,
    ],
    [
      'overlap from day to day',
      { 'monday-friday': ['22:00-06:00', '05:00-07:00'] },
      `found "22:00-06:00, 05:00-07:00" for monday-friday, ${expected}`,
    ],
    [
      'overlap with the next day',
      { friday: '22:00-06:00', saturday: '05:00-09:00' },
      `found "22:00-06:00" for friday and "05:00-09:00" for saturday, ${expected}`,
    ],
    [
      'a day named twice, once within a range',
      { 'monday-friday': '22:00-06:00', friday: '09:00-12:00' },
      'found friday twice, expected each day once',
    ],
  ];
  for (const [title, raw, problem] of broken) {
    it(`that are not: ${title}`, () => {
      expect(problemsOf(hours, raw)).toEqual([problem]);
    });
  }
});

describe('holidays of a policy file', () => {
  it('are those of the place', () => {
    const calendar = holidays.parse(' DE-BY ');
    expect(calendar.place).toBe('DE-BY');
    expect(calendar.nameOn('2026-01-06')).toBe('Epiphany');
    expect(calendar.nameOn('2026-01-07')).toBeNull();
  });

  it('of a place that nobody knows are told', () => {
    const expected =
      'expected a country such as DE, or with its state US-NY, whose public holidays are known';
    expect(problemsOf(holidays, 'XX-YY')).toEqual([`found "XX-YY", ${expected}`]);
    expect(problemsOf(holidays, 49)).toEqual([
      'found 49, expected a country such as DE, or with its state US-NY, or { place, except, also }',
    ]);
  });

  it('are kept as the company says: without some, and with days of its own', () => {
    const calendar = holidays.parse({
      place: 'US-NY',
      except: ['Columbus Day'],
      also: ['12-24', '2026-11-27'],
    });
    expect(calendar.place).toBe('US-NY');
    const free = (date: string) => calendar.nameOn(date) !== null;
    expect(
      ['2026-10-12', '2026-11-26', '2026-11-27', '2027-11-27', '2026-12-24', '2027-12-24'].map(free),
    ).toEqual([...[false, true, true, false, true, true]]);
  });

  it('that the place does not have cannot be left out, and days off are dates', () => {
    const [problem] = problemsOf(holidays, { place: 'DE', except: ['Columbus Day'] });
    expect(problem).toContain('found "Columbus Day", expected one of the holidays of DE: ');
    expect(problem).toContain('Christmas Day');
    expect(problemsOf(holidays, { place: 'DE', also: ['24.12.'] })).toEqual([
      'found "24.12.", expected a date such as 2026-12-24, or 12-24 for every year',
    ]);
  });

  it('are text with examples, or a place with exceptions, to editors', () => {
    expect(z.toJSONSchema(holidays, { io: 'input', target: 'draft-7' })).toMatchObject({
      anyOf: [
        { type: 'string', examples: ['DE', 'DE-BY', 'US-NY'] },
        { type: 'object', required: ['place'] },
      ],
    });
  });
});

describe('the holidays of a place', () => {
  const table: [place: string, date: string, name: string | null][] = [
    ['DE', '2026-01-06', null],
    ['DE', '2026-12-25', 'Christmas Day'],
    ['DE-BY', '2026-12-24', null],
    ['DE-BY-A', '2026-08-08', 'Augsburg Peace Festival'],
    ['DE-BY', '2026-08-08', null],
    ['US-NY', '2026-07-03', 'Independence Day (substitute day)'],
    ['US-NY', '2026-07-04', 'Independence Day'],
    ['US-NY', '2021-12-31', "New Year's Day (substitute day)"],
    ['US-KY', '2026-04-03', null],
    ['AE', '2026-03-19', null],
    ['AE', '2026-03-20', 'End of Ramadan (Eid al-Fitr)'],
    ['AE', '2026-03-22', 'End of Ramadan (Eid al-Fitr)'],
    ['AE', '2026-03-23', null],
    ['TR', '2026-03-22', 'End of Ramadan (Eid al-Fitr)'],
    ['TR', '2026-03-23', null],
    ['SZ', '2026-12-28', 'Incwala Festival'],
    ['SZ', '2027-01-02', 'Incwala Festival'],
    ['SZ', '2027-01-03', null],
  ];
  for (const [place, date, name] of table) {
    it(`${place} on ${date}: ${name ?? 'none'}`, () => {
      expect(holidayCalendar(place)?.nameOn(date)).toBe(name);
    });
  }

  it('are one calendar, however often it is asked for', () => {
    expect(holidayCalendar('US-NY')).toBe(holidayCalendar('US-NY'));
    expect(holidayCalendar('US-NY')).not.toBe(holidayCalendar('US'));
  });

  const unknown = ['', 'XX', 'DE-XX', 'DE-BY-XX', 'DE-BY-A-1', 'DE-', 'de', 'CK-Aitutaki', 'constructor'];
  for (const place of unknown) {
    it(`are not known of "${place}"`, () => {
      expect(holidayCalendar(place)).toBeNull();
    });
  }
});
