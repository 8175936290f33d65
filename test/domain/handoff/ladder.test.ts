import { describe, expect, it } from 'vitest';
import { evolve, type Handoff, type HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { climb, type DueRung, type Surroundings } from '../../../src/domain/handoff/ladder.ts';
import type {
  LadderAction,
  LadderStep,
  PersonId,
  Policy,
  TargetName,
} from '../../../src/domain/policy/policy.ts';
import type { Standing } from '../../../src/domain/routing/route.ts';
import {
  accepted,
  ada,
  americas,
  assignment,
  at,
  ben,
  chloe,
  closed,
  dario,
  grace,
  henrik,
  lead,
  minutesAfter,
  offered,
  policy,
  respondBy,
  routing,
  rule,
  rung,
  stranger,
  touchBy,
  working,
} from '../../support/examples.ts';

const stale = { refused: 'stale' };
const channel = { platform: 'slack', channel: 'C0HANDOFFS1' } as const;

/** Rules with the same ladder for both clocks. */
const climbing = (steps: readonly LadderStep[], override: Partial<Policy> = {}): Policy =>
  policy({ ladders: { acknowledge: steps, touch: steps }, ...override });

function around(override: Partial<Standing> = {}): Surroundings {
  return {
    lead: lead(),
    passing: { trigger: 'demo_request', workflows: [] },
    standing: {
      peopleByOwner: new Map(),
      inactive: new Set(),
      absences: new Map(),
      load: new Map(),
      credits: new Map(),
      excluded: new Map(),
      ...override,
    },
  };
}

const away = (...people: PersonId[]) => ({
  absences: new Map(people.map((id) => [id, [{ from: at('14:00'), until: null, why: 'vacation' }]])),
});

type Climb = Partial<DueRung> & { around?: Surroundings; rules?: Policy; when?: Date };

/** Climbs a rung of the handoff's running clock when it is due, unless told otherwise. */
function climbed(handoff: Handoff, steps: readonly LadderStep[], override: Climb = {}) {
  const { around: surroundings = around(), rules = climbing(steps), when, ...due } = override;
  const step = due.step ?? 1;
  const clock: TargetName = handoff.status === 'offered' ? 'acknowledge' : 'touch';
  const target = handoff.status === 'accepted' ? handoff.touchBy : handoff.respondBy;
  const dueAt = minutesAfter(target, steps[step - 1]?.offsetMinutes ?? 0);
  const rung = { clock, step, run: handoff.clockRun, dueAt, late: false, ...due };
  return climb(handoff, rung, surroundings, rules, when ?? rung.dueAt);
}

/** What happened on the rung alone: its event, or the refusal. */
function happened(...args: Parameters<typeof climbed>): HandoffEvent | { refused: string } | undefined {
  const result = climbed(...args);
  return 'refused' in result ? result : result.events[0];
}

const remind = (offsetMinutes: number) => [rung(offsetMinutes, { do: 'remind' })];
const reminded = { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy };

describe('a reminder', () => {
  it('turns to the rep, and leaves everything as it is', () => {
    expect(climbed(offered(), remind(-5))).toEqual({ events: [reminded], credits: null });
    expect(happened(accepted(), remind(-15))).toEqual({ ...reminded, clock: 'touch', due: touchBy });
  });

  it('as a message of its own cannot be overlooked', () => {
    expect(happened(offered(), [rung(0, { do: 'message' })])).toEqual({ ...reminded, loud: true });
  });

  for (const when of [respondBy, at('15:16')]) {
    it(`of what is due by 15:15 does not come at ${when.toISOString().slice(11, 16)}`, () => {
      expect(happened(offered(), remind(-5), { when })).toEqual(stale);
    });
  }

  it('of what is overdue comes after the due time', () => {
    expect(happened(offered(), remind(5), { when: at('15:20:30') })).toEqual(reminded);
  });
});

describe('a rung that is late, after the bot stood still', () => {
  const when = at('21:00');
  const actions: LadderAction[] = [
    { do: 'remind' },
    { do: 'message' },
    { do: 'offerToTeam' },
    { do: 'tellManager' },
    { do: 'reassign', to: null },
    { do: 'tellChannel', ...channel },
  ];
  const resumed = {
    type: 'resumed',
    clock: 'acknowledge',
    due: at('21:15'),
    rep: ada,
    manager: grace,
    granted: { from: when, minutes: 15 },
  };

  for (const action of actions) {
    for (const offset of [0, 30]) {
      it(`to ${action.do}, ${offset} minutes after the target, only lets the clock begin anew`, () => {
        expect(climbed(offered(), [rung(offset, action)], { when, late: true })).toEqual({
          events: [{ type: 'breached', clock: 'acknowledge', due: respondBy, rep: ada, late: true }, resumed],
          credits: null,
        });
      });
    }

    it(`to ${action.do}, before the target, does nothing`, () => {
      expect(climbed(offered(), [rung(-5, action)], { when, late: true })).toEqual(stale);
    });
  }

  it('notes no breach that was noted before', () => {
    const noted = offered({ ackBreachedAt: respondBy });
    expect(climbed(noted, [rung(5, { do: 'tellManager' })], { when, late: true })).toEqual({
      events: [resumed],
      credits: null,
    });
  });

  it('lets none of the old run act any more', () => {
    const steps = [rung(0, { do: 'message' }), rung(30, { do: 'reassign', to: null })];
    const first = climbed(offered(), steps, { when, late: true });
    if ('refused' in first) throw new Error(`refused: ${first.refused}`);
    const after = first.events.reduce<Handoff>((handoff, event) => evolve(handoff, event, when), offered());
    expect(climbed(after, steps, { step: 2, run: 1, when, late: true })).toEqual(stale);
    expect(climbed(after, steps, { step: 2, run: 1, when })).toEqual(stale);
  });
});

describe('after a pause', () => {
  const steps = [
    rung(1, { do: 'message' }),
    rung(3, { do: 'offerToTeam' }),
    rung(3, { do: 'remind' }),
    rung(5, { do: 'tellManager' }),
  ];
  const types = (when: Date) =>
    [1, 2, 3, 4].map((step) => {
      const event = happened(offered(), steps, { step, when });
      return event && 'type' in event ? event.type : null;
    });

  it('what a later rung has overtaken is left out; those of the same time all come', () => {
    expect(types(at('15:17'))).toEqual(['reminded', 'offeredToTeam', 'reminded', 'escalated']);
    expect(types(at('15:18'))).toEqual([null, 'offeredToTeam', 'reminded', 'escalated']);
    expect(types(at('15:20'))).toEqual([null, null, null, 'escalated']);
  });

  it('a rung that waited for the morning is not overtaken by what came in the night', () => {
    const evening = offered({ respondBy: at('22:25') });
    const waits = [
      rung(10, { do: 'message' }, { offHours: 'wait' }),
      rung(20, { do: 'tellChannel', ...channel }),
    ];
    const dueAt = new Date('2026-03-04T14:00:00Z');
    expect(happened(evening, waits, { dueAt })).toMatchObject({ type: 'reminded', loud: true });
  });

  const repeat = { times: 5, everyMinutes: 2 };
  for (const action of [
    { do: 'message' },
    { do: 'tellManager' },
    { do: 'tellChannel', ...channel },
    { do: 'offerToTeam' },
  ] satisfies LadderAction[]) {
    it(`of repetitions to ${action.do} that come together only the last comes`, () => {
      const steps = [rung(0, action, { repeat })];
      const at4 = (dueAt: Date) => happened(offered(), steps, { dueAt, when: at('15:19:30') });
      expect([at('15:15'), at('15:17')].map(at4)).toEqual([stale, stale]);
      expect(at4(at('15:19'))).toHaveProperty('type');
    });
  }

  it('a repetition is not overtaken by rungs that came before it', () => {
    const repeated = [rung(0, { do: 'message' }, { repeat }), rung(1, { do: 'tellManager' })];
    expect(happened(offered(), repeated, { dueAt: at('15:17') })).toMatchObject({ loud: true });
  });
});

describe('a rung that time has overtaken', () => {
  const moved: [string, Handoff, Partial<DueRung>][] = [
    ['accepted: the answer came', accepted(), { clock: 'acknowledge', run: 1 }],
    ['accepted: right run, wrong clock', accepted(), { clock: 'acknowledge' }],
    ['working: nothing is due', working(), {}],
    ['closed', closed(), {}],
    ['a meeting is booked', offered({ meetingAt: at('15:10') }), {}],
    ['grace was given', offered({ clockRun: 2 }), { run: 1 }],
    ['the ladder has no such rung', offered(), { step: 2 }],
  ];
  for (const [title, handoff, due] of moved) {
    it(`does nothing: ${title}`, () => {
      for (const action of [{ do: 'tellManager' }, { do: 'reassign', to: null }] satisfies LadderAction[]) {
        expect(climbed(handoff, [rung(0, action)], due)).toEqual(stale);
      }
    });
  }
});

describe('offering it to the team', () => {
  const offer = [rung(5, { do: 'offerToTeam' })];
  const offeredTo = (...openTo: PersonId[]) => ({
    type: 'offeredToTeam',
    clock: 'acknowledge',
    team: 'Americas',
    openTo,
  });

  it('opens it to whoever else of the team is at work, and the rep keeps it', () => {
    const event = happened(offered(), offer);
    expect(event).toEqual(offeredTo(ben, chloe));
    expect(evolve(offered(), event as HandoffEvent, at('15:20'))).toMatchObject({
      openTo: [ben, chloe],
      assignment: { rep: ada },
      clockRun: 1,
    });
  });

  it('opens it to nobody who is away, or has had it', () => {
    expect(happened(offered(), offer, { around: around(away(ben)) })).toEqual(offeredTo(chloe));
    const excluded = new Map([[chloe, 'hadAlready']] as const);
    expect(happened(offered(), offer, { around: around({ excluded }) })).toEqual(offeredTo(ben));
  });

  it('to nobody is told', () => {
    const nobody = { type: 'nobodyFree', clock: 'acknowledge', wanted: 'offerToTeam' };
    expect(happened(offered(), offer, { around: around(away(ben, chloe)) })).toEqual({
      ...nobody,
      why: 'nobody else of Americas is at work',
    });
    for (const team of [null, 'Nowhere']) {
      const event = happened(offered({ assignment: assignment({ team }) }), offer);
      expect(event).toEqual({ ...nobody, why: 'there is no team' });
    }
  });

  it('that may claim it already does nothing', () => {
    expect(happened(offered({ openTo: [ben] }), offer)).toEqual(stale);
  });

  it('is done also for a lead that is accepted and not touched', () => {
    expect(happened(accepted(), offer)).toEqual({ ...offeredTo(ben, chloe), clock: 'touch' });
  });
});

describe('telling who decides', () => {
  const tell = [rung(0, { do: 'tellManager' })];
  const rules = climbing(tell, { routing: routing([], henrik) });
  const own = offered({ assignment: assignment({ rep: grace }) });
  const table: [title: string, Handoff, Climb, manager: PersonId | null][] = [
    ['is the manager’s', offered(), { rules }, grace],
    [
      'is the fallback person’s while the manager is away',
      offered(),
      { rules, around: around(away(grace)) },
      henrik,
    ],
    ['is the manager’s when both are away', offered(), { rules, around: around(away(grace, henrik)) }, grace],
    ['is the fallback person’s for a manager’s own', own, { rules }, henrik],
    [
      'is the fallback person’s for a manager’s own, also while they are away',
      own,
      { rules, around: around(away(henrik)) },
      henrik,
    ],
    ['is nobody’s for the fallback person’s own', own, {}, null],
  ];
  for (const [title, handoff, override, manager] of table) {
    it(title, () => {
      expect(happened(handoff, tell, override)).toEqual(
        manager ? { type: 'escalated', clock: 'acknowledge', manager } : stale,
      );
    });
  }

  it('is the fallback person’s when the team is no longer there', () => {
    const orphan = offered({ assignment: assignment({ team: 'Nowhere' }) });
    expect(happened(orphan, tell, { rules })).toMatchObject({ type: 'escalated', manager: henrik });
  });

  it('puts them on the handoff', () => {
    const escalated = { type: 'escalated', clock: 'acknowledge', manager: grace } as const;
    expect(evolve(offered(), escalated, respondBy).escalatedTo).toBe(grace);
  });
});

describe('giving it to somebody else', () => {
  const pass = (to: Extract<LadderAction, { do: 'reassign' }>['to']) => [rung(30, { do: 'reassign', to })];
  const when = at('15:45');

  it('by the routing rules gives it to whoever is next, and leaves the balances', () => {
    const result = climbed(offered(), pass(null));
    expect(result).toMatchObject({
      events: [
        {
          type: 'reassigned',
          from: ada,
          respondBy: at('16:00'),
          assignment: { rep: ben, team: 'Americas', at: when },
          moved: { why: 'has not answered', manager: grace },
        },
      ],
      credits: { pool: 'Americas' },
    });
    expect(result).not.toHaveProperty('events.1');
  });

  it('says of a lead that is accepted that nobody has reached out', () => {
    expect(happened(accepted(), pass(null))).toMatchObject({ moved: { why: 'has not reached out' } });
  });

  it('gives it back to nobody, neither owner nor member', () => {
    const owned = { ...around(), lead: lead({ ownerId: '11' }) };
    const standing = {
      ...owned.standing,
      peopleByOwner: new Map([['11', ada]]),
      excluded: new Map([[ben, 'handedBack']] as const),
    };
    const event = happened(offered(), pass(null), { around: { ...owned, standing } });
    expect(event).toMatchObject({ assignment: { rep: chloe } });
    expect(event).toMatchObject({
      assignment: {
        reasons: [
          { kind: 'contactOwner', why: 'has not answered' },
          { kind: 'accountOwner' },
          {
            skipped: [
              { person: ada, why: 'has not answered' },
              { person: ben, why: 'handed this lead back' },
            ],
          },
        ],
      },
    });
  });

  it('to a rep, a rotation or a pool leads there and nowhere else', () => {
    const repFor = (to: Parameters<typeof pass>[0]) => happened(offered(), pass(to));
    expect(repFor({ kind: 'rep', person: dario })).toMatchObject({ assignment: { rep: dario } });
    expect(repFor({ kind: 'rotation', team: 'International' })).toMatchObject({ assignment: { rep: dario } });
    expect(repFor({ kind: 'pool', team: 'International' })).toMatchObject({
      assignment: { rep: henrik, openTo: [dario] },
    });
  });

  it('to a team or a rep who is no longer there is told, and the rep keeps it', () => {
    for (const to of [
      { kind: 'rotation', team: 'Nowhere' },
      { kind: 'pool', team: 'Nowhere' },
      { kind: 'rep', person: stranger },
    ] as const) {
      expect(happened(offered(), pass(to))).toMatchObject(nobodyFree);
    }
  });

  const nobodyFree = { type: 'nobodyFree', clock: 'acknowledge', wanted: 'reassign' };

  it('who is away or has had it is told, and the rep keeps it', () => {
    const excluded = new Map([[dario, 'hadAlready']] as const);
    for (const surroundings of [around(away(dario)), around({ excluded })]) {
      const event = happened(offered(), pass({ kind: 'rep', person: dario }), { around: surroundings });
      expect(event).toMatchObject(nobodyFree);
    }
  });

  it('falls back on the fallback person only by the rules, and not when they have had it', () => {
    const empty = climbing(pass(null), { teams: [{ ...americas, members: [] }], routing: routing([]) });
    expect(happened(offered(), pass(null), { rules: empty })).toMatchObject({ assignment: { rep: grace } });
    const had = around({ excluded: new Map([[grace, 'hadAlready']] as const) });
    expect(happened(offered(), pass(null), { rules: empty, around: had })).toMatchObject(nobodyFree);
  });

  it('waits for no team, whatever its rule says', () => {
    const hold = rule({ kind: 'rotation', team: 'International' }, { whenNobody: 'hold' });
    const rules = climbing(pass(null), { routing: routing([hold], stranger) });
    const event = happened(offered(), pass(null), { rules, around: around(away(dario)) });
    expect(event).toMatchObject({ assignment: { rep: stranger } });
  });
});

describe('telling a channel', () => {
  it('says where', () => {
    expect(happened(offered(), [rung(45, { do: 'tellChannel', ...channel })])).toEqual({
      type: 'channelTold',
      clock: 'acknowledge',
      ...channel,
    });
  });
});
