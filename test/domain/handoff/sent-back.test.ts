import { describe, expect, it } from 'vitest';
import { type Command, decide, type SaidOfLead } from '../../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, running } from '../../../src/domain/handoff/handoff.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  closed,
  dario,
  grace,
  offered,
  policy,
  reason,
  recycleRules,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';

const day = 86_400_000;
const now = acceptedAt;
const rules = policy({
  disqualifyReasons: [
    reason('not_a_fit', 'Not a fit'),
    reason('timing', 'Wrong timing', { outcome: 'recycled', lock: { minutes: 0, unless: ['demo_request'] } }),
    reason('elsewhere', 'Wrong territory', { outcome: 'routedAnew', refundsTurn: true }),
    reason('duplicate', 'Duplicate', { asksOther: true }),
  ],
});

const because = (why: string, said: Partial<SaidOfLead> = {}, by: PersonId = ada): Command => ({
  type: 'disqualify',
  by,
  reason: why,
  note: '',
  ...said,
});

describe('a lead whose time has not come', () => {
  const recycled = (said: Partial<SaidOfLead> = {}, handoff: Handoff = accepted(), when = now) => {
    const decided = decide(handoff, because('timing', said), rules, when);
    return 'refused' in decided ? decided.refused : decided[0];
  };

  it('goes back to nurture until the rep begins to work on its day: ninety days from now unless they say otherwise', () => {
    // 90 days after Tuesday, March 3 is Monday, June 1; Ada works from nine in New York.
    const revisitAt = new Date('2026-06-01T13:00:00Z');
    given(accepted(), { policy: rules })
      .when(because('timing', { note: ' budget in June ' }))
      .yields([
        {
          type: 'recycled',
          reason: 'timing',
          note: 'budget in June',
          lock: { until: revisitAt, unless: ['demo_request'] },
          revisitAt,
          lifecycle: 'lead',
          leadStatus: 'BAD_TIMING',
        },
      ])
      .leaving({ status: 'closed', outcome: 'recycled', sentBack: { note: 'budget in June', revisitAt } });
  });

  const table: [title: string, said: Partial<SaidOfLead>, found: string][] = [
    ['comes back in thirty days', { revisit: { inDays: 30 } }, '2026-04-02T13:00:00.000Z'],
    ['comes back on a day of the rep’s own', { revisit: { on: '2026-09-01' } }, '2026-09-01T13:00:00.000Z'],
    [
      'comes back on Monday where its day is a Saturday',
      { revisit: { on: '2026-03-07' } },
      '2026-03-09T13:00:00.000Z',
    ],
    ['comes back on no day of the past', { revisit: { on: '2026-03-02' } }, 'unfitDay'],
    ['comes back not today', { revisit: { on: '2026-03-03' } }, 'unfitDay'],
    ['comes back on no day that there is not', { revisit: { on: '2026-02-30' } }, 'unfitDay'],
    ['comes back on no day in words', { revisit: { on: 'in spring' } }, 'unfitDay'],
    ['comes back within two years', { revisit: { on: '2029-01-01' } }, 'unfitDay'],
  ];
  for (const [title, said, found] of table) {
    it(`${title}: ${found}`, () => {
      const event = recycled(said);
      const revisitAt = typeof event === 'object' && event.type === 'recycled' ? event.revisitAt : null;
      expect(revisitAt?.toISOString() ?? event).toBe(found);
    });
  }

  it('that has come back three times stays there, until a stronger sign', () => {
    const back = {
      handoffId: 'h0',
      rep: ada,
      at: assignedAt,
      outcome: 'recycled',
      reason: 'timing',
      note: '',
      by: ada,
    } as const;
    expect(recycled({}, accepted({ back: { ...back, recycled: 2 } }))).toMatchObject({
      revisitAt: new Date('2026-06-01T13:00:00Z'),
    });
    expect(recycled({}, accepted({ back: { ...back, recycled: 3 } }))).toMatchObject({
      revisitAt: null,
      lock: { until: new Date('2026-06-01T13:00:00Z') },
    });
  });

  it('keeps stage and status where the policy says so', () => {
    const quiet = { ...rules, recycle: recycleRules({ lifecycle: null, leadStatus: null }) };
    given(offered(), { policy: quiet })
      .when(because('timing'))
      .leaving({ outcome: 'recycled', acknowledgedAt: now });
  });
});

