import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWebhook } from '../../sandbox/webhook/server.ts';
import { hubspotClient } from '../../src/adapters/hubspot/client.ts';
import { hubspotCrm } from '../../src/adapters/hubspot/crm.ts';
import { leadRecords } from '../../src/adapters/hubspot/lead-records.ts';
import { limiter } from '../../src/adapters/hubspot/limiter.ts';
import { postgresArrivals } from '../../src/adapters/postgres/arrivals.ts';
import { type Connection, connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { postgresDirectory } from '../../src/adapters/postgres/directory.ts';
import { postgresErasures } from '../../src/adapters/postgres/erasures.ts';
import { postgresHandoffs } from '../../src/adapters/postgres/handoffs.ts';
import { postgresHolds } from '../../src/adapters/postgres/holds.ts';
import { postgresInbox } from '../../src/adapters/postgres/inbox.ts';
import { postgresOutbox } from '../../src/adapters/postgres/outbox.ts';
import { postgresRuns } from '../../src/adapters/postgres/runs.ts';
import { type App, startApp } from '../../src/app.ts';
import type { HandoffId } from '../../src/domain/handoff/handoff.ts';
import type { DealRule } from '../../src/domain/policy/deals.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { intake } from '../../src/flow/arrive/intake.ts';
import { changeHandoff } from '../../src/flow/change.ts';
import { createStillThere } from '../../src/flow/still-there.ts';
import { writeBack } from '../../src/flow/write-back.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { testDatabase } from '../support/database.ts';
import { dealRule } from '../support/examples.ts';
import { type HttpCounter, startHttpCounter } from '../support/http-counter.ts';
import { type PostgresWire, startPostgresWire } from '../support/postgres-wire.ts';
import {
  ada,
  ben,
  createLead,
  hubspotSecrets,
  policyFile,
  portalId,
  requestDemo,
  type Surroundings,
  startSurroundings,
} from '../support/world.ts';

const webhookSecret = 'a-secret-of-the-test-of-webhooks';

// The table of what things cost in the README says the same.

let around: Surroundings;
let wire: PostgresWire;
let hubspot: HttpCounter;
let slack: HttpCounter;
let connection: Connection;
let app: App;

beforeEach(() => open());
afterEach(() => close());

async function open(options: Partial<Parameters<typeof startSurroundings>[0]> = {}): Promise<void> {
  const amend = { thread: 'important', ...options.amend };
  around = await startSurroundings({ chats: 'slack', ...options, amend }, testDatabase);
  wire = await startPostgresWire(around.database.url);
  hubspot = await startHttpCounter(around.config.hubspot.apiUrl ?? '');
  slack = await startHttpCounter(around.config.slack?.apiUrl ?? '');
  connection = connectPostgres(wire.url, { poolSize: 18, onConnectionLost: () => {} });
}

async function close(): Promise<void> {
  await app?.stop();
  await connection.close();
  await Promise.all([wire.close(), hubspot.close(), slack.close(), around.close()]);
}

async function start({ warmUps = 3 } = {}): Promise<void> {
  const { config, secrets, now, paceTime } = around;
  const counted = {
    ...config,
    hubspot: { ...config.hubspot, apiUrl: hubspot.origin },
    ...(config.slack && { slack: { ...config.slack, apiUrl: `${slack.origin}/api/` } }),
  };
  const quiet = { write: () => {} };
  app = await startApp(counted, secrets, {
    clock: now,
    paceTime,
    connection,
    runsByItself: false,
    standsStillAfterMs: Number.POSITIVE_INFINITY,
    logTo: quiet,
  });
  // A lead for each rep teaches the bot where they are reached.
  for (let lead = 0; lead < warmUps; lead += 1) {
    requestDemo(around, createLead(around));
    await settle();
  }
}

/** Without the webhooks by which HubSpot tells what the bot has just written: a statement each, in batches of their own. */
async function settle(): Promise<void> {
  await around.hubspot.settled();
  around.hubspot.pauseWebhooks();
  await app.drain();
  around.hubspot.takePendingWebhooks();
  around.hubspot.resumeWebhooks();
}

/**
 * What the queue does by itself, here at the beginning and the end of each `drain`, and the reading of people, whom a
 * process that runs keeps in memory.
 */
const upkeep = [
  /^select set_config/,
  /^select pg_(try_advisory_lock|advisory_unlock)/,
  /^(un)?listen /,
  /^reset /,
  /pg_locks/,
  /^update job set run_at = now\(\)/,
  /^SELECT .* FROM "public"."(rep|chat_account|absence)"/,
];

function work(): string[] {
  return wire.statements().filter((text) => !upkeep.some((one) => one.test(text.trim())));
}

async function listening() {
  const crm = await startWebhook({ secret: webhookSecret, now: () => around.now() });
  return Object.assign(crm, { [Symbol.asyncDispose]: () => crm.close() });
}

type Cost = { statements: number; commits: number; hubspotCalls: number; slackCalls: number };

async function costOf(what: () => Promise<unknown>): Promise<Cost> {
  await wire.reset();
  for (const { calls } of [hubspot, slack]) calls.length = 0;
  await what();
  const { commits } = await wire.count();
  return {
    statements: work().length,
    commits,
    hubspotCalls: hubspot.calls.length,
    slackCalls: slack.calls.length,
  };
}

/** Everything that a lot costs, without the chats, which take one message after the other. */
async function lotNeeds(amended: Partial<Policy> = {}) {
  const policy = { ...readPolicyFile(policyFile).policy, ...amended };
  const { hubspotAccessToken: accessToken } = hubspotSecrets;
  const client = hubspotClient({ apiUrl: hubspot.origin, accessToken, limiter: limiter() });
  const directory = postgresDirectory(connection);
  const [people, absences] = [await directory.people(), await directory.absences(around.now())];
  return {
    arrivals: postgresArrivals(connection),
    inbox: postgresInbox(connection),
    handoffs: postgresHandoffs(connection),
    holds: postgresHolds(connection),
    erasures: postgresErasures(connection),
    directory: { ...directory, people: async () => people, absences: async () => absences },
    crm: hubspotCrm(client, { portalId: String(portalId), policy: () => policy, clock: around.now }),
    leadRecords: leadRecords(client, around.now),
    runs: postgresRuns(connection),
    outbox: postgresOutbox(connection),
    policy: () => policy,
    policyOf: () => policy,
    clock: around.now,
    stillThere: createStillThere(around.now),
    observe: () => {},
  };
}

/** Of which a claim that comes too early, and finds nothing, may be one. */
function expectAtMost(cost: Cost, most: Cost): void {
  const beyond = Object.entries(most).filter(([what, count]) => cost[what as keyof Cost] > count);
  expect({ cost, beyond }).toEqual({ cost, beyond: [] });
}

test('a lone lead costs no more than 10 statements, of which 5 stand before its card', async () => {
  await start();
  const lead = createLead(around);
  await settle();
  const cost = await costOf(async () => {
    requestDemo(around, lead);
    await settle();
  });
  expectAtMost(cost, { statements: 10, commits: 7, hubspotCalls: 5, slackCalls: 1 });
  // The card is sent as soon as the handoff is kept; what goes on meanwhile tells HubSpot.
  const keepsIt = work().findIndex((text) => text.includes('insert into handoff '));
  expect(keepsIt + 1).toBe(5);
});

test('an acceptance costs no more than 10 statements', async () => {
  await start();
  const cost = await costOf(async () => {
    await around.in('slack').press(ada, 'accept');
    await settle();
  });
  expectAtMost(cost, { statements: 10, commits: 7, hubspotCalls: 2, slackCalls: 2 });
});

test('what another system is told costs 4 statements once it can be taken back no more, and nothing in HubSpot and the chat', async () => {
  await close();
  await using crm = await listening();
  await open({ amend: { events: [{ url: crm.url }] }, webhookSecret });
  await start();
  const told = crm.taken.length;
  const cost = await costOf(async () => {
    await around.in('slack').press(ada, 'accept');
    around.moveTo(new Date(around.now().getTime() + 13_000));
    await settle();
  });
  expect(crm.taken.slice(told).map(({ body }) => body['type'])).toEqual(['accepted']);
  expectAtMost(cost, { statements: 10 + 4, commits: 7 + 4, hubspotCalls: 2, slackCalls: 2 });
});

test('a rung costs no more than 28 statements, of which 3 are the sweep and 14 the message that asks, for all that are due', async () => {
  await start({ warmUps: 1 });
  const cost = await costOf(async () => {
    around.moveTo(new Date(around.now().getTime() + 10 * 60_000));
    await app.sweep();
    await settle();
  });
  expectAtMost(cost, { statements: 28, commits: 15, hubspotCalls: 0, slackCalls: 2 });
});

test('a Home tab costs 2 statements and a call when it is opened', async () => {
  await start();
  const cost = await costOf(async () => {
    await around.in('slack').openHome(ada);
    await settle();
  });
  expectAtMost(cost, { statements: 2, commits: 2, hubspotCalls: 0, slackCalls: 1 });
});

test('a change costs 4 statements and a call for each opened home in which it shows, and nothing for all others', async () => {
  await start();
  const acceptance = () =>
    costOf(async () => {
      await around.in('slack').press(ada, 'accept');
      await settle();
    });
  await around.in('slack').openHome(ben);
  await settle();
  const withoutHome = { statements: 10, commits: 7, hubspotCalls: 2, slackCalls: 2 };
  expectAtMost(await acceptance(), withoutHome);
  await around.in('slack').openHome(ada);
  await settle();
  const cost = await costOf(async () => {
    await around.in('slack').fill(ada, 'snooze', { choice: '30min' });
    await settle();
  });
  // One of each is the form's, which asks for more once a time of one's own is chosen.
  expectAtMost(cost, { statements: 15, commits: 10, hubspotCalls: 0, slackCalls: 5 });
  expect(slack.calls.filter(({ path }) => path.endsWith('views.publish'))).toHaveLength(1);
});

type LotNeeds = Awaited<ReturnType<typeof lotNeeds>>;

/** Leads that all ask for a demo, of which no webhook has told. */
function requestDemos(count: number): string[] {
  around.hubspot.pauseWebhooks();
  const leads = Array.from({ length: count }, () => createLead(around));
  for (const lead of leads) requestDemo(around, lead);
  return leads;
}

/** @returns their handoffs */
async function takeInLot(leads: readonly string[], needs: LotNeeds): Promise<HandoffId[]> {
  const occurredAt = around.now();
  const event = { type: 'contact.propertyChange', payload: {}, record: null, ignored: null, occurredAt };
  const opened: HandoffId[] = [];
  await needs.inbox.store(
    leads.map((leadId) => ({ ...event, leadId, dedupeKey: leadId })),
    occurredAt,
  );
  const takeIn = intake({ ...needs, show: ({ handoffId }) => opened.push(handoffId) });
  await takeIn(leads.map((leadId) => ({ leadId, job: { task: 'intake', key: leadId, asked: 0 } })));
  return opened;
}

async function writeLot(handoffs: readonly HandoffId[], needs: LotNeeds): Promise<void> {
  await writeBack(needs)(handoffs.map((handoffId) => ({ handoffId, again: false, job: null })));
}

test.each<[what: string, amended: Partial<Policy>, hubspotCalls: number]>([
  ['2 to write it back', {}, 2],
  [
    '2 to write it back with HubSpot’s Lead object, which is two calls more',
    { leadRecords: { pipeline: null, stages: {}, reasons: {} } },
    4,
  ],
])('a lot of 100 leads costs no more than 4 statements, and %s', async (_, amended, hubspotCalls) => {
  await start();
  const leads = requestDemos(100);
  const needs = await lotNeeds(amended);
  // Which a process that runs remembers.
  await Promise.all([needs.leadRecords.portal(), needs.crm.leads(leads.slice(0, 1), 'card')]);
  let opened: HandoffId[] = [];
  const decided = await costOf(async () => {
    opened = await takeInLot(leads, needs);
  });
  expectAtMost(decided, { statements: 4, commits: 2, hubspotCalls: 12, slackCalls: 0 });
  const written = await costOf(() => writeLot(opened, needs));
  expectAtMost(written, { statements: 2, commits: 1, hubspotCalls, slackCalls: 0 });
});

test('a lot of acceptances costs two calls to HubSpot, with deals one more, and two to look for open ones', async () => {
  await start();
  const needs = await lotNeeds();
  const opened = await takeInLot(requestDemos(90), needs);
  await writeLot(opened, needs);
  for (const { handoff } of await needs.handoffs.views(opened)) {
    const accept = { type: 'accept', by: handoff.assignment.rep } as const;
    const cause = { by: accept.by, at: around.now(), commandId: null };
    await changeHandoff(needs.handoffs, needs.policyOf, handoff, accept, cause);
  }
  const costWith = (part: number, ...deals: readonly DealRule[]) => {
    const policyOf = () => ({ ...needs.policy(), deals });
    return costOf(() => writeLot(opened.slice(part * 30, part * 30 + 30), { ...needs, policyOf }));
  };
  expectAtMost(await costWith(0), { statements: 2, commits: 1, hubspotCalls: 2, slackCalls: 0 });
  // That there is a deal is kept with each handoff.
  const each = { statements: 2 + 30, commits: 1 + 30, slackCalls: 0 };
  expectAtMost(await costWith(1, dealRule()), { ...each, hubspotCalls: 3 });
  expectAtMost(await costWith(2, dealRule({ unlessOpenDeal: true })), { ...each, hubspotCalls: 5 });
  expect(around.hubspot.objects('deals')).toHaveLength(60);
});
