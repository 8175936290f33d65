import type { Logger } from 'pino';
import type { Observation } from '../flow/ports/observe.ts';

type Rejection = Extract<Observation, { what: 'rejected' }>;

const windowMs = 60_000;

/**
 * Writes refused requests to the log: of each kind the first at once, and those of the minute after it in one line, so
 * that whoever knocks a thousand times fills no disk.
 */
export function rejectionLog(log: Logger): (rejection: Omit<Rejection, 'what'>) => void {
  const more = new Map<string, number>();
  return ({ route, status, reason }) => {
    const kind = `${route} ${status}`;
    const before = more.get(kind);
    if (before !== undefined) {
      more.set(kind, before + 1);
      return;
    }
    log.warn({ route, status, reason }, 'rejected');
    more.set(kind, 0);
    const tellRest = () => {
      const count = more.get(kind) ?? 0;
      more.delete(kind);
      if (count > 0) log.warn({ route, status, count }, 'rejected again within a minute');
    };
    setTimeout(tellRest, windowMs).unref();
  };
}
