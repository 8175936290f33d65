import type { Command } from 'commander';
import { hubspotClient } from '../adapters/hubspot/client.ts';
import { hubspotCrm } from '../adapters/hubspot/crm.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { readConfig } from '../config.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { triggerOf } from '../domain/policy/triggers.ts';
import { adopt, type Waiting, waitingSince } from '../flow/try/adopt.ts';
import { writableDatabase } from './database.ts';
import { readSpan, usualPolicy } from './options.ts';
import { readPortalPolicy } from './portal-policy.ts';
import { storesOf } from './stores.ts';
import { harmless, type Terminal } from './terminal.ts';
import { type Column, textTable } from './text-table.ts';

type Options = { since: number; dryRun: boolean; policy: string };

/** `handoff adopt`: takes over leads that wait since before the bot began. */
export function adoptCommand(program: Command, terminal: Terminal): void {
  program
    .command('adopt')
    .description('hand over leads that wait in HubSpot since before the bot first ran')
    .requiredOption('--since <time>', 'how far back: 12h, 3d or 2w', readSpan)
    .option('--dry-run', 'only say which, and to whom they would go', false)
    .option('--policy <file>', 'the policy in force', usualPolicy(terminal.environment))
    .action((options: Options) => run(options, terminal));
}

async function run({ since: ago, dryRun, policy: file }: Options, terminal: Terminal): Promise<void> {
  const { environment, stdout, clock = () => new Date() } = terminal;
  const { config, secrets } = readConfig(environment);
  const policy = await readPortalPolicy(file, environment);
  await using unwinding = new AsyncDisposableStack();
  const stores = storesOf(await writableDatabase(environment, unwinding));
  const { hubspotAccessToken: accessToken } = secrets;
  const hubspot = hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
  const portalId = String(config.hubspot.portalId);
  const crm = hubspotCrm(hubspot, { portalId, policy: () => policy, clock });
  const now = clock();
  const since = new Date(now.getTime() - ago);
  const waiting: Waiting[] = [];
  for await (const one of waitingSince(since, now, { ...stores, stores, crm, policy })) waiting.push(one);
  if (waiting.length === 0) {
    stdout.write('No lead waits that would be handed over\n');
    return;
  }
  const lines = textTable(
    columns,
    waiting.map((one) => rowOf(one, policy)),
  );
  stdout.write(harmless(`${lines.join('\n')}\n\n`));
  if (dryRun) {
    stdout.write(`${waiting.length} would be handed over or held. Nothing was done\n`);
    return;
  }
  const ids = waiting.map(({ lead }) => lead.id);
  await adopt(ids, since, now, stores);
  stdout.write(`${waiting.length} are handed over by the running bot, with targets from now on\n`);
}

const columns: readonly Column[] = [
  { title: 'lead', align: 'left', max: 40 },
  { title: 'trigger', align: 'left', max: 30 },
  { title: 'since', align: 'left', max: 16 },
  { title: 'goes to', align: 'left', max: 40 },
];

function rowOf({ lead, foreseen }: Waiting, policy: Policy): string[] {
  const { handoff, waits } = foreseen;
  return [
    lead.name ?? lead.email ?? lead.id,
    handoff ? (triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger) : '',
    handoff ? handoff.since.toISOString().slice(0, 16).replace('T', ' ') : '',
    handoff?.assignment.rep ?? (waits ? `waits for ${waits.team}` : 'is held: a required field is missing'),
  ];
}
