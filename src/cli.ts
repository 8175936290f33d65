import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { hubspotClient } from './adapters/hubspot/client.ts';
import { limiter } from './adapters/hubspot/limiter.ts';
import { setupProperties } from './adapters/hubspot/properties.ts';
import { connectPostgres } from './adapters/postgres/connection.ts';
import { startEmbeddedPostgres } from './adapters/postgres/embedded/embedded.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { backtestCommand } from './commands/backtest.ts';
import { heldCommand } from './commands/held.ts';
import { usualPolicy } from './commands/options.ts';
import { routeCommand } from './commands/route.ts';
import { teamsPackage } from './commands/teams-package.ts';
import { whyCommand } from './commands/why.ts';
import { loadEnvironmentFile, readConfig } from './config.ts';
import { policyJsonSchema } from './policy-file/json-schema.ts';
import { readPolicyFile } from './policy-file.ts';

loadEnvironmentFile();
const program = new Command('handoff').description('Commands around the lead handoff bot');

program
  .command('setup')
  .description('create the handoff_… contact properties that the HubSpot portal lacks')
  .action(async () => {
    const { config, secrets } = readConfig(process.env);
    const { hubspotAccessToken: accessToken } = secrets;
    const hubspot = hubspotClient({ apiUrl: config.hubspot.apiUrl, accessToken, limiter: limiter() });
    const created = await setupProperties(hubspot);
    console.log(created.length > 0 ? `Created ${created.join(', ')}` : 'Every property is there already');
  });

program
  .command('migrate')
  .description('bring the database to this version, as every start does')
  .action(async () => {
    const { config, secrets } = readConfig(process.env);
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
    const { applied } = await migrate({ pool: connection.pool });
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date');
  });

routeCommand(program);
whyCommand(program);
heldCommand(program);
backtestCommand(program);

const policyCommands = program.command('policy').description('work with the policy file');
policyCommands
  .command('check')
  .description('say whether the policy file is right, and if not, where it is wrong')
  .argument('[file]', 'the policy', usualPolicy())
  .action((file: string) => {
    const { policy } = readPolicyFile(file);
    const members = policy.teams.flatMap((team) => team.members).length;
    const counts = `${policy.triggers.length} triggers, ${policy.teams.length} teams with ${members} reps`;
    console.log(`${file} is right: ${counts}, version ${policy.version}`);
  });
policyCommands
  .command('schema')
  .description('print the JSON Schema of the policy file, with which editors complete and check it')
  .action(() => console.log(JSON.stringify(policyJsonSchema(), null, 2)));

program
  .command('teams')
  .description('work with the Microsoft Teams app')
  .command('package')
  .description('make the app package of MICROSOFT_APP_ID and PUBLIC_URL for the Teams admin center')
  .option('--out <file>', 'where to write it', 'handoff-teams.zip')
  .action(async ({ out }: { out: string }) => {
    const { MICROSOFT_APP_ID: appId, PUBLIC_URL: publicUrl } = process.env;
    const folder = new URL('../manifests/teams/', import.meta.url);
    const { zip, version } = await teamsPackage(folder, { appId, publicUrl });
    await writeFile(out, zip);
    console.log(`${resolve(out)} is the Teams app of ${appId}, version ${version}`);
    console.log('Upload it in the Teams admin center: Teams apps → Manage apps → Upload new app');
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
