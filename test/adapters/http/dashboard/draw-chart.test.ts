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
