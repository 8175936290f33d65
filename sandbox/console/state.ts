import { hoursOf } from '../../src/domain/policy/working-hours.ts';
import { isWorkingAt } from '../../src/domain/time/calendar.ts';
import { sandboxZone } from '../clock.ts';
import type { Happening } from '../company/happenings.ts';
import type { Colleague, SeededLead } from '../company.ts';
import type { RecordView } from '../hubspot/server.ts';
import { lifecycleStages } from '../hubspot/standard-options.ts';
import type { AppNews } from './app-news.ts';
import { channelState } from './channel-state.ts';
import type { About, Journal } from './journal.ts';
import type { ConsoleState, HandoffState, LeadState, PersonState, TourState } from './protocol.ts';
import { recordState } from './record.ts';
import { slackState } from './slack-state.ts';
import { teamsState } from './teams-state.ts';
import { labelIn, leadName, nameOf, ownerName, type World } from './world.ts';

/** Everything that the page shows. */
export function consoleState(
  world: World,
  { journal, appNews, tour }: { journal: Journal; appNews: AppNews; tour: () => TourState | null },
): ConsoleState {
  const now = world.clock.now();
  const keys = new Map(world.company.leads.map(({ contactId, key }) => [contactId, key]));
  const leadKeyOf = (about: About): string | null => {
    if (about === null) return null;
    const contactId = 'contactId' in about ? about.contactId : appNews.contactOf(about.handoffId);
    return contactId === null ? null : (keys.get(contactId) ?? null);
  };
  return {
    run: world.startedAt,
    now: now.getTime(),
    zone: sandboxZone,
    people: world.company.colleagues.map((colleague) => personState(colleague, world, now)),
    channels: world.company.channels.map((channel) => channelState(channel, world)),
    leads: world.company.leads.flatMap((lead) => leadState(lead, world, appNews) ?? []),
    log: journal.entries.map(({ about, ...entry }) => ({ ...entry, leadKey: leadKeyOf(about) })),
    logTotal: journal.total(),
    tour: tour(),
    canBeginAnew: world.beginAnew !== null,
    hasWebhooks: world.webhooks.isOn(),
    hasRules: world.rules.isOn(),
  };
}

function personState({ accounts, ...colleague }: Colleague, world: World, now: Date): PersonState {
  const { email, name, role, isInMarketing, team, zone } = colleague;
  return {
    email,
    name,
    role,
    isInMarketing,
    team,
    zone,
    isWorking: isWorkingAt(hoursOf(world.policy, email), now),
    chats: {
      slack: accounts.slack === null ? null : slackState(accounts.slack, world),
      teams: accounts.teams === null ? null : teamsState(accounts.teams, world),
    },
  };
}

/** Null when the contact is gone. */
function leadState({ key, contactId, ways }: SeededLead, world: World, appNews: AppNews): LeadState | null {
  const { hubspot, policy } = world;
  const contact = hubspot.object('contacts', contactId);
  if (contact === undefined || contact.archived) return null;
  const { properties, associations } = contact;
  const companyId = associations.companies?.[0];
  const company = companyId === undefined ? undefined : hubspot.object('companies', companyId);
  const score = properties[policy.properties.score ?? ''];
  const stage = properties['lifecyclestage'] ?? '';
  const decision = appNews.decisions.get(contactId);
  return {
    key,
    contactId,
    name: leadName(properties),
    jobTitle: properties['jobtitle'] ?? null,
    company: company?.properties['name'] ?? null,
    owner: ownerName(properties['hubspot_owner_id'], world),
    score: score === undefined ? null : Number(score),
    stage: { value: stage, label: labelIn(lifecycleStages, stage) },
    handoff: handoffState(contact, world),
    decision:
      decision === undefined || decision.decision === 'handoff'
        ? null
        : { kind: decision.decision, reason: decision.reason },
    ways: ways.map(({ key: wayKey, label, what }) => ({
      key: wayKey,
      label,
      isDone: hasHappened(what.at(-1), contact, world),
      isPossible: isPossible(what.at(-1), contact),
    })),
    record: recordState(contact, world),
  };
}

/** As the bot wrote it to HubSpot. */
function handoffState({ id, properties }: RecordView, world: World): HandoffState | null {
  const status = properties['handoff_status'];
  if (status === undefined) return null;
  const task = world.hubspot
    .objectsOf(id, 'tasks')
    .findLast((one) => one.properties['hs_task_status'] !== 'COMPLETED');
  const due = task?.properties['hs_timestamp'] ?? properties['handoff_respond_by'];
  return {
    status,
    outcome: properties['handoff_outcome'] ?? null,
    holder: nameOf(properties['handoff_rep'] ?? '', world),
    dueAt: due === undefined ? null : Date.parse(due),
  };
}

function hasHappened(
  happening: Happening | undefined,
  { properties }: RecordView,
  { policy }: World,
): boolean {
  switch (happening?.kind) {
    case 'score': {
      const sum = happening.points.reduce((all, some) => all + some, 0);
      return Number(properties[policy.properties.score ?? ''] ?? 0) >= sum;
    }
    case 'stage': {
      const rank = (stage: string | undefined) => lifecycleStages.findIndex(({ value }) => value === stage);
      return rank(properties['lifecyclestage']) >= rank(happening.stage);
    }
    case 'fill':
      return Object.entries(happening.values).every(([name, value]) => properties[name] === value);
    default:
      return false;
  }
}

function isPossible(happening: Happening | undefined, { properties }: RecordView): boolean {
  const isAboutMail = happening?.kind === 'opened' || happening?.kind === 'replied';
  return !isAboutMail || properties['hs_email_last_send_date'] !== undefined;
}
