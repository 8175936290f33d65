import type { Activity, ActivityKind } from '../../domain/lead/lead.ts';
import { isMark, isTaskMark, linesOf } from './body.ts';
import type { HubSpotRecord } from './client.ts';
import { firstWordsOf } from './first-words.ts';
import { sentByHand } from './sent-by-hand.ts';
import { instantOf, textOf } from './values.ts';

/** How HubSpot keeps one kind of engagement. */
export type EngagementKind = {
  kind: ActivityKind;
  /** The object type's name, also in a contact's associations. */
  objectType: string;
  titleProperty: string | null;
  bodyProperty: string;
  /** What else is read of it. */
  further: readonly string[];
};

export const engagementKinds: readonly EngagementKind[] = [
  {
    kind: 'call',
    objectType: 'calls',
    titleProperty: 'hs_call_title',
    bodyProperty: 'hs_call_body',
    further: ['hs_call_direction', 'hs_call_disposition', 'hs_call_status'],
  },
  {
    kind: 'email',
    objectType: 'emails',
    titleProperty: 'hs_email_subject',
    bodyProperty: 'hs_email_text',
    further: ['hs_email_direction', 'hs_email_status', 'hs_sequence_id'],
  },
  {
    kind: 'meeting',
    objectType: 'meetings',
    titleProperty: 'hs_meeting_title',
    bodyProperty: 'hs_meeting_body',
    further: ['hs_meeting_outcome', 'hs_meeting_source'],
  },
  {
    kind: 'note',
    objectType: 'notes',
    titleProperty: null,
    bodyProperty: 'hs_note_body',
    further: [],
  },
  {
    kind: 'task',
    objectType: 'tasks',
    titleProperty: 'hs_task_subject',
    bodyProperty: 'hs_task_body',
    further: [],
  },
  {
    kind: 'message',
    objectType: 'communications',
    titleProperty: null,
    bodyProperty: 'hs_communication_body',
    further: ['hs_object_source_user_id'],
  },
];

/** What is read of an engagement. */
export function propertiesOf({ titleProperty, bodyProperty, further }: EngagementKind): string[] {
  const title = titleProperty ? [titleProperty] : [];
  return ['hs_timestamp', 'hubspot_owner_id', 'hs_object_source', ...title, bodyProperty, ...further];
}

const titleMaxLength = 120;

/** An engagement in our words; null for a follow-up task of the bot's own, which is no news to anybody. */
export function activityOf(
  { kind, titleProperty, bodyProperty }: EngagementKind,
  { id, properties, createdAt }: HubSpotRecord,
): Activity | null {
  const lines = linesOf(properties[bodyProperty] ?? '');
  if (kind === 'task' && lines.some(isTaskMark)) return null;
  const named = titleProperty ? textOf(properties[titleProperty]) : null;
  const title = named ?? lines.find((line) => !isMark(line)) ?? '';
  const ours = lines.some(isMark);
  return {
    id,
    kind,
    direction: directionOf(properties),
    title: title.length > titleMaxLength ? `${title.slice(0, titleMaxLength - 1)}…` : title,
    text: kind === 'task' ? null : noted(properties[bodyProperty] ?? '', ours && !named ? title : ''),
    // A task's timestamp is its due date, which is still to come.
    at: (kind === 'task' ? null : instantOf(properties['hs_timestamp'])) ?? createdAt,
    createdAt,
    ownerId: textOf(properties['hubspot_owner_id']),
    automated: !ours && !sentByHand(kind, properties),
    connected: wasSpokenTo(properties),
    calledOff: calledOff.has(properties['hs_meeting_outcome'] ?? ''),
    ours,
  };
}

/** The first words of a body, but for the title that the bot writes above what a rep told it. */
function noted(body: string, title: string): string | null {
  const words = firstWordsOf(body);
  return words?.startsWith(title) ? words.slice(title.length).trim() || null : words;
}

type Values = HubSpotRecord['properties'];

const directions: Readonly<Record<string, Activity['direction']>> = {
  OUTBOUND: 'outbound',
  INBOUND: 'inbound',
  EMAIL: 'outbound',
  FORWARDED_EMAIL: 'outbound',
  INCOMING_EMAIL: 'inbound',
  // A lead picked a time on a rep's booking page, or on one that is part of a website.
  MEETINGS_PUBLIC: 'inbound',
  MEETINGS_EMBEDDED: 'inbound',
};

function directionOf(values: Values): Activity['direction'] {
  const given = values['hs_call_direction'] ?? values['hs_email_direction'] ?? values['hs_meeting_source'];
  return Object.entries(directions).find(([known]) => known === given)?.[1] ?? null;
}

/** HubSpot's id of the call outcome "Connected", the same in all portals. */
export const connectedDisposition = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';

function wasSpokenTo(values: Values): boolean {
  return (
    values['hs_call_disposition'] === connectedDisposition || values['hs_meeting_outcome'] === 'COMPLETED'
  );
}

/** HubSpot's documentation has both spellings. */
const calledOff = new Set(['CANCELED', 'CANCELLED', 'NO_SHOW']);
