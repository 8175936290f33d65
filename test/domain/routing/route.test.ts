import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { Condition } from '../../../src/domain/policy/condition.ts';
import { peopleOf } from '../../../src/domain/policy/people-of.ts';
import type { Destination, Policy, RoutingRule } from '../../../src/domain/policy/policy.ts';
import {
  type Assignment,
  availableIn,
  type Passing,
  reroute,
  route,
  type Standing,
} from '../../../src/domain/routing/route.ts';
import { whyForOperators } from '../../../src/domain/words/why.ts';
import {
  account,
  ada,
  americas,
  at,
  ben,
  chloe,
  dario,
  everyDay,
  farah,
  grace,
  henrik,
  international,
  lead,
  member,
  policy,
  routing,
  rule,
} from '../../support/examples.ts';

const now = at('15:00');
const ownerIds = { '11': ada, '12': ben, '13': chloe, '14': dario, '15': farah, '20': grace, '21': henrik };

function standing(override: Partial<Standing> = {}): Standing {
  return {
    peopleByOwner: new Map(Object.entries(ownerIds)),
    inactive: new Set(),
    absences: new Map(),
    load: new Map(),
    credits: new Map(),
    excluded: new Map(),
    ...override,
  };
}

const handedBack = (...people: string[]) => new Map(people.map((id) => [id, 'handedBack' as const]));

const demo: Passing = { trigger: 'demo_request', workflows: [] };

/** The route of a lead that somebody takes. */
function assigned(subject: Lead, rules: Policy, standing: Standing, when = now, passing = demo) {
  const routed = route(subject, passing, rules, standing, when);
  if (routed.outcome !== 'assigned') throw new Error(`held for ${routed.team}`);
  return routed;
}

const rules = (...list: RoutingRule[]) => policy({ routing: routing(list) });
const contactOwner = rule({ kind: 'contactOwner' });
const accountOwner = rule({ kind: 'accountOwner' });
const rotation = (team: string, override: Partial<RoutingRule> = {}) =>
  rule({ kind: 'rotation', team }, override);

/** The reasons as short words: `rule → person` or `rule: why not`. */
function reasonsOf({ reasons }: Assignment): string[] {
  return reasons.map((reason) =>
    reason.taken ? `${reason.kind} → ${reason.person}` : `${reason.kind}: ${whyForOperators(reason.why)}`,
  );
}

describe('owner rules', () => {
  const owned = (ownerId: string | null, accountOwnerId: string | null = null) =>
    lead({ ownerId, account: account({ ownerId: accountOwnerId }) });

  const table: [title: string, ReturnType<typeof lead>, Partial<Standing>, rep: string, reasons: string[]][] =
    [
      ['the contact’s owner takes it', owned('12', '14'), {}, ben, [`contactOwner → ${ben}`]],
      [
        'then the company’s owner',
        owned(null, '14'),
        {},
        dario,
        ['contactOwner: none is set', `accountOwner → ${dario}`],
      ],
      [
        'an owner whom the policy does not know is passed over',
        owned('99', '14'),
        {},
        dario,
        ['contactOwner: owner 99 is not in the policy', `accountOwner → ${dario}`],
      ],
      ['a manager who owns the contact keeps it', owned('21'), {}, henrik, [`contactOwner → ${henrik}`]],
      [
        'an owner who is deactivated is passed over',
        owned('12'),
        { inactive: new Set([ben]) },
        ada,
        ['contactOwner: is deactivated in HubSpot', 'accountOwner: none is set', `rotation → ${ada}`],
      ],
      [
        'a lead without a company has no company owner',
        lead({ account: null }),
        {},
        ada,
        ['contactOwner: none is set', 'accountOwner: none is set', `rotation → ${ada}`],
      ],
    ];
  for (const [title, subject, override, rep, reasons] of table) {
    it(title, () => {
      const { assignment } = assigned(subject, policy(), standing(override));
      expect(assignment.rep).toBe(rep);
      expect(reasonsOf(assignment)).toEqual(reasons);
    });
  }

  it('put the lead into the owner’s own team and cost no turn', () => {
    expect(assigned(owned('15'), policy(), standing())).toMatchObject({
      assignment: { rep: farah, team: 'International', at: now },
      credits: null,
    });
  });

  it('keep an owner who is off duty: the lead is theirs', () => {
    const night = new Date('2026-03-04T03:00:00Z');
    expect(assigned(owned('12'), policy(), standing(), night).assignment.rep).toBe(ben);
  });

  it('are tried in the policy’s order', () => {
    const swapped = rules(accountOwner, contactOwner);
    expect(assigned(owned('12', '14'), swapped, standing()).assignment.rep).toBe(dario);
  });
});

