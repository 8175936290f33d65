import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeQueue } from '../../../src/domain/past/time-queue.ts';

test('whatever is added comes out in the order of time, and only once it is due', () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 50 }) }),
    fc.record({ takeDueBy: fc.integer({ min: 0, max: 50 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = timeQueue<number>();
      const waiting: number[] = [];
      for (const next of steps) {
        if ('add' in next) {
          queue.add(next.add, next.add);
          waiting.push(next.add);
          continue;
        }
        const earliest = waiting.toSorted((a, b) => a - b)[0];
        const due = earliest !== undefined && earliest <= next.takeDueBy;
        expect(queue.takeDue(next.takeDueBy)).toEqual(due ? { at: earliest, value: earliest } : null);
        if (due) waiting.splice(waiting.indexOf(earliest), 1);
      }
    }),
  );
});
