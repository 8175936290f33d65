import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** The one address that the platforms know, in front of several replicas. */
export type FrontDoor = { close(): Promise<void> };

/**
 * Passes each request on to the replica that is chosen for it, as a load balancer does. Whoever asks while none is up,
 * or one that dies over it, gets an error of the gateway.
 * @param choose the port of a replica; null when none is up
 */
export async function openFrontDoor(port: number, choose: () => number | null): Promise<FrontDoor> {
  const server = createServer((incoming, outgoing) => {
    const replica = choose();
    if (replica === null) outgoing.writeHead(503).end();
    else passOn(incoming, outgoing, replica);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
  const { method, url: path, headers } = incoming;
  const fail = () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  };
  // A connection of its own: one that was kept might lead to a replica that is no more.
  const options = { host: '127.0.0.1', port, method, path, headers, agent: false };
  const forwarded = request(options, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', fail).pipe(outgoing);
  });
  incoming.pipe(forwarded.on('error', fail));
}
