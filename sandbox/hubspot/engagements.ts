import type { ActivityType } from './object-types.ts';

/** Something on a contact's timeline, as HubSpot records it. */
export type Engagement = {
  type: ActivityType;
  properties: Record<string, string>;
  /** HubSpot's `hs_object_source`. */
  source: string;
};

/** Who owns the engagement; nobody by default. */
type Owned = {
  ownerId?: string | null;
};

const callResults = {
  connected: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
  voicemail: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
  'no answer': '73a0d17f-1163-4015-bdd5-ec830791da20',
} as const;

/** How a call ended; HubSpot stores each as the id of a disposition. */
export type CallResult = keyof typeof callResults;

/** A call that a rep logs, or with another source their dialer. */
export function call(
  given: Owned & {
    result?: CallResult;
    direction?: 'INBOUND' | 'OUTBOUND';
    title?: string;
    notes?: string;
    source?: string;
  } = {},
): Engagement {
  const { result, direction = 'OUTBOUND', title = 'Call', notes = '', source = 'CRM_UI' } = given;
  return {
    type: 'calls',
    properties: {
      hs_call_title: title,
      hs_call_body: notes,
      hs_call_direction: direction,
      hs_call_status: 'COMPLETED',
      ...(result && { hs_call_disposition: callResults[result] }),
      ...ownedBy(given),
    },
    source,
  };
}

const emailSources = {
  rep: 'CRM_UI',
  lead: 'EMAIL',
  workflow: 'AUTOMATION_PLATFORM',
  sequence: 'SEQUENCES',
} as const;

/** An email that a rep, the lead, or in a rep's name a tool of HubSpot's sends. */
export function email(
  given: Owned & {
    from?: keyof typeof emailSources;
    subject?: string;
    text?: string;
    status?: 'SENT' | 'SCHEDULED' | 'BOUNCED' | 'FAILED';
    source?: string;
    /** Of the sequence that sends it. */
    sequenceId?: string;
  } = {},
): Engagement {
  const { from = 'rep', subject = 'Hello', text = '', status = 'SENT', sequenceId = '4101' } = given;
  return {
    type: 'emails',
    properties: {
      hs_email_subject: subject,
      hs_email_text: text,
      hs_email_direction: from === 'lead' ? 'INCOMING_EMAIL' : 'EMAIL',
      hs_email_status: status,
      ...(from === 'sequence' && { hs_sequence_id: sequenceId }),
      ...ownedBy(given),
    },
    source: given.source ?? emailSources[from],
  };
}

const meetingMs = 30 * 60_000;

/** A meeting of half an hour, which the rep enters or the lead books on the rep's booking page. */
export function meeting(
  given: Owned & {
    startsAt: Date;
    bookedBy?: 'rep' | 'lead';
    outcome?: 'SCHEDULED' | 'COMPLETED' | 'RESCHEDULED' | 'NO_SHOW' | 'CANCELED';
    title?: string;
    notes?: string;
  },
): Engagement {
  const { startsAt, bookedBy = 'rep', outcome = 'SCHEDULED', title = 'Meeting', notes = '' } = given;
  return {
    type: 'meetings',
    properties: {
      hs_timestamp: startsAt.toISOString(),
      hs_meeting_title: title,
      hs_meeting_body: notes,
      hs_meeting_start_time: startsAt.toISOString(),
      hs_meeting_end_time: new Date(startsAt.getTime() + meetingMs).toISOString(),
      hs_meeting_outcome: outcome,
      hs_meeting_source: bookedBy === 'lead' ? 'MEETINGS_PUBLIC' : 'CRM_UI',
      ...ownedBy(given),
    },
    source: bookedBy === 'lead' ? 'MEETINGS' : 'CRM_UI',
  };
}

/** A message in another channel, which the rep logs, or that one of both wrote in an inbox. */
export function message(
  given: Owned & {
    text?: string;
    channel?: 'SMS' | 'WHATS_APP' | 'LINKEDIN_MESSAGE';
    source?: string;
    from?: 'rep' | 'lead';
  } = {},
): Engagement {
  const { text = 'Hi!', channel = 'LINKEDIN_MESSAGE', source = 'CRM_UI', from = 'rep' } = given;
  return {
    type: 'communications',
    properties: {
      hs_communication_body: text,
      hs_communication_channel_type: channel,
      hs_communication_logged_from: 'CRM',
      ...(from === 'rep' && { hs_object_source_user_id: '501' }),
      ...ownedBy(given),
    },
    source,
  };
}

function ownedBy({ ownerId }: Owned): Record<string, string> {
  return ownerId ? { hubspot_owner_id: ownerId } : {};
}
