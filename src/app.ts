import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { every } from './adapters/cron.ts';
import { measures } from './adapters/http/measures.ts';
import { httpServer, type Readiness } from './adapters/http/server.ts';
import { hubspotClient } from './adapters/hubspot/client.ts';
import { hubspotCrm } from './adapters/hubspot/crm.ts';
import { limiter } from './adapters/hubspot/limiter.ts';
import { receiveWebhook } from './adapters/hubspot/receive.ts';
import { receiveWorkflowAction } from './adapters/hubspot/receive-workflow-action.ts';
import { postgresArrivals } from './adapters/postgres/arrivals.ts';
import { postgresCards } from './adapters/postgres/cards.ts';
import { type Connection, connectPostgres } from './adapters/postgres/connection.ts';
import { postgresDecisions } from './adapters/postgres/decisions.ts';
import { postgresDirectory } from './adapters/postgres/directory.ts';
import { startEmbeddedPostgres } from './adapters/postgres/embedded/embedded.ts';
import { postgresHandoffs } from './adapters/postgres/handoffs.ts';
import { postgresHolds } from './adapters/postgres/holds.ts';
import { postgresInbox, recordOf } from './adapters/postgres/inbox.ts';
import { postgresInstalls } from './adapters/postgres/installs.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { postgresOutbox } from './adapters/postgres/outbox.ts';
import { postgresPolicyTexts } from './adapters/postgres/policy-versions.ts';
import { eachAlone, type JobResult, type Lane, type TakenJob } from './adapters/postgres/queue/job.ts';
import { type Jobs, postgresJobs } from './adapters/postgres/queue/jobs.ts';
import { rememberedDirectory } from './adapters/postgres/remembered-directory.ts';
import { postgresRuns } from './adapters/postgres/runs.ts';
import { postgresTimers } from './adapters/postgres/timers.ts';
import { openChats } from './chats.ts';
import { type Config, ConfigError, type Secrets } from './config.ts';
import type { Policy } from './domain/policy/policy.ts';
import { answerCommand } from './flow/answer/answer-command.ts';
import { identify } from './flow/answer/identify.ts';
import { farewell, welcome } from './flow/answer/install.ts';
import { prepareForm, respond } from './flow/answer/respond.ts';
import type { Looked } from './flow/arrive/arrival.ts';
import { findLeads } from './flow/arrive/find-leads.ts';
import { giveUpIntake, intake } from './flow/arrive/intake.ts';
import { reconcile } from './flow/arrive/reconcile.ts';
import type { HandoffView } from './flow/ports/handoffs.ts';
import type { Observation, Observe } from './flow/ports/observe.ts';
import type { Clock } from './flow/ports/time.ts';
import { deliver } from './flow/show/deliver.ts';
import { noteSeen } from './flow/show/note-seen.ts';
import { refreshCard } from './flow/show/refresh-card.ts';
import { sendBulletin } from './flow/show/send-bulletin.ts';
import { watchPeople } from './flow/watch/watch-people.ts';
import { actOnTimers, standstillMs, sweep, sweepEverySeconds } from './flow/watch/watch-sla.ts';
import { writeBack } from './flow/write-back.ts';
import { openPolicies, type Policies } from './policies.ts';
import { PolicyError, readPolicyFile } from './policy-file.ts';

/** The running bot. */
export type App = {
  /** Where it listens. */
  url: string;
  /** Fires the timers that are due now, without waiting for the next tick. */
  sweep(): Promise<void>;
  /** Runs every job that is due, and what they lead to, until nothing is left; for an app without workers. */
  drain(): Promise<void>;
  /** Looks for everything in HubSpot that no webhook told, without waiting for the next tick. */
  reconcile(): Promise<void>;
  /** Reads people, hours and absences from HubSpot, without waiting for the next tick. */
  syncDirectory(): Promise<void>;
  /**
   * Reads the policy file, and people from HubSpot, again; a wrong policy changes nothing and is told in the log.
   * @returns whether it was right
   */
  reloadPolicy(): Promise<boolean>;
  /** Finishes what has begun, answers nobody new, and lets go of everything. */
  stop(): Promise<void>;
};

