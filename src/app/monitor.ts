import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { kept } from '../adapters/http/kept.ts';
import { measures } from '../adapters/http/measures.ts';
import type { Readiness } from '../adapters/http/server.ts';
import type { Watched } from '../adapters/http/watch-server.ts';
import type { Connection } from '../adapters/postgres/connection.ts';
import type { Jobs } from '../adapters/postgres/queue/jobs.ts';
import { tableSizes } from '../adapters/postgres/table-sizes.ts';
import type { RetractionProgress } from '../flow/ports/erasures.ts';
import type { Observe } from '../flow/ports/observe.ts';
import { standstillMs, sweepEverySeconds } from '../flow/watch/watch-sla.ts';
import { observationLog } from './log.ts';

const readinessWithinMs = 2_000;

/** What an operator can watch: a line in the log, a measure, and whether the bot can do its work. */
export type Monitor = Watched & { observe: Observe };

export function openMonitor(
  connection: Connection,
  {
    troubled,
    retractions,
    onObservation,
    log,
  }: {
    troubled: Jobs['troubled'];
    retractions: () => Promise<RetractionProgress>;
    onObservation: Observe | undefined;
    log: Logger;
  },
): Monitor {
  // The clock of the machine may jump; this one only ever runs.
  let lastSweep = performance.now();
  const { registry, count } = measures({ jobs: troubled, tables: () => tableSizes(connection), retractions });
  const write = observationLog(log);
  // However many ask at the same time, the database is asked once.
  const isReachable = kept(() => reachable(connection), { forMs: 0, now: () => performance.now() });
  return {
    observe: (observation) => {
      if (observation.what === 'swept') lastSweep = performance.now();
      count(observation);
      write(observation);
      onObservation?.(observation);
    },
    readiness: async () => readinessOf(await isReachable(), performance.now() - lastSweep),
    measures: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

async function reachable({ pool }: Connection): Promise<boolean> {
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
