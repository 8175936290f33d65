import type { Logger } from 'pino';
import { byCalendar, every } from '../adapters/cron.ts';
import { sweepEverySeconds } from '../flow/watch/watch-sla.ts';

const minuteMs = 60_000;
const reconcileEveryMs = 5 * minuteMs;
const syncEveryMs = 10 * minuteMs;
/** In the night of those who work by the machine's clock. */
const retainAtHour = 3;
const pausesEveryMs = 15 * minuteMs;

/** When the night, which node-cron may wait for until a clock that was set back has caught up, has not come. */
const retainAfterHours = 25;

type Routines = Record<
  'sweep' | 'sync' | 'reconcile' | 'watchPauses' | 'report' | 'summaries' | 'measure',
  () => Promise<void>
> & {
  retain: (how?: { unlessWithinHours: number }) => Promise<void>;
};

/** Does each of them again and again; people have been read at the start, and have to be known to every process. */
export function startSchedule(
  { sweep, sync, reconcile, watchPauses, report, summaries, measure, retain }: Routines,
  { log, unwinding, isCron }: { log: Logger; unwinding: AsyncDisposableStack; isCron: boolean },
): void {
  const onError = (error: unknown) => log.error({ err: error }, 'a scheduled run failed');
  unwinding.defer(every(syncEveryMs, sync, onError));
  if (!isCron) return;
  // At once, so that a process that is started again and again does its work all the same.
  unwinding.defer(every(sweepEverySeconds * 1000, sweep, onError, { firstAfterMs: 0 }));
  // Soon, and replicas at different times, so that one of them finds that another has just looked.
  const firstAfterMs = Math.random() * minuteMs;
  unwinding.defer(every(reconcileEveryMs, reconcile, onError, { firstAfterMs }));
  unwinding.defer(every(pausesEveryMs, watchPauses, onError, { firstAfterMs }));
  // When they are due stands in the policy, which may change: a calendar here would have to follow it.
  unwinding.defer(every(minuteMs, report, onError, { firstAfterMs: Math.random() * minuteMs }));
  unwinding.defer(every(minuteMs, summaries, onError, { firstAfterMs: Math.random() * minuteMs }));
  unwinding.defer(every(minuteMs, measure, onError, { firstAfterMs: Math.random() * minuteMs }));
  const minute = Math.floor(Math.random() * 60);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  unwinding.defer(byCalendar(`${minute} ${retainAtHour} * * *`, timeZone, () => retain(), onError));
  const makeUp = () => retain({ unlessWithinHours: retainAfterHours });
  unwinding.defer(every(60 * minuteMs, makeUp, onError, { firstAfterMs }));
}
