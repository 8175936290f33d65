import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { syncDirectory } from '../../../src/flow/people/sync-directory.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { ada, at, ben, grace, minutesAfter, policy, weekdays } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

/** The people as the directory holds them afterwards, by email. */
async function synced(
  there: Office,
): Promise<Map<string, { name: string; ownerId: string | null; active: boolean }>> {
  await syncDirectory(there.needs)();
  const people = await there.needs.directory.people();
  return new Map(people.map(({ id, name, ownerId, active }) => [id, { name, ownerId, active }]));
}

const owner = (id: string, email: string, override = {}) => ({
  id,
  email,
  name: 'Ada O.',
  active: true,
  hours: null,
  absences: [],
  setAway: false,
  ...override,
});

it('people are found among HubSpot’s owners by email, whatever the case', async () => {
  const there = await office();
  there.crm.people.push(owner('11', 'Ada.Okafor@Example.com'));
  expect((await synced(there)).get(ada)).toEqual({ name: 'Ada O.', ownerId: '11', active: true });
});

it('who is no owner in HubSpot is kept, by email alone, and counted', async () => {
  const there = await office();
  there.crm.people.push(owner('11', ada));
  expect((await synced(there)).get(ben)).toEqual({ name: ben, ownerId: null, active: true });
  expect(there.observed).toEqual([{ what: 'directorySynced', people: 7, unknownToHubSpot: 6 }]);
});

it('a deactivated owner is inactive', async () => {
  const there = await office();
  there.crm.people.push(owner('11', ada, { active: false }));
  expect((await synced(there)).get(ada)).toMatchObject({ ownerId: '11', active: false });
});

for (const order of ['before', 'after']) {
  it(`an owner who came back goes before the archived one of the same email, listed ${order} it`, async () => {
    const there = await office();
    const both = [owner('11', ada, { active: false }), owner('12', ada)];
    there.crm.people.push(...(order === 'after' ? both : both.toReversed()));
    expect((await synced(there)).get(ada)).toMatchObject({ ownerId: '12', active: true });
  });
}

it('an owner without a name goes by their email', async () => {
  const there = await office();
  there.crm.people.push(owner('20', grace, { name: '' }));
  expect((await synced(there)).get(grace)).toMatchObject({ name: grace, ownerId: '20' });
});

it('nobody but the policy’s people is kept', async () => {
  const there = await office({ rules: policy({ teams: [] }) });
  there.crm.people.push(owner('11', ada));
  expect([...(await synced(there)).keys()]).toEqual([grace]);
});

it('hours and absences are those that people have in HubSpot; what they said in chat stays', async () => {
  const there = await office();
  const hours = weekdays('Europe/London', '10:00-16:00');
  const inChat = { from: at('09:00'), until: null, why: { kind: 'outOfOffice' } as const };
  const inHubSpot = { from: at('12:00'), until: at('20:00'), why: 'Dentist' };
  await there.needs.directory.saveAbsences(ada, 'chat', [inChat], at('09:00'));
  there.crm.people.push(owner('11', ada, { hours, absences: [inHubSpot] }));
  await synced(there);
  const people = await there.needs.directory.people();
  expect(people.find(({ id }) => id === ada)?.hours).toEqual(hours);
  const absences = () => there.needs.directory.absences(there.needs.clock());
  expect((await absences()).get(ada)).toEqual([inChat, inHubSpot]);
  there.crm.people.splice(0, 1, owner('11', ada));
  await synced(there);
  expect((await absences()).get(ada)).toEqual([inChat, { ...inHubSpot, until: there.needs.clock() }]);
});

// In March, when London is in UTC.
describe('somebody whom HubSpot has set to away is away', () => {
  const inLondon = weekdays('Europe/London', '09:00-17:00');
  const away = { from: expect.any(Date), until: null, why: { kind: 'awayInHubSpot' } as const };
  it.each([
    ['at work, by their hours in HubSpot', inLondon, '10:00', [away]],
    ['not in the evening, by their hours in HubSpot', inLondon, '17:30', undefined],
    ['at work, by the hours of the policy', null, '15:00', [away]],
    ['not in the evening, by the hours of the policy', null, '23:30', undefined],
  ])('%s', async (_, hours, time, expected) => {
    const there = await office({ now: at(time) });
    there.crm.people.push(owner('11', ada, { hours, setAway: true }));
    await synced(there);
    expect((await there.needs.directory.absences(at(time))).get(ada)).toEqual(expected);
  });
});

