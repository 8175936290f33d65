import { type Logger, pino } from 'pino';
import { traceOf } from '../adapters/log.ts';
import type { Config } from '../config.ts';
import type { Observation, Observe } from '../flow/ports/observe.ts';
import { rejectionLog } from './rejections.ts';

/** Where the log goes instead of standard output. */
export type LogTarget = { write(line: string): void };

/** One JSON object a line; an error is `err` in it, without what may quote a lead. */
export function openLog({ logLevel }: Pick<Config, 'logLevel'>, logTo?: LogTarget): Logger {
  const options = { level: logLevel, base: null, serializers: { err: (error: unknown) => traceOf(error) } };
  return pino(options, logTo ?? pino.destination({ sync: false }));
}

const wrong: ReadonlySet<Observation['what']> = new Set([
  'fellBack',
  'undeliverable',
  'propertiesRefused',
  'oddEvents',
  'shutOut',
  'clockStood',
  'bulletinUndeliverable',
  'foundByReconciling',
]);

/** Writes one line per business event; what went wrong is a warning. */
export function observationLog(log: Logger): Observe {
  const logRejection = rejectionLog(log);
  return (observation) => {
    const { what, ...facts } = observation;
    if (observation.what === 'rejected') logRejection(observation);
    else if (wrong.has(what)) log.warn(facts, what);
    else if (what === 'swept' || what === 'signed') log.debug(facts, what);
    else log.info(facts, what);
  };
}
