import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const generated = 'src/adapters/postgres/generated';

test("Prisma's client in the repository is the one that prisma/schema.prisma makes", async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'handoff-generated-'));
  onTestFinished(() => rm(elsewhere, { recursive: true }));
  const schema = join(elsewhere, 'prisma/schema.prisma');
  await cp(join(root, 'prisma/schema.prisma'), schema);
  await promisify(execFile)(
    process.execPath,
    ['node_modules/prisma-cli/build/index.js', 'generate', `--schema=${schema}`],
    { cwd: root },
  );
  expect(
    await filesIn(join(root, generated)),
    'The client is older than the schema: run `npx prisma generate` and commit what it writes.',
  ).toEqual(await filesIn(join(elsewhere, generated)));
});

/** What each file holds, by its path. */
async function filesIn(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.toSorted().map(async (path) => [path.slice(directory.length + 1), await readFile(path, 'utf8')]),
  );
  return Object.fromEntries(texts);
}
