import { beforeEach, expect, test } from 'vitest';
import type { Passes } from '../../../src/flow/ports/passes.ts';
import { minute, uuid } from './given.ts';
import type { MakeStores } from './stores.ts';

const hash = new Uint8Array(32).fill(7);
const link = {
  id: uuid(1),
  person: 'ann',
  kind: 'link',
  hash,
  madeAt: minute(0),
  until: minute(10),
} as const;
const board = { ...link, kind: 'board', team: 'Americas', until: minute(60) } as const;

/** What every store of passes does. */
export function passesContract(make: MakeStores): void {
  let passes: Passes;
  beforeEach(async () => {
    ({ passes } = await make());
  });

  test('tells of one as it was made, until it is over', async () => {
    await passes.add(link);
    const { hash: kept, ...pass } = { hash: null, ...(await passes.find(link.id, minute(9))) };
    expect(pass).toEqual({ id: uuid(1), person: 'ann', kind: 'link', madeAt: minute(0), until: minute(10) });
    expect([...(kept ?? [])]).toEqual([...hash]);
    expect(await passes.find(link.id, minute(10))).toBeNull();
  });

  test('knows for what a session was begun, and of which team a board is', async () => {
    await passes.add({ ...link, kind: 'session', role: 'rep' });
    await passes.add({ ...board, id: uuid(2) });
    expect(await passes.find(uuid(1), minute(1))).toMatchObject({ kind: 'session', role: 'rep' });
    expect(await passes.find(uuid(2), minute(1))).toMatchObject({ kind: 'board', team: 'Americas' });
  });

  test('of several who end one, one hears that it was good, and nobody finds it afterwards', async () => {
    await passes.add(link);
    const ended = await Promise.all(Array.from({ length: 4 }, () => passes.end(link.id, 'ann', minute(1))));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await passes.find(link.id, minute(1))).toBeNull();
  });

  test('what is no id, or of none, is none', async () => {
    expect(await passes.find("1'; drop table pass", minute(0))).toBeNull();
    expect(await passes.find(uuid(9), minute(0))).toBeNull();
    expect(await passes.end('x', 'ann', minute(0))).toBe(false);
  });

  test('lists the boards that are good, the newest first', async () => {
    await passes.add(link);
    await passes.add({ ...board, id: uuid(2) });
    await passes.add({ ...board, id: uuid(3), team: null, madeAt: minute(1) });
    await passes.add({ ...board, id: uuid(4), until: minute(2) });
    await passes.add({ ...board, id: uuid(5) });
    await passes.end(uuid(5), 'ann', minute(1));
    expect((await passes.boards(minute(3))).map(({ id, team }) => [id, team])).toEqual([
      [uuid(3), null],
      [uuid(2), 'Americas'],
    ]);
  });
}
