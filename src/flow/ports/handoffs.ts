import type { News } from '../../domain/card/bulletin.ts';
import type { Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffEvent, HandoffId, Logged } from '../../domain/handoff/handoff.ts';
import type { Memory } from '../../domain/handoff/memory.ts';
import type { Known, Nurture } from '../../domain/handoff/nurture.ts';
import type { Sight } from '../../domain/handoff/rights.ts';
import type { Following } from '../../domain/handoff/what-follows.ts';
import type { Lead, LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Credits } from '../../domain/routing/rotation.ts';
import type { Standing } from '../../domain/routing/route.ts';
import type { Timer } from '../../domain/time/sla.ts';
import type { CardRecord, SentCard } from './cards.ts';
import type { JobRef } from './jobs.ts';

/** Who caused a change, when, and by which click; timers and the system are nobody. */
export type Cause = { by: PersonId | null; at: Date; commandId: string | null };

/** A handoff after a change, the events that led there and all that follows: facts to be saved as they are. */
export type Change = Following & {
  events: readonly HandoffEvent[];
  /** Those that run from now on; they take the place of all others when `clockRun` is not what it was. */
  timers: readonly Timer[];
  /** What people have to be told outside of the card. */
  news: readonly { person: PersonId; news: News }[];
  /** The destinations of the policy that are to hear of the events. */
  heardBy: readonly string[];
  /** The messages that led to the change, as they show it. */
  cards: readonly SentCard[];
  /** The job that is over with it. */
  ends: JobRef | null;
};

/** A new handoff. It has no card yet, and HubSpot has not heard of it. */
export type Opening = Pick<Change, 'handoff' | 'events' | 'timers' | 'news' | 'heardBy'>;

/** The balances of a pool after a turn was taken or given back. */
export type Balances = { pool: string; after: Credits };

/** What assigning depends on and must not change meanwhile. */
export type Balance = Pick<Standing, 'credits' | 'load' | 'excluded'>;

/** Everything about one handoff that its card and its write-back are made from. */
export type HandoffView = {
  handoff: Handoff;
  lead: Lead;
  /** Without what was taken back. */
  log: readonly Logged[];
  cards: readonly CardRecord[];
  crm: WrittenBack;
  nurture: Nurture;
  memory: Memory;
};

/** So many leads are found at a time. */
export const mostLeads = 100;

/** Handoffs and all that belongs to them. Changes are atomic; each brings the card and HubSpot up to date through jobs. */
export type Handoffs = {
  /** Saves the latest snapshot of a lead. */
  saveLead(lead: Lead, now: Date): Promise<void>;
  /**
   * Those of the leads that have a handoff about which HubSpot may have news: an open one, or one that ended with a deal
   * which is not won yet.
   */
  followedLeads(among: readonly LeadId[]): Promise<LeadId[]>;
  /** The leads of these companies that were read since then, or that sales works on. */
  leadsAt(companies: readonly string[], since: Date): Promise<LeadId[]>;
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
   * Ids of the leads that somebody may mean: by contact id or email, or else, among those in their sight, by name;
   * `mostLeads` at most.
   */
  findLeads(text: string, sight: Sight): Promise<LeadId[]>;
  /** All handoffs of these leads, in no order. */
  ofLeads(ids: readonly LeadId[]): Promise<HandoffView[]>;
  /** The recycled handoffs whose leads sleep, the one that comes back first before all. */
  sleeping(): Promise<Sleeping[]>;
  /** The open handoffs that somebody holds. */
  heldBy(person: PersonId): Promise<HandoffId[]>;
  /** Those that somebody held and that others got since then, open or not. */
  takenFrom(person: PersonId, since: Date): Promise<HandoffId[]>;
  /** What routing depends on at this moment, to try it without effect; for a handoff, without those who have had it. */
  balance(leadId: LeadId, handoffId?: HandoffId): Promise<Balance>;
  /**
   * Changes a handoff. `decide` sees the current state, and sees it again when somebody else was faster; its refusal,
   * like an unknown handoff (null) or a command that was carried out before (`repeated`), leaves everything as it was.
   * @param known the handoff itself, where it was read a moment ago
   */
  change(
    known: HandoffId | Handoff,
    cause: Cause,
    decide: (handoff: Handoff) => Change | Refusal,
  ): Promise<Changed | null>;
  /** The same for a handoff whose lead is assigned anew by routing, on the rotation balances as they are then. */
  reassign(
    id: HandoffId,
    cause: Cause,
    decide: (handoff: Handoff, balance: Balance) => (Change & { credits: Balances | null }) | Refusal,
  ): Promise<Changed | null>;
  /** Null also for one whose lead was erased. */
  view(id: HandoffId): Promise<HandoffView | null>;
  /** Those of the handoffs that there are, in no order, but for those whose lead was erased. */
  views(ids: readonly HandoffId[]): Promise<HandoffView[]>;
  /** Notes how far HubSpot has been told, and ends the jobs that are done with it. */
  noteWritten(written: readonly Written[]): Promise<void>;
  /** Has the cards of a handoff drawn anew, though nothing has happened: time alone changed what they offer. */
  redraw(id: HandoffId): Promise<void>;
  /** Has all cards of somebody drawn anew whose handoffs are open, as they read another language by now. */
  redrawFor(person: PersonId): Promise<void>;
  /** Has the cards of every open handoff that concerns somebody brought up to date. */
  deliverAgain(person: PersonId): Promise<void>;
};

/** A handoff whose lead sleeps until a day. */
export type Sleeping = Pick<HandoffView, 'handoff' | 'lead'>;

/** How far HubSpot has been told. */
export type WrittenBack = {
  /** The last event written back. */
  writtenSeq: number;
  /** The last event whose meaning for the contact was written. */
  contactSeq: number;
  taskId: string | null;
  /** HubSpot's Lead object. */
  leadRecordId: string | null;
  /** What HubSpot would not take of the contact the last time, by its names for the properties. */
  refused: readonly string[];
  /** Engagements in HubSpot by touch. */
  touchIds: ReadonlyMap<string, string>;
};

/** What HubSpot has been told of a handoff now; what is left out stays as it was. */
export type Written = Partial<Omit<WrittenBack, 'taskId' | 'leadRecordId'>> & {
  handoffId: HandoffId;
  leadId: LeadId;
  /** The bot has made them the owner: the lead's snapshot says so too. */
  ownerId?: OwnerId;
  /** Whether the lead's nurture is paused in HubSpot by it, and since when that is known. */
  nurture?: Known;
  taskId?: string;
  leadRecordId?: string;
  /** New ones. */
  touchIds: ReadonlyMap<string, string>;
  /** The job that this completes; null when there is more to do. */
  job: JobRef | null;
};

export type Changed =
  | { outcome: 'changed'; handoff: Handoff; events: readonly HandoffEvent[] }
  | { outcome: 'refused'; refusal: Refusal; handoff: Handoff }
  | { outcome: 'repeated'; handoff: Handoff };