/** What others than production set otherwise. */
export type Overrides = {
  clock?: Clock;
  /** Where the log goes instead of standard output. */
  logTo?: { write(line: string): void };
  onObservation?: Observe;
  /** False: nothing runs by itself; `sweep` and `drain` are called by hand. */
  runsByItself?: boolean;
  /** For a clock that is moved by hand: no longer step of it is a standstill. */
  standsStillAfterMs?: number;
  /** A database that is open already, and is not closed with the app. */
  connection?: Connection;
};

const reconcileEveryMinutes = 5;
const syncEveryMinutes = 10;
const readinessWithinMs = 2_000;
/** One for each job that is worked on at the same time, and some for requests, the sweep and the queue itself. */
const poolSize = 18;

/**
 * Joins the steps to the world and starts them: the database first, the address last, so that nobody is answered
 * before an answer can be kept.
 */
export async function startApp(config: Config, secrets: Secrets, overrides: Overrides = {}): Promise<App> {
  const { clock = () => new Date(), runsByItself = true } = overrides;
  const log = pino(
    { level: config.logLevel, base: null },
    overrides.logTo ?? pino.destination({ sync: false }),
  );
  // A wrong policy is told before anything is started.
  readPolicyFile(config.policyFile);

  // Everything that must be let go of, in reverse order of its making, also when the start breaks off half-way.
  await using unwinding = new AsyncDisposableStack();

  const connection = overrides.connection ?? (await connect(config, secrets, log, unwinding));
  await migrate({ pool: connection.pool }).catch(nameUnreachable);
  const policies = await openPolicies(config.policyFile, postgresPolicyTexts(connection, clock));

  const arrivals = postgresArrivals(connection, () => jobs.processId());
  const handoffs = postgresHandoffs(connection, () => jobs.processId());
  const inbox = postgresInbox(connection);
  const cards = postgresCards(connection);
  const { directory, listener } = rememberedDirectory(postgresDirectory(connection));
  const timers = postgresTimers(connection);
  const holds = postgresHolds(connection);
  const decisions = postgresDecisions(connection);
  const outbox = postgresOutbox(connection);
  const runs = postgresRuns(connection);

  const hubspot = hubspotClient({
    apiUrl: config.hubspot.apiUrl,
    accessToken: secrets.hubspotAccessToken,
    limiter: limiter(),
  });
  const crm = hubspotCrm(hubspot, {
    portalId: String(config.hubspot.portalId),
    policy: policies.current,
    clock,
  });
  const installs = postgresInstalls(connection);
  const chats = await openChats(config, secrets, { installs, clock, log });

  // The clock of the machine may jump; this one only ever runs.
  let lastSweep = performance.now();
  const measured = measures(() => jobs.troubled());
  const observe: Observe = (observation) => {
    if (observation.what === 'swept') lastSweep = performance.now();
    measured.count(observation);
    logObservation(log, observation);
    overrides.onObservation?.(observation);
  };

  const shared = {
    arrivals,
    handoffs,
    inbox,
    cards,
    directory,
    timers,
    holds,
    decisions,
    outbox,
    runs,
    crm,
    chats: chats.map(({ chat }) => chat),
    policy: policies.current,
    policyOf: policies.of,
    learnPolicyOf: policies.learn,
    clock,
    observe,
  };
  const recognise = identify(shared);
  const { standsStillAfterMs = standstillMs } = overrides;
  const sweepNow = sweep({ ...shared, standsStillAfterMs });
  const people = watchPeople({ ...shared, asWritten: policies.asWritten, learn: policies.setPeople });
  await people.recall();
  const syncNow = async () => {
    await people.sync();
    warnOfSubstitutes(log, policies);
    await policies.refresh();
  };
  const deliverLane: Lane<HandoffView> = {
    task: 'deliver',
    lot: 1,
    atOnce: 24,
    reserve: 4,
    work: eachAlone(({ key, item, again }) => deliver(shared)(item ?? key, { repeat: again })),
  };
  const takeIn = intake({
    ...shared,
    show: ({ handoffId, asked, view }) => {
      if (asked !== null) jobs.handOver(deliverLane, { key: handoffId, asked }, view);
    },
  });
  const reconcileNow = reconcile(shared);

  const intakeResult = async ({ key, last }: TakenJob, came: Looked = 'done'): Promise<JobResult> => {
    if (came === 'ended' || came === 'done') return { outcome: came };
    const { failed: error } = came;
    if (last) await giveUpIntake(shared)(key, error instanceof Error ? error.message : 'unknown');
    return { outcome: 'failed', error };
  };

  const jobs: Jobs = postgresJobs(connection, {
    log,
    listeners: [listener],
    lanes: [
      {
        task: 'intake',
        lot: 100,
        atOnce: 2,
        durable: false,
        work: async (lot) => {
          // Without the directory an owner would look like nobody we know.
          if ((await directory.people()).length === 0) await syncNow();
          const looked = await takeIn(
            lot.map(({ task, key, asked }) => ({ leadId: key, job: { task, key, asked } })),
          );
          return Promise.all(lot.map((job, place) => intakeResult(job, looked[place])));
        },
      },
      deliverLane,
      {
        task: 'write-back',
        lot: 100,
        atOnce: 1,
        work: async (lot) => {
          const jobs = lot.map(({ task, key, asked, again }) => ({
            handoffId: key,
            again,
            job: { task, key, asked },
          }));
          const written = await writeBack(shared)(jobs);
          return written.map((came) =>
            typeof came === 'object' ? { outcome: 'failed', error: came.failed } : { outcome: came },
          );
        },
      },
      { task: 'timer', lot: 1, atOnce: 2, work: eachAlone((job) => actOnTimers(shared)(job.key, job)) },
      {
        task: 'find-leads',
        lot: 1,
        atOnce: 1,
        work: eachAlone(({ key }) => findLeads(shared)(recordOf(key))),
      },
      { task: 'tell', lot: 1, atOnce: 1, work: eachAlone(({ key }) => sendBulletin(shared)(key)) },
    ],
  });
  unwinding.defer(() => jobs.stop());

  const known = { ...shared, identify: recognise, heed: people.heed };
  const steps = {
    respond: respond(known),
    prepareForm: prepareForm(known),
    refreshCard: refreshCard(known),
    noteSeen: noteSeen(known),
    answerCommand: answerCommand(known),
    welcome: welcome(known),
    farewell: farewell(known),
    observe,
  };
  const doors = chats.map(({ open }) => open(steps));
  const settled = async () => {
    await Promise.all(doors.map((door) => door.settled()));
  };
  unwinding.defer(settled);
  for (const door of doors) unwinding.defer(() => door.stop());

  const { hubspotClientSecret: clientSecret } = secrets;
  const door = {
    ...shared,
    clientSecret,
    portalId: config.hubspot.portalId,
    publicUrl: config.http.publicUrl,
  };
  const server = httpServer({
    hubspotWebhook: receiveWebhook(door),
    hubspotWorkflowAction: receiveWorkflowAction(door),
    slackEvents: doors.find(({ slackEvents }) => slackEvents)?.slackEvents,
    teamsMessages: doors.find(({ teamsMessages }) => teamsMessages)?.teamsMessages,
    readiness: async () => readinessOf(await reachable(connection), performance.now() - lastSweep),
    measures: async () => ({
      contentType: measured.registry.contentType,
      text: await measured.registry.metrics(),
    }),
    onError: (error, route) => log.error({ err: error, route }, 'a request failed'),
  });
  unwinding.defer(() => server.close());

  const trySync = () =>
    syncNow().catch((error: unknown) =>
      log.warn({ err: error }, 'the directory could not be read from HubSpot'),
    );
  // Who is known may be answered at once; without anybody an owner would look like nobody we know.
  const peopleKnown = (await directory.people()).length > 0;
  const syncing = trySync();
  if (!runsByItself || !peopleKnown) await syncing;
  unwinding.defer(() => syncing);
  if (runsByItself) {
    const onError = (error: unknown) => log.error({ err: error }, 'a scheduled run failed');
    await jobs.start();
    unwinding.defer(every(`*/${sweepEverySeconds} * * * * *`, sweepNow, onError));
    unwinding.defer(every(`0 */${syncEveryMinutes} * * * *`, syncNow, onError));
    // Replicas at different seconds, so that one of them finds that another has just looked.
    const second = Math.floor(Math.random() * 60);
    unwinding.defer(every(`${second} */${reconcileEveryMinutes} * * * *`, reconcileNow, onError));
    for (const door of doors) door.start();
  }
  const url = await listen(server, config.http);
  log.info({ url, policy: policies.current().version }, 'ready');

  const running = unwinding.move();
  const drain = async () => {
    await settled();
    await jobs.drain();
  };
  const reloadPolicy = async () => {
    try {
      const { version, changed } = await policies.reload();
      log.info({ policy: version, changed }, 'the policy was read again');
      // Whoever is new in it has to be known before a lead can be theirs.
      await trySync();
      await holds.wakeAll(clock());
      return true;
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      const { version } = policies.current();
      log.error(
        { policy: version, problems: error.problems },
        'the new policy is wrong; the old one stays in force',
      );
      return false;
    }
  };
  return {
    url,
    sweep: sweepNow,
    reconcile: reconcileNow,
    syncDirectory: syncNow,
    drain,
    reloadPolicy,
    stop: () => running.disposeAsync(),
  };
}

