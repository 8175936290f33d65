import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { PastAnswer } from '../../../src/domain/past/forecast.ts';
import type { PastHandoff, PastLead } from '../../../src/domain/past/replay.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import type { Past } from '../../../src/flow/ports/past.ts';
import type { Person } from '../../../src/flow/ports/people.ts';
import { backtest, type OwnerChange } from '../../../src/flow/try/backtest.ts';
import {
  ada,
  at,
  becameQualified,
  ben,
  chloe,
  dario,
  demoRequest,
  grace,
  lead,
  member,
  minutesAfter,
  policy,
  routing,
  rule,
  scoreReached,
  target,
  targets,
  weekdays,
} from '../../support/examples.ts';
import { office } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';

const from = at('00:00');
const to = new Date('2026-03-10T00:00:00Z');
const oneDay = 24 * 60;

type Arrival = { at: Date; past: PastLead };

/** Something arrives about a lead. */
function arrives(when: Date, about: Partial<Lead>, known: Partial<Omit<PastLead, 'lead'>> = {}): Arrival {
  return { at: when, past: { lead: lead(about), workflows: [], handoffs: [], ...known } };
}

/** Sends in the demo form at that time, of which the bot hears at once. */
function asks(
  id: string,
  when: Date,
  about: Partial<Lead> = {},
  known: Partial<Omit<PastLead, 'lead'>> = {},
) {
  return arrives(when, { id, conversions: [{ name: 'Request a Demo', at: when }], ...about }, known);
}

const people: Person[] = [ada, ben, chloe, dario, grace].map((id) => ({
  id,
  name: id.split('@')[0] ?? '',
  ownerId: `owner of ${id}`,
  active: true,
  hours: null,
  accounts: [],
}));

type Stored = {
  arrivals: readonly Arrival[];
  answers?: PastAnswer[];
  open?: { rep: string; closedAt: Date | null }[];
  closed?: { medianMs: number; count: number };
};

function pastOf({ arrivals, answers = [], open = [], closed }: Stored): Past {
  return {
    moments: async function* (start, end) {
      // Batches of two: what happens must not depend on where one ends.
      const inTime = arrivals.filter((arrival) => arrival.at >= start && arrival.at < end);
      for (let index = 0; index < inTime.length; index += 2) yield inTime.slice(index, index + 2);
    },
    answers: async () => answers,
    openAt: async () => open,
    timeToClose: async () => closed ?? null,
    names: async (ids) => new Map(ids.map((id) => [id, `Lead ${id}`])),
  };
}

async function compare(stored: Stored, proposed: Policy, inForce: Policy = policy(), staff = people) {
  const progress: number[] = [];
  const { result, changes } = await backtest(
    { inForce, proposed, from, to },
    {
      past: pastOf(stored),
      directory: { people: async () => staff },
      onProgress: (done) => progress.push(done),
    },
  );
  const changed: OwnerChange[] = [];
  for await (const change of changes()) changed.push(change);
  return { ...result, changed, progress };
}

/** What one policy makes of the past. */
async function replayed(stored: Stored, rules: Policy = policy(), staff = people) {
  return (await compare(stored, rules, rules, staff)).proposed;
}

const onlyRotation = routing([rule({ kind: 'rotation', team: 'Americas' })]);

