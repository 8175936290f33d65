import { expect, test } from 'vitest';
import { drawChart } from '../../../../src/adapters/http/dashboard/draw-chart.ts';

const sources = Array.from({ length: 11 }, (_, number) => `Source${number}`);

test('each bar has its name, on a desk below it and on a phone beside it', async () => {
  const chart = { kind: 'chart', form: 'bars', unit: 'count', title: 'By source' } as const;
  const series = [{ name: 'Leads', values: sources.map((_, number) => number) }];
  const { text } = await drawChart({ ...chart, labels: sources, series }, String);
  const [, wide = '', narrow = ''] = text.split('<svg ');
  for (const name of sources) {
    expect(wide).toContain(`>${name}</text>`);
    expect(narrow).toContain(`>${name}</text>`);
  }
});

test('where there is nothing to draw, there are the axes', async () => {
  const chart = { kind: 'chart', form: 'bars', unit: 'count', title: 'By source', labels: [] } as const;
  const { text } = await drawChart({ ...chart, series: [{ name: 'Leads', values: [] }] }, String);
  expect(text.match(/<svg /g)?.length).toBe(2);
  expect(text).not.toMatch(/NaN|Infinity|style=/);
});

test('an estimate shows between which bounds it lies, and one that nobody has shows nothing', async () => {
  const chart = { kind: 'chart', form: 'lines', unit: 'percent', title: 'By speed' } as const;
  const labels = ['fast', 'slow', 'never'];
  const drawn = async (intervals?: readonly ({ low: number; high: number } | null)[]) => {
    const series = [{ name: 'Meetings', values: [0.5, 0.2, null], ...(intervals && { intervals }) }];
    return (await drawChart({ ...chart, labels, series }, String)).text.split('<path').length;
  };
  // Three lines for each of two, on a desk and on a phone.
  expect((await drawn([{ low: 0.3, high: 0.7 }, { low: 0.1, high: 0.4 }, null])) - (await drawn())).toBe(12);
});
