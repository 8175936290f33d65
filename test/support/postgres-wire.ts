import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { commitMarks } from './durable-commits.ts';
import { listenInPlace } from './listen-in-place.ts';
import { messageReader, textsOf, type WireMessage } from './postgres-messages.ts';

/** What a client did since the last reset, as its server saw it. */
export type WireCount = {
  /**
   * Statements that ran: one for each Execute, and as many as a Query held. One that failed counts; what an error made
   * the server skip does not. BEGIN and COMMIT are statements.
   */
  statements: number;
  /**
   * How often the client sent something and waited for the answer. What is sent before the answer to what went before
   * has come costs no wait of its own. Logging in is not counted.
   */
  roundTrips: number;
};

/** Of one connection, besides: where it began, in the order of their opening. */
export type ConnectionCount = WireCount & { connection: number };

/** One wait of a client, in the milliseconds of `performance.now`. */
export type RoundTrip = { connection: number; from: number; until: number };

export type PostgresWire = {
  /** For the client, instead of the server's address. */
  url: string;
  /** Begins anew; connections stay. */
  reset(): Promise<void>;
  /**
   * @returns the counts of all connections together, and the durable commits: those transactions in the database of
   * `url` that wrote something. Who reads them from the log of the server itself is exact, whichever way the statements
   * were sent, so it also counts what others did in the same database past this counter.
   */
  count(): Promise<WireCount & { commits: number }>;
  /** The connections that did anything. */
  byConnection(): ConnectionCount[];
  /** The texts of the statements, in their order. */
  statements(): string[];
  /** Those that have ended, in the order of their ends. */
  trips(): RoundTrip[];
  /** How many transactions and waits are under way. */
  underWay(): number;
  close(): Promise<void>;
};

/**
 * Stands between a client and a PostgreSQL server, passes every byte on, and counts. The client needs only the other
 * address.
 */
