import { describe, expect, it } from 'vitest';
import type { PersonId, WorkingHours } from '../../../src/domain/policy/policy.ts';
import type { CrmOwner } from '../../../src/flow/ports/crm.ts';
import { type KnownPeople, watchPeople } from '../../../src/flow/watch/watch-people.ts';
import { ada, at, ben, chloe, newYorkOffice, stranger, weekdays } from '../../support/examples.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';

function keeping({ needs }: Office, { observe }: Pick<Office['needs'], 'observe'> = needs) {
  const learned: KnownPeople[] = [];
  const learn = (known: KnownPeople) => void learned.push(known);
  return { learned, people: watchPeople({ ...needs, observe, asWritten: needs.policy, learn }) };
}

const owner = (email: PersonId, override: Partial<CrmOwner> = {}): CrmOwner => ({
  id: ownerIdOf(email),
  email,
  name: email,
  active: true,
  hours: newYorkOffice,
  absences: [],
  setAway: false,
  ...override,
});

const away = { from: at('09:00'), until: at('20:00'), why: 'Vacation' };
const eventsOf = (there: Office) => there.handoff().log.map(({ event }) => event.type);

it('recalls what was known the last time while HubSpot is away', async () => {
  const there = await office();
  there.crm.people.push(owner(ada, { absences: [away] }), owner(ben, { active: false }));
  await keeping(there).people.sync();

  const { learned, people } = keeping(there);
  there.crm.script.fail('owners', 'notDone');
  await people.recall();
  await expect(people.sync()).rejects.toThrow('was not done');
  expect(learned).toEqual([
    {
      hours: new Map([
        [ada, newYorkOffice],
        [ben, newYorkOffice],
      ]),
      absences: new Map([[ada, [away]]]),
      inactive: new Set([ben]),
      notify: new Map(),
    },
  ]);
});

it('heeds who is switched off before it looks for somebody else', async () => {
  const there = await office();
  await there.openHandoff();
  const order: string[] = [];
  there.crm.people.push(owner(ada, { active: false }), owner(ben));
  const people = watchPeople({
    ...there.needs,
    asWritten: there.needs.policy,
    learn: ({ inactive }) => void order.push(`learned ${[...inactive].join()}`),
    observe: ({ what }) => void order.push(what),
  });
  await people.sync();
  expect(order).toEqual(['directorySynced', `learned ${ada}`, 'changed']);
  expect(there.handoff().handoff.assignment.rep).toBe(ben);
});

describe('a sync that finds somebody', () => {
  /** HubSpot has this of Ada, who holds the example handoff, and is asked. */
  async function synced(adas: Partial<CrmOwner>, prepare = async (_: Office) => {}): Promise<Office> {
    const there = await office();
    await there.openHandoff();
    await prepare(there);
    there.crm.people.push(owner(ada, adas), owner(ben), owner(chloe));
    await there.sync();
    return there;
  }

  it('away, finds others for what cannot wait', async () => {
    const there = await synced({ absences: [away] });
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('away, lets what is accepted be due as much later', async () => {
    const there = await synced(
      { absences: [{ ...away, from: at('15:00:02'), until: at('18:00') }] },
      (there) => there.carryOut({ type: 'accept', by: ada }),
    );
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: at('19:00') });
  });

  it('at work at other hours, counts on in those, and leaves the time that has passed as it was', async () => {
    const from = (clock: string): WorkingHours => weekdays('America/New_York', `${clock}-17:30`);
    const there = await synced({ hours: from('09:00') });
    expect(eventsOf(there)).toEqual(['offered']);
    there.moveTo(at('15:10'));
    there.crm.people.splice(0, 1, owner(ada, { hours: from('11:00') }));
    await there.sync();
    // Ten minutes of the fifteen were used when eleven became the beginning of her day.
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, respondBy: at('16:05') });
    expect(there.handoff().log.at(-1)).toMatchObject({
      event: { type: 'rescheduled', why: { kind: 'otherHours' } },
    });
  });

  it('no longer in the policy, finds others for all they have', async () => {
    const there = await office();
    await there.needs.directory.savePeople(
      [{ id: stranger, name: 'Gone', ownerId: '99', active: true, hours: null }],
      there.needs.clock(),
    );
    const event = { rep: stranger, team: null, at: at('15:00'), reasons: [] };
    await there.openHandoff(undefined, { assignment: event });
    await there.sync();
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
  });
});

describe('the leads of somebody', () => {
  /** How often the leads of each were looked at. */
  function counting(there: Office) {
    const looks = new Map<PersonId, number>();
    const { heldBy } = there.needs.handoffs;
    there.needs.handoffs.heldBy = async (person) => {
      looks.set(person, (looks.get(person) ?? 0) + 1);
      return heldBy(person);
    };
    return looks;
  }

  const withAway = (...absences: CrmOwner['absences']) => [owner(ada, { absences }), owner(ben)];

  it('are seen to once in a process, and again only when their times are others', async () => {
    const there = await office();
    const looks = counting(there);
    const { people } = keeping(there);
    there.crm.people.push(...withAway());
    await people.sync();
    await people.sync();
    expect(looks.get(ada)).toBe(1);
    there.crm.people.splice(0, 2, ...withAway({ ...away, from: at('18:00') }));
    await people.sync();
    await people.sync();
    expect([looks.get(ada), looks.get(ben)]).toEqual([2, 1]);
  });

  it('are seen to again when an absence begins that was known before', async () => {
    const there = await office();
    const looks = counting(there);
    const { people } = keeping(there);
    there.crm.people.push(...withAway({ ...away, from: at('15:30') }));
    await people.sync();
    there.moveTo(at('15:30'));
    await people.sync();
    await people.sync();
    expect([looks.get(ada), looks.get(ben)]).toEqual([2, 1]);
  });

  it('are seen to by the next sync when this one breaks off before it comes to them', async () => {
    const there = await office();
    await there.openHandoff();
    const { people } = keeping(there);
    there.crm.people.push(...withAway(away));
    const { view } = there.needs.handoffs;
    there.needs.handoffs.view = async () => {
      throw new Error('the database is away');
    };
    await expect(people.sync()).rejects.toThrow('the database is away');
    there.needs.handoffs.view = view;
    await people.sync();
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('are seen to at once when something is learned of them here', async () => {
    const there = await office();
    await there.openHandoff();
    await there.needs.directory.saveAbsences(ada, 'chat', [away], there.needs.clock());
    const { people, learned } = keeping(there);
    await people.heed(ada);
    expect(learned.map(({ absences }) => [...absences.keys()])).toEqual([[ada]]);
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });
});
