import type { LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { LeadRecordPortal } from '../../domain/policy/lead-records.ts';
import type { Outcome } from './crm.ts';

/**
 * HubSpot's Lead object (Sales Hub Professional and up). Its records are lead records here: a lead is a contact. What is
 * asked in lots has a result for each, as in `Crm`.
 */
export type LeadRecords = {
  /** What there is for them; null where the portal has none, or the bot may not see them. Remembered for some minutes. */
  portal(): Promise<LeadRecordPortal | null>;
  /** The record that is known, or else all that a contact is the primary contact of, the newest first. */
  find(of: readonly LeadRecordSought[]): Promise<Outcome<LeadRecord[]>[]>;
  /** @returns the ids. What HubSpot will not take of a record is left out, but for its name. */
  create(records: readonly NewLeadRecord[]): Promise<Outcome<string>[]>;
  /** A record that somebody deleted needs no more upkeep: that is no failure. */
  update(changes: readonly LeadRecordChange[]): Promise<Outcome<void>[]>;
};

export type LeadRecordSought = { leadId: LeadId; recordId: string | null };

/** A record as it is in HubSpot; `pipeline` and `stage` are ids. */
export type LeadRecord = {
  id: string;
  createdAt: Date;
  pipeline: string | null;
  stage: string | null;
  ownerId: OwnerId | null;
};

export type NewLeadRecord = {
  leadId: LeadId;
  accountId: string | null;
  name: string;
  pipeline: string;
  stage: string | null;
  ownerId: OwnerId | null;
};

/** Fields left out stay as they are; the reason null clears it. */
export type LeadRecordChange = {
  recordId: string;
  stage?: string;
  ownerId?: OwnerId;
  reason?: string | null;
};
