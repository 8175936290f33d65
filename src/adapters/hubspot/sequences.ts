import { z } from 'zod';
import type { IntroContact } from '../../domain/handoff/intro.ts';
import type { IntroObstacle } from '../../domain/handoff/intro-obstacle.ts';
import type { LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { Enrolment, Sequences } from '../../flow/ports/sequences.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, isNotFound } from './error-answer.ts';
import { filledOf } from './map-lead.ts';
import { forbidden, type OwnSequences, readOwnSequences, sequencesPath } from './own-sequences.ts';
import { instantOf, textOf } from './values.ts';

/**
 * Sequences by HubSpot's API, which enrols and tells, but takes nobody out again: HubSpot does that when the contact
 * answers, books a meeting, bounces or wants no mail.
 * @param properties further ones of the contact that are read, asked at every read
 */
export function hubspotSequences(hubspot: HubSpot, properties: () => readonly string[]): Sequences {
  const read = (id: LeadId, names: readonly string[]) =>
    hubspot
      .read('read a contact', (crm) => crm.objects.basicApi.getById('contacts', id, [...names]))
      .catch(nullIf(isNotFound));

  const sequenceOf = sequenceFinder(hubspot);
  return {
    contact: async (id) => {
      const contact = await read(id, [...contactProperties, ...properties()]);
      return contact && introContactOf(contact.properties, properties());
    },

    enrolledSince: async (enrolment, since) => {
      const found = await sequenceOf(enrolment);
      if ('refused' in found) return null;
      const [active, contact] = await Promise.all([
        activeEnrolment(hubspot, enrolment.leadId),
        read(enrolment.leadId, latestProperties),
      ]);
      const latest = contact && {
        sequenceId: textOf(contact.properties['hs_latest_sequence_enrolled']) ?? '',
        enrolledAt: instantOf(contact.properties['hs_latest_sequence_enrolled_date']) ?? new Date(0),
      };
      const ours = [active, latest].find(
        (one) => one && one.sequenceId === found.sequenceId && one.enrolledAt >= since,
      );
      return ours?.enrolledAt ?? null;
    },

    enrol: async (enrolment) => {
      const found = await sequenceOf(enrolment);
      if ('refused' in found) return found;
      const { sequenceId, userId } = found;
      const body = { sequenceId, contactId: enrolment.leadId, senderEmail: enrolment.email };
      try {
        const answer = await hubspot.send('enrol a contact in a sequence', {
          path: `${sequencesPath}/enrollments`,
          query: { userId },
          body,
        });
        return { at: enrolmentAnswer.parse(answer).enrolledAt };
      } catch (error) {
        return { refused: obstacleIn(error) };
      }
    },
  };
}

/** A sequence, and the user whose it is. */
type Found = { sequenceId: string; userId: string };

/** Whoever has just been found need not be looked for with each lead. */
const foundForMs = 10 * 60_000;

/** Finds somebody's sequence by its name, or says why there is none. */
function sequenceFinder(hubspot: HubSpot) {
  const known = new Map<OwnerId, { own: OwnSequences; until: number }>();
  return async ({ ownerId, sequence }: Enrolment): Promise<Found | { refused: IntroObstacle }> => {
    const kept = known.get(ownerId);
    const found = kept && performance.now() < kept.until ? foundIn(kept.own, sequence) : null;
    if (found && !('refused' in found)) return found;
    const own = await readOwnSequences(hubspot, ownerId);
    known.set(ownerId, { own, until: performance.now() + foundForMs });
    return foundIn(own, sequence);
  };
}

function foundIn(own: OwnSequences, sequence: string): Found | { refused: IntroObstacle } {
  if ('refused' in own) return own;
  const sequenceId = own.idOf.get(sequence);
  return sequenceId ? { sequenceId, userId: own.userId } : { refused: { kind: 'noSequence', sequence } };
}

const enrolmentAnswer = z.object({ enrolledAt: z.coerce.date() });
const activeAnswer = enrolmentAnswer.extend({ sequenceId: z.string() });

async function activeEnrolment(hubspot: HubSpot, leadId: LeadId) {
  const answer = await hubspot
    .send("read a contact's enrolment", { path: `${sequencesPath}/enrollments/contact/${leadId}` })
    .catch(nullIf(isNotFound));
  return answer === null ? null : activeAnswer.parse(answer);
}

const latestProperties = ['hs_latest_sequence_enrolled', 'hs_latest_sequence_enrolled_date'];

const contactProperties = [
  'email',
  'country',
  'state',
  'hs_timezone',
  'hs_email_optout',
  'hs_sequences_is_enrolled',
  'hs_latest_sequence_enrolled_date',
  'hs_sales_email_last_replied',
  'engagements_last_meeting_booked',
];

function introContactOf(
  values: Readonly<Record<string, string | null>>,
  further: readonly string[],
): IntroContact {
  return {
    email: textOf(values['email']),
    country: textOf(values['country']),
    state: textOf(values['state']),
    zone: textOf(values['hs_timezone']),
    optedOut: values['hs_email_optout'] === 'true',
    inSequence: values['hs_sequences_is_enrolled'] === 'true',
    enrolledAt: instantOf(values['hs_latest_sequence_enrolled_date']),
    repliedAt: instantOf(values['hs_sales_email_last_replied']),
    meetingBookedAt: instantOf(values['engagements_last_meeting_booked']),
    properties: filledOf(values, further),
  };
}

/** What HubSpot calls its reasons (knowledge base: "a contact can't be enrolled in a sequence"), and how else it says so. */
const refusals: readonly { says: RegExp; means: IntroObstacle }[] = [
  { says: /ALREADY_ENROLLED|already enrolled/i, means: { kind: 'inSequence' } },
  { says: /UNSUBSCRIBED/, means: { kind: 'optedOut' } },
  { says: /BOUNCED|BLOCKED_|MARKED_AS_SPAM|SEND_REJECTED/, means: { kind: 'undeliverable' } },
  { says: /no connected inbox/i, means: { kind: 'noMailbox' } },
  { says: /\blimit\b/i, means: { kind: 'dayFull' } },
];

/** Why HubSpot would not enrol somebody; throws what says nothing about that. */
function obstacleIn(error: unknown): IntroObstacle {
  const answer = answerBehind(error);
  if (!answer || ![400, 403, 404, 409].includes(answer.status)) throw error;
  if (answer.status === 403) return forbidden(error);
  return refusals.find(({ says }) => answer.says(says))?.means ?? { kind: 'refused' };
}

function nullIf(expected: (error: unknown) => boolean): (error: unknown) => null {
  return (error) => {
    if (expected(error)) return null;
    throw error;
  };
}
