import type { Logger } from 'pino';
import { every } from '../adapters/cron.ts';
import { sweepEverySeconds } from '../flow/watch/watch-sla.ts';

const reconcileEveryMinutes = 5;
const syncEveryMinutes = 10;
/** In the night of those who work by the machine's clock. */
const retainAtHour = 3;

type Routines = Record<'sweep' | 'sync' | 'reconcile' | 'retain', () => Promise<void>>;

/** Does each of them again and again. */
export function startSchedule(
  { sweep, sync, reconcile, retain }: Routines,
  { log, unwinding }: { log: Logger; unwinding: AsyncDisposableStack },
): void {
  const onError = (error: unknown) => log.error({ err: error }, 'a scheduled run failed');
  unwinding.defer(every(`*/${sweepEverySeconds} * * * * *`, sweep, onError));
  unwinding.defer(every(`0 */${syncEveryMinutes} * * * *`, sync, onError));
  // Replicas at different seconds, so that one of them finds that another has just looked.
  const second = Math.floor(Math.random() * 60);
  unwinding.defer(every(`${second} */${reconcileEveryMinutes} * * * *`, reconcile, onError));
  const minute = Math.floor(Math.random() * 60);
  unwinding.defer(every(`${second} ${minute} ${retainAtHour} * * *`, retain, onError));
}
