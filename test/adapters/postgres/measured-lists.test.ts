import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresMeasuredLists } from '../../../src/adapters/postgres/measured-lists.ts';
import { postgresMeasures } from '../../../src/adapters/postgres/measures.ts';
import { casesOf, definitions, type FigureName } from '../../../src/domain/measure/definitions.ts';
import type { Sight } from '../../../src/domain/measure/tally.ts';
import type { MeasuredLists } from '../../../src/flow/ports/measured-lists.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { ada, at } from '../../support/examples.ts';
import { measuredPast } from '../../support/measured-past.ts';

const now = at('15:00');
const always = { from: new Date(0), until: now };

let database: TestDatabase;
let lists: MeasuredLists;
beforeAll(async () => {
  database = await testDatabase();
  lists = postgresMeasuredLists(database);
  await measuredPast(database, 90, now);
});
afterAll(() => database.drop());

const counted = async (sight: Sight) =>
  (await postgresMeasures(database).tallies(sight, null, now)).get(null);
const listed = async (
  sight: Parameters<MeasuredLists['list']>[0],
  which: Parameters<MeasuredLists['list']>[1],
) => lists.list(sight, which, { skip: 0, take: 1000 }, now);

describe.each([
  ['all leads', {}],
  ['a rep', { reps: [ada] }],
  ['a team and a source', { teams: ['Americas'], sources: ['PAID_SEARCH'] }],
])('the list behind a number, of %s', (_whose, of) => {
  const sight = { ...always, ...of };

  test.each(Object.keys(definitions) as FigureName[])(
    '%s has as many rows as the number counts',
    async (name) => {
      const tally = await counted(sight);
      if (!tally) throw new Error('nothing was counted: expected some');
      const figure = definitions[name].of(tally);
      const { rows, count } = await listed(sight, name);
      const expected = figure.kind === 'share' ? figure.count : casesOf(figure);
      expect([count, rows.length]).toEqual([expected, expected]);
    },
  );

  test('counts that are no figure have theirs', async () => {
    const tally = await counted(sight);
    const ended = tally?.ended;
    const counts = {
      all: tally?.handoffs,
      held: tally?.assignments,
      open: tally?.open,
      answerLate: tally?.acknowledge.late,
      touchLate: tally?.touch.late,
      late: tally?.both.late,
      takenOver: tally?.rescues,
      converted: ended?.converted,
      withdrawn: ended?.withdrawn,
      sentBack: ended && ended.disqualified + ended.recycled + ended.unresponsive,
    } as const;
    for (const [which, count] of Object.entries(counts)) {
      expect([which, (await listed(sight, which as keyof typeof counts)).count]).toEqual([which, count]);
    }
  });
});

test('a page of a list is a part of the whole, the newest first, and tells how many there are', async () => {
  const whole = await listed(always, 'all');
  const part = await lists.list(always, 'all', { skip: 10, take: 5 }, now);
  expect(part).toEqual({ rows: whole.rows.slice(10, 15), count: 90 });
  expect(whole.rows[0]?.qualifiedAt).toEqual(new Date(now.getTime() - 3 * 3_600_000));
});

test('the hours of the week add up to the times that were in time or late, by the clocks of a zone', async () => {
  const tally = await counted(always);
  const hours = await lists.byHour(always, 'America/New_York', now);
  const sum = (of: 'inTime' | 'late') => hours.reduce((all, one) => all + one[of], 0);
  expect([sum('inTime'), sum('late')]).toEqual([tally?.both.inTime, tally?.both.late]);
  const elsewhere = await lists.byHour(always, 'Asia/Kolkata', now);
  expect(elsewhere).not.toEqual(hours);
  const [first] = hours;
  const at = first && { weekday: first.weekday, hour: first.hour, zone: 'America/New_York' };
  const { count } = await listed({ ...always, ...(at && { at }) }, 'held');
  expect(count).toBe((first?.inTime ?? 0) + (first?.late ?? 0));
});

test('reasons add up to what was sent back, and open the leads of each', async () => {
  const reasons = await lists.sentBack(always);
  expect(reasons.reduce((all, { count }) => all + count, 0)).toBe((await listed(always, 'sentBack')).count);
  for (const { reason } of reasons) {
    const count = reasons.filter((one) => one.reason === reason).reduce((all, one) => all + one.count, 0);
    expect((await listed({ ...always, reason: reason ?? '' }, 'sentBack')).count).toBe(count);
  }
});

test('each step takes from the one before it, of leads of which both are known', async () => {
  const stages = await lists.stages(always);
  expect(stages.get('webhook')).toMatchObject({ count: 90, median: 3, p90: 3 });
  expect(stages.get('seen')).toMatchObject({ count: 45, median: 168 });
  expect(stages.get('touched')?.count).toBe(90);
  expect((await lists.stages({ ...always, teams: ['Nobody’s'] })).size).toBe(0);
});

test('what left the policy is known by the leads that have it, among those that may be read of', async () => {
  expect(await lists.has({}, 'trigger', 'pricing_interest')).toBe(true);
  expect(await lists.has({ teams: ['Americas'] }, 'rep', ada)).toBe(true);
  expect(await lists.has({ teams: ['International'] }, 'rep', ada)).toBe(false);
  expect(await lists.has({}, 'team', "x' or true --")).toBe(false);
});
