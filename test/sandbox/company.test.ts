import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { movableClock } from '../../sandbox/clock.ts';
import { type Company, customProperties, seedCompany } from '../../sandbox/company.ts';
import { type HubSpotServer, startHubSpot } from '../../sandbox/hubspot/server.ts';
import { startSlack } from '../../sandbox/slack/server.ts';
import { startTeams } from '../../sandbox/teams/server.ts';
import { hubspotClient } from '../../src/adapters/hubspot/client.ts';
import { hubspotCrm } from '../../src/adapters/hubspot/crm.ts';
import { limiter } from '../../src/adapters/hubspot/limiter.ts';
import type { Lead } from '../../src/domain/lead/lead.ts';
import { type Crm, only } from '../../src/flow/ports/crm.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { policyFile } from '../support/world.ts';

const start = new Date('2026-11-23T14:00:00Z');

let hubspot: HubSpotServer;
let company: Company;
let crm: Crm;
const open: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const { policy } = readPolicyFile(policyFile);
  const clock = movableClock(start);
  hubspot = await startHubSpot({
    ...{ accessToken: 'pat-test', clientSecret: 'secret', portalId: 4711, limits: 'off', now: clock.now },
    properties: customProperties(policy),
  });
  const slack = await startSlack({ botToken: 'xoxb-test', signingSecret: 'secret', now: clock.now });
  const teams = await startTeams({
    ...{ appId: '5a4d0b0c-1f3e-4c52-9b7d-0f6a2c8e4d10', appPassword: 'secret', now: clock.now },
    tenantId: '7c1e9a52-64d8-4b0f-8f3a-2d95b6e0c741',
  });
  open.push(hubspot.close, slack.close, teams.close);
  company = seedCompany({ hubspot, slack, teams, policy, clock, start });
  const client = hubspotClient({ apiUrl: hubspot.url, accessToken: 'pat-test', limiter: limiter() });
  crm = hubspotCrm(client, { portalId: '4711', policy: () => policy, clock: clock.now });
});
afterAll(async () => {
  await Promise.all(open.map((close) => close()));
});

async function known(key: string, ...ways: string[]): Promise<Lead> {
  for (const way of ways) await company.act(key, way);
  const { contactId = '' } = company.leads.find((lead) => lead.key === key) ?? {};
  const lead = only(await crm.leads([contactId], 'card'));
  if (!lead) throw new Error(`${key} is nobody: expected a contact`);
  return lead;
}

describe('of the company’s leads the bot reads', () => {
  test('what Maya asks for, what she answered once, and which pages she saw', async () => {
    const maya = await known('maya', 'demo');
    expect(maya.formAnswers).toEqual([
      { label: 'How many people plan?', value: '6 to 20' },
      {
        label: 'What would you like to see?',
        value: 'We plan 12 depots in spreadsheets and need something by January.',
      },
    ]);
    expect(maya.activities.find(({ direction }) => direction === 'inbound')?.text).toBe(
      'Thanks! We look at tools in Q4.',
    );
    expect(maya.pages.flatMap(({ title }) => title ?? [])).toEqual(
      expect.arrayContaining(['Request a demo', 'ROI calculator', 'Comparison with Northstar']),
    );
    expect(maya.timeZone).toBe('America/Chicago');
  });

  test('what was noted about Sam at the fair', async () => {
    const sam = await known('sam');
    expect(sam.activities.map(({ text }) => text)).toContain(
      'Met at the fair. Badge scan without an email; asked for prices.',
    );
  });

  test('the deal that Tomás’ company did not want', async () => {
    const { accountDeals } = await known('tomas');
    expect(accountDeals).toMatchObject([
      { name: 'Copperleaf Health: pilot on two wards', stage: 'Closed Lost', wonAt: null },
    ]);
    expect(accountDeals[0]?.lostAt).toBeInstanceOf(Date);
  });

  test('that Misaki has opted out, and Zoë and Tomás are of one company', async () => {
    const [zoe, tomas] = [await known('zoe'), await known('tomas')];
    expect(zoe.account?.id).toBe(tomas.account?.id);
    expect((await known('misaki')).consent.optedOut).toBe(true);
  });

  test('when it is where Misaki is', async () => {
    expect((await known('misaki')).timeZone).toBe('Asia/Tokyo');
  });

  test('what HubSpot’s pages call things', async () => {
    expect((await known('misaki')).labels).toMatchObject({
      industry: { INDUSTRIAL_AUTOMATION: 'Industrial automation' },
      source: { AI_REFERRALS: 'AI referrals' },
    });
  });
});

test('each rep has a page for booking a meeting', async () => {
  const owners = await crm.owners();
  expect(owners.find(({ email }) => email === 'ada.okafor@example.com')?.meetingLink).toBe(
    'https://meetings.hubspot.com/ada-okafor',
  );
});