describe('rotation', () => {
  const only = rules(rotation('Americas'));
  const skippedBy = (override: Partial<Standing>, list = only, when = now) => {
    const reason = assigned(lead(), list, standing(override), when).assignment.reasons[0];
    return reason?.kind === 'rotation' ? reason.skipped : null;
  };

  it('gives the next turn and notes the balances that it leaves', () => {
    const { assignment, credits } = assigned(lead(), only, standing());
    expect(assignment).toMatchObject({ rep: ada, team: 'Americas', at: now });
    expect(assignment.reasons).toEqual([
      {
        rule: 'rotation Americas',
        kind: 'rotation',
        team: 'Americas',
        person: ada,
        taken: true,
        skipped: [],
        weights: { [ada]: 50, [ben]: 25, [chloe]: 25 },
        before: { [ada]: 0, [ben]: 0, [chloe]: 0 },
        after: { [ada]: -0.5, [ben]: 0.25, [chloe]: 0.25 },
      },
    ]);
    expect(credits?.pool).toBe('Americas');
    expect(Object.fromEntries(credits?.after ?? [])).toEqual({ [ada]: -0.5, [ben]: 0.25, [chloe]: 0.25 });
  });

  it('goes on from the balances before', () => {
    const turns: string[] = [];
    let credits: Standing['credits'] = new Map();
    for (let turn = 0; turn < 8; turn += 1) {
      const routed = assigned(lead(), only, standing({ credits }));
      turns.push(routed.assignment.rep);
      if (routed.credits) credits = new Map([[routed.credits.pool, routed.credits.after]]);
    }
    expect(turns).toEqual([ada, ben, chloe, ada, ada, ben, chloe, ada]);
  });

  it('skips who is deactivated, and says so', () => {
    expect(skippedBy({ inactive: new Set([ada]) })).toEqual([
      { person: ada, why: 'is deactivated in HubSpot' },
    ]);
  });

  it('skips who takes no turns, and says so', () => {
    const resting = policy({
      ...only,
      teams: [{ ...americas, members: [member({ weight: 0 }), member({ id: ben })] }],
    });
    expect(skippedBy({}, resting)).toEqual([{ person: ada, why: 'takes no turns (weight 0)' }]);
  });

  it('skips who is off duty, and says in which zone', () => {
    const list = rules(rotation('International'));
    expect(skippedBy({}, list, at('15:00'))).toEqual([
      { person: farah, why: 'starts Wed 10:00 AM in Kolkata' },
    ]);
  });

  it('over a team of which nobody is free says why of each, and the next rule is tried', () => {
    const list = rules(rotation('International'), rotation('Americas'));
    const { assignment } = assigned(lead(), list, standing({ inactive: new Set([dario]) }));
    expect(assignment.rep).toBe(ada);
    expect(assignment.reasons[0]).toEqual({
      rule: 'rotation International',
      kind: 'rotation',
      team: 'International',
      person: null,
      taken: false,
      why: 'nobody is available',
      skipped: [
        { person: dario, why: 'is deactivated in HubSpot' },
        { person: farah, why: 'starts Wed 10:00 AM in Kolkata' },
      ],
    });
  });

  it('over a team that is no longer there finds nobody, and the next rule is tried', () => {
    const gone = rotation('Nowhere', { whenNobody: 'hold' });
    const { assignment } = assigned(lead(), rules(gone, rotation('Americas')), standing());
    expect(reasonsOf(assignment)).toEqual(['rotation: there is no such team any more', `rotation → ${ada}`]);
  });
});