describe('a backtest', () => {
  test('of a policy against itself finds no difference', async () => {
    const arrivals = ['1', '2', '3', '4'].map((id, index) => asks(id, minutesAfter(at('15:00'), index)));
    const { inForce, proposed, changes, moments } = await compare({ arrivals }, policy());
    expect(proposed).toEqual(inForce);
    expect({ changes, moments }).toEqual({ changes: 0, moments: 4 });
  });

  test('names the leads that would have had another owner, and those that would have had none', async () => {
    const arrivals = [asks('1', at('15:00')), asks('2', at('15:01'))];
    const toDario = policy({ routing: routing([rule({ kind: 'rep', person: dario })]) });
    const { changed, changes } = await compare({ arrivals }, toDario);
    expect(changes).toBe(2);
    expect(changed).toEqual([
      { leadId: '1', name: 'Lead 1', inForce: 'ada.okafor', proposed: 'dario.rossi' },
      { leadId: '2', name: 'Lead 2', inForce: 'ben.castillo', proposed: 'dario.rossi' },
    ]);
    const noDemos = policy({ triggers: [becameQualified] });
    expect((await compare({ arrivals }, noDemos)).changed[0]?.proposed).toBe(
      'not handed over: no trigger applies',
    );
  });

  test('tells how far it is, batch by batch', async () => {
    const arrivals = [0, 1, 2, 3].map((days) => asks(String(days), minutesAfter(at('15:00'), days * oneDay)));
    const { progress } = await compare({ arrivals }, policy());
    expect(progress).toHaveLength(2);
    expect(progress[0]).toBeLessThan(progress[1] ?? 0);
  });

  test('warns of properties that nobody read for the stored leads', async () => {
    const asking = policy({
      properties: { ...policy().properties, contact: ['hs_persona'], company: ['tier'], openDeals: true },
    });
    const { notes } = await compare({ arrivals: [] }, asking);
    expect(notes[0]).toContain('hs_persona, tier (company), open deals');
    expect((await compare({ arrivals: [] }, policy())).notes[0]).not.toContain('did not read');
  });
});

describe('leads are counted', () => {
  test('by what they came to, each once', async () => {
    const arrivals = [
      asks('handed over', at('15:00')),
      asks('handed over', at('15:30')),
      asks('held', at('15:31'), { email: null }),
      asks('excluded', at('15:32'), { lifecycleStage: 'customer', stageEnteredAt: {} }),
      arrives(at('15:33'), { id: 'quiet', conversions: [] }),
    ];
    const outcome = await replayed({ arrivals });
    expect(outcome).toMatchObject({
      leads: 4,
      handedOver: 1,
      handoffs: 1,
      held: 1,
      ignored: 2,
      unroutable: 0,
      waiting: 0,
      lacking: [{ name: 'email', count: 1 }],
      reasons: [
        { name: 'Already a customer', count: 1 },
        { name: 'no trigger applies', count: 1 },
      ],
    });
    expect(outcome.triggers).toContainEqual({ name: 'demo_request', count: 1 });
  });

  test('a lead that lacked a field and has it later is handed over in the end', async () => {
    const arrivals = [
      asks('1', at('15:00'), { email: null }),
      asks('1', at('16:00'), { conversions: [{ name: 'Request a Demo', at: at('15:00') }] }),
    ];
    expect(await replayed({ arrivals })).toMatchObject({ handedOver: 1, held: 0, lacking: [] });
  });

  test('leads that cool down share one reason, whenever they may come again', async () => {
    const cooling = policy({ triggers: [{ ...demoRequest, coolDownMinutes: 30 * oneDay }] });
    const closed = { medianMs: 60_000, count: 9 };
    const before = (when: Date): PastHandoff => ({
      trigger: 'demo_request',
      qualifiedAt: when,
      assignedAt: when,
      closedAt: when,
      reasons: [],
    });
    const arrivals = ['a', 'b'].map((id, index) =>
      asks(id, minutesAfter(at('15:00'), index), {}, { handoffs: [before(minutesAfter(from, -60 - index))] }),
    );
    expect((await replayed({ arrivals, closed }, cooling)).reasons).toEqual([
      { name: 'cooling down', count: 2 },
    ]);
  });

  test('what no rule could place is counted, and goes to the fallback', async () => {
    const nowhere = policy({
      routing: routing([rule({ kind: 'rotation', team: 'Americas' })]),
    });
    const outcome = await replayed({ arrivals: [asks('1', at('03:00'))] }, nowhere);
    expect(outcome.unroutable).toBe(1);
    expect(outcome.people.map(({ name }) => name)).toEqual([grace]);
  });

  test('a lead waits for a team, and goes to the first who is at work', async () => {
    const holding = policy({
      routing: routing([rule({ kind: 'rotation', team: 'Americas' }, { whenNobody: 'hold' })]),
    });
    const outcome = await replayed({ arrivals: [asks('1', at('03:00'))] }, holding);
    expect(outcome).toMatchObject({
      handedOver: 1,
      waiting: 0,
      unroutable: 0,
      waited: [{ name: 'Americas', count: 1 }],
    });
    const atTheEnd = asks('1', minutesAfter(to, -60));
    expect(await replayed({ arrivals: [atTheEnd] }, holding)).toMatchObject({ handedOver: 0, waiting: 1 });
  });

  test('a lead that arrives anew while it waits is handed over once', async () => {
    const holding = policy({
      routing: routing([rule({ kind: 'rotation', team: 'Americas' }, { whenNobody: 'hold' })]),
    });
    const arrivals = [asks('1', at('03:00')), asks('1', at('04:00')), asks('2', at('20:00'))];
    expect(await replayed({ arrivals }, holding)).toMatchObject({ leads: 2, handoffs: 2 });
  });
});

