import { textOf } from '../../../domain/words/why.ts';
import type { Cell, Grid, Table } from '../../../flow/ports/dashboard.ts';
import { csvRow } from '../../csv.ts';

/** A table as a file for a spreadsheet: numbers as they are, durations in seconds, times in UTC. */
export function fileOf(table: Table | Grid): string {
  const [head, rows] =
    table.kind === 'table'
      ? [table.columns.map(({ title }) => title), table.rows.map((row) => row.map(plainly))]
      : [['', ...table.columns], table.rows.map(({ title, cells }) => [title, ...cells.map(plainly)])];
  return [head, ...rows].map(csvRow).join('');
}

function plainly({ value, shown }: Cell): string | number {
  if (value !== undefined) return value ?? '';
  return typeof shown === 'string' ? shown : textOf(shown);
}
