import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresErasures } from '../../../src/adapters/postgres/erasures.ts';
import { rowOf } from '../../../src/adapters/postgres/handoff-row.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresMeasures } from '../../../src/adapters/postgres/measures.ts';
import { postgresRuns } from '../../../src/adapters/postgres/runs.ts';
import { toJson } from '../../../src/adapters/postgres/stored-json.ts';
import { write } from '../../../src/adapters/postgres/write.ts';
import { assignmentsIn } from '../../../src/domain/measure/assignment-facts.ts';
import { measure } from '../../../src/domain/measure/measured.ts';
import type { Sight, Tally } from '../../../src/domain/measure/tally.ts';
import { hoursOf } from '../../../src/domain/policy/working-hours.ts';
import { apply } from '../../../src/flow/change.ts';
import { eraseLead } from '../../../src/flow/forget/erase.ts';
import { keepMeasured } from '../../../src/flow/measure/keep-measured.ts';
import { type Measures, type Side, sides } from '../../../src/flow/ports/measures.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import {
  ada,
  assignedAt,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  minutesAfter,
} from '../../support/examples.ts';
import { edgesOf, type Made, madeHandoffs, measuredUnder } from '../../support/made-handoffs.ts';
import { naiveHours, type Works } from '../../support/naive-hours.ts';
import { naiveTallies, type RawHandoff, ranOut, type Told, tell } from '../../support/naive-measures.ts';

/** `MEASURES_SEED=…` for other histories. */
const seed = Number(process.env['MEASURES_SEED'] ?? 20260303);
const count = 5_000;
const perLot = 250;
const erasedAt = minutesAfter(assignedAt, 250_000);
const everything = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2028-01-01T00:00:00Z') };

const newYork: Works = { zone: 'America/New_York', from: 540, to: 1050 };
const berlin: Works = { zone: 'Europe/Berlin', from: 510, to: 1050 };
const kolkata: Works = { zone: 'Asia/Kolkata', from: 600, to: 1140 };
const away = (from: number, until: number) => ({
  away: { from: minutesAfter(assignedAt, from), until: minutesAfter(assignedAt, until) },
});
const working = naiveHours(
  new Map([
    [ada, { ...newYork, ...away(2_000, 5_000) }],
    [ben, newYork],
    [chloe, newYork],
    [grace, newYork],
    [dario, berlin],
    [henrik, berlin],
    [farah, { ...kolkata, ...away(10, 2_880) }],
  ]),
  '2026-02-28',
  400,
);

