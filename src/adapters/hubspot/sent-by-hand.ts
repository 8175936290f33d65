import type { ActivityKind } from '../../domain/lead/lead.ts';
import type { HubSpotRecord } from './client.ts';
import { textOf } from './values.ts';

/**
 * Values of `hs_object_source`, which tells of every record what made it (HubSpot's knowledge base: "Record source",
 * the same for all objects, set by HubSpot alone), that stand for somebody at work: in HubSpot's pages and mobile apps,
 * in its extensions for mailboxes and browsers, in a mailbox that HubSpot follows, and in its inboxes, from where people
 * also answer by WhatsApp.
 */
const peopleAtWork = new Set([
  'BCC_TO_CRM',
  'COMMUNICATOR',
  'CONNECTED_ACCOUNT',
  'CONTACTS',
  'CONTACTS_WEB',
  'CONVERSATIONS',
  'CRM_UI',
  'EMAIL',
  'EMAIL_INTEGRATION',
  'EXTENSION',
  'FORWARD_TO_CRM',
  'GMAIL_INTEGRATION',
  'HELP_DESK',
  'MOBILE_ANDROID',
  'MOBILE_IOS',
  'SALES',
  'SIDEKICK',
  'WORK_UI',
]);

/** Where leads write as well. */
const inboxes = new Set(['CONVERSATIONS', 'HELP_DESK']);

/** Dialers, calendars and booking pages. In what they log somebody takes part; what they send may be anything. */
const goBetweens = new Set(['INTEGRATION', 'INTEGRATIONS_PLATFORM', 'INTEGRATIONS_SYNC', 'MEETINGS']);

/** Emails with these values of `hs_email_status` have gone to nobody. */
const unsent = new Set(['SCHEDULED', 'FAILED']);

/**
 * Calls with these values of `hs_call_status` were spoken by nobody: they failed, were canceled or missed, or have not
 * got there yet. The others (BUSY, NO_ANSWER, IN_PROGRESS, COMPLETED, or none, as of a call that is entered by hand) went out.
 */
const unplaced = new Set([
  'FAILED',
  'CANCELED',
  'QUEUED',
  'CALLING_CRM_USER',
  'CONNECTING',
  'RINGING',
  'MISSED',
]);

/**
 * Whether a person evidently did it. Workflows, sequences, bots, agents, imports and bulk actions have sources of their
 * own; an email that a sequence sends in a rep's name also carries `hs_sequence_id`, whatever its source. Marketing
 * emails are no engagements. In doubt it was nobody: a touch that nobody made must not stop a clock.
 */
export function sentByHand(kind: ActivityKind, values: HubSpotRecord['properties']): boolean {
  if (textOf(values['hs_sequence_id']) !== null) return false;
  if (unsent.has(values['hs_email_status'] ?? '') || unplaced.has(values['hs_call_status'] ?? ''))
    return false;
  const source = values['hs_object_source'] ?? '';
  // What is written in an inbox tells no direction, but who of the users made it: a lead's message nobody did.
  const isAnswer = textOf(values['hs_object_source_user_id']) !== null;
  if (kind === 'message' && inboxes.has(source) && !isAnswer) return false;
  return peopleAtWork.has(source) || ((kind === 'call' || kind === 'meeting') && goBetweens.has(source));
}