describe('the moment decides', () => {
  test('what a lead did later is not known yet', async () => {
    const later = at('18:00');
    const arrivals = [
      arrives(at('15:00'), {
        conversions: [{ name: 'Request a Demo', at: later }],
        lifecycleStage: 'marketingqualifiedlead',
        stageEnteredAt: { lead: at('10:00'), marketingqualifiedlead: later },
        score: {
          value: 90,
          components: [],
          history: [
            { value: 90, at: later },
            { value: 30, at: at('10:00') },
          ],
        },
      }),
    ];
    expect(await replayed({ arrivals })).toMatchObject({ handedOver: 0, ignored: 1 });
  });

  test('evidence that was fresh then counts, however old it is today', async () => {
    const arrivals = [
      arrives(at('15:00'), {
        conversions: [],
        score: {
          value: 80,
          components: [],
          history: [
            { value: 80, at: new Date('2026-03-08T10:00:00Z') },
            { value: 60, at: at('14:59') },
            { value: 20, at: at('09:00') },
          ],
        },
      }),
    ];
    const { triggers } = await replayed({ arrivals }, policy({ triggers: [scoreReached] }));
    expect(triggers).toEqual([{ name: 'score', count: 1 }]);
  });

  test('a lead that became a customer later was none then', async () => {
    const won = { lifecycleStage: 'customer', stageEnteredAt: { lead: at('10:00'), customer: to } };
    expect(await replayed({ arrivals: [asks('1', at('15:00'), won)] })).toMatchObject({ handedOver: 1 });
  });

  test('a workflow counts from its request on', async () => {
    const byWorkflow = policy({
      triggers: [{ ...demoRequest, when: { kind: 'workflow', name: 'hand_over' } }],
    });
    const known = { workflows: [{ name: 'hand_over', at: at('16:00') }] };
    const outcome = (when: Date) =>
      replayed({ arrivals: [arrives(when, { conversions: [] }, known)] }, byWorkflow);
    expect(await outcome(at('15:59'))).toMatchObject({ handedOver: 0 });
    expect(await outcome(at('16:00'))).toMatchObject({ handedOver: 1 });
  });
});

describe('the contact owner', () => {
  const byBot: PastHandoff = {
    trigger: 'demo_request',
    qualifiedAt: at('15:00'),
    assignedAt: at('15:00'),
    closedAt: null,
    reasons: [
      { rule: 'contact owner', kind: 'contactOwner', ownerId: null, taken: false, why: 'none is set' },
    ],
  };
  const owned = { ownerId: `owner of ${chloe}` };
  const owners = async (known: Partial<PastLead>) =>
    (await replayed({ arrivals: [asks('1', at('15:00'), owned, known)] })).people.map(({ name }) => name);

  test('is whoever it is today, when the bot never handed the lead over', async () => {
    expect(await owners({})).toEqual([chloe]);
  });

  test('is nobody, when the bot found none before it made somebody the owner', async () => {
    expect(await owners({ handoffs: [byBot] })).toEqual([ada]);
  });

  test('is the one whom the bot found then', async () => {
    const found: PastHandoff = { ...byBot, reasons: [{ kind: 'contactOwner', person: ben, taken: true }] };
    expect(await owners({ handoffs: [found] })).toEqual([ben]);
  });

  test('is whoever got the lead, the next time it comes', async () => {
    const arrivals = [asks('1', at('15:00')), asks('1', at('20:00'))];
    const outcome = await replayed({ arrivals, closed: { medianMs: 60_000, count: 9 } });
    expect(outcome.handoffs).toBe(2);
    expect(outcome.people).toMatchObject([{ name: ada, total: 2 }]);
  });
});

