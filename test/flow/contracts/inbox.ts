import { beforeEach, describe, expect, test } from 'vitest';
import type { InboundEvent } from '../../../src/flow/ports/inbox.ts';
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

  const undecidedIds = async () => (await inbox.undecided(lead.id)).map(({ id }) => id);

  test('keeps an event until it is decided, and has its lead looked at', async () => {
    expect(await inbox.store([arrived()], minute(0))).toBe(1);
    const waiting = await undecidedIds();
    expect(waiting).toHaveLength(1);
    expect(await stores.jobKeys()).toEqual(['intake:101']);
    await inbox.decide(waiting, { decision: 'held', reason: 'lacks phone' }, minute(1));
    expect(await inbox.undecided(lead.id)).toEqual([]);
  });

  test('knows a redelivery, within a batch and later, and when batches overlap at the same time', async () => {
    expect(await inbox.store([arrived(), arrived()], minute(0))).toBe(1);
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
    const batch = keys.map((dedupeKey) => arrived({ dedupeKey }));
    const stored = await Promise.all([
      inbox.store(batch, minute(1)),
      inbox.store(batch.toReversed(), minute(1)),
      inbox.store([arrived()], minute(1)),
    ]);
    expect(stored.reduce((sum, count) => sum + count)).toBe(50);
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
        arrived({ dedupeKey: 'echo', leadId: '5', ignored: { as: 'ownEcho', why: 'our own echo' } }),
        arrived({ dedupeKey: 'deal', leadId: null, ignored: { as: 'otherRecord', why: 'about a ticket' } }),
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
    const [first, second] = await undecidedIds();
    if (first === undefined || second === undefined) expect.unreachable();
    await inbox.decide([first], { decision: 'handoff', reason: 'demo', handoffId: uuid(1) }, minute(1));
    expect(await undecidedIds()).toEqual([second]);
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
    await inbox.decide(await undecidedIds(), { decision: 'ignored', reason: 'student' }, minute(8));
    expect(await inbox.workflowRequests(lead.id)).toEqual([
      { name: 'webinar', at: minute(3) },
      { name: 'webinar', at: minute(2) },
      { name: 'upsell', at: minute(1) },
    ]);
    expect(await inbox.workflowRequests('999')).toEqual([]);
  });

  test('tells of what kind an undecided event is', async () => {
    await inbox.store([arrived()], minute(0));
    expect((await inbox.undecided(lead.id)).map(({ type }) => type)).toEqual(['contact.propertyChange']);
  });

  describe('an event about a record', () => {
    const record = { objectType: 'calls', id: '77' } as const;
    const about = (part: Partial<InboundEvent> = {}) =>
      arrived({ dedupeKey: 'call', leadId: null, record, type: 'call.creation', ...part });
    const typesOf = async (leadId: string) => (await inbox.undecided(leadId)).map(({ type }) => type);

    test('has the leads of the record found, once for each record', async () => {
      const again = about({ dedupeKey: 'call again' });
      const deal = about({ dedupeKey: 'deal', record: { objectType: 'deals', id: '77' } });
      const echo = about({
        dedupeKey: 'echo',
        record: { ...record, id: '78' },
        ignored: { as: 'ownEcho', why: 'our own echo' },
      });
      expect(await inbox.store([about(), again, deal, echo, arrived()], minute(0))).toBe(5);
      expect(await stores.jobKeys()).toEqual(['find-leads:calls:77', 'find-leads:deals:77', 'intake:101']);
    });

    test('becomes one of each of its leads, which are looked at', async () => {
      await inbox.store([about(), about({ dedupeKey: 'call again' })], minute(0));
      await stores.forgetJobs();
      await inbox.address(record, ['102', '101', '102'], 'filed under nobody', minute(1));
      expect(await stores.jobKeys()).toEqual(['intake:101', 'intake:102']);
      expect(await typesOf('101')).toEqual(['call.creation', 'call.creation']);
      expect(await typesOf('102')).toEqual(['call.creation', 'call.creation']);
    });

    test('is given to its leads once, and known when it is delivered again', async () => {
      await inbox.store([about()], minute(0));
      await inbox.address(record, ['101', '102'], 'filed under nobody', minute(1));
      await inbox.address(record, ['101', '103'], 'filed under nobody', minute(2));
      expect(await inbox.store([about()], minute(3))).toBe(0);
      expect(await typesOf('101')).toHaveLength(1);
      expect(await typesOf('103')).toEqual([]);
    });

    test('is decided for each of its leads on its own', async () => {
      await inbox.store([about()], minute(0));
      await inbox.address(record, ['101', '102'], 'filed under nobody', minute(1));
      await inbox.decide(await undecidedIds(), { decision: 'ignored', reason: 'a student' }, minute(2));
      expect(await typesOf('101')).toEqual([]);
      expect(await typesOf('102')).toHaveLength(1);
    });

    test('is ignored when the record has no leads, and those of other records are not', async () => {
      const other = { ...record, id: '78' };
      await inbox.store([about(), about({ dedupeKey: 'other', record: other })], minute(0));
      await inbox.address(record, [], 'filed under nobody', minute(1));
      await stores.forgetJobs();
      await inbox.address(record, ['101'], 'filed under nobody', minute(2));
      expect([await typesOf('101'), await stores.jobKeys()]).toEqual([[], []]);
      await inbox.address(other, ['101'], 'filed under nobody', minute(2));
      expect(await typesOf('101')).toHaveLength(1);
    });
  });
}
