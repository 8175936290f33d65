import type { Command } from 'commander';
import { postgresDirectory } from '../adapters/postgres/directory.ts';
import { postgresMeasures } from '../adapters/postgres/measures.ts';
import { postgresRuns } from '../adapters/postgres/runs.ts';
import { withAbsences, withHours } from '../domain/policy/working-hours.ts';
import { keepMeasured } from '../flow/measure/keep-measured.ts';
import { readPolicyFile } from '../policy-file.ts';
import { writableDatabase } from './database.ts';
import { usualPolicy } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `handoff measure`: what stats and the dashboard count, made anew from the logs. */
export function measureCommand(program: Command, { environment, stdout }: Terminal): void {
  program
    .command('measure')
    .description('make all measures anew from the logs of handoffs, with the working hours of now')
    .option('--policy <file>', 'the policy in force', usualPolicy(environment))
    .action(async (options: { policy: string }) => {
      const { policy } = readPolicyFile(options.policy);
      await using unwinding = new AsyncDisposableStack();
      const connection = await writableDatabase(environment, unwinding);
      const [measures, directory] = [postgresMeasures(connection), postgresDirectory(connection)];
      const clock = () => new Date();
      const people = await directory.people();
      const hours = new Map(people.flatMap(({ id, hours }) => (hours ? [[id, hours] as const] : [])));
      const theirs = withAbsences(withHours(policy, hours), await directory.absences(clock()));
      await measures.forget();
      const count = await keepMeasured({
        ...{ measures, runs: postgresRuns(connection), clock },
        policy: () => theirs,
      });
      stdout.write(`Measured ${count} handoffs\n`);
    });
}