describe('each policy has its own', () => {
  test('turns, by its own weights', async () => {
    const arrivals = Array.from({ length: 8 }, (_, index) =>
      asks(String(index), minutesAfter(at('15:00'), index)),
    );
    const [americas] = policy().teams;
    if (!americas) throw new Error('the example policy has no team');
    const equal = {
      ...americas,
      members: [member(), member({ id: ben, weight: 50 })],
    };
    const { inForce, proposed } = await compare(
      { arrivals },
      policy({ teams: [equal], routing: onlyRotation }),
      policy({ teams: [americas], routing: onlyRotation }),
    );
    const shares = (outcome: typeof inForce) =>
      Object.fromEntries(outcome.people.map(({ name, total }) => [name, total]));
    expect(shares(inForce)).toEqual({ [ada]: 4, [ben]: 2, [chloe]: 2 });
    expect(shares(proposed)).toEqual({ [ada]: 4, [ben]: 4 });
  });

  test('load, so that caps hold, with what was open at the beginning', async () => {
    const capped = member({ caps: { open: 2, perDay: null, perHour: null } });
    const [americas] = policy().teams;
    if (!americas) throw new Error('the example policy has no team');
    const rules = policy({
      teams: [{ ...americas, members: [capped, member({ id: ben, weight: 1 })] }],
      routing: onlyRotation,
    });
    const arrivals = ['1', '2', '3', '4'].map((id, index) => asks(id, minutesAfter(at('15:00'), index)));
    const total = async (stored: Partial<Stored>) =>
      (await replayed({ arrivals, ...stored }, rules)).people.find(({ name }) => name === ada)?.total ?? 0;
    expect(await total({})).toBe(2);
    expect(await total({ open: [{ rep: ada, closedAt: null }] })).toBe(1);
    expect(await total({ open: [{ rep: ada, closedAt: at('12:00') }] })).toBe(2);
    expect(await total({ closed: { medianMs: 30_000, count: 9 } })).toBe(4);
  });

  test('a person who is switched off in HubSpot gets nothing', async () => {
    const staff = people.map((person) => ({ ...person, active: person.id !== ada }));
    const { people: taken } = await replayed({ arrivals: [asks('1', at('15:00'))] }, policy(), staff);
    expect(taken.map(({ name }) => name)).toEqual([ben]);
  });

  test('hours from HubSpot count where the policy has none', async () => {
    const early = weekdays('America/New_York', '05:00-06:00');
    const staff = people.map((person) => (person.id === ben ? { ...person, hours: early } : person));
    // 05:30 in New York, when everybody else sleeps.
    const outcome = await replayed(
      { arrivals: [asks('1', at('10:30'))] },
      policy({ routing: onlyRotation }),
      staff,
    );
    expect(outcome.people.map(({ name }) => name)).toEqual([ben]);
  });
});

describe('a pool', () => {
  test('counts for the team, and for nobody of it', async () => {
    const pool = policy({ routing: routing([rule({ kind: 'pool', team: 'Americas' })]) });
    const { people: taken, teams } = await replayed({ arrivals: [asks('1', at('15:00'))] }, pool);
    expect(taken.map(({ name }) => name)).toEqual(['whoever claims it in Americas']);
    expect(teams).toMatchObject([{ name: 'Americas', total: 1 }]);
  });
});

describe('load', () => {
  test('has its busiest day where the rep works', async () => {
    const late = at('15:00');
    // 21:00 and 23:30 in New York are the next day in UTC.
    const arrivals = [
      asks('1', late, { ownerId: `owner of ${ada}` }),
      asks('2', new Date('2026-03-05T02:00:00Z'), { ownerId: `owner of ${ada}` }),
      asks('3', new Date('2026-03-05T04:30:00Z'), { ownerId: `owner of ${ada}` }),
    ];
    const { people: taken } = await replayed({ arrivals });
    expect(taken[0]).toMatchObject({ total: 3, busiest: { date: '2026-03-04', count: 2 } });
  });
});

