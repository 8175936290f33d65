import { beforeEach, expect, test } from 'vitest';
import { noMemory } from '../../../src/domain/handoff/memory.ts';
import { ann, byAnn, change, disqualified, lead, minute, opening, uuid } from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

/** What every store of handoffs remembers around a lead. */
export function rememberedContract(make: MakeStores): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
  });

  const know = (id: string, companyId: string | null = '7', name = `Lead ${id}`) => {
    const account = companyId && lead.account && { ...lead.account, id: companyId };
    return stores.handoffs.saveLead(
      { ...lead, id, name, jobTitle: 'COO', account: account || null },
      minute(0),
    );
  };
  const open = (number: number, leadId: string, at = number) =>
    openIn(stores, [leadId], [], null, minute(at), () =>
      opening({ id: uuid(number), leadId, qualifiedAt: minute(at) }),
    );
  const close = (number: number, at: number) =>
    stores.handoffs.change(uuid(number), byAnn(minute(at)), (handoff) =>
      change(handoff, minute(at), [disqualified]),
    );
  const memoryOf = async (number: number) => (await stores.handoffs.view(uuid(number)))?.memory;

  test('of a lead without a company or a past it is nothing', async () => {
    await know('101', null);
    await know('102', null);
    await open(1, '101');
    await open(2, '102');
    expect(await memoryOf(1)).toEqual(noMemory);
  });

  test('it is who else of the company sales has or had, each with the latest handoff, newest first', async () => {
    for (const id of ['101', '102', '103']) await know(id);
    await know('104', '8');
    await open(1, '101');
    await open(2, '102');
    await close(2, 10);
    await open(3, '102', 20);
    await open(4, '103', 15);
    await close(4, 16);
    await open(5, '104');
    expect((await memoryOf(1))?.colleagues).toEqual([
      {
        ...{ leadId: '102', handoffId: uuid(3), name: 'Lead 102', role: 'COO', rep: ann },
        ...{ since: minute(0), status: 'offered', outcome: null, reason: null },
      },
      {
        ...{ leadId: '103', handoffId: uuid(4), name: 'Lead 103', role: 'COO', rep: ann },
        ...{ since: minute(0), status: 'closed', outcome: 'disqualified', reason: 'timing' },
      },
    ]);
  });

  test('it is no more than five of them', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => String(101 + index));
    for (const id of ids) await know(id);
    for (const [index, id] of ids.entries()) await open(index + 1, id);
    const { colleagues = [] } = (await memoryOf(1)) ?? {};
    expect(colleagues.map(({ leadId }) => leadId)).toEqual(['107', '106', '105', '104', '103']);
  });

  test('it is how the lead was with sales before, newest first, three times at most', async () => {
    await know('101');
    for (const number of [1, 2, 3, 4, 5]) {
      await open(number, '101', number * 20);
      await close(number, number * 20 + 10);
    }
    expect((await memoryOf(2))?.earlier).toEqual([
      {
        ...{ handoffId: uuid(1), trigger: 'mql', rep: ann, qualifiedAt: minute(20), closedAt: minute(30) },
        ...{ outcome: 'disqualified', reason: 'timing', note: 'in autumn' },
      },
    ]);
    expect((await memoryOf(5))?.earlier.map(({ handoffId }) => handoffId)).toEqual([
      uuid(4),
      uuid(3),
      uuid(2),
    ]);
  });

  test('it is known when a handoff is about to begin, of a lead under all its ids', async () => {
    for (const id of ['101', '102', '200']) await know(id);
    await open(1, '101');
    await close(1, 10);
    await open(2, '102');
    const remembered = [
      { ids: ['200', '101'], companyId: '7' },
      { ids: ['300'], companyId: null },
    ];
    const { memories } = await stores.arrivals.standings([], [], minute(20), remembered);
    expect(memories.get('200')?.earlier.map(({ handoffId }) => handoffId)).toEqual([uuid(1)]);
    expect(memories.get('200')?.colleagues.map(({ leadId }) => leadId)).toEqual(['102']);
    expect(memories.get('300')).toEqual(noMemory);
  });
}
