import { availableParallelism, cpus } from 'node:os';
import { type Figure, isMet, median } from './figure.ts';

/** A line of the report: a figure, or a measure that broke off and why. */
export type Row = Figure | { measure: string; failed: string };

// Lines are printed as they come, so the columns cannot be as wide as what comes later needs.
const widths = [64, 14, 14, 14, 4, 0];

export const head = [
  lineOf(['figure', 'target', 'median', 'min–max', 'runs', '']),
  widths.map((width) => '─'.repeat(width || 6)).join('  '),
].join('\n');

/** For people, targets and results side by side. */
export function lineFor(row: Row): string {
  if ('failed' in row) return `${row.measure}: NOT MEASURED, ${row.failed.replaceAll('\n', ' ')}`;
  return lineOf([
    row.name,
    targetOf(row),
    `${round(median(row.values))} ${row.unit}`.trim(),
    `${round(Math.min(...row.values))}–${round(Math.max(...row.values))}`,
    String(row.values.length),
    { true: 'met', false: 'missed', null: '' }[String(isMet(row)) as 'true' | 'false' | 'null'],
  ]);
}

/** The same for programs, one line of JSON each. */
export function jsonFor(row: Row): string {
  if ('failed' in row) return JSON.stringify(row);
  const { values } = row;
  const measured = { median: median(values), min: Math.min(...values), max: Math.max(...values) };
  return JSON.stringify({ ...row, ...measured, met: isMet(row) });
}

/** On what it was measured; figures of different machines cannot be compared. */
export function machine(): string {
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`;
}

function lineOf(cells: readonly string[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();
}

function targetOf({ target, unit }: Figure): string {
  if (!target) return '';
  const [sign, value] = 'atMost' in target ? ['≤', target.atMost] : ['≥', target.atLeast];
  return `${sign} ${value} ${unit}`.trim();
}

/** Three digits, as more would not come out the same again. */
function round(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return String(Number(value.toFixed(Math.min(digits, 100))));
}