describe(`of ${count} handoffs to which all that can happen has happened (seed ${seed})`, () => {
  let database: TestDatabase;
  let made: readonly Made[];
  let told: readonly Told[];

  const mergedIds = new Set<string>();
  const erasedIds = new Set<string>();
  const isOpen = ({ handoff }: Made) => handoff.status !== 'closed';
  // One for all: what it has in memory must never be older than what was kept since.
  let kept: Measures | undefined;
  const measures = () => {
    kept ??= postgresMeasures(database);
    return kept;
  };
  const measureAll = (now = minutesAfter(assignedAt, 600_000)) =>
    keepMeasured({
      ...{ measures: measures(), runs: postgresRuns(database), clock: () => now },
      policy: () => measuredUnder,
    });

  beforeAll(async () => {
    database = await testDatabase();
    made = madeHandoffs(count, seed);
    for (let first = 0; first < made.length; first += perLot) await store(made.slice(first, first + perLot));
    await merge();
    for (const { handoff } of made.filter(isOpen).slice(-30)) {
      await erase(handoff.leadId);
      erasedIds.add(handoff.id);
    }
    told = (await rawHandoffs()).map(tell);
    await measureAll();
  }, 240_000);
  afterAll(() => database.drop());

  async function store(some: readonly Made[]): Promise<void> {
    await write(database.pool, {
      begun: some.map(({ handoff, source }) => ({
        ...rowOf(handoff),
        lead_id: handoff.leadId,
        qualified_at: handoff.qualifiedAt,
        ...{ source, origin: source ? toJson({ source, campaign: null }) : null },
      })),
      events: some.flatMap(({ handoff, log }) =>
        log.map(({ seq, at, by, event: { type, ...data } }) => ({
          ...{ handoff_id: handoff.id, seq, type, at, by, data: toJson(data), command_id: null },
        })),
      ),
    });
  }

  /** Each of some contacts goes on as another; where sales had both, one of its handoffs ends. */
  async function merge(): Promise<void> {
    const handoffs = postgresHandoffs(database);
    const merging = made.filter(isOpen).slice(0, 60);
    for (let place = 0; place + 1 < merging.length; place += 2) {
      const [one, other] = merging.slice(place, place + 2) as [Made, Made];
      const at = minutesAfter(assignedAt, 200_000);
      for (const id of await handoffs.adopt([one.handoff.leadId], other.handoff.leadId)) {
        await handoffs.change(id, { by: null, at, commandId: null }, (handoff) => {
          return apply(handoff, { type: 'withdraw', why: 'merged' }, measuredUnder, { by: null, at });
        });
      }
      mergedIds.add(one.handoff.id).add(other.handoff.id);
    }
  }

  function erase(leadId: string): Promise<void> {
    const erasures = postgresErasures(database);
    const needs = { erasures, policyOf: () => measuredUnder, clock: () => erasedAt, observe: () => {} };
    return eraseLead(needs)([leadId]);
  }

  async function rawHandoffs(): Promise<RawHandoff[]> {
    const { rows } = await database.pool.query<RawHandoff>(
      `select id, source, state,
              (select jsonb_agg(jsonb_build_object('seq', seq, 'type', type, 'at', at, 'by', by, 'data', data))
                 from handoff_event where handoff_id = handoff.id) as log
         from handoff`,
    );
    return rows;
  }

  it('each edge has come up often enough for the numbers to say something', () => {
    const isLate = (holder: Told['holders'][number]) =>
      ranOut(holder, 'acknowledge', 0) || ranOut(holder, 'touch', 0);
    const count = (isMeant: (one: Told) => boolean) => told.filter(isMeant).length;
    const edges = {
      ...edgesOf(made),
      'missed by the first holder only': count(({ holders: [first, ...others] }) => {
        return first !== undefined && others.length > 0 && isLate(first) && !others.some(isLate);
      }),
      merged: count(({ id }) => mergedIds.has(id)),
      erased: count(({ id }) => erasedIds.has(id)),
      'touched on another day': count(({ qualified, holders }) =>
        holders.some(({ touches }) => touches.some((at) => at - qualified > 86_400_000)),
      ),
    };
    expect(Object.entries(edges).filter(([, times]) => times < 20)).toEqual([]);
  });

  const moments = [0, 3_000, 600_000].map((minutes) => minutesAfter(assignedAt, minutes));
  const [first, second, third] = [0, 7, 21].map((days) => minutesAfter(assignedAt, days * 1440 - 60)) as [
    Date,
    Date,
    Date,
  ];
  const sights: Sight[] = [
    everything,
    { ...everything, reps: [ada] },
    { ...everything, reps: [ben, chloe], triggers: ['score'] },
    { ...everything, teams: ['International'] },
    { ...everything, sources: ['PAID_SEARCH', 'EMAIL_MARKETING'] },
    { from: first, until: second },
    { from: second, until: third, teams: ['Americas'], triggers: ['demo_request'] },
  ];
  const allTallies = (now: Date) =>
    Promise.all(
      [null, ...sides].flatMap((by) =>
        sights.map((sight) => measures().tallies(sight, by, now).then(sorted)),
      ),
    );

  it.each([null, ...sides])(
    'the numbers by %s are those of the plain calculation',
    async (by: Side | null) => {
      for (const now of moments) {
        for (const sight of sights) {
          const found = await measures().tallies(sight, by, now);
          const expected = naiveTallies(told, sight, by, now, working);
          expect(sorted(found), JSON.stringify({ seed, sight, now })).toEqual(sorted(expected));
        }
      }
    },
  );

  it('whose the time was adds up to the seconds until the first touch', async () => {
    const { rows } = await database.pool.query(
      `select count(*)::int as all, count(*) filter (where system + off_hours + by_rep = greatest(0,
                round(extract(epoch from first_touch_at - qualified_at))) and least(system, off_hours, by_rep) >= 0)::int as right
         from measured_handoff where first_touch_at is not null`,
    );
    expect(rows[0].all).toBeGreaterThan(1_000);
    expect(rows[0].right).toBe(rows[0].all);
  });

  it('what is counted by rep adds up to the whole', async () => {
    const now = moments[2] as Date;
    const whole = (await measures().tallies(everything, null, now)).get(null);
    const counts = (tally: Tally | undefined) => {
      const { toAcknowledge: _, toTouch: __, toMeeting: ___, toOpportunity: ____, ...counted } = tally ?? {};
      return numbersIn(counted);
    };
    for (const by of sides) {
      const parts = [...(await measures().tallies(everything, by, now)).values()].map(counts);
      const sum = counts(whole).map((_, place) => parts.reduce((all, part) => all + (part[place] ?? 0), 0));
      expect(sum, by).toEqual(counts(whole));
    }
  });

  it('to measure all anew changes nothing', async () => {
    const before = await Promise.all(moments.map(allTallies));
    await measures().forget();
    expect(await measureAll()).toBe(count);
    expect(await Promise.all(moments.map(allTallies))).toEqual(before);
  });

  it('measured in two steps, half of a log first, they are what they are at once', async () => {
    const now = moments[2] as Date;
    const before = await allTallies(now);
    const some = made.filter(({ log }) => log.length > 4).slice(0, 300);
    const half = some.map(({ handoff, log }) => ({ handoff, log: log.slice(0, 3) }));
    await database.pool.query('delete from measured_handoff where handoff_id = any ($1)', [
      some.map(({ handoff }) => handoff.id),
    ]);
    await measures().keep(
      half.map(({ handoff, log }) => {
        const stood = { ...handoff, version: 3 };
        const hours = (person: string) => hoursOf(measuredUnder, person);
        const facts = { handoff: stood, log, seen: new Map(), origin: null, arrived: null };
        return { ...facts, ...measure(stood, log, new Map(), hours) };
      }),
    );
    await database.pool.query(`delete from run where routine = 'measure'`);
    expect(await measureAll()).toBe(some.length);
    expect(await allTallies(now)).toEqual(before);
  });

  it('whoever is slower does not put an earlier state in the place of a later one', async () => {
    const [one] = (await everyMeasured(1)) as [Awaited<ReturnType<typeof everyMeasured>>[number]];
    const before = await allTallies(moments[0] as Date);
    await measures().keep([
      { ...one, handoff: { ...one.handoff, version: 1 }, assignments: one.assignments.slice(0, 1) },
    ]);
    expect(await allTallies(moments[0] as Date)).toEqual(before);
  });

  const everyMeasured = async (limit: number) =>
    made.slice(0, limit).map(({ handoff, log }) => ({
      ...{ handoff, log, seen: new Map(), origin: null, arrived: null },
      ...measure(handoff, log, new Map(), (person) => hoursOf(measuredUnder, person)),
    }));

  it('what was done and taken back changes nothing', () => {
    const withActs = made.filter(({ log }) => log.some(({ event }) => event.type === 'undone'));
    for (const { handoff, log } of withActs) {
      const back = log.filter(({ event }) => event.type === 'undone');
      const rest = log.filter(
        ({ seq, event }) =>
          event.type !== 'undone' &&
          !back.some((one) => one.event.type === 'undone' && seq > one.event.after && seq < one.seq),
      );
      expect(assignmentsIn(handoff, log)).toEqual(assignmentsIn(handoff, rest));
    }
  });

  it('a lead that is erased while sales has it makes nobody late, and nobody punctual', async () => {
    const tally = async () => (await measures().tallies(everything, null, erasedAt)).get(null) as Tally;
    const before = await tally();
    // What is due once more counts when its timer has noted it, and no timer runs here.
    const isOnceMore = ({ log }: Made) =>
      log.some(({ event }) => event.type === 'meetingCalledOff' || event.type === 'overturned');
    const open = made
      .filter((one) => isOpen(one) && !isOnceMore(one))
      .filter(({ handoff: { id } }) => !mergedIds.has(id) && !erasedIds.has(id))
      .slice(0, 40);
    for (const { handoff } of open) await erase(handoff.leadId);
    await database.pool.query(`delete from run where routine = 'measure'`);
    await measureAll();
    const after = await tally();
    const decided = ({ acknowledge, touch, both }: Tally) =>
      [acknowledge, touch, both].map(({ inTime, late }) => ({ inTime, late }));
    expect(decided(after)).toEqual(decided(before));
    expect(after.open).toBe(before.open - open.length);
  });
});

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function sorted(tallies: ReadonlyMap<string | null, Tally>) {
  return Object.fromEntries([...tallies].sort(([one], [other]) => `${one}`.localeCompare(`${other}`)));
}
