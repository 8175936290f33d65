import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { marketingReport } from '../domain/past/marketing-report.ts';
import { happenedIn, type MarketingFacts, marketingWeek } from '../domain/past/marketing-week.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { hoursOf, withHours } from '../domain/policy/working-hours.ts';
import { type Compared, readPeriod } from '../domain/time/reported-period.ts';
import { replyOf } from '../flow/answer/sent-back.ts';
import { readPolicyFile } from '../policy-file.ts';
import { readOnlyDatabase } from './database.ts';
import { usualPolicy } from './options.ts';
import { plainReply } from './plain-reply.ts';
import { sentBackCsv } from './sent-back-csv.ts';
import { storesOf } from './stores.ts';
import { harmless, type Terminal } from './terminal.ts';

type Options = {
  since: string;
  policy: string;
  csv: boolean;
  json: boolean;
  notes: boolean;
  out?: string;
};

/** `handoff sent-back`: what became of marketing's leads. */
export function sentBackCommand(program: Command, terminal: Terminal): void {
  program
    .command('sent-back')
    .description('say which leads sales accepted and which it sent back, and why: for marketing')
    .option('--since <period>', '7d, a day as 2026-11-23, or several as 2026-11-23..2026-11-29', '7d')
    .addOption(new Option('--csv', 'each handoff in a row').default(false).conflicts('json'))
    .option('--json', 'the report, and each handoff', false)
    .option('--notes', 'in CSV or JSON, also what the reps wrote, which may be personal', false)
    .option('--out <file>', 'where to write it (default: standard output)')
    .option('--policy <file>', 'the policy in force', usualPolicy(terminal.environment))
    .action((options: Options) => run(options, terminal));
}

async function run(options: Options, { environment, stdout, stderr }: Terminal): Promise<void> {
  const { since, csv, json, notes, out } = options;
  if (notes && !csv && !json) throw new Error('--notes: expected --csv or --json with it');
  const { policy: written } = readPolicyFile(options.policy);
  const zone = written.marketing?.zone ?? written.teams[0]?.hours.zone ?? 'UTC';
  const compared = readPeriod(since, zone, new Date());
  if (!compared) {
    throw new Error(`--since ${since}: expected 7d, 2026-11-23, or 2026-11-23..2026-11-29`);
  }
  await using unwinding = new AsyncDisposableStack();
  const connection = await readOnlyDatabase(environment, unwinding);
  if (!connection) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
  const { marketing, directory } = storesOf(connection);
  const hours = (await directory.people()).flatMap((person) =>
    person.hours ? [[person.id, person.hours] as const] : [],
  );
  const policy = withHours(written, new Map(hours));
  const facts = await marketing.facts({ from: compared.before.from, until: compared.period.until });
  const paused = await marketing.paused(null);
  const text = textOf({ facts, paused, compared, policy, zone }, options);
  if (out === undefined) stdout.write(harmless(text));
  else {
    await writeFile(out, text);
    stderr.write(`Written to ${resolve(out)}\n`);
  }
}

type Told = {
  facts: readonly MarketingFacts[];
  paused: number;
  compared: Compared;
  policy: Policy;
  zone: string;
};

function textOf(
  { facts, paused, compared, policy, zone }: Told,
  { csv, json, notes }: Pick<Options, 'csv' | 'json' | 'notes'>,
): string {
  const handoffs = facts.filter((fact) => happenedIn(compared.period, fact));
  if (csv) return sentBackCsv(handoffs, policy, { notes });
  const week = marketingWeek(facts, compared, (rep) => hoursOf(policy, rep));
  if (!json) return plainReply(replyOf(marketingReport(week, { policy, zone, paused })), zone);
  const told = handoffs.map(({ note, ...fact }) => (notes ? { ...fact, note } : fact));
  return `${JSON.stringify({ ...week, paused, handoffs: told }, null, 2)}\n`;
}
