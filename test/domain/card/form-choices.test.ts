import { describe, expect, it } from 'vitest';
import type { CardView } from '../../../src/domain/card/card.ts';
import type { FormName } from '../../../src/domain/card/form.ts';
import { formFor } from '../../../src/domain/card/form-for.ts';
import {
  accepted,
  ada,
  americas,
  assignment,
  at,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  international,
  member,
  offered,
  policy,
  respondBy,
  target,
  targets,
  weekdays,
} from '../../support/examples.ts';
import { view } from './card-words.ts';

function options(name: FormName, override: Partial<CardView> = {}): (readonly [string, string])[] {
  const form = formFor(name, view(override));
  const choices = form?.fields.find((field) => field.kind === 'choice');
  return choices?.kind === 'choice' ? choices.options.map(({ value, label }) => [value, label] as const) : [];
}

const labels = (name: FormName, override: Partial<CardView> = {}) =>
  options(name, override).map(([, label]) => label);

describe('whom a lead can be reassigned to', () => {
  const { presence } = view();
  const load = (open: Record<string, number>) =>
    new Map(Object.entries(open).map(([id, count]) => [id, { open: count, givenAt: [] }]));

  it('is everybody who can hold one but the holder: at work first, then with less open, in the policy’s order', () => {
    const busy = { ...presence, load: load({ [ben]: 3, [grace]: 1, [farah]: 0 }) };
    expect(options('reassign', { presence: busy })).toEqual([
      [chloe, 'Chloe Nguyen · 0 open'],
      [dario, 'Dario Rossi · 0 open'],
      [henrik, 'Henrik Lund · 0 open'],
      [grace, 'Grace Whitfield · 1 open'],
      [ben, 'Ben Castillo · 3 open'],
      [farah, 'Farah Singh · 0 open · not at work until Wed 10:00 in Kolkata'],
    ]);
  });

  it('tells when somebody is back in their own time, and where that is when it is not the manager’s', () => {
    const evening = { now: at('23:00') };
    expect(labels('reassign', evening)).toContain('Ben Castillo · 0 open · not at work until Wed 09:00');
    expect(labels('reassign', evening)).toContain(
      'Dario Rossi · 0 open · not at work until Wed 08:30 in Berlin',
    );
  });

  it('is nobody who is away, switched off in HubSpot, or switched off in the policy', () => {
    const gone = {
      ...presence,
      inactive: new Set([henrik]),
      absences: new Map([[dario, [{ from: at('09:00'), until: at('20:00'), why: 'out of office' }]]]),
    };
    const off = {
      ...americas,
      members: [member(), member({ id: ben, active: false }), member({ id: chloe })],
    };
    const rules = policy({ teams: [off, international] });
    const values = options('reassign', { presence: gone, policy: rules }).map(([value]) => value);
    expect(values).toEqual([chloe, grace, farah]);
  });

  it('is nobody who only looks after the bot', () => {
    const rules = policy({ admins: ['ops@example.com'] });
    expect(options('reassign', { policy: rules }).map(([value]) => value)).not.toContain('ops@example.com');
  });

  it('reads within what Slack shows of a choice', () => {
    for (const label of labels('reassign', { now: at('23:00') }))
      expect(label.length).toBeLessThanOrEqual(75);
  });
});

