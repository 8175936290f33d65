import { type AddressInfo, createServer } from 'node:net';

/** The port when nobody listens on it, otherwise null; 0 finds one that is free. */
export async function freePort(host: string, port: number): Promise<number | null> {
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
