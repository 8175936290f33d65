import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { csvRow } from '../adapters/csv.ts';
import {
  columnsOf,
  type Exported,
  type ExportedThing,
  exportMeasured,
} from '../adapters/postgres/export-measured.ts';
import { readPeriod } from '../domain/time/reported-period.ts';
import { readPolicyFile } from '../policy-file.ts';
import { writableDatabase } from './database.ts';
import { keepMeasures } from './keep-measures.ts';
import { usualPolicy } from './options.ts';
import { harmless, type Terminal } from './terminal.ts';

type Format = 'csv' | 'jsonl';
type Options = { since: string; format: Format; assignments: boolean; out?: string; policy: string };

/** `handoff export`: what is measured, a row for each handoff or for each time that somebody held one. */
export function exportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('write what is measured of handoffs to a file: for reports of your own')
    .option(
      '--since <period>',
      'when they qualified: 30d, a day as 2026-11-23, or several as 2026-11-01..2026-11-30',
      '30d',
    )
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'jsonl']).default('csv'))
    .option('--assignments', 'a row for each time that somebody held one', false)
    .option('--out <file>', 'where to write it (default: standard output)')
    .option('--policy <file>', 'the policy in force', usualPolicy(terminal.environment))
    .action((options: Options) => run(options, terminal));
}

async function run(options: Options, { environment, stdout, stderr }: Terminal): Promise<void> {
  const { since, format, assignments, out } = options;
  const { policy } = readPolicyFile(options.policy);
  const compared = readPeriod(
    since,
    policy.marketing?.zone ?? policy.teams[0]?.hours.zone ?? 'UTC',
    new Date(),
  );
  if (!compared) {
    throw new Error(
      `--since ${since}: expected 30d, 2026-11-23, or 2026-11-01..2026-11-30; 366 days at most`,
    );
  }
  await using unwinding = new AsyncDisposableStack();
  const connection = await writableDatabase(environment, unwinding);
  await keepMeasures(connection, policy);
  const thing = assignments ? 'assignments' : 'handoffs';
  const rows = exportMeasured(connection.pool, thing, compared.period);
  const text = Readable.from(textOf(rows, thing, format));
  if (out === undefined) await pipeline(text, stdout, { end: false });
  else {
    await pipeline(text, createWriteStream(out));
    stderr.write(`Written to ${resolve(out)}\n`);
  }
}

async function* textOf(
  rows: AsyncIterable<readonly Exported[]>,
  thing: ExportedThing,
  format: Format,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvRow(columnsOf(thing));
  const lineOf = format === 'csv' ? csvLine : jsonLine;
  for await (const some of rows) yield harmless(some.map(lineOf).join(''));
}

function csvLine(row: Exported): string {
  return csvRow(Object.values(row).map(cellOf));
}

function cellOf(value: Exported[string]): string | number {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' ? value : String(value ?? '');
}

/** Dates are written as in CSV, what is unknown as null. */
function jsonLine(row: Exported): string {
  return `${JSON.stringify(row)}\n`;
}
