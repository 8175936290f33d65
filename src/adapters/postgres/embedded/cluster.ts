import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  readFile,
  readlink,
  realpath,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UnfitDatabase } from '../unfit.ts';
import { type Account, canEnter, findAccount } from './account.ts';
import { installedPostgres, usablePrograms } from './binaries.ts';
import { buildDirectory } from './build-directory.ts';
import { codeOf } from './error-code.ts';
import { runProgram } from './program.ts';

/** Where things live that an unprivileged account must reach when we are root and our own directories are closed. */
const sharedStore = '/var/lib/lead-handoff-bot';

export const superuser = 'postgres';

/** A database cluster on disk and all that is needed to run it. */
export type Cluster = {
  directory: string;
  /** Whether it is new: there was none in `dataDir`. */
  created: boolean;
  /** PostgreSQL's own data directory. */
  data: string;
  logFile: string;
  password: string;
  /** The directory of `pg_ctl`. */
  programs: string;
  /** Whom the server runs as, if not ourselves. */
  account: Account | undefined;
};

/** Finds the cluster of `dataDir`, or creates it. `accounts` are the candidates to own it when we are root. */
export async function openCluster(
  dataDir: string,
  accounts: readonly string[],
  syncToDisk: boolean,
): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const account = await accountFor(dataDir, accounts);
  const directory = await placeFor(dataDir, account);
  const store = account ? openStore : async () => dataDir;
  const programs = await usablePrograms(await installedPostgres(), account, store);
  const created = await buildDirectory(directory, (unfinished) =>
    initialize(unfinished, programs, account, syncToDisk),
  );
  return {
    directory,
    created,
    data: join(directory, 'data'),
    logFile: join(directory, 'postgres.log'),
    password: await readFile(join(directory, 'password'), 'utf8'),
    programs,
    account,
  };
}

/** Root runs the server as the owner of its data, or as the first of `accounts` while there is none. */
async function accountFor(dataDir: string, accounts: readonly string[]): Promise<Account | undefined> {
  const ourUid = process.getuid?.();
  if (ourUid === undefined) return undefined;
  const data = join(dataDir, 'postgres', 'data');
  const owner = await stat(data).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (ourUid === 0) return owner?.uid ? { uid: owner.uid, gid: owner.gid } : findAccount(accounts);
  if (owner && owner.uid !== ourUid) {
    throw new UnfitDatabase(
      `The database in ${data} belongs to user ${owner.uid} and this process runs as user ${ourUid}: ` +
        'expected the same user, or root.',
    );
  }
  return undefined;
}

/** `<dataDir>/postgres`, or what it links to where the server's account cannot go there. */
async function placeFor(dataDir: string, account: Account | undefined): Promise<string> {
  const visible = join(dataDir, 'postgres');
  const isThere = await stat(visible).catch(() => undefined);
  if (account && !isThere && !(await canEnter(account, await realpath(dataDir)))) {
    // A random name: who deletes the data directory begins afresh, and does not meet the old data again.
    const hidden = join(await openStore(), randomUUID());
    await symlink(hidden, visible).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
  const target = await readlink(visible).catch(() => undefined);
  return target ? resolve(dataDir, target) : visible;
}

async function openStore(): Promise<string> {
  await mkdir(sharedStore, { recursive: true });
  await chmod(sharedStore, 0o755);
  return sharedStore;
}

/**
 * Only `data` and `password` belong to the server's account. The directory stays ours, so that whoever else runs
 * under that account cannot put a link where we write.
 */
async function initialize(
  directory: string,
  programs: string,
  account: Account | undefined,
  syncToDisk: boolean,
): Promise<void> {
  const data = join(directory, 'data');
  const password = join(directory, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account) {
    await chmod(directory, 0o711);
    await chown(data, account.uid, account.gid);
    await chown(password, account.uid, account.gid);
  }
  await runProgram(
    join(programs, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${superuser}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The system may have no locale but C; PostgreSQL's own knows Unicode everywhere and sorts by code point.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(syncToDisk ? [] : ['--no-sync']),
    ],
    { account, directory, logFile: join(directory, 'postgres.log') },
  );
}
