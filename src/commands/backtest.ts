import { constants, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { namesOf } from '../flow/people/people.ts';
import { backtest } from '../flow/try/backtest.ts';
import { type Format, formats, outputOf } from './backtest-output.ts';
import { readOnlyDatabase } from './database.ts';
import { readDays, readTime, usualPolicy } from './options.ts';
import { readPortalPolicy } from './portal-policy.ts';
import { progressBar } from './progress-bar.ts';
import { storesOf } from './stores.ts';
import { harmless, type Terminal } from './terminal.ts';

type Options = {
  policy: string;
  inForce: string;
  days: number;
  until?: Date;
  format: Format;
  out?: string;
};

/** `handoff backtest`: the past under another policy. */
export function backtestCommand(program: Command, terminal: Terminal): void {
  program
    .command('backtest')
    .description('go through the stored past under another policy, and compare; nothing is changed')
    .requiredOption('--policy <file>', 'the proposed policy')
    .option('--in-force <file>', 'the policy to compare it with', usualPolicy(terminal.environment))
    .option('--days <number>', 'how far to go back', readDays, 90)
    .option('--until <time>', 'where to end: 2026-11-20T10:15:00Z (default: now)', readTime)
    .addOption(new Option('--format <format>', 'how to write it').choices(formats).default('table'))
    .option('--out <file>', 'where to write it (default: standard output)')
    .action((options: Options) => run(options, terminal));
}

async function run(
  { policy: file, inForce, days, until, format, out }: Options,
  { environment, stdout, stderr }: Terminal,
): Promise<void> {
  const policies = {
    proposed: { file, policy: await readPortalPolicy(file, environment) },
    inForce: { file: inForce, policy: await readPortalPolicy(inForce, environment) },
  };
  if (out !== undefined) await checkWritable(out);
  await using unwinding = new AsyncDisposableStack();
  const connection = await readOnlyDatabase(environment, unwinding);
  if (!connection) throw new Error('There is no past to try it on: set DATABASE_URL, or start the bot once');
  const { past, directory } = storesOf(connection);

  const to = until ?? new Date();
  const from = new Date(to.getTime() - days * 86_400_000);
  const bar = progressBar(stderr, () => performance.now());
  const asked = { inForce: policies.inForce.policy, proposed: policies.proposed.policy, from, to };
  const { result, changes } = await backtest(asked, { past, directory, onProgress: bar.show }).finally(
    bar.clear,
  );
  const names = namesOf(await directory.people());
  const output = Readable.from(outputOf({ result, changes, ...policies, names }, format));
  if (out === undefined) await pipeline(output, eachHarmless, stdout, { end: false }).catch(unlessClosed);
  else {
    await pipeline(output, createWriteStream(out));
    stderr.write(`Written to ${resolve(out)}\n`);
  }
}

async function* eachHarmless(parts: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const part of parts) yield harmless(String(part));
}

/** Checked before the work, which may take minutes. */
async function checkWritable(file: string): Promise<void> {
  const folder = dirname(resolve(file));
  await access(folder, constants.W_OK).catch(() => {
    throw new Error(`--out ${file} cannot be written: expected a folder ${folder} that can`);
  });
}

/** Whoever reads the first lines only, as `head` does, has seen enough. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
