import type { PropertyCreate } from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { dealProperties } from '../src/adapters/hubspot/deal-properties.ts';
import { handoffProperties } from '../src/adapters/hubspot/properties.ts';
import { chatsOf, peopleOf, takersOf } from '../src/domain/policy/people-of.ts';
import type { Platform, Policy } from '../src/domain/policy/policy.ts';
import { hoursOf } from '../src/domain/policy/working-hours.ts';
import { daysBefore, type MovableClock } from './clock.ts';
import { accounts } from './company/accounts.ts';
import { type Channel, channelsOf } from './company/channels.ts';
import { formProperties } from './company/forms.ts';
import { happen, type ScoreNames, type Whom } from './company/happenings.ts';
import { type LeadSeed, leads } from './company/leads.ts';
import { type Nurture, planCampaign, setUpNurture } from './company/nurture.ts';
import { salesProperties } from './company/sales-properties.ts';
import { mailWays, type Way } from './company/ways.ts';
import type { NewProperty } from './hubspot/properties.ts';
import type { HubSpotOptions, HubSpotServer } from './hubspot/server.ts';
import type { SlackServer } from './slack/server.ts';
import type { TeamsServer } from './teams/server.ts';

/** Somebody of the policy, with their accounts. */
export type Colleague = {
  email: string;
  name: string;
  /** Whoever takes no leads as a member of a team stands beside its managers. */
  role: 'rep' | 'manager';
  isInMarketing: boolean;
  /** Null for somebody outside any team. */
  team: string | null;
  zone: string;
  ownerId: string;
  /** The user ids in the chats in which they read their cards; null where they have no account. */
  accounts: Readonly<Record<Platform, string | null>>;
};

export type SeededLead = {
  key: string;
  contactId: string;
  ways: readonly Way[];
};

export type Company = {
  colleagues: readonly Colleague[];
  leads: readonly SeededLead[];
  channels: readonly Channel[];
  nurture: Nurture;
  /** Lets something happen to a lead, as HubSpot would record it now. */
  act: (leadKey: string, wayKey: string) => Promise<void>;
};

/** The custom properties of a portal: what the policy reads, and what the bot writes. */
export function customProperties(policy: Policy): NonNullable<HubSpotOptions['properties']> {
  return { contacts: contactProperties(policy), deals: dealProperties.map(asDefined) };
}

function contactProperties({ properties }: Policy): NewProperty[] {
  const number = (name: string, label: string): NewProperty => ({
    name,
    label,
    type: 'number',
    fieldType: 'number',
  });
  const { score, scoreComponents, summary, product } = properties;
  return [
    ...(score ? [number(score, 'Lead score')] : []),
    ...scoreComponents.map(({ property, label }) => number(property, `Lead score: ${label}`)),
    ...(summary ? [{ name: summary, label: 'Summary', type: 'string', fieldType: 'textarea' } as const] : []),
    ...(product
      ? [{ name: product, label: 'Product interest', type: 'string', fieldType: 'text' } as const]
      : []),
    ...formProperties,
    ...salesProperties,
    ...handoffProperties.map(asDefined),
  ];
}

function asDefined({ name, label, type, fieldType, options, hasUniqueValue }: PropertyCreate): NewProperty {
  return {
    name,
    label,
    // The API's types are wider than what these definitions use.
    type: type as NewProperty['type'],
    fieldType,
    ...(options && { options: options.map((option) => ({ label: option.label, value: option.value })) }),
    ...(hasUniqueValue && { hasUniqueValue }),
  };
}

type World = {
  hubspot: HubSpotServer;
  slack: SlackServer;
  teams: TeamsServer;
  policy: Policy;
  clock: MovableClock;
  start: Date;
};

/**
 * Gives everybody in the policy an account in HubSpot and in their chats, makes the channels that it names, and fills
 * HubSpot with companies, leads and their past. The clock is moved through that past and ends at `start`.
 */
export function seedCompany(world: World): Company {
  const { hubspot, policy, clock, start } = world;
  clock.moveTo(daysBefore(start, 400, '09:00'));
  const colleagues = peopleOf(policy).map((email) => hire(email, world));
  const channels = channelsOf(policy);
  for (const channel of channels) open(channel, colleagues, world);
  const ownerOf = (email: string | undefined) =>
    colleagues.find((colleague) => colleague.email === email)?.ownerId ?? null;

  const nurture = setUpNurture(hubspot);

  clock.moveTo(daysBefore(start, 300, '09:00'));
  const companyIds = foundCompanies(hubspot, ownerOf);

  const names: ScoreNames = {
    score: policy.properties.score,
    components: policy.properties.scoreComponents.map(({ property }) => property),
  };
  const contactIds = new Map<string, string>();
  const whom = ({ key, account, owner }: LeadSeed): Whom => ({
    contactId: contactIds.get(key) ?? '',
    companyId: account && (companyIds.get(account) ?? null),
    ownerId: ownerOf(owner),
  });
  for (const { lead, what, isFirst, at } of pastOf(leads, start)) {
    clock.moveTo(at);
    if (isFirst) contactIds.set(lead.key, meet(lead, whom(lead), hubspot));
    happen(hubspot, whom(lead), what, { names, now: at });
  }
  clock.moveTo(start);
  planCampaign(hubspot, { to: [...contactIds.values()], isPaused: nurture.isPaused, start });

  return {
    colleagues,
    nurture,
    leads: leads.map((lead) => ({
      key: lead.key,
      ways: waysOf(lead),
      contactId: contactIds.get(lead.key) ?? '',
    })),
    channels,
    act: async (leadKey, wayKey) => {
      const lead = leads.find(({ key }) => key === leadKey);
      const way = lead && waysOf(lead).find(({ key }) => key === wayKey);
      if (lead === undefined || way === undefined) {
        throw new Error(`No way "${wayKey}" for the lead "${leadKey}": expected one that the page offers`);
      }
      for (const what of way.what) {
        if (what.kind === 'workflow') await enrol(whom(lead), what.name, hubspot);
        else happen(hubspot, whom(lead), what, { names, now: clock.now() });
      }
    },
  };
}

