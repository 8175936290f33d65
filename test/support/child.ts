import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from './world.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const tellPackages = new URL('./tell-packages.ts', import.meta.url).href;

/** What every process of ours is given; each finds compiled what one before it has compiled. */
export const ownEnvironment = {
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: join(tmpdir(), 'handoff-test-compiled'),
};

/** The bot as a process of its own. */
export type Child = {
  /** Resolves when it says that it is ready. */
  ready: Promise<void>;
  /** Resolves when it has printed this. */
  said(words: string): Promise<void>;
  /** Resolves with how it ended and everything it printed. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>;
  kill(signal: NodeJS.Signals): void;
};

/**
 * Starts `src/main.ts` as `npm start` does, or another program, with this environment and nothing of ours that it could read.
 * With `tellsPackages` it ends by printing what `packagesIn` reads; `preload` is loaded before it.
 */
export function startChild(
  environment: Record<string, string>,
  {
    tellsPackages = false,
    program = main,
    preload,
  }: { tellsPackages?: boolean; program?: string; preload?: string } = {},
): Child {
  const options = tellsPackages ? ['--import', tellPackages] : [];
  if (preload) options.push('--import', preload);
  const child: ChildProcess = spawn(process.execPath, [...options, program], {
    env: { ...ownEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const awaited = new Map<string, PromiseWithResolvers<void>>();
  const said = (words: string): Promise<void> => {
    const one = awaited.get(words) ?? Promise.withResolvers<void>();
    awaited.set(words, one);
    if (output.includes(words)) one.resolve();
    return one.promise;
  };
  const ready = said('"msg":"ready"');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const [words, { resolve }] of awaited) if (output.includes(words)) resolve();
    });
  }
  const { promise: ended, resolve: end } = Promise.withResolvers<Awaited<Child['ended']>>();
  child.on('close', (code, signal) => {
    for (const [words, { reject }] of awaited) {
      reject(new Error(`ended before it said ${words} (${code ?? signal}): ${output}`));
    }
    end({ code, signal, output });
  });
  ready.catch(() => {});
  return { ready, said, ended, kill: (signal) => child.kill(signal) };
}

/** The packages from which a child that tells them has loaded anything. */
export function packagesIn(output: string): string[] {
  const told = output.split('\n').find((line) => line.startsWith('{"packages":'));
  if (!told) throw new Error(`the process told no packages: ${output}`);
  return JSON.parse(told).packages;
}

/** The environment of an operator who runs the bot in these surroundings. */
export function environmentOf({ config, secrets, database }: Surroundings): Record<string, string> {
  const { slack, teams } = config;
  return {
    PORT: String(config.http.port),
    METRICS_PORT: String(config.metrics?.port ?? 0),
    PUBLIC_URL: config.http.publicUrl,
    DATABASE_URL: database.url,
    HANDOFF_POLICY: config.policyFile,
    HUBSPOT_API_URL: config.hubspot.apiUrl,
    HUBSPOT_API_VERSION: config.hubspot.apiVersion,
    HUBSPOT_PORTAL_ID: String(config.hubspot.portalId),
    HUBSPOT_ACCESS_TOKEN: secrets.hubspotAccessToken,
    HUBSPOT_CLIENT_SECRET: secrets.hubspotClientSecret,
    ...(slack && {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: secrets.slack?.botToken ?? '',
      SLACK_SIGNING_SECRET: secrets.slack?.signingSecret ?? '',
    }),
    ...(teams && {
      MICROSOFT_API_URL: teams.apiUrl ?? '',
      MICROSOFT_APP_ID: teams.appId,
      MICROSOFT_APP_TENANT_ID: teams.tenantId,
      MICROSOFT_APP_PASSWORD: secrets.teams?.appPassword ?? '',
    }),
  };
}
