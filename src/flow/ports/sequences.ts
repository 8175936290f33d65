import type { IntroContact } from '../../domain/handoff/intro.ts';
import type { IntroObstacle } from '../../domain/handoff/intro-obstacle.ts';
import type { LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';

/** Who is to be enrolled in whose sequence, so that its mail comes from the mailbox of that email. */
export type Enrolment = { leadId: LeadId; ownerId: OwnerId; email: PersonId; sequence: string };

/** When HubSpot enrolled the lead, or why it did not. */
export type Enrolled = { at: Date } | { refused: IntroObstacle };

/**
 * HubSpot's sequences, for which the app needs scopes of their own and the rep a seat. All throw TemporaryFailure or
 * PermanentFailure when HubSpot does not answer well.
 */
export type Sequences = {
  /** The contact as it is now; null when it is gone. */
  contact(id: LeadId): Promise<IntroContact | null>;
  /**
   * When the lead was enrolled in the sequence, if it was since then: for an attempt with an unknown end. A sequence of one
   * mail may be over already.
   */
  enrolledSince(enrolment: Enrolment, since: Date): Promise<Date | null>;
  enrol(enrolment: Enrolment): Promise<Enrolled>;
};
