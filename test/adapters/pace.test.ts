import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { burst, createPacer, quota, together } from '../../src/adapters/pace.ts';
import { TemporaryFailure } from '../../src/flow/ports/failure.ts';

let start: number;
const elapsed = () => performance.now() - start;

beforeEach(() => {
  vi.useFakeTimers();
  start = performance.now();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A call that notes when it was made, and as what. */
function recorder() {
  const made: [name: string, at: number][] = [];
  const call = (name: string, takesMs = 0) => {
    return async () => {
      made.push([name, elapsed()]);
      if (takesMs > 0) await new Promise((resolve) => setTimeout(resolve, takesMs));
    };
  };
  return { made, call };
}

/** How many of these times the fullest span of so many milliseconds holds. */
function mostIn(spanMs: number, times: readonly number[]): number {
  return Math.max(
    ...times.map((first) => times.filter((time) => time >= first && time < first + spanMs).length),
  );
}

function busy(retryAfterSeconds: number) {
  return new TemporaryFailure('busy', { outcome: 'notDone', retryAfterSeconds });
}

test('a burst goes out at once and the rest one by one, in order', async () => {
  const { made, call } = recorder();
  const paced = createPacer({ maxWaitMs: 30_000 });
  const pace = burst(3, 1000);
  const all = [1, 2, 3, 4, 5].map((n) => paced({ method: 'm', pace, lane: 'D1' }, call(`card ${n}`)));
  await vi.runAllTimersAsync();
  await Promise.all(all);
  expect(made).toEqual([
    ['card 1', 0],
    ['card 2', 0],
    ['card 3', 0],
    ['card 4', 1000],
    ['card 5', 2000],
  ]);
});

test('a quiet time earns the burst back', () => {
  const pace = burst(2, 1000);
  for (let n = 0; n < 2; n += 1) pace.book(pace.next(start));
  expect(pace.next(start)).toBe(start + 1000);
  expect(pace.next(start + 2000)).toBe(start + 2000);
  pace.book(start + 2000);
  expect(pace.next(start + 2000)).toBe(start + 2000);
});

test('a quota is never exceeded in any span, and is used up without delay', () => {
  const pace = quota(50, 60_000);
  const at = Array.from({ length: 120 }, () => {
    const next = pace.next(start);
    pace.book(next);
    return (next - start) / 1000;
  });
  expect(new Set(at.slice(0, 50))).toEqual(new Set([0]));
  expect(new Set(at.slice(50, 100))).toEqual(new Set([60]));
  expect(new Set(at.slice(100))).toEqual(new Set([120]));
});

test('a call that is booked far ahead delays no others', () => {
  const shared = quota(50, 1000);
  const [asked, ...others] = Array.from({ length: 61 }, () => together(burst(9, 1), shared));
  asked?.hold(start + 20_000);
  const at = [asked, ...others].map((pace) => {
    const next = pace?.next(start) ?? Number.NaN;
    pace?.book(next);
    return next - start;
  });
  expect(at[0]).toBe(20_000);
  expect(new Set(at.slice(1, 51))).toEqual(new Set([0]));
  expect(new Set(at.slice(51))).toEqual(new Set([1000]));
});

test('a quota gives the first time that keeps to it, however far ahead others are booked', () => {
  const perMs = 10;
  const step = fc.record({ passes: fc.nat(4), ahead: fc.oneof(fc.constant(0), fc.nat(40)) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 40 }), (calls, steps) => {
      const pace = quota(calls, perMs);
      const booked: number[] = [];
      const isFree = (at: number) => mostIn(perMs, [...booked, at]) <= calls;
      let now = start;
      for (const { passes, ahead } of steps) {
        now += passes;
        const from = now + ahead;
        let first = from;
        while (!isFree(first)) first += 1;
        expect(pace.next(now, from)).toBe(first);
        pace.book(first);
        booked.push(first);
      }
    }),
  );
});

test('several quotas agree on a time that is free in all of them', () => {
  const [long, short] = [quota(3, 50), quota(1, 10)];
  const pace = together(long, short);
  for (const at of [0, 12, 24]) short.book(start + at);
  for (const at of [0, 1, 2]) long.book(start + at);
  expect(pace.next(start)).toBe(start + 50);
  short.book(start + 55);
  expect(pace.next(start)).toBe(start + 65);
});

