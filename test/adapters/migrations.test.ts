import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, migrationsDirectory } from '../../src/adapters/postgres/migrate.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts';
import { deployWithPrisma, sqlMissingIn } from '../support/schema-engine.ts';

const first = '20260101000000_first';
const second = '20260102000000_second';
const firstSql = '-- Notes.\nCREATE TABLE "note" ("id" INTEGER NOT NULL);\n';

let database: TestDatabase;
let directory: string;

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

async function rowsOf(sql: string, from = database): Promise<unknown[]> {
  return (await from.pool.query(sql)).rows;
}

beforeEach(async () => {
  database = await emptyDatabase();
  directory = await mkdtemp(join(tmpdir(), 'handoff-migrations-'));
  await write(first, firstSql);
});

afterEach(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

describe('the migrations of this repository', () => {
  test('arrive at prisma/schema.prisma', async () => {
    const migrated = await testDatabase();
    const missing = await sqlMissingIn(migrated.url).finally(() => migrated.drop());
    expect(
      missing,
      'prisma/migrations and prisma/schema.prisma differ by the SQL above. Put it into a migration: ' +
        'npx node test/support/migration-diff.ts > prisma/migrations/<yyyymmddhhmmss>_<purpose>/migration.sql',
    ).toBe('');
  });

  test('are found without being told where, and bring the job queue along', async () => {
    const { applied } = await migrate({ pool: database.pool });
    expect(applied[0]).toMatch(/^\d{14}_first$/);
    await database.pool.query(`select graphile_worker.add_job('anything')`);
    expect(await migrate({ pool: database.pool, directory: migrationsDirectory })).toEqual({ applied: [] });
  });
});

test('leads that were stored before they had names of their own are found by name and email', async () => {
  const all = (await readdir(migrationsDirectory)).filter((name) => /^\d/.test(name)).sort();
  const before = all.slice(
    0,
    all.findIndex((name) => name.endsWith('_decisions_holds_absences')),
  );
  const old = await emptyDatabase();
  try {
    await rm(join(directory, first), { recursive: true });
    for (const name of before)
      await cp(join(migrationsDirectory, name), join(directory, name), { recursive: true });
    await migrate({ pool: old.pool, directory });
    const snapshot = JSON.stringify({ name: 'Lea LINDT', email: 'Lea@Lindt.example' });
    await old.pool.query(
      `insert into lead (id, snapshot, read_at) values ('1', $1, now()), ('2', '{}', now())`,
      [snapshot],
    );
    await migrate({ pool: old.pool });
    expect(await rowsOf('select id, name, email from lead order by id', old)).toEqual([
      { id: '1', name: 'lea lindt', email: 'lea@lindt.example' },
      { id: '2', name: null, email: null },
    ]);
  } finally {
    await old.drop();
  }
});

describe('migrate', () => {
  test('applies what is pending, in the order of the names', async () => {
    await write(second, 'ALTER TABLE "note" ADD COLUMN "text" TEXT;');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [first, second] });
    await write('20260103000000_third', 'DROP TABLE "note";');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: ['20260103000000_third'] });
  });

  test('records a migration as prisma migrate deploy does', async () => {
    const prisma = await emptyDatabase();
    try {
      await deployWithPrisma(prisma.url, first, firstSql);
      await migrate({ pool: database.pool, directory });
      const columns = `select column_name, data_type, character_maximum_length, is_nullable, column_default
                         from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position`;
      expect(await rowsOf(columns)).toEqual(await rowsOf(columns, prisma));
      const record = `select checksum, migration_name, logs, rolled_back_at, applied_steps_count, length(id) as id_length,
                             finished_at >= started_at as finished from _prisma_migrations`;
      expect(await rowsOf(record)).toEqual(await rowsOf(record, prisma));
      // And each goes on from what the other recorded.
      expect(await migrate({ pool: prisma.pool, directory })).toEqual({ applied: [] });
      await deployWithPrisma(database.url, first, firstSql);
      expect(await rowsOf('select from _prisma_migrations')).toHaveLength(1);
    } finally {
      await prisma.drop();
    }
  });

  test('applies each migration once when several processes start together', async () => {
    const results = await Promise.all([1, 2, 3].map(() => migrate({ pool: database.pool, directory })));
    expect(results.flatMap((result) => result.applied)).toEqual([first]);
  });

  test('keeps nothing of a migration that fails, so that it can be corrected', async () => {
    await write(second, 'CREATE TABLE "half" ("id" INTEGER); SELECT 1 / 0;');
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `Migration ${second} failed, nothing of it was kept: error: division by zero`,
    );
    expect(await rowsOf(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
    await write(second, 'CREATE TABLE "whole" ("id" INTEGER);');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [second] });
  });

  test('runs a statement that refuses transactions on its own', async () => {
    await write(second, 'CREATE INDEX CONCURRENTLY "note_id" ON "note" ("id");');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [first, second] });
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [] });
  });

  test('stops at one that failed outside a transaction until it is marked as rolled back', async () => {
    await write(second, 'CREATE INDEX CONCURRENTLY "note_id" ON "note" ("no_such_column");');
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow('it is recorded as failed');
    await write(second, 'CREATE INDEX CONCURRENTLY "note_id" ON "note" ("id");');
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `${second} began and never finished`,
    );
    await database.pool.query(
      'update _prisma_migrations set rolled_back_at = now() where finished_at is null',
    );
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [second] });
  });

  test('refuses a migration that was edited after it was applied', async () => {
    await migrate({ pool: database.pool, directory });
    await write(first, `${firstSql}-- One more thing.\n`);
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `Migration ${first} was applied with checksum`,
    );
  });

  test('overlooks other line ends', async () => {
    await migrate({ pool: database.pool, directory });
    await write(first, firstSql.replaceAll('\n', '\r\n'));
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [] });
  });

  test('refuses the database of a newer version', async () => {
    await write(second, 'ALTER TABLE "note" ADD COLUMN "text" TEXT;');
    await migrate({ pool: database.pool, directory });
    await rm(join(directory, second), { recursive: true });
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `The database has the migration ${second}, which ${directory} does not have`,
    );
  });

  test('says which file of a migration is missing', async () => {
    await mkdir(join(directory, second));
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(join(second, 'migration.sql'));
  });
});
