import { describe, expect, it } from 'vitest';
import { nextSummary } from '../../../src/domain/home/summary-times.ts';
import type { Team, WorkingHours } from '../../../src/domain/policy/policy.ts';
import { holidayCalendar } from '../../../src/policy-file/holidays.ts';
import { ada, dario, grace, policy } from '../../support/examples.ts';

const summaries = { reps: 8 * 60 + 30, managers: { weekday: 1, minute: 8 * 60 } } as const;
const rules = policy({ summaries });

/** The same with what Ada's hours are besides. */
function withAda(changed: Partial<WorkingHours>): typeof rules {
  const teams = rules.teams.map(
    (team): Team => ({
      ...team,
      members: team.members.map((member) =>
        member.id === ada ? { ...member, hours: { ...member.hours, ...changed } } : member,
      ),
    }),
  );
  return { ...rules, teams };
}

const next = (after: string, person = ada, kind: 'morning' | 'week' = 'morning', given = rules) =>
  nextSummary(kind, person, { policy: given, absences: new Map() }, new Date(after))?.toISOString();

// The clocks of New York are put forward on Sunday, 8 March 2026, and back on 1 November; those of Berlin on 29 March.
const mornings: [what: string, after: string, due: string][] = [
  ['on the same day, before it', '2026-03-03T13:29:59.999Z', '2026-03-03T13:30:00.000Z'],
  ['on the next day, once it has come', '2026-03-03T13:30:00Z', '2026-03-04T13:30:00.000Z'],
  [
    'after a weekend, at the same time by a clock that was put forward',
    '2026-03-06T13:30:00Z',
    '2026-03-09T12:30:00.000Z',
  ],
  [
    'after a weekend, at the same time by a clock that was put back',
    '2026-10-30T12:30:00Z',
    '2026-11-02T13:30:00.000Z',
  ],
];

describe('a rep’s morning list comes', () => {
  it.each(mornings)('%s', (_, after, due) => expect(next(after)).toBe(due));

  it('by the clock where they work', () => {
    const there = withAda({ zone: 'Asia/Kolkata' });
    expect(next('2026-03-03T02:59:00Z', ada, 'morning', there)).toBe('2026-03-03T03:00:00.000Z');
    expect(next('2026-03-02T12:00:00Z', dario)).toBe('2026-03-03T07:30:00.000Z');
  });

  it('an hour later where the clocks skip its time', () => {
    const sunday = { 7: [{ fromMinute: 0, toMinute: 600 }] };
    const early = { ...withAda({ week: sunday }), summaries: { ...summaries, reps: 150 } };
    expect(next('2026-03-07T12:00:00Z', ada, 'morning', early)).toBe('2026-03-08T07:30:00.000Z');
  });

  it('not on a holiday', () => {
    const holidays = holidayCalendar('US-NY');
    if (!holidays) throw new Error('the holidays of New York are not known');
    expect(next('2026-12-24T14:00:00Z', ada, 'morning', withAda({ holidays }))).toBe(
      '2026-12-28T13:30:00.000Z',
    );
  });

  it('not while they are away, of which nobody may know the end', () => {
    const from = new Date('2026-03-03T10:00:00Z');
    const due = (until: Date | null) => {
      const absences = new Map([[ada, [{ from, until, why: 'ill' }]]]);
      return nextSummary('morning', ada, { policy: rules, absences }, from)?.toISOString() ?? null;
    };
    // Back at nine in New York: the list of that day came while they were away.
    expect(due(new Date('2026-03-05T14:00:00Z'))).toBe('2026-03-06T13:30:00.000Z');
    expect(due(new Date('2026-03-05T13:30:00Z'))).toBe('2026-03-05T13:30:00.000Z');
    expect(due(null)).toBeNull();
  });

  it('never to somebody who has no hours, and to nobody where the policy says so', () => {
    expect(next('2026-03-03T10:00:00Z', ada, 'morning', withAda({ week: {} }))).toBeUndefined();
    const off = { ...rules, summaries: { ...summaries, reps: null } };
    expect(next('2026-03-03T10:00:00Z', ada, 'morning', off)).toBeUndefined();
    expect(next('2026-03-03T10:00:00Z', ada, 'morning', policy())).toBeUndefined();
  });
});

describe('a manager’s week comes', () => {
  it('on its weekday, by the clock of their team', () => {
    expect(next('2026-03-03T10:00:00Z', grace, 'week')).toBe('2026-03-09T12:00:00.000Z');
    expect(next('2026-03-09T12:00:00Z', grace, 'week')).toBe('2026-03-16T12:00:00.000Z');
    expect(next('2026-03-02T12:59:00Z', grace, 'week')).toBe('2026-03-02T13:00:00.000Z');
  });

  it('to nobody where the policy says so', () => {
    const off = { ...rules, summaries: { ...summaries, managers: null } };
    expect(next('2026-03-03T10:00:00Z', grace, 'week', off)).toBeUndefined();
  });
});
