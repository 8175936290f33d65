import { type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';
import { startTeams } from '../../../sandbox/teams/server.ts';
import type { Config, Secrets } from '../../../src/config.ts';
import type { Platform } from '../../../src/domain/policy/policy.ts';
import { type SlackClient, slackClient } from './slack-client.ts';
import { type TeamsClient, teamsClient } from './teams-client.ts';

export type Clients = { slack: SlackClient; teams: TeamsClient };

/** The chats of a company: its people's clients, and what the bot needs to know to be part of them. */
export type Chats = {
  config: Pick<Config, 'slack' | 'teams'>;
  secrets: Pick<Secrets, 'slack' | 'teams'>;
  /** The people in a chat; a mistake when it does not run. */
  in<P extends Platform>(platform: P): Clients[P];
  /** Until so many processes of the bot hear of what people do. */
  connected(processes: number): Promise<void>;
  close(): Promise<void>;
};

type StartOptions = {
  now: () => Date;
  /** By which the limits are counted. */
  realTime: () => number;
  publicUrl: string;
  limits: 'documented' | 'off';
  /** Slack speaks to the bot through Socket Mode. */
  socketMode: boolean;
};

const slackSecrets = {
  botToken: 'xoxb-test',
  signingSecret: 'signing-secret-of-the-test',
  appToken: null,
};
const teamsApp = {
  appId: '3f0b6ac1-5f0e-4b0e-9d55-0c9d6e1f7a11',
  tenantId: '8c1d2f7e-2a9b-4c5d-8e1f-6b7a9c0d3e22',
  appPassword: 'app-password-of-the-test',
};

/** Starts the servers of these chats, with nobody there yet. The others are switched off for the bot. */
export async function startChats(
  running: readonly Platform[],
  { now, realTime, publicUrl, limits, socketMode }: StartOptions,
): Promise<Chats> {
  const slackUrl = `${publicUrl}/slack/events`;
  const secretsOfSlack = { ...slackSecrets, appToken: socketMode ? 'xapp-test' : null };
  const slack = running.includes('slack')
    ? await startSlack({
        ...secretsOfSlack,
        now,
        realTime,
        // A click is fresh for as long as the clock stands still, however busy the machine is.
        triggerTime: () => now().getTime(),
        limits,
        requestUrl: slackUrl,
      })
    : null;
  const teams = running.includes('teams')
    ? await startTeams({ ...teamsApp, now, realTime, limits, messagesUrl: `${publicUrl}/api/messages` })
    : null;
  const clients: { [P in Platform]: Clients[P] | null } = {
    slack: slack && slackClient(slack),
    teams: teams && teamsClient(teams),
  };

  const { appId, tenantId, appPassword } = teamsApp;
  return {
    config: {
      slack: slack && { apiUrl: slack.apiUrl, socketMode },
      teams: teams && { appId, tenantId, appType: 'SingleTenant', apiUrl: teams.url, graph: false },
    },
    secrets: { slack: slack && secretsOfSlack, teams: teams && { appPassword } },
    connected: async (processes) => {
      if (slack && socketMode) await connectionsOf(slack, processes);
    },
    in: (platform) => {
      const client = clients[platform];
      if (!client) throw new Error(`${platform} does not run in this world`);
      return client;
    },
    close: async () => {
      await Promise.all([slack?.close(), teams?.close()]);
    },
  };
}

/** Until there are so many connections of Socket Mode. */
export async function connectionsOf(slack: SlackServer, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => slack.sockets.connections() === count && resolve();
  const stopLooking = slack.onChange(look);
  look();
  await promise.finally(stopLooking);
}
