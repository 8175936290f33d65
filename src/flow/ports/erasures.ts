import type { Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Platform } from '../../domain/policy/policy.ts';
import type { MessageRef } from './chat.ts';
import type { Change } from './handoffs.ts';

/** A message that has to go from a chat. A card leaves a word in its place; anything else goes altogether. */
export type Retraction = MessageRef & { id: string; platform: Platform; isCard: boolean };

/** How many messages there are to take back: `refused` by a chat for good, `remaining` to be tried again. */
export type RetractionProgress = { done: number; refused: number; remaining: number };

/** What a lead loses: everything but ids, times, who of ours had it, and how it ended. */
export type Erasing = {
  /** All those under which it is known, today's first. */
  ids: readonly LeadId[];
  at: Date;
  /** What stands in the place of everything that was decided about it. */
  why: string;
} & (
  | {
      /** It is not to be kept again, whoever tells of it. */
      isForGood: true;
    }
  | {
      /** It may come again; and it stays if anything about it is open, waits, or has happened since then. */
      isForGood: false;
      unusedSince: Date;
    }
);

/** Leads that must not be known any more. */
export type Erasures = {
  /** Those of the leads that are never to be kept again. */
  among(ids: readonly LeadId[]): Promise<LeadId[]>;
  /**
   * All ids under which a person is known, by one of them or by their email, those of today first; a contact id that
   * nobody knows by itself, an email that nobody has: none.
   */
  idsOf(who: string): Promise<LeadId[]>;
  /** Those of the ids of which anything is kept, or was until it was erased. */
  known(ids: readonly LeadId[]): Promise<LeadId[]>;
  /**
   * Takes all that is known of a lead's person out of every table, in one transaction, and has its messages taken back.
   * It may be done again at any time.
   * @param end what becomes of a handoff that is open
   * @returns false when it stays, as somebody needs it again
   */
  erase(erasing: Erasing, end: (handoff: Handoff) => Change | Refusal): Promise<boolean>;
  /**
   * Has messages taken back that somebody sent who had read the handoff just before its lead was erased.
   * @param found cards of which nobody could note that they were sent
   */
  takeUp(handoffId: HandoffId, found: readonly (MessageRef & { platform: Platform })[]): Promise<void>;
  /** What is still to be taken back of a lead. */
  toRetract(leadId: LeadId): Promise<Retraction[]>;
  /** @param refused the chat's word for why it stays; null: it is gone */
  noteRetracted(id: string, at: Date, refused: string | null): Promise<void>;
  /** How far taking back has come; of all leads unless one is given. */
  progress(of: readonly LeadId[] | 'all'): Promise<RetractionProgress>;
};
