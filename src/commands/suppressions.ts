import type { Command } from 'commander';
import { hubspotClient } from '../adapters/hubspot/client.ts';
import { hubspotCrm } from '../adapters/hubspot/crm.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import type { Connection } from '../adapters/postgres/connection.ts';
import { postgresErasures } from '../adapters/postgres/erasures.ts';
import { postgresHandoffs } from '../adapters/postgres/handoffs.ts';
import { postgresSuppressions } from '../adapters/postgres/suppressions.ts';
import { readConfig } from '../config.ts';
import type { LeadId } from '../domain/lead/lead.ts';
import { TemporaryFailure } from '../flow/ports/failure.ts';
import type { PauseEntry } from '../flow/ports/suppressions.ts';
import { comparePauses } from '../flow/watch/compare-pauses.ts';
import { endPause } from '../flow/watch/end-pause.ts';
import { readPolicyFile } from '../policy-file.ts';
import { readOnlyDatabase, writableDatabase } from './database.ts';
import { readContact, readSpan, usualPolicy } from './options.ts';
import { harmless, type Terminal } from './terminal.ts';
import { type Column, textTable } from './text-table.ts';

/** `handoff suppressions`: whose nurture is paused, and to pause or resume it by hand. */
export function suppressionsCommand(program: Command, terminal: Terminal): void {
  const { environment, stdout } = terminal;
  const command = program
    .command('suppressions')
    .description('list the open pauses of nurture; pause a contact by hand, or resume it')
    .option('--all', 'also those that were lifted', false)
    .option('--json', 'as JSON', false)
    .action(async ({ all, json }: { all: boolean; json: boolean }) => {
      await using unwinding = new AsyncDisposableStack();
      const connection = await readOnlyDatabase(environment, unwinding);
      if (!connection) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
      const entries = await postgresSuppressions(connection).list(all ? 'all' : 'open');
      if (json) stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
      else stdout.write(entries.length === 0 ? 'Nothing is paused\n' : tableOf(entries, all));
    });

  command
    .command('pause')
    .description('pause nurture of a contact that the bot knows, beside whatever else pauses it')
    .argument('<contact>', 'a contact id or email in HubSpot', readContact)
    .requiredOption('--for <time>', 'how long at most: 12h, 14d or 6w', readSpan)
    .requiredOption('--why <words>', 'what others are to know of it')
    .option('--policy <file>', 'the policy in force', usualPolicy(environment))
    .action(async (contact: string, options: { for: number; why: string; policy: string }) => {
      await using unwinding = new AsyncDisposableStack();
      const { needs, idsOf } = await openLedger(options.policy, environment, unwinding);
      const [leadId = ''] = await idsOf(contact);
      const since = needs.clock();
      const until = new Date(since.getTime() + options.for);
      const who = environment['USER']?.trim() || 'operator';
      const pause = { leadId, who, why: options.why, since, until };
      if (!(await needs.suppressions.pauseByHand(pause))) throw unknown(contact);
      stdout.write(`Paused: contact ${leadId}, until ${minuteOf(until)}\n`);
      stdout.write(await tellHubSpot([leadId], needs));
    });

  command
    .command('resume')
    .description('lift every pause of a contact, also that of a handoff, until sales next acts on it')
    .argument('<contact>', 'a contact id or email in HubSpot', readContact)
    .option('--policy <file>', 'the policy in force', usualPolicy(environment))
    .action(async (contact: string, options: { policy: string }) => {
      await using unwinding = new AsyncDisposableStack();
      const { needs, idsOf } = await openLedger(options.policy, environment, unwinding);
      const ids = await idsOf(contact);
      const open = await needs.suppressions.openOf(ids);
      if (open.length === 0)
        throw new Error(`Nothing pauses the contact ${contact}: handoff suppressions lists all`);
      for (const entry of open) await endPause(entry, 'byHand', needs);
      const leads = [...new Set(open.map(({ leadId }) => leadId))];
      stdout.write(
        `Resumed: contact ${leads.join(', ')}, of ${open.length === 1 ? '1 pause' : `${open.length} pauses`}\n`,
      );
      stdout.write(await tellHubSpot(leads, needs));
    });
}

/** What it takes to change a pause, and to tell HubSpot. */
async function openLedger(
  policyFile: string,
  environment: NodeJS.ProcessEnv,
  unwinding: AsyncDisposableStack,
) {
  const { policy } = readPolicyFile(policyFile);
  const { config, secrets } = readConfig(environment);
  const connection: Connection = await writableDatabase(environment, unwinding);
  const { hubspotAccessToken: accessToken } = secrets;
  const clock = () => new Date();
  const hubspot = hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
  const needs = {
    suppressions: postgresSuppressions(connection),
    handoffs: postgresHandoffs(connection),
    crm: hubspotCrm(hubspot, { portalId: String(config.hubspot.portalId), policy: () => policy, clock }),
    policy: () => policy,
    policyOf: () => policy,
    clock,
    observe: () => {},
  };
  const idsOf = async (contact: string) => {
    const ids = await postgresErasures(connection).idsOf(contact);
    if (ids.length === 0) throw unknown(contact);
    return ids;
  };
  return { needs, idsOf };
}

function unknown(contact: string): Error {
  return new Error(`Nothing is known here of the contact ${contact}: expected one that the bot has read`);
}

async function tellHubSpot(
  leads: readonly LeadId[],
  needs: Parameters<typeof comparePauses>[1],
): Promise<string> {
  try {
    await comparePauses(leads, needs);
    return 'HubSpot has been told\n';
  } catch (error) {
    if (!(error instanceof TemporaryFailure)) throw error;
    return 'HubSpot does not answer: the running bot tells it within a quarter of an hour\n';
  }
}

const columns: readonly Column[] = [
  { title: 'Contact', align: 'left', max: 20 },
  { title: 'Name', align: 'left', max: 30 },
  { title: 'Who', align: 'left', max: 40 },
  { title: 'Why', align: 'left', max: 40 },
  { title: 'Since', align: 'left', max: 20 },
  { title: 'Until', align: 'left', max: 20 },
  { title: 'Written', align: 'left', max: 28 },
  { title: 'Seen', align: 'left', max: 28 },
];
const lifted: Column = { title: 'Lifted', align: 'left', max: 40 };

function tableOf(entries: readonly PauseEntry[], all: boolean): string {
  const rows = entries.map((entry) => [...cellsOf(entry), ...(all ? [liftedWords(entry)] : [])]);
  const lines = textTable(all ? [...columns, lifted] : columns, rows);
  return harmless(`${lines.join('\n')}\n`);
}

function cellsOf({ leadId, leadName, cause, since, until, written, seen }: PauseEntry): string[] {
  const isHand = cause.kind === 'hand';
  return [
    leadId,
    leadName ?? '',
    isHand ? cause.who : cause.rep,
    isHand ? `by hand: ${cause.why}` : `handoff: ${cause.trigger}`,
    minuteOf(since),
    minuteOf(until),
    knownWords(written),
    knownWords(seen),
  ];
}

function knownWords(known: PauseEntry['written']): string {
  return known ? `${known.paused ? 'paused' : 'running'} ${minuteOf(known.at)}` : 'not yet';
}

function liftedWords({ lifted: end }: PauseEntry): string {
  return end ? `${minuteOf(end.at)} (${end.why})` : '';
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
