import type { Command } from 'commander';
import { explain } from '../flow/answer/explain.ts';
import { readOnlyDatabase } from './database.ts';
import { plainReply } from './plain-reply.ts';
import { storesOf } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** `handoff why`: the decisions that were taken. */
export function whyCommand(program: Command, { environment, stdout }: Terminal): void {
  program
    .command('why')
    .description('say why a lead came to whom it came, or to nobody')
    .argument('<lead...>', 'a contact id, an email, or a name')
    .action(async (words: string[]) => {
      await using unwinding = new AsyncDisposableStack();
      const connection = await readOnlyDatabase(environment, unwinding);
      if (!connection) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
      const answer = await explain(words.join(' '), storesOf(connection));
      if ('wrong' in answer) throw new Error(answer.wrong);
      stdout.write(plainReply(answer, 'UTC'));
    });
}
