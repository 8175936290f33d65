import { describe, expect, it } from 'vitest';
import { readUntil } from '../../src/domain/until.ts';
import { at, newYorkOffice, weekdays } from '../support/examples.ts';

// Tuesday, 3 March 2026, 10:00 in New York.
const now = at('15:00');
const midnight = (date: string) => new Date(`${date}T05:00:00Z`);

describe('when somebody is back', () => {
  const table: [words: string, Date | null][] = [
    ['tomorrow', midnight('2026-03-04')],
    ['until tomorrow', midnight('2026-03-04')],
    ['  Until   FRIDAY ', midnight('2026-03-06')],
    ['fri', midnight('2026-03-06')],
    ['tue', new Date('2026-03-10T04:00:00Z')],
    ['monday', new Date('2026-03-09T04:00:00Z')],
    ['3 days', midnight('2026-03-06')],
    ['for 1 day', midnight('2026-03-04')],
    ['2 weeks', new Date('2026-03-17T04:00:00Z')],
    ['2026-12-24', midnight('2026-12-24')],
    ['2028-02-29', midnight('2028-02-29')],
    ['2026-02-29', null],
    ['2026-03-03', null],
    ['2026-03-02', null],
    ['0 days', null],
    ['today', null],
    ['', null],
    ['t', null],
    ['fridays', null],
    ['next summer', null],
    ['24.12.2026', null],
    ['2026-99-99', null],
    ['9999 days', null],
  ];
  for (const [words, until] of table) {
    it(`"${words}" is ${until ? until.toISOString() : 'no day to come'}`, () => {
      const found = readUntil(words, newYorkOffice, now);
      expect(found).toEqual(until);
    });
  }

  it('is the morning where they are: after midnight in Kolkata it is a day later', () => {
    const late = at('19:00');
    const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
    expect(readUntil('tomorrow', kolkata, late)).toEqual(new Date('2026-03-04T18:30:00Z'));
  });
});
