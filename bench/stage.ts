import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HttpCounter, startHttpCounter } from '../test/support/http-counter.ts';
import { type PostgresWire, startPostgresWire } from '../test/support/postgres-wire.ts';
import type { Bench } from './bench.ts';
import { inCheckout, startArguments } from './checkout.ts';
import { type Child, runChild, startChild } from './child.ts';
import { type Patience, policyText, repsOf } from './company.ts';
import { type Follow, followLeads } from './follow.ts';
import { type PlatformOptions, type Platforms, startPlatforms } from './platforms.ts';

/** A process under measurement, between a HubSpot and a Slack of its own. */
export type Stage = Platforms & {
  /** Whether it writes to HubSpot as well, or only posts. */
  kind: 'bot' | 'floor';
  follow: Follow;
  databaseUrl: string;
  child: Child;
  /** Starts the process again, on the same database. */
  restart(): Promise<void>;
};

/** `database`: a copy of this one, instead of an empty one. */
type BotOptions = PlatformOptions & { reps?: number; patience?: Patience; database?: string };

/** Everything that the bot says to its database and to the platforms passes through these. */
export type Counters = { wire: PostgresWire; hubspot: HttpCounter; slack: HttpCounter };

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const unpaced = pathOf('./unpaced.ts');
const usualReps = 6;

/** The bot, as `npm start` runs it. With `limits: 'off'` neither the platforms nor the bot know a limit. */
export async function stageBot(bench: Bench, options: BotOptions): Promise<Stage> {
  const platforms = await platformsFor(bench, options);
  const databaseUrl = await bench.databases.create(options.database);
  return stage(bench, 'bot', platforms, databaseUrl, botScript(bench, options));
}

/** The same, counted: each statement and call takes a little longer. */
export async function stageCounted(
  bench: Bench,
  options: BotOptions,
): Promise<Stage & { counters: Counters }> {
  const platforms = await platformsFor(bench, options);
  const databaseUrl = await bench.databases.create();
  const counters = {
    wire: await startPostgresWire(databaseUrl),
    hubspot: await startHttpCounter(platforms.hubspot.url),
    slack: await startHttpCounter(platforms.slack.url),
  };
  bench.unwinding.defer(async () => {
    await Promise.all([counters.wire.close(), counters.hubspot.close(), counters.slack.close()]);
  });
  const environment = {
    ...platforms.environment,
    HUBSPOT_API_URL: counters.hubspot.origin,
    SLACK_API_URL: `${counters.slack.origin}/api/`,
  };
  const staged = await stage(
    bench,
    'bot',
    { ...platforms, environment },
    counters.wire.url,
    botScript(bench, options),
  );
  return Object.assign(staged, { counters });
}

/** The bare server that the bot is compared with; it writes to one rep only. */
export async function stageFloor(bench: Bench): Promise<Stage> {
  const platforms = await startPlatforms(repsOf(1), { limits: 'off' });
  bench.unwinding.defer(platforms.close);
  const channel = platforms.slack.changeUser(platforms.reps[0] ?? '', {}).id;
  const environment = { ...platforms.environment, FLOOR_CHANNEL: channel };
  const script = { path: pathOf('./floor.ts'), nodeArguments: [] };
  return stage(bench, 'floor', { ...platforms, environment }, await bench.databases.create(), script);
}

function botScript({ nodeArguments }: Bench, { limits }: BotOptions) {
  const preload = limits === 'off' ? ['--import', unpaced] : [];
  if (limits === 'off')
    for (const path of ['src/adapters/hubspot/limiter.ts', 'src/adapters/pace.ts']) inCheckout(path);
  return {
    path: inCheckout('src/main.ts'),
    nodeArguments: [...startArguments(), ...nodeArguments, ...preload],
  };
}

let policies = 0;

/** With a policy for so many reps, and the properties in HubSpot that the bot has to have. */
async function platformsFor(bench: Bench, options: BotOptions): Promise<Platforms> {
  const { directory } = bench.databases;
  const platforms = await startPlatforms(repsOf(options.reps ?? usualReps), options);
  bench.unwinding.defer(platforms.close);
  policies += 1;
  const policyFile = join(directory, `policy-${policies}.yaml`);
  await writeFile(policyFile, policyText(platforms.reps, options.patience ?? 'usual'));
  const environment = {
    ...platforms.environment,
    HANDOFF_POLICY: policyFile,
    HANDOFF_DATA_DIR: directory,
  };
  await runChild(inCheckout('src/cli.ts'), ['setup'], environment, directory);
  return { ...platforms, environment };
}

async function stage(
  bench: Bench,
  kind: Stage['kind'],
  platforms: Platforms,
  databaseUrl: string,
  { path, nodeArguments }: { path: string; nodeArguments: readonly string[] },
): Promise<Stage> {
  const { directory } = bench.databases;
  const environment = { ...platforms.environment, DATABASE_URL: databaseUrl };
  const start = () => startChild(path, environment, { nodeArguments, directory });
  let child = await start();
  const stop = () => child.stop();
  bench.unwinding.defer(stop);
  return {
    ...platforms,
    kind,
    databaseUrl,
    follow: followLeads(platforms),
    get child() {
      return child;
    },
    restart: async () => {
      child = await start();
    },
    close: async () => {
      await stop();
      await platforms.close();
    },
  };
}
