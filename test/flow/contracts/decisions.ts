import { beforeEach, expect, test } from 'vitest';
import { assignment, decision, minute, uuid } from './given.ts';
import { keepDecision } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const ignored = decision();
const handedOver = decision({
  ...{ verdict: 'handoff', reason: 'demo', handoffId: uuid(1), at: minute(1) },
  reasons: assignment.reasons,
});

/** What every store of decisions does. */
export function decisionsContract(make: MakeStores): void {
  let stores: Stores;
  let decisions: Stores['decisions'];
  beforeEach(async () => {
    stores = await make();
    ({ decisions } = stores);
  });

  test('keeps everything that was looked at', async () => {
    await keepDecision(stores, handedOver);
    expect(await decisions.ofLead('101')).toEqual([handedOver]);
    expect(await decisions.ofLead('102')).toEqual([]);
  });

  test('keeps every decision that led to a handoff, and the latest of the others, newest first', async () => {
    const again = { ...handedOver, handoffId: uuid(2), at: minute(2) };
    const held = decision({ verdict: 'held', reason: 'lacks phone', at: minute(3), considered: [] });
    for (const one of [ignored, handedOver, ignored, again, held]) await keepDecision(stores, one);
    expect(await decisions.ofLead('101')).toEqual([held, again, handedOver]);
  });

  test('keeps those of one lead apart from those of another', async () => {
    const other = { ...ignored, leadId: '102' };
    await keepDecision(stores, ignored);
    await keepDecision(stores, other);
    expect(await decisions.ofLead('101')).toEqual([ignored]);
    expect(await decisions.ofLead('102')).toEqual([other]);
  });

  test('keeps one decision when the same is saved several times at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => keepDecision(stores, ignored)));
    expect(await decisions.ofLead('101')).toEqual([ignored]);
  });
}
