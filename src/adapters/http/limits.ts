import { Transform } from 'node:stream';
import type { preParsingHookHandler } from 'fastify';

/**
 * How long and how much the server takes from somebody of whom it knows nothing yet. A platform sends its request within
 * a second; whoever dawdles is cut off.
 */
export const patience = {
  /** The whole request, the body with it. */
  requestTimeout: 10_000,
  /** Longer than a load balancer keeps an idle connection, so that it never meets one that is being closed. */
  keepAliveTimeout: 72_000,
  http: { headersTimeout: 5_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
};

/** HubSpot comes with ten requests at a time, the chats with one for each click. */
export const mostConnections = 512;

/**
 * Hands the body of a request on as it comes in. Each byte counts from its arrival until its request is answered, whatever
 * length was announced; the request that would bring more than there is room for is cut off.
 * @param mostBytes of all bodies together, of one door: what fills it closes no other
 */
export function roomForBodies(mostBytes: number): preParsingHookHandler {
  let taken = 0;
  return (_request, { raw: answer }, body, done) => {
    let held = 0;
    const counted = new Transform({
      transform(bytes: Buffer, _encoding, next) {
        if (taken + bytes.length > mostBytes) return next(new NoRoom());
        taken += bytes.length;
        held += bytes.length;
        next(null, bytes);
      },
    });
    answer.once('close', () => {
      counted.destroy();
      taken -= held;
    });
    done(null, body.pipe(counted));
  };
}

/** The bodies of other requests leave no room for this one's; whoever sends it tries again. */
export class NoRoom extends Error {
  readonly statusCode = 503;
}
