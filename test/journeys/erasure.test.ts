import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/commands.ts';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { environmentOf } from '../support/child.ts';
import { measuredIn } from '../support/measured.ts';
import { storedHandoffs } from '../support/stored-handoffs.ts';
import {
  ada,
  createLead,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  reconciled,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const channels = { slack: 'C0HANDOFFS1', teams: '19:handoffs@thread.tacv2' } as const;

let world: World;
beforeEach(async () => {
  const rungs = [
    { at: '1 min', do: 'tell manager' },
    { at: '2 min', do: 'offer to team' },
    { at: '3 min', do: 'message' },
    ...Object.values(channels).map((channel) => ({ at: '4 min', do: { tell_channel: channel } })),
  ];
  world = await startWorld({
    chats: 'both',
    amend: {
      'chat.usual': 'both',
      'chat.people': {},
      silent_after: null,
      'escalation.acknowledge': rungs,
      'triggers.0.targets': { acknowledge: '5 min', touch: '1 h' },
    },
  });
  for (const chat of ['slack', 'teams'] as const) world.in(chat).addChannel(channels[chat]);
});
afterEach(() => world.close());

/** All that tells of the person, wherever it stands. */
const personal = [
  'Dana',
  'Ortiz',
  'dana.',
  '555 0199',
  'Northwind',
  'VP Operations',
  'plan-for-ortiz',
  'her assistant',
];

async function storedText(): Promise<string> {
  const { pool } = world.database;
  const { rows: tables } = await pool.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public'`,
  );
  const dumps = tables.map(async ({ tablename }) => {
    const { rows } = await pool.query<{ row: string }>(`select one::text as row from "${tablename}" as one`);
    return rows.map(({ row }) => `${tablename}: ${row}`);
  });
  return (await Promise.all(dumps)).flat().join('\n');
}

/** Everything that stands in both chats, in whatever form. */
function chatText(): string {
  const people = peopleOf(readPolicyFile(world.config.policyFile).policy);
  const [slack, teams] = [world.in('slack').server, world.in('teams').server];
  const all = people.flatMap((person) => [slack.messages(person), teams.messages(person)]);
  return JSON.stringify([...all, slack.channelMessages(channels.slack), teams.threads(channels.teams)]);
}

/** Which of it can be found where. */
async function left(): Promise<Record<string, readonly string[]>> {
  const places = { stored: await storedText(), said: chatText(), logged: world.log.join('\n') };
  const found = (where: string) => personal.filter((one) => where.toLowerCase().includes(one.toLowerCase()));
  return Object.fromEntries(Object.entries(places).map(([place, where]) => [place, found(where)]));
}

const nowhere = { stored: [], said: [], logged: [] };

async function erase(contact: string): Promise<string> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const terminal = { environment: environmentOf(world), stdout, stderr };
  const ends = runCommand(['erase', contact], terminal).finally(() => {
    stdout.end();
    stderr.end();
  });
  const [code, said, wrong] = await Promise.all([ends, text(stdout), text(stderr)]);
  expect([code, wrong]).toEqual([0, '']);
  return said;
}

const stats = async () => (await measuredIn(world)).tallies;

const properties = () => ({
  firstname: 'Dana',
  lastname: 'Ortiz',
  phone: '+1 555 0199',
  hs_analytics_last_url: 'https://example.com/plan-for-ortiz',
  hubspot_owner_id: ownerIdOf(world, ada),
});

/** Slack lets a bot change fifty messages a minute: what was too much is done now. */
async function minutesLater(): Promise<void> {
  await world.paceTime.waitUntil(world.paceTime.now() + 61_000);
  await world.retryNow();
}

/** Handed over some times, to all sorts of people, and closed each time. */
async function longStory(): Promise<string> {
  const lead = await demoRequest(world, properties());
  for (let round = 0; round < 4; round += 1) {
    if (round > 0) {
      await world.pass(5);
      world.hubspot.setProperties('contacts', lead, { hubspot_owner_id: ownerIdOf(world, ada) });
      requestDemo(world, lead);
      await world.settle();
    }
    await world.pass(12);
    const [slack, teams] = [world.in('slack'), world.in('teams')];
    await slack.press(grace, 'takeIt');
    await minutesLater();
    const touch = { did: 'noAnswer', note: 'Talked to her assistant' };
    await teams.fill(grace, 'logTouch', touch);
    await minutesLater();
    await slack.fill(grace, 'disqualify', { reason: 'other', note: 'Dana is her assistant now' });
    await world.settle();
  }
  return lead;
}

