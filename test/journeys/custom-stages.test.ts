import { afterEach, expect, test } from 'vitest';
import { ada, createLead, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const accepted = '123456789';

/** A world whose policy hands over who enters a stage, in a portal that has added one by itself. */
async function worldWith(stage: string) {
  world = await startWorld({
    chats: 'slack',
    amend: { 'triggers.6.when': { entered: [stage] } },
    prepare: (hubspot) => {
      const stages = ['lead', 'customer', 'evangelist'].map((value) => ({ value, label: value }));
      hubspot.defineProperty('contacts', {
        name: 'lifecyclestage',
        label: 'Lifecycle Stage',
        type: 'enumeration',
        fieldType: 'radio',
        options: [...stages, { value: accepted, label: 'Sales Accepted' }],
      });
    },
  });
}

test('a stage that the portal has added is named in the policy as its pages do', async () => {
  await worldWith('Sales Accepted');
  const lead = createLead(world);
  await world.settle();
  expect(world.in('slack').cards(ada)).toEqual([]);
  world.hubspot.setProperties('contacts', lead, { lifecyclestage: accepted });
  await world.settle();
  expect(world.in('slack').cards(ada)).toHaveLength(1);
  expect(world.log.join()).not.toContain('names what HubSpot does not have');
});

test('one that the portal does not have is told at the start, once', async () => {
  await worldWith('Sales Acepted');
  await world.app.syncDirectory();
  const warnings = world.log.filter((line) => line.includes('names what HubSpot does not have'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('found the lifecycle stage');
});
