import { chatCompletions } from './adapters/model/chat-completions.ts';
import type { PaceTime } from './adapters/pace.ts';
import type { Connection } from './adapters/postgres/connection.ts';
import { postgresInstalls } from './adapters/postgres/installs.ts';
import { postgresPolicyTexts } from './adapters/postgres/policy-versions.ts';
import type { Jobs } from './adapters/postgres/queue/jobs.ts';
import { listen, openServer, openWatch } from './app/address.ts';
import { openAlerts, openHeartbeat } from './app/alerts.ts';
import { openChats } from './app/chats.ts';
import { openDatabase } from './app/database.ts';
import { openDoors } from './app/doors.ts';
import { openHubSpot } from './app/hubspot.ts';
import { type LogTarget, openLog } from './app/log.ts';
import { openMonitor } from './app/monitor.ts';
import { openPeople } from './app/people.ts';
import { openPolicies } from './app/policies.ts';
import { openQueue } from './app/queue.ts';
import { reloadPolicy } from './app/reload-policy.ts';
import { startSchedule } from './app/schedule.ts';
import type { StepNeeds } from './app/step-needs.ts';
import { openStores } from './app/stores.ts';
import type { Config, Secrets } from './config.ts';
import { type Examined, examine } from './doctor/check.ts';
import { allChecks } from './doctor/checks.ts';
import type { PersonId, Platform } from './domain/policy/policy.ts';
import { workZone } from './domain/policy/working-hours.ts';
import { reconcile } from './flow/arrive/reconcile.ts';
import { retain } from './flow/forget/retain.ts';
import { keepMeasured } from './flow/measure/keep-measured.ts';
import type { Observe } from './flow/ports/observe.ts';
import type { Clock } from './flow/ports/time.ts';
import { createStillThere } from './flow/still-there.ts';
import { reportWeeks } from './flow/watch/report-weeks.ts';
import { watchPauses } from './flow/watch/watch-pauses.ts';
import { standstillMs, sweep } from './flow/watch/watch-sla.ts';
import { watchSummaries } from './flow/watch/watch-summaries.ts';
import { readPolicyFile } from './policy-file.ts';

/** The running bot. */
export type App = {
  /** Where it listens; blank when others do. */
  url: string;
  /** Where measures, and the reasons of readiness, are read; null when that is switched off. */
  metricsUrl: string | null;
  /** Fires the timers that are due now, without waiting for the next tick. */
  sweep(): Promise<void>;
  /** Runs every job that is due, and what they lead to, until nothing is left; for an app without workers. */
  drain(): Promise<void>;
  /** Looks for everything in HubSpot that no webhook told, without waiting for the next tick. */
  reconcile(): Promise<void>;
  /** Ends pauses of nurture that are over and compares the others with HubSpot, without waiting for the next tick. */
  watchPauses(): Promise<void>;
  /** Reports the last week to marketing if that was not done, without waiting for the next tick. */
  report(): Promise<void>;
  /** Sends the summaries that have become due, without waiting for the next tick. */
  summaries(): Promise<void>;
  /** Lets go of what was kept for long enough, without waiting for the night. */
  retain(): Promise<void>;
  /** Reads people, hours and absences from HubSpot, without waiting for the next tick. */
  syncDirectory(): Promise<void>;
  /**
   * Reads the policy file, and people from HubSpot, again; a wrong policy changes nothing and is told in the log.
   * @returns whether it was right
   */
  reloadPolicy(): Promise<boolean>;
  /** Looks whether everything is as the bot needs it, as `handoff doctor` does. */
  examine(): Promise<Examined[]>;
  /** Finishes what has begun, answers nobody new, and lets go of everything. */
  stop(): Promise<void>;
};

/** What others than production set otherwise. */
export type Overrides = {
  clock?: Clock;
  /** By which calls of the chats are paced. */
  paceTime?: PaceTime;
  logTo?: LogTarget;
  onObservation?: Observe;
  /** False: nothing runs by itself; `sweep` and `drain` are called by hand. */
  runsByItself?: boolean;
  /** For a clock that is moved by hand: no longer step of it is a standstill. */
  standsStillAfterMs?: number;
  /** A database that is open already, and is not closed with the app. */
  connection?: Connection;
};

/**
 * Joins the steps to the world and starts them: the database first, the address last, so that nobody is answered
 * before an answer can be kept.
 */
