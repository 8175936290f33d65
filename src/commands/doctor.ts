import { type Command, CommanderError } from 'commander';
import { type HubSpot, hubspotClient } from '../adapters/hubspot/client.ts';
import { hubspotCrm } from '../adapters/hubspot/crm.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { setupProperties } from '../adapters/hubspot/properties.ts';
import { postgresDirectory } from '../adapters/postgres/directory.ts';
import { postgresInstalls } from '../adapters/postgres/installs.ts';
import { openChats } from '../app/chats.ts';
import { openLog } from '../app/log.ts';
import { type Config, readConfig, type Secrets } from '../config.ts';
import { examine, worstOf } from '../doctor/check.ts';
import { allChecks, type Installation } from '../doctor/checks.ts';
import { policyCheck } from '../doctor/policy.ts';
import { reportLines, summaryOf } from '../doctor/report.ts';
import { peopleOf } from '../domain/policy/people-of.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { wordsIn } from '../domain/words/words.ts';
import type { Chat } from '../flow/ports/chat.ts';
import type { Directory } from '../flow/ports/people.ts';
import type { Clock } from '../flow/ports/time.ts';
import { sendSample } from '../flow/show/sample.ts';
import { readPolicyFile } from '../policy-file.ts';
import { writableDatabase } from './database.ts';
import { usualPolicy } from './options.ts';
import { plainReply } from './plain-reply.ts';
import { readPolicy } from './policy-check.ts';
import { harmless, type Terminal } from './terminal.ts';

type Options = { policy: string; json: boolean; fix: boolean; sendTest?: string };

/** By how bad the worst is. */
const exitCodes: Readonly<Record<ReturnType<typeof worstOf>, number>> = { right: 0, warning: 1, wrong: 2 };

/** `handoff doctor`: whether everything is as the bot needs it. */
export function doctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('look whether everything is as the bot needs it, and say what to do where it is not')
    .option('--policy <file>', 'the policy in force', usualPolicy(terminal.environment))
    .option('--json', 'for programs', false)
    .option('--fix', 'make the properties that HubSpot lacks', false)
    .option('--send-test <email>', 'send a sample card to somebody of the policy')
    .addHelpText('after', '\nExit code: 0 all is right, 1 something to look at, 2 something is wrong.')
    .action((options: Options) => runDoctor(options, terminal));
}

async function runDoctor(options: Options, terminal: Terminal): Promise<void> {
  const { environment, stdout, clock = () => new Date() } = terminal;
  const { config, secrets } = readConfig(environment);
  const { policy } = readPolicyFile(options.policy);
  await using unwinding = new AsyncDisposableStack();
  const { hubspotAccessToken: accessToken } = secrets;
  const hubspot = hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
  const fixed = options.fix ? await fix(hubspot, policy) : [];
  const store = await openStore(environment, unwinding);
  const chats = await openAll(config, secrets, store);
  const { portalId } = config.hubspot;
  const crm = hubspotCrm(hubspot, { portalId: String(portalId), policy: () => policy, clock });
  const checks = [
    policyCheck(() => readPolicy(options.policy, environment)),
    ...allChecks({ config, secrets, hubspot, policy, log: silent, crm, chats, store, clock }),
  ];
  const findings = await examine(checks);
  const worst = worstOf(findings);
  if (options.json) {
    stdout.write(harmless(`${JSON.stringify({ state: worst, fixed, findings }, null, 2)}\n`));
  } else {
    const lines = [
      ...fixed.map((name) => `Made the property ${name}`),
      ...reportLines(findings),
      '',
      summaryOf(findings),
    ];
    stdout.write(harmless(`${lines.join('\n')}\n`));
  }
  if (options.sendTest !== undefined) {
    if ('missing' in store) throw new Error('A sample is sent from a database: start the bot once before');
    const reply = await sendTest(options.sendTest, policy, { ...store, chats, clock });
    stdout.write(plainReply(reply, 'UTC'));
  }
  // Everything has been said: it is the exit code alone that is still to be told.
  if (worst !== 'right') throw new CommanderError(exitCodes[worst], 'doctor', summaryOf(findings));
}

/** What the commands say, the log does not say as well. */
const silent = openLog({ logLevel: 'silent' });

async function fix(hubspot: HubSpot, policy: Policy): Promise<string[]> {
  const ofDeals = policy.deals.length > 0 ? await setupProperties(hubspot, 'deals') : [];
  return [...(await setupProperties(hubspot, 'contacts')), ...ofDeals.map((name) => `${name} of deals`)];
}

async function openStore(
  environment: NodeJS.ProcessEnv,
  unwinding: AsyncDisposableStack,
): Promise<Installation['store']> {
  try {
    const connection = await writableDatabase(environment, unwinding);
    return { connection, directory: postgresDirectory(connection) };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** Who has the app in Teams stands in the database: without one nobody there is known. */
async function openAll(config: Config, secrets: Secrets, store: Installation['store']): Promise<Chat[]> {
  if ('missing' in store) return [];
  const open = await openChats(config, secrets, {
    installs: postgresInstalls(store.connection),
    workZone: async () => null,
    clock: () => new Date(),
    observe: () => {},
    log: silent,
  });
  return open.map(({ chat }) => chat);
}

async function sendTest(
  email: string,
  policy: Policy,
  { chats, directory, clock }: { chats: Chat[]; directory: Directory; clock: Clock },
) {
  const person = email.toLowerCase();
  if (!peopleOf(policy).includes(person)) {
    throw new Error(`"${email}" is nobody of the policy: expected one of ${peopleOf(policy).join(', ')}`);
  }
  return sendSample(person, wordsIn(policy.language), {
    ...{ directory, chats },
    policy: () => policy,
    clock,
  });
}
