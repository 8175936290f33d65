import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { listenInPlace } from './listen-in-place.ts';
import { messageReader, type WireMessage } from './postgres-messages.ts';

/** The length and the code of a client that asks for encryption before it logs in. */
const askLength = 8;

/** What the server says of itself before anybody asked, and whom to tell when something is to be cancelled. */
const greeting = Buffer.concat([
  framed('R', Buffer.from([0, 0, 0, 0])),
  framed('S', Buffer.from('client_encoding\0UTF8\0')),
  framed('K', Buffer.alloc(8)),
  framed('Z', Buffer.from('I')),
]);

/**
 * A pooler that shares one session of PostgreSQL among all its clients, transaction by transaction, as PgBouncer does
 * with `pool_mode=transaction` and a `default_pool_size` of 1: who was in a transaction last hears what the session
 * tells, and prepared statements are the session's. https://www.pgbouncer.org/features.html
 */
export async function startTransactionPooler(
  serverUrl: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const session = new Client({ connectionString: serverUrl });
  await session.connect();
  // The client has logged in; from here on its socket is ours.
  const { stream: upstream } = (session as unknown as { connection: { stream: Socket } }).connection;
  upstream.removeAllListeners();
  upstream.on('error', () => {});

  type Guest = { socket: Socket; waiting: Buffer[] };
  const queue: Guest[] = [];
  const sockets = new Set<Socket>();
  let served: Guest | null = null;

  const serve = () => {
    served ??= queue.shift() ?? null;
    for (const bytes of served?.waiting.splice(0) ?? []) upstream.write(bytes);
  };
  const fromServer = messageReader(({ type, content }: WireMessage) => {
    served?.socket.write(framed(type, content));
    if (type !== 'Z' || String.fromCharCode(content[0] ?? 0) !== 'I') return;
    served = null;
    serve();
  });
  upstream.on('data', fromServer);

  const server = createServer((socket) => {
    const guest: Guest = { socket, waiting: [] };
    const ask = (bytes: Buffer) => {
      guest.waiting.push(bytes);
      if (served !== guest && !queue.includes(guest)) queue.push(guest);
      serve();
    };
    const readRequests = messageReader(({ type, content }) => {
      if (type !== 'X') ask(framed(type, content));
    });
    let hasLoggedIn = false;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    socket.on('data', (bytes) => {
      if (hasLoggedIn) readRequests(bytes);
      else if (bytes.length === askLength) socket.write('N');
      else {
        hasLoggedIn = true;
        socket.write(greeting);
      }
    });
  });
  return {
    url: await listenInPlace(server, serverUrl),
    close: async () => {
      for (const socket of [...sockets, upstream]) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function framed(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}