describe('the fallback', () => {
  const night = new Date('2026-03-08T02:00:00Z');

  it('takes what no rule could place, with every reason before it', () => {
    const { assignment, credits } = assigned(lead(), policy(), standing(), night);
    expect(assignment.rep).toBe(grace);
    expect(reasonsOf(assignment)).toEqual([
      'contactOwner: none is set',
      'accountOwner: none is set',
      'rotation: nobody is available',
      'rotation: nobody is available',
      `fallback → ${grace}`,
    ]);
    expect(credits).toBeNull();
  });

  it('takes everything where there are no rules', () => {
    expect(assigned(lead(), rules(), standing()).assignment).toMatchObject({
      rep: grace,
      team: 'Americas',
    });
  });

  it('is in their own team when they are a member of one', () => {
    const list = policy({ routing: routing([], dario) });
    expect(assigned(lead(), list, standing()).assignment).toMatchObject({
      rep: dario,
      team: 'International',
    });
  });
});

describe('a rule for some leads', () => {
  const french: Condition = { kind: 'text', attribute: 'country', anyOf: ['France'] };
  const forDemos: Condition = { kind: 'trigger', anyOf: ['demo_request'] };
  const toBen = (when: Condition | null) => rule({ kind: 'rep', person: ben }, { name: 'To Ben', when });

  it('takes those it is for', () => {
    const { assignment } = assigned(lead({ country: 'France' }), rules(toBen(french)), standing());
    expect(assignment).toMatchObject({
      rep: ben,
      team: 'Americas',
      reasons: [{ rule: 'To Ben', kind: 'rep', person: ben, taken: true }],
    });
  });

  it('passes over the others, and says what it found', () => {
    const { assignment } = assigned(lead(), rules(toBen(french)), standing());
    expect(assignment.reasons).toEqual([
      { rule: 'To Ben', kind: 'notForThis', taken: false, why: 'country United States' },
      { kind: 'fallback', person: grace, taken: true },
    ]);
  });

  it('may ask for the trigger of the handoff, or a workflow', () => {
    const byWorkflow: Condition = { kind: 'workflow', name: 'hand_over' };
    const list = rules(toBen({ kind: 'any', of: [forDemos, byWorkflow] }));
    const repFor = (passing: Passing) => assigned(lead(), list, standing(), now, passing).assignment.rep;
    expect(repFor(demo)).toBe(ben);
    expect(repFor({ trigger: 'score', workflows: [] })).toBe(grace);
    expect(repFor({ trigger: 'score', workflows: [{ name: 'hand_over', at: at('14:00') }] })).toBe(ben);
  });
});

describe('somebody who is away, or handed the lead back', () => {
  const vacation = (person: string) =>
    new Map([[person, [{ from: at('14:00'), until: at('20:00'), why: 'vacation' }]]]);
  const away = 'vacation until 2026-03-03 20:00 UTC';
  const list = rules(contactOwner, rule({ kind: 'rep', person: ben }), rotation('Americas'));
  const owned = lead({ ownerId: '12' });

  it('is passed over as an owner, as a named rep and in turns', () => {
    const { assignment } = assigned(owned, list, standing({ absences: vacation(ben) }));
    expect(assignment.rep).toBe(ada);
    expect(reasonsOf(assignment)).toEqual([`contactOwner: ${away}`, `rep: ${away}`, `rotation → ${ada}`]);
    expect(assignment.reasons.at(-1)).toMatchObject({ skipped: [{ person: ben, why: away }] });
  });

  it('does not get it again', () => {
    const { assignment } = assigned(owned, list, standing({ excluded: handedBack(ben) }));
    expect(reasonsOf(assignment)).toEqual([
      'contactOwner: handed this lead back',
      'rep: handed this lead back',
      `rotation → ${ada}`,
    ]);
    expect(assignment.reasons.at(-1)).toMatchObject({
      skipped: [{ person: ben, why: 'handed this lead back' }],
    });
  });

  it('takes it all the same as the fallback, when there is nobody else', () => {
    const { assignment } = assigned(
      lead(),
      rules(),
      standing({ excluded: handedBack(grace), absences: vacation(grace) }),
    );
    expect(assignment.rep).toBe(grace);
  });

  it('has it back when the absence is over', () => {
    expect(assigned(owned, list, standing({ absences: vacation(ben) }), at('20:00')).assignment.rep).toBe(
      ben,
    );
  });
});

