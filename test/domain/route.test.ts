import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peopleOf, type RoutingRule } from '../../src/domain/policy.ts';
import { type Assignment, route, type Standing } from '../../src/domain/route.ts';
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
} from '../support/examples.ts';

const now = at('15:00');
const ownerIds = { '11': ada, '12': ben, '13': chloe, '14': dario, '15': farah, '20': grace, '21': henrik };

function standing(override: Partial<Standing> = {}): Standing {
  return {
    peopleByOwner: new Map(Object.entries(ownerIds)),
    inactive: new Set(),
    credits: new Map(),
    ...override,
  };
}

const rules = (...list: RoutingRule[]) => policy({ routing: { rules: list, fallback: grace } });
const contactOwner: RoutingRule = { kind: 'contactOwner' };
const accountOwner: RoutingRule = { kind: 'accountOwner' };
const rotation = (team: string): RoutingRule => ({ kind: 'rotation', team });

/** The reasons as short words: `rule → person` or `rule: why not`. */
function reasonsOf({ reasons }: Assignment): string[] {
  return reasons.map((reason) =>
    reason.taken ? `${reason.kind} → ${reason.person}` : `${reason.kind}: ${reason.why}`,
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
        ['contactOwner: their HubSpot user is deactivated', 'accountOwner: none is set', `rotation → ${ada}`],
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
      const { assignment } = route(subject, policy(), standing(override), now);
      expect(assignment.rep).toBe(rep);
      expect(reasonsOf(assignment)).toEqual(reasons);
    });
  }

  it('put the lead into the owner’s own team and cost no turn', () => {
    expect(route(owned('15'), policy(), standing(), now)).toMatchObject({
      assignment: { rep: farah, team: 'International', at: now },
      credits: null,
    });
  });

  it('keep an owner who is off duty: the lead is theirs', () => {
    const night = new Date('2026-03-04T03:00:00Z');
    expect(route(owned('12'), policy(), standing(), night).assignment.rep).toBe(ben);
  });

  it('are tried in the policy’s order', () => {
    const swapped = rules(accountOwner, contactOwner);
    expect(route(owned('12', '14'), swapped, standing(), now).assignment.rep).toBe(dario);
  });
});

describe('rotation', () => {
  const only = rules(rotation('Americas'));
  const skippedBy = (override: Partial<Standing>, list = only, when = now) => {
    const reason = route(lead(), list, standing(override), when).assignment.reasons[0];
    return reason?.kind === 'rotation' ? reason.skipped : null;
  };

  it('gives the next turn and notes the balances that it leaves', () => {
    const { assignment, credits } = route(lead(), only, standing(), now);
    expect(assignment).toMatchObject({ rep: ada, team: 'Americas', at: now });
    expect(assignment.reasons).toEqual([
      {
        kind: 'rotation',
        team: 'Americas',
        person: ada,
        taken: true,
        skipped: [],
        weights: { [ada]: 50, [ben]: 25, [chloe]: 25 },
      },
    ]);
    expect(credits?.pool).toBe('Americas');
    expect(Object.fromEntries(credits?.after ?? [])).toEqual({ [ada]: -0.5, [ben]: 0.25, [chloe]: 0.25 });
  });

  it('goes on from the balances before', () => {
    const turns: string[] = [];
    let credits: Standing['credits'] = new Map();
    for (let turn = 0; turn < 8; turn += 1) {
      const routed = route(lead(), only, standing({ credits }), now);
      turns.push(routed.assignment.rep);
      if (routed.credits) credits = new Map([[routed.credits.pool, routed.credits.after]]);
    }
    expect(turns).toEqual([ada, ben, chloe, ada, ada, ben, chloe, ada]);
  });

  it('skips who is deactivated, and says so', () => {
    expect(skippedBy({ inactive: new Set([ada]) })).toEqual([
      { person: ada, why: 'HubSpot user deactivated' },
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
      { person: farah, why: 'outside working hours in Asia/Kolkata' },
    ]);
  });

  it('over a team of which nobody is free says why of each, and the next rule is tried', () => {
    const list = rules(rotation('International'), rotation('Americas'));
    const { assignment } = route(lead(), list, standing({ inactive: new Set([dario]) }), now);
    expect(assignment.rep).toBe(ada);
    expect(assignment.reasons[0]).toEqual({
      kind: 'rotation',
      team: 'International',
      person: null,
      taken: false,
      why: 'nobody is available',
      skipped: [
        { person: dario, why: 'HubSpot user deactivated' },
        { person: farah, why: 'outside working hours in Asia/Kolkata' },
      ],
    });
  });

  it('over a team that the policy does not define is a mistake of ours', () => {
    expect(() => route(lead(), rules(rotation('Nowhere')), standing(), now)).toThrow('"Nowhere"');
  });
});

describe('the fallback', () => {
  const night = new Date('2026-03-08T02:00:00Z');

  it('takes what no rule could place, with every reason before it', () => {
    const { assignment, credits } = route(lead(), policy(), standing(), night);
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
    expect(route(lead(), rules(), standing(), now).assignment).toMatchObject({
      rep: grace,
      team: 'Americas',
    });
  });

  it('is in their own team when they are a member of one', () => {
    const list = policy({ routing: { rules: [], fallback: dario } });
    expect(route(lead(), list, standing(), now).assignment).toMatchObject({
      rep: dario,
      team: 'International',
    });
  });
});

it('whatever the lead, the rules and who is there: somebody of the policy holds it, and the last reason says why', () => {
  const anyRule = fc.constantFrom(
    contactOwner,
    accountOwner,
    rotation('Americas'),
    rotation('International'),
  );
  const anyOwner = fc.constantFrom(null, '99', ...Object.keys(ownerIds));
  const anybody = fc.constantFrom(...Object.values(ownerIds));
  const weight = fc.constantFrom(0, 1, 50);
  const hours = fc.constantFrom(everyDay('UTC', '00:00-24:00'), everyDay('Asia/Kolkata', '10:00-12:00'));
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 5 }),
      anyOwner,
      anyOwner,
      fc.uniqueArray(anybody),
      fc.array(fc.tuple(weight, hours), { minLength: 5, maxLength: 5 }),
      fc.integer({ min: 0, max: 10_080 }),
      (list, ownerId, accountOwnerId, inactive, shifts, minutes) => {
        const [first, second, third, fourth, fifth] = shifts.map(([weight, hours]) => ({ weight, hours }));
        const teams = [
          {
            ...americas,
            members: [member({ ...first }), member({ id: ben, ...second }), member({ id: chloe, ...third })],
          },
          { ...international, members: [member({ id: dario, ...fourth }), member({ id: farah, ...fifth })] },
        ];
        const rules = policy({ routing: { rules: list, fallback: grace }, teams });
        const subject = lead({ ownerId, account: account({ ownerId: accountOwnerId }) });
        const when = new Date(now.getTime() + minutes * 60_000);
        const { assignment } = route(subject, rules, standing({ inactive: new Set(inactive) }), when);

        expect(peopleOf(rules)).toContain(assignment.rep);
        const last = assignment.reasons.at(-1);
        expect(last).toMatchObject({ taken: true, person: assignment.rep });
        expect(assignment.reasons.slice(0, -1).every((reason) => !reason.taken)).toBe(true);
        if (last?.kind !== 'fallback') expect(inactive).not.toContain(assignment.rep);
      },
    ),
    { numRuns: 300, seed: 11 },
  );
});
