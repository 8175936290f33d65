import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { customProperties } from '../../sandbox/company.ts';
import { freePort } from '../../sandbox/free-port.ts';
import { type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';
import { usualSubscriptions } from '../../sandbox/hubspot/subscriptions.ts';
import type { ApiVersion } from '../../src/adapters/hubspot/paths.ts';
import type { PaceTime } from '../../src/adapters/pace.ts';
import { postgresRuns } from '../../src/adapters/postgres/runs.ts';
import { type App, startApp } from '../../src/app.ts';
import type { Config, Secrets } from '../../src/config.ts';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import { type Platform, platforms } from '../../src/domain/policy/policy.ts';
import type { Observation } from '../../src/flow/ports/observe.ts';
import type { Clock } from '../../src/flow/ports/time.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { type Chats, startChats } from './chats/start.ts';
import { type TestDatabase, testDatabase, warmDatabase } from './database.ts';
import { tellLogOfFailure } from './tell-log.ts';

/** Three past nine on a Monday in New York. */
const mondayMorning = new Date('2026-03-02T14:03:00Z');

export const policyFile = fileURLToPath(new URL('../../policy.yaml', import.meta.url));

export const hubspotSecrets = {
  hubspotAccessToken: 'pat-test',
  hubspotClientSecret: 'client-secret-of-the-test',
};
export const portalId = 77;

type Options = {
  chats: Platform | 'both';
  /** People of the policy who have no account in Slack, or have not added the app in Teams. */
  absent?: Partial<Record<Platform, readonly string[]>>;
  /** In which languages people use their chats; English unless told otherwise. */
  locales?: Readonly<Record<string, string>>;
  /** Slack speaks to the bot through Socket Mode. */
  socketMode?: boolean;
  /** The example policy, unless another file is given. */
  policy?: string;
  /** What stands in the policy instead, by its place: `escalation.touch`; undefined: nothing. */
  amend?: Readonly<Record<string, unknown>>;
  /** What was done in HubSpot before the app started. */
  prepare?: (hubspot: HubSpotServer, time: Pick<Surroundings, 'now' | 'moveTo'>) => void;
  /** What the admin of HubSpot has granted; everything unless told otherwise. */
  scopes?: readonly string[];
  /** Properties of contacts that the portal does not have. */
  lacks?: readonly string[];
  /** The bot has never run on its database. */
  isNew?: boolean;
  /** In which version of HubSpot's API the app speaks. */
  apiVersion?: ApiVersion;
  /** The company's mail server. */
  smtpUrl?: string;
  /** What calls of webhooks are signed with. */
  webhookSecret?: string;
};

/** The platforms around the app, with everybody of the policy in each. Time stands still unless it is moved. */
export type Surroundings = {
  hubspot: HubSpotServer;
  in: Chats['in'];
  connected: Chats['connected'];
  /** Everybody who is not absent does what the bot needs to be able to write to them; it has to be running. */
  everybodyArrives(): Promise<void>;
  database: TestDatabase;
  config: Config;
  secrets: Secrets;
  now: () => Date;
  /** By which the chats are written to, and count what is too much. */
  paceTime: PaceTime;
  moveTo(at: Date): void;
  close(): Promise<void>;
};

/** Of HubSpot's, unless a journey is about one of them: all of them are made through the older one as well. */
const usualApiVersion: ApiVersion = process.env['HUBSPOT_API_VERSION'] === 'legacy' ? 'legacy' : '2026-09';

/** In which `pass` lets time go by. */
const stepMs = 60_000;

/** In which calls are counted, and a second, as networks jitter. */
const minuteOfPaceMs = 61_000;

/** @param options `realTime` lets time run; `clock` is another time that does; `limits` are those of the platforms */
export async function startSurroundings(
  options: Options & { realTime?: boolean; clock?: Clock; limits?: 'documented' | 'off' },
  openDatabase: () => Promise<TestDatabase> = testDatabase,
): Promise<Surroundings> {
  let time = mondayMorning;
  const { limits = 'documented', clock: now = () => (options.realTime ? new Date() : time) } = options;
  const { apiVersion = usualApiVersion } = options;
  const original = options.policy ?? policyFile;
  // What happened to a lead can be read in its thread.
  const changes = options.policy ? options.amend : { thread: 'all', ...options.amend };
  const amended = changes ? await amendedPolicy(original, changes) : null;
  const file = amended?.file ?? original;
  const { policy } = readPolicyFile(file);
  const score = policy.properties.score ?? '';
  const hubspot = await startHubSpot({
    accessToken: hubspotSecrets.hubspotAccessToken,
    clientSecret: hubspotSecrets.hubspotClientSecret,
    portalId,
    now,
    limits,
    ...(options.scopes && { scopes: options.scopes }),
    properties: without(options.lacks ?? [], customProperties(policy)),
    subscriptions: [
      ...usualSubscriptions,
      { subscriptionType: 'object.propertyChange', objectType: 'contact', propertyName: score },
    ],
  });
  const paceTime = timeWithoutWaits();
  const moveTo = (at: Date) => {
    // What was too much in a minute is none any more after it; tokens, which go by this clock as well, last for longer.
    void paceTime.waitUntil(paceTime.now() + Math.min(at.getTime() - time.getTime(), minuteOfPaceMs));
    time = at;
  };
  options.prepare?.(hubspot, { now, moveTo });
  const port = (await freePort('127.0.0.1', 0)) ?? 0;
  const publicUrl = `http://127.0.0.1:${port}`;
  hubspot.setWebhookUrl(`${publicUrl}/hubspot/webhooks`);

  const running = platforms.filter((platform) => [platform, 'both'].includes(options.chats));
  const { socketMode = false } = options;
  const chats = await startChats(running, {
    now,
    realTime: paceTime.now,
    publicUrl,
    limits,
    socketMode,
  });
  const isAbsent = (email: string, platform: Platform) =>
    options.absent?.[platform]?.includes(email) ?? false;
  const everybody = peopleOf(policy);
  for (const email of everybody) {
    const [firstName = '', lastName = ''] = (email.split('@')[0] ?? '').split('.').map(capital);
    hubspot.createOwner({ email, firstName, lastName });
    for (const platform of running) {
      if (platform === 'slack' && isAbsent(email, platform)) continue;
      chats.in(platform).addPerson({ email, name: `${firstName} ${lastName}` });
      const locale = options.locales?.[email];
      if (locale) chats.in(platform).speaks(email, locale);
    }
  }

  const database = await openDatabase();
  // What leads did before a test began is no history, unless it is about the first start.
  if (!options.isNew) await postgresRuns(database).note('began', new Date(0));
  return {
    hubspot,
    in: chats.in,
    connected: chats.connected,
    everybodyArrives: async () => {
      for (const platform of running) {
        const there = everybody.filter((email) => !isAbsent(email, platform));
        await Promise.all(there.map((email) => chats.in(platform).arrive(email)));
      }
    },
    database,
    now,
    paceTime,
    config: {
      http: { host: '127.0.0.1', port, publicUrl },
      metrics: { host: '127.0.0.1', port: 0 },
      dataDir: '',
      policyFile: file,
      hubspot: { apiUrl: hubspot.url, apiVersion, portalId, signatures: ['v3'] },
      ...chats.config,
      mail: options.smtpUrl ? { from: 'Lead Handoff <handoff@example.com>' } : null,
      roles: ['http', 'worker', 'cron'],
      logLevel: 'info',
    },
    secrets: {
      ...hubspotSecrets,
      ...chats.secrets,
      smtpUrl: options.smtpUrl ?? null,
      webhookSecret: options.webhookSecret ?? null,
      databaseUrl: database.url,
    },
    moveTo,
    close: async () => {
      await Promise.all([hubspot.close(), chats.close(), amended?.remove()]);
      await database.drop();
    },
  };
}

/** Time that runs, and is over at once where somebody waits for it. */
function timeWithoutWaits(): PaceTime {
  let waited = 0;
  const now = () => Date.now() + waited;
  return {
    now,
    waitUntil: async (time) => {
      waited += Math.max(0, time - now());
    },
  };
}

/** A copy of a policy that differs in some places. */
async function amendedPolicy(original: string, changes: Readonly<Record<string, unknown>>) {
  const policy = parseDocument(await readFile(original, 'utf8'));
  for (const [place, value] of Object.entries(changes)) {
    if (value === undefined) policy.deleteIn(place.split('.'));
    else policy.setIn(place.split('.'), value);
  }
  const folder = await mkdtemp(join(tmpdir(), 'handoff-policy-'));
  const file = join(folder, 'policy.yaml');
  await writeFile(file, String(policy));
  return { file, remove: () => rm(folder, { recursive: true }) };
}

/** The real app in its surroundings; nothing runs by itself, everything when `settle` or `pass` say so. */
export type World = Surroundings & {
  app: App;
  /** What the app logged, line by line. */
  log: readonly string[];
  seen: readonly Observation[];
  /** Until every webhook has arrived and every job is done, and what they led to as well. */
  settle(): Promise<void>;
  /** Lets minutes go by in steps of one, with a sweep at each, but for those at which nothing can be due. */
  pass(minutes: number): Promise<void>;
  /** Lets the jobs that failed try again without waiting for their time. */
  retryNow(): Promise<void>;
  /** Starts the app anew on the same database, as after a deployment. */
  restart(): Promise<void>;
};

/** Most minutes bring nothing, and need not be waited for. */
function didSomething(observation: Observation): boolean {
  return observation.what !== 'swept' || observation.fired + observation.woken > 0;
}

/**
 * After how many steps the next sweep is worth its time. Nothing is due at those that are left out, nor at it, unless it
 * is the very next: so something that is done too early is still seen.
 */
async function stepsUntilSweep({ database: { prisma }, now }: Surroundings): Promise<number> {
  const timers = await prisma.timer.aggregate({
    where: { firedAt: null, cancelledAt: null },
    _min: { dueAt: true },
  });
  const holds = await prisma.hold.aggregate({ _min: { until: true } });
  const due = [timers._min.dueAt, holds._min.until].flatMap((at) => (at ? [at.getTime()] : []));
  return Math.max(1, Math.ceil((Math.min(...due) - now().getTime()) / stepMs) - 1);
}

export async function startWorld(options: Options, openDatabase = warmDatabase): Promise<World> {
  const around = await startSurroundings(options, openDatabase);
  const log: string[] = [];
  tellLogOfFailure(log);
  const seen: Observation[] = [];
  const start = async () => {
    const started = await startApp(around.config, around.secrets, {
      clock: around.now,
      paceTime: around.paceTime,
      connection: around.database,
      runsByItself: false,
      standsStillAfterMs: stepMs,
      logTo: { write: (line) => log.push(line) },
      onObservation: (observation) => seen.push(observation),
    });
    await around.connected(1);
    return started;
  };
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
  await around.everybodyArrives();
  await settle();
  return {
    ...around,
    get app() {
      return app;
    },
    log,
    seen,
    settle,
    pass: async (minutes) => {
      await settle();
      for (let passed = 0; passed < minutes; ) {
        // The first sweep finds out whether the clock stood still before.
        const steps = passed === 0 ? 1 : Math.min(await stepsUntilSweep(around), minutes - passed);
        around.moveTo(new Date(around.now().getTime() + (steps - 1) * stepMs));
        if (steps > 1) {
          const sweptLast = { where: { routine: 'sweep' }, data: { at: around.now() } };
          await around.database.prisma.run.update(sweptLast);
        }
        around.moveTo(new Date(around.now().getTime() + stepMs));
        passed += steps;
        const before = seen.length;
        await app.sweep();
        if (seen.slice(before).some(didSomething)) await settle();
      }
    },
    retryNow: async () => {
      await around.database.pool.query(`update job set run_at = now() where run_at < 'infinity'`);
      await settle();
    },
    restart: async () => {
      await app.stop();
      await around.connected(0);
      app = await start();
    },
    close: async () => {
      await app.stop();
      await around.close();
    },
  };
}

function without(
  names: readonly string[],
  { contacts = [], ...others }: ReturnType<typeof customProperties>,
) {
  return { ...others, contacts: contacts.filter(({ name }) => !names.includes(name)) };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const ada = 'ada.okafor@example.com';
export const ben = 'ben.castillo@example.com';
export const chloe = 'chloe.nguyen@example.com';
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

/** HubSpot's owner id of somebody of the policy. */
export function ownerIdOf(world: Surroundings, email: string): string {
  const user = world.hubspot.objects('users').find(({ properties }) => properties['hs_email'] === email);
  const id = user?.properties['hubspot_owner_id'];
  if (!id) throw new Error(`${email} owns nothing in HubSpot, expected somebody of the policy`);
  return id;
}

/** Somebody is out of office from now on, as they have entered in HubSpot, and the bot has read it. */
export async function outOfOffice(world: World, email: string, until: Date): Promise<void> {
  const user = world.hubspot.objects('users').find(({ properties }) => properties['hs_email'] === email);
  const times = [{ startTimestamp: world.now().getTime(), endTimestamp: until.getTime() }];
  const hs_out_of_office_hours = JSON.stringify(times);
  world.hubspot.setProperties('users', user?.id ?? '', { hs_out_of_office_hours });
  await world.app.syncDirectory();
  await world.settle();
}

/** The lead sends in the demo form. */
export function requestDemo(world: Pick<Surroundings, 'hubspot' | 'now'>, contactId: string): void {
  const at = world.now();
  world.hubspot.setProperties(
    'contacts',
    contactId,
    { recent_conversion_event_name: 'Website: Request a demo', recent_conversion_date: String(at.getTime()) },
    { source: 'FORM' },
  );
}

/** A lead with these properties that asks for a demo, which the bot has heard of. */
export async function demoRequest(world: World, properties: Record<string, string> = {}): Promise<string> {
  const lead = createLead(world, properties);
  requestDemo(world, lead);
  await world.settle();
  return lead;
}

/** What has happened to the handoffs of a lead, in order. */
export async function happenedTo(world: Surroundings, lead: string): Promise<string[]> {
  const events = await world.database.prisma.handoffEvent.findMany({
    where: { handoff: { leadId: lead } },
    orderBy: [{ at: 'asc' }, { seq: 'asc' }],
  });
  return events.map(({ type }) => type);
}

/** Something happens in HubSpot of which no webhook ever arrives. */
export function untold(world: Surroundings, happens: () => void): void {
  world.hubspot.pauseWebhooks();
  happens();
  world.hubspot.takePendingWebhooks();
  world.hubspot.resumeWebhooks();
}

/** The bot looks for what nobody has told it, and sees to it. */
export async function reconciled(world: World): Promise<void> {
  await world.app.reconcile();
  await world.settle();
}
