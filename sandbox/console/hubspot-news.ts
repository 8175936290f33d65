import type { Change } from '../hubspot/changes.ts';
import type { HubSpotNews } from '../hubspot/server.ts';
import { leadStatuses, lifecycleStages } from '../hubspot/standard-options.ts';
import type { CrmRecord } from '../hubspot/store.ts';
import type { About, Journal } from './journal.ts';
import { marketingWords } from './marketing-news.ts';
import { botSource, labelIn, leadName, ownerName, timeWords, type World } from './world.ts';

/** Tells the journal what changes in HubSpot, who changed it, and what the bot was told of it. */
export function followHubSpot(world: World, journal: Journal): void {
  let pending: Change[] = [];
  world.hubspot.onChange((news) => {
    switch (news.kind) {
      case 'change':
        // The changes of one write arrive together, and belong into one line.
        if (pending.length === 0) setImmediate(flush);
        pending.push(news.change);
        return;
      case 'webhook':
        return tellWebhook(news.delivery, journal);
      case 'request':
        return tellRequest(news.request, journal);
      case 'mail':
      case 'campaign':
      case 'flow': {
        const { text, about } = marketingWords(news, world);
        return journal.add('HubSpot', text, { about });
      }
      default:
        return news satisfies never;
    }
  });

  function flush(): void {
    const changes = pending;
    pending = [];
    for (const write of Map.groupBy(changes, ({ writeId }) => writeId).values()) {
      for (const { text, about, byBot } of tellWrite(write, world)) {
        journal.add(byBot ? 'Bot' : 'HubSpot', text, { about });
      }
    }
  }
}

type Told = {
  text: string;
  about: About;
  byBot: boolean;
};

function tellWrite(write: readonly Change[], world: World): Told[] {
  const [first] = write;
  if (first === undefined) return [];
  const byBot = first.actor.source === botSource;
  const created = write.find((change) => change.kind === 'created');
  if (created !== undefined) {
    const { record } = created;
    if (record.type === 'contacts' || record.type === 'companies') return [];
    const text = `${creationWords(record, byBot, world)} ${activityWords(record)}`;
    return [{ text, about: aboutOf(record, world), byBot }];
  }
  const values = new Map<string, string>();
  for (const change of write) if (change.kind === 'property') values.set(change.property, change.value);
  const subject = write.find((change) => change.kind === 'property')?.record;
  if (subject === undefined) return [];
  const about = aboutOf(subject, world);
  if (subject.type === 'tasks') return [{ text: taskWords(subject, values, world), about, byBot }];
  if (subject.type === 'deals' && values.get('dealstage') === 'closedwon') {
    return [{ text: `Somebody won ${activityWords(subject)}`, about, byBot }];
  }
  if (subject.type !== 'contacts') return [];
  const lines = byBot ? [writtenWords(subject, values, world)] : happenedWords(subject, values, world);
  return lines.map((text) => ({ text, about, byBot }));
}

/** What the bot wrote on a contact: what everybody knows by name, and how much else. */
function writtenWords(contact: CrmRecord, values: ReadonlyMap<string, string>, world: World): string {
  const known = [
    ['Owner', ownerName(values.get('hubspot_owner_id'), world)],
    ['Lifecycle stage', labelIn(lifecycleStages, values.get('lifecyclestage'))],
    ['Lead status', labelIn(leadStatuses, values.get('hs_lead_status'))],
    ['Handoff', values.get('handoff_status')],
  ].flatMap(([label, value]) => (value ? [`${label} → ${value}`] : []));
  const more = values.size - known.length;
  const others = `${more} ${known.length > 0 ? 'more ' : ''}${more === 1 ? 'property' : 'properties'}`;
  const rest = more > 0 ? [others] : [];
  return `Wrote on ${nameIn(contact)}: ${[...known, ...rest].join(', ')}`;
}

function happenedWords(contact: CrmRecord, values: ReadonlyMap<string, string>, world: World): string[] {
  const name = nameIn(contact);
  const lines: string[] = [];
  for (const [property, value] of values) {
    const words = happenedTo(name, property, value, world);
    if (words !== null) lines.push(words);
  }
  return lines;
}