export async function startApp(config: Config, secrets: Secrets, overrides: Overrides = {}): Promise<App> {
  const { clock = () => new Date(), paceTime, runsByItself = true } = overrides;
  const { standsStillAfterMs = standstillMs } = overrides;
  const log = openLog(config, overrides.logTo);
  // A wrong policy is told before anything is started.
  readPolicyFile(config.policyFile);
  // Everything that must be let go of, in reverse order of its making, also when the start breaks off half-way.
  await using unwinding = new AsyncDisposableStack();

  const connection = await openDatabase(config, secrets, overrides.connection, { log, unwinding });
  const policies = await openPolicies(config.policyFile, postgresPolicyTexts(connection, clock));
  const { stores, listener } = openStores(connection, {
    taker: () => jobs.taker(),
    handOver: (job) => jobs.handOver(job),
  });
  const installs = postgresInstalls(connection);
  const zoneOfAccount = async (platform: Platform, userId: string) => {
    const person = await stores.directory.byAccount(platform, userId);
    return person && workZone(policies.current(), person);
  };
  const isCron = config.roles.includes('cron');
  const monitor = await openMonitor(connection, {
    isMeasured: config.metrics !== null,
    onObservation: overrides.onObservation,
    clock,
    log,
    isCron,
  });
  const { observe } = monitor;
  const chats = await openChats(config, secrets, {
    installs,
    workZone: zoneOfAccount,
    clock,
    paceTime,
    observe,
    log,
  });

  const { hubspot, ...portal } = openHubSpot(config, secrets, { policy: policies.current, clock, observe });
  const needs: StepNeeds = {
    ...stores,
    ...portal,
    model: chatCompletions({ apiKey: secrets.modelApiKey ?? null }),
    ...openAlerts(config, secrets, clock),
    chats: chats.map(({ chat }) => chat),
    publicUrl: config.http.publicUrl,
    policy: policies.current,
    policyOf: policies.of,
    learnPolicyOf: policies.learn,
    clock,
    stillThere: createStillThere(clock),
    observe,
  };
  const people = await openPeople({ ...needs, policies, log });
  const sweepNow = sweep({ ...needs, standsStillAfterMs });
  const reconcileNow = reconcile(needs);
  const watchPausesNow = watchPauses(needs);
  const retainNow = retain(needs);
  const reportNow = reportWeeks(needs);
  const summariesNow = watchSummaries(needs);

  const jobs: Jobs = openQueue(connection, {
    ...needs,
    syncPeople: people.sync,
    awaitsChoices: policies.awaitsChoices,
    listener,
    log,
  });
  unwinding.defer(() => jobs.stop());
  const heed = async (person: PersonId) => {
    await people.heed(person);
    await needs.homes.refresh(person, clock());
  };
  const doors = openDoors(chats, { ...needs, heed }, unwinding);
  const server = openServer(config, secrets, { needs, doors: doors.all, monitor, log });
  unwinding.defer(() => server.close());

  await people.syncAtStart({ wait: !runsByItself, unwinding });
  if (runsByItself) {
    if (config.roles.includes('worker')) await jobs.start();
    const beat = openHeartbeat(secrets, clock, log);
    startSchedule(
      {
        sweep: async () => {
          await sweepNow();
          await beat();
        },
        sync: people.sync,
        reconcile: reconcileNow,
        watchPauses: watchPausesNow,
        report: reportNow,
        summaries: summariesNow,
        measure: async () => {
          await keepMeasured(needs);
        },
        retain: retainNow,
      },
      { log, unwinding, isCron },
    );
  }
  const openAddress = () => {
    for (const door of doors.all) door.start();
    return listen(server, config.http);
  };
  const metricsUrl = await openWatch(config, secrets, monitor, unwinding);
  const url = config.roles.includes('http') ? await openAddress() : '';
  log.info({ url, metricsUrl, policy: policies.current().version }, 'ready');

  const running = unwinding.move();
  return {
    url,
    metricsUrl,
    sweep: sweepNow,
    reconcile: reconcileNow,
    watchPauses: watchPausesNow,
    report: reportNow,
    summaries: summariesNow,
    retain: retainNow,
    syncDirectory: people.sync,
    drain: async () => {
      await doors.settled();
      await jobs.drain();
    },
    reloadPolicy: reloadPolicy({ ...needs, policies, trySync: people.trySync, log }),
    examine: () => {
      const store = { connection, directory: needs.directory };
      const { crm, policy } = needs;
      return examine(
        allChecks({ config, secrets, hubspot, policy: policy(), log, crm, chats: needs.chats, store, clock }),
      );
    },
    stop: () => running.disposeAsync(),
  };
}
