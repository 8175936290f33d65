import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lockedPackages } from '../.ci/locked-packages.ts';
import { thirdPartyPage } from '../.ci/third-party.ts';

test('THIRD_PARTY.md names the licence of every package that production installs', async () => {
  const page = await readFile(new URL('../THIRD_PARTY.md', import.meta.url), 'utf8');
  expect(page, 'Write it anew: npx node .ci/third-party.ts > THIRD_PARTY.md').toBe(
    thirdPartyPage(await lockedPackages()),
  );
});

test('a package without a licence is named', () => {
  const nameless = {
    name: 'nobodys',
    version: '1.0.0',
    license: undefined,
    neededFor: 'production',
  } as const;
  expect(() => thirdPartyPage([nameless])).toThrow('nobodys 1.0.0 declares no licence');
});
