import { freePort } from '../sandbox/free-port.ts';
import { type HubSpotServer, startHubSpot } from '../sandbox/hubspot/server.ts';
import type { Subscription } from '../sandbox/hubspot/subscriptions.ts';
import { type SlackServer, startSlack } from '../sandbox/slack/server.ts';
import { startTeams } from '../sandbox/teams/server.ts';
import { manager } from './company.ts';

/** What the README tells an operator to subscribe to. */
const subscriptions: readonly Subscription[] = [
  { subscriptionType: 'object.creation', objectType: 'contact' },
  ...['lifecyclestage', 'lead_score', 'recent_conversion_date'].map(
    (propertyName) =>
      ({ subscriptionType: 'object.propertyChange', objectType: 'contact', propertyName }) as const,
  ),
];

/** What the platforms of a measure are like; without `teams` the bot has Slack alone. */
export type PlatformOptions = { limits: 'documented' | 'off'; teams?: boolean };

/**
 * A HubSpot and a Slack for one process under measurement. They run in the bench's own process, never in the bot's:
 * the clock that sees a webhook leave is the one that sees its card arrive. What they use of the machine is not counted.
 */
export type Platforms = {
  hubspot: HubSpotServer;
  slack: SlackServer;
  reps: readonly string[];
  /** What a process is started with to find them and to be found; all but its database. */
  environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** Starts them, with these reps and their manager in both. */
export async function startPlatforms(
  reps: readonly string[],
  { limits, teams = false }: PlatformOptions,
): Promise<Platforms> {
  const accessToken = 'pat-bench';
  const clientSecret = 'client-secret-of-the-bench';
  const botToken = 'xoxb-bench';
  const signingSecret = 'signing-secret-of-the-bench';
  const portalId = 77;
  const now = () => new Date();
  const score = { name: 'lead_score', label: 'Lead score', type: 'number', fieldType: 'number' } as const;
  const hubspot = await startHubSpot({
    accessToken,
    clientSecret,
    portalId,
    now,
    limits,
    subscriptions,
    properties: { contacts: [score] },
  });
  const slack = await startSlack({ botToken, signingSecret, now, limits });
  for (const email of [...reps, manager]) {
    const [firstName = '', lastName = ''] = email.split('@')[0]?.split('.') ?? [];
    hubspot.createOwner({ email, firstName, lastName });
    slack.addUser({ email, name: `${firstName} ${lastName}`, tz: 'UTC' });
  }

  const port = await freePort('127.0.0.1', 0);
  const publicUrl = `http://127.0.0.1:${port}`;
  hubspot.setWebhookUrl(`${publicUrl}/hubspot/webhooks`);
  slack.setRequestUrl(`${publicUrl}/slack/events`);
  const inTeams = teams ? await startEmptyTeams(limits) : null;
  return {
    hubspot,
    slack,
    reps,
    environment: {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      METRICS_PORT: '0',
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_PORTAL_ID: String(portalId),
      HUBSPOT_ACCESS_TOKEN: accessToken,
      HUBSPOT_CLIENT_SECRET: clientSecret,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      ...inTeams?.environment,
    },
    close: async () => {
      await Promise.all([hubspot.close(), slack.close(), inTeams?.close()]);
    },
  };
}

/** A Teams where nobody is, for a bot that has it switched on. */
async function startEmptyTeams(limits: PlatformOptions['limits']) {
  const app = {
    appId: '11111111-1111-4111-8111-111111111111',
    appPassword: 'app-secret-of-the-bench',
    tenantId: '22222222-2222-4222-8222-222222222222',
  };
  const { url, close } = await startTeams({ ...app, now: () => new Date(), limits });
  const environment = {
    MICROSOFT_APP_ID: app.appId,
    MICROSOFT_APP_PASSWORD: app.appPassword,
    MICROSOFT_APP_TENANT_ID: app.tenantId,
    MICROSOFT_API_URL: url,
  };
  return { environment, close };
}
