import { associationBetween } from './association-types.ts';
import type { Change } from './changes.ts';
import { calculation, hubSpotActor } from './changes.ts';
import { email } from './engagements.ts';
import type { Owner } from './owners.ts';
import type { Portal } from './portal.ts';
import { instant } from './property-values.ts';
import { invalid } from './rejection.ts';
import type { CrmRecord } from './store.ts';

/** A sequence of one mail that somebody has made for themselves. */
export type NewSequence = {
  ownerId: string;
  name: string;
  subject: string;
  text: string;
  /** From the enrolment to the mail. */
  afterMinutes?: number;
};

export type Sequence = NewSequence & { id: string; userId: string; createdAt: Date };

/** A contact that is going through a sequence. */
export type Enrollment = {
  id: string;
  sequence: Sequence;
  contactId: string;
  toEmail: string;
  senderEmail: string;
  at: Date;
};

/** What the app asks for when it enrols a contact. */
export type EnrollmentRequest = { contactId: string; senderEmail: string; sequenceId: string };

/** A mailbox takes no more a day. */
const perDay = 1_000;
const dayMs = 86_400_000;
const mailAfterMinutes = 1;
/** The enrolment outlasts the mail. */
const finishedAfterMs = dayMs;

/** Sequences, who may use them, and who is in one. Replies, meetings and opt-outs take a contact out. */
export class Sequences {
  /** The addresses of the mailboxes that owners have connected. */
  readonly #mailboxes = new Map<string, string>();
  /** The users who have a seat of Sales or Service Hub. */
  readonly #seats = new Set<string>();
  readonly #all: Sequence[] = [];
  readonly #active = new Map<string, Enrollment>();
  readonly #enrolled: Enrollment[] = [];
  readonly #portal: Portal;
  readonly #owners: ReadonlyMap<string, Owner>;

  constructor(portal: Portal, owners: ReadonlyMap<string, Owner>) {
    this.#portal = portal;
    this.#owners = owners;
  }

  /** Gives somebody a seat, and connects their mailbox, which is that of their account unless told otherwise. */
  equip(ownerId: string, mailbox?: string | null): void {
    const owner = this.#owner(ownerId);
    this.#seats.add(String(owner.userId));
    if (mailbox !== null) this.#mailboxes.set(String(owner.userId), (mailbox ?? owner.email).toLowerCase());
  }

