import type { Logger } from 'pino';
import type { Readiness } from '../adapters/http/server.ts';
import { inTime } from '../adapters/in-time.ts';
import type { Connection } from '../adapters/postgres/connection.ts';
import { readStanding } from '../adapters/postgres/standing.ts';
import { kept } from '../adapters/prometheus/kept.ts';
import type { Measures } from '../adapters/prometheus/measures.ts';
import type { Looked } from '../adapters/prometheus/standing.ts';
import { taskNames } from '../flow/ports/jobs.ts';
import type { Observe } from '../flow/ports/observe.ts';
import type { Clock } from '../flow/ports/time.ts';
import { standstillMs, sweepEverySeconds } from '../flow/watch/watch-sla.ts';
import { observationLog } from './log.ts';

const answersWithinMs = 2_000;

/** However many scrape, however often, the database is asked no more often than this. */
const lookedGoodForMs = 5_000;

/** What an operator can watch: a line in the log, a measure, and whether the bot can do its work. */
export type Monitor = {
  observe: Observe;
  readiness: () => Promise<Readiness>;
  /** Null when nobody is to read them: then nothing is counted. */
  measures: Measures['read'] | null;
};

export async function openMonitor(
  connection: Connection,
  {
    isMeasured,
    onObservation,
    clock,
    log,
    isCron,
  }: { isMeasured: boolean; onObservation: Observe | undefined; clock: Clock; log: Logger; isCron: boolean },
): Promise<Monitor> {
  // The clock of the machine may jump; this one only ever runs.
  let lastSweep = performance.now();
  const sinceSweepMs = () => performance.now() - lastSweep;
  const now = () => performance.now();
  const look = async (): Promise<Omit<Looked, 'sinceSweepSeconds' | 'pool'>> => {
    const begun = now();
    const asked = readStanding(connection, clock()).catch(() => undefined);
    const standing = (await inTime(asked, answersWithinMs)) ?? null;
    return { standing, seconds: (now() - begun) / 1000 };
  };
  const looked = kept(look, { forMs: lookedGoodForMs, now });
  const measured = isMeasured
    ? await openMeasures(async () => ({
        ...(await looked()),
        sinceSweepSeconds: isCron ? sinceSweepMs() / 1000 : 0,
        pool: poolUse(connection),
      }))
    : null;
  const write = observationLog(log);
  // However many ask at the same time, the database is asked once.
  const isReachable = kept(() => reachable(connection), { forMs: 0, now });
  return {
    observe: (observation) => {
      if (observation.what === 'swept') lastSweep = now();
      measured?.count(observation);
      write(observation);
      onObservation?.(observation);
    },
    readiness: async () => readinessOf(await isReachable(), isCron ? sinceSweepMs() : 0),
    measures: measured?.read ?? null,
  };
}

/** Loaded only when somebody is to read them. */
async function openMeasures(look: () => Promise<Looked>): Promise<Measures> {
  const { measures } = await import('../adapters/prometheus/measures.ts');
  return measures(look, taskNames);
}

function poolUse({ pool }: Connection): Looked['pool'] {
  return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

async function reachable({ pool }: Connection): Promise<boolean> {
  const answered = pool.query('select 1').then(
    () => true,
    () => false,
  );
  return (await inTime(answered, answersWithinMs)) ?? false;
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
