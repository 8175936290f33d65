import { inCheckout } from './checkout.ts';
import { runChild } from './child.ts';
import type { Databases } from './databases.ts';

/** A database with the tables as the checkout wants them. */
export async function createMigrated({ create, directory }: Databases): Promise<string> {
  const url = await create();
  // The command asks for a whole configuration.
  const environment = {
    DATABASE_URL: url,
    PUBLIC_URL: 'http://127.0.0.1',
    HUBSPOT_ACCESS_TOKEN: 'none',
    HUBSPOT_CLIENT_SECRET: 'none',
    HUBSPOT_PORTAL_ID: '1',
    SLACK_BOT_TOKEN: 'none',
    SLACK_SIGNING_SECRET: 'none',
  };
  await runChild(inCheckout('src/cli.ts'), ['migrate'], environment, directory);
  return url;
}