describe('expected misses', () => {
  const answered = (minutes: number, count = 5): PastAnswer[] =>
    Array.from({ length: count }, () => ({
      rep: ada,
      team: 'Americas',
      since: at('15:00'),
      acknowledgedAt: minutesAfter(at('15:00'), minutes),
      firstTouchAt: minutesAfter(at('15:00'), minutes * 2),
      touchBreached: false,
    }));
  const misses = async (answers: PastAnswer[], rules = policy({ routing: onlyRotation })) =>
    (await replayed({ arrivals: [asks('1', at('15:00'))], answers }, rules)).misses;

  test('are one half when the target is the median', async () => {
    expect(await misses(answered(15))).toEqual({ acknowledge: 0.5, touch: 0.5 ** 4 });
  });

  test('are those of the team when too little is known of the rep', async () => {
    const team = answered(30, 4).concat(answered(30, 1).map((answer) => ({ ...answer, rep: ben })));
    expect((await misses(team)).acknowledge).toBeCloseTo(0.5 ** 0.5);
  });

  test('are those of the usual pace when nothing is known', async () => {
    expect(await misses([])).toEqual({ acknowledge: 0.5, touch: 0.5 });
  });

  test('are certain for somebody who mostly does not answer', async () => {
    const silent = answered(5, 2).concat(
      answered(5, 3).map((answer) => ({ ...answer, acknowledgedAt: null, firstTouchAt: null })),
    );
    expect((await misses(silent)).acknowledge).toBe(1);
  });

  test('are of the targets that are for such a lead', async () => {
    const inAmerica = { kind: 'text', attribute: 'country', anyOf: ['United States'] } as const;
    const abroad = { ...targets({ acknowledge: target(45), touch: target(60) }), when: null };
    const here = { ...targets({ acknowledge: target(30), touch: target(60) }), when: inAmerica };
    const rules = policy({ triggers: [{ ...demoRequest, targets: [here, abroad] }], routing: onlyRotation });
    expect((await misses([], rules)).acknowledge).toBe(0.25);
    const fromPeru = await replayed({ arrivals: [asks('1', at('15:00'), { country: 'Peru' })] }, rules);
    expect(fromPeru.misses.acknowledge).toBe(0.125);
  });

  test('by the wall clock for the first touch alone, from the answer that is expected', async () => {
    const late = asks('1', at('22:10'), { ownerId: `owner of ${ada}` });
    const byTheClock = targets({ touch: target(60, 'wallClock') });
    const rules = policy({ triggers: [{ ...demoRequest, targets: [{ ...byTheClock, when: null }] }] });
    // Ada goes home at 22:30, five minutes after her answer.
    expect((await replayed({ arrivals: [late], answers: answered(15) }, rules)).misses).toEqual({
      acknowledge: 0.5,
      touch: 0.5 ** (5 / 15),
    });
  });

  test('by the wall clock are certain when the time runs out before the rep is at work', async () => {
    const byTheClock = targets({ acknowledge: target(15, 'wallClock'), touch: target(60, 'wallClock') });
    const wallClock = policy({
      triggers: [{ ...demoRequest, targets: [{ ...byTheClock, when: null }] }],
    });
    const atNight = asks('1', at('03:00'), { ownerId: `owner of ${ada}` });
    const night = await replayed({ arrivals: [atNight], answers: answered(15) }, wallClock);
    const day = await replayed(
      { arrivals: [asks('1', at('15:00'), { ownerId: `owner of ${ada}` })], answers: answered(15) },
      wallClock,
    );
    expect(night.misses.acknowledge).toBe(1);
    expect(day.misses.acknowledge).toBe(0.5);
  });
});

