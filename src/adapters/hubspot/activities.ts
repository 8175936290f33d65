import type { Activity, ActivityKind } from '../../domain/lead.ts';
import { isMark, isTaskMark, linesOf } from './body.ts';
import type { HubSpotRecord } from './client.ts';
import { instantOf, textOf } from './values.ts';

/** How HubSpot keeps one kind of engagement. */
export type EngagementKind = {
  kind: ActivityKind;
  /** The object type's name, also in a contact's associations. */
  objectType: string;
  titleProperty: string | null;
  bodyProperty: string;
  directionProperty: string | null;
};

export const engagementKinds: readonly EngagementKind[] = [
  {
    kind: 'call',
    objectType: 'calls',
    titleProperty: 'hs_call_title',
    bodyProperty: 'hs_call_body',
    directionProperty: 'hs_call_direction',
  },
  {
    kind: 'email',
    objectType: 'emails',
    titleProperty: 'hs_email_subject',
    bodyProperty: 'hs_email_text',
    directionProperty: 'hs_email_direction',
  },
  {
    kind: 'meeting',
    objectType: 'meetings',
    titleProperty: 'hs_meeting_title',
    bodyProperty: 'hs_meeting_body',
    directionProperty: null,
  },
  {
    kind: 'note',
    objectType: 'notes',
    titleProperty: null,
    bodyProperty: 'hs_note_body',
    directionProperty: null,
  },
  {
    kind: 'task',
    objectType: 'tasks',
    titleProperty: 'hs_task_subject',
    bodyProperty: 'hs_task_body',
    directionProperty: null,
  },
  {
    kind: 'message',
    objectType: 'communications',
    titleProperty: null,
    bodyProperty: 'hs_communication_body',
    directionProperty: null,
  },
];

/** What is read of an engagement. */
export function propertiesOf(kind: EngagementKind): string[] {
  const named = [kind.titleProperty, kind.bodyProperty, kind.directionProperty];
  return ['hs_timestamp', ...named.filter((name) => name !== null)];
}

const directions: Readonly<Record<string, Activity['direction']>> = {
  OUTBOUND: 'outbound',
  INBOUND: 'inbound',
  EMAIL: 'outbound',
  FORWARDED_EMAIL: 'outbound',
  INCOMING_EMAIL: 'inbound',
};

const titleMaxLength = 120;

/** An engagement in our words; null for a follow-up task of the bot's own, which is no news to anybody. */
export function activityOf(
  { kind, titleProperty, bodyProperty, directionProperty }: EngagementKind,
  { id, properties, createdAt }: HubSpotRecord,
): Activity | null {
  const lines = linesOf(properties[bodyProperty] ?? '');
  if (kind === 'task' && lines.some(isTaskMark)) return null;
  const named = titleProperty ? textOf(properties[titleProperty]) : null;
  const title = named ?? lines.find((line) => !isMark(line)) ?? '';
  return {
    id,
    kind,
    direction: directionProperty ? (directions[properties[directionProperty] ?? ''] ?? null) : null,
    title: title.length > titleMaxLength ? `${title.slice(0, titleMaxLength - 1)}…` : title,
    // A task's timestamp is its due date, which is still to come.
    at: (kind === 'task' ? null : instantOf(properties['hs_timestamp'])) ?? createdAt,
  };
}
