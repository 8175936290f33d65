import { beforeEach, expect, test } from 'vitest';
import { arrived, lead, minute, uuid } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

/** What every inbox does. */
export function inboxContract(make: MakeStores): void {
  let stores: Stores;
  let inbox: Stores['inbox'];
  beforeEach(async () => {
    stores = await make();
    ({ inbox } = stores);
  });

  test('keeps an event until it is decided, and has its lead looked at', async () => {
    await inbox.store([arrived()], minute(0));
    const waiting = await inbox.undecided(lead.id);
    expect(waiting).toHaveLength(1);
    expect(await stores.jobKeys()).toEqual(['intake:101']);
    await inbox.decide(waiting, { decision: 'held', reason: 'lacks phone' }, minute(1));
    expect(await inbox.undecided(lead.id)).toEqual([]);
  });

  test('knows a redelivery, within a batch and later, and when batches overlap at the same time', async () => {
    await inbox.store([arrived(), arrived()], minute(0));
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
    const batch = keys.map((dedupeKey) => arrived({ dedupeKey }));
    await Promise.all([
      inbox.store(batch, minute(1)),
      inbox.store(batch.toReversed(), minute(1)),
      inbox.store([arrived()], minute(1)),
    ]);
    expect(await inbox.undecided(lead.id)).toHaveLength(51);
  });

  test('looks once at each lead of a batch of 100', async () => {
    const batch = Array.from({ length: 100 }, (_, index) =>
      arrived({ dedupeKey: `${index}`, leadId: `${index % 7}` }),
    );
    await inbox.store(batch, minute(0));
    expect(await stores.jobKeys()).toEqual(Array.from({ length: 7 }, (_, index) => `intake:${index}`));
    expect(await inbox.undecided('0')).toHaveLength(15);
  });

  test('adds no job for what was ignored at the door, nor for what is known already', async () => {
    await inbox.store(
      [
        arrived({ dedupeKey: 'echo', leadId: '5', ignored: 'our own change' }),
        arrived({ dedupeKey: 'deal', leadId: null, ignored: 'about no contact' }),
      ],
      minute(0),
    );
    expect(await inbox.undecided('5')).toEqual([]);
    expect(await stores.jobKeys()).toEqual([]);
  });

  test('keeps what no database text can hold without losing the rest of the batch', async () => {
    const odd = arrived({
      dedupeKey: 'odd',
      payload: { value: 'a\0b \ud83d', nested: [null, 1.5, { ok: true }] },
    });
    await inbox.store([odd, arrived()], minute(0));
    expect(await inbox.undecided(lead.id)).toHaveLength(2);
  });

  test('lets the first decision stand', async () => {
    await inbox.store([arrived(), arrived({ dedupeKey: 'b' })], minute(0));
    const [first, second] = await inbox.undecided(lead.id);
    if (first === undefined || second === undefined) expect.unreachable();
    await inbox.decide([first], { decision: 'handoff', reason: 'demo', handoffId: uuid(1) }, minute(1));
    expect(await inbox.undecided(lead.id)).toEqual([second]);
    await inbox.decide([first, second], { decision: 'ignored', reason: 'no trigger applies' }, minute(2));
    expect(await inbox.undecided(lead.id)).toEqual([]);
  });

  test('knows the workflows that handed a lead over, newest first', async () => {
    const asked = (dedupeKey: string, trigger: unknown, at: number, leadId = lead.id) =>
      arrived({
        ...{ dedupeKey, leadId, type: 'workflow.action', occurredAt: minute(at) },
        payload: { object: { objectId: 101 }, inputFields: { trigger } },
      });
    const events = [
      asked('c', 'webinar', 3),
      asked('a', 'upsell', 1),
      asked('b', 'webinar', 2),
      asked('d', 'webinar', 4, '102'),
      asked('e', 7, 5),
      asked('f', '', 6),
      arrived({ dedupeKey: 'g', type: 'workflow.action', payload: {} }),
      arrived({ dedupeKey: 'h', payload: { inputFields: { trigger: 'upsell' } } }),
    ];
    await inbox.store(events, minute(7));
    await inbox.decide(await inbox.undecided(lead.id), { decision: 'ignored', reason: 'student' }, minute(8));
    expect(await inbox.workflowRequests(lead.id)).toEqual([
      { name: 'webinar', at: minute(3) },
      { name: 'webinar', at: minute(2) },
      { name: 'upsell', at: minute(1) },
    ]);
    expect(await inbox.workflowRequests('999')).toEqual([]);
  });
}
