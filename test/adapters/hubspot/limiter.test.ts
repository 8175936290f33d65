import { beforeEach, expect, test } from 'vitest';
import { type Limits, limiter } from '../../../src/adapters/hubspot/limiter.ts';
import type { Lane } from '../../../src/flow/ports/crm.ts';

let now: number;
let alarms: { at: number; wake: () => void }[];
const clock = {
  now: () => now,
  after: (ms: number, wake: () => void) => {
    alarms.push({ at: now + ms, wake });
  },
};

beforeEach(() => {
  now = 0;
  alarms = [];
});

/** Lets everything happen that happens without time passing. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function advanceTo(time: number): Promise<void> {
  for (;;) {
    await settle();
    const next = alarms.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    alarms.splice(alarms.indexOf(next), 1);
    now = next.at;
    next.wake();
  }
  now = time;
}

/** A limiter with a log of when each request started; requests take `lasting` ms. */
function limited(limits: Partial<Limits>, lasting = 0) {
  const limit = limiter({ requests: 3, windowMs: 1000, concurrency: 10, ...limits }, clock);
  const started: [name: string, at: number][] = [];
  const request = (name: string, lane?: Lane) =>
    limit.run(async () => {
      started.push([name, now]);
      if (lasting > 0) await new Promise<void>((done) => clock.after(lasting, done));
      return name;
    }, lane);
  return { limit, started, request };
}

test('an idle limiter starts a request at once and sets no timer', async () => {
  const { request, started } = limited({});
  await expect(request('a')).resolves.toBe('a');
  expect(started).toEqual([['a', 0]]);
  expect(alarms).toEqual([]);
});

test('what goes beyond the window waits until it has room, first come first served', async () => {
  const { request, started } = limited({});
  for (const name of ['a', 'b', 'c', 'd', 'e']) void request(name);
  await advanceTo(999);
  expect(started.map(([name]) => name)).toEqual(['a', 'b', 'c']);
  await advanceTo(1000);
  expect(started.slice(3)).toEqual([
    ['d', 1000],
    ['e', 1000],
  ]);
});

test('a card goes before everything that waits in the background, and cards among each other keep their order', async () => {
  const { request, started } = limited({ requests: 1 });
  for (const name of ['a', 'b', 'c']) void request(name);
  void request('card 1', 'card');
  void request('card 2', 'card');
  void request('d', 'background');
  await advanceTo(5000);
  expect(started.map(([name]) => name)).toEqual(['a', 'card 1', 'card 2', 'b', 'c', 'd']);
});

test('a card too waits for the window and for a pause', async () => {
  const { limit, request, started } = limited({ requests: 1 });
  void request('a');
  void request('b');
  await advanceTo(500);
  limit.pause(3000);
  void request('card', 'card');
  await advanceTo(10_000);
  expect(started).toEqual([
    ['a', 0],
    ['card', 3500],
    ['b', 4500],
  ]);
});

test('the window rolls: no stretch of its length ever sees more than the limit', async () => {
  const { request, started } = limited({});
  void request('a');
  await advanceTo(600);
  for (const name of ['b', 'c', 'd', 'e', 'f']) void request(name);
  await advanceTo(5000);
  expect(started.map(([, at]) => at)).toEqual([0, 600, 600, 1000, 1600, 1600]);
});

test('a request counts until a window after its end, for it may have arrived as late as that', async () => {
  const { request, started } = limited({ requests: 1 }, 400);
  void request('a');
  void request('b');
  await advanceTo(5000);
  expect(started).toEqual([
    ['a', 0],
    ['b', 1400],
  ]);
});

test('only so many requests are under way at the same time', async () => {
  const { request, started } = limited({ requests: 100, concurrency: 2 }, 50);
  for (const name of ['a', 'b', 'c', 'd', 'e']) void request(name);
  await advanceTo(1000);
  expect(started.map(([, at]) => at)).toEqual([0, 0, 50, 50, 100]);
});

test('after a pause everything goes on in its order', async () => {
  const { limit, request, started } = limited({});
  limit.pause(5000);
  void request('a');
  void request('b');
  await advanceTo(4999);
  expect(started).toEqual([]);
  await advanceTo(5000);
  expect(started).toEqual([
    ['a', 5000],
    ['b', 5000],
  ]);
});

test('a shorter pause does not cut a longer one short', async () => {
  const { limit, request, started } = limited({});
  limit.pause(5000);
  limit.pause(1000);
  void request('a');
  await advanceTo(10_000);
  expect(started).toEqual([['a', 5000]]);
});

test('a pause that begins while others wait for the window holds them too', async () => {
  const { limit, request, started } = limited({ requests: 1 });
  void request('a');
  void request('b');
  await advanceTo(500);
  limit.pause(3000);
  await advanceTo(10_000);
  expect(started).toEqual([
    ['a', 0],
    ['b', 3500],
  ]);
});

test('a request that fails gives its place back and its error to whoever asked', async () => {
  const { limit, request, started } = limited({ concurrency: 1 });
  const failed = limit.run(() => Promise.reject(new Error('no')));
  void request('b');
  await expect(failed).rejects.toThrow('no');
  await settle();
  expect(started).toEqual([['b', 0]]);
});

test('190 requests in 10 s is what the default allows', async () => {
  const limit = limiter(undefined, clock);
  let count = 0;
  for (let index = 0; index < 200; index += 1) {
    void limit.run(async () => {
      count += 1;
    });
  }
  await advanceTo(9999);
  expect(count).toBe(190);
  await advanceTo(10_000);
  expect(count).toBe(200);
});
