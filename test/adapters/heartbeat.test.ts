import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { heartbeat } from '../../src/adapters/heartbeat.ts';

const server = createServer((_request, response) => {
  heard += 1;
  response.writeHead(answer).end();
});
let heard = 0;
let answer = 200;
let now = new Date('2026-03-02T14:00:00Z');
afterEach(() => server.close());

const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

test('a watcher hears of the bot once a minute, and one that fails is told of once, until it hears again', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const errors: string[] = [];
  const { port } = server.address() as AddressInfo;
  const onError = (error: unknown) => errors.push(String(error));
  const beat = heartbeat(`http://127.0.0.1:${port}/ping`, () => now, onError);

  for (let sweep = 0; sweep < 8; sweep += 1) {
    await beat();
    pass(15);
  }
  expect([heard, errors]).toEqual([2, []]);

  for (answer of [500, 503, 200, 500]) {
    await beat();
    pass(60);
  }
  expect(heard).toBe(6);
  expect(errors).toEqual([expect.stringContaining('answered 500'), expect.stringContaining('answered 500')]);
});
