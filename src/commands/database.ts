import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, connectPostgres } from '../adapters/postgres/connection.ts';
import { startEmbeddedPostgres } from '../adapters/postgres/embedded/embedded.ts';
import { databaseUrlIn } from '../config.ts';

/**
 * The bot's database as DATABASE_URL or HANDOFF_DATA_DIR lead to it, in sessions that can write nothing, until
 * `unwinding` is disposed of. Null: none is configured, and none of our own was ever begun.
 */
export async function readOnlyDatabase(
  environment: NodeJS.ProcessEnv,
  unwinding: AsyncDisposableStack,
): Promise<Connection | null> {
  const url = await urlOf(environment, unwinding);
  if (url === null) return null;
  return connect(url, 'reading', unwinding);
}

/** The same in sessions that can write. Throws when there is none. */
export async function writableDatabase(
  environment: NodeJS.ProcessEnv,
  unwinding: AsyncDisposableStack,
): Promise<Connection> {
  const url = await urlOf(environment, unwinding);
  if (url === null) throw new Error('There is no database yet: set DATABASE_URL, or start the bot once');
  return connect(url, 'working', unwinding);
}

async function connect(
  url: string,
  purpose: 'reading' | 'working',
  unwinding: AsyncDisposableStack,
): Promise<Connection> {
  const connection = connectPostgres(url, { poolSize: 4, onConnectionLost: () => {}, purpose });
  unwinding.defer(() => connection.close());
  // The newest table: when it exists, all others do.
  await connection.pool.query('select from measured_handoff limit 0').catch(explain);
  return connection;
}

async function urlOf(
  environment: NodeJS.ProcessEnv,
  unwinding: AsyncDisposableStack,
): Promise<string | null> {
  return databaseUrlIn(environment) ?? ownDatabase(environment, unwinding);
}

async function ownDatabase(
  environment: NodeJS.ProcessEnv,
  unwinding: AsyncDisposableStack,
): Promise<string | null> {
  const dataDir = environment['HANDOFF_DATA_DIR']?.trim() || '.data';
  if (!existsSync(join(dataDir, 'postgres'))) return null;
  const postgres = await startEmbeddedPostgres({ dataDir });
  unwinding.defer(() => postgres.stop());
  return postgres.urlOf('handoff');
}

const tableMissing = '42P01';

function explain(error: { code?: string; message: string }): never {
  if (error.code === tableMissing) {
    throw new Error('The database lacks tables of this version: start the bot once, or run handoff migrate');
  }
  throw new Error(`The database cannot be read (${error.code ?? error.message}): expected one that answers`);
}
