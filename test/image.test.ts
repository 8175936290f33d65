import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { environmentOf, startChild } from './support/child.ts';
import { type Surroundings, startSurroundings } from './support/world.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFile(join(root, file), 'utf8');

/** What the last stage of the image takes from the repository. */
async function copied(): Promise<string[]> {
  const dockerfile = await read('Dockerfile');
  const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  return [...stage.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
}

let around: Surroundings;
beforeAll(async () => {
  around = await startSurroundings({ chats: 'both', realTime: true });
});
afterAll(() => around.close());

test('the bot runs with what the image holds of the repository, and with nothing else of it', async () => {
  const image = await mkdtemp(join(tmpdir(), 'handoff-image-'));
  onTestFinished(() => rm(image, { recursive: true }));
  for (const file of await copied()) await cp(join(root, file), join(image, file), { recursive: true });
  await symlink(join(root, 'node_modules'), join(image, 'node_modules'));
  const child = startChild(environmentOf(around), { program: join(image, 'src/main.ts') });
  onTestFinished(() => child.kill('SIGKILL'));
  await child.ready;
  const { status } = await fetch(`${around.config.http.publicUrl}/readyz`);
  child.kill('SIGTERM');
  expect([status, (await child.ended).code]).toEqual([200, 0]);
});

test('the image is made of what its ignore file lets in', async () => {
  const letIn = (await read('.dockerignore')).split('\n').filter((line) => line.startsWith('!'));
  const paths = letIn.map((line) => line.slice(1));
  expect((await copied()).filter((file) => !paths.includes(file))).toEqual([]);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('it starts as npm does', async () => {
  const { scripts } = JSON.parse(await read('package.json'));
  const [, command = ''] =
    /^CMD (\[.+\])$/m.exec((await read('Dockerfile')).split('\n').slice(-3).join('\n')) ?? [];
  expect(JSON.parse(command).join(' ')).toBe(scripts.start);
  expect(await read('manifests/systemd/lead-handoff.service')).toContain(
    scripts.start.replace('node ', '/node_modules/.bin/node '),
  );
});

test('what the services mount is there, and what they are told is asked for in the example', async () => {
  const compose = await read('compose.yaml');
  const { services } = parse(compose) as { services: Record<string, { volumes?: string[] }> };
  const mounted = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes)
    .flatMap((volume) => (volume.startsWith('./') ? [volume.split(':')[0] ?? ''] : []));
  expect(mounted.length).toBeGreaterThan(3);
  expect(mounted.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const told = new Set([...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  const example = await read('.env.example');
  expect([...told].filter((name) => !example.includes(`\n${name}=`))).toEqual([]);
});
