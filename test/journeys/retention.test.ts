import { afterEach, beforeEach, expect, test } from 'vitest';
import { measuredIn } from '../support/measured.ts';
import {
  ada,
  createLead,
  demoRequest,
  grace,
  ownerIdOf,
  reconciled,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ chats: 'both' });
});
afterEach(() => world.close());

const dayMs = 24 * 3_600_000;

async function daysLater(days: number): Promise<void> {
  world.moveTo(new Date(world.now().getTime() + days * dayMs));
  await world.app.retain();
  await world.settle();
}

const slack = () => world.in('slack');
const known = async () =>
  (await world.database.prisma.lead.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
const stats = async () => (await measuredIn(world)).tallies;

/** Ada has it, and sends it back. */
async function handedOver(): Promise<string> {
  const lead = await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
  await slack().press(ada, 'accept');
  await world.settle();
  await slack().fill(ada, 'disqualify', { reason: 'no_budget', note: '' });
  await world.settle();
  return lead;
}

test('after thirty days what HubSpot told is gone, and who never came to sales', async () => {
  const had = await handedOver();
  const other = createLead(world);
  await world.settle();
  expect(await known()).toEqual([had, other].sort());
  await daysLater(29);
  expect(await known()).toEqual([had, other].sort());
  expect(await world.database.prisma.inboundEvent.count()).toBeGreaterThan(0);
  await daysLater(2);
  expect(await known()).toEqual([had]);
  expect(await world.database.prisma.inboundEvent.count()).toBe(0);
  expect(await world.database.prisma.decision.count({ where: { leadId: other } })).toBe(0);
  expect(await world.database.prisma.decision.count({ where: { leadId: had } })).toBe(1);
});

test('what Teams was told of somebody who never came to sales goes with them', async () => {
  const other = createLead(world);
  await world.settle();
  const teams = world.in('teams');
  await teams.ask(grace, `why ${other}`);
  const told = () => JSON.stringify(teams.server.messages(grace)).includes(`why ${other} all`);
  await daysLater(29);
  expect(told()).toBe(true);
  await daysLater(2);
  expect(told()).toBe(false);
  expect(await world.database.prisma.said.count()).toBe(0);
});

test('who is held or waits to be decided on is kept', async () => {
  const held = await demoRequest(world, { email: '' });
  await world.database.prisma.inboundEvent.create({
    data: {
      ...{ dedupeKey: 'waits', leadId: held, type: 'contact.creation', payload: {} },
      ...{ occurredAt: world.now(), receivedAt: world.now() },
    },
  });
  await daysLater(40);
  expect(await known()).toEqual([held]);
  expect(await world.database.prisma.inboundEvent.count({ where: { dedupeKey: 'waits' } })).toBe(1);
});

test('two years after its end a lead that sales had is gone, with its cards; the measures stay', async () => {
  const lead = await handedOver();
  const measured = await stats();
  await daysLater(729);
  expect(await known()).toEqual([lead]);
  await daysLater(3);
  expect(await known()).toEqual([]);
  expect(
    slack()
      .server.messages(ada)
      .map(({ text }) => text),
  ).toEqual(['This lead is kept no longer.']);
  expect(JSON.stringify(await world.database.prisma.handoffEvent.findMany())).not.toContain('Request a demo');
  expect(await stats()).toEqual(measured);
  const metrics = await (await fetch(`${world.app.metricsUrl}/metrics`)).text();
  expect(metrics).toContain('handoff_retention_dropped_total{what="handed over"} 1');
  expect(metrics).toContain('handoff_retractions_remaining 0');
  expect(metrics).toMatch(/handoff_table_bytes\{table="inbound_event"\} \d+/);
});

test('a lead whose time was over comes again like any other, and what it did then counts once', async () => {
  const lead = await handedOver();
  await daysLater(732);
  await reconciled(world);
  expect(await world.database.prisma.handoff.count()).toBe(1);
  requestDemo(world, lead);
  await world.settle();
  expect(await known()).toEqual([lead]);
  expect(await world.database.prisma.handoff.count()).toBe(2);
});

test('an open handoff keeps its lead, however old it is', async () => {
  const lead = await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
  await daysLater(1_000);
  expect(await known()).toEqual([lead]);
});

test('who has let go within half a day leaves nothing to do', async () => {
  await handedOver();
  const runs = () => world.seen.filter(({ what }) => what === 'retained').length;
  await daysLater(1);
  await world.app.retain();
  expect(runs()).toBe(1);
  await daysLater(1);
  expect(runs()).toBe(2);
});
