import { expect, it } from 'vitest';
import { noAssignments, noHandoffs, type Tally } from '../../../src/domain/measure/tally.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { statsChart } from '../../../src/flow/answer/stats-chart.ts';

const week = (inTime: number, late: number): Tally => ({
  ...{ ...noAssignments, ...noHandoffs },
  acknowledge: { ...noAssignments.acknowledge, inTime, late },
});
const drawn = (weeks: Record<string, Tally>) => statsChart(new Map(Object.entries(weeks)), wordsIn('en'));

it('has what was in time and late of each week, also of one in which nothing came', () => {
  const chart = drawn({ '2026-03-16': week(2, 0), '2026-03-02': week(4, 1) });
  expect(chart?.labels).toEqual(['Mar 2', 'Mar 9', 'Mar 16']);
  expect(chart?.series).toEqual([
    { name: 'In time', values: [4, 0, 2] },
    { name: 'Late', values: [1, 0, 0] },
  ]);
  expect(chart?.table.rows).toEqual([
    ['Mar 2', '4', '1'],
    ['Mar 9', '0', '0'],
    ['Mar 16', '2', '0'],
  ]);
});

it('is none while there is nothing to compare', () => {
  expect(drawn({})).toBeNull();
  expect(drawn({ '2026-03-02': week(4, 1) })).toBeNull();
  expect(drawn({ '2026-03-02': week(4, 1), '2026-03-09': week(0, 0) })).toBeNull();
});

it('has the newest weeks of a long time', () => {
  const chart = drawn({ '2025-01-06': week(1, 0), '2026-03-02': week(1, 0), '2026-03-09': week(2, 2) });
  expect(chart?.labels).toHaveLength(12);
  expect(chart?.labels.at(-1)).toBe('Mar 9');
});