async function connect(
  config: Config,
  secrets: Secrets,
  log: Logger,
  unwinding: AsyncDisposableStack,
): Promise<Connection> {
  const databaseUrl = secrets.databaseUrl ?? (await embedded(config.dataDir, log, unwinding));
  const connection = connectPostgres(databaseUrl, {
    poolSize,
    onConnectionLost: (error) => log.warn({ error: error.message }, 'a database connection was lost'),
  });
  unwinding.defer(() => connection.close());
  return connection;
}

async function embedded(dataDir: string, log: Logger, unwinding: AsyncDisposableStack): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (facts, message) => log.info(facts, message),
  });
  unwinding.defer(() => postgres.stop());
  await postgres.ensureDatabase('handoff');
  return postgres.urlOf('handoff');
}

/** ECONNREFUSED and the like come from the network, 28P01 and 3D000 from PostgreSQL: wrong password, no such database. */
const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000'];

function nameUnreachable(error: { code?: string; message: string }): never {
  const silent = error.message.includes('timeout');
  if (!silent && !unreachable.includes(error.code ?? '')) throw error;
  const why = error.code ?? 'no answer';
  throw new ConfigError(
    `Cannot start: DATABASE_URL leads to no PostgreSQL (${why}), expected one that answers`,
  );
}

