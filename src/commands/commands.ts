import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { hubspotClient } from '../adapters/hubspot/client.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { setupProperties } from '../adapters/hubspot/properties.ts';
import { connectPostgres } from '../adapters/postgres/connection.ts';
import { startEmbeddedPostgres } from '../adapters/postgres/embedded/embedded.ts';
import { prepareDatabase } from '../adapters/postgres/prepare.ts';
import { readConfig } from '../config.ts';
import { policyJsonSchema } from '../policy-file/json-schema.ts';
import { readPolicyFile } from '../policy-file.ts';
import { adoptCommand } from './adopt.ts';
import { backtestCommand } from './backtest.ts';
import { doctorCommand } from './doctor.ts';
import { eraseCommand } from './erase.ts';
import { exportCommand } from './export.ts';
import { heldCommand } from './held.ts';
import { jobsCommand } from './jobs.ts';
import { measureCommand } from './measure.ts';
import { moveCommand } from './move.ts';
import { usualPolicy } from './options.ts';
import { policyCheckCommand } from './policy-check.ts';
import { recycledCommand } from './recycled.ts';
import { routeCommand } from './route.ts';
import { sentBackCommand } from './sent-back.ts';
import { suppressionsCommand } from './suppressions.ts';
import { teamsPackage } from './teams-package.ts';
import { harmless, type Terminal } from './terminal.ts';
import { whyCommand } from './why.ts';

/** Runs the command of these words. @returns the exit code */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await commands(terminal).parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    // It has written what was wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    terminal.stderr.write(harmless(`${error instanceof Error ? error.message : error}\n`));
    return 1;
  }
}

function commands(terminal: Terminal): Command {
  const { environment, stdout, stderr } = terminal;
  const say = (line: string) => {
    stdout.write(`${line}\n`);
  };
  const program = new Command('handoff')
    .description('Commands around the lead handoff bot')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });

  program
    .command('setup')
    .description(
      'create the handoff_… properties that the HubSpot portal lacks, of deals if the policy makes any',
    )
    .action(async () => {
      const { config, secrets } = readConfig(environment);
      const { policy } = readPolicyFile(usualPolicy(environment));
      const { hubspotAccessToken: accessToken } = secrets;
      const hubspot = hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
      const created = await setupProperties(hubspot, 'contacts');
      const ofDeals = policy.deals.length > 0 ? await setupProperties(hubspot, 'deals') : [];
      const names = [...created, ...ofDeals.map((name) => `${name} of deals`)];
      say(names.length > 0 ? `Created ${names.join(', ')}` : 'Every property is there already');
    });

  program
    .command('migrate')
    .description('bring the database to this version, as every start does')
    .action(async () => {
      const { config, secrets } = readConfig(environment);
      await using unwinding = new AsyncDisposableStack();
      let url = secrets.databaseUrl;
      if (url === null) {
        const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
        unwinding.defer(() => postgres.stop());
        await postgres.ensureDatabase('handoff');
        url = postgres.urlOf('handoff');
      }
      const connection = connectPostgres(url, { poolSize: 2, onConnectionLost: () => {} });
      unwinding.defer(() => connection.close());
      const { applied } = await prepareDatabase(connection.pool);
      say(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date');
    });

  doctorCommand(program, terminal);
  adoptCommand(program, terminal);
  routeCommand(program, terminal);
  whyCommand(program, terminal);
  heldCommand(program, terminal);
  recycledCommand(program, terminal);
  eraseCommand(program, terminal);
  backtestCommand(program, terminal);
  sentBackCommand(program, terminal);
  suppressionsCommand(program, terminal);
  jobsCommand(program, terminal);
  moveCommand(program, terminal);
  measureCommand(program, terminal);
  exportCommand(program, terminal);

  const policyCommands = program.command('policy').description('work with the policy file');
  policyCheckCommand(policyCommands, terminal);
  policyCommands
    .command('schema')
    .description('print the JSON Schema of the policy file, with which editors complete and check it')
    .action(() => say(JSON.stringify(policyJsonSchema(), null, 2)));

  program
    .command('teams')
    .description('work with the Microsoft Teams app')
    .command('package')
    .description('make the app package of MICROSOFT_APP_ID and PUBLIC_URL for the Teams admin center')
    .option('--out <file>', 'where to write it', 'handoff-teams.zip')
    .action(async ({ out }: { out: string }) => {
      const { MICROSOFT_APP_ID: appId, PUBLIC_URL: publicUrl } = environment;
      const folder = new URL('../../manifests/teams/', import.meta.url);
      const { zip, version } = await teamsPackage(folder, { appId, publicUrl });
      await writeFile(out, zip);
      say(`${resolve(out)} is the Teams app of ${appId}, version ${version}`);
      say('Upload it in the Teams admin center: Teams apps → Manage apps → Upload new app');
    });

  return program;
}
