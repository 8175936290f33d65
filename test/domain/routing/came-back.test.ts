import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/domain/policy/condition.ts';
import type { Policy, Trigger } from '../../../src/domain/policy/policy.ts';
import type { End, Lock } from '../../../src/domain/routing/came-back.ts';
import { qualify } from '../../../src/domain/routing/qualify.ts';
import { whyForOperators } from '../../../src/domain/words/why.ts';
import { activity, ada, lead, policy, reason, recycleRules } from '../../support/examples.ts';

const at = (day: string, clock = '15:00') => new Date(`${day}T${clock}:00Z`);
const closedAt = at('2026-03-03', '15:05');

const trigger = (name: string, when: Condition): Trigger => ({
  name,
  label: name,
  when,
  targets: [
    {
      when: null,
      acknowledge: { minutes: 15, countedIn: 'workingTime' },
      touch: { minutes: 60, countedIn: 'workingTime' },
      attempts: null,
    },
  ],
  coolDownMinutes: null,
  once: false,
});
const demo = trigger('demo', { kind: 'conversion', titleOf: 'form', contains: ['demo'] });
const guide = trigger('guide', { kind: 'conversion', titleOf: 'form', contains: ['guide'] });
const scored = trigger('scored', { kind: 'scoreReached', range: { atLeast: 50, below: null } });

function rules(override: Partial<Policy> = {}): Policy {
  return policy({
    triggers: [demo, guide, scored],
    disqualifyReasons: [reason('not_a_fit', 'Not a fit'), reason('spam', 'Spam'), reason('timing', 'Timing')],
    ...override,
  });
}

function end(override: Partial<End> = {}): End {
  return {
    handoffId: 'h1',
    rep: ada,
    at: closedAt,
    outcome: 'disqualified',
    reason: 'not_a_fit',
    note: 'too small',
    by: ada,
    recycled: 0,
    lock: null,
    revisitAt: null,
    ...override,
  };
}

const sent = (form: string, when: Date) => lead({ conversions: [{ name: `Site: ${form}`, at: when }] });

/** What becomes of a lead that sales had for a guide, and sent back. */
function judged(seen: ReturnType<typeof lead>, ended: End, now: Date, how = rules()) {
  const earlier = [{ trigger: 'guide', qualifiedAt: at('2026-03-03'), closedAt, end: ended }];
  return qualify(seen, how, { earlier, workflows: [] }, now);
}

describe('a lead that was sent back', () => {
  const until = at('2026-08-30');
  const lock = (override: Partial<Lock> = {}): Lock => ({ until, unless: 'stronger', ...override });
  const soon = at('2026-03-03', '15:10');
  const table: [title: string, form: string, lock: Lock | null, now: Date, found: string][] = [
    ['comes back by the same trigger without a lock', 'Guide', null, soon, 'guide'],
    [
      'does not come back by the same trigger while it is locked',
      'Guide',
      lock(),
      soon,
      'locked until 2026-08-30',
    ],
    ['comes back by a stronger one', 'Request a demo', lock(), soon, 'demo'],
    [
      'comes back by nothing where the reason says so',
      'Request a demo',
      lock({ unless: [] }),
      soon,
      'locked',
    ],
    ['comes back by what the reason names', 'Guide', lock({ unless: ['guide'] }), soon, 'guide'],
    ['stays away for good', 'Guide', lock({ until: null }), at('2036-03-03', '15:10'), 'locked for good'],
    ['comes back by anything once the lock is over', 'Guide', lock(), until, 'guide'],
  ];
  for (const [title, form, locked, now, found] of table) {
    it(title, () => {
      const seen = sent(form, new Date(now.getTime() - 60_000));
      const decided = judged(seen, end({ lock: locked }), now);
      const said =
        decided.verdict === 'qualified'
          ? decided.trigger.name
          : decided.verdict === 'ignored'
            ? whyForOperators(decided.why)
            : decided.verdict;
      expect(said).toContain(found);
    });
  }

  it('is told with why, and what whoever gets it is told of the last time', () => {
    const ignored = judged(sent('Guide', soon), end({ lock: lock() }), soon);
    expect(ignored).toMatchObject({
      verdict: 'ignored',
      why: 'filled in “Guide”, but Not a fit: locked until 2026-08-30 15:00 UTC',
    });
    const back = judged(sent('Request a demo', soon), end({ lock: lock() }), soon);
    const { lock: _, revisitAt: __, ...told } = end();
    expect(back).toMatchObject({ verdict: 'qualified', back: told });
  });
});

describe('a recycled lead', () => {
  const revisitAt = at('2026-06-01', '13:00');
  const sleeping = end({
    outcome: 'recycled',
    reason: 'timing',
    recycled: 1,
    lock: { until: revisitAt, unless: 'stronger' },
    revisitAt,
  });
  const wake = [
    trigger('wrote', { kind: 'replied' }),
    trigger('form', { kind: 'anyConversion' }),
    trigger('jump', { kind: 'scoreRose', by: 20 }),
    trigger('met', { kind: 'meetingBooked' }),
  ];
  const sleepy = rules({ recycle: recycleRules({ wake, restMinutes: 1440 }) });
  const verdict = (seen: ReturnType<typeof lead>, now: Date, ended = sleeping) => {
    const decided = judged(seen, ended, now, sleepy);
    return decided.verdict === 'qualified' ? decided.trigger.name : decided.verdict;
  };
  const may = at('2026-05-04');
  const quiet = lead({ conversions: [], activities: [], score: null });

  it('sleeps until its day, and comes back on it', () => {
    expect(verdict(quiet, may)).toBe('ignored');
    expect(verdict(quiet, revisitAt)).toBe('revisit');
  });

  it('comes back on its day also when the bot stood still for weeks', () => {
    expect(verdict(quiet, at('2026-07-20'))).toBe('revisit');
  });

  it('wakes by a form, a mail, a meeting and a jump of its score', () => {
    expect(verdict(sent('Guide', may), may)).toBe('form');
    const mail = activity({ kind: 'email', direction: 'inbound', at: may });
    expect(verdict(lead({ ...quiet, activities: [mail] }), may)).toBe('wrote');
    const meeting = activity({ kind: 'meeting', at: at('2026-05-11'), createdAt: may });
    expect(verdict(lead({ ...quiet, activities: [meeting] }), may)).toBe('met');
    const history = [
      { value: 45, at: may },
      { value: 20, at: at('2026-03-01') },
    ];
    expect(verdict(lead({ ...quiet, score: { value: 45, components: [], history } }), may)).toBe('jump');
    expect(
      verdict(
        lead({
          ...quiet,
          score: { value: 35, components: [], history: [{ value: 35, at: may }, ...history.slice(1)] },
        }),
        may,
      ),
    ).toBe('ignored');
  });

  it('is not woken by what it did before, or within its rest', () => {
    expect(verdict(sent('Guide', at('2026-03-03', '12:00')), may)).toBe('ignored');
    expect(verdict(sent('Guide', at('2026-03-04', '09:00')), may)).toBe('ignored');
    expect(verdict(sent('Guide', at('2026-03-04', '15:05')), may)).toBe('form');
  });

  it('comes back by a stronger trigger at once, and is called by that', () => {
    const soon = at('2026-03-03', '15:10');
    expect(verdict(sent('Request a demo', soon), soon)).toBe('demo');
  });

  it('that has come back often enough is woken by nothing and comes back on no day', () => {
    const tired = { ...sleeping, revisitAt: null };
    expect(verdict(sent('Guide', may), may, tired)).toBe('ignored');
    expect(verdict(quiet, at('2026-06-02'), tired)).toBe('ignored');
  });
});
