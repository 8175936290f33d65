import type { Logger } from 'pino';
import { type Connection, connectPostgres } from '../adapters/postgres/connection.ts';
import { startEmbeddedPostgres } from '../adapters/postgres/embedded/embedded.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { type Config, ConfigError, type Secrets } from '../config.ts';

/** One for each job that is worked on at the same time, and some for requests, the sweep and the queue itself. */
const poolSize = 18;

type Needs = { log: Logger; unwinding: AsyncDisposableStack };

/**
 * The database of DATABASE_URL, or else a server of our own, with its tables brought up to date.
 * @param opened one that is open already, and stays open with whoever opened it
 */
export async function openDatabase(
  config: Config,
  secrets: Secrets,
  opened: Connection | undefined,
  needs: Needs,
): Promise<Connection> {
  const connection = opened ?? (await connect(config, secrets, needs));
  await migrate({ pool: connection.pool }).catch(nameUnreachable);
  return connection;
}

async function connect(config: Config, secrets: Secrets, needs: Needs): Promise<Connection> {
  const { log, unwinding } = needs;
  const databaseUrl = secrets.databaseUrl ?? (await startOwnServer(config, needs));
  const connection = connectPostgres(databaseUrl, {
    poolSize,
    onConnectionLost: (error) => log.warn({ error: error.message }, 'a database connection was lost'),
  });
  unwinding.defer(() => connection.close());
  return connection;
}

async function startOwnServer({ dataDir }: Config, { log, unwinding }: Needs): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (facts, message) => log.info(facts, message),
  });
  unwinding.defer(() => postgres.stop());
  await postgres.ensureDatabase('handoff');
  return postgres.urlOf('handoff');
}

/** ECONNREFUSED and the like come from the network, 28P01 and 3D000 from PostgreSQL: wrong password, no such database. */
const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000'];

function nameUnreachable(error: { code?: string; message: string }): never {
  const silent = error.message.includes('timeout');
  if (!silent && !unreachable.includes(error.code ?? '')) throw error;
  const why = error.code ?? 'no answer';
  throw new ConfigError(
    `Cannot start: DATABASE_URL leads to no PostgreSQL (${why}), expected one that answers`,
  );
}
