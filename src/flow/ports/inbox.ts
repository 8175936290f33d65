import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { WorkflowRequest } from '../../domain/policy/facts.ts';
import type { Considered } from '../../domain/routing/qualify.ts';
import type { RouteReason } from '../../domain/routing/route.ts';
import type { Why } from '../../domain/words/reason.ts';
import type { CrmRecord } from './crm.ts';

/** A webhook event about a record, stored before anybody looks at it. */
export type InboundEvent = {
  /** Tells one event from its redelivery. */
  dedupeKey: string;
  /** Null for events that are about no contact, or not yet known whom. */
  leadId: LeadId | null;
  /** The record that the event is about, whose leads have still to be found; null for all others. */
  record: CrmRecord | null;
  type: string;
  occurredAt: Date;
  payload: unknown;
  /** Set at the door for events that nobody has to look into: what they are, and the same in words. */
  ignored: { as: IgnoredAs; why: string } | null;
};

/** What an event is that nobody has to look into. */
export type IgnoredAs = 'ownEcho' | 'unknownType' | 'foreignPortal' | 'otherRecord' | 'nameless' | 'erased';

/** How the events end by which a person asks, through HubSpot, to be forgotten. */
export const privacyDeletion = '.privacyDeletion';

/** `reason`: for whoever operates the bot, in words. */
export type EventDecision =
  | { decision: 'handoff'; reason: string; handoffId: HandoffId }
  | { decision: 'held' | 'ignored' | 'failed'; reason: string };

/** Everything that was looked at for a decision about a lead, and what came of it. */
export type Decision = {
  leadId: LeadId;
  at: Date;
  policyVersion: string;
  verdict: 'handoff' | 'held' | 'ignored';
  reason: Why;
  handoffId: HandoffId | null;
  considered: readonly Considered[];
  /** Empty when it did not come to routing. */
  reasons: readonly RouteReason[];
};

/** The decisions on leads; of those that led to nothing only the latest of a lead is kept. */
export type Decisions = {
  /** Newest first. */
  ofLead(leadId: LeadId): Promise<Decision[]>;
};

/** A lead that qualifies, and waits: for a field that is missing, or until somebody of a team is at work. */
export type Hold = { leadId: LeadId; since: Date; because: Why; until: Date | null };

/** Since when it has been waiting stays as it was when the reason changes. `told`: HubSpot has been told why. */
export type KeptHold = Hold & { told: boolean };

export type Holds = {
  /** Why a lead waits; null when it does not. */
  of(leadId: LeadId): Promise<KeptHold | null>;
  /** HubSpot has been told why these wait; a reason that is another by now has still to be told. */
  markTold(told: readonly Pick<Hold, 'leadId' | 'because'>[]): Promise<void>;
  /** All of them, the longest waiting first. */
  list(): Promise<Hold[]>;
  /**
   * Has every lead looked at again whose time has come, and once more an hour later, should that come to nothing.
   * @returns how many.
   */
  wakeDue(now: Date): Promise<number>;
  /** Has every lead looked at again that waits, because what it waits for may have changed. */
  wakeAll(now: Date): Promise<number>;
};

/** Events from outside, kept until each has its decision. */
export type Inbox = {
  /**
   * Stores what is new and sees to it that each lead is looked at, and that the leads of each record are found;
   * resolves after the commit. @returns how many were new.
   */
  store(events: readonly InboundEvent[], now: Date): Promise<number>;
  /**
   * Gives the undecided events about a record to its leads, each of which is then looked at; to none, they are ignored
   * for the reason that is given.
   */
  address(record: CrmRecord, leads: readonly LeadId[], otherwise: string, now: Date): Promise<void>;
  /** The lead's events that are still undecided. */
  undecided(leadId: LeadId): Promise<{ id: bigint; type: string }[]>;
  decide(ids: readonly bigint[], decision: EventDecision, now: Date): Promise<void>;
  /** The workflows that handed the lead over, newest first. */
  workflowRequests(leadId: LeadId): Promise<WorkflowRequest[]>;
};
