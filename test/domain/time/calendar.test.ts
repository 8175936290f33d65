import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import {
  addWorkingTime,
  isWorkingAt,
  nextWorkingInstant,
  workingMinutesBetween,
  zoneAt,
} from '../../../src/domain/time/calendar.ts';
import { everyDay, minutesAfter, newYorkOffice, weekdays } from '../../support/examples.ts';

const newYork = newYorkOffice;
const berlin = weekdays('Europe/Berlin', '08:30-17:30');
const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
const lunch = weekdays('Europe/Berlin', '09:00-12:00', '13:00-17:00');
const lateShift = everyDay('America/New_York', '18:00-24:00');
const roundTheClock = everyDay('America/New_York', '00:00-24:00');
const nightInNewYork = everyDay('America/New_York', '00:00-06:00');
const lateInSaoPaulo = everyDay('America/Sao_Paulo', '22:00-24:00');
const apia = weekdays('Pacific/Apia', '09:00-17:00');
const absence = { from: new Date('2026-03-03T12:00-05:00'), until: new Date('2026-03-03T14:00-05:00') };
const awayAtNoon: WorkingHours = { ...newYork, away: [absence] };
const holidayKeeper: WorkingHours = {
  ...newYork,
  holidays: { place: 'XX', nameOn: (date) => (date === '2026-03-03' ? 'a Tuesday off' : null) },
};
const emigrant: WorkingHours = {
  ...newYork,
  before: { until: new Date('2026-03-03T15:00Z'), hours: berlin },
};

describe('adding working time', () => {
  it('of no minutes, or fewer, gives the instant itself, at work or not', () => {
    const sunday = new Date('2026-03-08T12:00Z');
    expect([0, -30].map((minutes) => addWorkingTime(newYork, sunday, minutes))).toEqual([sunday, sunday]);
  });

  for (const week of [{}, { 1: [] }]) {
    it(`to a week without hours (${JSON.stringify(week)}) fails and says why`, () => {
      const never = { zone: 'Europe/Berlin', week };
      const from = new Date('2026-03-03T12:00Z');
      expect(() => addWorkingTime(never, from, 1)).toThrow(
        'no working time in Europe/Berlin after 2026-03-03T12:00:00.000Z: the week has no hours',
      );
      expect(() => nextWorkingInstant(never, from)).toThrow(RangeError);
      expect(workingMinutesBetween(never, from, minutesAfter(from, 9999))).toBe(0);
    });
  }
});

describe('measuring working time', () => {
  it('backwards is 0', () => {
    const [early, late] = [new Date('2026-03-03T15:00Z'), new Date('2026-03-03T16:00Z')];
    expect([workingMinutesBetween(newYork, late, early), workingMinutesBetween(newYork, late, late)]).toEqual(
      [0, 0],
    );
  });

  it('over five years counts each of their hours', () => {
    const [from, to] = [new Date('2021-01-04T00:00Z'), new Date('2026-01-05T00:00Z')];
    const weeks = 261;
    expect(workingMinutesBetween(kolkata, from, to)).toBe(weeks * 5 * 540);
  });
});