describe('how long a lead can be snoozed', () => {
  const slow = { targets: targets({ acknowledge: target(480) }), respondBy: at('21:00') };

  const table: [title: string, Partial<CardView>, string[]][] = [
    [
      'within the target freely, past it with the manager’s word',
      { handoff: offered(slow) },
      ['30 minutes (until 10:40)', '2 hours (until 12:10)', 'Tomorrow 9:00 (asks Grace Whitfield)'],
    ],
    [
      'with the manager’s word alone, so close to the target',
      {},
      [
        '30 minutes (until 10:40, asks Grace Whitfield)',
        '2 hours (until 12:10, asks Grace Whitfield)',
        'Tomorrow 9:00 (asks Grace Whitfield)',
      ],
    ],
    [
      'with the manager’s word alone, after two snoozes',
      { handoff: offered({ ...slow, snoozes: 2 }) },
      ['Tomorrow 9:00 (asks Grace Whitfield)'],
    ],
    [
      'within the target, while the manager has not decided',
      { handoff: offered({ ...slow, asked: { until: at('22:00'), due: at('23:00') } }) },
      ['30 minutes (until 10:40)', '2 hours (until 12:10)'],
    ],
    [
      'not at all after two snoozes, while the manager has not decided',
      { handoff: offered({ ...slow, snoozes: 2, asked: { until: at('22:00'), due: at('23:00') } }) },
      [],
    ],
    [
      'within the target alone, by somebody who has nobody to ask',
      { handoff: offered({ ...slow, assignment: assignment({ rep: grace }) }) },
      ['30 minutes (until 10:40)', '2 hours (until 12:10)'],
    ],
    [
      'on the second clock alike, in the holder’s own time',
      { handoff: accepted({ assignment: assignment({ rep: dario, team: 'International' }) }) },
      [
        '30 minutes (until 16:40)',
        '2 hours (until Wed 08:30, asks Henrik Lund)',
        'Tomorrow 9:00 (asks Henrik Lund)',
      ],
    ],
    [
      'until the next morning, late in the evening',
      {
        handoff: offered({ ...slow, respondBy: new Date('2026-03-04T16:00:00Z') }),
        now: new Date('2026-03-04T03:30:00Z'),
      },
      ['30 minutes (until Wed 09:00)', '2 hours (until Wed 09:00)', 'Tomorrow 9:00'],
    ],
  ];
  for (const [title, override, expected] of table) {
    it(`${title}: ${expected.join(' | ') || 'nothing'}`, () => {
      expect(labels('snooze', override)).toEqual(expected);
    });
  }

  it('comes back as the choice’s name', () => {
    expect(options('snooze').map(([value]) => value)).toEqual(['30min', '2h', 'tomorrow']);
  });
});

describe('how much longer a manager can give', () => {
  it('is the policy’s choices, each with when it would be due', () => {
    expect(options('giveGrace')).toEqual([
      ['15', '15 minutes (until 10:30)'],
      ['60', '1 hour (until 11:15)'],
      ['untilMorning', 'Until tomorrow morning (Wed 10:00)'],
    ]);
  });

  it('is what the rep asked for first', () => {
    const asked = { until: new Date('2026-03-04T14:00:00Z'), due: new Date('2026-03-04T14:05:00Z') };
    const [first, ...rest] = options('giveGrace', { handoff: offered({ asked }) });
    expect(first).toEqual(['asAsked', 'As asked: until Wed 09:00 (due Wed 09:05)']);
    expect(rest).toHaveLength(3);
  });

  it('counts in the rep’s working time and reads in their zone, named where the manager’s is another', () => {
    const rules = policy({ grace: [15, 90, 240] });
    const handoff = offered({ assignment: assignment({ rep: dario }), respondBy, ackBreachedAt: respondBy });
    expect(labels('giveGrace', { handoff, policy: rules, now: at('16:15') })).toEqual([
      '15 minutes (until 17:30 in Berlin)',
      '90 minutes (until Wed 09:45 in Berlin)',
      '4 hours (until Wed 12:15 in Berlin)',
    ]);
  });

  it('names the day of a morning that is not tomorrow’s', () => {
    const friday = new Date('2026-03-06T20:00:00Z');
    const handoff = offered({ respondBy: friday });
    expect(
      labels('giveGrace', { handoff, policy: policy({ grace: ['untilMorning'] }), now: friday }),
    ).toEqual(['Until Monday morning (Mon 10:00)']);
  });

  it('names the date of a morning that is far away', () => {
    const away = { from: new Date('2026-03-01T00:00:00Z'), until: new Date('2026-03-23T00:00:00Z') };
    const office = { ...weekdays('America/New_York', '09:00-17:30'), away: [away] };
    const rules = policy({
      grace: ['untilMorning'],
      teams: [{ ...americas, members: [member({ hours: office })] }],
    });
    expect(labels('giveGrace', { policy: rules })).toEqual(['Until Monday morning (23 Mar 10:00)']);
  });

  it('is nothing that would be due no later than it is', () => {
    const handoff = offered({ respondBy: new Date('2026-03-09T15:00:00Z'), granted: null });
    expect(options('giveGrace', { handoff, policy: policy({ grace: ['untilMorning'] }) })).toEqual([]);
    expect(handoff.assignment.rep).toBe(ada);
  });
});