function happenedTo(name: string, property: string, value: string, world: World): string | null {
  switch (property) {
    case 'hs_analytics_last_url':
      return `${name} viewed ${URL.parse(value)?.pathname ?? value}`;
    case 'recent_conversion_event_name':
      return `${name} sent in “${value}”`;
    case 'hubspot_owner_id':
      return `${name} was given to ${ownerName(value, world) ?? 'nobody'}`;
    case 'lifecyclestage':
      return `${name} became ${labelIn(lifecycleStages, value)}`;
    case 'email':
      return `${name} got the email ${value}`;
    case world.policy.properties.score:
      return `${name} reached a score of ${value}`;
    default:
      return null;
  }
}

/** Who created a record: what a lead does on a booking page bears the owner's name as well. */
function creationWords({ properties }: CrmRecord, byBot: boolean, world: World): string {
  if (byBot) return 'Created';
  if (properties.get('hs_meeting_source') === 'MEETINGS_PUBLIC') return 'The lead booked';
  const owner = ownerName(properties.get('hubspot_owner_id'), world);
  return `${owner ?? 'Somebody'} entered`;
}

function activityWords(record: CrmRecord): string {
  const value = (property: string) => record.properties.get(property) ?? '';
  const due = value('hs_timestamp');
  switch (record.type) {
    case 'tasks':
      return `the task “${value('hs_task_subject')}”${due ? `, due ${timeWords(new Date(due))}` : ''}`;
    case 'calls':
      return `the call “${value('hs_call_title')}”`;
    case 'emails':
      return `the email “${value('hs_email_subject')}”`;
    case 'meetings':
      return `the meeting “${value('hs_meeting_title')}”`;
    case 'notes':
      return 'a note';
    case 'communications':
      return 'a message';
    case 'deals':
      return `the deal “${value('dealname')}”`;
    case 'leads':
      return `the lead “${value('hs_lead_name')}” on HubSpot's board`;
    default:
      return `a record of ${record.type}`;
  }
}

function taskWords(task: CrmRecord, values: ReadonlyMap<string, string>, world: World): string {
  const subject = task.properties.get('hs_task_subject') ?? '';
  if (values.get('hs_task_status') === 'COMPLETED') return `Completed the task “${subject}”`;
  const due = values.get('hs_timestamp');
  const parts = [
    ownerName(values.get('hubspot_owner_id'), world),
    due ? `due ${timeWords(new Date(due))}` : undefined,
  ];
  return `Moved the task “${subject}”: ${parts.filter(Boolean).join(', ')}`;
}

function tellWebhook(
  { events, status, attempt }: Extract<HubSpotNews, { kind: 'webhook' }>['delivery'],
  journal: Journal,
): void {
  const isGood = status !== null && status >= 200 && status < 300;
  // What the bot wrote comes back to it, too; nobody needs to read that.
  if (isGood && events.every(({ changeSource }) => changeSource === botSource)) return;
  const what = `Webhook with ${events.length} ${events.length === 1 ? 'event' : 'events'}`;
  const again = attempt > 0 ? ` at attempt ${attempt + 1}` : '';
  const answer = status === null ? 'the bot did not answer' : `the bot answered ${status}`;
  journal.add('HubSpot', `${what}: ${answer}${again}`, { tone: isGood ? 'normal' : 'bad' });
}

function tellRequest(
  { method, path, status }: Extract<HubSpotNews, { kind: 'request' }>['request'],
  journal: Journal,
): void {
  if (status !== null && status < 400) return;
  const answer = status === null ? 'gave no answer to' : `answered ${status} to`;
  journal.add('HubSpot', `The API ${answer} ${method} ${path}`, { tone: 'bad' });
}

function aboutOf(record: CrmRecord, { hubspot }: World): About {
  if (record.type === 'contacts') return { contactId: record.id };
  const contactId = hubspot.object(record.type, record.id)?.associations.contacts?.[0];
  return contactId === undefined ? null : { contactId };
}

function nameIn({ properties }: CrmRecord): string {
  return leadName(Object.fromEntries(properties)) || (properties.get('email') ?? 'Somebody');
}