describe('somebody whom today’s policy does not know any more', () => {
  const withoutBen = [{ ...americas, members: americas.members.filter(({ id }) => id !== ben) }];
  const list = rules(contactOwner, rule({ kind: 'rep', person: ben }), rotation('Americas'));

  it('is passed over as an owner and as a named rep', () => {
    const owned = lead({ ownerId: '12' });
    const { assignment } = assigned(owned, { ...list, teams: withoutBen }, standing());
    expect(reasonsOf(assignment)).toEqual([
      'contactOwner: is not in the policy any more',
      'rep: is not in the policy any more',
      `rotation → ${ada}`,
    ]);
  });
});

describe('caps', () => {
  it('pass over who has enough, whose balance stays as it is', () => {
    const teams = [
      {
        ...americas,
        members: [member({ caps: { open: 2, perDay: null, perHour: null } }), member({ id: ben })],
      },
    ];
    const list = policy({ ...rules(rotation('Americas')), teams });
    const credits = new Map([['Americas', new Map([[ada, 0.7]])]]);
    const full = standing({ load: new Map([[ada, { open: 2, givenAt: [] }]]), credits });
    const routed = assigned(lead(), list, full);
    expect(routed.assignment).toMatchObject({
      rep: ben,
      reasons: [
        {
          skipped: [{ person: ada, why: 'has 2 open (limit 2)' }],
          before: { [ben]: 0 },
          after: { [ben]: 0 },
        },
      ],
    });
    expect(routed.credits?.after.get(ada)).toBe(0.7);
  });
});

describe('a team of which nobody is at work', () => {
  const night = new Date('2026-03-04T03:00:00Z');
  const hold = { whenNobody: 'hold' } as const;

  it('holds the lead until the first of them is, where the rule says so', () => {
    const list = rules(contactOwner, rotation('Americas', hold), rotation('International'));
    expect(route(lead(), demo, list, standing(), night)).toEqual({
      outcome: 'held',
      team: 'Americas',
      until: new Date('2026-03-04T14:00:00Z'),
      reasons: [
        { rule: 'contactOwner', kind: 'contactOwner', ownerId: null, taken: false, why: 'none is set' },
        {
          rule: 'rotation Americas',
          kind: 'rotation',
          team: 'Americas',
          person: null,
          taken: false,
          why: 'nobody is available',
          skipped: [ada, ben, chloe].map((person) => ({
            person,
            why: 'starts Wed 9:00 AM in New York',
          })),
        },
      ],
    });
  });

  it('holds it for a pool likewise', () => {
    const list = rules(rule({ kind: 'pool', team: 'Americas' }, hold));
    expect(route(lead(), demo, list, standing(), night)).toMatchObject({ outcome: 'held', team: 'Americas' });
  });

  it('does not hold a lead that the rule is not for', () => {
    const france: Condition = { kind: 'text', attribute: 'country', anyOf: ['France'] };
    const list = rules(rotation('Americas', { ...hold, when: france }));
    expect(assigned(lead(), list, standing(), night).assignment.rep).toBe(grace);
  });

  it('does not hold it when nobody knows for how long: the next rule is tried', () => {
    const list = rules(rotation('Americas', hold), rotation('International'));
    const gone = standing({ inactive: new Set([ada, ben, chloe]) });
    expect(assigned(lead(), list, gone).assignment).toMatchObject({ rep: dario });
  });

  it('holds it no longer than until the first cap is over', () => {
    const teams = [{ ...americas, members: [member({ caps: { open: null, perDay: null, perHour: 1 } })] }];
    const list = policy({ ...rules(rotation('Americas', hold)), teams });
    const busy = standing({ load: new Map([[ada, { open: 1, givenAt: [at('14:30')] }]]) });
    expect(route(lead(), demo, list, busy, now)).toMatchObject({
      outcome: 'held',
      until: new Date(+at('15:30') + 1),
    });
  });
});

