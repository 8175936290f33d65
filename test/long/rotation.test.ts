import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresArrivals } from '../../src/adapters/postgres/arrivals.ts';
import { type Connection, connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { postgresDirectory } from '../../src/adapters/postgres/directory.ts';
import { postgresHandoffs } from '../../src/adapters/postgres/handoffs.ts';
import { begin, type HandoffId, offer } from '../../src/domain/handoff/handoff.ts';
import type { Lead } from '../../src/domain/lead/lead.ts';
import type { Member, Policy, Targets, Trigger } from '../../src/domain/policy/policy.ts';
import { roundTheClock } from '../../src/domain/policy/working-hours.ts';
import { route } from '../../src/domain/routing/route.ts';
import { after, apply, changeHandoff, timersFor } from '../../src/flow/change.ts';
import type { Arrivals } from '../../src/flow/ports/arrivals.ts';
import type { Balance, Handoffs } from '../../src/flow/ports/handoffs.ts';
import type { Begun } from '../flow/contracts/given.ts';
import { boss, decision, lead, minute } from '../flow/contracts/given.ts';
import { open as openIn } from '../flow/contracts/settling.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { reason, recycleRules } from '../support/examples.ts';

const dach = { ann: 5, bea: 3, cleo: 2, dana: 1 };
const nordics = { emil: 1, freja: 1, gro: 2 };

const targets: Targets = {
  acknowledge: { minutes: 30, countedIn: 'workingTime' },
  touch: { minutes: 60, countedIn: 'workingTime' },
  attempts: null,
};

const trigger: Trigger = {
  name: 'demo',
  label: 'Demo',
  when: { kind: 'conversion', titleOf: 'form', contains: ['demo'] },
  targets: [{ ...targets, when: null }],
  coolDownMinutes: null,
  once: false,
};

const policy: Policy = {
  version: 'abc',
  language: 'en',
  threads: 'important',
  properties: {
    score: null,
    scoreComponents: [],
    summary: null,
    product: null,
    contact: [],
    company: [],
    openDeals: false,
  },
  qualification: { required: [], never: [], freshWithinDays: 7 },
  triggers: [trigger],
  routing: {
    rules: [
      {
        name: 'north',
        when: { kind: 'text', attribute: 'country', anyOf: ['Norway'] },
        to: { kind: 'rotation', team: 'Nordics' },
        whenNobody: 'next',
      },
      { name: 'rest', when: null, to: { kind: 'rotation', team: 'DACH' }, whenNobody: 'next' },
    ],
    fallback: boss,
    accountBy: ['association'],
  },
  chat: { usual: 'slack', people: new Map() },
  chatAddresses: new Map(),
  teams: [teamOf('DACH', dach), teamOf('Nordics', nordics)],
  ladders: { acknowledge: [], touch: [] },
  respectsQuiet: false,
  events: [],
  notify: null,
  webhooks: [],
  grace: [],
  silentAfter: null,
  disqualifyReasons: [reason('spam', 'Spam', { refundsTurn: true })],
  deals: [],
  intros: [],
  leadRecords: null,
  cards: [],
  overturnWithinMinutes: 2880,
  recycle: recycleRules(),
  handBackReasons: [{ name: 'territory', label: 'Not mine', noteRequired: false, refundsTurn: true }],
  suppression: null,
  briefing: { formAnswers: false },
  pages: new Map(),
  update: [],
  admins: [],
  whoSees: { why: 'concerned' },
  retention: { events: 30, neverHandedOver: 30, handedOver: 730.5 },
};

function teamOf(name: string, weights: Readonly<Record<string, number>>) {
  const members = Object.entries(weights).map(
    ([id, weight]): Member => ({
      id,
      weight,
      hours: roundTheClock,
      ownHours: false,
      active: true,
      caps: { open: null, perDay: null, perHour: null },
    }),
  );
  return { name, manager: boss, hours: roundTheClock, members };
}

/** Whose turn it is, as the balances say. */
function routed(of: Lead, balance: Balance) {
  const standing = { ...balance, peopleByOwner: new Map(), inactive: new Set<string>(), absences: new Map() };
  const found = route(of, { trigger: trigger.name, workflows: [] }, policy, standing, minute(0));
  if (found.outcome !== 'assigned') throw new Error(`Lead ${of.id} was held: expected an assignment.`);
  return found;
}

/** Takes that turn, as intake does. */
function openingFor(of: Lead, id: HandoffId, balance: Balance): Begun {
  const found = routed(of, balance);
  const offered = offer(found.assignment, targets, 'demo', policy, { ownerId: null, since: null });
  const facts = {
    id,
    leadId: of.id,
    trigger: trigger.name,
    policyVersion: policy.version,
    targets,
    qualifiedAt: minute(0),
  };
  const handoff = begin(facts, offered);
  return {
    handoff,
    events: [offered],
    timers: timersFor(handoff, policy, minute(0)),
    news: [],
    heardBy: [],
    credits: found.credits,
    decision: decision({ leadId: of.id, verdict: 'handoff', handoffId: id }),
  };
}

let database: TestDatabase;
/** As many replicas as there are, each with connections of its own. */
let replicas: Connection[];
beforeAll(async () => {
  database = await testDatabase();
  replicas = Array.from({ length: 8 }, () =>
    connectPostgres(database.url, { poolSize: 1, onConnectionLost: (error) => console.error(error) }),
  );
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('truncate handoff, decision, rep, rotation, job cascade');
});

type Work = (stores: { handoffs: Handoffs; arrivals: Arrivals }) => Promise<void>;

/** Has the replicas do the work in its order, each the next that nobody has begun. */
async function share(work: readonly Work[]): Promise<void> {
  const waiting = work.values();
  const workers = replicas.map(async (replica) => {
    const stores = { handoffs: postgresHandoffs(replica), arrivals: postgresArrivals(replica) };
    for (const next of waiting) await next(stores);
  });
  await Promise.all(workers);
}

function assign(of: Lead, outcomes: string[] = []): Work {
  return async (stores) => {
    const id = randomUUID();
    const outcome = await openIn(stores, [of.id], [], 'PAID_SEARCH', minute(0), (balance) =>
      openingFor(of, id, balance),
    );
    outcomes.push(typeof outcome === 'string' ? outcome : 'held');
  };
}

/** So many leads; every fourth is from Norway, if any are. */
function leads(count: number, { north = false } = {}): Lead[] {
  return Array.from({ length: count }, (_, index) => ({
    ...lead,
    id: `${index}`,
    country: north && index % 4 === 0 ? 'Norway' : 'Germany',
  }));
}

/** A rep sends back what they were given: spam, which costs them no turn. */
function sendBack(of: Lead): Work {
  return async ({ handoffs }) => {
    for (const { id, rep } of await openOf(of)) {
      const command = { type: 'disqualify', by: rep, reason: 'spam', note: '' } as const;
      await changeHandoff(handoffs, () => policy, id, command, { by: rep, at: minute(1), commandId: null });
    }
  };
}

/** A rep hands back what they were given, and routing finds somebody else. */
function handBack(of: Lead): Work {
  return async ({ handoffs }) => {
    for (const { id, rep } of await openOf(of)) {
      await handoffs.reassign(id, { by: rep, at: minute(1), commandId: null }, (handoff, balance) => {
        const { assignment, credits } = routed(of, balance);
        const command = { type: 'handBack', by: rep, reason: 'territory', note: '', to: assignment } as const;
        const change = apply(handoff, command, policy, { by: rep, at: minute(1) });
        return 'refused' in change ? change : { ...change, credits };
      });
    }
  };
}

/** A rep lets a card pass. */
function miss(of: Lead): Work {
  return async ({ handoffs }) => {
    for (const { id, rep } of await openOf(of)) {
      await handoffs.change(id, { by: null, at: minute(30), commandId: null }, (handoff) => {
        const due = minute(30);
        const event = { type: 'breached', clock: 'acknowledge', due, rep, unanswered: true } as const;
        return after(handoff, [event], policy, { by: null, at: minute(30) });
      });
    }
  };
}

async function openOf({ id }: Lead): Promise<{ id: HandoffId; rep: string }[]> {
  const { rows } = await database.pool.query(
    'select id, rep from handoff where lead_id = $1 and closed_at is null',
    [id],
  );
  return rows;
}

type Numbers = Readonly<Record<string, number>>;

/** Who has how many of a team's leads; those that were sent back do not count. */
async function heldIn(team: string): Promise<Numbers> {
  const { rows } = await database.pool.query<{ rep: string; count: number }>(
    `select rep, count(*)::int from handoff
      where state -> 'assignment' ->> 'team' = $1 and closed_at is null group by rep`,
    [team],
  );
  return Object.fromEntries(rows.map(({ rep, count }) => [rep, count]));
}

/** How far each is behind their weight's share of the leads, in leads; negative for ahead. */
function owed(held: Numbers, weights: Numbers): [string, number][] {
  const sum = (numbers: Numbers) => Object.values(numbers).reduce((total, number) => total + number, 0);
  const turns = sum(held) / sum(weights);
  return Object.entries(weights).map(([rep, weight]) => [rep, weight * turns - (held[rep] ?? 0)]);
}

async function expectFairShares(team: string, weights: Numbers): Promise<void> {
  const held = await heldIn(team);
  for (const [rep, leads] of owed(held, weights)) {
    expect(Math.abs(leads), `${rep} of ${team}: ${JSON.stringify(held)}`).toBeLessThan(1);
  }
}

/** Every turn that was taken, and every one that was given back, stands in the balances. */
async function expectExactBalances(team: string, weights: Numbers): Promise<void> {
  const { credits } = await postgresHandoffs(database).balance('any');
  for (const [rep, leads] of owed(await heldIn(team), weights)) {
    expect(credits.get(team)?.get(rep), `${rep} of ${team}`).toBeCloseTo(leads, 6);
  }
}

describe('8 workers at once', () => {
  test('share 2,000 leads, each within one lead of their share, and give none twice', async () => {
    const outcomes: string[] = [];
    const twice = leads(2_000).flatMap((one, index) => (index % 10 === 0 ? [one, one] : [one]));
    await share(twice.map((one) => assign(one, outcomes)));
    expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(2_000);
    expect(outcomes.filter((outcome) => outcome === 'openAlready')).toHaveLength(200);
    const { rows } = await database.pool.query('select count(distinct lead_id)::int as leads from handoff');
    expect(rows).toEqual([{ leads: 2_000 }]);
    await expectFairShares('DACH', dach);
  });

  test('share the leads of two teams, each team for itself', async () => {
    await share(leads(400, { north: true }).map((one) => assign(one)));
    await expectFairShares('DACH', dach);
    await expectFairShares('Nordics', nordics);
    await expectExactBalances('DACH', dach);
    await expectExactBalances('Nordics', nordics);
  });

  test('keep exact balances while leads are sent back and come again at the same moment', async () => {
    const before = leads(150, { north: true });
    await share(before.map((one) => assign(one)));
    await share(before.flatMap((one) => [sendBack(one), assign(one), assign(one), sendBack(one)]));
    const { rows } = await database.pool.query('select from handoff where closed_at is not null');
    expect(rows.length).toBeGreaterThanOrEqual(150);
    await expectExactBalances('DACH', dach);
    await expectExactBalances('Nordics', nordics);
  });

  test('wait for each other in no circle when everything that shares a lock happens at once', async () => {
    const directory = postgresDirectory(database);
    const people = Object.keys({ ...dach, ...nordics }).map((id) => ({
      id,
      name: id,
      ownerId: null,
      active: true,
      hours: null,
    }));
    const sync: Work = () => directory.savePeople(people.toReversed(), minute(0));
    const again: Work = async ({ handoffs }) => {
      for (const { id } of people) await handoffs.deliverAgain(id);
    };
    await directory.savePeople(people, minute(0));
    const all = leads(160, { north: true });
    await share(all.map((one) => assign(one)));
    const spam = all.slice(120);
    const passedOn = all.slice(0, 120);
    await share(
      passedOn.flatMap((one, index) => [
        ...[miss(one), handBack(one), index % 5 === 0 ? sync : again, miss(one)],
        ...spam.slice(index, index + 1).map(sendBack),
      ]),
    );
    const { rows } = await database.pool.query(
      `select by, rep from handoff join handoff_event on handoff_id = id where type = 'handedBack'`,
    );
    expect(rows).toHaveLength(passedOn.length);
    expect(rows.filter(({ by, rep }) => by === rep)).toEqual([]);
    for (const credits of (await postgresHandoffs(database).balance('any')).credits.values()) {
      expect([...credits.values()].reduce((sum, credit) => sum + credit)).toBeCloseTo(0, 6);
    }
  });

  test('are back at fair shares soon after many were sent back', async () => {
    const back = leads(100);
    const later = leads(250).slice(100);
    await share(back.map((one) => assign(one)));
    await share(back.slice(0, 50).map(sendBack));
    await share(later.map((one) => assign(one)));
    await expectFairShares('DACH', dach);
    await expectExactBalances('DACH', dach);
  });
});
