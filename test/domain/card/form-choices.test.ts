import { describe, expect, it } from 'vitest';
import type { CardView } from '../../../src/domain/card/card.ts';
import { disqualifyForm } from '../../../src/domain/card/disqualify-form.ts';
import type { Answers, FormName } from '../../../src/domain/card/form.ts';
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
  reason,
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

  it('is everybody who can hold one but the holder: at work first, then with less open, in the policy’s order, and last who can take it', () => {
    const busy = { ...presence, load: load({ [ben]: 3, [grace]: 1, [farah]: 0 }) };
    expect(options('reassign', { presence: busy })).toEqual([
      [chloe, 'Chloe Nguyen · 0 open (recommended)'],
      [dario, 'Dario Rossi · 0 open'],
      [henrik, 'Henrik Lund · 0 open'],
      [ben, 'Ben Castillo · 3 open'],
      [farah, 'Farah Singh · 0 open · not at work until Wed 10:00 AM in Kolkata'],
      [grace, 'Grace Whitfield · 1 open'],
    ]);
  });

  it('tells when somebody is back in their own time, and where that is when it is not the manager’s', () => {
    const evening = { now: at('23:00') };
    expect(labels('reassign', evening)).toContain('Ben Castillo · 0 open · not at work until Wed 9:00 AM');
    expect(labels('reassign', evening)).toContain(
      'Dario Rossi · 0 open · not at work until Wed 8:30 AM in Berlin',
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
    expect(values).toEqual([chloe, farah, grace]);
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
      [
        '30 minutes (until 10:40 AM)',
        '2 hours (until 12:10 PM)',
        'Ask Grace for time until Wed 9:00 AM',
        'Until a time of my own (past 4:00 PM asks Grace)',
      ],
    ],
    [
      'with the manager’s word alone, so close to the target',
      {},
      [
        'Ask Grace for 30 minutes (until 10:40 AM)',
        'Ask Grace for 2 hours (until 12:10 PM)',
        'Ask Grace for time until Wed 9:00 AM',
        'Ask Grace for a time of my own',
      ],
    ],
    [
      'with the manager’s word alone, after two snoozes',
      { handoff: offered({ ...slow, snoozes: 2 }) },
      ['Ask Grace for time until Wed 9:00 AM', 'Ask Grace for a time of my own'],
    ],
    [
      'within the target, while the manager has not decided',
      { handoff: offered({ ...slow, asked: { until: at('22:00'), due: at('23:00') } }) },
      ['30 minutes (until 10:40 AM)', '2 hours (until 12:10 PM)', 'Until a time of my own (by 4:00 PM)'],
    ],
    [
      'not at all after two snoozes, while the manager has not decided',
      { handoff: offered({ ...slow, snoozes: 2, asked: { until: at('22:00'), due: at('23:00') } }) },
      [],
    ],
    [
      'within the target alone, by somebody who has nobody to ask',
      { handoff: offered({ ...slow, assignment: assignment({ rep: grace }) }) },
      ['30 minutes (until 10:40 AM)', '2 hours (until 12:10 PM)', 'Until a time of my own (by 4:00 PM)'],
    ],
    [
      'on the second clock alike, in the holder’s own time',
      { handoff: accepted({ assignment: assignment({ rep: dario, team: 'International' }) }) },
      [
        '30 minutes (until 4:40 PM)',
        'Ask Henrik for 2 hours (until Wed 8:30 AM)',
        'Ask Henrik for time until Wed 9:00 AM',
        'Until a time of my own (past 5:05 PM asks Henrik)',
      ],
    ],
    [
      'until the next morning, late in the evening',
      {
        handoff: offered({ ...slow, respondBy: new Date('2026-03-04T16:00:00Z') }),
        now: new Date('2026-03-04T03:30:00Z'),
      },
      ['Tomorrow morning (Wed 9:00 AM)', 'Until a time of my own (past Wed 11:00 AM asks Grace)'],
    ],
  ];
  for (const [title, override, expected] of table) {
    it(`${title}: ${expected.join(' | ') || 'nothing'}`, () => {
      expect(labels('snooze', override)).toEqual(expected);
    });
  }

  it('asks for a day from today on and a time, once one’s own is chosen', () => {
    const form = formFor('snooze', view({ handoff: offered(slow) }), { choice: 'own' });
    expect(form?.fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['choice', 'choice', true],
      ['on', 'date', true],
      ['at', 'time', true],
    ]);
    expect(form?.fields[1]).toMatchObject({ min: '2026-03-03', initial: '2026-03-03' });
  });

  it('comes back as the choice’s name', () => {
    expect(options('snooze').map(([value]) => value)).toEqual(['30min', '2h', 'tomorrow', 'own']);
  });
});

