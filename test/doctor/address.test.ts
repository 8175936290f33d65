import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressChecks } from '../../src/doctor/address.ts';
import { examine } from '../../src/doctor/check.ts';

const server = createServer((_request, response) => response.end('{"status":"somebody else"}'));
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function look(clock?: () => Date) {
  const checks = addressChecks({ publicUrl: url, hubspotUrl: url, ...(clock && { clock }) });
  const found = await examine(checks);
  return Object.fromEntries(found.map(({ check, state, found: words }) => [check, `${state}: ${words}`]));
}

test('an address under which somebody else answers is told from one of the bot', async () => {
  expect(await look()).toMatchObject({
    'Public address': `wrong: ${url}/healthz answers 200, and not as the bot does`,
  });
});

test.each([
  [0, 'right: within a minute of HubSpot’s'],
  [45, 'right: within a minute of HubSpot’s'],
  [600, 'wrong: The clock of this machine is ten minutes ahead'],
  [-600, 'wrong: The clock of this machine is ten minutes behind'],
])('a clock that is %i s ahead', async (seconds, expected) => {
  const { Clock } = await look(() => new Date(Date.now() + seconds * 1000));
  expect(Clock?.replace(/\b(59\d|60\d) s\b/, 'ten minutes')).toBe(expected);
});
