import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { migrate, migrationsDirectory } from '../../src/adapters/postgres/migrate.ts';

/** Brings an empty database to where it was before the migration whose name ends so. */
export async function migrateUntil({ pool }: { pool: Pool }, purpose: string): Promise<void> {
  const all = (await readdir(migrationsDirectory)).filter((name) => /^\d/.test(name)).sort();
  const end = all.findIndex((name) => name.endsWith(purpose));
  if (end === -1) throw new Error(`No migration ends with ${purpose}: expected one of ${all.join(', ')}.`);
  const directory = await mkdtemp(join(tmpdir(), 'handoff-migrations-'));
  try {
    for (const name of all.slice(0, end)) {
      await cp(join(migrationsDirectory, name), join(directory, name), { recursive: true });
    }
    await migrate({ pool, directory });
  } finally {
    await rm(directory, { recursive: true });
  }
}
