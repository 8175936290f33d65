import { beforeEach, expect, test } from 'vitest';
import { ann, boss, minute, uuid } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const missed = (number: number) => ({ kind: 'missed', handoffId: uuid(number) }) as const;
const clockStood = { kind: 'clockStood', from: minute(0), until: minute(360) } as const;

/** What every outbox does. */
export function outboxContract(make: MakeStores): void {
  let stores: Stores;
  let outbox: Stores['outbox'];
  beforeEach(async () => {
    stores = await make();
    ({ outbox } = stores);
  });

  const idsFor = async (person: string) => (await outbox.waiting(person)).map(({ id }) => id);

  test('keeps news for each person, oldest first, until they were told', async () => {
    await outbox.add([{ person: boss, news: clockStood }], minute(1));
    await outbox.add(
      [
        { person: ann, news: missed(1) },
        { person: boss, news: { kind: 'repSetAway', rep: ann, missed: 3 } },
        { person: ann, news: { kind: 'setAway', missed: 3 } },
      ],
      minute(2),
    );
    const id = expect.any(String);
    expect(await outbox.waiting(ann)).toEqual([
      { id, at: minute(2), news: missed(1) },
      { id, at: minute(2), news: { kind: 'setAway', missed: 3 } },
    ]);
    const [first = ''] = await idsFor(boss);
    await outbox.told([first], minute(3));
    expect(await outbox.waiting(boss)).toEqual([
      { id, at: minute(2), news: { kind: 'repSetAway', rep: ann, missed: 3 } },
    ]);
    expect(await outbox.waiting('nobody@example.com')).toEqual([]);
  });

  test('has each person told once of what comes together', async () => {
    await outbox.add(
      [1, 2, 3].map((number) => ({ person: ann, news: missed(number) })),
      minute(1),
    );
    await outbox.add([{ person: ann, news: clockStood }], minute(1));
    await outbox.add([{ person: boss, news: clockStood }], minute(1));
    await outbox.add([], minute(1));
    expect(await stores.jobKeys()).toEqual([`tell:${ann}`, `tell:${boss}`]);
  });

  test('marks each attempt, and knows one that is made again with the same news', async () => {
    await outbox.add(
      [1, 2].map((number) => ({ person: ann, news: missed(number) })),
      minute(1),
    );
    const begun = await outbox.beginTelling(await idsFor(ann));
    expect(begun.again).toBe(false);
    expect(await outbox.beginTelling(await idsFor(ann))).toEqual({ mark: begun.mark, again: true });
  });

  test('has an attempt that broke off finished before what came since', async () => {
    await outbox.add(
      [1, 2].map((number) => ({ person: ann, news: missed(number) })),
      minute(1),
    );
    const begun = await idsFor(ann);
    const first = await outbox.beginTelling(begun);
    await outbox.add([{ person: ann, news: missed(3) }], minute(2));
    expect(await idsFor(ann)).toEqual(begun);
    expect(await outbox.beginTelling(begun)).toEqual({ mark: first.mark, again: true });
    await outbox.told(begun, minute(3));
    expect(await outbox.waiting(ann)).toEqual([{ id: expect.any(String), at: minute(2), news: missed(3) }]);
  });

  const called = (number: number) => ({ kind: 'called', handoffId: uuid(number), seq: 2 }) as const;

  test('knows the messages in which somebody is called to a lead, with all that stands in them, until it is settled', async () => {
    await outbox.add(
      [called(1), called(2), { kind: 'called', handoffId: uuid(1), seq: 3 } as const].map((news) => ({
        person: ann,
        news,
      })),
      minute(1),
    );
    const ids = await idsFor(ann);
    const [first = '', second = '', third = ''] = ids;
    expect(await outbox.open(uuid(1))).toEqual([]);
    const { mark } = await outbox.beginTelling(ids);
    const message = { platform: 'slack', conversationId: 'D1', messageId: '1.1' } as const;
    // What was told only, as nobody has to act on it, is not brought up to date.
    await outbox.told(ids, minute(2), { ids: [first, second], message });
    const call = (id: string, number: number, isSettled = false) => ({
      ...{ id, handoffId: uuid(number), seq: 2, isSettled },
    });
    const open = { ...message, person: ann, mark };
    expect(await outbox.open(uuid(1))).toEqual([{ ...open, calls: [call(first, 1), call(second, 2)] }]);
    expect(await outbox.open(uuid(3))).toEqual([]);

    await outbox.settle([first], minute(3));
    expect(await outbox.open(uuid(1))).toEqual([]);
    expect(await outbox.open(uuid(2))).toEqual([{ ...open, calls: [call(first, 1, true), call(second, 2)] }]);
    await outbox.settle([second, third], minute(4));
    expect(await outbox.open(uuid(2))).toEqual([]);
    expect(await outbox.waiting(ann)).toEqual([]);
  });

  const digest = (number: number) => ({ kind: 'digest', handoffId: uuid(number) }) as const;

  test('hears of those who call for a digest the first, and says which leads it has', async () => {
    const call = (numbers: number[], since: number, at: number, person = ann) =>
      outbox.callForDigest(person, numbers.map(uuid), { since: minute(since), at: minute(at) });
    const calls = await Promise.all([call([1, 2], 10, 10), call([1, 2], 10, 11)]);
    expect(calls).toEqual([
      [uuid(1), uuid(2)],
      [uuid(1), uuid(2)],
    ]);
    expect((await outbox.waiting(ann)).map(({ news }) => news)).toEqual([digest(1), digest(2)]);
    expect(await stores.jobKeys()).toEqual([`tell:${ann}`]);

    await outbox.told(await idsFor(ann), minute(12));
    expect(await call([3], 10, 12)).toEqual([uuid(1), uuid(2)]);
    expect(await call([3], 10, 12, boss)).toEqual([uuid(3)]);
    await outbox.add([{ person: ann, news: clockStood }], minute(70));
    expect(await call([3, 4], 70, 70)).toEqual([uuid(3), uuid(4)]);
    expect(await call([5], 10, 71)).toEqual([uuid(1), uuid(2), uuid(3), uuid(4)]);
    expect((await outbox.waiting(ann)).map(({ news }) => news)).toEqual([clockStood, digest(3), digest(4)]);
  });
}
