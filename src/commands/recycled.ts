import type { Command } from 'commander';
import { postgresHandoffs } from '../adapters/postgres/handoffs.ts';
import { readOnlyDatabase } from './database.ts';
import { harmless, type Terminal } from './terminal.ts';
import { type Column, textTable } from './text-table.ts';

/** `handoff recycled`: the leads that went back to nurture, and until when. */
export function recycledCommand(program: Command, { environment, stdout }: Terminal): void {
  program
    .command('recycled')
    .description('list the leads that sleep until a day: their time had not come')
    .option('--json', 'machine-readable output')
    .action(async ({ json }: { json?: true }) => {
      await using unwinding = new AsyncDisposableStack();
      const connection = await readOnlyDatabase(environment, unwinding);
      if (!connection) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
      const sleeping = (await postgresHandoffs(connection).sleeping()).flatMap(({ handoff, lead }) => {
        if (handoff.status !== 'closed' || !handoff.sentBack?.revisitAt) return [];
        const { by, note, revisitAt } = handoff.sentBack;
        const { leadId, reason, assignment, closedAt } = handoff;
        return [
          {
            leadId,
            name: lead.name,
            until: revisitAt,
            rep: assignment.rep,
            reason,
            by,
            since: closedAt,
            note,
          },
        ];
      });
      if (json) {
        stdout.write(`${JSON.stringify(sleeping, null, 2)}\n`);
        return;
      }
      if (sleeping.length === 0) {
        stdout.write('Nobody sleeps\n');
        return;
      }
      const rows = sleeping.map(({ leadId, name, until, rep, reason, note }) => [
        dayOf(until),
        leadId,
        name ?? '',
        rep,
        reason ?? '',
        note,
      ]);
      stdout.write(harmless(`${textTable(columns, rows).join('\n')}\n`));
    });
}

const columns: readonly Column[] = ['Back on', 'Contact', 'Name', 'With', 'Why', 'What to say'].map(
  (title) => ({
    title,
    align: 'left',
    max: 40,
  }),
);

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
