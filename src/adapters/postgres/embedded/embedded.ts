import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { UnfitDatabase } from '../unfit.ts';
import { type Cluster, openCluster, superuser } from './cluster.ts';
import { codeOf } from './error-code.ts';
import { forgetServer, runningServer, type Settings, startServer, stopServer } from './server.ts';

export type EmbeddedPostgresOptions = {
  /** The server's files are kept in `postgres` below it, possibly a link; deleting both deletes the data. */
  dataDir: string;
  settings?: Settings;
  /** Whom to run the server as when we are root, by preference; an existing database keeps its owner. */
  accounts?: readonly string[];
  log?: (facts: Record<string, string | number>, message: string) => void;
};

export type EmbeddedPostgres = {
  /** Whether the server already ran, for another process or for one that was killed. */
  adopted: boolean;
  urlOf(database: string): string;
  /** Creates the database unless it exists. */
  ensureDatabase(name: string): Promise<void>;
  /** Stops the server, unless other processes use it: the last one out stops it. Close your own pools first. */
  stop(): Promise<void>;
};

/** Every process that uses the server holds this lock shared; who gets it alone is the last. */
const presenceLock = 5_280_137;
const presenceName = 'lead-handoff-bot presence';

const startAttempts = 6;
const retryAfterMs = 200;
const pollMs = 20;
const answerWithinMs = 60_000;
const othersLeaveWithinMs = 2_000;

/**
 * Runs a PostgreSQL of our own in `dataDir`, or joins the one that already runs there. It outlives this process if
 * this process is killed; the next start adopts it. Safe to call from several processes at once.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { settings = {}, accounts = ['postgres', 'nobody'], log = () => {} } = options;
  const cluster = await openCluster(resolve(options.dataDir), accounts, settings['fsync'] !== 'off');
  const { port, presence, adopted } = await joinServer(cluster, settings);
  const facts = { directory: cluster.directory, port, version: await versionOf(presence) };
  const how = adopted ? 'joined, it was already running' : 'started';
  log(
    facts,
    `embedded PostgreSQL: ${cluster.created ? 'created and ' : ''}${how}; ` +
      'for production set DATABASE_URL to a PostgreSQL of your own',
  );

  let stopped: Promise<void> | undefined;
  return {
    adopted,
    urlOf: (database) => urlOf(cluster, port, database),
    ensureDatabase: async (name) => {
      const { rowCount } = await presence.query('select from pg_database where datname = $1', [name]);
      if (rowCount) return;
      await presence.query(`create database ${escapeIdentifier(name)}`).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
    },
    stop: () => {
      stopped ??= leave(cluster, port, presence).then((end) => log(facts, `embedded PostgreSQL: ${end}`));
      return stopped;
    },
  };
}

type Joined = { port: number; presence: Client; adopted: boolean };

async function joinServer(cluster: Cluster, settings: Settings): Promise<Joined> {
  let adopted = true;
  for (let attempt = 1; ; attempt += 1) {
    const { port } = await runningServer(cluster);
    let refusal: unknown;
    if (port) {
      try {
        return { port, presence: await enter(cluster, port), adopted };
      } catch (error) {
        refusal = error;
      }
    }
    // PostgreSQL sees for itself that the writer of the file is dead, unless an unrelated process has been given its
    // number. It is safe to take the file away by then: nobody listens, and a server that is only slow to listen
    // still holds the shared memory, without which no second one starts.
    if (codeOf(refusal) === 'ECONNREFUSED' && attempt > startAttempts / 2) await forgetServer(cluster);
    try {
      await startServer(cluster, settings);
      adopted = false;
    } catch (error) {
      // Others start at the same moment, the port was taken, or a killed server's last processes are still leaving.
      if (attempt === startAttempts) throw startFailure(error, cluster, refusal);
      await delay(retryAfterMs);
    }
  }
}

function startFailure(error: unknown, cluster: Cluster, refusal: unknown): unknown {
  if (refusal === undefined || !(error instanceof Error)) return error;
  const message = `${error.message}\nThe server that seems to run in ${cluster.data} did not let us in: ${String(refusal)}`;
  return new UnfitDatabase(message, { cause: error });
}

/** Connects and takes the presence lock, once a server that is starting or stopping has finished that. */
async function enter(cluster: Cluster, port: number): Promise<Client> {
  const deadline = performance.now() + answerWithinMs;
  for (;;) {
    const client = new Client({
      connectionString: urlOf(cluster, port, 'postgres'),
      application_name: presenceName,
      connectionTimeoutMillis: 5_000,
    });
    // A server that goes away while nobody asks anything is noticed at the next query.
    client.on('error', () => {});
    try {
      await client.connect();
      // Waits while the last one out is stopping the server, and fails when it has.
      await client.query('select pg_advisory_lock_shared($1)', [presenceLock]);
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const startingOrStopping = codeOf(error) === '57P03';
      if (!startingOrStopping || performance.now() > deadline) throw error;
      await delay(pollMs);
    }
  }
}

async function versionOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  return rows[0]?.server_version ?? 'unknown';
}

/** Stops the server unless others use it. */
async function leave(cluster: Cluster, port: number, presence: Client): Promise<string> {
  const client = await stillConnected(presence)
    .catch(() => enter(cluster, port))
    .catch(() => undefined);
  if (!client) return 'was already gone';
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [presenceLock]);
    if (!(await isLast(client))) return 'left running for others';
    // Newcomers wait for the lock, which this connection holds until the server is gone.
    await stopServer(cluster);
    return 'stopped';
  } finally {
    await client.end().catch(() => {});
  }
}

/** PostgreSQL restarts itself after a crash of one of its processes, and every connection is lost. */
async function stillConnected(client: Client): Promise<Client> {
  await client.query('select');
  return client;
}

async function isLast(client: Client): Promise<boolean> {
  const lock = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    presenceLock,
  ]);
  if (!lock.rows[0]?.alone) return false;
  // Connections that were just closed take a moment to vanish; others may be an operator's psql.
  const deadline = performance.now() + othersLeaveWithinMs;
  for (;;) {
    const others = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and application_name <> $1 limit 1`,
      [presenceName],
    );
    if (others.rowCount === 0) return true;
    if (performance.now() > deadline) return false;
    await delay(pollMs);
  }
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** Creating a database fails in either way when another process creates it at the same moment. */
function isDuplicate(error: unknown): boolean {
  const code = codeOf(error);
  return code === '42P04' || code === '23505';
}
