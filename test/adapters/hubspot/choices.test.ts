import { expect, test } from 'vitest';
import { startPortal } from './portal.ts';

test('stages and statuses are read with what the pages of the portal call them', async () => {
  const { portal, crm } = await startPortal();
  const options = [{ value: '123456789', label: 'Sales Accepted' }];
  const choice = { type: 'enumeration', fieldType: 'select', options } as const;
  portal.defineProperty('contacts', { name: 'lifecyclestage', label: 'Stage', ...choice });
  const { lifecycle, lead_status } = await crm.choices();
  expect(lifecycle).toEqual(options);
  expect(lead_status).toContainEqual({ value: 'NEW', label: 'New' });
});

test.each([403, 404])('stages and statuses that answer %i are not known', async (status) => {
  const { portal, crm } = await startPortal();
  const body = { status: 'error', category: 'NO', message: 'No' };
  portal.failNext({ path: /properties/, status, body, times: 2 });
  expect(await crm.choices()).toEqual({ lifecycle: null, lead_status: null });
});