export async function startPostgresWire(serverUrl: string): Promise<PostgresWire> {
  const target = new URL(serverUrl);
  const marks = await commitMarks(serverUrl);
  const sockets = new Set<Socket>();
  const taps: Tap[] = [];

  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const tap = tapOf(taps.length);
    taps.push(tap);
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      // Whoever breaks off takes the other along.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (bytes) => {
      const { refusals, forward } = tap.fromClient(bytes);
      if (refusals > 0) client.write('N'.repeat(refusals));
      if (forward.length > 0) upstream.write(forward);
    });
    upstream.on('data', (bytes) => {
      tap.fromServer(bytes);
      client.write(bytes);
    });
  });
  return {
    url: await listenInPlace(server, serverUrl),
    reset: async () => {
      await marks.reset();
      for (const { seen } of taps) {
        seen.statements.length = 0;
        seen.trips.length = 0;
      }
    },
    count: async () => ({
      statements: taps.reduce((sum, { seen }) => sum + seen.statements.length, 0),
      roundTrips: taps.reduce((sum, { seen }) => sum + seen.trips.length, 0),
      commits: await marks.count(),
    }),
    byConnection: () =>
      taps
        .map(({ seen }, connection) => ({
          connection,
          statements: seen.statements.length,
          roundTrips: seen.trips.length,
        }))
        .filter(({ roundTrips }) => roundTrips > 0),
    statements: () =>
      taps
        .flatMap(({ seen }) => seen.statements)
        .toSorted((a, b) => a.at - b.at)
        .map(({ text }) => text),
    trips: () => taps.flatMap(({ seen }) => seen.trips).toSorted((a, b) => a.until - b.until),
    underWay: () => taps.filter((tap) => tap.isBusy()).length,
    close: async () => {
      await marks.close();
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

type Seen = { statements: { text: string; at: number }[]; trips: RoundTrip[] };
type Tap = ReturnType<typeof tapOf>;

/** What the server owes the client, in order; `waits` where the client does nothing before it has come. */
type Owed = { kind: 'parse' | 'bind' | 'describe' | 'close' | 'execute' | 'sync' | 'query'; waits: boolean };

/** The length and the code of what a client may ask before it logs in: encryption by TLS or by GSS, or a cancellation. */
const askLength = 8;
const encryptionCodes = [80_877_103, 80_877_104];

/** Which answers end which request; a row description may also be a part of a describing answer. */
const endings: Record<string, Owed['kind']> = {
  '1': 'parse',
  '2': 'bind',
  '3': 'close',
  T: 'describe',
  n: 'describe',
};

/** Follows one connection. */
function tapOf(connection: number) {
  const seen: Seen = { statements: [], trips: [] };
  const prepared = new Map<string, string>();
  const portals = new Map<string, string>();
  const owed: Owed[] = [];
  /** The texts of the Execute and Query messages that the server has not answered. */
  const asked: string[] = [];
  let startup: Buffer | null = Buffer.alloc(0);
  let loggedIn = false;
  let inTransaction = false;
  let waitingSince: number | null = null;

  const owes = (kind: Owed['kind'], waits = false) => {
    owed.push({ kind, waits });
    if (waits) waitingSince ??= performance.now();
  };
  const ran = (text: string) => seen.statements.push({ text, at: performance.now() });

  /** The client waits no longer when nothing that it waits for is owed. */
  const settle = () => {
    if (waitingSince === null || owed.some(({ waits }) => waits)) return;
    seen.trips.push({ connection, from: waitingSince, until: performance.now() });
    waitingSince = null;
  };

  function onClientMessage(message: WireMessage) {
    switch (message.type) {
      case 'Q': {
        const [text = ''] = textsOf(message, 1);
        asked.push(text);
        return owes('query', true);
      }
      case 'P': {
        const [name = '', text = ''] = textsOf(message, 2);
        prepared.set(name, text);
        return owes('parse');
      }
      case 'B': {
        const [portal = '', name = ''] = textsOf(message, 2);
        portals.set(portal, prepared.get(name) ?? '');
        return owes('bind');
      }
      case 'D':
        return owes('describe');
      case 'C':
        return owes('close');
      case 'E': {
        const [portal = ''] = textsOf(message, 1);
        asked.push(portals.get(portal) ?? '');
        return owes('execute');
      }
      case 'S':
        return owes('sync', true);
      case 'H': {
        // A flush has no answer of its own: it is waited for until the last of what it asks for is there.
        const last = owed.at(-1);
        if (last && !last.waits) {
          last.waits = true;
          waitingSince ??= performance.now();
        }
      }
    }
  }

  function onServerMessage({ type, content }: WireMessage) {
    const next = owed[0];
    switch (type) {
      // CommandComplete, EmptyQueryResponse, PortalSuspended.
      case 'C':
      case 'I':
      case 's':
        if (next?.kind === 'query') {
          ran(asked[0] ?? '');
        } else if (next?.kind === 'execute') {
          owed.shift();
          ran(asked.shift() ?? '');
        }
        break;
      case 'E':
        onError(next);
        break;
      case 'Z':
        if (next?.kind === 'query') asked.shift();
        if (next) owed.shift();
        loggedIn = true;
        inTransaction = String.fromCharCode(content[0] ?? 0) !== 'I';
        break;
      default:
        if (next && endings[type] === next.kind) owed.shift();
    }
    settle();
  }

  /**
   * The server skips everything up to the next Sync; what failed had begun if it was asked to run. The error is the
   * answer that the client waited for: `pg` goes on with it, and ReadyForQuery may come a packet later.
   */
  function onError(next: Owed | undefined) {
    if (!next) return;
    if (next.kind === 'query') {
      ran(asked[0] ?? '');
      next.waits = false;
      return;
    }
    if (next.kind === 'execute') ran(asked[0] ?? '');
    while (owed.length > 0 && owed[0]?.kind !== 'sync') {
      if (owed.shift()?.kind === 'execute') asked.shift();
    }
    const sync = owed[0];
    if (sync) sync.waits = false;
  }

  const readClient = messageReader(onClientMessage);
  const readServer = messageReader(onServerMessage);

  /** A client that may encrypt asks first, and is told no: otherwise nothing could be read. */
  function login(bytes: Buffer): { refusals: number; forward: Buffer } {
    startup = startup ? Buffer.concat([startup, bytes]) : bytes;
    let refusals = 0;
    while (
      startup.length >= askLength &&
      startup.readUInt32BE(0) === askLength &&
      encryptionCodes.includes(startup.readUInt32BE(4))
    ) {
      refusals += 1;
      startup = startup.subarray(askLength);
    }
    const length = startup.length >= 4 ? startup.readUInt32BE(0) : Number.POSITIVE_INFINITY;
    if (startup.length < length) return { refusals, forward: Buffer.alloc(0) };
    const forward = startup;
    startup = null;
    readClient(forward.subarray(length));
    return { refusals, forward };
  }

  return {
    seen,
    isBusy: () => loggedIn && (inTransaction || waitingSince !== null),
    fromClient: (bytes: Buffer) => {
      if (startup) return login(bytes);
      readClient(bytes);
      return { refusals: 0, forward: bytes };
    },
    fromServer: (bytes: Buffer) => readServer(bytes),
  };
}
