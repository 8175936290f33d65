import type { FastifyReply, FastifyRequest } from 'fastify';

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

/** All bodies together that are on their way in, or being worked on. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Keeps a request out before its body is read when the bodies of all others leave no room for it: each counts with the
 * length that it announces, or else with the most that its route takes.
 */
export function roomForBodies(mostOfAll = mostBytes) {
  let taken = 0;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const bytes = lengthOf(request);
    if (taken + bytes > mostOfAll) {
      await reply.code(503).headers({ 'retry-after': '1', connection: 'close' }).send({ message: 'busy' });
      return;
    }
    taken += bytes;
    reply.raw.once('close', () => {
      taken -= bytes;
    });
  };
}

function lengthOf({ headers, routeOptions }: FastifyRequest): number {
  const { bodyLimit = 0 } = routeOptions;
  if (headers['transfer-encoding']) return bodyLimit;
  // What announces more is refused by its route.
  return Math.min(Number(headers['content-length'] ?? 0), bodyLimit);
}
