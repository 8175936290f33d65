import { expect, test } from 'vitest';
import { dealStage } from '../../../sandbox/hubspot/pipelines.ts';
import { startPortal } from './portal.ts';

test('stages and statuses are read with what the pages of the portal call them', async () => {
  const { portal, crm } = await startPortal();
  const options = [{ value: '123456789', label: 'Sales Accepted' }];
  const choice = { type: 'enumeration', fieldType: 'select', options } as const;
  portal.defineProperty('contacts', { name: 'lifecyclestage', label: 'Stage', ...choice });
  const { lifecycle, lead_status } = await crm.choices([]);
  expect(lifecycle).toEqual(options);
  expect(lead_status).toContainEqual({ value: 'NEW', label: 'New' });
});

test('pipelines are read of the objects that are asked for alone, with their stages in order', async () => {
  const { portal, crm, requests } = await startPortal();
  portal.definePipeline('deals', {
    id: '871',
    label: 'Renewals',
    stages: [dealStage('8711', 'Due', 0.5), dealStage('8712', 'Renewed', 1)],
  });
  const { pipelines } = await crm.choices(['deals']);
  expect(pipelines.leads).toBeNull();
  expect(pipelines.deals?.map(({ label }) => label)).toEqual(['Sales Pipeline', 'Renewals']);
  expect(pipelines.deals?.[1]).toEqual({
    id: '871',
    label: 'Renewals',
    stages: [
      { id: '8711', label: 'Due', isClosed: false },
      { id: '8712', label: 'Renewed', isClosed: true },
    ],
  });
  const { pipelines: both } = await crm.choices(['deals', 'leads']);
  expect(both.leads?.flatMap(({ stages }) => stages.map(({ id }) => id))).toEqual([
    'new-stage-id',
    'attempting-stage-id',
    'connected-stage-id',
    'qualified-stage-id',
    'unqualified-stage-id',
  ]);
  expect(requests({ withLabels: true }).filter((one) => one.includes('pipelines'))).toEqual([
    'GET pipelines/deals',
    'GET pipelines/deals',
    'GET pipelines/leads',
  ]);
});

test.each([403, 404])('stages, statuses and pipelines that answer %i are not known', async (status) => {
  const { portal, crm } = await startPortal();
  const body = { status: 'error', category: 'NO', message: 'No' };
  portal.failNext({ path: /properties|pipelines/, status, body, times: 4 });
  expect(await crm.choices(['deals', 'leads'])).toEqual({
    lifecycle: null,
    lead_status: null,
    pipelines: { deals: null, leads: null },
  });
});
