import { touchKindLabels, touchOutcomeLabels } from '../../domain/card/form.ts';
import type { TouchOutcome } from '../../domain/handoff/handoff.ts';
import type { Crm, LoggedTouch } from '../../flow/ports/crm.ts';
import { connectedDisposition } from './activities.ts';
import { toHtml, touchMark } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagements, type NewEngagement } from './create-engagements.ts';
import { succeeded } from './lots.ts';

/** Logs touches as the engagements that HubSpot has for their kinds. */
export function touchLog(hubspot: HubSpot): Crm['logTouches'] {
  return async (touches) => {
    const created = await createEngagements(
      hubspot,
      touches.map(({ touch, mayExist }) => ({ ...engagementOf(touch), mayExist })),
    );
    return created.map((outcome) => (outcome.ok ? succeeded(outcome.value.id) : outcome));
  };
}

function engagementOf(logged: LoggedTouch): Omit<NewEngagement, 'mayExist'> {
  const { handoffId, leadId, accountId, ownerId, touch, at } = logged;
  const mark = touchMark(handoffId, touch.id);
  const { properties, ...shape } = shapeOf(logged, mark);
  const owner = ownerId ? { hubspot_owner_id: ownerId } : {};
  const values = { hs_timestamp: at.toISOString(), ...owner, ...properties };
  return { ...shape, properties: values, leadId, accountId, mark };
}

/** HubSpot's ids of its standard call outcomes. */
const dispositions: Readonly<Partial<Record<TouchOutcome, string>>> = {
  connected: connectedDisposition,
  booked: connectedDisposition,
  noAnswer: '73a0d17f-1163-4015-bdd5-ec830791da20',
  leftMessage: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
};

const meetingOutcomes: Readonly<Partial<Record<TouchOutcome, string>>> = {
  booked: 'SCHEDULED',
  noAnswer: 'NO_SHOW',
};

/** The rep tells when the meeting was, not how long it took: HubSpot's usual length. */
const meetingMs = 30 * 60_000;

function shapeOf(
  { touch, at }: LoggedTouch,
  mark: string,
): Pick<NewEngagement, 'objectType' | 'properties' | 'bodyProperty'> {
  const title = `${touchKindLabels[touch.kind]}: ${touchOutcomeLabels[touch.outcome]}`;
  const body = [touch.note.trim(), mark].filter(Boolean).join('\n');
  const disposition = dispositions[touch.outcome];
  switch (touch.kind) {
    case 'call':
      return {
        objectType: 'calls',
        bodyProperty: 'hs_call_body',
        properties: {
          hs_call_title: title,
          hs_call_body: toHtml(body),
          hs_call_direction: 'OUTBOUND',
          hs_call_status: 'COMPLETED',
          ...(disposition ? { hs_call_disposition: disposition } : {}),
        },
      };
    case 'email':
      return {
        objectType: 'emails',
        bodyProperty: 'hs_email_text',
        properties: {
          hs_email_subject: title,
          hs_email_text: body,
          hs_email_direction: 'EMAIL',
          hs_email_status: 'SENT',
        },
      };
    case 'meeting':
      return {
        objectType: 'meetings',
        bodyProperty: 'hs_meeting_body',
        properties: {
          hs_meeting_title: title,
          hs_meeting_body: toHtml(body),
          hs_meeting_start_time: at.toISOString(),
          hs_meeting_end_time: new Date(at.getTime() + meetingMs).toISOString(),
          hs_meeting_outcome: meetingOutcomes[touch.outcome] ?? 'COMPLETED',
        },
      };
    case 'message':
      return {
        objectType: 'communications',
        bodyProperty: 'hs_communication_body',
        properties: {
          hs_communication_body: toHtml(`${title}\n${body}`),
          // HubSpot wants a channel and the rep is not asked for one; in business it is mostly this.
          hs_communication_channel_type: 'LINKEDIN_MESSAGE',
          hs_communication_logged_from: 'CRM',
        },
      };
    case 'other':
      return {
        objectType: 'notes',
        bodyProperty: 'hs_note_body',
        properties: { hs_note_body: toHtml(`${title}\n${body}`) },
      };
    default:
      return touch.kind satisfies never;
  }
}