describe('how much longer a manager can give', () => {
  it('is the policy’s choices, each with when it would be due', () => {
    expect(options('giveGrace')).toEqual([
      ['15', '15 minutes (until 10:30 AM)'],
      ['60', '1 hour (until 11:15 AM)'],
      ['untilMorning', 'Until tomorrow morning (Wed 10:00 AM)'],
    ]);
  });

  it('is what the rep asked for first', () => {
    const asked = { until: new Date('2026-03-04T14:00:00Z'), due: new Date('2026-03-04T14:05:00Z') };
    const [first, ...rest] = options('giveGrace', { handoff: offered({ asked }) });
    expect(first).toEqual(['asAsked', 'As asked: until Wed 9:00 AM (due Wed 9:05 AM)']);
    expect(rest).toHaveLength(3);
  });

  it('counts in the rep’s working time and reads in their zone, named where the manager’s is another', () => {
    const rules = policy({ grace: [15, 90, 240] });
    const handoff = offered({ assignment: assignment({ rep: dario }), respondBy, ackBreachedAt: respondBy });
    expect(labels('giveGrace', { handoff, policy: rules, now: at('16:15') })).toEqual([
      '15 minutes (until 5:30 PM in Berlin)',
      '90 minutes (until Wed 9:45 AM in Berlin)',
      '4 hours (until Wed 12:15 PM in Berlin)',
    ]);
  });

  it('names the day of a morning that is not tomorrow’s', () => {
    const friday = new Date('2026-03-06T20:00:00Z');
    const handoff = offered({ respondBy: friday });
    expect(
      labels('giveGrace', { handoff, policy: policy({ grace: ['untilMorning'] }), now: friday }),
    ).toEqual(['Until Monday morning (Mon 10:00 AM)']);
  });

  it('names the date of a morning that is far away', () => {
    const away = { from: new Date('2026-03-01T00:00:00Z'), until: new Date('2026-03-23T00:00:00Z') };
    const office = { ...weekdays('America/New_York', '09:00-17:30'), away: [away] };
    const rules = policy({
      grace: ['untilMorning'],
      teams: [{ ...americas, members: [member({ hours: office })] }],
    });
    expect(labels('giveGrace', { policy: rules })).toEqual(['Until Monday morning (Mar 23, 10:00 AM)']);
  });

  it('is nothing that would be due no later than it is', () => {
    const handoff = offered({ respondBy: new Date('2026-03-09T15:00:00Z'), granted: null });
    expect(options('giveGrace', { handoff, policy: policy({ grace: ['untilMorning'] }) })).toEqual([]);
    expect(handoff.assignment.rep).toBe(ada);
  });
});

describe('what the button of a lead that goes back to nurture says', () => {
  const recycled = policy({ disqualifyReasons: [reason('timing', 'Wrong timing', { outcome: 'recycled' })] });
  const submit = (answers: Answers) => disqualifyForm(view({ policy: recycled }), answers).submit;

  it('is until when, and changes with the answer', () => {
    expect(submit({ reason: 'timing' })).toBe('Nurture until Jun 1');
    expect(submit({ reason: 'timing', revisit: '30' })).toBe('Nurture until Apr 2');
    expect(submit({ reason: 'timing', revisit: 'day', revisitOn: '2026-12-31' })).toBe(
      'Nurture until Dec 31',
    );
    expect(submit({ reason: 'timing', revisit: 'day' })).toBe('Back to Nurture');
  });
});
