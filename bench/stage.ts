import { fileURLToPath } from 'node:url';
import { type Cards, watchCards } from './cards.ts';
import { type Child, startChild } from './child.ts';
import type { Databases } from './databases.ts';
import { type PlatformOptions, type Platforms, reps, startPlatforms } from './platforms.ts';

/** A process under measurement, between a HubSpot and a Slack of its own. */
export type Stage = Platforms & {
  cards: Cards;
  databaseUrl: string;
  child: Child;
  /** Starts the process again, on the same database. */
  restart(): Promise<void>;
};

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bot = pathOf('../src/main.ts');
const baseline = pathOf('./baseline.ts');
const unpaced = pathOf('./unpaced/register.ts');

/** The bot, as `npm start` runs it. With `limits: 'off'` neither the platforms nor the bot know a limit. */
export async function stageBot(
  databases: Databases,
  { nodeArguments = [], ...options }: PlatformOptions & { nodeArguments?: readonly string[] },
): Promise<Stage> {
  const platforms = await startPlatforms(options);
  const preload = options.limits === 'off' ? ['--import', unpaced] : [];
  return stage(platforms, await databases.create(), bot, [...nodeArguments, ...preload]);
}

/** The bare server that the bot is compared with; it writes to one rep only. */
export async function stageBaseline(databases: Databases): Promise<Stage> {
  const platforms = await startPlatforms({ limits: 'off' });
  const { slack, environment } = platforms;
  const rep = slack.changeUser(reps[0] ?? '', {});
  const withChannel = { ...platforms, environment: { ...environment, BASELINE_CHANNEL: rep.id } };
  return stage(withChannel, await databases.create(), baseline, []);
}

async function stage(
  platforms: Platforms,
  databaseUrl: string,
  script: string,
  nodeArguments: readonly string[],
): Promise<Stage> {
  const start = () =>
    startChild(script, { ...platforms.environment, DATABASE_URL: databaseUrl }, nodeArguments);
  let child = await start();
  return {
    ...platforms,
    databaseUrl,
    cards: watchCards(platforms.slack),
    get child() {
      return child;
    },
    restart: async () => {
      child = await start();
    },
    close: async () => {
      await child.stop();
      await platforms.close();
    },
  };
}
