import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spreadOf } from '../../../src/domain/measure/spread.ts';

it('of no time there is none, and of one it is that', () => {
  expect(spreadOf(new Int32Array())).toBeNull();
  expect(spreadOf(Int32Array.of(7))).toEqual({ count: 1, median: 7, p90: 7 });
});

it('between two times it is as far as its share goes', () => {
  expect(spreadOf(Int32Array.of(40, 10, 30, 20))).toEqual({ count: 4, median: 25, p90: 37 });
});

it('whatever the order of the times, and however often one comes up, it is where it would be were they in order', () => {
  const times = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 2_000_000_000 }), { minLength: 1, maxLength: 300 }),
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 300 }),
  );
  fc.assert(
    fc.property(times, (some) => {
      const inOrder = some.toSorted((a, b) => a - b);
      const at = (share: number) => {
        const place = share * (some.length - 1);
        const [low, high] = [inOrder[Math.floor(place)], inOrder[Math.ceil(place)]] as [number, number];
        return low + (high - low) * (place - Math.floor(place));
      };
      const count = some.length;
      expect(spreadOf(Int32Array.from(some))).toEqual({ count, median: at(0.5), p90: at(0.9) });
    }),
  );
});
