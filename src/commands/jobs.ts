import { Argument, type Command } from 'commander';
import { type FailedJob, failedJobs, type WhichJobs } from '../adapters/postgres/queue/failed-jobs.ts';
import { type TaskName, taskNames } from '../flow/ports/jobs.ts';
import { readOnlyDatabase, writableDatabase } from './database.ts';
import { harmless, type Terminal } from './terminal.ts';
import { type Column, textTable } from './text-table.ts';

/** `handoff jobs`: what failed, and what is to become of it. */
export function jobsCommand(program: Command, terminal: Terminal): void {
  const { environment, stdout } = terminal;
  const changed = async (change: (jobs: ReturnType<typeof failedJobs>) => Promise<number>, done: string) => {
    await using unwinding = new AsyncDisposableStack();
    const count = await change(failedJobs(await writableDatabase(environment, unwinding)));
    stdout.write(count === 0 ? 'No such job has failed: see handoff jobs\n' : `${done}: ${count}\n`);
  };
  const which = (task: TaskName, key: string | undefined): WhichJobs => ({ task, key: key ?? null });

  const command = program
    .command('jobs')
    .description('list the jobs that failed; try them again, or discard them')
    .option('--all', 'also those that were discarded', false)
    .option('--json', 'as JSON', false)
    .action(async ({ all, json }: { all: boolean; json: boolean }) => {
      await using unwinding = new AsyncDisposableStack();
      const connection = await readOnlyDatabase(environment, unwinding);
      if (!connection) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
      const jobs = await failedJobs(connection).list(all);
      if (json) stdout.write(harmless(`${JSON.stringify(jobs, null, 2)}\n`));
      else stdout.write(harmless(jobs.length === 0 ? 'No job has failed\n' : tableOf(jobs)));
    });
  command
    .command('retry')
    .description('try again at once, with as many attempts as a new one')
    .addArgument(kind())
    .argument('[subject]', 'what it is about; all of the kind, unless given')
    .action((task: TaskName, subject?: string) =>
      changed((jobs) => jobs.retry(which(task, subject)), 'Tried again'),
    );
  command
    .command('discard')
    .description('count jobs that were given up no more as failures')
    .addArgument(kind())
    .argument('[subject]', 'what it is about; all of the kind, unless given')
    .requiredOption('--why <words>', 'what others are to know of it')
    .action((task: TaskName, subject: string | undefined, { why }: { why: string }) => {
      const who = environment['USER']?.trim() || 'operator';
      return changed((jobs) => jobs.discard(which(task, subject), `${who}: ${why}`), 'Discarded');
    });
}

function kind(): Argument {
  return new Argument('<kind>', 'which kind of job').choices(taskNames);
}

const columns: readonly Column[] = [
  { title: 'kind', align: 'left', max: 12 },
  { title: 'subject', align: 'left', max: 40 },
  { title: 'tries', align: 'right', max: 5 },
  { title: 'again', align: 'left', max: 40 },
  { title: 'error', align: 'left', max: 100 },
];

function tableOf(jobs: readonly FailedJob[]): string {
  const rows = jobs.map(({ task, key, attempts, againAt, discarded, error }) => {
    const again = againAt ? `${againAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'given up';
    return [task, key, String(attempts), discarded ? `discarded by ${discarded}` : again, error ?? ''];
  });
  return `${textTable(columns, rows).join('\n')}\n`;
}
