import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from 'pg';
import { codeOf } from './embedded/error-code.ts';
import { setUp } from './session-settings.ts';
import { UnfitDatabase } from './unfit.ts';

export const migrationsDirectory = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The session lock under which Prisma's own `migrate deploy` works, so that the two exclude each other. */
const prismaMigrateLock = 72_707_369;

/** The columns are Prisma's; `migrate deploy` and `migrate status` go on from what is recorded here. */
const createRecord = `
  create table if not exists _prisma_migrations (
    id                  varchar(36) primary key not null,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

type Migration = { name: string; sql: string };
type Recorded = { name: string; checksum: string; finished: boolean };

/**
 * Applies the pending migrations of `directory`, one process at a time, and records them as `prisma migrate deploy`
 * would. Throws, before anything is changed, when the database has a migration that failed, that was edited since, or
 * that this version does not know.
 */
export async function migrate(options: { pool: Pool; directory?: string }): Promise<{ applied: string[] }> {
  const { pool, directory = migrationsDirectory } = options;
  const migrations = await readMigrations(directory);
  if (await areApplied(pool, migrations)) return { applied: [] };
  const client = await pool.connect();
  try {
    // Another process may be at it for long, and so may a migration.
    await setUp(client, { schema: null, purpose: 'migrating' });
    await client.query('select pg_advisory_lock($1)', [prismaMigrateLock]);
    await client.query(createRecord);
    const pending = pendingOf(migrations, await readRecorded(client), directory);
    for (const migration of pending) await apply(client, migration);
    return { applied: pending.map(({ name }) => name) };
  } finally {
    // Ends the session and with it the lock, whatever state the connection is in.
    client.release(true);
  }
}

/** The migrations in the order of their names, which begin with the time of their making. */
async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(directory, name, 'migration.sql'), 'utf8') })),
  );
}

/** Nearly every start finds that there is nothing to do, and who only looks need not wait for the others. */
async function areApplied(pool: Pool, migrations: readonly Migration[]): Promise<boolean> {
  const recorded = await readRecorded(pool).catch((error: unknown): Recorded[] => {
    if (codeOf(error) !== tableMissing) throw error;
    return [];
  });
  const isRecorded = ({ name, sql }: Migration) =>
    recorded.some((row) => row.name === name && row.finished && checksumsOf(sql).includes(row.checksum));
  return recorded.length === migrations.length && migrations.every(isRecorded);
}

const tableMissing = '42P01';
const rightMissing = '42501';

async function readRecorded(client: Pool | PoolClient): Promise<Recorded[]> {
  const { rows } = await client.query<Recorded>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

function pendingOf(
  migrations: readonly Migration[],
  recorded: readonly Recorded[],
  directory: string,
): Migration[] {
  for (const { name, checksum, finished } of recorded) {
    const known = migrations.find((migration) => migration.name === name);
    if (!finished) {
      throw new UnfitDatabase(
        `Migration ${name} began and never finished in this database: expected it to be whole. ` +
          'See the column logs of _prisma_migrations, repair the tables by hand, then set rolled_back_at of its row ' +
          'to have it applied again, or finished_at if it is in place.',
      );
    }
    if (!known) {
      throw new UnfitDatabase(
        `The database has the migration ${name}, which ${directory} does not have: ` +
          'it was made by a newer version of this program; expected that version or a newer one.',
      );
    }
    if (!checksumsOf(known.sql).includes(checksum)) {
      throw new UnfitDatabase(
        `Migration ${name} was applied with checksum ${checksum} and its file now has ${checksumOf(known.sql)}: ` +
          'expected it unchanged. Restore the file, and make the change in a new migration.',
      );
    }
  }
  return migrations.filter(({ name }) => !recorded.some((row) => row.name === name));
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('begin');
  try {
    await recordStart(client, id, migration);
    await client.query(migration.sql);
    await recordEnd(client, id);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const refusesTransaction = codeOf(error) === '25001';
    if (!refusesTransaction) throw failure(migration, error, 'nothing of it was kept');
    await applyOutsideTransaction(client, id, migration);
  }
}

/** For the few statements that refuse a transaction, such as `create index concurrently`. */
async function applyOutsideTransaction(client: PoolClient, id: string, migration: Migration): Promise<void> {
  await recordStart(client, id, migration);
  try {
    await client.query(migration.sql);
  } catch (error) {
    await client.query('update _prisma_migrations set logs = $2 where id = $1', [id, String(error)]);
    throw failure(migration, error, 'it is recorded as failed');
  }
  await recordEnd(client, id);
}

async function recordStart(client: PoolClient, id: string, { name, sql }: Migration): Promise<void> {
  await client.query(
    'insert into _prisma_migrations (id, checksum, migration_name, started_at) values ($1, $2, $3, clock_timestamp())',
    [id, checksumOf(sql), name],
  );
}

async function recordEnd(client: PoolClient, id: string): Promise<void> {
  await client.query(
    'update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1',
    [id],
  );
}

/** A missing right is no fault of the migration, and is told as what it is. */
function failure({ name }: Migration, error: unknown, consequence: string): unknown {
  if (codeOf(error) === rightMissing) return error;
  return new UnfitDatabase(`Migration ${name} failed, ${consequence}: ${String(error)}`, { cause: error });
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** Git may check a file out with other line ends than it was applied with; Prisma overlooks that too. */
function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].map(checksumOf);
}
