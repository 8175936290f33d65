import { beforeEach, expect, test } from 'vitest';
import { minute } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

/** What every store of runs does. */
export function runsContract(make: MakeStores): void {
  let runs: Stores['runs'];
  beforeEach(async () => {
    ({ runs } = await make());
  });

  test('tell of the run before, each routine for itself', async () => {
    expect(await runs.last('sweep')).toBeNull();
    expect(await runs.note('sweep', minute(0))).toBeNull();
    expect(await runs.note('sweep', minute(1))).toEqual(minute(0));
    expect(await runs.note('reconcile', minute(5))).toBeNull();
    expect(await runs.last('sweep')).toEqual(minute(1));
    expect(await runs.last('reconcile')).toEqual(minute(5));
  });

  test('are not taken back by a clock that is behind', async () => {
    await runs.note('sweep', minute(0));
    await runs.note('sweep', minute(10));
    expect(await runs.note('sweep', minute(5))).toBeNull();
    expect(await runs.note('sweep', minute(10))).toBeNull();
    expect(await runs.last('sweep')).toEqual(minute(10));
    expect(await runs.note('sweep', minute(11))).toEqual(minute(10));
  });

  test('may be moved back, and not ahead', async () => {
    await runs.note('began', minute(10));
    await runs.moveBack('began', minute(20));
    expect(await runs.last('began')).toEqual(minute(10));
    await runs.moveBack('began', minute(3));
    expect(await runs.last('began')).toEqual(minute(3));
    await runs.moveBack('sweep', minute(3));
    expect(await runs.last('sweep')).toBeNull();
  });

  test('tell one of many who begin at once of the long pause before', async () => {
    await runs.note('sweep', minute(0));
    const before = await Promise.all(Array.from({ length: 10 }, () => runs.note('sweep', minute(360))));
    expect(before.filter((at) => at !== null)).toEqual([minute(0)]);
  });

  test('begin with their jobs, of several at the same time once, and never again for the same time or one before', async () => {
    const stores = await make();
    const begin = (at: Date) =>
      stores.runs.begin('report', at, [{ task: 'report', key: `since ${at.getTime()}` }]);
    await Promise.all(Array.from({ length: 5 }, () => begin(minute(10))));
    expect(await stores.jobKeys()).toEqual([`report:since ${minute(10).getTime()}`]);
    await stores.forgetJobs();
    await begin(minute(10));
    await begin(minute(5));
    expect(await stores.jobKeys()).toEqual([]);
    await begin(minute(11));
    expect(await stores.jobKeys()).toEqual([`report:since ${minute(11).getTime()}`]);
    expect(await stores.runs.last('report')).toEqual(minute(11));
  });

  test('may begin without a job', async () => {
    const stores = await make();
    await stores.runs.begin('report', minute(10), []);
    expect([await stores.runs.last('report'), await stores.jobKeys()]).toEqual([minute(10), []]);
  });
}
