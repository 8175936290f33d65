import { type AddressInfo, createServer } from 'node:net';

/**
 * Below those that systems give to connections and to whoever listens on any: so nobody gets the port that was found
 * free before it is listened on.
 */
const range = { from: 10_000, count: 20_000 };

/** Processes begin at different places, and each comes to the same port again as late as can be. */
let next = (process.pid * 101) % range.count;

/** The port when nobody listens on it, otherwise null; 0 finds one that is free, and stays so. */
export async function freePort(host: string, port: number): Promise<number | null> {
  if (port !== 0) return listenOnce(host, port);
  for (let tried = 0; tried < range.count; tried += 1) {
    const candidate = range.from + next;
    next = (next + 1) % range.count;
    if ((await listenOnce(host, candidate)) !== null) return candidate;
  }
  return listenOnce(host, 0);
}

async function listenOnce(host: string, port: number): Promise<number | null> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
  const address = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return address.port;
}
