import { describe, expect, it } from 'vitest';
import type { Caps } from '../../../src/domain/policy/policy.ts';
import {
  type Availability,
  absent,
  isAwayByHand,
  type Load,
  unavailable,
} from '../../../src/domain/routing/availability.ts';
import { ada, at, ben, everyDay, member, minutesAfter, newYorkOffice } from '../../support/examples.ts';

// Tuesday, 10:00 in New York, where the office is open from 9:00 to 17:30.
const now = at('15:00');
const tomorrowMorning = new Date('2026-03-04T14:00:00Z');

function presence(override: Partial<Availability> = {}): Availability {
  return { inactive: new Set(), absences: new Map(), load: new Map(), ...override };
}

const kolkata = everyDay('Asia/Kolkata', '10:00-19:00');

const away = (from: Date, until: Date | null) =>
  presence({ absences: new Map([[ada, [{ from, until, why: 'vacation' }]]]) });

describe('somebody is away', () => {
  const later = at('18:00');
  const table: [title: string, Availability, ReturnType<typeof absent>][] = [
    ['not, when nothing is known of them', presence(), null],
    ['not, when somebody else is', presence({ inactive: new Set([ben]) }), null],
    [
      'when their HubSpot user was deactivated, for who knows how long',
      presence({ inactive: new Set([ada]) }),
      { why: 'is deactivated in HubSpot', until: null },
    ],
    ['until a time', away(at('14:00'), later), { why: 'vacation until 2026-03-03 18:00 UTC', until: later }],
    ['from this moment on', away(now, later), { why: 'vacation until 2026-03-03 18:00 UTC', until: later }],
    ['until they say that they are back', away(at('14:00'), null), { why: 'vacation', until: null }],
    ['not yet', away(at('15:01'), later), null],
    ['no more', away(at('14:00'), now), null],
  ];
  for (const [title, known, state] of table) {
    it(title, () => {
      expect(absent(ada, known, now)).toEqual(state);
    });
  }
});

// The office in New York is open from 14:00 to 22:30 UTC.
it.each([
  ['by the clock in the evening', '22:30', false],
  ['by the clock at night', '03:00', false],
  ['by the clock in the morning, as long as HubSpot may be late', '14:14', false],
  ['by hand at work', '14:15', true],
  ['by hand just before the end of the day', '22:29', true],
])('somebody set to away in HubSpot is that %s', (_, time, byHand) => {
  expect(isAwayByHand(newYorkOffice, at(time))).toBe(byHand);
});

describe('a member takes no turn', () => {
  const table: [
    title: string,
    ReturnType<typeof member>,
    Availability,
    Date,
    ReturnType<typeof unavailable>,
  ][] = [
    ['only when something is in the way', member(), presence(), now, null],
    [
      'while switched off',
      member({ active: false }),
      presence(),
      now,
      { why: 'is switched off in the policy', until: null },
    ],
    [
      'with weight 0',
      member({ weight: 0 }),
      presence(),
      now,
      { why: 'takes no turns (weight 0)', until: null },
    ],
    [
      'outside working hours, until they begin',
      member(),
      presence(),
      at('23:00'),
      { why: 'starts Wed 9:00 AM in New York', until: tomorrowMorning },
    ],
    [
      'outside the hours of the place where they live until they move',
      member({ hours: { ...newYorkOffice, before: { until: tomorrowMorning, hours: kolkata } } }),
      presence(),
      now,
      { why: 'starts Wed 10:00 AM in Kolkata', until: new Date('2026-03-04T04:30:00Z') },
    ],
    [
      'while away, and when that ends at night until the morning after',
      member(),
      away(at('14:00'), new Date('2026-03-04T05:00:00Z')),
      now,
      { why: 'vacation until 2026-03-04 05:00 UTC', until: tomorrowMorning },
    ],
    [
      'while away without end, and nobody knows until when',
      member(),
      away(at('14:00'), null),
      now,
      { why: 'vacation', until: null },
    ],
  ];
  for (const [title, who, known, when, state] of table) {
    it(title, () => {
      expect(unavailable(who, known, when)).toEqual(state);
    });
  }
});

describe('a member who has enough takes no turn', () => {
  const capped = (caps: Partial<Caps>, load: Partial<Load>, hours = newYorkOffice, when = now) =>
    unavailable(
      member({ hours, caps: { open: null, perDay: null, perHour: null, ...caps } }),
      presence({ load: new Map([[ada, { open: 0, givenAt: [], ...load }]]) }),
      when,
    );
  const ago = (...minutes: number[]) => ({ givenAt: minutes.map((count) => minutesAfter(now, -count)) });

  it('with as many open as the policy allows, and nobody knows until when', () => {
    expect(capped({ open: 3 }, { open: 2 })).toBeNull();
    expect(capped({ open: 3 }, { open: 3 })).toEqual({ why: 'has 3 open (limit 3)', until: null });
  });

  it('within the hour, until the first of them is an hour old', () => {
    expect(capped({ perHour: 2 }, ago(61, 59))).toBeNull();
    expect(capped({ perHour: 2 }, ago(60, 10))).toEqual({
      why: 'got 2 within the hour (limit 2)',
      until: new Date(now.getTime() + 1),
    });
  });

  it('on one day of their own zone, until they are at work the next', () => {
    // It is Tuesday since 05:00 UTC in New York.
    const monday = 10 * 60 + 1;
    expect(capped({ perDay: 2 }, ago(monday, 60))).toBeNull();
    expect(capped({ perDay: 2 }, ago(monday - 1, 60))).toEqual({
      why: 'got 2 today (limit 2)',
      until: tomorrowMorning,
    });
  });

  it('on one day of the zone in which they still live', () => {
    // In Kolkata it is Tuesday until 18:30 UTC, and was Monday until then the day before.
    const moving = { ...newYorkOffice, before: { until: tomorrowMorning, hours: kolkata } };
    const evening = at('13:00');
    const load = { givenAt: [new Date('2026-03-02T18:29:00Z')] };
    expect(capped({ perDay: 1 }, load, moving, evening)).toBeNull();
    expect(capped({ perDay: 1 }, { givenAt: [new Date('2026-03-02T18:30:00Z')] }, moving, evening)).toEqual({
      why: 'got 1 today (limit 1)',
      until: new Date('2026-03-04T04:30:00Z'),
    });
  });

  it('not for what is yet to come', () => {
    expect(capped({ perHour: 1, perDay: 1 }, ago(-5))).toBeNull();
  });

  it('not without a cap, nor when nothing is known of their load', () => {
    expect(capped({}, { open: 500, ...ago(1, 2, 3) })).toBeNull();
    expect(unavailable(member({ caps: { open: 1, perDay: 1, perHour: 1 } }), presence(), now)).toBeNull();
  });

  it('on a day when the clocks change, which is shorter', () => {
    // Sunday, 8 March 2026: New York moves from 05:00 UTC to 04:00 UTC of the next midnight.
    const sunday = new Date('2026-03-08T15:00:00Z');
    const load = { givenAt: [new Date('2026-03-08T05:00:00Z')] };
    expect(capped({ perDay: 1 }, load, everyDay('America/New_York', '00:00-24:00'), sunday)).toEqual({
      why: 'got 1 today (limit 1)',
      until: new Date('2026-03-09T04:00:00Z'),
    });
  });
});
