import type { Chart } from '../../domain/card/card.ts';
import { oneLine } from '../../domain/words/line.ts';

/** Slack's chart, which its SDK's types do not know yet; a message may have two ("Data visualization block"). */
export type ChartBlock = {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; y_label: string };
  };
};

/** What Slack takes at most; series have names of their own, and a value for each category ("Data visualization block"). */
const most = { title: 50, name: 20, axis: 50, series: 6, categories: 20 } as const;

/** @returns null when Slack could not tell its bars apart */
export function chartBlock({ title, unit, labels, series }: Chart): ChartBlock | null {
  const first = Math.max(0, labels.length - most.categories);
  const categories = labels.slice(first).map((label) => oneLine(label, most.name));
  const shown = series.slice(0, most.series).map(({ name, values }) => ({
    name: oneLine(name, most.name),
    data: categories.map((label, index) => ({ label, value: values[first + index] ?? 0 })),
  }));
  const isClear = areApart(categories) && areApart(shown.map(({ name }) => name));
  const [shownTitle, y_label] = [oneLine(title, most.title), oneLine(unit, most.axis)];
  if (!isClear || shownTitle === '' || y_label === '') return null;
  const chart = { type: 'bar', series: shown, axis_config: { categories, y_label } } as const;
  return { type: 'data_visualization', title: shownTitle, chart };
}

function areApart(names: readonly string[]): boolean {
  return names.length > 0 && !names.includes('') && new Set(names).size === names.length;
}
