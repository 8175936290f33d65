import { beforeEach, expect, test } from 'vitest';
import type { MakeStores, Stores } from './stores.ts';

/** What every budget of calls to a language model does. */
export function modelBudgetContract(make: MakeStores): void {
  let budget: Stores['modelBudget'];
  beforeEach(async () => {
    ({ modelBudget: budget } = await make());
  });

  test('lets as many calls through as there are for the day, whoever asks', async () => {
    const taken = await Promise.all(Array.from({ length: 5 }, () => budget.take('2026-03-03', 3)));
    expect(taken.filter(Boolean)).toHaveLength(3);
    expect(await budget.take('2026-03-03', 3)).toBe(false);
  });

  test('begins anew with the day', async () => {
    expect(await budget.take('2026-03-03', 1)).toBe(true);
    expect(await budget.take('2026-03-03', 1)).toBe(false);
    expect(await budget.take('2026-03-04', 1)).toBe(true);
  });

  test('that was raised since lets more through', async () => {
    await budget.take('2026-03-03', 1);
    expect(await budget.take('2026-03-03', 2)).toBe(true);
  });
}