test('calls of one lane follow each other; other lanes do not wait', async () => {
  const { made, call } = recorder();
  const paced = createPacer({ maxWaitMs: 30_000 });
  const to = (lane: string) => ({ method: 'm', pace: burst(9, 1), lane });
  const all = [
    paced(to('D1'), call('slow', 400)),
    paced(to('D1'), call('next')),
    paced(to('D2'), call('other')),
  ];
  await vi.runAllTimersAsync();
  await Promise.all(all);
  expect(made).toEqual([
    ['slow', 0],
    ['other', 0],
    ['next', 400],
  ]);
});

test('a failed call does not stop those behind it', async () => {
  const { made, call } = recorder();
  const paced = createPacer({ maxWaitMs: 30_000 });
  const to = { method: 'm', pace: burst(9, 1), lane: 'D1' };
  const failing = paced(to, () => Promise.reject(new Error('gone')));
  const next = paced(to, call('next'));
  await expect(failing).rejects.toThrow('gone');
  await next;
  expect(made).toEqual([['next', 0]]);
});

test('what the platform asks to wait is waited, and the call made again in its place', async () => {
  const { made, call } = recorder();
  const paced = createPacer({ maxWaitMs: 30_000 });
  const to = { method: 'm', pace: burst(9, 1), lane: 'D1' };
  const answers = [busy(2), busy(1)];
  const first = paced(to, async () => {
    const answer = answers.shift();
    if (answer) throw answer;
    return call('first')();
  });
  const second = paced(to, call('second'));
  await vi.runAllTimersAsync();
  await Promise.all([first, second]);
  expect(made.map(([name]) => name)).toEqual(['first', 'second']);
  expect(elapsed()).toBeGreaterThanOrEqual(3000);
});

test('a longer wait than allowed fails at once, undone, and says how long', async () => {
  const paced = createPacer({ maxWaitMs: 30_000 });
  const pace = quota(1, 61_000);
  await paced({ method: 'chat.update', pace, lane: null }, async () => undefined);
  await expect(
    paced({ method: 'chat.update', pace, lane: null }, async () => undefined),
  ).rejects.toMatchObject({ name: 'TemporaryFailure', outcome: 'notDone', retryAfterSeconds: 61 });
  expect(elapsed()).toBe(0);
});

test('a call that waited in vain behind slow ones fails undone', async () => {
  const paced = createPacer({ maxWaitMs: 1000 });
  const to = { method: 'm', pace: burst(9, 1), lane: 'D1' };
  const slow = paced(to, recorder().call('slow', 5000));
  const late = expect(paced(to, async () => undefined)).rejects.toMatchObject({ outcome: 'notDone' });
  await vi.runAllTimersAsync();
  await slow;
  await late;
});

test('of several paces at once the slowest decides', () => {
  const pace = together(burst(1, 100), burst(3, 1000), quota(4, 60_000));
  const at = Array.from({ length: 5 }, () => {
    const next = pace.next(start);
    pace.book(next);
    return next - start;
  });
  expect(at).toEqual([0, 100, 200, 1000, 60_000]);
});

test('a pace that others share counts the calls of all of them', () => {
  const shared = quota(2, 60_000);
  const [one, other] = [together(burst(9, 1), shared), together(burst(9, 1), shared)];
  for (const pace of [one, other]) pace.book(pace.next(start));
  expect([one.next(start), other.next(start)]).toEqual([start + 60_000, start + 60_000]);
});

test('a wait that the platform asks of one does not hold those it shares a pace with', () => {
  const shared = quota(2, 60_000);
  const [one, other] = [together(burst(9, 1), shared), together(burst(9, 1), shared)];
  one.hold(start + 5000);
  expect([one.heldUntil(), one.next(start)]).toEqual([start + 5000, start + 5000]);
  expect([other.heldUntil(), other.next(start)]).toEqual([0, start]);
});

test('a wait that the platform asks of all holds everyone who shares their pace', () => {
  const shared = burst(2, 1000);
  const pace = together(burst(9, 1), shared);
  shared.hold(start + 5000);
  expect([pace.heldUntil(), pace.next(start)]).toEqual([start + 5000, start + 5000]);
});

test('a clock on the wall that is set back or ahead holds nothing up', async () => {
  const { made, call } = recorder();
  const paced = createPacer({ maxWaitMs: 30_000 });
  const pace = burst(1, 1000);
  for (const [name, hours] of [
    ['first', -1],
    ['second', 2],
    ['third', -1],
  ] as const) {
    const done = paced({ method: 'm', pace, lane: 'D1' }, call(name));
    await vi.runAllTimersAsync();
    await done;
    vi.setSystemTime(Date.now() + hours * 3_600_000);
  }
  expect(made).toEqual([
    ['first', 0],
    ['second', 1000],
    ['third', 2000],
  ]);
});
