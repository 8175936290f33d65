import { fileURLToPath } from 'node:url';
import { type App, startApp } from '../../src/app.ts';
import type { Config, Secrets } from '../../src/config.ts';
import { peopleOf } from '../../src/domain/policy.ts';
import type { Observation } from '../../src/flow/observe.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { contactProperties } from '../../src/sandbox/company.ts';
import { freePort } from '../../src/sandbox/free-port.ts';
import { type HubSpotServer, startHubSpot } from '../../src/sandbox/hubspot/server.ts';
import { USUAL_SUBSCRIPTIONS } from '../../src/sandbox/hubspot/subscriptions.ts';
import { type SlackServer, startSlack } from '../../src/sandbox/slack/server.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** Three past nine on a Monday in New York. */
const mondayMorning = new Date('2026-03-02T14:03:00Z');

export const policyFile = fileURLToPath(new URL('../../policy.yaml', import.meta.url));

export const secrets: Omit<Secrets, 'databaseUrl'> = {
  hubspotAccessToken: 'pat-test',
  hubspotClientSecret: 'client-secret-of-the-test',
  slackBotToken: 'xoxb-test',
  slackSigningSecret: 'signing-secret-of-the-test',
  slackAppToken: null,
};
export const portalId = 77;

/** The platforms around the app, with everybody of the policy in both. Time stands still unless it is moved. */
export type Surroundings = {
  hubspot: HubSpotServer;
  slack: SlackServer;
  database: TestDatabase;
  config: Config;
  now: () => Date;
  moveTo(at: Date): void;
  close(): Promise<void>;
};

/** @param absentFromSlack people of the policy who have no Slack account; `realTime` lets time run. */
export async function startSurroundings(
  options: { absentFromSlack?: readonly string[]; realTime?: boolean } = {},
): Promise<Surroundings> {
  let time = mondayMorning;
  const now = () => (options.realTime ? new Date() : time);
  const { policy } = readPolicyFile(policyFile);
  const score = policy.properties.score ?? '';
  const hubspot = await startHubSpot({
    accessToken: secrets.hubspotAccessToken,
    clientSecret: secrets.hubspotClientSecret,
    portalId,
    now,
    properties: { contacts: contactProperties(policy) },
    subscriptions: [
      ...USUAL_SUBSCRIPTIONS,
      { subscriptionType: 'object.propertyChange', objectType: 'contact', propertyName: score },
    ],
  });
  const slack = await startSlack({
    botToken: secrets.slackBotToken,
    signingSecret: secrets.slackSigningSecret,
    now,
  });
  for (const email of peopleOf(policy)) {
    const [first = '', last = ''] = email.split('@')[0]?.split('.') ?? [];
    hubspot.createOwner({ email, firstName: capital(first), lastName: capital(last) });
    if (options.absentFromSlack?.includes(email)) continue;
    slack.addUser({ email, name: `${capital(first)} ${capital(last)}`, tz: 'America/New_York' });
  }
  const database = await testDatabase();
  const port = (await freePort('127.0.0.1', 0)) ?? 0;
  const publicUrl = `http://127.0.0.1:${port}`;
  hubspot.setWebhookUrl(`${publicUrl}/hubspot/webhooks`);
  slack.setRequestUrl(`${publicUrl}/slack/events`);
  return {
    hubspot,
    slack,
    database,
    now,
    config: {
      http: { host: '127.0.0.1', port, publicUrl },
      dataDir: '',
      policyFile,
      hubspot: { apiUrl: hubspot.url, portalId },
      slack: { apiUrl: slack.apiUrl, socketMode: false },
      logLevel: 'info',
    },
    moveTo: (at) => {
      time = at;
    },
    close: async () => {
      await Promise.all([hubspot.close(), slack.close()]);
      await database.drop();
    },
  };
}

/** The real app in its surroundings; nothing runs by itself, everything when `settle` or `pass` say so. */
export type World = Surroundings & {
  app: App;
  /** What the app logged, line by line. */
  log: readonly string[];
  seen: readonly Observation[];
  /** Until every webhook has arrived and every job is done, and what they led to as well. */
  settle(): Promise<void>;
  /** Lets working minutes go by in steps of one, with a sweep at each. */
  pass(minutes: number): Promise<void>;
  /** Lets the jobs that failed try again without waiting for their time. */
  retryNow(): Promise<void>;
  /** Starts the app anew on the same database, as after a deployment. */
  restart(): Promise<void>;
};

export async function startWorld(options: { absentFromSlack?: readonly string[] } = {}): Promise<World> {
  const around = await startSurroundings(options);
  const log: string[] = [];
  const seen: Observation[] = [];
  const start = () =>
    startApp(
      around.config,
      { ...secrets, databaseUrl: around.database.url },
      {
        clock: around.now,
        runsByItself: false,
        logTo: { write: (line) => log.push(line) },
        onObservation: (observation) => seen.push(observation),
      },
    );
  let app = await start();

  const received = () => seen.filter(({ what }) => what === 'received').length;
  const settle = async () => {
    for (;;) {
      await around.hubspot.settled();
      const before = received();
      await app.drain();
      await around.hubspot.settled();
      if (received() === before) break;
    }
  };
  return {
    ...around,
    get app() {
      return app;
    },
    log,
    seen,
    settle,
    pass: async (minutes) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        around.moveTo(new Date(around.now().getTime() + 60_000));
        await app.sweep();
        await settle();
      }
    },
    retryNow: async () => {
      await around.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
      await settle();
    },
    restart: async () => {
      await app.stop();
      app = await start();
    },
    close: async () => {
      await app.stop();
      await around.close();
    },
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const ada = 'ada.okafor@example.com';
export const ben = 'ben.castillo@example.com';
export const grace = 'grace.whitfield@example.com';

/** A lead that marketing knows well, and that has not asked for anything yet. */
export function createLead(world: Surroundings, properties: Record<string, string> = {}): string {
  const companyId = world.hubspot.createCompany({
    name: 'Northwind Traders',
    domain: 'northwind.example',
    industry: 'COMPUTER_SOFTWARE',
    numberofemployees: '240',
  });
  return world.hubspot.createContact(
    {
      email: `dana.${companyId}@northwind.example`,
      firstname: 'Dana',
      lastname: 'Ortiz',
      jobtitle: 'VP Operations',
      lifecyclestage: 'lead',
      lead_score: '31',
      ...properties,
    },
    { companyId },
  );
}

/** The lead sends in the demo form. */
export function requestDemo(world: Surroundings, contactId: string): void {
  const at = world.now();
  world.hubspot.setProperties(
    'contacts',
    contactId,
    { recent_conversion_event_name: 'Request a demo: Website', recent_conversion_date: String(at.getTime()) },
    { source: 'FORM' },
  );
}

/** What somebody reads in a message: every text in its blocks, in order. */
export function textOf(message: { text: string; blocks?: unknown } | undefined): string {
  const words: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node && typeof node === 'object') {
      for (const [key, value] of Object.entries(node)) {
        if ((key === 'text' || key === 'user_id') && typeof value === 'string') words.push(value);
        else visit(value);
      }
    }
  };
  visit(message?.blocks);
  return words.join(' ').replaceAll(/\s+/g, ' ');
}

/** The ids of the buttons that a message still has. */
export function buttonsOf(message: { blocks?: unknown } | undefined): string[] {
  const ids: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node && typeof node === 'object') {
      for (const [key, value] of Object.entries(node)) {
        if (key === 'action_id' && typeof value === 'string') ids.push(value);
        else visit(value);
      }
    }
  };
  visit(message?.blocks);
  return ids;
}
