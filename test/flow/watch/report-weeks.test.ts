import { describe, expect, it } from 'vitest';
import { reportWeeks } from '../../../src/flow/watch/report-weeks.ts';
import { policy } from '../../support/examples.ts';
import { office } from '../../support/office.ts';

const mona = 'mona.petersen@example.com';
const leo = 'leo@example.com';
const marketing = {
  people: [mona, leo],
  channel: null,
  weekly: { weekday: 1, minute: 480 },
  zone: 'Europe/Berlin',
} as const;
const channel = { platform: 'slack', id: 'C0MARKETING' } as const;

/** Looks at each of these times, by a process each or always the same, and has what is asked for. */
async function looks(times: readonly string[], given: object = {}, { processes = 1 } = {}) {
  const there = await office({ rules: policy({ marketing: { ...marketing, ...given } }) });
  let now = new Date(0);
  const looking = Array.from({ length: processes }, () => reportWeeks({ ...there.needs, clock: () => now }));
  for (const time of times) {
    now = new Date(time);
    await Promise.all(looking.map((look) => look()));
  }
  return there.kept.jobs.keys();
}

const firstDue = '2026-03-09T07:00:00.000Z';

describe('a week', () => {
  it('is reported to each of the people when its time has come, and not again', async () => {
    expect(await looks(['2026-03-03T12:00Z', '2026-03-09T06:59Z', firstDue, '2026-03-10T12:00Z'])).toEqual([
      `report:${firstDue} ${mona}`,
      `report:${firstDue} ${leo}`,
    ]);
  });

  it('is reported to the channel alone, where there is one', async () => {
    expect(await looks(['2026-03-03T12:00Z', firstDue], { channel })).toEqual([
      `report:${firstDue} C0MARKETING`,
    ]);
  });

  it('is reported once, however many processes look', async () => {
    const times = ['2026-03-03T12:00Z', firstDue];
    expect(await looks(times, { channel }, { processes: 3 })).toHaveLength(1);
  });

  it('that was over before the policy named anybody is not reported', async () => {
    expect(await looks(['2026-03-03T12:00Z', '2026-03-08T12:00Z'])).toEqual([]);
  });

  it('is the last one, after a standstill over several', async () => {
    expect(await looks(['2026-03-03T12:00Z', '2026-03-26T12:00Z'], { channel })).toEqual([
      'report:2026-03-23T07:00:00.000Z C0MARKETING',
    ]);
  });

  it('is not reported again by a clock that was set back', async () => {
    expect(
      await looks(['2026-03-03T12:00Z', firstDue, '2026-03-03T12:00Z', firstDue], { channel }),
    ).toHaveLength(1);
  });
});
