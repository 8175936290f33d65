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
  'noLeadRecords',
  'leadRecordRefused',
  'oddEvents',
  'shutOut',
  'clockStood',
  'bulletinUndeliverable',
  'foundByReconciling',
  'segmentRefused',
  'homeRefused',
  'eventsUnwanted',
]);

/** Whoever looks for something wants these; all others would be among too many. */
const frequent: ReadonlySet<Observation['what']> = new Set([
  'swept',
  'called',
  'answered',
  'responded',
  'jobFailed',
  'eventSent',
]);

/**
 * Writes one line per business event; what went wrong is a warning. Of signatures the first of each kind is told.
 */
export function observationLog(log: Logger): Observe {
  const logRejection = rejectionLog(log);
  const signatures = new Set<string>();
  /** HubSpot may come to sign otherwise; whoever looks for the reason finds when it did. */
  const isFirst = ({ version, accepted }: Extract<Observation, { what: 'signed' }>) => {
    const before = signatures.size;
    return signatures.add(`${version} ${accepted}`).size > before;
  };
  return (observation) => {
    const { what, ...facts } = observation;
    if (observation.what === 'rejected') logRejection(observation);
    else if (observation.what === 'signed') log[isFirst(observation) ? 'info' : 'debug'](facts, what);
    else if (wrong.has(what)) log.warn(facts, what);
    else if (frequent.has(what)) log.debug(facts, what);
    else log.info(facts, what);
  };
}
