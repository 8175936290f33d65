import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { drawnCard } from '../../sandbox/gallery/cards.ts';
import { openOffice } from '../../sandbox/gallery/office.ts';
import { states } from '../../sandbox/gallery/states.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const run = promisify(execFile);

test("the types of Slack's SDK know every block of every state, and each of its fields", async () => {
  const office = await openOffice();
  const messages = states.flatMap(({ tell, reader }) =>
    Object.values(office.leads).map((lead) => drawnCard(tell({ office, lead }), reader, office).slack.blocks),
  );
  // Where imports find the package.
  await mkdir(join(modules, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(modules, '.cache', 'gallery-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'cards.ts');
  const written = `import type { KnownBlock } from '@slack/types';
export const messages: KnownBlock[][] = ${JSON.stringify(messages)};
`;
  await writeFile(file, written);
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--ignoreConfig'];
  const checked = await run(join(modules, '.bin', 'tsc'), [...options, file]).catch((error) => error);
  expect(checked.stdout.slice(0, 2000)).toBe('');
});
