import { describe, expect, it } from 'vitest';
import { nextDigest } from '../../../src/domain/time/next-digest.ts';
import { holidayCalendar } from '../../../src/policy-file/holidays.ts';
import { at, newYorkOffice, weekdays } from '../../support/examples.ts';

const day = (date: string, clock: string) => new Date(`2026-03-${date}T${clock}:00Z`);
const nine = [9 * 60];
const nineAndTwo = [14 * 60, 9 * 60];
const hourly = Array.from({ length: 24 }, (_, hour) => hour * 60);

// 3 March 2026 is a Tuesday; nine in New York is 14:00 UTC until the clocks change on the 8th.
const table: [what: string, times: readonly number[], now: Date, next: Date][] = [
  ['before the time, the same day', nine, at('13:59:59'), at('14:00')],
  ['at the time, the next one', nine, at('14:00'), day('04', '14:00')],
  ['after the time, the next working day', nine, at('15:00'), day('04', '14:00')],
  ['on a Friday, the Monday after', nine, day('06', '15:00'), day('09', '13:00')],
  ['on a Saturday, the Monday after', nine, day('07', '08:00'), day('09', '13:00')],
  ['of two times the first that is to come', nineAndTwo, at('15:00'), at('19:00')],
  ['hourly within the day', hourly, at('15:20'), at('16:00')],
  ['hourly over night, when work begins', hourly, day('04', '02:10'), day('04', '14:00')],
  ['hourly over a weekend, when work begins', hourly, day('07', '15:10'), day('09', '13:00')],
  ['a time before work, when work begins', [7 * 60], at('11:00'), at('14:00')],
  ['a time after work, the next working day, when work begins', [18 * 60], at('15:00'), day('04', '14:00')],
];

describe('the next digest comes', () => {
  for (const [what, times, now, next] of table) {
    it(what, () => expect(nextDigest(times, newYorkOffice, now)).toEqual(next));
  }

  it('not while somebody is away for the day, and when they are back if that is later', () => {
    const hours = { ...newYorkOffice, away: [{ from: at('12:00'), until: day('05', '15:30') }] };
    expect(nextDigest(nine, hours, at('12:30'))).toEqual(day('05', '15:30'));
  });

  it('not on a holiday', () => {
    const holidays = holidayCalendar('US-NY');
    if (!holidays) throw new Error('the holidays of New York are not known');
    const beforeChristmas = new Date('2026-12-24T20:00:00Z');
    expect(nextDigest(nine, { ...newYorkOffice, holidays }, beforeChristmas)).toEqual(
      new Date('2026-12-28T14:00:00Z'),
    );
  });

  it('by the clock where they work', () => {
    expect(nextDigest(nine, weekdays('Asia/Kolkata', '10:00-19:00'), at('03:00'))).toEqual(at('04:30'));
  });

  it('never for somebody who does not work', () => {
    expect(() => nextDigest(nine, { zone: 'UTC', week: {} }, at('12:00'))).toThrow('no working time');
  });
});
