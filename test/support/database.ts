import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Connection, connectPostgres } from '../../src/adapters/postgres/connection.ts';

export type TestDatabase = Connection & { url: string; drop(): Promise<void> };

/** More than an app and whoever looks on ever ask at once. */
const poolSize = 24;

/** A migrated database for the calling test file alone; `drop` it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  return openDatabase(inject('postgres').template);
}

/** Emptied databases whose connections are open, for the next tests of this process. */
const emptied: TestDatabase[] = [];

/**
 * A migrated database without a row. To drop it leaves it to the next test: PostgreSQL is longer busy with the making
 * of a database and of the connections to it than with most of what happens in them.
 */
export async function warmDatabase(): Promise<TestDatabase> {
  const database = emptied.pop() ?? (await testDatabase());
  return {
    ...database,
    drop: async () => {
      const { pool } = database;
      // Whoever still asks something would go on with it in the next test.
      if (pool.idleCount < pool.totalCount) return database.drop();
      await emptyTables(pool);
      emptied.push(database);
    },
  };
}

/** Without the wait for locks and the new files of `truncate`; what the migrations wrote stays. */
export async function emptyTables(pool: TestDatabase['pool']): Promise<void> {
  const { rows } = await pool.query<{ deletions: string }>(
    `select string_agg(format('delete from %I.%I', schemaname, tablename), ';') as deletions from pg_tables
      where schemaname = 'public' and tablename !~ 'migrations$'`,
  );
  // As a replica does it: without looking at foreign keys.
  await pool.query(`begin; set local session_replication_role = replica; ${rows[0]?.deletions}; commit`);
}

/** A database without any table, for tests of the migrations. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return openDatabase('template1');
}

async function openDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`create database ${name} template ${template} strategy file_copy`);
  const url = new URL(inject('postgres').adminUrl);
  url.pathname = name;
  const { pool, prisma, close } = connectPostgres(url.href, {
    poolSize,
    onConnectionLost: (error) => console.error(error),
  });
  return {
    url: url.href,
    pool,
    prisma,
    close,
    drop: async () => {
      await close();
      await asAdmin(`drop database ${name} with (force)`);
    },
  };
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgres').adminUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