describe('being at work', () => {
  const table: [WorkingHours, string, boolean][] = [
    [newYork, '2026-03-03T09:00-05:00', true],
    [newYork, '2026-03-03T08:59:59-05:00', false],
    [newYork, '2026-03-03T17:29:59-05:00', true],
    [newYork, '2026-03-03T17:30-05:00', false],
    [newYork, '2026-03-07T12:00-05:00', false],
    [newYork, '2026-03-09T09:00-04:00', true],
    [newYork, '2026-03-09T09:00-05:00', true],
    [newYork, '2026-03-09T08:30-04:00', false],
    [lunch, '2026-03-03T12:00+01:00', false],
    [lunch, '2026-03-03T13:00+01:00', true],
    [kolkata, '2026-03-02T20:00Z', false],
    [kolkata, '2026-03-03T04:30Z', true],
    [lateShift, '2026-03-03T23:59:59-05:00', true],
    [lateShift, '2026-03-04T00:00-05:00', false],
    [roundTheClock, '2026-03-04T00:00-05:00', true],
    [nightInNewYork, '2026-11-01T01:30-04:00', true],
    [nightInNewYork, '2026-11-01T01:30-05:00', true],
    [lateInSaoPaulo, '2018-11-04T01:00-02:00', false],
    [apia, '2011-12-31T10:00+14:00', false],
    [awayAtNoon, '2026-03-03T11:59:59.999-05:00', true],
    [awayAtNoon, '2026-03-03T12:00-05:00', false],
    [awayAtNoon, '2026-03-03T13:59:59.999-05:00', false],
    [awayAtNoon, '2026-03-03T14:00-05:00', true],
    [holidayKeeper, '2026-03-02T17:29-05:00', true],
    [holidayKeeper, '2026-03-03T12:00-05:00', false],
    [holidayKeeper, '2026-03-04T09:00-05:00', true],
    [emigrant, '2026-03-03T07:30Z', true],
    [emigrant, '2026-03-03T14:59:59.999Z', true],
    [emigrant, '2026-03-03T15:00Z', true],
    [emigrant, '2026-03-03T22:29Z', true],
    [emigrant, '2026-03-02T20:00Z', false],
    [emigrant, '2026-03-04T08:00Z', false],
  ];
  for (const [hours, when, expected] of table) {
    it(`${when} in ${hours.zone}: ${expected ? 'at work' : 'off'}`, () => {
      expect(isWorkingAt(hours, new Date(when))).toBe(expected);
    });
  }
});

describe('the next working instant', () => {
  it('is now for whoever works', () => {
    const now = new Date('2026-03-03T15:00:30Z');
    expect(nextWorkingInstant(newYork, now)).toEqual(now);
  });

  it('is Monday morning on a Friday evening', () => {
    const evening = new Date('2026-03-06T18:00-05:00');
    expect(nextWorkingInstant(berlin, evening)).toEqual(new Date('2026-03-09T08:30+01:00'));
  });

  it('is the end of an absence that ends within the hours', () => {
    expect(nextWorkingInstant(awayAtNoon, new Date('2026-03-03T13:00-05:00'))).toEqual(absence.until);
  });
});

describe('hours that differ only in absences, holidays or the zone', () => {
  it('are each told by their own', () => {
    const noon = new Date('2026-03-03T12:00-05:00');
    const inBerlin = { ...newYork, zone: 'Europe/Berlin' };
    const all = [newYork, awayAtNoon, holidayKeeper, inBerlin, newYork];
    expect(all.map((hours) => isWorkingAt(hours, noon))).toEqual([true, false, false, false, true]);
  });
});

describe('somebody who is away to the end of the year 9999', () => {
  const away = [{ from: new Date('2026-03-03T12:00-05:00'), until: new Date('9999-12-31T12:00-05:00') }];
  const gone: WorkingHours = { ...newYork, away };

  it('works the hours before', () => {
    const [from, to] = [new Date('2026-03-03T09:00-05:00'), new Date('2036-03-03T09:00-05:00')];
    expect(workingMinutesBetween(gone, from, to)).toBe(180);
  });

  it('is back then', () => {
    expect(nextWorkingInstant(gone, new Date('2026-03-04T12:00-05:00'))).toEqual(away[0]?.until);
  });
});

describe('the zone at an instant', () => {
  const move = new Date('2026-03-03T15:00Z');

  it('is the new one from the move on', () => {
    const zones = [minutesAfter(move, -1), move].map((at) => zoneAt(emigrant, at));
    expect(zones).toEqual(['Europe/Berlin', 'America/New_York']);
  });

  it('is that of the first hours before the first of two moves', () => {
    const nomad = { ...kolkata, before: { until: minutesAfter(move, 60), hours: emigrant } };
    const zones = [-1, 30, 60].map((minutes) => zoneAt(nomad, minutesAfter(move, minutes)));
    expect(zones).toEqual(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata']);
  });
});
