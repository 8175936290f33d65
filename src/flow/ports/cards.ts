import type { News } from '../../domain/card/bulletin.ts';
import type { FormName } from '../../domain/card/form.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId, Platform } from '../../domain/policy/policy.ts';
import type { BulletinMark, MessageRef, Said } from './chat.ts';

/** One message about one handoff to one person, or in a channel. */
export type CardRecord = {
  handoffId: HandoffId;
  /** For a channel its id. */
  person: PersonId;
  platform: Platform;
  conversationId: string;
  /** Null until the platform has confirmed the message. */
  messageId: string | null;
  /** How often it was begun to be sent where nobody can look for its message: each message says which attempt it was. */
  attempt: number;
  /** The handoff's version that the message shows. */
  revision: number;
  /** The last event told in the thread. */
  toldSeq: number;
  /** The event that is being told; beyond `toldSeq` after a crash, when somebody must look before telling it again. */
  tellingSeq: number;
  /** When the person last had it in front of them, as far as the platform tells. */
  seenAt: Date | null;
};

/** A message as it was sent or brought up to date; that somebody has seen it is noted apart. */
export type SentCard = Omit<CardRecord, 'seenAt'>;

/** `toldSeq`: what happened up to now stands on the card itself and needs no line in its thread. */
export type UnsentCard = Omit<CardRecord, 'messageId' | 'attempt' | 'revision' | 'tellingSeq' | 'seenAt'>;

/** Whose form, which, about what. */
export type FormOf = { handoffId: HandoffId; platform: Platform; userId: string; form: FormName };

/** A form that is a message. */
export type OpenForm = FormOf & MessageRef;

export type Cards = {
  /**
   * Notes that a card is about to be sent where nobody can look afterwards whether it came, or that it was refused: it has
   * no message. @returns which attempt this is
   */
  beginSend(card: UnsentCard): Promise<number>;
  /** Everything but when it was seen, and what was said below it. */
  save(card: SentCard, said?: readonly Said[]): Promise<void>;
  /** Remembers a message about leads that is no card, once however often; of one that was erased meanwhile it is taken back at once. */
  noteSaid(said: Said): Promise<void>;
  /**
   * Notes the message that is somebody's form. @returns those that were it before, and have to go: one at most, but for
   * several who come at the same time
   */
  keepForm(form: OpenForm): Promise<MessageRef[]>;
  /** Forgets somebody's form. @returns its message; null when they have none open */
  takeForm(of: FormOf): Promise<MessageRef | null>;
  openForms(handoffId: HandoffId): Promise<OpenForm[]>;
  /** Notes that somebody has seen their card of a handoff in a platform, or of every open one. */
  noteSeen(person: PersonId, platform: Platform, handoffId: HandoffId | null, at: Date): Promise<void>;
  /** Whether a message is somebody's card, or was noted as said. */
  isKnown(message: MessageRef & { platform: Platform }): Promise<boolean>;
  /**
   * Makes a message the card that was about to be sent. @returns false when the card has got a message meanwhile, or the
   * message is a known one: both stay as they are.
   */
  adopt(card: Omit<CardRecord, 'messageId' | 'seenAt'>, messageId: string): Promise<boolean>;
};

/** A message that calls somebody to leads, with all of them. */
export type OpenMessage = MessageRef & {
  platform: Platform;
  person: PersonId;
  mark: BulletinMark;
  calls: readonly { id: string; handoffId: HandoffId; seq: number; isSettled: boolean }[];
};

export type CallsIn = { ids: readonly string[]; message: MessageRef & { platform: Platform } };

/** News that wait to be told. */
export type Outbox = {
  /** Keeps news for people and sees to it that they are told, together with whatever else waits for them. */
  add(news: readonly { person: PersonId; news: News }[], at: Date): Promise<void>;
  /** What waits for somebody, oldest first; of an attempt that broke off only what it was to tell. */
  waiting(person: PersonId): Promise<{ id: string; at: Date; news: News }[]>;
  /**
   * Notes that these are about to be told in one bulletin, so that after a crash somebody looks before telling them
   * again. @returns the mark of an earlier attempt with just these, or a new one
   */
  beginTelling(ids: readonly string[]): Promise<{ mark: BulletinMark; again: boolean }>;
  /** @param open those that call for something, in which message: it is brought up to date until that is done */
  told(ids: readonly string[], at: Date, open?: CallsIn | null): Promise<void>;
  /** The messages in which somebody is still called to a handoff. */
  open(handoffId: HandoffId): Promise<OpenMessage[]>;
  /** Notes of which of these nothing is left to be done. */
  settle(ids: readonly string[], at: Date): Promise<void>;
  /**
   * Calls for a digest: its leads are kept as news and told together, unless there was a call since its time. Of several
   * who call at the same moment one is heard.
   * @param since the time of the digest
   * @param at the time of the call, not before that of the digest
   * @returns the leads that were called for since then
   */
  callForDigest(
    person: PersonId,
    leads: readonly HandoffId[],
    times: { since: Date; at: Date },
  ): Promise<readonly HandoffId[]>;
};