describe('a pool', () => {
  const list = rules(rule({ kind: 'pool', team: 'Americas' }), contactOwner);

  it('is open to everybody who is at work, and its manager’s until then; nobody’s turn is taken', () => {
    const { assignment, credits } = assigned(lead(), list, standing({ inactive: new Set([ada]) }));
    expect(assignment).toEqual({
      rep: grace,
      team: 'Americas',
      at: now,
      openTo: [ben, chloe],
      reasons: [
        {
          rule: 'pool Americas',
          kind: 'pool',
          team: 'Americas',
          person: grace,
          taken: true,
          skipped: [{ person: ada, why: 'is deactivated in HubSpot' }],
        },
      ],
    });
    expect(credits).toBeNull();
  });

  it('is not opened to who handed the lead back', () => {
    expect(assigned(lead(), list, standing({ excluded: handedBack(ben) })).assignment.openTo).toEqual([
      ada,
      chloe,
    ]);
  });

  it('of which nobody is at work is passed over', () => {
    const night = new Date('2026-03-04T03:00:00Z');
    const { assignment } = assigned(lead({ ownerId: '14' }), list, standing(), night);
    expect([assignment.rep, assignment.openTo]).toEqual([dario, undefined]);
  });

  it('whose manager is deactivated is passed over: nobody would answer for it', () => {
    const { assignment } = assigned(lead({ ownerId: '14' }), list, standing({ inactive: new Set([grace]) }));
    expect(assignment.rep).toBe(dario);
    expect(reasonsOf(assignment)[0]).toBe(
      'pool: its manager, who would answer for it, is deactivated in HubSpot',
    );
  });

  it('of a team that is no longer there is passed over', () => {
    const gone = rules(rule({ kind: 'pool', team: 'Nowhere' }, { whenNobody: 'hold' }));
    const { assignment } = assigned(lead(), gone, standing());
    expect(reasonsOf(assignment)).toEqual(['pool: there is no such team any more', `fallback → ${grace}`]);
  });
});

describe('the members of a team who can take a lead now', () => {
  it('are those at work, without who must not have it; of the others it says why', () => {
    const absences = new Map([[ada, [{ from: at('14:00'), until: null, why: 'vacation' }]]]);
    expect(availableIn(americas, standing({ absences, excluded: handedBack(ben) }), now)).toEqual({
      available: [chloe],
      skipped: [
        { person: ada, why: 'vacation' },
        { person: ben, why: 'handed this lead back' },
      ],
    });
  });
});

