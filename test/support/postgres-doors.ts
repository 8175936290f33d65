import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { selfSigned } from './certificate.ts';

/** Another way in to a PostgreSQL server. */
type Door = { close(): Promise<void> };

/** Where a client of the same machine finds it, as PostgreSQL itself would make it. */
export async function openSocketDoor(serverUrl: string): Promise<Door & { directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'handoff-socket-'));
  const { server, close } = passOn(serverUrl, (client) => client);
  server.listen(join(directory, '.s.PGSQL.5432'));
  await once(server, 'listening');
  return {
    directory,
    close: async () => {
      await close();
      await rm(directory, { recursive: true });
    },
  };
}

/** Where a client has to encrypt, to a server whose certificate is for `host` and nobody's but its own. */
export async function openEncryptedDoor(
  serverUrl: string,
  host: string,
): Promise<Door & { port: number; certificateFile: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'handoff-tls-'));
  const certificateFile = join(directory, 'root.crt');
  const { cert, key } = selfSigned(host);
  await writeFile(certificateFile, cert);
  const { server, close } = passOn(serverUrl, async (client) => {
    // A client asks whether it may encrypt, and is told yes in clear.
    await once(client, 'readable');
    client.read();
    client.write('S');
    return new TLSSocket(client, { isServer: true, cert, key });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    certificateFile,
    close: async () => {
      await close();
      await rm(directory, { recursive: true });
    },
  };
}

function passOn(
  serverUrl: string,
  receive: (client: Socket) => Socket | Promise<Socket>,
): { server: Server; close(): Promise<void> } {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const server = createServer(async (client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    const inside = await receive(client);
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(upstream);
    inside.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => inside.destroy()).pipe(inside);
  });
  return {
    server,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
