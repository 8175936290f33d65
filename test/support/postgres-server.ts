import type { TestProject } from 'vitest/node';
import { connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { startTemporaryPostgres } from './temporary-postgres.ts';

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to vitest's own
  interface ProvidedContext {
    /** The server of this run and the migrated database that tests copy. */
    postgres: { adminUrl: string; template: string };
  }
}

/** Starts the one PostgreSQL server of a test run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporaryPostgres();
  const template = 'migrated';
  await server.ensureDatabase(template);
  const { pool, close } = connectPostgres(server.urlOf(template), {
    poolSize: 2,
    onConnectionLost: console.error,
  });
  await migrate({ pool });
  await close();
  project.provide('postgres', { adminUrl: server.urlOf('postgres'), template });
  return () => server.stop();
}
