import { Client, escapeIdentifier } from 'pg';
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded/embedded.ts';

export type FreshDatabase = {
  url: string;
  /** Drops the database and leaves the server. Close your own connections first. */
  remove: () => Promise<void>;
};

/**
 * An empty database on the embedded server, which a real installation in the same directory may be using too. One
 * that a killed sandbox left behind is dropped first.
 */
export async function freshDatabase(dataDir: string, name: string): Promise<FreshDatabase> {
  const server = await startEmbeddedPostgres({ dataDir });
  const drop = async () => {
    const admin = new Client({ connectionString: server.urlOf('postgres') });
    await admin.connect();
    await admin
      .query(`drop database if exists ${escapeIdentifier(name)} with (force)`)
      .finally(() => admin.end());
  };
  try {
    await drop();
    await server.ensureDatabase(name);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: server.urlOf(name),
    remove: () => drop().finally(() => server.stop()),
  };
}
