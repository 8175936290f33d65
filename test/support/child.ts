import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Surroundings, secrets } from './world.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The bot as a process of its own. */
export type Child = {
  /** Resolves when it says that it is ready. */
  ready: Promise<void>;
  /** Resolves with how it ended and everything it printed. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>;
  kill(signal: NodeJS.Signals): void;
};

/** Starts `src/main.ts` as `npm start` does, with this environment and nothing of ours besides PATH. */
export function startChild(environment: Record<string, string>): Child {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('"msg":"ready"')) resolve();
    });
  }
  const { promise: ended, resolve: end } = Promise.withResolvers<Awaited<Child['ended']>>();
  child.on('close', (code, signal) => {
    reject(new Error(`ended before it was ready (${code ?? signal}): ${output}`));
    end({ code, signal, output });
  });
  ready.catch(() => {});
  return { ready, ended, kill: (signal) => child.kill(signal) };
}

/** The environment of an operator who runs the bot in these surroundings. */
export function environmentOf({ config, database }: Surroundings): Record<string, string> {
  return {
    PORT: String(config.http.port),
    PUBLIC_URL: config.http.publicUrl,
    DATABASE_URL: database.url,
    HANDOFF_POLICY: config.policyFile,
    HUBSPOT_API_URL: config.hubspot.apiUrl,
    HUBSPOT_PORTAL_ID: String(config.hubspot.portalId),
    HUBSPOT_ACCESS_TOKEN: secrets.hubspotAccessToken,
    HUBSPOT_CLIENT_SECRET: secrets.hubspotClientSecret,
    SLACK_API_URL: config.slack.apiUrl,
    SLACK_BOT_TOKEN: secrets.slackBotToken,
    SLACK_SIGNING_SECRET: secrets.slackSigningSecret,
  };
}