describe('finding somebody else', () => {
  const night = new Date('2026-03-08T02:00:00Z');
  const again = (
    to: Destination | null,
    { excluded = handedBack(ada), list = policy(), when = now, subject = lead() } = {},
  ) => reroute(to, subject, demo, list, standing({ excluded }), when);

  it('goes by the rules, past those who must not have it', () => {
    const routed = again(null, { subject: lead({ ownerId: '11' }) });
    expect(routed?.assignment.rep).toBe(ben);
    expect(routed && reasonsOf(routed.assignment)).toEqual([
      'contactOwner: handed this lead back',
      'accountOwner: none is set',
      `rotation → ${ben}`,
    ]);
    expect(routed?.credits?.pool).toBe('Americas');
  });

  it('waits for nobody: a team that would hold the lead is passed over', () => {
    const list = rules(rotation('Americas', { whenNobody: 'hold' }));
    expect(again(null, { list, when: night })?.assignment).toMatchObject({ rep: grace });
  });

  it('falls back on the fallback person, unless they must not have it either', () => {
    expect(again(null, { list: rules() })?.assignment.rep).toBe(grace);
    expect(again(null, { list: rules(), excluded: handedBack(grace) })).toBeNull();
  });

  it('to somewhere leads there or nowhere, whatever the rules say', () => {
    expect(again({ kind: 'rep', person: ben })?.assignment).toMatchObject({
      rep: ben,
      reasons: [{ rule: 'escalation', kind: 'rep', person: ben, taken: true }],
    });
    expect(again({ kind: 'rep', person: ada })).toBeNull();
    expect(again({ kind: 'rotation', team: 'International' }, { when: night })).toBeNull();
  });

  it('in a pool is its manager, unless they must not have it', () => {
    const pool = { kind: 'pool', team: 'Americas' } as const;
    expect(again(pool)?.assignment).toMatchObject({ rep: grace, openTo: [ben, chloe] });
    expect(again(pool, { excluded: handedBack(grace) })).toBeNull();
  });
});

