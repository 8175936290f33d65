import { isMark, linesOf } from '../../src/adapters/hubspot/body.ts';
import { handoffProperties } from '../../src/adapters/hubspot/properties.ts';
import { salesProperties } from '../company/sales-properties.ts';
import type { ObjectType } from '../hubspot/object-types.ts';
import type { RecordView } from '../hubspot/server.ts';
import { leadSources, leadStatuses, lifecycleStages } from '../hubspot/standard-options.ts';
import { nurtureState } from './nurture.ts';
import { openDealOf } from './open-deal.ts';
import type { FieldState, RecordState, TaskState, TimelineEntry } from './protocol.ts';
import { botSource, labelIn, nameOf, ownerIn, ownerName, type World } from './world.ts';

const timelineLength = 40;

/** A contact as its page in HubSpot would show it. */
export function recordState(contact: RecordView, world: World): RecordState {
  return {
    groups: [
      { title: 'Key information', fields: keyFields(contact, world) },
      { title: 'Qualification', fields: salesFields(contact) },
      { title: 'Lead Handoff', fields: handoffFields(contact, world) },
      { title: 'Score and source', fields: marketingFields(contact, world) },
    ],
    owner: ownerIn(world, contact.properties['hubspot_owner_id'])?.email ?? null,
    hasOpenDeal: openDealOf(contact, world.hubspot) !== undefined,
    tasks: world.hubspot.objectsOf(contact.id, 'tasks').map((task) => taskState(task, world)),
    nurture: nurtureState(contact.id, world),
    timeline: timelineOf(contact, world),
  };
}

function keyFields(contact: RecordView, world: World): FieldState[] {
  const { properties } = contact;
  return [
    field(
      contact,
      'hubspot_owner_id',
      'Contact owner',
      ownerName(properties['hubspot_owner_id'], world) ?? 'No owner',
    ),
    field(
      contact,
      'lifecyclestage',
      'Lifecycle stage',
      labelIn(lifecycleStages, properties['lifecyclestage']),
    ),
    field(contact, 'hs_lead_status', 'Lead status', labelIn(leadStatuses, properties['hs_lead_status'])),
    field(contact, 'email', 'Email'),
    field(contact, 'phone', 'Phone'),
  ];
}

/** What sales finds out, as far as somebody has filled it in. */
function salesFields(contact: RecordView): FieldState[] {
  return salesProperties.flatMap(({ name, label, options = [] }) => {
    const value = contact.properties[name];
    return value ? [field(contact, name, label, labelIn(options, value))] : [];
  });
}

/** Only what is there: before the first handoff, nothing. */
function handoffFields(contact: RecordView, world: World): FieldState[] {
  return handoffProperties.flatMap((property) => {
    const value = contact.properties[property.name];
    if (value === undefined || property.name === 'handoff_id') return [];
    const label = property.label.replace(/^Handoff /, '');
    const shown = {
      label: label.charAt(0).toUpperCase() + label.slice(1),
      value: property.options ? labelIn(property.options, value) : wordsFor(property.name, value, world),
      at: property.type === 'datetime' ? Date.parse(value) : null,
    };
    return [{ ...field(contact, property.name, shown.label, shown.value), at: shown.at }];
  });
}

function wordsFor(property: string, value: string, world: World): string {
  const { policy } = world;
  switch (property) {
    case 'handoff_rep':
      return nameOf(value, world);
    case 'handoff_trigger':
      return policy.triggers.find(({ name }) => name === value)?.label ?? value;
    case 'handoff_disqualify_reason':
      return policy.disqualifyReasons.find(({ name }) => name === value)?.label ?? value;
    default:
      return value;
  }
}

function marketingFields(contact: RecordView, { policy }: World): FieldState[] {
  const { score, scoreComponents } = policy.properties;
  const source = contact.properties['hs_analytics_source'];
  return [
    ...(score ? [field(contact, score, 'Lead score')] : []),
    ...scoreComponents.map(({ label, property }) => field(contact, property, label)),
    field(contact, 'hs_analytics_source', 'Original source', labelIn(leadSources, source)),
    field(contact, 'hs_analytics_source_data_1', 'Source detail'),
    field(contact, 'hs_analytics_num_visits', 'Visits'),
    field(contact, 'hs_analytics_num_page_views', 'Page views'),
    field(contact, 'recent_conversion_event_name', 'Last form'),
  ].filter(({ value }) => value !== '');
}

