import type { Command } from 'commander';
import { postgresHolds } from '../adapters/postgres/holds.ts';
import { whyForOperators } from '../domain/words/why.ts';
import { readOnlyDatabase } from './database.ts';
import { harmless, type Terminal } from './terminal.ts';

/** `handoff held`: the leads that qualify and wait. */
export function heldCommand(program: Command, { environment, stdout }: Terminal): void {
  program
    .command('held')
    .description('list the leads that wait: for a field that is missing, or for somebody to be at work')
    .action(async () => {
      await using unwinding = new AsyncDisposableStack();
      const connection = await readOnlyDatabase(environment, unwinding);
      if (!connection) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
      const holds = await postgresHolds(connection).list();
      if (holds.length === 0) stdout.write('Nobody waits\n');
      for (const { leadId, since, because, until } of holds) {
        const again = until ? `, looked at again ${minuteOf(until)}` : '';
        stdout.write(harmless(`${leadId}  since ${minuteOf(since)}${again}  ${whyForOperators(because)}\n`));
      }
    });
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