describe('hours that somebody changes in HubSpot', () => {
  const inNewYork = weekdays('America/New_York', '09:00-17:30');
  const inLondon = weekdays('Europe/London', '09:00-17:30');
  const inBerlin = weekdays('Europe/Berlin', '09:00-17:30');

  /** Ada's hours after HubSpot had these of her, one after the other, each read at its time. */
  async function hoursAfter(...said: [Date, WorkingHours | null][]) {
    const there = await office();
    for (const [when, hours] of said) {
      there.moveTo(when);
      there.crm.people.splice(0, 1, owner('11', ada, { hours }));
      await syncDirectory(there.needs)();
    }
    return (await there.needs.directory.people()).find(({ id }) => id === ada)?.hours;
  }

  it('count from the change on: before it those count that were kept then', async () => {
    expect(await hoursAfter([at('09:00'), inNewYork], [at('12:00'), inLondon])).toEqual({
      ...inLondon,
      before: { until: at('12:00'), hours: inNewYork },
    });
  });

  it('change nothing when they are the same as before, whatever the order in which they come', async () => {
    const { 1: monday, ...others } = inNewYork.week;
    const reordered = { week: { ...others, 1: monday ?? [] }, zone: inNewYork.zone };
    expect(await hoursAfter([at('09:00'), inNewYork], [at('12:00'), reordered])).toEqual(inNewYork);
  });

  it('are remembered through every change, for as long as a clock may run that they started', async () => {
    const later = (days: number) => minutesAfter(at('12:00'), days * 1440);
    const moved = [
      [at('09:00'), inNewYork],
      [at('12:00'), inLondon],
      [later(10), inBerlin],
    ] satisfies [Date, WorkingHours][];
    const all = {
      ...inBerlin,
      before: {
        until: later(10),
        hours: { ...inLondon, before: { until: at('12:00'), hours: inNewYork } },
      },
    };
    expect(await hoursAfter(...moved)).toEqual(all);
    expect(await hoursAfter(...moved, [later(20), inBerlin])).toEqual(all);
    expect(await hoursAfter(...moved, [later(71), inBerlin])).toEqual(inBerlin);
  });

  it('are none when they are taken away, or were never set', async () => {
    expect(await hoursAfter([at('09:00'), inNewYork], [at('12:00'), null])).toBeNull();
    expect(await hoursAfter([at('09:00'), null], [at('12:00'), inLondon])).toEqual(inLondon);
  });
});

it('tells who takes no leads any more: switched off in HubSpot, or no longer in the policy', async () => {
  const there = await office();
  const sync = syncDirectory(there.needs);
  const off = (id: string) => ({ id, why: 'is switched off in HubSpot' });
  there.crm.people.push(owner('11', ada), owner('12', ben, { active: false }));
  expect(await sync()).toEqual([off(ben)]);
  there.crm.people.splice(0, 1, owner('11', ada, { active: false }));
  expect(await sync()).toEqual([off(ada), off(ben)]);

  const { teams } = there.needs.policy();
  const without = teams.map((team) => ({ ...team, members: team.members.filter(({ id }) => id !== ben) }));
  there.adopt(policy({ teams: without }));
  expect(await sync()).toEqual([off(ada), { id: ben, why: 'is not in the policy any more' }]);
});

it('a HubSpot that is away leaves everybody as they were', async () => {
  const there = await office();
  const before = await there.needs.directory.people();
  there.crm.script.fail('owners', 'notDone');
  await expect(syncDirectory(there.needs)()).rejects.toThrow(TemporaryFailure);
  expect(await there.needs.directory.people()).toEqual(before);
});
