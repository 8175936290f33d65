import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded/embedded.ts';
import { cpuSecondsWithChildren, parentOf } from './processes.ts';

/** The PostgreSQL of a run of the bench. */
export type Databases = {
  /** The address of a new database, empty or a copy of another that nobody uses meanwhile. */
  create(original?: string): Promise<string>;
  /** A directory that lasts as long as the server, where nothing else is. */
  directory: string;
  /** CPU seconds that all its processes have used so far; Linux only. */
  cpuSeconds(): number;
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
  const directory = join(dataDir, 'run');
  await mkdir(directory);
  const postmaster = await postmasterOf(server.urlOf('postgres'));
  return {
    directory,
    cpuSeconds: () => cpuSecondsWithChildren(postmaster),
    create: async (original) => {
      const name = `bench_${names.length}`;
      names.push(name);
      if (original) await copy(server.urlOf('postgres'), original, name);
      else await server.ensureDatabase(name);
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

/** Every process of the server is a child of one. */
async function postmasterOf(adminUrl: string): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ pid: number }>('select pg_backend_pid() as pid');
  const parent = parentOf(rows[0]?.pid ?? 0);
  await admin.end();
  return parent;
}

async function copy(adminUrl: string, original: string, name: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const template = new URL(original).pathname.slice(1);
  // Page by page through the log, as usual, would take as long as filling it.
  await admin
    .query(`create database ${name} template ${template} strategy file_copy`)
    .finally(() => admin.end());
}
