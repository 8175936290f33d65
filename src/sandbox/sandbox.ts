import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../app.ts';
import type { Observation } from '../flow/observe.ts';
import { readPolicyFile } from '../policy-file.ts';
import { lastMondayMorning, type MovableClock, movableClock } from './clock.ts';
import { type Company, contactProperties, seedCompany } from './company.ts';
import { buildPage } from './console/build-page.ts';
import { startConsole } from './console/server.ts';
import { freePort } from './free-port.ts';
import { freshDatabase } from './fresh-database.ts';
import { type HubSpotServer, startHubSpot } from './hubspot/server.ts';
import { USUAL_SUBSCRIPTIONS } from './hubspot/subscriptions.ts';
import { startTimePassing } from './pass-time.ts';
import { type SlackServer, startSlack } from './slack/server.ts';

export interface SandboxOptions {
  host: string;
  /** Of the page. */
  port: number;
  /** Of the embedded PostgreSQL, and of the app's log. */
  dataDir: string;
  policyFile: string;
}

/** The real app between a local HubSpot and a local Slack, with a page to use them all. */
export interface Sandbox {
  /** The page. */
  url: string;
  appUrl: string;
  clock: MovableClock;
  hubspot: HubSpotServer;
  slack: SlackServer;
  company: Company;
  /** Lets the time until then pass, with everything that falls due on the way. */
  passTimeUntil: (at: Date) => Promise<void>;
  stop: () => Promise<void>;
}

const portalId = 4_242_424;
const secrets = {
  hubspotAccessToken: 'pat-na1-sandbox',
  hubspotClientSecret: 'sandbox-client-secret',
  slackBotToken: 'xoxb-sandbox',
  slackSigningSecret: 'sandbox-signing-secret',
  slackAppToken: null,
};

/** Starts everything, on a database that is empty each time. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host, dataDir, policyFile } = options;
  const { policy } = readPolicyFile(policyFile);
  const start = lastMondayMorning(new Date());
  const clock = movableClock(start);

  // What is stopped in the end, the last first, also when the start breaks off half-way.
  await using unwinding = new AsyncDisposableStack();
  await mkdir(dataDir, { recursive: true });
  const logFile = createWriteStream(join(dataDir, 'sandbox.log'), { flags: 'a' });
  unwinding.defer(async () => {
    logFile.end();
    await once(logFile, 'close');
  });

  // Both take their time while the servers start and are filled.
  const openingDatabase = freshDatabase(dataDir, `sandbox_${options.port}`);
  unwinding.defer(() => openingDatabase.then((database) => database.remove(), ignore));
  const building = buildPage();
  building.catch(ignore);

  const hubspot = await startHubSpot({
    accessToken: secrets.hubspotAccessToken,
    clientSecret: secrets.hubspotClientSecret,
    portalId,
    now: clock.now,
    properties: { contacts: contactProperties(policy) },
    subscriptions: [...USUAL_SUBSCRIPTIONS, ...scoreSubscription(policy.properties.score)],
  });
  unwinding.defer(() => hubspot.close());
  const slack = await startSlack({
    botToken: secrets.slackBotToken,
    signingSecret: secrets.slackSigningSecret,
    now: clock.now,
  });
  unwinding.defer(() => slack.close());

  const company = seedCompany({ hubspot, slack, policy, clock, start });
  // The past is over before the app hears of anything.
  await hubspot.settled();

  const listeners = new Set<(observation: Observation) => void>();
  const onObservation = (listener: (observation: Observation) => void) => {
    listeners.add(listener);
  };
  const { url: databaseUrl } = await openingDatabase;
  // HubSpot signs the address it calls, so the app has to know its own before it listens.
  const appPort = (await freePort('127.0.0.1', 0)) ?? 0;
  const appUrl = `http://127.0.0.1:${appPort}`;
  const app = await startApp(
    {
      http: { host: '127.0.0.1', port: appPort, publicUrl: appUrl },
      dataDir,
      policyFile,
      hubspot: { apiUrl: hubspot.url, portalId },
      slack: { apiUrl: slack.apiUrl, socketMode: false },
      logLevel: 'info',
    },
    { ...secrets, databaseUrl },
    {
      clock: clock.now,
      logTo: logFile,
      onObservation: (observation) => {
        for (const listener of listeners) listener(observation);
      },
    },
  );
  unwinding.defer(() => app.stop());
  hubspot.setWebhookUrl(`${appUrl}/hubspot/webhooks`);
  slack.setRequestUrl(`${appUrl}/slack/events`);

  const time = await startTimePassing({ clock, databaseUrl, sweep: app.sweep });
  unwinding.defer(() => time.close());
  const page = await startConsole({
    host,
    port: options.port,
    page: await building,
    databaseUrl,
    world: { hubspot, slack, policy, company, clock, passTimeUntil: time.until, onObservation },
  });
  unwinding.defer(() => page.close());

  const running = unwinding.move();
  return {
    url: page.url,
    appUrl,
    clock,
    hubspot,
    slack,
    company,
    passTimeUntil: time.until,
    stop: () => running.disposeAsync(),
  };
}

/** HubSpot tells of a score's change only whoever asked for that property. */
function scoreSubscription(propertyName: string | null) {
  if (propertyName === null) return [];
  return [{ subscriptionType: 'object.propertyChange', objectType: 'contact', propertyName } as const];
}

function ignore(): void {}
