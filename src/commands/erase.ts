import type { Command } from 'commander';
import { postgresErasures } from '../adapters/postgres/erasures.ts';
import { eraseLead } from '../flow/forget/erase.ts';
import { readPolicyFile } from '../policy-file.ts';
import { writableDatabase } from './database.ts';
import { readContact, usualPolicy } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `handoff erase`: somebody asks to be forgotten. */
export function eraseCommand(program: Command, { environment, stdout }: Terminal): void {
  program
    .command('erase')
    .description(
      'erase all that is known of a contact, and never keep it again; run it again to see how far it is',
    )
    .argument('<contact>', 'a contact id or email in HubSpot', readContact)
    .option('--unknown', 'never keep this contact id, even though nothing is known of it so far', false)
    .option('--policy <file>', 'the policy in force', usualPolicy(environment))
    .action(async (contact: string, options: { policy: string; unknown: boolean }) => {
      const { policy } = readPolicyFile(options.policy);
      await using unwinding = new AsyncDisposableStack();
      const erasures = postgresErasures(await writableDatabase(environment, unwinding));
      const ids = await erasures.idsOf(contact);
      if (ids.length === 0) {
        throw new Error(
          `Nobody here has the email "${contact}": expected one that is known, or a contact id`,
        );
      }
      const known = await erasures.known(ids);
      if (known.length === 0 && !options.unknown) {
        throw new Error(
          `Nothing is known here of the contact ${contact}: check the number. With --unknown it is never kept, should it come`,
        );
      }
      const needs = { erasures, policyOf: () => policy, clock: () => new Date(), observe: () => {} };
      await eraseLead(needs)(ids);
      const { done, refused, remaining } = await erasures.progress(ids);
      stdout.write(`Erased for good: contact ${ids.join(', ')}
Known here before: ${known.length} of ${ids.length}
Messages in the chats: ${done} taken back, ${remaining} remain, which the running bot takes back, ${refused} refused for good
What stays: answers that Slack showed to one person alone, what people wrote themselves, what an answer that found no
lead repeats of that, in Teams a message of which it was never known whether it had arrived, and lines and lists that
were sent before the bot kept their ids
`);
    });
}