async function listen(
  server: ReturnType<typeof httpServer>,
  { host, port }: Config['http'],
): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new ConfigError(
      `Cannot start: PORT=${port} is taken on ${host} by another program, set PORT to a free one`,
    );
  }
}

async function reachable({ pool }: ReturnType<typeof connectPostgres>): Promise<boolean> {
  const answered = pool.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([answered, delay(readinessWithinMs, false, { ref: false })]);
}

function readinessOf(database: boolean, sinceSweepMs: number): Readiness {
  if (!database) return { ready: false, why: 'the database does not answer' };
  const late = sinceSweepMs > standstillMs;
  return late
    ? {
        ready: false,
        why: `no sweep for ${Math.round(sinceSweepMs / 1000)} s, expected every ${sweepEverySeconds} s`,
      }
    : { ready: true, why: 'database and clock are running' };
}

const wrong: ReadonlySet<Observation['what']> = new Set([
  'fellBack',
  'undeliverable',
  'propertiesMissing',
  'rejected',
  'clockStood',
  'bulletinUndeliverable',
  'foundByReconciling',
]);

/** Somebody decides in their place meanwhile, but whoever keeps the policy should name others. */
function warnOfSubstitutes(log: Logger, { asWritten, current }: Policies): void {
  const deciding = ({ teams, routing }: Policy) => [routing.fallback, ...teams.map(({ manager }) => manager)];
  const there = deciding(current());
  if (deciding(asWritten()).every((person, index) => person === there[index])) return;
  log.warn(
    'a manager or the fallback of the policy is switched off in HubSpot: others decide in their place',
  );
}

/** One line per business event; what went wrong is a warning. */
function logObservation(log: Logger, { what, ...facts }: Observation): void {
  if (wrong.has(what)) log.warn(facts, what);
  else if (what === 'swept') log.debug(facts, what);
  else log.info(facts, what);
}
