import { describe, expect, it } from 'vitest';
import { watchSummaries } from '../../../src/flow/watch/watch-summaries.ts';
import { ada, policy } from '../../support/examples.ts';
import { office } from '../../support/office.ts';

const summaries = { reps: 8 * 60 + 30, managers: null };

/** Looks at each of these times, by a process each or always the same. @returns what Ada is to be sent */
async function looks(times: readonly string[], { processes = 1 } = {}) {
  const there = await office({ rules: policy({ summaries }) });
  const rules = there.needs.policy();
  let now = new Date(0);
  const needs = { ...there.needs, policy: () => rules, clock: () => now };
  const looking = Array.from({ length: processes }, () => watchSummaries(needs));
  for (const time of times) {
    now = new Date(time);
    await Promise.all(looking.map((look) => look()));
  }
  return there.kept.jobs
    .keys()
    .filter((key) => key.endsWith(ada))
    .map((key) => key.replace('summary:morning ', '').replace(` ${ada}`, ''));
}

const monday = '2026-03-02T12:00Z';
const tuesday = '2026-03-03T13:30:00.000Z';
const wednesday = '2026-03-04T13:30:00.000Z';

describe('a summary is asked for', () => {
  it('when it is due, and not again', async () => {
    expect(await looks([monday, '2026-03-02T13:29Z'])).toEqual([]);
    expect(await looks([monday, '2026-03-02T20:00Z', tuesday, tuesday, '2026-03-03T14:00Z'])).toEqual([
      tuesday,
    ]);
    expect(await looks([monday, '2026-03-02T20:00Z', tuesday, wednesday])).toEqual([tuesday, wednesday]);
  });

  it('once, however many processes look', async () => {
    expect(await looks([monday, '2026-03-02T20:00Z', tuesday, wednesday], { processes: 3 })).toEqual([
      tuesday,
      wednesday,
    ]);
  });

  it('of whoever is first seen after it, the next day', async () => {
    expect(await looks(['2026-03-03T13:31Z', '2026-03-03T14:00Z'])).toEqual([]);
    expect(await looks(['2026-03-03T13:31Z', wednesday])).toEqual([wednesday]);
  });

  it('after a standstill of up to two hours, and after a longer one the next', async () => {
    expect(await looks([monday, '2026-03-02T20:00Z', '2026-03-03T15:29Z'])).toEqual([tuesday]);
    expect(await looks([monday, '2026-03-02T20:00Z', '2026-03-03T15:31Z'])).toEqual([]);
    expect(await looks([monday, '2026-03-02T20:00Z', '2026-03-03T15:31Z', wednesday])).toEqual([wednesday]);
    expect(await looks([monday, '2026-02-24T20:00Z', '2026-03-04T14:00Z'])).toEqual([wednesday]);
  });

  it('not again by a clock that was set back, and in time by one that had run ahead', async () => {
    expect(await looks([monday, '2026-03-02T20:00Z', tuesday, monday, tuesday])).toEqual([tuesday]);
  });
});
