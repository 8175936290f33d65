import { describe, expect, it, test } from 'vitest';
import {
  changeOf,
  definitions,
  type FigureName,
  minutesWent,
} from '../../../src/domain/measure/definitions.ts';
import { figureInWords, tellFigure, timeInWords } from '../../../src/domain/measure/figure-words.ts';
import { noAssignments, noHandoffs, type Tally } from '../../../src/domain/measure/tally.ts';
import { languages, wordsIn } from '../../../src/domain/words/words.ts';

const words = wordsIn('en');
const nothing: Tally = { ...noAssignments, ...noHandoffs };
const kept = (inTime: number, late: number): Tally => ({
  ...nothing,
  acknowledge: { inTime, late, open: 7 },
});
const touchedAfter = (count: number, median: number): Tally => ({
  ...nothing,
  toTouch: { wall: null, working: { count, median, p90: median * 4 } },
});
const told = (name: FigureName, tally: Tally, before: Tally | null = null) => {
  const { value, change } = tellFigure(name, tally, before, words);
  return [value, change];
};

describe('a share', () => {
  it('of nothing is no number, and of a few is counted', () => {
    expect(told('answeredInTime', nothing)).toEqual(['none yet', null]);
    expect(told('answeredInTime', kept(3, 1))).toEqual(['3 of 4', null]);
    expect(told('answeredInTime', kept(3, 2))).toEqual(['60% (3 of 5)', null]);
  });

  it('is compared in points, where both periods say something', () => {
    expect(told('answeredInTime', kept(9, 1), kept(8, 2))).toEqual(['90% (9 of 10)', '▲ 10 pts']);
    expect(told('answeredInTime', kept(8, 2), kept(9, 1))[1]).toBe('▼ 10 pts');
    expect(told('answeredInTime', kept(8, 2), kept(16, 4))[1]).toBe('as before');
    expect(told('answeredInTime', kept(8, 2), kept(4, 0))[1]).toBeNull();
  });

  it('does not count what is open for or against anybody', () => {
    expect(definitions.answeredInTime.of(kept(3, 1))).toEqual({ kind: 'share', count: 3, of: 4 });
  });
});

describe('a time', () => {
  it('tells nine of ten only of enough', () => {
    expect(told('toTouch', touchedAfter(9, 1860))).toEqual(['median 31 min', null]);
    expect(told('toTouch', touchedAfter(10, 1860))).toEqual(['median 31 min, p90 2.1 hr', null]);
  });

  it('is compared by its median', () => {
    expect(told('toTouch', touchedAfter(10, 1860), touchedAfter(12, 2580))[1]).toBe('▼ 12 min');
    expect(
      changeOf(definitions.toTouch.of(touchedAfter(10, 60)), definitions.toTouch.of(touchedAfter(4, 60))),
    ).toBeNull();
  });

  test.each([
    [4, '4 sec'],
    [59.4, '59 sec'],
    [59.6, '1 min'],
    [3569, '59 min'],
    [3571, '1 hr'],
    [8640, '2.4 hr'],
    [180_000, '2.1 days'],
  ])('of %d seconds is told as %s', (seconds, expected) => {
    expect(timeInWords(seconds, words)).toBe(expected);
  });
});

it('where the minutes went is told as averages that add up', () => {
  const tally = { ...nothing, spent: { count: 4, system: 16, offHours: 400, rep: 84 } };
  expect(minutesWent(tally)).toEqual({ system: 4, offHours: 100, rep: 21 });
  expect(minutesWent(nothing)).toBeNull();
});

test.each(languages)('every number has a name and a meaning in %s', (language) => {
  const spoken = wordsIn(language);
  for (const name of Object.keys(definitions) as FigureName[]) {
    expect(spoken.text(`figures.${name}Means`)).not.toBe(spoken.text(`figures.${name}`));
  }
  expect(figureInWords({ kind: 'each', sum: 9, of: 5 }, spoken)).toMatch(/^1[.,]8$/);
});
