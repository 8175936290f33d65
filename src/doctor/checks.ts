import type { HubSpot } from '../adapters/hubspot/client.ts';
import type { Log } from '../adapters/log.ts';
import type { Connection } from '../adapters/postgres/connection.ts';
import type { Config, Secrets } from '../config.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Chat } from '../flow/ports/chat.ts';
import type { Crm } from '../flow/ports/crm.ts';
import type { Directory } from '../flow/ports/people.ts';
import type { Clock } from '../flow/ports/time.ts';
import { addressChecks } from './address.ts';
import { type Check, wrong } from './check.ts';
import { databaseChecks } from './database.ts';
import { hubspotChecks } from './hubspot.ts';
import { peopleChecks } from './people.ts';
import { slackChecks } from './slack.ts';
import { teamsChecks } from './teams.ts';

type Platforms = { config: Config; secrets: Secrets; hubspot: HubSpot; policy: Policy; log: Log };

/** Everything that the bot works with. */
export type Installation = Platforms & {
  crm: Pick<Crm, 'owners'>;
  chats: readonly Chat[];
  /** Or why there is none. */
  store: { connection: Connection; directory: Directory } | { missing: string };
  clock: Clock;
};

/** Who the bot is on each platform, and what it may do there: they need nothing but its tokens. */
export function platformChecks({ config, secrets, hubspot, policy, log }: Platforms): Check[] {
  const { hubspotAccessToken: accessToken } = secrets;
  return [
    ...hubspotChecks({ hubspot, accessToken, portalId: config.hubspot.portalId, policy }),
    ...(config.slack && secrets.slack
      ? slackChecks({ ...config.slack, botToken: secrets.slack.botToken, log }, policy)
      : []),
    ...(config.teams && secrets.teams ? teamsChecks({ ...config.teams, ...secrets.teams }) : []),
  ];
}

/** All of them, in the order in which they are read. */
export function allChecks(installation: Installation): Check[] {
  const { config, store, clock } = installation;
  const directory = 'missing' in store ? null : store.directory;
  return [
    ...platformChecks(installation),
    ...peopleChecks({ ...installation, directory }),
    ...addressChecks({ publicUrl: config.http.publicUrl, hubspotUrl: config.hubspot.apiUrl }),
    ...('missing' in store ? [noDatabase(store.missing)] : databaseChecks(store.connection, clock())),
  ];
}

function noDatabase(why: string): Check {
  const remedy = 'Set DATABASE_URL, or start the bot: it makes a database of its own.';
  return { name: 'Database', look: async () => [wrong(why, remedy)] };
}
