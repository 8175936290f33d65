import { expect, it } from 'vitest';
import type { PersonId } from '../../src/domain/policy.ts';
import { type KnownPeople, keepPeople } from '../../src/flow/keep-people.ts';
import { ada, ben, newYorkOffice } from '../support/examples.ts';
import { type Office, office } from '../support/office.ts';

function keeping({ needs }: Office) {
  const learned: KnownPeople[] = [];
  const learn = (known: KnownPeople) => void learned.push(known);
  return { learned, people: keepPeople({ ...needs, asWritten: needs.policy, learn }) };
}

const owner = (id: string, email: PersonId, active = true) => ({
  ...{ id, email, name: email, active, hours: newYorkOffice, absences: [] },
});

it('recalls what was known the last time while HubSpot is away', async () => {
  const there = await office();
  there.crm.people.push(owner('11', ada), owner('12', ben, false));
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
      inactive: new Set([ben]),
    },
  ]);
});

it('heeds who is switched off before it looks for somebody else', async () => {
  const there = await office();
  await there.openHandoff();
  const order: string[] = [];
  there.crm.people.push(owner('11', ada, false), owner('12', ben));
  const people = keepPeople({
    ...there.needs,
    asWritten: there.needs.policy,
    learn: ({ inactive }) => void order.push(`learned ${[...inactive].join()}`),
    observe: ({ what }) => void order.push(what),
  });
  await people.sync();
  expect(order).toEqual(['directorySynced', `learned ${ada}`, 'changed']);
  expect(there.handoff().handoff.assignment.rep).toBe(ben);
});
