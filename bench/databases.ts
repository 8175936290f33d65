import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded/embedded.ts';

/** The PostgreSQL of a run of the bench. */
export type Databases = {
  /** The address of a new, empty database. */
  create(): Promise<string>;
  stop(): Promise<void>;
};

/**
 * A server as the bot would run it for itself, on disk and careful about crashes: what a commit costs is part of every
 * figure. Only its connections are for several bots.
 */
export async function startDatabases(): Promise<Databases> {
  const dataDir = await mkdtemp(join(tmpdir(), 'handoff-bench-'));
  // Run as root, the server has an account of its own, which must be able to enter.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, settings: { max_connections: '200' } });
  const names: string[] = [];
  return {
    create: async () => {
      const name = `bench_${names.length}`;
      names.push(name);
      await server.ensureDatabase(name);
      return server.urlOf(name);
    },
    stop: async () => {
      // A run that broke off has left connections, and the server does not stop while it is used.
      const admin = new Client({ connectionString: server.urlOf('postgres') });
      await admin.connect();
      for (const name of names) await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await server.stop();
      // The account could not enter everywhere, in which case the files are behind a link.
      const files = await realpath(join(dataDir, 'postgres'));
      await rm(files, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
