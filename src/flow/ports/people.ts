import type { OwnerId } from '../../domain/lead/lead.ts';
import type { NotifyRule, PersonId, Platform, WorkingHours } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import type { Language } from '../../domain/words/words.ts';

/** A person of the policy, as far as HubSpot and the chats know them. */
export type Person = {
  id: PersonId;
  name: string;
  ownerId: OwnerId | null;
  active: boolean;
  /** As HubSpot has them; null when it has none. */
  hours: WorkingHours | null;
  /** Their page in HubSpot on which a lead books a meeting with them; absent: HubSpot tells of none. */
  meetingLink?: string;
  /** The language that they have chosen; absent: as their chat has it. */
  language?: Language;
  /** How they have themselves told again; absent: as everybody. */
  notify?: readonly NotifyRule[];
  /** They want no summary to come by itself. */
  summaryOff?: true;
  accounts: readonly PersonAccount[];
};

export type PersonAccount = {
  platform: Platform;
  userId: string | null;
  conversationId: string | null;
  /** The language of their chat, as "de-DE"; null: nobody knows it. */
  locale?: string | null;
  checkedAt: Date;
};

/** Where an absence comes from: HubSpot, the person in chat, or cards that nobody answered. */
export type AbsenceSource = 'hubspot' | 'chat' | 'silence';

/** The people of the policy. */
export type Directory = {
  people(): Promise<Person[]>;
  byAccount(platform: Platform, userId: string): Promise<PersonId | null>;
  savePeople(
    people: readonly Omit<Person, 'accounts' | 'notify' | 'language' | 'summaryOff'>[],
    now: Date,
  ): Promise<void>;
  /** Who is away now, was lately, or will be: whatever a due time that is still to come may depend on. */
  absences(now: Date): Promise<ReadonlyMap<PersonId, readonly Absence[]>>;
  /**
   * Replaces what one source says from now on about somebody's absences: what is over stays, and one that lasts until
   * now and is not among them any more ends now. One that has no end and goes on for the same reason keeps its beginning.
   */
  saveAbsences(
    person: PersonId,
    source: AbsenceSource,
    absences: readonly Absence[],
    now: Date,
  ): Promise<void>;
  /** Replaces what somebody has chosen for themselves. */
  saveNotifyRules(person: PersonId, rules: readonly NotifyRule[]): Promise<void>;
  /** Keeps whether somebody wants summaries to come by themselves. */
  saveSummaryOff(person: PersonId, isOff: boolean): Promise<void>;
  /** Keeps the language that somebody has chosen. @param language null: as their chat has it */
  saveLanguage(person: PersonId, language: Language | null): Promise<void>;
  /** How many cards somebody has let pass in a row, of which those that ran at the same time count once. */
  missedInRow(person: PersonId): Promise<number>;
  /** Counts them from nothing again. */
  startAfresh(person: PersonId): Promise<void>;
  /** `account` null: the person has none on this platform. */
  saveAccount(
    person: PersonId,
    platform: Platform,
    account: {
      userId: string;
      conversationId: string | null;
      zone: string | null;
      locale?: string | null;
    } | null,
    now: Date,
  ): Promise<void>;
};