describe('whatever the lead, the rules and who is there', () => {
  const weight = fc.constantFrom(0, 1, 50);
  const hours = fc.constantFrom(everyDay('UTC', '00:00-24:00'), everyDay('Asia/Kolkata', '10:00-12:00'));
  const cap = fc.constantFrom(null, 1, 3);
  const anybody = fc.constantFrom(...Object.values(ownerIds));
  const country = fc.constantFrom('France', 'United States');
  const anyCondition: fc.Arbitrary<Condition | null> = fc.option(
    fc.oneof(
      country.map((one) => ({ kind: 'text', attribute: 'country', anyOf: [one] }) as const),
      fc.constantFrom('demo_request', 'score').map((name) => ({ kind: 'trigger', anyOf: [name] }) as const),
    ),
    { nil: null },
  );
  const anyDestination: fc.Arbitrary<Destination> = fc.oneof(
    fc.constantFrom<Destination>(
      { kind: 'contactOwner' },
      { kind: 'accountOwner' },
      { kind: 'rotation', team: 'Americas' },
      { kind: 'rotation', team: 'International' },
      { kind: 'pool', team: 'Americas' },
      { kind: 'pool', team: 'International' },
    ),
    anybody.map((person) => ({ kind: 'rep', person }) as const),
  );
  const anyRule = fc
    .record({ to: anyDestination, when: anyCondition, whenNobody: fc.constantFrom('next', 'hold') })
    .map(({ to, ...rest }) => rule(to, rest));
  const minutes = fc.integer({ min: 0, max: 10_080 });
  const later = (count: number) => new Date(now.getTime() + count * 60_000);
  const situation = fc
    .record({
      list: fc.array(anyRule, { maxLength: 6 }),
      owners: fc.tuple(
        fc.constantFrom(null, '99', ...Object.keys(ownerIds)),
        fc.constantFrom(null, '99', ...Object.keys(ownerIds)),
      ),
      country,
      inactive: fc.uniqueArray(anybody),
      excluded: fc.uniqueArray(anybody, { maxLength: 2 }),
      absences: fc.dictionary(
        anybody,
        fc.array(
          fc.record({
            from: minutes.map((count) => later(count - 5000)),
            until: fc.option(minutes.map(later), { nil: null }),
            why: fc.constant('away'),
          }),
        ),
      ),
      load: fc.dictionary(
        anybody,
        fc.record({ open: fc.nat(4), givenAt: fc.array(minutes.map(later), { maxLength: 4 }) }),
      ),
      shifts: fc.array(
        fc.record({
          weight,
          hours,
          active: fc.boolean(),
          caps: fc.record({ open: cap, perDay: cap, perHour: cap }),
        }),
        { minLength: 5, maxLength: 5 },
      ),
      when: minutes.map(later),
    })
    .map(({ shifts: [first, second, third, fourth, fifth], list, owners, ...rest }) => {
      const teams = [
        {
          ...americas,
          members: [member(first), member({ id: ben, ...second }), member({ id: chloe, ...third })],
        },
        { ...international, members: [member({ id: dario, ...fourth }), member({ id: farah, ...fifth })] },
      ];
      const [ownerId, accountOwnerId] = owners;
      return {
        list,
        teams,
        subject: lead({ ownerId, country: rest.country, account: account({ ownerId: accountOwnerId }) }),
        there: standing({
          inactive: new Set(rest.inactive),
          excluded: handedBack(...rest.excluded),
          absences: new Map(Object.entries(rest.absences)),
          load: new Map(Object.entries(rest.load)),
        }),
        when: rest.when,
      };
    });
  type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;
  const routeIn = ({ list, teams, subject, there, when }: Situation, extra: readonly RoutingRule[] = []) =>
    route(subject, demo, policy({ routing: routing([...list, ...extra]), teams }), there, when);
  const settings = { numRuns: 500, seed: 11 };

  it('somebody of the policy holds it and the last reason says why, or it waits for a team until a time to come', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(situation, (given) => {
        const routed = routeIn(given);
        outcomes.add(routed.outcome);
        if (routed.outcome === 'held') {
          expect(routed.until.getTime()).toBeGreaterThan(given.when.getTime());
          expect(routed.reasons.at(-1)).toMatchObject({ taken: false, team: routed.team });
          return;
        }
        const { rep, reasons, openTo = [] } = routed.assignment;
        expect(peopleOf(policy())).toContain(rep);
        const last = reasons.at(-1);
        expect(last).toMatchObject({ taken: true, person: rep });
        expect(reasons.slice(0, -1).every((reason) => !reason.taken)).toBe(true);
        for (const person of [...(last?.kind === 'fallback' ? [] : [rep]), ...openTo]) {
          expect(given.there.inactive).not.toContain(person);
        }
        if (last?.kind !== 'fallback' && last?.kind !== 'pool')
          expect([...given.there.excluded.keys()]).not.toContain(rep);
        for (const person of openTo) expect([...given.there.excluded.keys()]).not.toContain(person);
      }),
      settings,
    );
    expect(outcomes).toEqual(new Set(['assigned', 'held']));
  });

  it('the same situation has the same answer', () => {
    fc.assert(
      fc.property(situation, (given) => {
        expect(routeIn(given)).toEqual(routeIn(structuredClone(given)));
      }),
      settings,
    );
  });

  it('a rule below the one that decided changes nothing', () => {
    fc.assert(
      fc.property(situation, anyRule, (given, another) => {
        const before = routeIn(given);
        if (before.outcome === 'assigned' && before.assignment.reasons.at(-1)?.kind === 'fallback') return;
        expect(routeIn(given, [another])).toEqual(before);
      }),
      settings,
    );
  });

  it('a rule for other leads changes nothing but that it says so, wherever it stands', () => {
    const forNobody = rule(
      { kind: 'rep', person: ben },
      { name: 'Peru', when: { kind: 'text', attribute: 'country', anyOf: ['Peru'] } },
    );
    fc.assert(
      fc.property(situation, fc.nat(6), (given, place) => {
        const decided = (list: readonly RoutingRule[]) => {
          const routed = routeIn({ ...given, list: [...list] });
          const steps = routed.outcome === 'held' ? routed.reasons : routed.assignment.reasons;
          const reasons = steps.filter(({ rule }) => rule !== 'Peru');
          return routed.outcome === 'held'
            ? { ...routed, reasons }
            : { ...routed, assignment: { ...routed.assignment, reasons } };
        };
        expect(decided(given.list.toSpliced(place, 0, forNobody))).toEqual(decided(given.list));
      }),
      settings,
    );
  });
});
