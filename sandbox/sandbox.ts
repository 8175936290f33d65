import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../src/app.ts';
import type { Observation } from '../src/flow/ports/observe.ts';
import { readPolicyFile } from '../src/policy-file.ts';
import { lastMondayMorning, type MovableClock, movableClock, paceTimeOf } from './clock.ts';
import { type Company, customProperties, seedCompany } from './company.ts';
import { buildPage } from './console/build-page.ts';
import { ruleSwitch } from './console/rule-switch.ts';
import { startConsole } from './console/server.ts';
import { webhookSwitch } from './console/webhook-switch.ts';
import { freePort } from './free-port.ts';
import { freshDatabase } from './fresh-database.ts';
import { type HubSpotServer, startHubSpot } from './hubspot/server.ts';
import { usualSubscriptions } from './hubspot/subscriptions.ts';
import { type MailServer, startMail } from './mail/server.ts';
import { startTimePassing } from './pass-time.ts';
import { type SlackServer, startSlack } from './slack/server.ts';
import { startTeams, type TeamsServer } from './teams/server.ts';

export type SandboxOptions = {
  host: string;
  /** Of the page. */
  port: number;
  /** Of the embedded PostgreSQL, and of the app's log. */
  dataDir: string;
  policyFile: string;
  /** Stops it and starts another in its place, when somebody at the page asks for that. */
  beginAnew?: () => void;
};

/** The real app between a local HubSpot, a local Slack and a local Teams, with a page to use them all. */
export type Sandbox = {
  /** The page. */
  url: string;
  appUrl: string;
  clock: MovableClock;
  hubspot: HubSpotServer;
  slack: SlackServer;
  teams: TeamsServer;
  mail: MailServer;
  company: Company;
  /** Lets the time until then pass, with everything that falls due on the way. */
  passTimeUntil: (at: Date) => Promise<void>;
  stop: () => Promise<void>;
};

const portalId = 4_242_424;
const hubspotSecrets = {
  hubspotAccessToken: 'pat-na1-sandbox',
  hubspotClientSecret: 'sandbox-client-secret',
};
const slackSecrets = {
  botToken: 'xoxb-sandbox',
  signingSecret: 'sandbox-signing-secret',
};
const teamsApp = {
  appId: '5a4d0b0c-1f3e-4c52-9b7d-0f6a2c8e4d10',
  tenantId: '7c1e9a52-64d8-4b0f-8f3a-2d95b6e0c741',
};
const teamsSecrets = { appPassword: 'sandbox-app-password' };

/** Starts everything, on a database that is empty each time. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host, dataDir, policyFile } = options;
  const { policy } = readPolicyFile(policyFile);
  const start = lastMondayMorning(new Date());
  const clock = movableClock(start);
  const paceTime = paceTimeOf(clock);

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
    accessToken: hubspotSecrets.hubspotAccessToken,
    clientSecret: hubspotSecrets.hubspotClientSecret,
    portalId,
    now: clock.now,
    properties: customProperties(policy),
    subscriptions: [...usualSubscriptions, ...scoreSubscription(policy.properties.score)],
  });
  unwinding.defer(() => hubspot.close());
  // What an app may send in a minute it may send again after every minute that is passed over.
  const slack = await startSlack({
    ...slackSecrets,
    now: clock.now,
    realTime: paceTime.now,
    triggerTime: Date.now,
  });
  unwinding.defer(() => slack.close());
  const teams = await startTeams({ ...teamsApp, ...teamsSecrets, now: clock.now });
  unwinding.defer(() => teams.close());

  const mail = await startMail({ now: clock.now });
  unwinding.defer(() => mail.close());

  const company = seedCompany({ hubspot, slack, teams, policy, clock, start });
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
      metrics: null,
      dataDir,
      policyFile,
      hubspot: { apiUrl: hubspot.url, apiVersion: '2026-09', portalId, signatures: ['v3'] },
      slack: { apiUrl: slack.apiUrl, socketMode: false },
      teams: { ...teamsApp, appType: 'SingleTenant', apiUrl: teams.url, graph: false },
      mail: { from: 'Lead Handoff <handoff@example.com>' },
      roles: ['http', 'worker', 'cron'],
      logLevel: 'info',
    },
    {
      ...hubspotSecrets,
      slack: { ...slackSecrets, appToken: null },
      teams: teamsSecrets,
      databaseUrl,
      smtpUrl: mail.url,
      webhookSecret: null,
    },
    {
      clock: clock.now,
      paceTime,
      logTo: logFile,
      onObservation: (observation) => {
        for (const listener of listeners) listener(observation);
      },
    },
  );
  unwinding.defer(() => app.stop());
  hubspot.setWebhookUrl(`${appUrl}/hubspot/webhooks`);
  hubspot.setActionUrl(`${appUrl}/hubspot/workflow-action`);
  slack.setRequestUrl(`${appUrl}/slack/events`);
  teams.setMessagesUrl(`${appUrl}/api/messages`);

  const sweep = async () => {
    await app.sweep();
    await app.report();
  };
  const time = await startTimePassing({
    clock,
    hubspot,
    databaseUrl,
    sweep,
    watchPauses: app.watchPauses,
    poll: app.reconcile,
  });
  unwinding.defer(() => time.close());
  const page = await startConsole({
    host,
    port: options.port,
    page: await building,
    databaseUrl,
    world: {
      hubspot,
      slack,
      teams,
      mail,
      policy,
      company,
      clock,
      startedAt: Date.now(),
      onObservation,
      webhooks: webhookSwitch(hubspot),
      rules: ruleSwitch(hubspot),
      passTimeUntil: time.until,
      beginAnew: options.beginAnew ?? null,
    },
  });
  unwinding.defer(() => page.close());
  await installInTeams(teams, company);

  const running = unwinding.move();
  return {
    url: page.url,
    appUrl,
    clock,
    hubspot,
    slack,
    teams,
    mail,
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

/**
 * In Teams a bot can write only to those who have added it. It greets them; the page shows whom it greeted last, which
 * is the first of the policy.
 */
async function installInTeams(teams: TeamsServer, { colleagues }: Company): Promise<void> {
  for (const { name, accounts } of colleagues.toReversed()) {
    if (accounts.teams === null) continue;
    const { result, reason } = await teams.install(accounts.teams);
    if (result !== 'answered') {
      throw new Error(`Teams could not tell the bot that ${name} added it (${result}: ${reason})`);
    }
  }
}

function ignore(): void {}
