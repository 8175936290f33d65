import { expect, it } from 'vitest';
import { retain } from '../../../src/flow/forget/retain.ts';
import type { Retention } from '../../../src/flow/ports/retention.ts';
import { office } from '../../support/office.ts';

it('one lead that cannot be let go of does not keep the others, and the next night tries again', async () => {
  const there = await office();
  const outlived = new Set(['1', '2', '3']);
  const retention: Retention = {
    drop: async () => 0,
    outlived: async () => [...outlived],
    retractAgain: async () => {},
  };
  const broken = new RangeError('cannot be erased');
  const erasures = {
    ...there.needs.erasures,
    erase: async ({ ids: [id = ''] }: { ids: readonly string[] }) => {
      if (id === '2') throw broken;
      return outlived.delete(id);
    },
  };
  await expect(retain({ ...there.needs, retention, erasures })()).rejects.toBe(broken);
  expect([...outlived]).toEqual(['2']);
  expect(await there.needs.runs.last('retain')).toBeNull();
});
