import { describe, expect, it } from 'vitest';
import { datesInWords, lastWeek, readPeriod } from '../../../src/domain/time/reported-period.ts';

const berlin = {
  people: [],
  channel: null,
  weekly: { weekday: 1, minute: 480 },
  zone: 'Europe/Berlin',
} as const;
const between = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });

describe('the week that is reported', () => {
  it('are the seven days before the day of its report', () => {
    expect(lastWeek(berlin, new Date('2026-03-04T12:00:00Z'))).toEqual({
      period: between('2026-02-22T23:00:00Z', '2026-03-01T23:00:00Z'),
      before: between('2026-02-15T23:00:00Z', '2026-02-22T23:00:00Z'),
      due: new Date('2026-03-02T07:00:00Z'),
    });
  });

  it('is another one from the minute of the report on', () => {
    const due = new Date('2026-03-02T07:00:00Z');
    expect(lastWeek(berlin, due).due).toEqual(due);
    expect(lastWeek(berlin, new Date(due.getTime() - 1)).due).toEqual(new Date('2026-02-23T07:00:00Z'));
  });

  it('has an hour less when the clocks are put forward in it, and the report comes at the same time of day', () => {
    const { period, before, due } = lastWeek(berlin, new Date('2026-03-30T06:00:00Z'));
    expect(due).toEqual(new Date('2026-03-30T06:00:00Z'));
    expect(period).toEqual(between('2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z'));
    expect(before).toEqual(between('2026-03-15T23:00:00Z', '2026-03-22T23:00:00Z'));
  });

  it('comes an hour later where the clocks skip its time of day', () => {
    const night = { ...berlin, weekly: { weekday: 7, minute: 150 } } as const;
    expect(lastWeek(night, new Date('2026-03-29T12:00:00Z')).due).toEqual(new Date('2026-03-29T01:30:00Z'));
  });
});

describe('a period in words', () => {
  const now = new Date('2026-03-30T12:00:00Z');
  const read = (words: string) => readPeriod(words, 'Europe/Berlin', now);

  it('are so many days until now, by the clock on the wall', () => {
    expect(read('7d')).toEqual({
      period: between('2026-03-23T13:00:00Z', '2026-03-30T12:00:00Z'),
      before: between('2026-03-16T13:00:00Z', '2026-03-23T13:00:00Z'),
    });
  });

  it('is a day, or several with both ends', () => {
    expect(read('2026-03-29')?.period).toEqual(between('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'));
    expect(read('2026-03-23..2026-03-29')).toEqual({
      period: between('2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z'),
      before: between('2026-03-15T23:00:00Z', '2026-03-22T23:00:00Z'),
    });
  });

  it('is a calendar week, month or quarter to date, against as much of the one before', () => {
    expect(read('week')).toEqual({
      period: between('2026-03-29T22:00:00Z', '2026-03-30T12:00:00Z'),
      before: between('2026-03-22T23:00:00Z', '2026-03-23T13:00:00Z'),
    });
    expect(read('quarter')).toEqual({
      period: between('2025-12-31T23:00:00Z', '2026-03-30T12:00:00Z'),
      before: between('2025-09-30T22:00:00Z', '2025-12-28T11:00:00Z'),
    });
  });

  it('of which the one before may have been shorter', () => {
    expect(read('month')).toEqual({
      period: between('2026-02-28T23:00:00Z', '2026-03-30T12:00:00Z'),
      before: between('2026-01-31T23:00:00Z', '2026-02-28T23:00:00Z'),
    });
  });

  it('is the last one whole, against the one before it', () => {
    expect(read('last month')).toEqual({
      period: between('2026-01-31T23:00:00Z', '2026-02-28T23:00:00Z'),
      before: between('2025-12-31T23:00:00Z', '2026-01-31T23:00:00Z'),
    });
  });

  it.each(['0d', '367d', 'fortnight', '2026-02-30', '2026-03-29..2026-03-23', '2024-01-01..2026-01-01', ''])(
    'is not "%s"',
    (words) => {
      expect(read(words)).toBeNull();
    },
  );

  it.each([
    ['2026-03-29', '29 Mar'],
    ['2026-03-23..2026-03-29', '23 – 29 Mar'],
    ['2026-03-30..2026-04-05', '30 Mar – 5 Apr'],
  ])('%s reads %s', (words, dates) => {
    const { period } = read(words) ?? lastWeek(berlin, now);
    expect(datesInWords(period, 'Europe/Berlin')).toBe(dates);
  });
});
