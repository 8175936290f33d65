import { fileURLToPath } from 'node:url';
import { hubspotClient } from '../../src/adapters/hubspot/client.ts';
import { hubspotCrm } from '../../src/adapters/hubspot/crm.ts';
import { limiter } from '../../src/adapters/hubspot/limiter.ts';
import type { Lead } from '../../src/domain/lead/lead.ts';
import type { PersonId } from '../../src/domain/policy/policy.ts';
import type { Names } from '../../src/domain/words/line.ts';
import type { Mentions } from '../../src/flow/ports/chat.ts';
import { only } from '../../src/flow/ports/crm.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { stillClock } from '../clock.ts';
import { happen } from '../company/happenings.ts';
import { demo, reaches, type Way } from '../company/ways.ts';
import { customProperties, seedCompany } from '../company.ts';
import { startHubSpot } from '../hubspot/server.ts';
import { startSlack } from '../slack/server.ts';
import { startTeams } from '../teams/server.ts';
import type { Rules } from './history.ts';
import { meetStrangers, type StrangerName } from './leads.ts';

/** A Monday, 9:03 in New York. */
const start = new Date('2026-11-23T14:03:00Z');
/** When the bot looks at a lead that has just done something. */
const decidedAt = new Date('2026-11-23T14:03:30Z');

/** A lead at three moments, as the bot reads it from HubSpot. */
export type LeadOverTime = {
  /** It has asked for a demo. */
  asked: Lead;
  /** Its score has passed what the policy waits for. */
  scored: Lead;
  /** It has asked for a demo after that. */
  raised: Lead;
};

export type LeadName = 'normal' | 'cjk' | StrangerName;

/** What the cards of the gallery are made from. */
export type Office = Rules & {
  /** When a lead is looked at that has just done something. */
  decidedAt: Date;
  leads: Readonly<Record<LeadName, LeadOverTime>>;
  /** A lead for each trigger of the policy, which meets it. */
  byTrigger: ReadonlyMap<string, Lead>;
  names: Names;
  mentions: Mentions;
  zoneOf: (person: PersonId) => string;
};

/** The sandbox's company on a clock that stands still; everything in it is the same each time. */
export async function openOffice(
  policyFile = fileURLToPath(new URL('../../policy.yaml', import.meta.url)),
): Promise<Office> {
  const { policy } = readPolicyFile(policyFile);
  const clock = stillClock(start);
  await using servers = new AsyncDisposableStack();
  const secrets = { accessToken: 'pat-gallery', clientSecret: 'gallery' };
  const hubspot = await startHubSpot({
    ...secrets,
    portalId: 4_242_424,
    now: clock.now,
    limits: 'off',
    properties: customProperties(policy),
  });
  servers.defer(() => hubspot.close());
  const slack = await startSlack({ botToken: 'xoxb-gallery', signingSecret: 'gallery', now: clock.now });
  servers.defer(() => slack.close());
  const teams = await startTeams({
    appId: '5a4d0b0c-1f3e-4c52-9b7d-0f6a2c8e4d10',
    appPassword: 'gallery',
    tenantId: '7c1e9a52-64d8-4b0f-8f3a-2d95b6e0c741',
    now: clock.now,
  });
  servers.defer(() => teams.close());

  const company = seedCompany({ hubspot, slack, teams, policy, clock, start });
  const names = {
    score: policy.properties.score,
    components: policy.properties.scoreComponents.map(({ property }) => property),
  };
  const strangerIds = meetStrangers(hubspot, names, start);
  const crm = hubspotCrm(
    hubspotClient({
      apiUrl: hubspot.url,
      accessToken: secrets.accessToken,
      limiter: limiter({ requests: Number.POSITIVE_INFINITY, windowMs: 1000, concurrency: 10 }),
    }),
    { portalId: '4242424', policy: () => policy, clock: clock.now },
  );

  const read = async (contactId: string): Promise<Lead> => {
    const lead = only(await crm.leads([contactId], 'background'));
    if (!lead) throw new Error(`HubSpot has no contact ${contactId}: expected one of the gallery`);
    return lead;
  };
  /** Half a minute later HubSpot has worked out what it does by itself. */
  const readAfter = async (contactId: string, act: () => void | Promise<void>): Promise<Lead> => {
    clock.moveTo(start);
    await act();
    clock.moveTo(decidedAt);
    hubspot.catchUp();
    return read(contactId);
  };
  const idOf = (key: string) => company.leads.find((lead) => lead.key === key)?.contactId ?? '';
  const seeded = (key: string, ...ways: string[]) =>
    readAfter(idOf(key), async () => {
      for (const way of ways) await company.act(key, way);
    });
  const does = (contactId: string, { what }: Way) =>
    readAfter(contactId, () => {
      const whom = { contactId, companyId: null, ownerId: null };
      for (const one of what) if (one.kind !== 'workflow') happen(hubspot, whom, one, { names, now: start });
    });
  const overTime = async (name: StrangerName): Promise<LeadOverTime> => {
    const contactId = strangerIds.get(name) ?? '';
    if (name === 'empty') {
      hubspot.setProperties('contacts', contactId, { email: '' });
      const lead = await read(contactId);
      return { scored: lead, asked: lead, raised: lead };
    }
    const scored = await does(contactId, reaches(28, 30));
    const asked = await does(contactId, demo);
    return { scored, asked, raised: asked };
  };

  const workflow = await read(idOf('misaki'));
  const scored = await seeded('tomas', 'score');
  const misakiScored = await seeded('misaki', 'score');
  const misakiAsked = await seeded('misaki', 'demo');
  const normal = { asked: await seeded('maya', 'demo'), scored, raised: await seeded('tomas', 'demo') };
  const leads = {
    normal,
    hostile: await overTime('hostile'),
    huge: await overTime('huge'),
    cjk: { scored: misakiScored, asked: misakiAsked, raised: misakiAsked },
    arabic: await overTime('arabic'),
    hebrew: await overTime('hebrew'),
    empty: await overTime('empty'),
  };
  const byTrigger = {
    demo_request: normal.asked,
    pricing: await seeded('zoe', 'prices', 'prices'),
    workflow,
    hot_score: await seeded('siobhan', 'hot'),
    score: scored,
    guide: await seeded('jonas', 'guide'),
    lifecycle: await seeded('priya', 'mql'),
  };

  const { colleagues } = company;
  return {
    policy,
    decidedAt,
    leads,
    byTrigger: new Map(Object.entries(byTrigger)),
    standing: {
      peopleByOwner: new Map(colleagues.map(({ ownerId, email }) => [ownerId, email])),
      inactive: new Set(),
      absences: new Map(),
      load: new Map(colleagues.map(({ email }, index) => [email, { open: index % 4, givenAt: [] }])),
      credits: new Map(),
      excluded: new Map(),
    },
    names: new Map(colleagues.map(({ email, name }) => [email, name])),
    mentions: new Map(
      colleagues.flatMap(({ email, accounts }) => (accounts.slack ? [[email, accounts.slack]] : [])),
    ),
    zoneOf: (person) => colleagues.find(({ email }) => email === person)?.zone ?? 'America/New_York',
  };
}