describe('a lead of another territory', () => {
  it('goes to whom routing found, with the reason, and the turn comes back', () => {
    const to = assignment({ rep: dario, team: 'International', at: now });
    given(accepted(), { policy: rules })
      .when(because('elsewhere', { note: 'Swiss', to }))
      .leaving({ status: 'offered', assignment: { rep: dario } });
  });

  it('stays where nobody else can take it', () => {
    given(accepted(), { policy: rules }).when(because('elsewhere')).refuses({ refused: 'nobodyElse' });
  });
});

describe('a duplicate', () => {
  it('is one of another contact, which has to be named', () => {
    given(accepted(), { policy: rules })
      .when(because('duplicate'))
      .refuses({ refused: 'otherMissing', reason: 'Duplicate' });
    const decided = decide(accepted(), because('duplicate', { other: '777' }), rules, now);
    expect(decided).toMatchObject([{ type: 'disqualified', other: '777' }]);
  });
});

describe('overturning', () => {
  const overturn = (by: PersonId, isElsewhere = false): Command => ({ type: 'overturn', by, isElsewhere });
  const sentBack = (before: Handoff, when: Date, why = 'not_a_fit') => {
    const decided = decide(before, because(why), rules, when);
    if ('refused' in decided) throw new Error(`${decided.refused}: expected it to be sent back`);
    return decided.reduce((handoff, event) => evolve(handoff, event, when, ada), before);
  };

  it('has it go on where it was, with the time that was left', () => {
    // To be touched by 16:05, sent back at 15:35: half an hour is left.
    given(sentBack(accepted(), at('15:35')), { policy: rules, now: at('17:00') })
      .when(overturn(grace))
      .leaving({ status: 'accepted', acceptedAt, touchBy: at('17:30'), assignment: { rep: ada } });
    given(sentBack(working(), at('15:40')), { policy: rules, now: at('16:00') })
      .when(overturn(grace))
      .yields([{ type: 'overturned', ended: 'disqualified', begun: null }])
      .leaving({ status: 'working' });
  });

  it('leaves a quarter of an hour at least', () => {
    const ended = sentBack(accepted({ touchBy: at('15:06') }), at('15:05'));
    const { after } = given(ended, { policy: rules, now: at('16:00') }).when(overturn(grace));
    expect(running(after)).toMatchObject({ clock: 'touch', due: at('16:15') });
  });

  it('wakes nobody who sleeps: its day is forgotten', () => {
    const ended = sentBack(accepted(), at('15:05'), 'timing');
    const { after } = given(ended, { policy: rules, now: at('16:00') }).when(overturn(grace));
    expect(after).not.toHaveProperty('sentBack');
    expect(after.clockRun).toBeGreaterThan(ended.clockRun);
  });

  const ended = sentBack(offered(), at('15:05'));
  const table: [title: string, handoff: Handoff, command: Command, when: Date, refused: string][] = [
    ['is the manager’s alone', ended, overturn(ada), at('16:00'), 'managersOnly'],
    ['is nobody’s of the team', ended, overturn(ben), at('16:00'), 'managersOnly'],
    ['is over after two days', ended, overturn(grace), new Date(at('15:06').getTime() + 2 * day), 'tooLate'],
    ['is for nothing that is open', offered(), overturn(grace), at('16:00'), 'notSentBack'],
    [
      'is for nothing that became a deal',
      closed({ outcome: 'converted' }),
      overturn(grace),
      at('16:00'),
      'notSentBack',
    ],
    ['is for no lead that came back meanwhile', ended, overturn(grace, true), at('16:00'), 'elsewhere'],
  ];
  for (const [title, handoff, command, when, refused] of table) {
    it(`${title}: ${refused}`, () => {
      expect(decide(handoff, command, rules, when)).toMatchObject({ refused });
    });
  }
});