function field(
  { properties, history }: RecordView,
  name: string,
  label: string,
  value = properties[name] ?? '',
): FieldState {
  const newest = history[name]?.[0];
  const writtenByBotAt = newest?.source === botSource && newest.value !== '' ? newest.at.getTime() : null;
  return { name, label, value, at: null, writtenByBotAt };
}

function taskState({ id, properties }: RecordView, world: World): TaskState {
  return {
    id,
    subject: properties['hs_task_subject'] ?? '',
    owner: ownerName(properties['hubspot_owner_id'], world),
    dueAt: timeOf(properties['hs_timestamp']),
    isDone: properties['hs_task_status'] === 'COMPLETED',
  };
}

/** How each kind of engagement is told: its title, its text, and its type for the icon. */
const engagements = [
  { type: 'calls', kind: 'call', title: 'hs_call_title', body: 'hs_call_body' },
  { type: 'emails', kind: 'email', title: 'hs_email_subject', body: 'hs_email_text' },
  { type: 'meetings', kind: 'meeting', title: 'hs_meeting_title', body: 'hs_meeting_body' },
  { type: 'notes', kind: 'note', title: null, body: 'hs_note_body' },
  { type: 'communications', kind: 'message', title: null, body: 'hs_communication_body' },
  { type: 'deals', kind: 'deal', title: 'dealname', body: 'description' },
] as const satisfies readonly {
  type: ObjectType;
  kind: TimelineEntry['kind'];
  title: string | null;
  body: string;
}[];

function timelineOf(contact: RecordView, world: World): TimelineEntry[] {
  const score = world.policy.properties.score;
  return [
    ...changesOf(
      contact,
      'hs_analytics_last_url',
      'page',
      (url) => `Viewed ${URL.parse(url)?.pathname ?? url}`,
    ),
    ...changesOf(contact, 'recent_conversion_event_name', 'form', (form) => `Sent in “${form}”`),
    ...(score ? changesOf(contact, score, 'score', (value) => `Score ${value}`) : []),
    ...changesOf(
      contact,
      'lifecyclestage',
      'stage',
      (stage) => `Lifecycle stage ${labelIn(lifecycleStages, stage)}`,
    ),
    ...engagementsOf(contact, world),
  ]
    .sort((a, b) => b.at - a.at || b.id.localeCompare(a.id))
    .slice(0, timelineLength);
}

function changesOf(
  { history }: RecordView,
  property: string,
  kind: TimelineEntry['kind'],
  tell: (value: string) => string,
): TimelineEntry[] {
  const versions = history[property] ?? [];
  return versions
    .filter(({ value }) => value !== '')
    .map(({ value, at, source }, index) => ({
      id: `${property}-${versions.length - index}`,
      at: at.getTime(),
      kind,
      title: tell(value),
      detail: '',
      isByBot: source === botSource,
    }));
}

function engagementsOf(contact: RecordView, { hubspot }: World): TimelineEntry[] {
  return engagements.flatMap(({ type, kind, title, body }) =>
    hubspot.objectsOf(contact.id, type).map((engagement): TimelineEntry => {
      const { properties, history, createdAt } = engagement;
      const lines = linesOf(properties[body] ?? '').filter((line) => !isMark(line));
      const isByBot = Object.values(history).some((versions) => versions.at(-1)?.source === botSource);
      const named = title === null ? undefined : properties[title];
      return {
        id: engagement.id,
        at: timeOf(properties['hs_timestamp'] ?? properties['closedate']) ?? createdAt.getTime(),
        kind,
        title: named ?? lines[0] ?? kind,
        detail: (named === undefined ? lines.slice(1) : lines).join(' '),
        isByBot,
      };
    }),
  );
}

function timeOf(value: string | undefined): number | null {
  return value === undefined ? null : Date.parse(value);
}
