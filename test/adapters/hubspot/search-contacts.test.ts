import { expect, test } from 'vitest';
import { startPortal } from './portal.ts';

const zoe = { firstname: 'Zoe', lastname: 'Ek', email: 'zoe@initech.test', company: 'Initech' };
const found = { name: 'Zoe Ek', email: 'zoe@initech.test', company: 'Initech' };

test.each(['zoe', 'Ek', 'zoe ek', 'zoe@initech.test', 'initech'])(
  'a contact is found by "%s", in one request',
  async (text) => {
    const { portal, crm, requests } = await startPortal();
    const id = portal.createContact(zoe);
    portal.createContact({ firstname: 'Max', email: 'max@umbrella.test' });
    expect(await crm.findContacts(text, 20)).toEqual([{ id, ...found }]);
    expect(requests()).toEqual(['POST contacts/search']);
  },
);

test('a contact is found by its id', async () => {
  const { portal, crm } = await startPortal();
  const id = portal.createContact(zoe);
  expect(await crm.findContacts(id, 20)).toEqual([{ id, ...found }]);
});

test('a contact of which little is known has no name and no company', async () => {
  const { portal, crm } = await startPortal();
  const id = portal.createContact({ email: 'info@initech.test' });
  expect(await crm.findContacts('info', 20)).toEqual([
    { id, name: null, email: 'info@initech.test', company: null },
  ]);
});

test('of many no more are read than asked for, and of blanks nothing is asked', async () => {
  const { portal, crm, requests } = await startPortal();
  for (let n = 0; n < 5; n += 1) portal.createContact({ firstname: 'Zoe', email: `zoe${n}@initech.test` });
  expect(await crm.findContacts('zoe', 3)).toHaveLength(3);
  requests();
  expect(await crm.findContacts('  ', 3)).toEqual([]);
  expect(requests()).toEqual([]);
});

test('what is typed may be longer than HubSpot takes', async () => {
  const { crm } = await startPortal();
  expect(await crm.findContacts('x'.repeat(5000), 20)).toEqual([]);
});
