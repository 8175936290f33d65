import { afterEach, expect, test } from 'vitest';
import { ada, demoRequest, happenedTo, ownerIdOf, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

/** A demo request that is accepted, called and disqualified, and what of HubSpot it asked. */
async function wholeHandoff() {
  const lead = await demoRequest(world);
  const chat = world.in('slack');
  await chat.press(ada, 'accept');
  await world.settle();
  await chat.fill(ada, 'logTouch', { did: 'talked', note: 'Wants a quote' });
  await world.settle();
  await chat.fill(ada, 'disqualify', { reason: 'spam', note: 'Next year' });
  await world.settle();
  await world.app.reconcile();
  await world.settle();
  return { lead, paths: world.hubspot.requests.map(({ path }) => path) };
}

test.each([
  ['legacy', /^\/(crm\/v[34]|scheduler\/v3)\//],
  ['2026-09', /^\/(crm\/\w+|scheduler)\/2026-09(\/|$)/],
] as const)('a whole handoff goes through the API %s, and no other', async (apiVersion, itsPaths) => {
  world = await startWorld({ chats: 'slack', apiVersion });
  const { lead, paths } = await wholeHandoff();
  expect(await happenedTo(world, lead)).toEqual(
    expect.arrayContaining(['offered', 'delivered', 'accepted', 'touched', 'disqualified']),
  );
  expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({
    hubspot_owner_id: ownerIdOf(world, ada),
    hs_lead_status: 'UNQUALIFIED',
    handoff_status: 'closed',
    handoff_outcome: 'disqualified',
  });
  expect(world.hubspot.objectsOf(lead, 'calls')).toHaveLength(1);
  expect(world.hubspot.objectsOf(lead, 'tasks')).toMatchObject([
    { properties: { hs_task_status: 'COMPLETED' } },
  ]);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !itsPaths.test(path))).toEqual([]);
});
