import { chmod, mkdtemp, readdir, realpath, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded/embedded.ts';
import { codeOf } from '../../src/adapters/postgres/embedded/error-code.ts';

/** A new directory for an embedded server that its account can enter, which the usual mode 700 would forbid. */
export async function temporaryDataDir(): Promise<string> {
  const directory = await mkdtemp(join(await fastestDirectory(), `handoff-test-${process.pid}-`));
  await chmod(directory, 0o755);
  return directory;
}

/** A database is 300 files, which some disks take a third of a second to create; memory takes a hundredth. */
async function fastestDirectory(): Promise<string> {
  const memory = '/dev/shm';
  const space = await statfs(memory).catch(() => undefined);
  const isRoomy = space !== undefined && space.bavail * space.bsize > 1_000_000_000;
  return isRoomy ? memory : tmpdir();
}

/** Removes the directory and what its database is kept in elsewhere, where the server's account could not enter it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const place = await realpath(join(dataDir, 'postgres')).catch(() => dataDir);
  await rm(place, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}

/** An embedded server for tests: careless about crashes, and gone with its files when stopped. */
export async function startTemporaryPostgres(): Promise<EmbeddedPostgres> {
  await removeServersOfKilledRuns();
  const dataDir = await temporaryDataDir();
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '200',
      max_wal_size: '128MB',
      // Whoever counts commits reads the log of a test again, however much the others write meanwhile.
      wal_keep_size: '512MB',
    },
  });
  return {
    ...server,
    stop: async () => {
      await endConnections(server);
      await server.stop();
      await removeDataDir(dataDir);
    },
  };
}

/** The processes of a run keep connections for as long as they are there, and it may not wait for them. */
async function endConnections(server: EmbeddedPostgres): Promise<void> {
  const client = new Client({ connectionString: server.urlOf('postgres') });
  await client.connect();
  const inTests = "backend_type = 'client backend' and datname <> 'postgres'";
  await client
    .query(`select pg_terminate_backend(pid) from pg_stat_activity where ${inTests}`)
    .finally(() => client.end());
}

/** A run that ends with Ctrl-C has no teardown; its server is stopped by the next run. */
async function removeServersOfKilledRuns(): Promise<void> {
  const parent = await fastestDirectory();
  for (const name of await readdir(parent)) {
    const pid = /^handoff-test-(\d+)-/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const dataDir = join(parent, name);
    try {
      await (await startEmbeddedPostgres({ dataDir })).stop();
      await removeDataDir(dataDir);
    } catch {
      // Another user's, or another run is removing it as well.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