  create(sequence: NewSequence): Sequence {
    const id = String(880_000_001 + this.#all.length);
    const userId = String(this.#owner(sequence.ownerId).userId);
    const made = { ...sequence, id, userId, createdAt: this.#portal.now() };
    this.#all.push(made);
    return made;
  }

  /** Those of a user, who needs a seat. */
  of(userId: string): Sequence[] | 'forbidden' {
    return this.#seats.has(userId) ? this.#all.filter((one) => one.userId === userId) : 'forbidden';
  }

  enrollmentOf(contactId: string): Enrollment | undefined {
    return this.#active.get(contactId);
  }

  /** Every enrolment that ever was, oldest first. */
  get enrolled(): readonly Enrollment[] {
    return this.#enrolled;
  }

  /** Throws what HubSpot refuses. The mail goes out by itself, a little later. */
  enroll(sequence: Sequence, contact: CrmRecord, { senderEmail }: EnrollmentRequest): Enrollment {
    const { userId } = sequence;
    if (this.#mailboxes.get(userId) !== senderEmail.toLowerCase()) {
      throw invalid(`User ${userId} has no connected inboxes for specified user email`);
    }
    const toEmail = contact.properties.get('email');
    if (toEmail === undefined) throw invalid('Contact has no email address');
    if (contact.properties.get('hs_email_optout') === 'true') {
      throw invalid('SequenceError.UNSUBSCRIBED');
    }
    if (this.#active.has(contact.id)) throw invalid('Contact already enrolled in a sequence');
    const at = this.#portal.now();
    const today = this.#enrolled.filter(
      (one) => one.sequence.userId === userId && at.getTime() - one.at.getTime() < dayMs,
    );
    if (today.length >= perDay)
      throw invalid(`User ${userId} has reached the limit of ${perDay} enrollments`);
    const id = String(5_500_000_001 + this.#enrolled.length);
    const enrollment = { id, sequence, contactId: contact.id, toEmail, senderEmail, at };
    this.#enrolled.push(enrollment);
    this.#active.set(contact.id, enrollment);
    this.#show(contact, enrollment);
    const minutes = sequence.afterMinutes ?? mailAfterMinutes;
    this.#portal.agenda.add(new Date(at.getTime() + minutes * 60_000), () => this.#send(enrollment));
    return enrollment;
  }

  /** Somebody enrols a contact in the first of their sequences, in HubSpot's screens. */
  enrolByHand(ownerId: string, contactId: string): void {
    const sequence = this.#all.find((one) => one.ownerId === ownerId);
    const senderEmail = sequence && this.#mailboxes.get(sequence.userId);
    if (!sequence || !senderEmail) throw new Error(`Owner ${ownerId} has no sequence, or no mailbox for it`);
    const contact = this.#portal.record('contacts', contactId);
    this.enroll(sequence, contact, { contactId, sequenceId: sequence.id, senderEmail });
  }

  /** Whoever answers, meets somebody, or wants no mail, gets none of the mails that are left. */
  heed(change: Change): void {
    if (change.kind === 'property' && change.property === 'hs_email_optout' && change.value === 'true') {
      this.#end(change.record.id);
    }
    if (change.kind !== 'associated' || change.removed) return;
    const ends = [change.from, change.to];
    const contact = ends.find(({ type }) => type === 'contacts');
    const answers = ends.some(
      ({ type, properties }) =>
        type === 'meetings' ||
        (type === 'emails' && properties.get('hs_email_direction') === 'INCOMING_EMAIL'),
    );
    if (contact && answers) this.#end(contact.id);
  }

  #owner(id: string): Owner {
    const owner = this.#owners.get(id);
    if (owner === undefined) throw new Error(`No owner has the id ${id}`);
    return owner;
  }

  #send(enrollment: Enrollment): void {
    const { contactId, sequence, senderEmail, toEmail } = enrollment;
    const contact = this.#portal.store.find('contacts', contactId);
    if (!contact || this.#active.get(contactId) !== enrollment) return;
    const { ownerId, subject, text, id: sequenceId } = sequence;
    const { properties, source } = email({ from: 'sequence', ownerId, subject, text, sequenceId });
    const hs_email_headers = JSON.stringify({ from: { email: senderEmail }, to: [{ email: toEmail }] });
    const at = this.#portal.now();
    const type = associationBetween('emails', 'contacts');
    this.#portal.create(
      'emails',
      { ...properties, hs_timestamp: at.toISOString(), hs_email_headers },
      hubSpotActor(source),
      type === undefined ? [] : [{ type, id: contact.id }],
    );
    this.#portal.agenda.add(new Date(at.getTime() + finishedAfterMs), () => {
      if (this.#active.get(contactId) === enrollment) this.#end(contactId);
    });
  }

  #end(contactId: string): void {
    if (!this.#active.delete(contactId)) return;
    const contact = this.#portal.store.find('contacts', contactId);
    if (contact) this.#portal.update(contact, { hs_sequences_is_enrolled: 'false' }, calculation);
  }

  #show(contact: CrmRecord, { sequence, at }: Enrollment): void {
    const count = this.#enrolled.filter((one) => one.contactId === contact.id).length;
    const values = {
      hs_sequences_is_enrolled: 'true',
      hs_sequences_enrolled_count: String(count),
      hs_latest_sequence_enrolled: sequence.id,
      hs_latest_sequence_enrolled_date: instant(at),
    };
    this.#portal.update(contact, values, calculation);
  }
}
