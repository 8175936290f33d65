import { expect, test } from 'vitest';
import { findContact } from '../../../src/adapters/hubspot/find-contact.ts';
import { startPortal } from './portal.ts';

test('a contact is found by its email, in one request', async () => {
  const { portal, hubspot, requests } = await startPortal();
  const id = portal.createContact({ email: 'zoe@initech.test' });
  expect(await findContact(hubspot, 'Zoe@initech.test')).toBe(id);
  expect(requests()).toEqual(['POST contacts/batch/read']);
});

test('a contact is found by an email that it has besides', async () => {
  const { portal, hubspot } = await startPortal();
  const others = 'zoe.ek@initech.test;Zoe@Private.test';
  const id = portal.createContact({ email: 'zoe@initech.test', hs_additional_emails: others });
  expect(await findContact(hubspot, 'zoe@private.test')).toBe(id);
});

test('an email of the same words is another one', async () => {
  const { portal, hubspot } = await startPortal();
  portal.createContact({ email: 'a@initech.test', hs_additional_emails: 'test@zoe.private' });
  expect(await findContact(hubspot, 'zoe@private.test')).toBeNull();
});
