import type { Logger } from 'pino';
import { type Connection, connectPostgres } from '../adapters/postgres/connection.ts';
import { startEmbeddedPostgres } from '../adapters/postgres/embedded/embedded.ts';
import { prepareDatabase } from '../adapters/postgres/prepare.ts';
import { UnfitDatabase } from '../adapters/postgres/unfit.ts';
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
  try {
    const connection = opened ?? (await connect(config, secrets, needs));
    await prepareDatabase(connection.pool);
    return connection;
  } catch (error) {
    if (!(error instanceof UnfitDatabase)) throw error;
    throw new ConfigError(`Cannot start: ${error.message}`, { cause: error });
  }
}

async function connect(config: Config, secrets: Secrets, needs: Needs): Promise<Connection> {
  const { log, unwinding } = needs;
  const databaseUrl = secrets.databaseUrl ?? (await startOwnServer(config, needs));
  const connection = connectPostgres(databaseUrl, {
    poolSize,
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
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