/** A workflow comes to the bot's own action, which hands the lead over under that name. */
async function enrol({ contactId }: Whom, trigger: string, hubspot: HubSpotServer): Promise<void> {
  const { status } = await hubspot.runWorkflowAction({ objectId: contactId, inputFields: { trigger } });
  if (status !== 200) throw new Error(`The workflow's action answered ${status}: expected 200`);
}

function waysOf({ ways }: LeadSeed): readonly Way[] {
  return [...ways, ...mailWays];
}

/** What happened to all leads, oldest first: HubSpot's ids and histories grow in this order. */
function pastOf(seeds: readonly LeadSeed[], start: Date) {
  const entries = seeds.flatMap((lead) =>
    lead.past.map(([days, timeOfDay, what], index) => {
      return { lead, what, isFirst: index === 0, at: daysBefore(start, days, timeOfDay) };
    }),
  );
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** @returns the companies' ids by the keys of `accounts` */
function foundCompanies(
  hubspot: HubSpotServer,
  ownerOf: (email: string | undefined) => string | null,
): Map<string, string> {
  const seeds = Object.entries<Record<string, string>>(accounts);
  return new Map(
    seeds.map(([key, { owner, ...values }]) => {
      const ownerId = ownerOf(owner);
      return [
        key,
        hubspot.createCompany({ ...values, ...(ownerId !== null && { hubspot_owner_id: ownerId }) }),
      ];
    }),
  );
}

/** `ada.okafor@example.com` is Ada Okafor: any policy's people can be tried. */
function hire(email: string, { hubspot, slack, teams, policy }: World): Colleague {
  const words = (email.split('@')[0] ?? email).split(/[._-]+/).filter(Boolean);
  const [firstName = email, ...others] = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const lastName = others.join(' ');
  const name = [firstName, lastName].filter(Boolean).join(' ');
  const { marketing } = policy;
  const isInMarketing = marketing?.people.includes(email) === true && !takersOf(policy).includes(email);
  const zone = isInMarketing ? marketing.zone : hoursOf(policy, email).zone;
  const memberOf = policy.teams.find(({ members }) => members.some(({ id }) => id === email));
  const manages = policy.teams.find(({ manager }) => manager === email);
  const { inOrder, oneIsEnough } = chatsOf(policy, email);
  const reads = (chat: Platform) => (oneIsEnough ? inOrder[0] === chat : inOrder.includes(chat));
  const { id: ownerId } = hubspot.createOwner({ email, firstName, lastName, zone });
  hubspot.meetingLinks.create(ownerId, { slug: words.join('-').toLowerCase() });
  hubspot.sequences.equip(ownerId);
  hubspot.sequences.create({ ownerId, ...greetingOf(firstName) });
  return {
    email,
    name,
    role: memberOf && !manages ? 'rep' : 'manager',
    isInMarketing,
    team: (memberOf ?? manages)?.name ?? null,
    zone,
    ownerId,
    accounts: {
      slack: reads('slack') ? slack.addUser({ email, name, tz: zone }).id : null,
      teams: reads('teams') ? teams.addUser({ email, name, zone }).id : null,
    },
  };
}

/** The sequence that everybody has made for themselves, as the example policy calls it. */
function greetingOf(firstName: string) {
  return {
    name: 'Hello from your rep',
    subject: 'Thanks for your interest',
    text: `Hi, I am ${firstName}, and I look after you here. When may I call you?`,
  };
}

/** Makes a channel with the bot in it. */
function open(
  { platform, id, name, members }: Channel,
  colleagues: readonly Colleague[],
  world: World,
): void {
  if (platform === 'slack') {
    const there = colleagues.filter(
      ({ email, accounts }) => accounts.slack !== null && members.includes(email),
    );
    world.slack.setChannel({ id, name, members: there.map(({ email }) => email), hasBot: true });
  } else world.teams.addChannel({ id, name });
}

function meet({ values }: LeadSeed, { companyId, ownerId }: Whom, hubspot: HubSpotServer): string {
  return hubspot.createContact(
    { ...values, ...(ownerId !== null && { hubspot_owner_id: ownerId }) },
    { source: 'FORM', ...(companyId !== null && { companyId }) },
  );
}
