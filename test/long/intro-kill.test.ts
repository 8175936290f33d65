import { afterEach, expect, test } from 'vitest';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { type Child, environmentOf, startChild } from '../support/child.ts';
import {
  createLead,
  happenedTo,
  ownerIdOf,
  policyFile,
  requestDemo,
  type Surroundings,
  startSurroundings,
} from '../support/world.ts';

let around: Surroundings | null = null;
let children: Child[] = [];

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  children = [];
  await around?.close();
  around = null;
});

/** At any hour of the day on which this runs. */
const intro = { when: 'offer', sequence: 'Hello', opted_in: 'everybody', daytime: '00:00-24:00' };

async function start(world: Surroundings): Promise<Child> {
  const child = startChild(environmentOf(world));
  children.push(child);
  await child.ready;
  return child;
}

/** A sweep comes every fifteen seconds. */
const soon = { timeout: 40_000 };

test('kill -9 between the enrolment of a lead and its note: after the restart it is noted, and there is one', async () => {
  const world = await startSurroundings({ chats: 'slack', realTime: true, amend: { intro: [intro] } });
  around = world;
  for (const person of peopleOf(readPolicyFile(policyFile).policy)) {
    const ownerId = ownerIdOf(world, person);
    world.hubspot.sequences.equip(ownerId);
    world.hubspot.sequences.create({ ownerId, name: 'Hello', subject: 'Hi', text: '' });
  }
  const first = await start(world);
  await world.everybodyArrives();
  // The request is told of before it is answered.
  const stopListening = world.hubspot.onChange((news) => {
    if (news.kind === 'request' && news.request.path.endsWith('/enrollments')) first.kill('SIGKILL');
  });
  const lead = createLead(world);
  requestDemo(world, lead);
  expect((await first.ended).signal).toBe('SIGKILL');
  stopListening();
  expect(world.hubspot.sequences.enrolled).toHaveLength(1);
  expect(await happenedTo(world, lead)).not.toContain('introSent');

  await start(world);
  const intros = async () => (await happenedTo(world, lead)).filter((type) => type.startsWith('intro'));
  await expect.poll(intros, soon).toEqual(['introSent']);
  expect(world.hubspot.sequences.enrolled).toHaveLength(1);
});
