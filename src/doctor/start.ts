import { hubspotClient } from '../adapters/hubspot/client.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { openLog } from '../app/log.ts';
import type { App } from '../app.ts';
import { harmless } from '../commands/terminal.ts';
import { type Config, ConfigError, type Secrets } from '../config.ts';
import { readPolicyFile } from '../policy-file.ts';
import { examine } from './check.ts';
import { platformChecks } from './checks.ts';
import { reportLines } from './report.ts';

/**
 * Asks each platform whether it takes the bot's token. One that does not answer is waited for by a bot that runs: what
 * comes from the others is kept meanwhile.
 * @throws ConfigError naming every token that is refused
 */
export async function refuseWrongTokens(config: Config, secrets: Secrets): Promise<void> {
  const { policy } = readPolicyFile(config.policyFile);
  const log = openLog({ logLevel: 'silent' });
  const { hubspotAccessToken: accessToken } = secrets;
  const hubspot = hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
  const accounts = platformChecks({ config, secrets, hubspot, policy, log }).filter(({ name }) =>
    name.endsWith('account'),
  );
  const refused = (await examine(accounts)).filter(({ state }) => state === 'wrong');
  if (refused.length === 0) return;
  const problems = refused.map(({ found, remedy }) => `  ${found}\n    → ${remedy}`);
  throw new ConfigError(`Cannot start:\n${problems.join('\n')}`);
}

/** Says how everything stands, as `handoff doctor` does: to somebody at a terminal in lines, else in the log. */
export async function tellStart({ examine }: Pick<App, 'examine'>, { logLevel }: Config): Promise<void> {
  const findings = await examine();
  if (process.stdout.isTTY) {
    process.stdout.write(harmless(`${reportLines(findings).join('\n')}\n`));
    return;
  }
  const log = openLog({ logLevel });
  const levels = { right: 'info', note: 'info', warning: 'warn', wrong: 'error' } as const;
  for (const { state, ...finding } of findings) log[levels[state]](finding, 'looked at');
}