test('a lead with thirty cards, notes and refusals is erased from the database, both chats and the log', async () => {
  const lead = await longStory();
  await world.in('teams').ask(grace, `why ${lead}`);
  await world.settle();
  const cards = await world.database.prisma.card.count({ where: { messageId: { not: null } } });
  expect(cards).toBeGreaterThanOrEqual(30);
  const before = await left();
  expect(before['stored']).toEqual(personal);
  // A card of a lead that is done with says who it was, and what was said of them.
  expect(before['said']).toEqual(['Dana', 'Ortiz', 'Northwind', 'her assistant']);
  const measured = await stats();
  const happened = await happenedTo(world, lead);

  const said = await erase(lead);
  expect(said).toContain(`Erased for good: contact ${lead}\n`);
  const [, remaining] = /0 taken back, (\d+) remain/.exec(said) ?? [];
  expect(Number(remaining)).toBeGreaterThan(30);
  await world.settle();
  for (let minute = 0; minute < 3; minute += 1) await minutesLater();

  expect(await left()).toEqual(nowhere);
  expect(await stats()).toEqual(measured);
  expect(await happenedTo(world, lead)).toEqual(happened);
  expect(await erase(lead)).toContain(`${remaining} taken back, 0 remain`);
  expect(world.in('slack').server.channelMessages(channels.slack)).toHaveLength(4);
  expect(chatText()).toContain('This lead was erased at their request.');
});

test('all that stands on the cards of a lead that waits is erased from both chats', async () => {
  const lead = await demoRequest(world, properties());
  await world.pass(12);
  const before = await left();
  expect(before['said']?.length).toBeGreaterThan(5);
  await erase(lead);
  await world.settle();
  await minutesLater();
  expect(await left()).toEqual(nowhere);
});

test('a card that Slack froze and kept beside the one that replaced it is found as well', async () => {
  const lead = await demoRequest(world, properties());
  const { server } = world.in('slack');
  server.failNext({ method: 'chat.update', error: 'edit_window_closed' });
  server.failNext({ method: 'chat.delete', error: 'cant_delete_message' });
  await world.in('slack').press(ada, 'accept');
  await world.settle();
  expect(world.in('slack').cards(ada)).toHaveLength(2);
  await erase(lead);
  await world.settle();
  await minutesLater();
  expect(await left()).toEqual(nowhere);
});

test('what HubSpot erases for privacy is erased here, and an open handoff ends with one neutral word to its rep', async () => {
  const lead = await demoRequest(world, properties());
  await world.in('slack').press(ada, 'accept');
  await world.settle();
  world.hubspot.privacyDelete(lead);
  await world.settle();
  await world.pass(1);
  expect(await left()).toEqual(nowhere);
  const [handoff] = await storedHandoffs(world.database);
  expect(handoff).toMatchObject({ status: 'closed', outcome: 'withdrawn' });
  const [bulletin, ...others] = world.in('slack').bulletins(ada);
  expect(others).toEqual([]);
  expect(bulletin?.text).toContain('A lead of yours was erased');
  expect(bulletin?.items).toEqual([]);
  const pending = await world.database.prisma.timer.count({ where: { firedAt: null, cancelledAt: null } });
  expect(pending).toBe(0);
});

test('of an erased contact nothing is kept or asked again, whoever tells of it, and nothing is written to it', async () => {
  const lead = await demoRequest(world, properties());
  await erase(lead);
  await world.settle();
  const { properties: written } = world.hubspot.object('contacts', lead) ?? {};
  const asked = world.hubspot.requests.length;
  world.moveTo(new Date(world.now().getTime() + 60_000));
  requestDemo(world, lead);
  await world.settle();
  const told = await world.database.prisma.inboundEvent.findMany({
    where: { leadId: lead, ignoredAs: 'erased' },
  });
  expect(told.length).toBeGreaterThan(0);
  for (const { payload, reason } of told) expect([payload, reason]).toEqual([{}, 'the lead was erased']);
  expect(world.hubspot.requests.slice(asked)).toEqual([]);
  await reconciled(world);
  const read = world.hubspot.requests
    .slice(asked)
    .filter(({ path }) => !path.endsWith('/search') && !path.includes('/companies/'));
  expect(read).toEqual([]);
  expect(await left()).toEqual(nowhere);
  const after = world.hubspot.object('contacts', lead)?.properties;
  expect(after).toEqual({ ...written, ...after });
});

test('who merges an erased contact into another erases that as well', async () => {
  const lead = await demoRequest(world, properties());
  await erase(lead);
  await world.settle();
  const other = createLead(world, properties());
  await world.settle();
  const merged = world.hubspot.mergeContacts(other, lead);
  await world.settle();
  requestDemo(world, merged);
  await world.settle();
  expect(await left()).toEqual(nowhere);
  expect(await storedHandoffs(world.database)).toHaveLength(1);
});

test('a chat that is away gets its messages taken back when it is there again', async () => {
  const lead = await demoRequest(world, properties());
  for (const chat of ['slack', 'teams'] as const) world.in(chat).fail('update', 'down');
  await erase(lead);
  await world.settle();
  expect((await left())['said']).not.toEqual([]);
  await world.retryNow();
  expect(await left()).toEqual(nowhere);
});
