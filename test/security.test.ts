import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

test('SECURITY.md says of every table what it holds and for how long', async () => {
  const [page, schema] = await Promise.all([read('SECURITY.md'), read('prisma/schema.prisma')]);
  const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, name]) => name);
  expect(tables.length).toBeGreaterThan(0);
  expect(tables.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('SECURITY.md names every door on the internet, and every secret', async () => {
  const [page, server, dashboard, config] = await Promise.all([
    read('SECURITY.md'),
    read('src/adapters/http/server.ts'),
    read('src/adapters/http/dashboard/routes.ts'),
    read('src/config.ts'),
  ]);
  const doors = [...`${server}${dashboard}`.matchAll(/\.(get|post)\(\s*'(\/[^']+)'/g)].map(
    ([, method, path]) => `${method?.toUpperCase()} ${path}`,
  );
  expect(doors.length).toBeGreaterThan(0);
  expect(doors.filter((door) => !page.includes(`\`${door}\``))).toEqual([]);
  const secrets = new Set(config.match(/\b[A-Z_]+_(?:TOKEN|SECRET|PASSWORD)\b/g));
  expect(secrets.size).toBeGreaterThan(0);
  expect([...secrets].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
