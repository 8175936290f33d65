import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnfitDatabase } from '../unfit.ts';

/** A user and group of this machine, by number. */
export type Account = { uid: number; gid: number };

/**
 * The first of `names` that this machine knows. PostgreSQL refuses to run as root, and its `initdb` looks its user
 * up by number, so an account with an entry in the user database is needed.
 */
export async function findAccount(names: readonly string[], userDatabase = '/etc/passwd'): Promise<Account> {
  const entries = (await readFile(userDatabase, 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const entry = entries.find((fields) => fields[0] === name);
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new UnfitDatabase(
    `PostgreSQL does not run as root, and ${userDatabase} has none of the accounts ${names.join(', ')}: ` +
      'expected one of them to run it as. Start as an ordinary user, or set DATABASE_URL to use a PostgreSQL of your own.',
  );
}

/** Whether the permission bits of `path` and of every directory above it let the account in. */
export async function canEnter(account: Account, path: string): Promise<boolean> {
  const { uid, gid, mode } = await stat(path);
  const executeBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if (!(mode & executeBit)) return false;
  const parent = dirname(path);
  return parent === path || canEnter(account, parent);
}
