import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { dayMs, fastClock } from '../support/chaos/fast-clock.ts';
import { prepareFleet } from '../support/chaos/fleet.ts';
import { openFrontDoor } from '../support/chaos/front-door.ts';
import { readHistories } from '../support/chaos/history.ts';
import { wrongDigests } from '../support/chaos/invariants/digests.ts';
import { leftOver } from '../support/chaos/invariants/left-over.ts';
import { type Random, seededRandom } from '../support/chaos/random.ts';
import { killAtRandom } from '../support/chaos/turmoil.ts';
import { untilQuiet } from '../support/chaos/until-quiet.ts';
import { createLead, type Surroundings, startSurroundings } from '../support/world.ts';

const replicas = 3;
/** Until the clock begins to run: so long the replicas take to start. */
const headStartMs = 4_000;
const quietWithinMs = 45_000;
const leadsInAll = 60;

let unwinding = new AsyncDisposableStack();
afterEach(async () => {
  await unwinding.disposeAsync();
  unwinding = new AsyncDisposableStack();
});

/** The score of one lead after the other reaches fifty, at times that chance has chosen. @returns their ids by first name */
async function leadsCome(
  around: Surroundings,
  { from, until }: { from: number; until: number },
  random: Random,
): Promise<Map<string, string>> {
  const leads = new Map<string, string>();
  const times = Array.from({ length: leadsInAll }, () => random.between(from, until));
  for (const [index, at] of times.toSorted((a, b) => a - b).entries()) {
    await delay(Math.max(0, at - Date.now()));
    const firstname = `Lead${index}x`;
    const id = createLead(around, { firstname });
    around.hubspot.setProperties('contacts', id, { lead_score: '60' });
    leads.set(firstname, id);
  }
  return leads;
}

test('three processes, killed at random for a day, list each lead in one digest, and a person gets one at a time', async () => {
  const seed = Number(process.env['CHAOS_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
  console.log(`CHAOS_SEED=${seed}`);
  const random = seededRandom(seed);
  const time = { startsAt: Date.now() + headStartMs, days: 1 };
  const around = await startSurroundings({
    chats: 'slack',
    amend: {
      'triggers.4.deliver': 'digest hourly',
      // So long that nobody needs a card meanwhile.
      'triggers.4.targets': { acknowledge: '90 h', touch: '99 h' },
    },
    clock: fastClock(time),
    limits: 'off',
  });
  unwinding.defer(() => around.close());
  const fleet = await prepareFleet(replicas, around, time);
  unwinding.defer(() => fleet.end());
  const balancing = random.fork();
  const door = await openFrontDoor(around.config.http.port, () => {
    const up = fleet.ports();
    return up.length > 0 ? balancing.pick(up) : null;
  });
  unwinding.defer(() => door.close());
  await fleet.startAll();
  await around.everybodyArrives();

  const turmoil = { from: time.startsAt, until: time.startsAt + time.days * dayMs };
  const [leads] = await Promise.all([
    leadsCome(around, turmoil, random.fork()),
    killAtRandom(fleet, turmoil, random.fork()),
  ]);
  // The clock stands still now, until all leads are assigned; a day later the last of them has come.
  await fleet.startAll();
  await untilQuiet(around, quietWithinMs);
  await Promise.all(fleet.indices.map(fleet.kill));
  time.startsAt -= dayMs;
  time.days += 1;
  await fleet.startAll();
  await untilQuiet(around, quietWithinMs);
  const fallen = fleet.fallen();
  await fleet.end();

  const slack = around.in('slack');
  const people = peopleOf(readPolicyFile(around.config.policyFile).policy);
  const digests = people.flatMap((person) =>
    slack.bulletins(person).flatMap(({ id, text }) => {
      const names = new Set([...text.matchAll(/Lead\d+x/g)].map(([name]) => name));
      return names.size > 0 ? [{ id, person, leads: [...names].map((name) => leads.get(name) ?? name) }] : [];
    }),
  );
  const histories = await readHistories(around.database);
  const wrong = [
    ...fallen.map((output) => `a replica ended by itself: ${output.slice(-2_000)}`),
    ...(await wrongDigests(around.database, histories, digests)),
    ...people.flatMap((person) =>
      slack.cards(person).map(() => `${person} got a card that nobody asked for`),
    ),
    ...(await leftOver(around.database, new Set(leads.values()))),
  ];
  expect({ seed, wrong }).toEqual({ seed, wrong: [] });

  // Nothing is wrong with what did not happen, either.
  expect(histories.length, `CHAOS_SEED=${seed}`).toBe(leadsInAll);
  expect(digests.length, `CHAOS_SEED=${seed}`).toBeGreaterThan(3);
});
