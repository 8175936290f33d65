import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export type LockedPackage = {
  name: string;
  version: string;
  license: string | undefined;
  /** `either`: a tool for development that npm installs for production as well, since a package there would like it. */
  neededFor: 'production' | 'development' | 'either';
};

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string(),
      license: z.string().optional(),
      dev: z.boolean().default(false),
      devOptional: z.boolean().default(false),
    }),
  ),
});

/** All that package-lock.json names, for every platform, in its order. */
export async function lockedPackages(): Promise<LockedPackage[]> {
  const text = await readFile(new URL('../package-lock.json', import.meta.url), 'utf8');
  const { '': ourselves, ...packages } = lockfile.parse(JSON.parse(text)).packages;
  return Object.entries(packages).map(([path, { name, version, license, dev, devOptional }]) => ({
    name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version,
    license,
    neededFor: dev ? 'development' : devOptional ? 'either' : 'production',
  }));
}
