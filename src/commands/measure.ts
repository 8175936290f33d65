import type { Command } from 'commander';
import { postgresMeasures } from '../adapters/postgres/measures.ts';
import { readPolicyFile } from '../policy-file.ts';
import { writableDatabase } from './database.ts';
import { keepMeasures } from './keep-measures.ts';
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
      await postgresMeasures(connection).forget();
      stdout.write(`Measured ${await keepMeasures(connection, policy)} handoffs\n`);
    });
}
