import type { News } from '../../domain/card/bulletin.ts';
import type { Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffEvent, HandoffId, Logged } from '../../domain/handoff/handoff.ts';
import type { Following } from '../../domain/handoff/what-follows.ts';
import type { Lead, LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { HandoffFacts } from '../../domain/past/stats.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { EarlierHandoff } from '../../domain/routing/qualify.ts';
import type { Credits } from '../../domain/routing/rotation.ts';
import type { Standing } from '../../domain/routing/route.ts';
import type { Timer } from '../../domain/time/sla.ts';
import type { CardRecord, SentCard } from './cards.ts';
import type { Decision, Hold } from './inbox.ts';

/** Who caused a change, when, and by which click; the clock and the system are nobody. */
export type Cause = { by: PersonId | null; at: Date; commandId: string | null };

/** A handoff after a change, the events that led there and all that follows: facts to be saved as they are. */
export type Change = Following & {
  events: readonly HandoffEvent[];
  /** Those that run from now on; they take the place of all others when `clockRun` is not what it was. */
  timers: readonly Timer[];
  /** What people have to be told outside of the card. */
  news: readonly { person: PersonId; news: News }[];
  /** The messages that led to the change, as they show it. */
  cards: readonly SentCard[];
};

/**
 * A new handoff, the decision behind it, and the rotation balances that its assignment leaves behind. It has no card
 * yet, and HubSpot has not heard of it.
 */
export type Opening = Omit<Change, 'acceptedAt' | 'missed' | 'outdated' | 'cards'> & {
  credits: Balances | null;
  decision: Decision;
};

/** Nobody of a team is at work: the lead waits. */
export type Waiting = { hold: Hold; decision: Decision };

/** The balances of a pool after a turn was taken or given back. */
export type Balances = { pool: string; after: Credits };

/** What assigning depends on and must not change meanwhile. */
export type Balance = Pick<Standing, 'credits' | 'load' | 'excluded'>;

/** Everything about one handoff that its card and its write-back are made from. */
export type HandoffView = {
  handoff: Handoff;
  lead: Lead;
  log: readonly Logged[];
  cards: readonly CardRecord[];
  crm: WrittenBack;
};

/** Handoffs and all that belongs to them. Changes are atomic; each brings the card and HubSpot up to date through jobs. */
export type Handoffs = {
  /** Saves the latest snapshot of a lead. */
  saveLead(lead: Lead, now: Date): Promise<void>;
  /** The bot has made them the owner: the snapshot says so too. */
  noteOwner(leadId: LeadId, ownerId: OwnerId): Promise<void>;
  /** The handoffs of a lead under any of its ids, newest first. */
  earlierOf(leadIds: readonly LeadId[]): Promise<EarlierHandoff[]>;
  /**
   * The handoffs of a lead about which HubSpot may have news, under any of its ids: the open one, and those that ended
   * with a deal which is not won yet.
   */
  followed(leadIds: readonly LeadId[]): Promise<HandoffId[]>;
  /** Those of the leads that have such a handoff. */
  followedLeads(among: readonly LeadId[]): Promise<LeadId[]>;
  /** All leads with an open handoff. */
  openLeads(): Promise<LeadId[]>;
  /** The snapshots of those leads that are known. */
  snapshots(ids: readonly LeadId[]): Promise<ReadonlyMap<LeadId, Lead>>;
  /**
   * Gives a merged contact's handoffs to the one it goes on as. Of two that are open the one that began later is left to
   * be withdrawn. @returns those
   */
  adopt(former: readonly LeadId[], leadId: LeadId): Promise<HandoffId[]>;
  /**
   * Opens a handoff, or lets the lead wait, and marks the events that led to it, in one transaction that holds the
   * rotation balances. A lead that has an open handoff already, under any of its ids, changes nothing.
   * @param leadIds today's id first
   */
  open(
    leadIds: readonly LeadId[],
    inbox: readonly bigint[],
    source: string | null,
    at: Date,
    decide: (balance: Balance) => Opening | Waiting,
  ): Promise<'opened' | 'openAlready' | Waiting>;
  /** Ids of the leads that somebody may mean: by contact id, email or name. */
  findLeads(text: string): Promise<LeadId[]>;
  /** The open handoffs that somebody holds. */
  heldBy(person: PersonId): Promise<HandoffId[]>;
  /** What routing depends on at this moment, to try it without effect; for a handoff, without those who have had it. */
  balance(leadId: LeadId, handoffId?: HandoffId): Promise<Balance>;
  /**
   * Changes a handoff under a lock on it. `decide` sees the current state; its refusal, like an unknown handoff (null)
   * or a command that was carried out before (`repeated`), leaves everything as it was.
   */
  change(
    id: HandoffId,
    cause: Cause,
    decide: (handoff: Handoff) => Change | Refusal,
  ): Promise<Changed | null>;
  /** Changes a handoff whose lead is assigned anew by routing, while the rotation balances are held. */
  reassign(
    id: HandoffId,
    cause: Cause,
    decide: (handoff: Handoff, balance: Balance) => (Change & { credits: Balances | null }) | Refusal,
  ): Promise<Changed | null>;
  view(id: HandoffId): Promise<HandoffView | null>;
  /** Handoffs that qualified in [from, to), for the measures. */
  facts(from: Date, to: Date): Promise<HandoffFacts[]>;
  saveWriteBack(id: HandoffId, written: Partial<Omit<WrittenBack, 'touchIds'>>): Promise<void>;
  saveTouchWritten(touchId: string, crmId: string): Promise<void>;
  /** Has the cards of every open handoff that concerns somebody brought up to date. */
  deliverAgain(person: PersonId): Promise<void>;
};

/** How far HubSpot has been told. */
export type WrittenBack = {
  /** The last event written back. */
  writtenSeq: number;
  /** What is being written up to; beyond `writtenSeq` after a crash, when records may exist that nobody noted. */
  writingSeq: number;
  /** The last event whose meaning for the contact was written. */
  contactSeq: number;
  taskId: string | null;
  /** Engagements in HubSpot by touch. */
  touchIds: ReadonlyMap<string, string>;
};

export type Changed =
  | { outcome: 'changed'; handoff: Handoff; events: readonly HandoffEvent[] }
  | { outcome: 'refused'; refusal: Refusal; handoff: Handoff }
  | { outcome: 'repeated'; handoff: Handoff };
