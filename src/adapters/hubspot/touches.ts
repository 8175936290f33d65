import type { TouchKind, TouchOutcome } from '../../domain/handoff/handoff.ts';
import { type Crm, type LoggedTouch, only, type UndoneTouch } from '../../flow/ports/crm.ts';
import { connectedDisposition } from './activities.ts';
import { toHtml, touchMark } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagements, type NewEngagement } from './create-engagements.ts';
import { findEngagements } from './find-engagements.ts';
import { outcomeOf, succeeded } from './lots.ts';

/** Logs touches as the engagements that HubSpot has for their kinds. */
export function touchLog(hubspot: HubSpot): Pick<Crm, 'logTouches' | 'removeTouches'> {
  return {
    logTouches: async (touches) => {
      const created = await createEngagements(
        hubspot,
        touches.map(({ touch, mayExist }) => ({ ...engagementOf(touch), mayExist })),
      );
      return created.map((outcome) => (outcome.ok ? succeeded(outcome.value.id) : outcome));
    },
    removeTouches: (touches) => Promise.all(touches.map((touch) => outcomeOf(() => remove(hubspot, touch)))),
  };
}

/** One at a time: hardly any is in HubSpot before it is taken back. */
async function remove(hubspot: HubSpot, { handoffId, leadId, touch, recordId }: UndoneTouch): Promise<void> {
  const place = places[touch.kind];
  const mark = touchMark(handoffId, touch.id);
  const id = recordId ?? only(await findEngagements(hubspot, [{ ...place, leadId, mark }]));
  if (id === null) return;
  await hubspot.write(`delete one of the ${place.objectType}`, (crm) =>
    crm.objects.basicApi.archive(place.objectType, id),
  );
}

/** By what a touch stands on the timeline, and where its mark is. */
const places = {
  call: { objectType: 'calls', bodyProperty: 'hs_call_body' },
  email: { objectType: 'emails', bodyProperty: 'hs_email_text' },
  meeting: { objectType: 'meetings', bodyProperty: 'hs_meeting_body' },
  message: { objectType: 'communications', bodyProperty: 'hs_communication_body' },
  other: { objectType: 'notes', bodyProperty: 'hs_note_body' },
} as const satisfies Readonly<Record<TouchKind, Pick<NewEngagement, 'objectType' | 'bodyProperty'>>>;

function engagementOf(logged: LoggedTouch): Omit<NewEngagement, 'mayExist'> {
  const { handoffId, leadId, accountId, ownerId, touch, at } = logged;
  const mark = touchMark(handoffId, touch.id);
  const owner = ownerId ? { hubspot_owner_id: ownerId } : {};
  const properties = { hs_timestamp: at.toISOString(), ...owner, ...propertiesOf(logged, mark) };
  return { ...places[touch.kind], properties, leadId, accountId, mark };
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

function propertiesOf({ touch, title, at }: LoggedTouch, mark: string): Readonly<Record<string, string>> {
  const body = [touch.note.trim(), mark].filter(Boolean).join('\n');
  const disposition = dispositions[touch.outcome];
  switch (touch.kind) {
    case 'call':
      return {
        hs_call_title: title,
        hs_call_body: toHtml(body),
        hs_call_direction: 'OUTBOUND',
        hs_call_status: 'COMPLETED',
        ...(disposition ? { hs_call_disposition: disposition } : {}),
      };
    case 'email':
      return {
        hs_email_subject: title,
        hs_email_text: body,
        hs_email_direction: 'EMAIL',
        hs_email_status: 'SENT',
      };
    case 'meeting': {
      const starts = touch.startsAt ?? at;
      return {
        // HubSpot's own meetings have the time at which they begin there.
        hs_timestamp: starts.toISOString(),
        hs_meeting_title: title,
        hs_meeting_body: toHtml(body),
        hs_meeting_start_time: starts.toISOString(),
        hs_meeting_end_time: new Date(starts.getTime() + meetingMs).toISOString(),
        hs_meeting_outcome: meetingOutcomes[touch.outcome] ?? 'COMPLETED',
      };
    }
    case 'message':
      return {
        hs_communication_body: toHtml(`${title}\n${body}`),
        // HubSpot wants a channel and the rep is not asked for one; in business it is mostly this.
        hs_communication_channel_type: 'LINKEDIN_MESSAGE',
        hs_communication_logged_from: 'CRM',
      };
    case 'other':
      return { hs_note_body: toHtml(`${title}\n${body}`) };
    default:
      return touch.kind satisfies never;
  }
}
