import { beforeEach, expect, test } from 'vitest';
import { assignment, decision, minute, uuid } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const ignored = decision();
const handedOver = decision({
  ...{ verdict: 'handoff', reason: 'demo', handoffId: uuid(1), at: minute(1) },
  reasons: assignment.reasons,
});

/** What every store of decisions does. */
export function decisionsContract(make: MakeStores): void {
  let decisions: Stores['decisions'];
  beforeEach(async () => {
    ({ decisions } = await make());
  });

  test('keeps everything that was looked at', async () => {
    await decisions.save(handedOver);
    expect(await decisions.ofLead('101')).toEqual([handedOver]);
    expect(await decisions.ofLead('102')).toEqual([]);
  });

  test('keeps every decision that led to a handoff, and the latest of the others, newest first', async () => {
    const again = { ...handedOver, handoffId: uuid(2), at: minute(2) };
    const held = decision({ verdict: 'held', reason: 'lacks phone', at: minute(3), considered: [] });
    for (const one of [ignored, handedOver, ignored, again, held]) await decisions.save(one);
    expect(await decisions.ofLead('101')).toEqual([held, again, handedOver]);
  });

  test('keeps those of one lead apart from those of another', async () => {
    const other = { ...ignored, leadId: '102' };
    await decisions.save(ignored);
    await decisions.save(other);
    expect(await decisions.ofLead('101')).toEqual([ignored]);
    expect(await decisions.ofLead('102')).toEqual([other]);
  });

  test('keeps one decision when the same is saved several times at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => decisions.save(ignored)));
    expect(await decisions.ofLead('101')).toEqual([ignored]);
  });
}
