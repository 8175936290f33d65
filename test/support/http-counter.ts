import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call, in milliseconds of `performance.now`. */
export type HttpCall = { method: string; path: string; from: number; until: number };

export type HttpCounter = { origin: string; calls: HttpCall[]; close(): Promise<void> };

/** Stands between a client and an HTTP server, passes everything on, and notes each call. */
export async function startHttpCounter(target: string): Promise<HttpCounter> {
  const calls: HttpCall[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const from = performance.now();
    const { method = 'GET', url: path = '/', headers } = incoming;
    const onward = request(new URL(path, target), { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('finish', () => calls.push({ method, path, from, until: performance.now() }));
    incoming.pipe(onward);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}
