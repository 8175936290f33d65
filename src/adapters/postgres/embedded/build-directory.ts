import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const abandonedAfterMinutes = 10;

/**
 * Unless `path` is there already, fills a directory beside it and renames it once complete, so that `path` is whole or
 * absent whatever is killed meanwhile. Of several processes building at once the first to finish wins, and all go on
 * with its result. True when something was built.
 */
export async function buildDirectory(
  path: string,
  fill: (directory: string) => Promise<void>,
): Promise<boolean> {
  await removeAbandoned(path);
  if (await isFilled(path)) return false;
  const unfinished = await mkdtemp(`${path}.unfinished-`);
  try {
    await fill(unfinished);
    await rename(unfinished, path).catch(async (error: unknown) => {
      if (!(await isFilled(path))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return true;
}

async function isFilled(path: string): Promise<boolean> {
  return (await readdir(path).catch(() => [])).length > 0;
}

async function removeAbandoned(path: string): Promise<void> {
  const parent = dirname(path);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(path)}.unfinished-`)) continue;
    const candidate = join(parent, name);
    const changed = await stat(candidate).catch(() => undefined);
    if (changed && Date.now() - changed.mtimeMs > abandonedAfterMinutes * 60_000) {
      await rm(candidate, { recursive: true, force: true });
    }
  }
}