describe('a replay', () => {
  /** Leads of all kinds, in the order in which something arrives about them, within six days. */
  const arrivals = fc
    .array(
      fc.record({
        minute: fc.integer({ min: 0, max: 6 * oneDay }),
        id: fc.integer({ min: 1, max: 12 }).map(String),
        email: fc.constantFrom('lena@northwind.example', null),
        stage: fc.constantFrom('lead', 'customer'),
        owner: fc.constantFrom(null, `owner-${ben.split('.')[0]}`, 'owner-unknown'),
      }),
      { maxLength: 40 },
    )
    .map((all) => {
      const inOrder = all.toSorted((a, b) => a.minute - b.minute);
      // Who a lead is has no history, so it is the same at each of its arrivals.
      const first = new Map(inOrder.toReversed().map((arrival) => [arrival.id, arrival]));
      const apart = inOrder.filter(({ minute }, index) => minute !== inOrder[index - 1]?.minute);
      return apart.map(({ id, minute }) => {
        const { email = null, stage = null, owner = null } = first.get(id) ?? {};
        const about = { email, lifecycleStage: stage, stageEnteredAt: {}, ownerId: owner };
        return asks(id, minutesAfter(from, minute), about);
      });
    });

  const capped = (override: Partial<Policy>) => {
    const [americas, international] = policy().teams;
    if (!americas || !international) throw new Error('the example policy has two teams');
    const caps = { open: 3, perDay: 2, perHour: 1 };
    const members = [member({ caps }), member({ id: ben, weight: 25 })];
    return policy({ teams: [{ ...americas, members }, international], ...override });
  };
  const held = routing([
    rule({ kind: 'contactOwner' }),
    rule({ kind: 'rotation', team: 'Americas' }, { whenNobody: 'hold' }),
  ]);

  test('gives everybody as many leads as the bot does, and holds as many', async () => {
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.constantFrom(capped({}), capped({ routing: held })),
        async (all, rules) => {
          const real = await decided(all, rules);
          const outcome = await replayed({ arrivals: all }, rules, real.staff);
          const taken = Object.fromEntries(outcome.people.map(({ name, total }) => [name, total]));
          expect(taken).toEqual(real.taken);
          expect(outcome.held).toBe(real.lacking);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('loses no lead and no handoff', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (all) => {
        const outcome = await replayed({ arrivals: all }, capped({ routing: held }));
        const { leads, handedOver, held: waits, ignored, waiting, handoffs } = outcome;
        expect(handedOver + waits + ignored + waiting).toBe(leads);
        expect(leads).toBe(new Set(all.map(({ past }) => past.lead.id)).size);
        for (const list of [outcome.people, outcome.teams]) {
          expect(list.reduce((sum, { total }) => sum + total, 0)).toBe(handoffs);
        }
      }),
    );
  });
});

/** What the bot itself makes of the same arrivals, with everything kept in memory. */
async function decided(all: readonly Arrival[], rules: Policy) {
  const { needs, crm, kept, moveTo } = await office({ rules, now: from });
  const look = takeInAlone(needs);
  const wake = async (until: Date) => {
    for (;;) {
      const due = [...kept.holds.values()]
        .filter((hold) => hold.until && hold.until <= until)
        .sort((a, b) => Number(a.until) - Number(b.until))[0];
      if (!due?.until) return;
      moveTo(due.until);
      await arrive(due.leadId, due.until);
    }
  };
  const arrive = async (leadId: string, when: Date) => {
    const event = {
      type: 'object.propertyChange',
      occurredAt: when,
      payload: {},
      ignored: null,
      record: null,
    };
    await needs.inbox.store([{ ...event, leadId, dedupeKey: `${leadId} ${when.getTime()}` }], when);
    await look(leadId);
  };
  for (const { at: when, past } of all) {
    await wake(when);
    moveTo(when);
    crm.contacts.set(past.lead.id, past.lead);
    await arrive(past.lead.id, when);
  }
  await wake(to);
  const taken: Record<string, number> = {};
  for (const { handoff } of kept.handoffs.values()) {
    const { rep } = handoff.assignment;
    taken[rep] = (taken[rep] ?? 0) + 1;
  }
  const lacking = [...kept.holds.values()].filter(({ until }) => until === null).length;
  return { taken, lacking, staff: await needs.directory.people() };
}
