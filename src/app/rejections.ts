import type { Logger } from 'pino';
import type { Observation } from '../flow/ports/observe.ts';

type Rejection = Extract<Observation, { what: 'rejected' }>;

const windowMs = 60_000;
/** More than there are: the log stays small also when a reason should quote its request. */
const mostKinds = 100;

/**
 * Writes refused requests to the log: of each kind, its reason included, the first at once, and those of the minute after
 * it in one line, so that whoever knocks a thousand times fills no disk, and hides no other reason.
 */
export function rejectionLog(log: Logger): (rejection: Omit<Rejection, 'what'>) => void {
  const more = new Map<string, number>();
  return (rejection) => {
    const isKnown = more.has(kindOf(rejection)) || more.size < mostKinds;
    const { route, status, reason } = isKnown
      ? rejection
      : { ...rejection, reason: 'one of too many reasons' };
    const kind = kindOf({ route, status, reason });
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
      if (count > 0) log.warn({ route, status, reason, count }, 'rejected again within a minute');
    };
    setTimeout(tellRest, windowMs).unref();
  };
}

function kindOf({ route, status, reason }: Omit<Rejection, 'what'>): string {
  return `${route} ${status} ${reason}`;
}
