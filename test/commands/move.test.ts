import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/commands.ts';
import { environmentOf } from '../support/child.ts';
import { ada, ben, demoRequest, ownerIdOf, startWorld, type World } from '../support/world.ts';

let world: World;
let leads: string[];
beforeEach(async () => {
  world = await startWorld({ chats: 'slack', amend: { 'chat.people': undefined } });
  leads = [];
  for (const firstname of ['Dana', 'Emil', 'Fay']) {
    leads.push(await demoRequest(world, { firstname, hubspot_owner_id: ownerIdOf(world, ada) }));
  }
});
afterEach(() => world.close());

async function move(...options: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = { environment: environmentOf(world), stdout, stderr, clock: world.now };
  await runCommand(['move', ...options], terminal);
  stdout.end();
  stderr.end();
  return (await text(stdout)) + (await text(stderr));
}

const ownersNow = () =>
  leads.map((lead) => world.hubspot.object('contacts', lead)?.properties['hubspot_owner_id']);

test('all open leads of somebody go to another, in the chat and in HubSpot', async () => {
  const told = await move('--from', ada, '--to', ben);
  expect(told.trimEnd().split('\n').toSorted()).toEqual([
    'Dana Ortiz → Ben Castillo',
    'Emil Ortiz → Ben Castillo',
    'Fay Ortiz → Ben Castillo',
  ]);
  await world.settle();
  expect(ownersNow()).toEqual(leads.map(() => ownerIdOf(world, ben)));
  expect(world.in('slack').card(ben).text).toContain('Ortiz');
  expect(await move('--from', ada, '--to', ben)).toBe(`${ada} has no open lead\n`);
});

test('or to whom the rules of the policy find, each by itself', async () => {
  const told = await move('--from', ada);
  expect(told.match(/→ /g)).toHaveLength(3);
  expect(told).not.toContain('Ada');
  await world.settle();
  expect(ownersNow()).not.toContain(ownerIdOf(world, ada));
});

test('nobody gets them who may have none', async () => {
  const told = await move('--from', ada, '--to', 'nobody@example.com');
  expect(told).toContain('"nobody@example.com" may have no leads of theirs: expected routing, or one of');
  expect(ownersNow()).toEqual(leads.map(() => ownerIdOf(world, ada)));
});
