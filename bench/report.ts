import { availableParallelism, cpus } from 'node:os';
import { type Figure, isMet, median } from './figure.ts';

/** The figures as a table, targets and results side by side. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    targetOf(figure),
    `${round(median(figure.values))} ${figure.unit}`.trim(),
    `${round(Math.min(...figure.values))}–${round(Math.max(...figure.values))}`,
    String(figure.values.length),
    { true: 'met', false: 'missed', null: '' }[String(isMet(figure)) as 'true' | 'false' | 'null'],
  ]);
  const head = ['figure', 'target', 'median', 'min–max', 'runs', ''];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [lineOf(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(lineOf)].join('\n');
}

/** The same for programs. */
export function jsonOf(figures: readonly Figure[]): string {
  const measured = figures.map((figure) => ({
    ...figure,
    ...{ median: median(figure.values), min: Math.min(...figure.values), max: Math.max(...figure.values) },
    met: isMet(figure),
  }));
  return JSON.stringify({ machine: machine(), figures: measured }, null, 2);
}

/** On what it was measured; figures of different machines cannot be compared. */
export function machine(): string {
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`;
}

function targetOf({ target, unit }: Figure): string {
  if (!target) return '';
  const [sign, value] = 'atMost' in target ? ['≤', target.atMost] : ['≥', target.atLeast];
  return `${sign} ${value} ${unit}`.trim();
}

/** Three digits, as more would not come out the same again. */
function round(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return String(Number(value.toFixed(digits)));
}
