import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Connection, connectPostgres } from '../../src/adapters/postgres/connection.ts';

export type TestDatabase = Pick<Connection, 'pool' | 'prisma'> & { url: string; drop(): Promise<void> };

/** A migrated database for the calling test file alone; `drop` it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  return openDatabase(inject('postgres').template);
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
    poolSize: 10,
    onConnectionLost: (error) => console.error(error),
  });
  return {
    url: url.href,
    pool,
    prisma,
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
